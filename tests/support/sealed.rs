//! What of a database opens with a key.
use baoxiu::seal::Sealer;
use baoxiu::store::Db;
use baoxiu::store::tables::{Kind, TABLES};
use baoxiu::store::unit::Value;

/// How many sealed values open, and how many do not.
pub async fn opened(db: &Db, sealer: &Sealer) -> (u64, u64) {
    let (mut yes, mut no) = (0, 0);
    for table in TABLES {
        let places: Vec<usize> = (0..table.columns.len()).collect();
        for row in table.page(&mut db.read().await.unwrap(), None, i64::MAX).await.unwrap() {
            for ((column, kind), value) in table.columns.iter().zip(&row) {
                if let (Kind::Sealed, Value::Bytes(Some(sealed))) = (kind, value)
                    && !sealed.is_empty()
                {
                    match sealer.open(table.name, column, &table.row(&places, &row), sealed) {
                        Ok(_) => yes += 1,
                        Err(_) => no += 1,
                    }
                }
            }
        }
    }
    (yes, no)
}
