//! Numbers that are written out, where a time or a date stands behind them: `下午三点`, `十二月三号`.

/// Numbers written out become digits. Those of weekdays (周三) and of quarters (三刻) stay.
pub(super) fn in_digits(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(letter) = letters.get(at) {
        let weekday = at.checked_sub(1).and_then(|before| letters.get(before)).is_some_and(|c| "周期拜".contains(*c));
        let run: Vec<char> = letters.iter().skip(at).take_while(|c| worth(**c).is_some()).copied().collect();
        let unit = letters.get(at + run.len()).is_some_and(|c| "点时月号日-分".contains(*c));
        match value(&run).filter(|_| unit && !weekday) {
            Some(number) => {
                out += &number.to_string();
                at += run.len();
            }
            None => {
                out.push(*letter);
                at += 1;
            }
        }
    }
    out
}

fn worth(letter: char) -> Option<u32> {
    Some(match letter {
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        _ => return None,
    })
}

/// Up to 99, as 三, 十, 十二, 二十 and 二十三 are.
fn value(run: &[char]) -> Option<u32> {
    let worths: Vec<u32> = run.iter().filter_map(|c| worth(*c)).collect();
    match worths[..] {
        [one] => Some(one),
        [10, one] if one < 10 => Some(10 + one),
        [tens, 10] if tens < 10 => Some(tens * 10),
        [tens, 10, one] if tens < 10 && one < 10 => Some(tens * 10 + one),
        _ => None,
    }
}
