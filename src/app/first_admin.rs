//! The link that makes the first admin, shown to whoever starts the program. It is a secret: it goes to the terminal (the
//! standard error output), never to the log.
use std::io::{self, IsTerminal};

use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

/// The link at Telegram.
pub fn at_telegram(bot: &str, parameter: &str) -> String {
    format!("https://t.me/{bot}?start={parameter}")
}

/// Prints the link, and in a terminal a QR code of it.
pub fn invite(link: &str) {
    eprintln!("{}", shown(link, io::stderr().is_terminal()));
}

fn shown(link: &str, terminal: bool) -> String {
    let words = format!(
        "\n  还没有管理员。第一个打开下面链接的人就是管理员，链接随即失效：\n  There is no admin yet. Whoever opens this link first \
         becomes the admin; then it dies:\n\n  {link}\n"
    );
    match QrCode::new(link).ok().filter(|_| terminal) {
        Some(code) => {
            let picture = code.render::<Dense1x2>().dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).build();
            // Dark on light, as cameras want it: white blocks on black, whatever the colours of the terminal are.
            let lines = picture.lines().map(|line| format!("\x1b[97;40m{line}\x1b[0m\n"));
            format!("{words}\n{}", lines.collect::<String>())
        }
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_drawn_in_a_terminal_only() {
        let link = at_telegram("baoxiu_bot", "admin_abc");
        assert_eq!(link, "https://t.me/baoxiu_bot?start=admin_abc");
        let (plain, drawn) = (shown(&link, false), shown(&link, true));
        assert!(plain.contains(&link) && !plain.contains('█'), "{plain}");
        let picture = drawn.strip_prefix(&plain).unwrap_or_default();
        let coloured = picture.lines().skip(1).all(|l| l.starts_with("\x1b[97;40m") && l.ends_with("\x1b[0m"));
        assert!(coloured, "a light terminal would turn it inside out: {drawn}");
        assert!(drawn.starts_with(&plain) && drawn.lines().filter(|l| l.contains('█')).count() > 12, "{drawn}");
    }
}
