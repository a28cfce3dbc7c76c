//! What can be asked of an index.

use std::fmt;
use std::path::Path;
use std::sync::MutexGuard;

use rusqlite::types::Type;
use rusqlite::{
    CachedStatement, Connection, Error, OptionalExtension, Params, Result, Row, params,
};

use super::checksum;
use super::error::{Answer, StoreError};
use super::packing::{Unpackable, unpack};
use super::roots::path_of;
use super::row::{KeptSeal, RootedPath, Segment, SegmentId, StoredFile, TextId, Word};
use crate::actor::Actor;
use crate::briefing::Briefing;

/// The briefings of a word and its places in them, as whoever wrote them packed them.
pub type Postings = (Vec<u8>, Vec<u8>);

/// One moment of an index: whatever others write meanwhile, all answers are of the moment of the
/// first question. It has one of four connections to itself, so hold it for as long as a question
/// takes, and ask for no second one on the same thread meanwhile.
///
/// Where a method gives an error it is [`StoreError::Damaged`] for what does not hold together, or
/// what the disk says.
pub struct Reader<'a> {
    connection: MutexGuard<'a, Connection>,
    file: &'a Path,
}

impl fmt::Debug for Reader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").field("file", &self.file).finish_non_exhaustive()
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        // Where it fails the connection is found within a transaction by the next one, who ends it.
        let _ = run(&self.connection, "COMMIT");
    }
}

impl<'a> Reader<'a> {
    pub(super) fn new(connection: MutexGuard<'a, Connection>, file: &'a Path) -> Answer<Self> {
        let begun = if connection.is_autocommit() { Ok(()) } else { run(&connection, "ROLLBACK") };
        let begun = begun.and_then(|()| run(&connection, "BEGIN"));
        begun.map_err(|e| StoreError::of_database(file, &e))?;
        Ok(Self { connection, file })
    }

    /// All files, by root and then in the order of [`Path`]s.
    ///
    /// # Errors
    /// As [`Reader`] says.
    pub fn files(&self) -> Answer<Vec<StoredFile>> {
        let all = "SELECT root, rest, fingerprint, settled, sum, stamp, texts, reading FROM file
                   ORDER BY root, rest";
        self.all(all, [], |row| {
            let (texts, reading) = (blob(row, 6)?, blob(row, 7)?);
            if row.get::<_, i64>(4)? != checksum::of_two(texts, reading) {
                return Err(broken(7, Unpackable));
            }
            let stamp = unpack(blob(row, 5)?).map_err(|e| broken(5, e))?;
            Ok(StoredFile {
                path: RootedPath { root: size(row, 0)?, rest: path_of(blob(row, 1)?) },
                stamp,
                fingerprint: row.get::<_, i64>(2)?.cast_unsigned(),
                settled: row.get(3)?,
                texts: texts_of(texts),
                reading: reading.to_vec(),
            })
        })
    }

    /// What all files are known by, without what they say; in the order of [`Reader::files`].
    ///
    /// # Errors
    /// As [`Reader`] says.
    pub fn seals(&self) -> std::result::Result<Vec<KeptSeal>, StoreError> {
        let all = "SELECT root, rest, fingerprint, settled, stamp FROM file ORDER BY root, rest";
        self.all(all, [], |row| {
            Ok(KeptSeal {
                path: RootedPath { root: size(row, 0)?, rest: path_of(blob(row, 1)?) },
                stamp: unpack(blob(row, 4)?).map_err(|e| broken(4, e))?,
                fingerprint: row.get::<_, i64>(2)?.cast_unsigned(),
                settled: row.get(3)?,
            })
        })
    }

    /// The text with this number.
    ///
    /// # Errors
    /// [`StoreError::Missing`] where it was taken away; else as [`Reader`] says.
    pub fn briefing(&self, id: TextId) -> Answer<Briefing> {
        let of = "SELECT sum, briefing FROM text WHERE id = ?1";
        let found =
            self.one(of, [id.0], |row| unpack(checked(row, 0, 1)?).map_err(|e| broken(1, e)))?;
        found.ok_or_else(|| StoreError::Missing { file: self.file.to_owned(), what: "briefing" })
    }

    /// The number of the knowledge under which a text was looked through, and what was found.
    ///
    /// # Errors
    /// As [`Reader`] says.
    pub fn cast(&self, id: TextId) -> Answer<Option<(u64, Vec<u8>)>> {
        let of = "SELECT knowledge, sum, content FROM cast_of WHERE id = ?1";
        self.one(of, [id.0], |row| {
            Ok((row.get::<_, i64>(0)?.cast_unsigned(), checked(row, 1, 2)?.to_vec()))
        })
    }

    /// All actors with their numbers, ascending.
    ///
    /// # Errors
    /// As [`Reader`] says.
    pub fn actors(&self) -> Answer<Vec<(u32, Actor)>> {
        let all = "SELECT id, sum, content FROM actor ORDER BY id";
        self.all(all, [], |row| {
            Ok((row.get(0)?, unpack(checked(row, 1, 2)?).map_err(|e| broken(2, e))?))
        })
    }

    /// All segments but those that are retired, ascending.
    ///
    /// # Errors
    /// As [`Reader`] says.
    pub fn segments(&self) -> Answer<Vec<Segment>> {
        let all = "SELECT id, briefings, sum, texts, lengths FROM segment
                   WHERE id NOT IN (SELECT id FROM retired WHERE kind = 1) ORDER BY id";
        self.all(all, [], |row| {
            let (texts, lengths) = (blob(row, 3)?, blob(row, 4)?);
            if row.get::<_, i64>(2)? != checksum::short(texts, lengths) {
                return Err(broken(3, Unpackable));
            }
            Ok(Segment {
                id: SegmentId(row.get(0)?),
                briefings: row.get(1)?,
                texts: texts.to_vec(),
                lengths: lengths.to_vec(),
            })
        })
    }

    /// The briefings of a word and its places in them.
    ///
    /// # Errors
    /// As [`Reader`] says.
    pub fn words_exactly(
        &self,
        segment: SegmentId,
        part: u8,
        word: &str,
    ) -> Answer<Option<Postings>> {
        let of = "SELECT sum, briefings, places FROM word
                  WHERE segment = ?1 AND part = ?2 AND word = ?3";
        self.one(of, params![segment.0, part, word.as_bytes()], |row| {
            let (briefings, places) = both(row, 0)?;
            Ok((briefings.to_vec(), places.to_vec()))
        })
    }

    /// The briefings of a word alone: its places are not read from the disk.
    ///
    /// # Errors
    /// As [`Reader`] says.
    pub fn briefings_of_word(
        &self,
        segment: SegmentId,
        part: u8,
        word: &str,
    ) -> Answer<Option<Vec<u8>>> {
        let of = "SELECT sum, briefings FROM word
                  WHERE segment = ?1 AND part = ?2 AND word = ?3";
        self.one(of, params![segment.0, part, word.as_bytes()], |row| {
            Ok(first_of_both(row, 0)?.to_vec())
        })
    }

    /// Words that begin so, with their briefings, in the order of their bytes; the first `most`.
    ///
    /// # Errors
    /// As [`Reader`] says.
    pub fn words_from(
        &self,
        segment: SegmentId,
        part: u8,
        prefix: &str,
        most: usize,
    ) -> Answer<Vec<(String, Vec<u8>)>> {
        let from = "SELECT word, sum, briefings FROM word
                    WHERE segment = ?1 AND part = ?2 AND word >= ?3 AND word < ?4
                    ORDER BY word LIMIT ?5";
        self.all(
            from,
            params![segment.0, part, prefix.as_bytes(), after(prefix), limit(most)],
            |row| Ok((word(row, 0)?, first_of_both(row, 1)?.to_vec())),
        )
    }

    /// The same with their places in them.
    ///
    /// # Errors
    /// As [`Reader`] says.
    pub fn whole_words_from(
        &self,
        segment: SegmentId,
        part: u8,
        prefix: &str,
        most: usize,
    ) -> Answer<Vec<Word>> {
        let from = "SELECT word, sum, briefings, places FROM word
                    WHERE segment = ?1 AND part = ?2 AND word >= ?3 AND word < ?4
                    ORDER BY word LIMIT ?5";
        self.all(
            from,
            params![segment.0, part, prefix.as_bytes(), after(prefix), limit(most)],
            |row| {
                let (briefings, places) = both(row, 1)?;
                let (briefings, places) = (briefings.to_vec(), places.to_vec());
                Ok(Word { word: word(row, 0)?, briefings, places })
            },
        )
    }

    /// Gives every word of a segment to `take`, with its part, briefings and places, in the order
    /// of parts and then of bytes: to be merged with others.
    ///
    /// # Errors
    /// As [`Reader`] says.
    pub fn each_word(
        &self,
        segment: SegmentId,
        mut take: impl FnMut(u8, &str, &[u8], &[u8]),
    ) -> Answer<()> {
        let all = "SELECT part, word, sum, briefings, places FROM word
                   WHERE segment = ?1 ORDER BY part, word";
        let walked = self.prepare(all).and_then(|mut all| {
            let mut rows = all.query([segment.0])?;
            while let Some(row) = rows.next()? {
                let (briefings, places) = both(row, 2)?;
                let word = std::str::from_utf8(blob(row, 1)?).map_err(|e| broken(1, e))?;
                take(row.get(0)?, word, briefings, places);
            }
            Ok(())
        });
        self.named(walked)
    }

    /// What a snapshot was made of, without reading it.
    ///
    /// # Errors
    /// As [`Reader`] says.
    pub fn snapshot_key(&self, name: &str) -> Answer<Option<u64>> {
        let of = "SELECT made_of FROM snapshot WHERE name = ?1";
        self.one(of, [name], |row| Ok(row.get::<_, i64>(0)?.cast_unsigned()))
    }

    /// What a snapshot was made of, and what it says.
    ///
    /// # Errors
    /// As [`Reader`] says.
    pub fn snapshot(&self, name: &str) -> Answer<Option<(u64, Vec<u8>)>> {
        let of = "SELECT made_of, sum, content FROM snapshot WHERE name = ?1";
        self.one(of, [name], |row| {
            Ok((row.get::<_, i64>(0)?.cast_unsigned(), checked(row, 1, 2)?.to_vec()))
        })
    }

    /// A value that was put under a name.
    ///
    /// # Errors
    /// As [`Reader`] says.
    pub fn meta(&self, name: &str) -> Answer<Option<Vec<u8>>> {
        let of = "SELECT sum, value FROM meta WHERE name = ?1";
        self.one(of, [name], |row| Ok(checked(row, 0, 1)?.to_vec()))
    }

    /// How many files, briefings and segments there are.
    pub(super) fn counts(&self) -> Answer<[usize; 3]> {
        let of = "SELECT (SELECT count(*) FROM file),
                  (SELECT count(*) FROM segment WHERE id NOT IN
                   (SELECT id FROM retired WHERE kind = 1)),
                  (SELECT count(*) FROM text WHERE id NOT IN
                   (SELECT id FROM retired WHERE kind = 0))";
        let counts = self.one(of, [], |row| Ok([size(row, 0)?, size(row, 2)?, size(row, 1)?]))?;
        Ok(counts.unwrap_or_default())
    }

    fn one<T>(
        &self,
        query: &str,
        of: impl Params,
        read: impl FnOnce(&Row<'_>) -> Result<T>,
    ) -> Answer<Option<T>> {
        let found = self.prepare(query).and_then(|mut query| query.query_row(of, read).optional());
        self.named(found)
    }

    fn all<T>(
        &self,
        query: &str,
        of: impl Params,
        read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Answer<Vec<T>> {
        let found = self
            .prepare(query)
            .and_then(|mut query| query.query_map(of, read)?.collect::<Result<Vec<T>>>());
        self.named(found)
    }

    fn prepare(&self, query: &str) -> Result<CachedStatement<'_>> {
        self.connection.prepare_cached(query)
    }

    fn named<T>(&self, result: Result<T>) -> Answer<T> {
        result.map_err(|e| StoreError::of_database(self.file, &e))
    }
}

/// Runs a statement without an answer, such as `BEGIN`.
pub(super) fn run(connection: &Connection, statement: &str) -> Result<()> {
    connection.prepare_cached(statement)?.execute([]).map(drop)
}

fn blob<'a>(row: &'a Row<'_>, at: usize) -> Result<&'a [u8]> {
    row.get_ref(at)?.as_blob().map_err(|e| broken(at, e))
}

/// The blob, where it is what the sum before it was made of.
fn checked<'a>(row: &'a Row<'_>, sum: usize, at: usize) -> Result<&'a [u8]> {
    let bytes = blob(row, at)?;
    if row.get::<_, i64>(sum)? == checksum::long(bytes) {
        Ok(bytes)
    } else {
        Err(broken(at, Unpackable))
    }
}

/// The first of the two blobs behind their sum.
fn first_of_both<'a>(row: &'a Row<'_>, sum: usize) -> Result<&'a [u8]> {
    let first = blob(row, sum + 1)?;
    if checksum::is_first(row.get(sum)?, first) { Ok(first) } else { Err(broken(sum, Unpackable)) }
}

/// The two blobs behind their sum.
fn both<'a>(row: &'a Row<'_>, sum: usize) -> Result<(&'a [u8], &'a [u8])> {
    let (first, second) = (blob(row, sum + 1)?, blob(row, sum + 2)?);
    if row.get::<_, i64>(sum)? == checksum::short(first, second) {
        Ok((first, second))
    } else {
        Err(broken(sum, Unpackable))
    }
}

fn word(row: &Row<'_>, at: usize) -> Result<String> {
    String::from_utf8(blob(row, at)?.to_vec()).map_err(|e| broken(at, e))
}

fn broken(at: usize, error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::FromSqlConversionFailure(at, Type::Blob, Box::new(error))
}

/// The texts of a file as they are kept.
pub(super) fn texts_of(packed: &[u8]) -> Vec<TextId> {
    let (all, _) = packed.as_chunks();
    all.iter().map(|bytes| TextId(u32::from_le_bytes(*bytes))).collect()
}

/// A number that cannot be below 0.
fn size(row: &Row<'_>, at: usize) -> Result<usize> {
    let number: i64 = row.get(at)?;
    usize::try_from(number).map_err(|_| Error::IntegralValueOutOfRange(at, number))
}

/// The first bytes behind all that begin with a prefix. UTF-8 has no byte above 0xF4, so the last one
/// can always be raised.
fn after(prefix: &str) -> Vec<u8> {
    let mut bytes = prefix.as_bytes().to_vec();
    match bytes.last_mut() {
        Some(last) => *last += 1,
        None => bytes.push(u8::MAX),
    }
    bytes
}

fn limit(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}
