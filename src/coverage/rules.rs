//! Every rule by name, so that one can be left out and its worth be measured: `cargo bench --bench quality`.

macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $name:ident = $says:literal,)+) => {
        /// One thing that the matcher does, or one weight of it. The bot heeds them all; only measurements leave one out.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Rule {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Rule {
            /// All of them, in the order in which a text meets them.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// What it is, in a few words.
            pub fn says(self) -> &'static str {
                match self {
                    $(Self::$name => $says,)+
                }
            }
        }
    };
}

rules! {
    /// 遼寧 is 辽宁.
    Traditional = "stage *fold*: traditional script",
    /// 不是沈阳，是大连.
    Corrections = "stage *fold*: corrections (不是A，是B)",
    /// 88 Century Avenue, Pudong, Shanghai.
    English = "stage *fold*: addresses in English",
    /// 兴城 for 兴城市.
    Shorts = "stage *scan*: short names",
    /// 闸北区 is 静安区 now.
    Olds = "stage *scan*: former names",
    /// 虎门镇.
    Towns = "stage *scan*: towns",
    /// xingcheng.
    Pinyin = "stage *scan*: names in Latin letters",
    /// 温州仰义, without 街道.
    Stems = "stage *similar*: towns without suffix, right behind their area",
    /// 葫芦岛市兴成市.
    Similar = "stage *similar*: names nearly written",
    /// Characters of the same sound.
    Homophones = "stage *similar*: homophones",
    /// Characters that look alike.
    Lookalikes = "stage *similar*: look-alikes",
    /// 铁山 in 铁山缸区.
    CutOff = "stage *similar*: names that break off before 区 or 县",
    /// 北京路 is a road.
    Roads = "what follows a name: roads",
    /// 和平大厦 is a building.
    Estates = "what follows a name: estates and firms",
    /// 沙县小吃 is a meal.
    Traps = "what follows a name: products and people",
    /// 城镇 in 于城镇.
    Inner = "names that lie within longer ones",
    /// 何南鹤壁浚县.
    Settle = "names in the middle of other words, next to their own",
    /// 余杭区临平街道 is in 临平区.
    Moved = "towns that moved to another county",
    /// 首尔, 东京.
    Foreign = "other countries",
    /// 江南春晓3栋 is in no district.
    Common = "short words that many towns bear",
    /// 和平 is a word before it is a place.
    Believable = "names alone are no address",
    /// 3号楼，兴城，葫芦岛.
    Reversed = "areas behind the house, with none before it",
    /// The weights for a name after the first road or house.
    Late = "weight: names behind a road or a house (LATE, LATE_FULL, LATE_LATIN = 1)",
    /// The weight for 高新区 and its like.
    Generic = "weight: names that hundreds of places share (GENERIC)",
    /// The weights for the usual order.
    Order = "weight: names in order and next to each other (IN_ORDER, NEXT_TO = 0)",
    /// The weight for what the text names and the answer is not in.
    LeftOut = "weight: areas that the text names and the answer leaves out (LEFT_OUT = 0)",
    /// The distance within which rivals make an answer unsure.
    Margin = "weight: margin between first and second (MARGIN = 0)",
}

/// Which rules are heeded: all, or all but one.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Rules {
    left_out: Option<Rule>,
}

impl Rules {
    pub fn without(rule: Rule) -> Self {
        Self { left_out: Some(rule) }
    }

    pub fn heeds(self, rule: Rule) -> bool {
        self.left_out != Some(rule)
    }

    /// Points that a rule gives or takes: none if it is left out.
    pub fn points(self, rule: Rule, points: f32) -> f32 {
        if self.heeds(rule) { points } else { 0.0 }
    }

    /// The share of its points that a rule leaves to a name: all if it is left out.
    pub fn share(self, rule: Rule, share: f32) -> f32 {
        if self.heeds(rule) { share } else { 1.0 }
    }
}
