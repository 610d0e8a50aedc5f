//! People: language, rights, reachability, the sealed working name and phone of technicians.
use std::collections::BTreeMap;

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::unit::{Unit, values};
use super::{StoreError, known};
use crate::desk::person::Person;
use crate::seal::Sealer;
use crate::vocabulary::lang::Lang;

const TABLE: &str = "person";

// An admin named in the settings has a row before the first message, then with an empty language: the
// app's language fills it when the person first writes.
const LOCK: &str = "INSERT INTO person (id, version, lang, reachable, admin, tokens, refilled, warned) \
     VALUES ($1, 1, $2, 0, 0, 0, 0, 0) \
     ON CONFLICT (id) DO UPDATE SET version = person.version + 1, \
     lang = CASE WHEN person.lang = '' THEN excluded.lang ELSE person.lang END \
     RETURNING id, lang, reachable, admin, working_name, working_phone, tokens, refilled, warned, muted, menu";
const ENTER: &str = "INSERT INTO person (id, version, lang, reachable, admin, tokens, refilled, warned) \
     VALUES ($1, 1, $2, 0, 0, 0, 0, 0) ON CONFLICT (id) DO UPDATE SET version = person.version + 1, lang = excluded.lang";
const WRITE: &str = "UPDATE person SET lang = $2, reachable = $3, admin = $4, working_name = $5, working_phone = $6, \
     tokens = $7, refilled = $8, warned = $9, muted = $10, menu = $11 WHERE id = $1";
const READ: &str = "SELECT id, lang, reachable, admin, working_name, working_phone, tokens, refilled, warned, muted, menu \
     FROM person WHERE id = $1";
const ROUTE: &str = "SELECT lang, reachable, muted FROM person WHERE id = $1";
const NAME: &str = "SELECT working_name FROM person WHERE id = $1";
const ADMINS: &str = "SELECT id FROM person WHERE admin = 1 ORDER BY id";
const DISMISS: &str = "UPDATE person SET admin = 0, version = version + 1 WHERE id = $1";
const NAMES: &str = "SELECT id, working_name FROM person WHERE admin = 1 ORDER BY id";
const APPOINT: &str = "INSERT INTO person (id, version, lang, reachable, admin, tokens, refilled, warned) \
     VALUES ($1, 1, '', 0, 1, 0, 0, 0) ON CONFLICT (id) DO UPDATE SET admin = 1, version = person.version + 1";
const REACHABLE: &str = "UPDATE person SET reachable = $2, version = version + 1 WHERE id = $1";

/// Every statement of this file.
pub const ALL: &[&str] = &[LOCK, ENTER, WRITE, READ, ROUTE, NAME, ADMINS, NAMES, DISMISS, APPOINT, REACHABLE];

/// How messages to a person travel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Route {
    /// In which language.
    pub lang: Lang,
    /// Whether the bot may write to them.
    pub reachable: bool,
    /// Whether they want no notices.
    pub muted: bool,
}

/// A row as it is stored: id, language, flags, sealed columns.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    pub(super) id: i64,
    lang: String,
    name: Option<Vec<u8>>,
    phone: Option<Vec<u8>>,
    person: Person,
}

impl Stored {
    /// From the columns in the order of [`LOCK`].
    pub(super) fn read(row: &AnyRow) -> Result<Stored, StoreError> {
        let flag = |column: usize| Ok::<bool, StoreError>(row.try_get::<i64, _>(column)? != 0);
        let id = row.try_get(0)?;
        let person = Person {
            id,
            lang: lang_of(row, 1)?,
            reachable: flag(2)?,
            admin: flag(3)?,
            working_name: String::new(),
            working_phone: String::new(),
            tokens: row.try_get(6)?,
            refilled: row.try_get(7)?,
            warned: flag(8)?,
            muted: flag(9)?,
            menu: row.try_get(10)?,
        };
        Ok(Stored { id, lang: row.try_get(1)?, name: row.try_get(4)?, phone: row.try_get(5)?, person })
    }

    fn open(self, sealer: &Sealer) -> Result<Person, StoreError> {
        let open = |column, sealed| open(sealer, column, self.id, sealed);
        Ok(Person {
            working_name: open("working_name", self.name)?,
            working_phone: open("working_phone", self.phone)?,
            ..self.person
        })
    }
}

/// Locks a person until the commit; somebody new gets a row with the language `lang`.
pub async fn lock(unit: &mut Unit<'_>, sealer: &Sealer, id: i64, lang: Lang) -> Result<Person, StoreError> {
    let Some(ahead) = unit.ahead().and_then(|ahead| ahead.take_person(id)) else {
        let query = sqlx::query(LOCK).bind(id).bind(lang.tag());
        return Stored::read(&query.fetch_one(unit.reads().await?).await?)?.open(sealer);
    };
    match ahead {
        Some(stored) if !stored.lang.is_empty() => stored.open(sealer),
        stored => {
            unit.put_named(ENTER, 1, values![id, lang.tag()]).await?;
            let person = stored.map(|stored| stored.open(sealer)).transpose()?;
            Ok(Person { id, lang, ..person.unwrap_or_default() })
        }
    }
}

/// Reads a person without locking them.
pub async fn read(conn: &mut AnyConnection, sealer: &Sealer, id: i64) -> Result<Option<Person>, StoreError> {
    let row = sqlx::query(READ).bind(id).fetch_optional(conn).await?;
    row.map(|row| Stored::read(&row)?.open(sealer)).transpose()
}

/// Writes a person who was locked before.
pub async fn write(unit: &mut Unit<'_>, sealer: &Sealer, person: &Person) -> Result<(), StoreError> {
    let values = values![
        person.id,
        person.lang.tag(),
        person.reachable,
        person.admin,
        seal(sealer, "working_name", person.id, &person.working_name)?,
        seal(sealer, "working_phone", person.id, &person.working_phone)?,
        person.tokens,
        person.refilled,
        person.warned,
        person.muted,
        person.menu.as_str(),
    ];
    unit.put_one(TABLE, WRITE, values).await
}

/// How messages to a person travel; somebody who never wrote cannot be reached.
pub async fn route(conn: &mut AnyConnection, id: i64) -> Result<Route, StoreError> {
    let Some(row) = sqlx::query(ROUTE).bind(id).fetch_optional(conn).await? else { return Ok(Route::default()) };
    let flag = |column: usize| Ok::<bool, StoreError>(row.try_get::<i64, _>(column)? != 0);
    Ok(Route { lang: lang_of(&row, 0)?, reachable: flag(1)?, muted: flag(2)? })
}

/// The name that a technician works under; `None` for everybody else.
pub async fn working_name(conn: &mut AnyConnection, sealer: &Sealer, id: i64) -> Result<Option<String>, StoreError> {
    let Some(row) = sqlx::query(NAME).bind(id).fetch_optional(conn).await? else { return Ok(None) };
    Ok(Some(open(sealer, "working_name", id, row.try_get(0)?)?).filter(|name| !name.is_empty()))
}

/// User ids of the admins, ascending.
pub async fn admins(conn: &mut AnyConnection) -> Result<Vec<i64>, StoreError> {
    let rows = sqlx::query(ADMINS).fetch_all(conn).await?;
    Ok(rows.iter().map(|r| r.try_get(0)).collect::<Result<_, _>>()?)
}

/// Working names of the admins who have registered one.
pub async fn admin_names(conn: &mut AnyConnection, sealer: &Sealer) -> Result<BTreeMap<i64, String>, StoreError> {
    let mut names = BTreeMap::new();
    for row in sqlx::query(NAMES).fetch_all(conn).await? {
        let id: i64 = row.try_get(0)?;
        names.insert(id, open(sealer, "working_name", id, row.try_get(1)?)?);
    }
    names.retain(|_, name| !name.is_empty());
    Ok(names)
}

/// Makes these people admins, beside those who are. Called at start with what the settings say.
pub async fn appoint(unit: &mut Unit<'_>, ids: &[i64]) -> Result<(), StoreError> {
    let now = admins(unit.reads().await?).await?;
    for id in ids.iter().filter(|id| !now.contains(id)) {
        sqlx::query(APPOINT).bind(*id).execute(unit.writes().await?).await?;
        known::changed(unit).await?;
    }
    Ok(())
}

/// Somebody is an admin no longer.
pub async fn dismiss(unit: &mut Unit<'_>, id: i64) -> Result<(), StoreError> {
    sqlx::query(DISMISS).bind(id).execute(unit.writes().await?).await?;
    known::changed(unit).await
}

/// Notes whether the bot may write to a person; they blocked it, or wrote again.
pub async fn set_reachable(conn: &mut AnyConnection, id: i64, reachable: bool) -> Result<(), StoreError> {
    sqlx::query(REACHABLE).bind(id).bind(i64::from(reachable)).execute(conn).await?;
    Ok(())
}

/// A language that no version of the program wrote is Chinese, like no language at all.
fn lang_of(row: &AnyRow, column: usize) -> Result<Lang, StoreError> {
    let tag: String = row.try_get(column)?;
    Ok(Lang::ALL.into_iter().find(|l| l.tag() == tag).unwrap_or_default())
}

fn seal(sealer: &Sealer, column: &'static str, id: i64, plain: &str) -> Result<Option<Vec<u8>>, StoreError> {
    if plain.is_empty() { Ok(None) } else { Ok(Some(sealer.seal(TABLE, column, &id.to_string(), plain.as_bytes())?)) }
}

fn open(sealer: &Sealer, column: &'static str, id: i64, sealed: Option<Vec<u8>>) -> Result<String, StoreError> {
    let Some(sealed) = sealed else { return Ok(String::new()) };
    let plain = sealer.open(TABLE, column, &id.to_string(), &sealed)?;
    String::from_utf8(plain).map_err(|_| StoreError::Unreadable { table: TABLE, column })
}
