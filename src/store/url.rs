//! Reads `DATABASE_URL`. PURE.
use std::path::{Path, PathBuf};

use super::StoreError;

/// Which database is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A file.
    Sqlite(PathBuf),
    /// A server; the address as given, which may hold a password.
    Postgres(String),
}

/// Understands `sqlite:file.db`, `sqlite://file.db`, `sqlite:///abs/file.db` and `postgres://…`.
pub(super) fn parse(url: &str) -> Result<Target, StoreError> {
    if let Some(rest) = url.strip_prefix("sqlite:") {
        let rest = rest.strip_prefix("//").unwrap_or(rest);
        let path = rest.split('?').next().unwrap_or_default();
        if path.is_empty() || path == ":memory:" || rest.contains("mode=memory") {
            return Err(StoreError::Url("give SQLite a file, e.g. sqlite:baoxiu.db: reports kept in memory would be lost"));
        }
        return Ok(Target::Sqlite(PathBuf::from(path)));
    }
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        return Ok(Target::Postgres(url.to_owned()));
    }
    Err(StoreError::Url("write sqlite:baoxiu.db or postgres://user:password@host/database"))
}

/// The address that the driver understands, whatever stands in the path. The file must be there: a connection that is made
/// later must never make another one in its place.
pub(super) fn sqlite(path: &Path) -> Result<String, StoreError> {
    let path = std::path::absolute(path).map_err(|_| StoreError::Url("the path of the SQLite file cannot be made absolute"))?;
    if let Some(folder) = path.parent().filter(|f| !f.is_dir()) {
        return Err(StoreError::Folder(folder.to_owned()));
    }
    let text = path.to_str().ok_or(StoreError::Url("the path of the SQLite file must be UTF-8"))?;
    let mut url = String::from("sqlite://");
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => url.push(char::from(byte)),
            _ => url.push_str(&format!("%{byte:02X}")),
        }
    }
    Ok(url + "?mode=rw")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        for (url, path) in [
            ("sqlite:a.db", "a.db"),
            ("sqlite://a.db", "a.db"),
            ("sqlite:///tmp/a.db", "/tmp/a.db"),
            ("sqlite:/tmp/a.db", "/tmp/a.db"),
            ("sqlite://data/a.db?mode=rwc", "data/a.db"),
        ] {
            assert_eq!(parse(url).unwrap(), Target::Sqlite(path.into()), "{url}");
        }
        assert!(matches!(parse("postgres://u:p@h/d").unwrap(), Target::Postgres(_)));
        for wrong in ["", "a.db", "mysql://h/d", "sqlite:", "sqlite::memory:", "sqlite://?mode=memory"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn strange_names_survive() {
        let url = sqlite(Path::new("/tmp/报修 50%#?.db")).unwrap();
        assert!(url.ends_with("%2050%25%23%3F.db?mode=rw"), "{url}");
        assert!(matches!(sqlite(Path::new("/no/such/folder/a.db")), Err(StoreError::Folder(_))));
    }
}
