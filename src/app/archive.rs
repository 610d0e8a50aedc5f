//! The file of a backup: a header, a row a line, and at the end a hash of all that. Text, the same for both databases.
//!
//! Sealed values are in it as the database holds them, in base64; nothing is opened.
use std::io::{self, BufRead, Read, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::store::tables::{self, Kind, Table};
use crate::store::unit::Value;

/// What the first line calls the format.
const FORMAT: &str = "baoxiu backup";
/// Its version. Raise it when a program of today could not read the file.
const VERSION: u32 = 1;
/// No line is longer: whoever gives us another file must not fill the memory.
const LONGEST: u64 = 64 << 20;

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Header {
    format: String,
    version: u32,
    /// Version of the tables: that of the newest migration.
    pub schema: i64,
    /// Fingerprints of the keys that open what is sealed: the one that seals, and while it is being changed the one before.
    pub keys: Vec<String>,
    /// When it was made, as people read it.
    pub made: String,
    /// Tables in the order of their rows.
    pub tables: Vec<Part>,
}

/// A table in the header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Part {
    pub name: String,
    pub columns: Vec<String>,
    pub rows: u64,
}

#[derive(Serialize, Deserialize)]
struct End {
    sha256: String,
}

/// Why a file is no backup that can be used. What is in it is never quoted.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unusable {
    #[error("it cannot be read ({0})")]
    Io(io::ErrorKind),
    #[error("it is not a backup of baoxiu")]
    Foreign,
    #[error("its format is of version {0}, this program reads version {VERSION}: use a newer baoxiu")]
    Format(u32),
    #[error("its header names a table or column that this program does not know: use the baoxiu that made it")]
    Unknown,
    #[error("it ends too early: it was cut off; take another copy")]
    Short,
    #[error("line {0} cannot be read: the file was changed; take another copy")]
    Line(u64),
    #[error("{table} has {found} rows and should have {told}: the file was changed; take another copy")]
    Count { table: String, told: u64, found: u64 },
    #[error("its hash does not fit: the file was changed; take another copy")]
    Hash,
}

impl From<io::Error> for Unusable {
    fn from(error: io::Error) -> Unusable {
        Unusable::Io(error.kind())
    }
}

/// The first line of a backup that is made now.
pub(super) fn header(schema: i64, keys: Vec<String>, made: String, counts: &[(&'static Table, i64)]) -> Header {
    let part = |(table, rows): &(&Table, i64)| Part {
        name: table.name.to_owned(),
        columns: table.columns.iter().map(|(name, _)| (*name).to_owned()).collect(),
        rows: u64::try_from(*rows).unwrap_or_default(),
    };
    Header { format: FORMAT.to_owned(), version: VERSION, schema, keys, made, tables: counts.iter().map(part).collect() }
}

/// Writes lines and hashes them.
pub(super) struct Writer<W: Write> {
    out: W,
    hash: Sha256,
    /// Bytes written.
    pub bytes: u64,
}

impl<W: Write> Writer<W> {
    pub(super) fn new(out: W, header: &Header) -> io::Result<Writer<W>> {
        let mut writer = Writer { out, hash: Sha256::new(), bytes: 0 };
        writer.line(header)?;
        Ok(writer)
    }

    /// A row: the name of its table, and its values.
    pub(super) fn row(&mut self, table: &Table, values: &[Value]) -> io::Result<()> {
        let values: Vec<Json> = values.iter().map(json).collect();
        self.line(&(table.name, values))
    }

    /// The last line. What was written is still to be flushed.
    pub(super) fn end(mut self) -> io::Result<(W, u64)> {
        let sha256 = hex(&self.hash.clone().finalize());
        self.line(&End { sha256 })?;
        Ok((self.out, self.bytes))
    }

    fn line(&mut self, line: &impl Serialize) -> io::Result<()> {
        let mut text = serde_json::to_vec(line)?;
        text.push(b'\n');
        self.hash.update(&text);
        self.bytes += text.len() as u64;
        self.out.write_all(&text)
    }
}

fn json(value: &Value) -> Json {
    match value {
        Value::Number(number) => (*number).into(),
        Value::Text(text) => text.clone().into(),
        Value::Bytes(bytes) => bytes.as_ref().map(|bytes| STANDARD.encode(bytes)).into(),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads a backup line by line and believes nothing.
pub(super) struct Reader<R> {
    from: R,
    hash: Sha256,
    line: u64,
    /// The first line.
    pub header: Header,
    /// For each table of the header what it is here, and where its columns stand.
    parts: Vec<(&'static Table, Vec<usize>, u64)>,
    at: usize,
}

/// A row: its table, places of columns, and their values.
pub(super) type Found<'r> = (&'static Table, &'r [usize], Vec<Value>);

impl<R: BufRead> Reader<R> {
    /// Reads the header.
    pub(super) fn open(mut from: R) -> Result<Reader<R>, Unusable> {
        let text = line(&mut from)?;
        let first: Json = serde_json::from_slice(&text).map_err(|_| Unusable::Foreign)?;
        if first["format"] != FORMAT {
            return Err(Unusable::Foreign);
        }
        match first["version"].as_u64().and_then(|version| u32::try_from(version).ok()) {
            Some(VERSION) => {}
            Some(other) => return Err(Unusable::Format(other)),
            None => return Err(Unusable::Line(1)),
        }
        let header: Header = serde_json::from_value(first).map_err(|_| Unusable::Line(1))?;
        let parts = header.tables.iter().map(part).collect::<Option<Vec<_>>>().ok_or(Unusable::Unknown)?;
        Ok(Reader { from, hash: Sha256::new_with_prefix(&text), line: 1, header, parts, at: 0 })
    }

    /// The next row; `None`: that was all, counts and hash fit. Nothing that came before may be believed until then.
    pub(super) fn next(&mut self) -> Result<Option<Found<'_>>, Unusable> {
        let text = line(&mut self.from)?;
        self.line += 1;
        if let Ok(end) = serde_json::from_slice::<End>(&text) {
            return self.over(&end.sha256).map(|()| None);
        }
        self.hash.update(&text);
        let wrong = Unusable::Line(self.line);
        let Ok((name, values)) = serde_json::from_slice::<(String, Vec<Json>)>(&text) else { return Err(wrong) };
        while self.parts.get(self.at).is_some_and(|(table, _, _)| table.name != name) {
            self.at += 1;
        }
        let Some((table, columns, rows)) = self.parts.get_mut(self.at) else { return Err(wrong) };
        if values.len() != columns.len() {
            return Err(wrong);
        }
        *rows += 1;
        let kinds = columns.iter().filter_map(|at| table.columns.get(*at));
        let values: Option<Vec<Value>> = kinds.zip(values).map(|((_, kind), json)| value(*kind, json)).collect();
        Ok(Some((table, columns, values.ok_or(wrong)?)))
    }

    fn over(&mut self, told: &str) -> Result<(), Unusable> {
        // Behind the last line there is nothing.
        if !self.from.fill_buf()?.is_empty() {
            return Err(Unusable::Line(self.line + 1));
        }
        if hex(&self.hash.clone().finalize()) != told {
            return Err(Unusable::Hash);
        }
        for (part, (_, _, found)) in self.header.tables.iter().zip(&self.parts) {
            if part.rows != *found {
                return Err(Unusable::Count { table: part.name.clone(), told: part.rows, found: *found });
            }
        }
        Ok(())
    }
}

fn part(told: &Part) -> Option<(&'static Table, Vec<usize>, u64)> {
    let table = tables::named(&told.name)?;
    let place = |name: &String| table.columns.iter().position(|(column, _)| column == name);
    Some((table, told.columns.iter().map(place).collect::<Option<_>>()?, 0))
}

/// A whole line, its end included.
fn line(from: &mut impl BufRead) -> Result<Vec<u8>, Unusable> {
    let mut text = Vec::new();
    from.by_ref().take(LONGEST).read_until(b'\n', &mut text)?;
    if text.ends_with(b"\n") { Ok(text) } else { Err(Unusable::Short) }
}

fn value(kind: Kind, json: Json) -> Option<Value> {
    Some(match (kind, json) {
        (Kind::Number, Json::Null) => Value::Number(None),
        (Kind::Text, Json::Null) => Value::Text(None),
        (Kind::Sealed, Json::Null) => Value::Bytes(None),
        (Kind::Number, Json::Number(number)) => Value::Number(Some(number.as_i64()?)),
        (Kind::Text, Json::String(text)) => Value::Text(Some(text)),
        (Kind::Sealed, Json::String(text)) => Value::Bytes(Some(STANDARD.decode(text).ok()?)),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> Vec<u8> {
        let (meta, crew) = (tables::named("meta").unwrap(), tables::named("crew").unwrap());
        let head = header(5, vec!["ab".into()], "2026-11-23".into(), &[(meta, 1), (crew, 2)]);
        let mut writer = Writer::new(Vec::new(), &head).unwrap();
        writer.row(meta, &[Value::from("x\n\"报修\""), Value::Text(None)]).unwrap();
        for id in [i64::MIN, i64::MAX] {
            let row = [id.into(), 7.into(), "crew".into(), Value::from(vec![0, 255, 10]), Value::Number(None), "".into()];
            writer.row(crew, &row).unwrap();
        }
        let (file, bytes) = writer.end().unwrap();
        assert_eq!(bytes, file.len() as u64);
        file
    }

    fn read(file: &[u8]) -> Result<Vec<Vec<Value>>, Unusable> {
        let mut reader = Reader::open(file)?;
        let mut rows = Vec::new();
        while let Some((_, _, values)) = reader.next()? {
            rows.push(values);
        }
        Ok(rows)
    }

    #[test]
    fn there_and_back() {
        let rows = read(&file()).unwrap();
        assert_eq!(rows[0], [Value::from("x\n\"报修\""), Value::Text(None)]);
        assert_eq!(rows[2][0], Value::from(i64::MAX));
        assert_eq!(rows[1][3], Value::from(vec![0, 255, 10]));
    }

    #[test]
    fn cut_off_anywhere_or_with_any_byte_changed_it_is_refused() {
        let file = file();
        for end in 0..file.len() {
            assert!(read(&file[..end]).is_err(), "cut off at {end}");
        }
        for at in 0..file.len() {
            let mut changed = file.clone();
            changed[at] ^= 1;
            assert!(read(&changed).is_err(), "changed at {at}");
        }
        assert!(read(&[&file[..], b"\n"].concat()).is_err(), "something behind it");
    }

    #[test]
    fn a_line_left_out_put_twice_or_moved_is_refused_even_with_the_right_hash() {
        let file = String::from_utf8(file()).unwrap();
        let lines: Vec<&str> = file.lines().take(4).collect();
        for wrong in [vec![0, 1, 2], vec![0, 1, 2, 3, 3], vec![0, 2, 3, 1]] {
            let mut text: String = wrong.iter().map(|at| format!("{}\n", lines[*at])).collect();
            let sha256 = hex(&Sha256::digest(&text));
            text += &format!("{}\n", serde_json::to_string(&End { sha256 }).unwrap());
            assert!(matches!(read(text.as_bytes()), Err(Unusable::Count { .. } | Unusable::Line(_))), "{wrong:?}");
        }
    }

    #[test]
    fn other_files_and_versions_are_told_apart() {
        assert!(matches!(read(b"hello\n"), Err(Unusable::Foreign)));
        assert!(matches!(read(b"{\"format\":\"x\"}\n"), Err(Unusable::Foreign)));
        let file = String::from_utf8(file()).unwrap();
        assert!(matches!(read(file.replacen("\"version\":1", "\"version\":2", 1).as_bytes()), Err(Unusable::Format(2))));
        assert!(matches!(read(file.replacen("\"title\"", "\"titel\"", 1).as_bytes()), Err(Unusable::Unknown)));
    }
}
