//! A phone number or an address where a time was asked for: it goes where it belongs, and the question is asked again.
use std::sync::LazyLock;

use regex::Regex;

use crate::coverage::Outcome;
use crate::vocabulary::say::Text;

use super::address;
use super::definition::{Dialog, Kind};
use super::fold::{clean, fold};
use super::machine::Machine;
use super::parse::{name, phone};
use super::session::{Pending, Run};
use super::turn::Turn;
use super::value::Value;

/// Most characters of words that are read as an address.
const LONGEST: usize = 300;

/// Tells that something else was said before.
const CHANGED: &str = "field-changed";

/// Words that only announce a number or an address, or say that it changes.
static ANNOUNCED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"联系|电话|手机|座机|号码|号|地址|地方|写错了|错了|改成|改为|改到|改一下|换成|换到|更正|应该|还是|请|打|拨|用|是|在|到|我们|我家|我|的|这个|新|了|吧|",
        r"\b(phone|tel|telephone|mobile|number|call|address|my|our|the|new|is|to|at|it|me|us|use|please|change|changed|should|be|sorry|no|actually)\b",
    ))
    .ok()
});

/// Words of a time: whoever writes one answers the question, whatever else they write.
static TIME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"周[一二三四五六日天末内]|[这本下上每]周|[早晚晨夜]|星期|礼拜|今[天日明]|明[天日儿]|后天|上午|中午|下午|傍晚|小时|分钟|点|时候|随时|月\d|\d日|\d月|[以之]后|",
        r"\d\s*[:：]\s*\d\d|\b(mon|tues|wednes|thurs|fri|satur|sun)day|\b(today|tomorrow|tonight|morning|noon|afternoon|evening|weekend|week|day|hours?|after|before|any\s?time|[ap]\.?m|o'?clock)\b",
    ))
    .ok()
});

impl Machine<'_> {
    /// Words that clearly are a phone number or an address, although something else is asked for: what was said of
    /// either is changed, told, and the question stands. `None`: an answer to the question.
    pub(super) fn said_elsewhere(&self, dialog: &Dialog, run: &mut Run, text: &str) -> Option<Turn> {
        if tells_time(text) {
            return None;
        }
        let echo = match self.phone_alone(dialog, run, text) {
            Some(echo) => echo,
            None => self.address_alone(dialog, run, text)?,
        };
        run.attempts = 0;
        if run.pending == Some(Pending::Typing) {
            run.pending = None;
        }
        self.drop_misfits(dialog, run);
        let mut turn = Turn::say(self.ask(dialog, run));
        turn.echo = echo;
        Some(turn)
    }

    /// A number and nothing beside it but whose it is.
    fn phone_alone(&self, dialog: &Dialog, run: &mut Run, text: &str) -> Option<Vec<Text>> {
        let slot = dialog.slot_of(Kind::Phone)?;
        let mut rest = phone::digits_folded(text);
        let (phone::Phone::Number(number), Some(range)) = phone::find(&rest) else { return None };
        rest.replace_range(range, " ");
        let named = name::beside_phone(text).filter(|name| !only_announces(name));
        let rest = named.as_deref().map_or(rest.clone(), |name| rest.replacen(name, " ", 1));
        if !only_announces(&rest) {
            return None;
        }
        let mut echo = vec![self.changed(dialog, run, slot.id(), Value::Phone(number))?];
        if let (Some(name), Some(slot)) = (named, dialog.slot_of(Kind::Name)) {
            echo.extend(self.changed(dialog, run, slot.id(), Value::Words(name)));
        }
        Some(echo)
    }

    /// A place that is known for sure, down to the street.
    fn address_alone(&self, dialog: &Dialog, run: &mut Run, text: &str) -> Option<Vec<Text>> {
        let slot = dialog.slot_of(Kind::Address)?;
        let typed = address::without_contact(&clean(text, LONGEST));
        let found = self.matcher.locate(&typed);
        let (Outcome::Sure, Some(code)) = (found.outcome, &found.code) else { return None };
        let mut address = self.understood(&typed, &found.rest, code, None);
        address.doubt = self.guess(&found);
        if !address::has_street(&address) {
            return None;
        }
        let coverage = address::coverage(&address);
        let told = self.changed(dialog, run, slot.id(), Value::Address(address))?;
        let changed = (told.key == CHANGED).then(|| Text::new("address-changed"));
        Some(changed.into_iter().chain([coverage]).collect())
    }

    /// Puts a value where it belongs; gives the line that tells it.
    fn changed(&self, dialog: &Dialog, run: &mut Run, id: &str, value: Value) -> Option<Text> {
        let slot = dialog.slot(id)?;
        let mut line = self.shown(slot, Some(&value), run);
        run.skipped.remove(id);
        if run.slots.insert(id.to_owned(), value.clone()).is_some_and(|old| old != value) {
            line.key = CHANGED.to_owned();
        }
        Some(line)
    }
}

fn tells_time(text: &str) -> bool {
    TIME.as_ref().is_some_and(|time| time.is_match(&fold(text)))
}

/// Whether nothing stays of these words once those that only announce something are gone.
fn only_announces(words: &str) -> bool {
    let words = fold(words);
    let rest = ANNOUNCED.as_ref().map_or(words.clone().into(), |announced| announced.replace_all(&words, ""));
    !rest.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_told_from_what_belongs_elsewhere() {
        for time in [
            "周六下午三点以后",
            "明天打13900001111",
            "晚上7:30",
            "12月3日",
            "Saturday after 3 pm",
            "any time, 13900001111",
            "3点",
        ] {
            assert!(tells_time(time), "{time}");
        }
        for other in ["电话改成13900001111", "兴城市兴海路5号", "my number is 13900001111", "+44 20 7946 0958", "0429-5123456"]
        {
            assert!(!tells_time(other), "{other}");
        }
        for words in ["电话改成", "我的手机号是：", "打这个", "", "my new number is", "please call", "，"] {
            assert!(only_announces(words), "{words}");
        }
        for words in ["我老婆在家", "开门要密码", "ring twice", "501"] {
            assert!(!only_announces(words), "{words}");
        }
    }
}
