//! Changes to an index that are kept together or not at all.

use std::fmt;
use std::path::Path;
use std::sync::MutexGuard;

use rusqlite::{Connection, Params, Result, params};

use super::checksum::{long, short};
use super::error::{Answer, StoreError};
use super::packing::pack;
use super::reader::run;
use super::roots::sortable;
use super::row::{RootedPath, SegmentId, StoredFile, TextId};
use super::schema::{number, put_about};
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
    texts: Counter,
    segments: Counter,
}

/// The last number given, and whether it is another than the one that is kept.
#[derive(Clone, Copy, Debug)]
struct Counter {
    name: &'static str,
    last: u32,
    is_other: bool,
}

impl Counter {
    fn read(connection: &Connection, name: &'static str) -> Result<Self> {
        Ok(Self { name, last: number(connection, name)?, is_other: false })
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
    pub(super) fn new(connection: MutexGuard<'a, Connection>, file: &'a Path) -> Answer<Self> {
        let begun = begin(&connection);
        let (texts, segments) = begun.map_err(|e| StoreError::of_database(file, &e))?;
        Ok(Self { connection, file, texts, segments })
    }

    /// Keeps a file, in the place of what was kept of it.
    ///
    /// # Errors
    /// As [`Batch`] says.
    pub fn put_file(&mut self, file: &StoredFile) -> Answer<()> {
        let stamp = self.packed(&file.stamp)?;
        self.run(
            "REPLACE INTO file (root, rest, fingerprint, settled, sum, stamp, reading)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                i64::try_from(file.path.root).unwrap_or(i64::MAX),
                sortable(&file.path.rest),
                file.fingerprint.cast_signed(),
                file.settled,
                long(&file.reading),
                stamp,
                file.reading,
            ],
        )
    }

    /// Forgets a file.
    ///
    /// # Errors
    /// As [`Batch`] says.
    pub fn remove_file(&mut self, path: &RootedPath) -> Answer<()> {
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

    /// The same for one that was [`pack`]ed before, as on another thread.
    ///
    /// # Errors
    /// As [`Batch::put_text`].
    pub fn put_packed_text(&mut self, packed: &[u8]) -> Answer<TextId> {
        let id = self.texts.next().ok_or_else(|| self.failed("there are too many texts"))?;
        self.run(
            "INSERT INTO text (id, sum, briefing) VALUES (?1, ?2, ?3)",
            params![id, long(packed), packed],
        )?;
        Ok(TextId(id))
    }

    /// Marks a text as no longer needed. It can be read until [`Batch::sweep`], for an older snapshot
    /// of the corpus, here or in another program, may still show it.
    ///
    /// # Errors
    /// As [`Batch`] says.
    pub fn retire_text(&mut self, id: TextId) -> Answer<()> {
        self.run("INSERT OR IGNORE INTO retired (id) VALUES (?1)", [id.0])
    }

    /// Takes away all retired texts, with what was found in them: at a start, when nothing shows
    /// them. Another program that does gets [`StoreError::Missing`].
    ///
    /// # Errors
    /// As [`Batch`] says.
    pub fn sweep(&mut self) -> Answer<()> {
        self.run("DELETE FROM cast_of WHERE id IN (SELECT id FROM retired)", [])?;
        self.run("DELETE FROM text WHERE id IN (SELECT id FROM retired)", [])?;
        self.run("DELETE FROM retired", [])
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

    /// Keeps a word of a segment. Words come fastest in the order of parts and then of bytes.
    ///
    /// # Errors
    /// As [`Batch`] says.
    pub fn put_word(
        &mut self,
        segment: SegmentId,
        part: u8,
        word: &str,
        briefings: &[u8],
        places: &[u8],
    ) -> Answer<()> {
        self.run(
            "REPLACE INTO word (segment, part, word, sum, briefings, places)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![segment.0, part, word.as_bytes(), short(briefings, places), briefings, places],
        )
    }

    /// Forgets a segment and its words.
    ///
    /// # Errors
    /// As [`Batch`] says.
    pub fn remove_segment(&mut self, id: SegmentId) -> Answer<()> {
        self.run("DELETE FROM word WHERE segment = ?1", [id.0])?;
        self.run("DELETE FROM segment WHERE id = ?1", [id.0])
    }

    /// Keeps a snapshot, in the place of one of this name, with a number for what it was made of.
    ///
    /// # Errors
    /// As [`Batch`] says, and where it is larger than 1 GB.
    pub fn put_snapshot(&mut self, name: &str, made_of: u64, content: &[u8]) -> Answer<()> {
        self.run(
            "REPLACE INTO snapshot (name, made_of, sum, content) VALUES (?1, ?2, ?3, ?4)",
            params![name, made_of.cast_signed(), long(content), content],
        )
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

    fn run(&mut self, statement: &str, of: impl Params) -> Answer<()> {
        let run = self.connection.prepare_cached(statement);
        let run = run.and_then(|mut statement| statement.execute(of)).map(drop);
        self.named(run)
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
