//! What the words around a name say about it.
use std::ops::Range;

use regex::Regex;

use super::fold::{Folded, fold_char};
use super::gazetteer::GazetteerError;
use super::rules::{Rule, Rules};

/// After one of these a place may begin: words of being somewhere, and the last characters of areas (perhaps misspelt ones).
const BEFORE: &str = "在住到是址来从于往去至的我们国";
/// The last characters of areas. They need a name before them: 镇宁县 is not 镇 and 宁县.
const ENDS: &str = "省市区县州盟旗镇乡";

/// What makes a road, bridge or village of the name before it: 北京东路, 中山一路, 温州新村. After a side or a number.
const ROADS: [&str; 12] = ["路", "街", "大街", "大道", "巷", "弄", "胡同", "桥", "公路", "高速", "村", "苑"];
/// The same, if a digit follows: 光明里3号.
const ROADS_NUMBERED: [&str; 2] = ["道", "里"];
const SIDES: &str = "东南西北中前后上下新老";
const NUMBERS: &str = "一二三四五六七八九十";

/// What makes a building, an estate, a firm of the name before it.
const ESTATES: [&str; 41] = [
    "新城",
    "新区",
    "开发区",
    "工业区",
    "工业园",
    "科技园",
    "产业园",
    "大厦",
    "大楼",
    "大学",
    "中学",
    "小学",
    "医院",
    "银行",
    "公司",
    "酒店",
    "宾馆",
    "国际",
    "广场",
    "花园",
    "公寓",
    "家园",
    "小区",
    "商城",
    "市场",
    "门",
    "社区",
    "居委",
    "村委",
    "行政村",
    "自然村",
    "商厦",
    "饭店",
    "饭庄",
    "餐厅",
    "超市",
    "会所",
    "名邸",
    "嘉园",
    "花苑",
    "壹号",
];

/// After these words the name only says where something is from: 沙县小吃, 五常大米.
const TRAPS: [&str; 35] = [
    "小吃",
    "大米",
    "烤鸭",
    "拉面",
    "米粉",
    "火锅",
    "烧烤",
    "烧饼",
    "板栗",
    "大枣",
    "月饼",
    "酱油",
    "陈醋",
    "白酒",
    "啤酒",
    "牌",
    "话",
    "口音",
    "队",
    "时间",
    "风味",
    "特产",
    "同乡",
    "老乡",
    "小面",
    "面馆",
    "牛肉面",
    "板鸭",
    "火腿",
    "扒鸡",
    "米线",
    "烧鸡",
    "茶叶",
    "瓷器",
    "陶瓷",
];

/// Words of corrections on the folded text with separators as spaces. What is denied or past, then a word that leads to what holds now:
/// "不是A 是B", "别去A了 改到B", "A不对 改成B", "原来住A 现在搬到B", "从A换到B".
const CORRECTION: &str = concat!(
    r"(?:不是|不在|不住|不去|没住|没在|不要去|不用去|别去|别到|不到)(?P<a>[^ ]{2,40}?)了? *(?:而?是|(?:现在|现|如今|[我请])?(?:要|就)?(?:在|住|去|到)|[改换]成|[改换]为|[改换]到|应该是)(?P<b>[^ ]{2})",
    r"|(?P<c>[^ ]{2,60}?) *(?:这个)?(?:地址)?(?:不对|错了|有误|不要|作废|搬走了|填错|写错)[^ ]{0,3}? *(?:请|要|应)?(?:改成|改为|改到|换成|换到|应该是|应为|应是|现在是|现在在|正确的是|是|在)(?P<d>[^ ]{2})",
    r"|(?:原来|以前|之前|原先|本来|过去|从前|旧地址|老地址)(?:是|住在|住|在|的)?(?P<e>[^ ]{2,40}?)了? *(?:(?:现在|如今|后来|目前|现)(?:已经|已)?(?:搬|改|住|在|是|换)|(?:搬|改|换|迁)(?:成|到|为|去|至|在))",
    r"|(?:从|由|把|将)(?P<f>[^ ]{2,60}?) *(?:搬|改|换|迁|转|移)(?:成|到|为|去|至)",
);

/// Countries, and cities abroad in Latin letters.
const FOREIGN: &str = concat!(
    "美国|英国|法国|德国|意大利|西班牙|葡萄牙|荷兰|比利时|瑞士|瑞典|挪威|芬兰|丹麦|冰岛|爱尔兰|奥地利|匈牙利|捷克|希腊|波兰|俄罗斯|乌克兰|日本|韩国|朝鲜|蒙古国|",
    "越南|老挝|柬埔寨|泰国|缅甸|马来西亚|新加坡|印度|印尼|菲律宾|巴基斯坦|孟加拉|尼泊尔|斯里兰卡|哈萨克斯坦|乌兹别克|伊朗|伊拉克|以色列|阿联酋|迪拜|沙特|卡塔尔|",
    "土耳其|埃及|南非|尼日利亚|肯尼亚|摩洛哥|加拿大|墨西哥|巴西|阿根廷|智利|秘鲁|澳大利亚|新西兰|",
    "london|newyork|paris|berlin|tokyo",
);

/// What streets are called in English. A Chinese address written in Latin letters is read by [`super::english`]; elsewhere these words
/// speak of another country, unless the place itself is written in Chinese: 兴城市 5 Harbour Street.
const STREETS: [&str; 3] = ["street", "avenue", "road"];

/// Cities abroad that people name without their country. Estates bear their names too (罗马花园), but not before a district.
const ABROAD: &str = concat!(
    "伦敦|曼彻斯特|巴黎|柏林|慕尼黑|法兰克福|罗马|米兰|马德里|巴塞罗那|莫斯科|圣彼得堡|东京|大阪|名古屋|横滨|札幌|首尔|釜山|仁川|曼谷|清迈|胡志明|金边|万象|仰光|",
    "吉隆坡|槟城|雅加达|马尼拉|新德里|孟买|纽约|洛杉矶|旧金山|芝加哥|休斯顿|波士顿|西雅图|华盛顿|拉斯维加斯|多伦多|温哥华|蒙特利尔|悉尼|墨尔本|布里斯班|奥克兰|",
    "开罗|伊斯坦布尔|圣保罗",
);

/// The patterns, compiled once.
pub(crate) struct Context {
    correction: Regex,
    detail: Regex,
    foreign: Regex,
    abroad: Regex,
    pub rules: Rules,
}

impl Context {
    pub fn new() -> Result<Self, GazetteerError> {
        let regex = |pattern: &str| Regex::new(pattern).map_err(|error| GazetteerError::Index(error.to_string()));
        Ok(Self {
            correction: regex(CORRECTION)?,
            detail: regex(concat!(
                r"[0-9a-z一二三四五六七八九十]+(?:号|栋|幢|座|楼|室|单元|组|弄|层|队|区[0-9])|路|大道|大街|街|巷|弄|胡同|",
                r"小区|花园|公寓|大厦|广场|社区|村|苑|商场|超市|酒店|宾馆|饭店|医院|学校|大学|中学|小学|工业园|派出所|有限公司|初中|高中|幼儿园|市场|工业区|家园|嘉园|花苑|名邸|别墅|山庄|家属院|对面|隔壁|旁边|附近|这边|hao|lu[0-9]",
            ))?,
            foreign: regex(FOREIGN)?,
            abroad: regex(ABROAD)?,
            rules: Rules::default(),
        })
    }

    /// Byte ranges of `text` that a correction takes back.
    pub fn withdrawn(&self, text: &str, limit: usize) -> Vec<Range<usize>> {
        if !text.contains([
            '不', '别', '別', '错', '錯', '误', '誤', '废', '廢', '搬', '迁', '遷', '改', '换', '換', '现', '現', '今', '目',
        ]) {
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
            .filter_map(|found| ["a", "c", "e", "f"].into_iter().find_map(|name| found.name(name)));
        taken.map(|m| back(m.start())..back(m.end())).collect()
    }

    /// Where the part below the areas (road, house, village) begins, in characters: the end of the first word of that kind which `inside` does
    /// not claim for an area name.
    pub fn detail(&self, text: &Folded, inside: impl Fn(usize, usize) -> bool) -> Option<(usize, usize)> {
        let found = self.detail.find_iter(&text.text).map(|m| (text.char_at_byte(m.start()), text.char_at_byte(m.end())));
        found.into_iter().find(|&(start, end)| !inside(start, end))
    }

    /// Length of the word that makes a road, bridge or village of the name that ends at `end`; 0 if none does.
    pub fn road_follows(&self, text: &Folded, end: usize) -> usize {
        if text.break_before(end) || !self.rules.heeds(Rule::Roads) {
            return 0;
        }
        let is = |at: usize, set: &str| text.char(at).is_some_and(|c| set.contains(c));
        let side = end + usize::from(is(end, SIDES));
        let at = side + usize::from(is(side, NUMBERS));
        let numbered = |word: &&&str| text.char(at + word.chars().count()).is_some_and(|c| c.is_ascii_digit());
        let plain = ROADS.iter().find(|word| text.continues(at, word));
        let word = plain.or_else(|| ROADS_NUMBERED.iter().filter(numbered).find(|word| text.continues(at, word)));
        word.map_or(0, |word| at - end + word.chars().count())
    }

    /// Length of the word that makes a building, an estate or a firm of the name: 和平大厦; 0 if none does. Cities lend theirs to places in
    /// them (西安交通大学), districts hardly.
    pub fn estate_follows(&self, text: &Folded, end: usize) -> usize {
        if text.break_before(end) || !self.rules.heeds(Rule::Estates) {
            return 0;
        }
        let word = ESTATES.iter().find(|word| text.continues(end, word));
        word.map_or(0, |word| word.chars().count())
    }

    /// Does the name only qualify something else: 沙县小吃, 五常大米, 四川人 (but not 兴城人民路)?
    pub fn trap_follows(&self, text: &Folded, end: usize) -> bool {
        !text.break_before(end)
            && self.rules.heeds(Rule::Traps)
            && (TRAPS.iter().any(|word| text.continues(end, word)) || text.continues(end, "人") && !text.continues(end, "人民"))
    }

    /// Does the text name a road or a village? 龙湖天街14号楼 is an estate, 天街14号 a road.
    pub fn has_road(&self, text: &Folded) -> bool {
        let house = |at: usize| {
            let after = (at..text.len()).find(|&n| !text.char(n).is_some_and(|c| c.is_ascii_digit())).unwrap_or(text.len());
            after > at && !["号楼", "栋", "幢", "座"].iter().any(|word| text.continues(after, word))
        };
        let ends =
            |at: usize| text.break_before(at) || house(at) || text.char(at).is_some_and(|c| "与和东西南北中一二三四".contains(c));
        (0..text.len()).any(|at| text.char(at).is_some_and(|c| "路街巷弄村屯".contains(c)) && ends(at + 1))
    }

    /// Does the word of detail that ends here say where somebody is? A house, a road, a village does. An institution does if nothing but the way
    /// to it follows: 浙江大学北门 is a place, 浙江大学毕业证 a paper.
    pub fn locates(&self, text: &Folded, end: usize) -> bool {
        const INSTITUTIONS: &str = "学场院店市司中所馆";
        const WAYS: &str = "里内旁边门对附东南西北前后上下左右宿家校院分总路街小店";
        let house = !text.slice(end.saturating_sub(1), end).iter().any(|c| INSTITUTIONS.contains(*c));
        let way = text.break_before(end) || text.char(end).is_some_and(|c| WAYS.contains(c) || c.is_ascii());
        house || way || text.chars.iter().any(char::is_ascii_digit)
    }

    /// Does the text speak of another country, or of a city abroad before the first name, which begins at `first`?
    pub fn is_foreign(&self, text: &Folded, first: usize) -> bool {
        if !self.rules.heeds(Rule::Foreign) {
            return false;
        }
        let chinese = text.char(first).is_some_and(|c| !c.is_ascii());
        let street = || !chinese && STREETS.iter().any(|word| text.text.contains(word));
        street()
            || self.foreign.is_match(&text.text)
            || self.abroad.find(&text.text).is_some_and(|m| text.char_at_byte(m.start()) < first)
    }

    /// May a place name begin here, going by the character before?
    pub fn may_begin(&self, text: &Folded, at: usize) -> bool {
        text.break_before(at)
            || at.checked_sub(1).and_then(|b| text.char(b)).is_some_and(|c| BEFORE.contains(c) || at > 2 && ENDS.contains(c))
    }

    /// Does somebody say that they are here: 在, 住 …?
    pub fn said_to_be(&self, text: &Folded, at: usize) -> bool {
        const WORDS: &str = "在住到址来";
        at.checked_sub(1).and_then(|b| text.char(b)).is_some_and(|c| WORDS.contains(c))
    }
}
