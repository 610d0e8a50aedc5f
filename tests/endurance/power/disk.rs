//! What a disk holds when the power fails: everything that was synced, and of the rest whatever chance has written, in
//! pieces of a sector.
use std::path::Path;

use super::super::random::Random;
use super::trace::{Call, What};

const SECTOR: usize = 512;

/// What becomes of bytes that were not synced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    Lost,
    /// Lost, kept, or torn.
    Chance,
}

/// Writes into `folder` what the disk holds at a moment: the database as `base`, changed by what `calls` did to it since.
pub fn at(moment: usize, calls: &[Call], base: &[u8], database: &Path, folder: &Path, rest: Rest, random: &mut Random) {
    let log = database.with_extension("db-wal");
    let image = file(moment, calls, database, base.to_vec(), rest, random);
    std::fs::write(folder.join(database.file_name().unwrap()), image).unwrap();
    // Its name is on the disk once the folder is.
    let known = |call: &&Call| call.on == log.to_str().unwrap() && matches!(call.what, What::Create) && call.began <= moment;
    let Some(made) = calls.iter().find(known) else { return };
    let there = synced(moment, calls, database.parent().unwrap()).any(|began| made.ended.is_some_and(|ended| ended < began));
    if there || (rest == Rest::Chance && random.below(2) == 0) {
        let image = file(moment, calls, &log, Vec::new(), rest, random);
        std::fs::write(folder.join(log.file_name().unwrap()), image).unwrap();
    }
}

/// When the syncs of a file began that were through by then.
fn synced<'a>(moment: usize, calls: &'a [Call], path: &'a Path) -> impl Iterator<Item = usize> + 'a {
    let path = path.to_str().unwrap();
    let through = move |call: &&Call| call.on == path && call.ended.is_some_and(|ended| ended <= moment);
    calls.iter().filter(through).filter(|call| matches!(call.what, What::Sync)).map(|call| call.began)
}

fn file(moment: usize, calls: &[Call], path: &Path, mut image: Vec<u8>, rest: Rest, random: &mut Random) -> Vec<u8> {
    let safe = synced(moment, calls, path).last().unwrap_or(0);
    let path = path.to_str().unwrap();
    for call in calls.iter().filter(|call| call.on == path && call.began <= moment) {
        let safe = call.ended.is_some_and(|ended| ended < safe);
        if !safe && rest == Rest::Lost {
            continue;
        }
        match &call.what {
            What::Write(at, bytes) if safe => put(&mut image, *at, bytes),
            What::Write(at, bytes) => {
                for (n, sector) in bytes.chunks(SECTOR).enumerate().filter(|_| random.below(2) == 0) {
                    put(&mut image, at + n * SECTOR, sector);
                }
            }
            What::Truncate(length) if safe || random.below(2) == 0 => image.resize(*length, 0),
            _ => {}
        }
    }
    image
}

fn put(image: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    image.resize(image.len().max(at + bytes.len()), 0);
    image[at..at + bytes.len()].copy_from_slice(bytes);
}
