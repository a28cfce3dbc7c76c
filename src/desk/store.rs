//! The desk itself: one connection to the file, and the marks of one corpus in it.

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Result, Row, TransactionBehavior, params};

use super::error::DeskError;
use super::marks::{Change, Marks, Shelf};
use super::private_file;
use super::schema::{self, Kind, STEPS};
use super::text_place::TextPlace;

/// How long one waits for another program's write, which takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(2);

/// The marks of one corpus in a file that several programs may have open. It may be sent to
/// another thread; every call may wait for the disk, and for two seconds at a lock.
#[derive(Debug)]
pub struct Desk {
    connection: Connection,
    file: PathBuf,
    corpus: String,
    /// `data_version` at the last load.
    seen: Cell<i64>,
}

impl Desk {
    /// Opens the desk of the corpus with this key (its canonical path, or `built-in`). A missing
    /// folder is made with mode 0700, a missing file with 0600, and so is what `SQLite` lays
    /// beside it; a file of an older version is upgraded. One that can be read but not written (a
    /// read-only disk) opens where `SQLite` can read it: its marks are shown, and
    /// [`Desk::save`] says that it cannot be written.
    ///
    /// # Errors
    /// When the file cannot be made, is locked, damaged, another program's or of a newer version;
    /// it is then left as it is.
    pub fn open(file: &Path, corpus: &str) -> Result<Self, DeskError> {
        private_file::ensure(file, |blank| {
            make_desk(blank).map_err(|e| DeskError::of_database(file, &e))
        })?;
        let desk = Self::prepare(connect(file), file, corpus)?;
        // Whoever quits would wait for the disk twice more; see `Desk::settle`.
        let kept_log = DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
        desk.named(desk.connection.set_db_config(kept_log, true))?;
        Ok(desk)
    }

    /// Brings what the log of earlier sessions holds into the file itself, as far as nobody is in the
    /// way. It is as safe where it is; but the log would grow.
    ///
    /// # Errors
    /// When the file is damaged or cannot be written.
    pub fn settle(&self) -> Result<(), DeskError> {
        let sql = "PRAGMA wal_checkpoint(PASSIVE)";
        self.named(self.connection.query_row(sql, [], |_| Ok(())))
    }

    /// A desk that is gone when it is dropped.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn in_memory(corpus: &str) -> Result<Self, DeskError> {
        Self::prepare(Connection::open_in_memory(), Path::new(":memory:"), corpus)
    }

    fn prepare(
        connection: Result<Connection>,
        file: &Path,
        corpus: &str,
    ) -> Result<Self, DeskError> {
        let named = |e| DeskError::of_database(file, &e);
        let mut connection = connection.map_err(named)?;
        let file = file.to_owned();
        match schema::upgrade(&mut connection, STEPS).map_err(named)? {
            Kind::Desk(_) => {}
            Kind::Foreign => return Err(DeskError::Foreign { file }),
            Kind::Newer(found) => {
                return Err(DeskError::Newer { file, found, known: STEPS.len() });
            }
        }
        let seen = Cell::new(data_version(&connection).map_err(named)?);
        Ok(Self { connection, file, corpus: corpus.to_owned(), seen })
    }

    /// All marks of this corpus, as of one moment.
    ///
    /// # Errors
    /// When the file is locked, damaged or cannot be read.
    pub fn load(&self) -> Result<Shelf, DeskError> {
        let (marks, version) = self.named(read_shelf(&self.connection, &self.corpus))?;
        self.seen.set(version);
        Ok(marks)
    }

    /// Keeps these changes, all or none; a later change of the same mark wins. When it returns
    /// `Ok` they are on the disk.
    ///
    /// # Errors
    /// When the disk is full, or the file locked, damaged or not writable.
    pub fn save(&mut self, changes: &[Change]) -> Result<(), DeskError> {
        let written = write_changes(&mut self.connection, &self.corpus, changes);
        self.named(written)
    }

    /// Has another desk, in this program or another, written to the file since the last
    /// [`Desk::load`] (or, before that, since it was opened)? Stays true until the next load; one's
    /// own saves do not count, nor do they hide what others wrote before them. The writing may
    /// have been about another corpus.
    ///
    /// # Errors
    /// When the file is locked, damaged or cannot be read.
    pub fn changed_elsewhere(&mut self) -> Result<bool, DeskError> {
        let version = self.named(data_version(&self.connection))?;
        Ok(version != self.seen.get())
    }

    fn named<T>(&self, result: Result<T>) -> Result<T, DeskError> {
        result.map_err(|e| DeskError::of_database(&self.file, &e))
    }
}

fn connect(file: &Path) -> Result<Connection> {
    // Without CREATE and URI: only this file, by its name as it stands.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    Ok(connection)
}

/// Makes a desk of an empty file that nobody else has open. It gets a write-ahead log, where
/// readers and a writer do not wait for each other. A file system without shared memory (some
/// network ones) cannot have one and gets the classic journal, which is as safe. The file
/// remembers which.
fn make_desk(blank: &Path) -> Result<()> {
    make_desk_with(blank, "WAL").or_else(|error| {
        // The attempt left a database that wants a log: begin again with nothing.
        fs::write(blank, "").map_err(|_| error)?;
        make_desk_with(blank, "DELETE")
    })
}

fn make_desk_with(blank: &Path, journal: &str) -> Result<()> {
    let mut connection = connect(blank)?;
    connection.pragma_update_and_check(None, "journal_mode", journal, |_| Ok(()))?;
    schema::upgrade(&mut connection, STEPS)?;
    connection.close().map_err(|(_, e)| e)
}

fn data_version(connection: &Connection) -> Result<i64> {
    connection.pragma_query_value(None, "data_version", |row| row.get(0))
}

fn read_shelf(connection: &Connection, corpus: &str) -> Result<(Shelf, i64)> {
    let moment = connection.unchecked_transaction()?;
    let version = data_version(&moment)?;
    let shelf = moment
        .prepare_cached(
            "SELECT slug, read, starred, place_offset, place_words FROM mark WHERE corpus = ?1",
        )?
        .query_map([corpus], read_marks)?
        .collect::<Result<Shelf>>()?;
    Ok((shelf, version))
}

fn read_marks(row: &Row<'_>) -> Result<(String, Marks)> {
    let place = row.get::<_, Option<i64>>(3)?.zip(row.get::<_, Option<String>>(4)?);
    let marks = Marks {
        read: row.get(1)?,
        starred: row.get(2)?,
        place: place.map(|(offset, words)| TextPlace {
            offset: usize::try_from(offset).unwrap_or(usize::MAX),
            words,
        }),
    };
    Ok((row.get(0)?, marks))
}

fn write_changes(connection: &mut Connection, corpus: &str, changes: &[Change]) -> Result<()> {
    if changes.is_empty() {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for change in changes {
        write_change(&transaction, corpus, change)?;
    }
    transaction.commit()
}

fn write_change(connection: &Connection, corpus: &str, change: &Change) -> Result<()> {
    let slug = change.slug();
    match change {
        Change::Read { read, .. } => connection
            .prepare_cached(
                "INSERT INTO mark (corpus, slug, read, changed) VALUES (?1, ?2, ?3, unixepoch())
                 ON CONFLICT DO UPDATE SET read = excluded.read, changed = excluded.changed",
            )?
            .execute(params![corpus, slug, read]),
        Change::Starred { starred, .. } => connection
            .prepare_cached(
                "INSERT INTO mark (corpus, slug, starred, changed) VALUES (?1, ?2, ?3, unixepoch())
                 ON CONFLICT DO UPDATE SET starred = excluded.starred, changed = excluded.changed",
            )?
            .execute(params![corpus, slug, starred]),
        Change::Place { place, .. } => connection
            .prepare_cached(
                "INSERT INTO mark (corpus, slug, place_offset, place_words, changed)
                 VALUES (?1, ?2, ?3, ?4, unixepoch())
                 ON CONFLICT DO UPDATE SET place_offset = excluded.place_offset,
                     place_words = excluded.place_words, changed = excluded.changed",
            )?
            .execute(params![
                corpus,
                slug,
                i64::try_from(place.offset).unwrap_or(i64::MAX),
                place.words
            ]),
    }
    .map(drop)
}

#[cfg(test)]
mod tests;
