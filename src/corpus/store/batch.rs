//! Changes to an index that are kept together or not at all.

use std::fmt;
use std::path::Path;
use std::sync::MutexGuard;

use rusqlite::{Connection, OptionalExtension, Params, Result, params};

use super::checksum::{long, of_two, short};
use super::error::{Answer, StoreError};
use super::packing::pack;
use super::reader::{run, texts_of};
use super::roots::sortable;
use super::row::{RootedPath, SegmentId, StoredFile, TextId};
use super::schema::{number, put_about};
use super::squeezing::{Dictionaries, dictionary_of};
use crate::actor::Actor;
use crate::briefing::Briefing;

/// One set of changes, from [`Store::write`](super::Store::write) to [`Batch::commit`]: nobody sees
/// any of them before, and dropping it undoes them. It stays on the thread that began it.
///
/// Where a method gives an error it is that the disk is full or does not do its work; the batch is
/// then best dropped.
pub struct Batch<'a> {
    connection: MutexGuard<'a, Connection>,
    file: &'a Path,
    dictionaries: &'a Dictionaries,
    /// The one that is known to be kept.
    dictionary: Option<u32>,
    texts: Counter,
    segments: Counter,
}

/// Bytes of a snapshot in one row: so many are read without a copy of the whole.
const PART: usize = 64 << 10;

/// The last number given, that before this batch, and whether it is another than the one that is kept.
#[derive(Clone, Copy, Debug)]
struct Counter {
    name: &'static str,
    first: u32,
    last: u32,
    is_other: bool,
}

impl Counter {
    fn read(connection: &Connection, name: &'static str) -> Result<Self> {
        let last = number(connection, name)?;
        Ok(Self { name, first: last, last, is_other: false })
    }

    fn next(&mut self) -> Option<u32> {
        self.last = self.last.checked_add(1)?;
        self.is_other = true;
        Some(self.last)
    }
}

impl fmt::Debug for Batch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch").field("file", &self.file).finish_non_exhaustive()
    }
}

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        if !self.connection.is_autocommit() {
            let _ = run(&self.connection, "ROLLBACK");
        }
    }
}

impl<'a> Batch<'a> {
    pub(super) fn new(
        connection: MutexGuard<'a, Connection>,
        file: &'a Path,
        dictionaries: &'a Dictionaries,
    ) -> Answer<Self> {
        let begun = begin(&connection);
        let (texts, segments) = begun.map_err(|e| StoreError::of_database(file, &e))?;
        Ok(Self { connection, file, dictionaries, dictionary: None, texts, segments })
    }

    /// Keeps a file, in the place of what was kept of it; those of its texts that it no longer has
    /// are retired, whoever put them there.
    ///
    /// # Errors
    /// As [`Batch`] says.
    pub fn put_file(&mut self, file: &StoredFile) -> Answer<()> {
        let stamp = self.packed(&file.stamp)?;
        for gone in self.texts_of(&file.path)?.iter().filter(|id| !file.texts.contains(id)) {
            self.retire_text(*gone)?;
        }
        let first = self.texts.first;
        for old in file.texts.iter().filter(|id| id.0 <= first) {
            self.run("DELETE FROM retired WHERE kind = 0 AND id = ?1", [old.0])?;
        }
        let texts: Vec<u8> = file.texts.iter().flat_map(|id| id.0.to_le_bytes()).collect();
        self.run(
            "REPLACE INTO file (root, rest, fingerprint, settled, sum, stamp, texts, reading)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                i64::try_from(file.path.root).unwrap_or(i64::MAX),
                sortable(&file.path.rest),
                file.fingerprint.cast_signed(),
                file.settled,
                of_two(&texts, &file.reading),
                stamp,
                texts,
                file.reading,
            ],
        )
    }

    /// Keeps that a file links to what has the name of this number. It stays kept when the file says so no
    /// more, or is gone.
    ///
    /// # Errors
    /// As [`Batch`] says.
    pub fn put_link(&mut self, name: u64, from: &RootedPath) -> Answer<()> {
        let root = i64::try_from(from.root).unwrap_or(i64::MAX);
        let rest = sortable(&from.rest);
        self.run(
            "INSERT OR IGNORE INTO link (name, root, rest, sum) VALUES (?1, ?2, ?3, ?4)",
            params![name.cast_signed(), root, rest, of_two(&name.to_le_bytes(), &rest)],
        )
    }

    /// Forgets a file, and retires its texts.
    ///
    /// # Errors
    /// As [`Batch`] says.
    pub fn remove_file(&mut self, path: &RootedPath) -> Answer<()> {
        for gone in self.texts_of(path)? {
            self.retire_text(gone)?;
        }
        let root = i64::try_from(path.root).unwrap_or(i64::MAX);
        let rest = sortable(&path.rest);
        self.run("DELETE FROM file WHERE root = ?1 AND rest = ?2", params![root, rest])
    }

    /// Keeps the text of a briefing under a number of its own.
    ///
    /// # Errors
    /// As [`Batch`] says, and after 2^32 texts.
    pub fn put_text(&mut self, briefing: &Briefing) -> Answer<TextId> {
        let content = self.packed(briefing)?;
        self.put_packed_text(&content)
    }

    /// The same for one that was packed before, as on another thread: by [`pack`], or by a
    /// [`Squeezer`](super::Squeezer) of this store.
    ///
    /// # Errors
    /// As [`Batch::put_text`].
    pub fn put_packed_text(&mut self, packed: &[u8]) -> Answer<TextId> {
        self.put_dictionary_of(packed)?;
        let id = self.texts.next().ok_or_else(|| self.failed("there are too many texts"))?;
        self.run(
            "INSERT INTO text (id, sum, briefing) VALUES (?1, ?2, ?3)",
            params![id, long(packed), packed],
        )?;
        Ok(TextId(id))
    }

    /// What a text is squeezed by must be there when it is read.
    fn put_dictionary_of(&mut self, packed: &[u8]) -> Answer<()> {
        let number = dictionary_of(packed).filter(|number| self.dictionary != Some(*number));
        let Some(number) = number else { return Ok(()) };
        let Some(known) = self.dictionaries.get(number) else {
            return Err(self.failed("a text was squeezed for another index"));
        };
        self.run(
            "INSERT OR IGNORE INTO dictionary (id, age, sum, bytes)
             VALUES (?1, (SELECT count(*) FROM dictionary), ?2, ?3)",
            params![number, long(&known.bytes), known.bytes],
        )?;
        self.dictionary = Some(number);
        Ok(())
    }

    /// Keeps what was found in a text by whoever has the knowledge of this number.
    ///
    /// # Errors
    /// As [`Batch`] says.
    pub fn put_cast(&mut self, id: TextId, knowledge: u64, content: &[u8]) -> Answer<()> {
        self.run(
            "REPLACE INTO cast_of (id, knowledge, sum, content) VALUES (?1, ?2, ?3, ?4)",
            params![id.0, knowledge.cast_signed(), long(content), content],
        )
    }

    /// Keeps an actor under a number that the caller gives, in the place of one that had it.
    ///
    /// # Errors
    /// As [`Batch`] says.
    pub fn put_actor(&mut self, id: u32, actor: &Actor) -> Answer<()> {
        let content = self.packed(actor)?;
        self.run(
            "REPLACE INTO actor (id, sum, content) VALUES (?1, ?2, ?3)",
            params![id, long(&content), content],
        )
    }

    /// Forgets all actors.
    ///
    /// # Errors
    /// As [`Batch`] says.
    pub fn remove_actors(&mut self) -> Answer<()> {
        self.run("DELETE FROM actor", [])
    }

    /// Keeps a segment, whose words are to follow.
    ///
    /// # Errors
    /// As [`Batch`] says, and after 2^32 segments.
    pub fn put_segment(
        &mut self,
        briefings: u32,
        texts: &[u8],
        lengths: &[u8],
    ) -> Answer<SegmentId> {
        let id = self.segments.next().ok_or_else(|| self.failed("there are too many segments"))?;
        self.run(
            "INSERT INTO segment (id, briefings, sum, texts, lengths) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![id, briefings, short(texts, lengths), texts, lengths],
        )?;
        Ok(SegmentId(id))
    }

    /// Keeps a snapshot, in the place of one of this name, with a number for what it was made of.
    ///
    /// # Errors
    /// As [`Batch`] says.
    pub fn put_snapshot(&mut self, name: &str, made_of: u64, content: &[u8]) -> Answer<()> {
        self.remove_snapshot(name)?;
        // One that is empty has a part, which is empty.
        let parts = content.chunks(PART).chain(content.is_empty().then_some(content));
        for (number, part) in (0_u32..).zip(parts) {
            self.run(
                "INSERT INTO snapshot (name, part, made_of, sum, content)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
                params![name, number, made_of.cast_signed(), long(part), part],
            )?;
        }
        Ok(())
    }

    /// Forgets a snapshot.
    ///
    /// # Errors
    /// As [`Batch`] says.
    pub fn remove_snapshot(&mut self, name: &str) -> Answer<()> {
        self.run("DELETE FROM snapshot WHERE name = ?1", [name])
    }

    /// Keeps a value under a name.
    ///
    /// # Errors
    /// As [`Batch`] says.
    pub fn put_meta(&mut self, name: &str, value: &[u8]) -> Answer<()> {
        self.run(
            "REPLACE INTO meta (name, sum, value) VALUES (?1, ?2, ?3)",
            params![name, long(value), value],
        )
    }

    /// Keeps all of it. A program that is killed later loses nothing of it; a machine whose power
    /// fails may lose the last batches, each of them whole.
    ///
    /// # Errors
    /// As [`Batch`] says; then nothing of it is kept.
    pub fn commit(mut self) -> Answer<()> {
        for counter in [self.texts, self.segments].into_iter().filter(|counter| counter.is_other) {
            let kept = put_about(&self.connection, counter.name, counter.last);
            self.named(kept)?;
        }
        self.run("COMMIT", [])
    }

    fn texts_of(&self, path: &RootedPath) -> Answer<Vec<TextId>> {
        let root = i64::try_from(path.root).unwrap_or(i64::MAX);
        let of = "SELECT texts FROM file WHERE root = ?1 AND rest = ?2";
        let found = self.connection.prepare_cached(of).and_then(|mut of| {
            let read = |row: &rusqlite::Row<'_>| Ok(texts_of(row.get_ref(0)?.as_blob()?));
            of.query_row(params![root, sortable(&path.rest)], read).optional()
        });
        self.named(found).map(Option::unwrap_or_default)
    }

    pub(super) fn run(&mut self, statement: &str, of: impl Params) -> Answer<()> {
        self.count(statement, of).map(drop)
    }

    /// Runs a statement; how many rows it changed.
    pub(super) fn count(&mut self, statement: &str, of: impl Params) -> Answer<usize> {
        let run = self.connection.prepare_cached(statement);
        let run = run.and_then(|mut statement| statement.execute(of));
        self.named(run)
    }

    /// Numbers that a query finds.
    pub(super) fn numbers(&self, query: &str, of: impl Params) -> Answer<Vec<u32>> {
        let found = self.connection.prepare_cached(query).and_then(|mut query| {
            query.query_map(of, |row| row.get(0))?.collect::<Result<Vec<u32>>>()
        });
        self.named(found)
    }

    fn packed<T: serde::Serialize>(&self, value: &T) -> Answer<Vec<u8>> {
        pack(value).map_err(|e| self.failed(&e.to_string()))
    }

    fn failed(&self, reason: &str) -> StoreError {
        StoreError::Failed { file: self.file.to_owned(), reason: reason.to_owned() }
    }

    fn named<T>(&self, result: Result<T>) -> Answer<T> {
        result.map_err(|e| StoreError::of_database(self.file, &e))
    }
}

fn begin(connection: &Connection) -> Result<(Counter, Counter)> {
    run(connection, "BEGIN IMMEDIATE")?;
    let counters = Counter::read(connection, "texts")
        .and_then(|texts| Ok((texts, Counter::read(connection, "segments")?)));
    if counters.is_err() {
        let _ = run(connection, "ROLLBACK");
    }
    counters
}
