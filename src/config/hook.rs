//! Where the program listens, and where Telegram delivers.
use std::net::SocketAddr;

use reqwest::Url;

use super::Secret;

/// A shorter password might be guessed; Telegram takes no longer one.
const SECRET_LENGTH: std::ops::RangeInclusive<usize> = 16..=256;

/// Where Telegram delivers updates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// The address as Telegram is told; its path may be as good as a password.
    pub url: Secret,
    /// What Telegram sends along to show that it is Telegram; `None`: one is made at every start.
    pub secret: Option<Secret>,
}

/// Reads an address and port; `name` is the setting's.
pub(super) fn listen(address: Option<&str>, name: &str) -> Result<Option<SocketAddr>, String> {
    let problem = || format!("{name} must be an address and a port, like 127.0.0.1:8443 or [::1]:8443");
    address.map(|address| address.parse().map_err(|_| problem())).transpose()
}

/// Telegram itself delivers by https only; a Bot API server of one's own, in its local mode, also by http.
pub(super) fn webhook(url: Option<String>, secret: Option<String>, own_server: bool) -> Result<Option<Webhook>, String> {
    let Some(url) = url else { return Ok(None) };
    let schemes: &[&str] = if own_server { &["https", "http"] } else { &["https"] };
    let plain = |u: &Url| u.has_host() && u.username().is_empty() && u.password().is_none() && u.fragment().is_none();
    if !Url::parse(&url).is_ok_and(|u| schemes.contains(&u.scheme()) && plain(&u)) {
        return Err("BAOXIU_WEBHOOK must be an address that Telegram can reach, like https://bot.example.org/telegram".to_owned());
    }
    let sound =
        |s: &String| SECRET_LENGTH.contains(&s.len()) && s.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b));
    if secret.as_ref().is_some_and(|s| !sound(s)) {
        return Err("BAOXIU_WEBHOOK_SECRET must have 16 to 256 characters, letters, digits, _ and - only".to_owned());
    }
    Ok(Some(Webhook { url: Secret::new(url), secret: secret.map(Secret::new) }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_telegram_can_reach_is_a_webhook() {
        let of = |url: &str, own| webhook(Some(url.to_owned()), None, own).is_ok();
        assert!(of("https://bot.example.org/telegram", false) && of("http://127.0.0.1:8443/x", true));
        for wrong in ["http://127.0.0.1:8443/x", "ftp://a/b", "bot.example.org", "https://u:p@a/b", "https://a/b#c"] {
            assert!(!of(wrong, false), "{wrong}");
        }
    }

    #[test]
    fn a_secret_is_neither_short_nor_strange_nor_told() {
        let of = |secret: &str| webhook(Some("https://a/b".to_owned()), Some(secret.to_owned()), false);
        assert_eq!(of("0123456789abcde_-").unwrap().unwrap().secret, Some(Secret::new("0123456789abcde_-")));
        for wrong in ["sesame", "sesame sesame sesame", &"sesame".repeat(50)] {
            let problem = of(wrong).unwrap_err();
            assert!(problem.contains("BAOXIU_WEBHOOK_SECRET") && !problem.contains("sesame"), "{problem}");
        }
    }

    #[test]
    fn an_address_has_a_port() {
        assert_eq!(listen(None, "X"), Ok(None));
        assert!(listen(Some("127.0.0.1:0"), "X").is_ok() && listen(Some("[::1]:80"), "X").is_ok());
        assert!(listen(Some("8443"), "BAOXIU_LISTEN").unwrap_err().contains("BAOXIU_LISTEN"));
    }
}
