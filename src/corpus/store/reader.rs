//! What can be asked of an index.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, MutexGuard};

use rusqlite::types::Type;
use rusqlite::{
    CachedStatement, Connection, Error, OptionalExtension, Params, Result, Row, Rows, params,
};
use serde::de::DeserializeOwned;

use super::error::{Answer, StoreError};
use super::packing::{Parts, Unpackable, unpack, unpack_parts};
use super::roots::{path_of, sortable};
use super::row::{KeptSeal, RootedPath, Segment, SegmentId, StoredFile, TextId};
use super::squeezing::{Dictionaries, Dictionary, FORM, Unsqueezer, dictionary_of};
use super::{Line, checksum};
use crate::actor::Actor;
use crate::briefing::{Briefing, Event};

/// The briefings of a word and its places in them, as whoever wrote them packed them.
pub type Postings = (Vec<u8>, Vec<u8>);

/// One moment of an index: whatever others write meanwhile, all answers are of the moment of the
/// first question. It has one of four connections to itself, so hold it for as long as a question
/// takes, and ask for no second one on the same thread meanwhile.
///
/// Where a method gives an error it is [`StoreError::Damaged`] for what does not hold together, or
/// what the disk says.
pub struct Reader<'a> {
    line: MutexGuard<'a, Line>,
    file: &'a Path,
    dictionaries: &'a Dictionaries,
}

impl fmt::Debug for Reader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").field("file", &self.file).finish_non_exhaustive()
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        // Where it fails the connection is found within a transaction by the next one, who ends it.
        let _ = run(&self.line.connection, "COMMIT");
    }
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        line: MutexGuard<'a, Line>,
        file: &'a Path,
        dictionaries: &'a Dictionaries,
    ) -> Answer<Self> {
        let connection = &line.connection;
        let begun = if connection.is_autocommit() { Ok(()) } else { run(connection, "ROLLBACK") };
        let begun = begun.and_then(|()| run(connection, "BEGIN"));
        begun.map_err(|e| StoreError::of_database(file, &e))?;
        Ok(Self { line, file, dictionaries })
    }

    /// All files, by root and then in the order of [`Path`]s.
    ///
    /// # Errors
    /// As [`Reader`] says.
    pub fn files(&self) -> Answer<Vec<StoredFile>> {
        let all = "SELECT root, rest, fingerprint, settled, sum, stamp, texts, reading FROM file
                   ORDER BY root, rest";
        self.all(all, [], file_of)
    }

    /// One file; `None` where it is not known.
    ///
    /// # Errors
    /// As [`Reader`] says.
    pub fn file(&self, path: &RootedPath) -> Answer<Option<StoredFile>> {
        let one = "SELECT root, rest, fingerprint, settled, sum, stamp, texts, reading FROM file
                   WHERE root = ?1 AND rest = ?2";
        let root = i64::try_from(path.root).unwrap_or(i64::MAX);
        self.one(one, params![root, sortable(&path.rest)], file_of)
    }

    /// Files that may link to what has the name of this number.
    ///
    /// # Errors
    /// As [`Reader`] says.
    pub fn linking(&self, name: u64) -> Answer<Vec<RootedPath>> {
        let all = "SELECT root, rest, sum FROM link WHERE name = ?1";
        self.all(all, [name.cast_signed()], |row| {
            let rest = blob(row, 1)?;
            if row.get::<_, i64>(2)? != checksum::of_two(&name.to_le_bytes(), rest) {
                return Err(broken(1, Unpackable));
            }
            Ok(RootedPath { root: size(row, 0)?, rest: path_of(rest) })
        })
    }

    /// What all files are known by, without what they say; in the order of [`Reader::files`].
    ///
    /// # Errors
    /// As [`Reader`] says.
    pub fn seals(&self) -> std::result::Result<Vec<KeptSeal>, StoreError> {
        let all = "SELECT root, rest, fingerprint, settled, stamp FROM file ORDER BY root, rest";
        self.all(all, [], seal_of)
    }

    /// The same, one after another: a large corpus has more of them than fit into the memory that
    /// its reader needs.
    ///
    /// # Errors
    /// As [`Reader`] says.
    pub fn each_seal(&self, mut take: impl FnMut(KeptSeal)) -> Answer<()> {
        let all = "SELECT root, rest, fingerprint, settled, stamp FROM file";
        self.each(all, [], |row| {
            take(seal_of(row)?);
            Ok(())
        })
    }

    /// The text with this number.
    ///
    /// # Errors
    /// [`StoreError::Missing`] where it was taken away; else as [`Reader`] says.
    pub fn briefing(&self, id: TextId) -> Answer<Briefing> {
        self.text(id, |packed, unsqueezer, dictionary| match unsqueezer {
            Some(unsqueezer) => unsqueezer.text(packed, dictionary),
            None => unpack(packed),
        })
    }

    /// The events of the text with this number, for less than the whole costs.
    ///
    /// # Errors
    /// As [`Reader::briefing`].
    pub fn events(&self, id: TextId) -> Answer<Vec<Event>> {
        self.text(id, |packed, unsqueezer, dictionary| match unsqueezer {
            Some(unsqueezer) => unsqueezer.events(packed, dictionary),
            None => unpack::<Briefing>(packed).map(|text| text.events),
        })
    }

    /// What is made of a text's bytes; with an unsqueezer where they are squeezed.
    fn text<T>(
        &self,
        id: TextId,
        make: impl FnOnce(
            &[u8],
            Option<&mut Unsqueezer>,
            Option<&Dictionary>,
        ) -> std::result::Result<T, Unpackable>,
    ) -> Answer<T> {
        let of = "SELECT sum, briefing FROM text WHERE id = ?1";
        let found = self.one(of, [id.0], |row| {
            let packed = checked(row, 0, 1)?;
            let content = if packed.first() == Some(&FORM) {
                let dictionary = dictionary_of(packed).map(|number| self.dictionary(number));
                let dictionary = dictionary.transpose()?;
                let mut unsqueezer = self.line.unsqueezer.borrow_mut();
                make(packed, Some(&mut unsqueezer), dictionary.as_deref())
            } else {
                make(packed, None, None)
            };
            content.map_err(|e| broken(1, e))
        })?;
        found.ok_or_else(|| StoreError::Missing { file: self.file.to_owned(), what: "briefing" })
    }

    /// That by which a text was squeezed.
    fn dictionary(&self, number: u32) -> Result<Arc<Dictionary>> {
        if let Some(known) = self.dictionaries.get(number) {
            return Ok(known);
        }
        let mut of = self.prepare("SELECT sum, bytes FROM dictionary WHERE id = ?1")?;
        let bytes = of.query_row([number], |row| Ok(checked(row, 0, 1)?.to_vec()));
        let bytes = bytes.optional()?.ok_or_else(|| broken(1, Unpackable))?;
        let met = Dictionary::new(bytes).map_err(|e| broken(1, e))?;
        Ok(self.dictionaries.add(Arc::new(met)))
    }

    /// The number of the dictionary that was put there last.
    pub(super) fn last_dictionary(&self) -> Answer<Option<Arc<Dictionary>>> {
        let of = "SELECT id FROM dictionary ORDER BY age DESC LIMIT 1";
        let number = self.one(of, [], |row| row.get(0))?;
        self.named(number.map(|number| self.dictionary(number)).transpose())
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

    /// What a snapshot was made of, without reading it.
    ///
    /// # Errors
    /// As [`Reader`] says.
    pub fn snapshot_key(&self, name: &str) -> Answer<Option<u64>> {
        let of = "SELECT made_of FROM snapshot WHERE name = ?1 AND part = 0";
        self.one(of, [name], |row| Ok(row.get::<_, i64>(0)?.cast_unsigned()))
    }

    /// What a snapshot was made of, and what it says.
    ///
    /// # Errors
    /// As [`Reader`] says.
    pub fn snapshot(&self, name: &str) -> Answer<Option<(u64, Vec<u8>)>> {
        let Some(made_of) = self.snapshot_key(name)? else { return Ok(None) };
        let of = "SELECT sum(length(content)) FROM snapshot WHERE name = ?1";
        let length = self.one(of, [name], |row| size(row, 0))?.unwrap_or_default();
        let mut content = Vec::with_capacity(length);
        let of = "SELECT sum, content FROM snapshot WHERE name = ?1 ORDER BY part";
        self.each(of, [name], |row| {
            content.extend_from_slice(checked(row, 0, 1)?);
            Ok(())
        })?;
        Ok(Some((made_of, content)))
    }

    /// The value that was packed into a snapshot, unpacked as it is read; `None` where there is none, or
    /// it is of another kind.
    ///
    /// # Errors
    /// As [`Reader`] says.
    pub fn unpacked<T: DeserializeOwned>(&self, name: &str) -> Answer<Option<T>> {
        let of = "SELECT sum, content FROM snapshot WHERE name = ?1 ORDER BY part";
        let unpacked = self.prepare(of).and_then(|mut query| {
            let mut parts = SnapshotParts { rows: query.query([name])?, error: None };
            let value = unpack_parts(&mut parts);
            parts.error.map_or(Ok(value.ok()), Err)
        });
        self.named(unpacked)
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

    fn each(
        &self,
        query: &str,
        of: impl Params,
        mut take: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Answer<()> {
        let taken = self.prepare(query).and_then(|mut query| {
            let mut rows = query.query(of)?;
            while let Some(row) = rows.next()? {
                take(row)?;
            }
            Ok(())
        });
        self.named(taken)
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

    pub(super) fn prepare(&self, query: &str) -> Result<CachedStatement<'_>> {
        self.line.connection.prepare_cached(query)
    }

    pub(super) fn named<T>(&self, result: Result<T>) -> Answer<T> {
        result.map_err(|e| StoreError::of_database(self.file, &e))
    }
}

/// A snapshot as it is read.
struct SnapshotParts<'a> {
    rows: Rows<'a>,
    error: Option<Error>,
}

impl Parts for SnapshotParts<'_> {
    fn next(&mut self) -> std::result::Result<Option<&[u8]>, Unpackable> {
        let part = self.rows.next().and_then(|row| row.map(|row| checked(row, 0, 1)).transpose());
        part.map_err(|error| {
            self.error = Some(error);
            Unpackable
        })
    }
}

fn file_of(row: &Row<'_>) -> Result<StoredFile> {
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
}

fn seal_of(row: &Row<'_>) -> Result<KeptSeal> {
    Ok(KeptSeal {
        path: RootedPath { root: size(row, 0)?, rest: path_of(blob(row, 1)?) },
        stamp: unpack(blob(row, 4)?).map_err(|e| broken(4, e))?,
        fingerprint: row.get::<_, i64>(2)?.cast_unsigned(),
        settled: row.get(3)?,
    })
}

/// Runs a statement without an answer, such as `BEGIN`.
pub(super) fn run(connection: &Connection, statement: &str) -> Result<()> {
    connection.prepare_cached(statement)?.execute([]).map(drop)
}

pub(super) fn blob<'a>(row: &'a Row<'_>, at: usize) -> Result<&'a [u8]> {
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

pub(super) fn broken(at: usize, error: impl std::error::Error + Send + Sync + 'static) -> Error {
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
