//! What the words around a name say about it.
use std::ops::Range;

use regex::Regex;

use super::fold::{Folded, fold_char};
use super::gazetteer::GazetteerError;

/// After one of these a place may begin: words of being somewhere, and the last characters of areas (perhaps misspelt ones).
const BEFORE: &str = "在住到是址来从于往去至的我们省市区县州盟旗镇乡国";
/// The patterns, compiled once.
pub(crate) struct Context {
    correction: Regex,
    detail: Regex,
    road: Regex,
    estate: Regex,
    trap: Regex,
    foreign: Regex,
}

impl Context {
    pub fn new() -> Result<Self, GazetteerError> {
        let regex = |pattern: &str| Regex::new(pattern).map_err(|error| GazetteerError::Index(error.to_string()));
        Ok(Self {
            // On the folded text with separators as spaces: "不是A 是B", "不在A 在B", "A不对 改成B", "A写错了 应该是B",
            // "原来住A 现在搬到B".
            correction: regex(concat!(
                r"不(?:是|在|住)(?P<a>[^ ]{2,40}?) *(?:而?是|我?在|住|改成|改为|应该是)(?P<b>[^ ]{2})",
                r"|(?P<c>[^ ]{2,60}?) *(?:地址)?(?:不对|错了|有误|不要|作废|搬走了|填错|写错)[^ ]{0,3}? *(?:请|要|应)?(?:改成|改为|改到|换成|换到|应该是|应为|应是|现在是|现在在|正确的是|是|在)(?P<d>[^ ]{2})",
                r"|(?:原来|以前|之前|原先|本来|过去)(?:是|住在|住|在)?(?P<e>[^ ]{2,40}?) *(?:现在|如今|后来|目前|现)(?:已经|已)?(?:搬|改|住|在|是|换)",
            ))?,
            detail: regex(concat!(
                r"[0-9a-z一二三四五六七八九十]+(?:号|栋|幢|座|楼|室|单元|组|弄|层|队|区[0-9])|路|大道|大街|街|巷|弄|胡同|",
                r"小区|花园|公寓|大厦|广场|社区|村|苑|商场|超市|酒店|宾馆|饭店|医院|学校|大学|中学|小学|工业园|派出所|有限公司|初中|高中|幼儿园|市场|工业区|家园|嘉园|花苑|名邸|别墅|山庄|家属院|对面|隔壁|旁边|附近|这边|hao|lu[0-9]",
            ))?,
            // 北京东路, 中山一路, 温州新村.
            road: regex(
                "^[东南西北中前后上下新老]?[一二三四五六七八九十]?(?:路|街|大街|大道|道[0-9]|巷|弄|胡同|桥|公路|高速|村|苑|里[0-9])",
            )?,
            estate: regex(
                "^(?:新城|新区|开发区|工业区|工业园|科技园|产业园|大厦|大楼|大学|中学|小学|医院|银行|公司|酒店|宾馆|国际|广场|花园|公寓|家园|小区|商城|市场|门)",
            )?,
            trap: regex(
                "^(?:小吃|大米|烤鸭|拉面|米粉|火锅|烧烤|烧饼|板栗|大枣|月饼|酱油|陈醋|白酒|啤酒|牌|话|口音|人(?:[^民]|$)|队|时间|风味|特产|同乡|老乡)",
            )?,
            foreign: regex(concat!(
                "美国|英国|法国|德国|意大利|西班牙|葡萄牙|荷兰|比利时|瑞士|瑞典|挪威|芬兰|丹麦|波兰|俄罗斯|乌克兰|日本|韩国|朝鲜|蒙古国|越南|老挝|柬埔寨|泰国|缅甸|",
                "马来西亚|新加坡|印度|菲律宾|巴基斯坦|阿联酋|迪拜|沙特|土耳其|埃及|南非|尼日利亚|肯尼亚|加拿大|墨西哥|巴西|阿根廷|智利|秘鲁|澳大利亚|新西兰|",
                "london|newyork|paris|berlin|tokyo|street|avenue|road",
            ))?,
        })
    }

    /// Byte ranges of `text` that a correction takes back.
    pub fn withdrawn(&self, text: &str, limit: usize) -> Vec<Range<usize>> {
        if !text.contains(['不', '错', '錯', '误', '誤', '废', '廢', '搬', '现', '現', '今', '目']) {
            return Vec::new();
        }
        let mut plain = String::with_capacity(text.len());
        let mut typed: Vec<(usize, usize)> = Vec::new();
        for (at, c) in text.char_indices().take(limit) {
            typed.push((plain.len(), at));
            plain.push(fold_char(c));
        }
        let back =
            |byte: usize| typed.binary_search_by_key(&byte, |t| t.0).ok().and_then(|i| typed.get(i)).map_or(text.len(), |t| t.1);
        let taken = self
            .correction
            .captures_iter(&plain)
            .filter_map(|found| found.name("a").or_else(|| found.name("c")).or_else(|| found.name("e")));
        taken.map(|m| back(m.start())..back(m.end())).collect()
    }

    /// Where the part below the areas (road, house, village) begins, in characters: the end of the first word of that kind which `inside` does
    /// not claim for an area name.
    pub fn detail(&self, text: &Folded, inside: impl Fn(usize, usize) -> bool) -> Option<(usize, usize)> {
        let found = self.detail.find_iter(&text.text).map(|m| (text.char_at_byte(m.start()), text.char_at_byte(m.end())));
        found.into_iter().find(|&(start, end)| !inside(start, end))
    }

    /// Does a road, bridge or village name go on after `end`?
    pub fn road_follows(&self, text: &Folded, end: usize) -> bool {
        self.follows(&self.road, text, end)
    }

    /// Does a building, an estate or a firm bear the name: 和平大厦? Cities lend theirs to places in them (西安交通大学), districts hardly.
    pub fn estate_follows(&self, text: &Folded, end: usize) -> bool {
        self.follows(&self.estate, text, end)
    }

    /// Does the name only qualify something else: 沙县小吃, 五常大米?
    pub fn trap_follows(&self, text: &Folded, end: usize) -> bool {
        self.follows(&self.trap, text, end)
    }

    fn follows(&self, pattern: &Regex, text: &Folded, end: usize) -> bool {
        if end >= text.len() || text.break_before(end) {
            return false;
        }
        let tail: String = text.slice(end, (end + 5).min(text.len())).iter().collect();
        pattern.is_match(&tail)
    }

    pub fn is_foreign(&self, text: &Folded) -> bool {
        self.foreign.is_match(&text.text)
    }

    /// May a place name begin here, going by the character before?
    pub fn may_begin(&self, text: &Folded, at: usize) -> bool {
        text.break_before(at) || at.checked_sub(1).and_then(|b| text.char(b)).is_some_and(|c| BEFORE.contains(c))
    }

    /// Does somebody say that they are here: 在, 住 …?
    pub fn said_to_be(&self, text: &Folded, at: usize) -> bool {
        const WORDS: &str = "在住到址来";
        at.checked_sub(1).and_then(|b| text.char(b)).is_some_and(|c| WORDS.contains(c))
    }
}
