//! What was read of a corpus, kept on the disk: a cache, never the truth. It may be deleted at any
//! time, and one that is damaged, of another version or not to be written costs nothing but time.
//!
//! One `SQLite` database for each corpus, in a folder that only its owner may look into. Reading
//! never waits for writing (write-ahead log: each [`Reader`] sees one moment), and a [`Batch`] is
//! kept whole or not at all, whoever is killed when. Nothing is mapped into memory but the index of
//! the log: a file that is cut short under the program gives an error.
//!
//! What the blobs say is the business of whoever writes them, but for briefings and actors.
//! Deliberately absent: any knowledge of when something is out of date.

mod batch;
mod checksum;
mod error;
mod folder;
mod moved;
mod packing;
mod reader;
mod retired;
mod roots;
mod row;
mod schema;
mod squeezing;
#[cfg(test)]
mod tests;
mod words;

pub use batch::Batch;
pub use error::StoreError;
pub use packing::{Unpackable, pack, unpack};
pub use reader::{Postings, Reader};
pub use row::{KeptSeal, RootedPath, Segment, SegmentId, Status, StoredFile, TextId, Word};
pub use squeezing::Squeezer;
pub use words::NewWord;

use std::cell::RefCell;
use std::fmt;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, TryLockError};

use rusqlite::Connection;

use folder::Folder;
use roots::{Root, roots_of};
use schema::Purpose;
use squeezing::{Dictionaries, Dictionary, Unsqueezer};

use crate::briefing::{Briefing, Event};

/// So many may read at once.
const READERS: usize = 4;

/// The index of one corpus, open. It may be shared by threads; several programs may have it open.
pub struct Store {
    file: PathBuf,
    folder: PathBuf,
    roots: Vec<Root>,
    readers: Vec<Mutex<Line>>,
    writer: Mutex<Connection>,
    turn: AtomicUsize,
    dictionaries: Dictionaries,
    /// Tells other programs that this one has it open.
    _lock: File,
}

/// By what one reads: a connection, and what makes texts of its bytes.
struct Line {
    connection: Connection,
    unsqueezer: RefCell<Unsqueezer>,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("file", &self.file).finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the index of the corpus with these roots (folders, or files given by themselves), in
    /// this order. A missing folder is made with mode 0700 and a missing index with 0600. One that
    /// another version wrote or that is plainly damaged is made anew; that of a corpus which has
    /// been moved on the same disk is taken over.
    ///
    /// # Errors
    /// Where it cannot be made, opened or written; the message says in one line why.
    pub fn open(folder: &Path, roots: &[PathBuf]) -> Result<Self, StoreError> {
        let roots = roots_of(roots);
        let file = folder.join(roots::file_name(&roots));
        // The connections open their log by its name: until they have, nobody may exchange it.
        let locked = Folder::locked(folder)?;
        if let Some(store) = Self::find(&locked, &file, &roots)? {
            return Ok(store);
        }
        locked.make(&file, |blank| {
            schema::fill(blank, &roots).map_err(|e| StoreError::of_database(&file, &e))
        })?;
        Self::connect(&locked, &file, &roots)?.ok_or_else(|| StoreError::Failed {
            file,
            reason: "it is not what was just written".to_owned(),
        })
    }

    /// The same, but that nothing is made: `None` where [`Store::open`] would make one, or make one
    /// anew.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_existing(folder: &Path, roots: &[PathBuf]) -> Result<Option<Self>, StoreError> {
        if !folder.is_dir() {
            return Ok(None);
        }
        let roots = roots_of(roots);
        let file = folder.join(roots::file_name(&roots));
        Self::find(&Folder::locked(folder)?, &file, &roots)
    }

    /// The same once more, empty: what is there is removed.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn renewed(&self) -> Result<Self, StoreError> {
        self.drop_all()?;
        let roots: Vec<PathBuf> = self.roots.iter().map(|root| root.path.clone()).collect();
        Self::open(&self.folder, &roots)
    }

    fn find(locked: &Folder<'_>, file: &Path, roots: &[Root]) -> Result<Option<Self>, StoreError> {
        if !folder::is_there(file) {
            moved::take_over(locked, file, roots);
        }
        if !folder::is_there(file) {
            return Ok(None);
        }
        match Self::connect(locked, file, roots) {
            Err(StoreError::Damaged { .. }) => Ok(None),
            found => found,
        }
    }

    /// Where the index of a corpus is, or would be.
    #[must_use]
    pub fn file_of(folder: &Path, roots: &[PathBuf]) -> PathBuf {
        folder.join(roots::file_name(&roots_of(roots)))
    }

    /// Whether there is an index of a corpus, of whatever version.
    #[must_use]
    pub fn is_there(folder: &Path, roots: &[PathBuf]) -> bool {
        folder::is_there(&Self::file_of(folder, roots))
    }

    /// Removes the index of a corpus, if there is one. A program that has it open goes on with what it
    /// has, and what that writes is lost.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub fn remove(folder: &Path, roots: &[PathBuf]) -> Result<(), StoreError> {
        if !folder.is_dir() {
            return Ok(());
        }
        Folder::locked(folder)?.remove(&Self::file_of(folder, roots))
    }

    /// Removes this index from the disk, as where it is damaged. What is open stays so until it is
    /// dropped; [`Store::open`] then makes another.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub fn drop_all(&self) -> Result<(), StoreError> {
        Folder::locked(&self.folder)?.remove(&self.file)
    }

    /// The index as it is now; waits only where four others on this store are reading.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn reader(&self) -> Result<Reader<'_>, StoreError> {
        let turn = self.turn.fetch_add(1, Ordering::Relaxed);
        // The first that is free, so that who asks alone finds what was read for the question before.
        let mut free = self.readers.iter().filter_map(|reader| match reader.try_lock() {
            Ok(line) => Some(line),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        });
        if let Some(line) = free.next() {
            return Reader::new(line, &self.file, &self.dictionaries);
        }
        let Some(reader) = self.readers.get(turn % self.readers.len().max(1)) else {
            return Err(StoreError::Busy { file: self.file.clone() });
        };
        let line = reader.lock().unwrap_or_else(PoisonError::into_inner);
        Reader::new(line, &self.file, &self.dictionaries)
    }

    /// The text with this number: a [`Reader`] for one question.
    ///
    /// # Errors
    /// As [`Reader::briefing`].
    pub fn briefing(&self, id: TextId) -> Result<Briefing, StoreError> {
        self.reader()?.briefing(id)
    }

    /// The events of the text with this number, as they stand in it.
    ///
    /// # Errors
    /// As [`Reader::briefing`].
    pub fn events(&self, id: TextId) -> Result<Vec<Event>, StoreError> {
        self.reader()?.events(id)
    }

    /// Squeezes texts for this index, by what those have in common which it was made with: where it
    /// was not yet, these texts, if they are enough to tell.
    pub fn squeezer<'a>(&self, texts: impl Iterator<Item = &'a Briefing>) -> Squeezer {
        let known = self.dictionaries.last_or_else(|| {
            let kept = || self.reader().ok()?.last_dictionary().ok()?;
            kept().or_else(|| Dictionary::of(texts).map(Arc::new))
        });
        Squeezer::by(known.as_deref())
    }

    /// Begins to change the index.
    ///
    /// # Errors
    /// [`StoreError::Busy`] at once where another batch of this store is open, and after two seconds
    /// where another program writes; else what the disk says.
    pub fn write(&self) -> Result<Batch<'_>, StoreError> {
        let connection = match self.writer.try_lock() {
            Ok(connection) => connection,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => {
                return Err(StoreError::Busy { file: self.file.clone() });
            }
        };
        Batch::new(connection, &self.file, &self.dictionaries)
    }

    /// Brings what lies in the log into the database and empties the log, as far as nobody reads
    /// it: after a long time of writing, so that closing has nothing left to do.
    ///
    /// # Errors
    /// [`StoreError::Busy`] where a batch of this store is open; else what the disk says.
    pub fn settle(&self) -> Result<(), StoreError> {
        let Ok(writer) = self.writer.try_lock() else {
            return Err(StoreError::Busy { file: self.file.clone() });
        };
        let settled = writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        settled.map_err(|e| StoreError::of_database(&self.file, &e))
    }

    /// Holds no more pages in memory than it has to; where it is written to, they are needed.
    pub fn let_go(&self) {
        if let Ok(writer) = self.writer.try_lock() {
            // It is no loss where that fails.
            let _ = writer.execute_batch("PRAGMA shrink_memory");
        }
    }

    /// What it holds.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn status(&self) -> Result<Status, StoreError> {
        let [files, briefings, segments] = self.reader()?.counts()?;
        Ok(Status {
            file: self.file.clone(),
            roots: self.roots.iter().map(|root| root.path.clone()).collect(),
            files,
            briefings,
            segments,
            bytes: folder::size(&self.file),
            written: folder::written(&self.file),
        })
    }

    /// All connections to a database that is there; `None` where it is of another version or of
    /// other folders.
    fn connect(
        locked: &Folder<'_>,
        file: &Path,
        roots: &[Root],
    ) -> Result<Option<Self>, StoreError> {
        folder::close_to_others(file)?;
        let named = |e| StoreError::of_database(file, &e);
        let writer = schema::connect(file, Purpose::Writing).map_err(named)?;
        if writer.is_readonly("main").map_err(named)? {
            let reason = "the file may only be read".to_owned();
            return Err(StoreError::Unwritable { path: file.to_owned(), reason });
        }
        if !schema::is_of_this_program(&writer).map_err(named)? {
            return Ok(None);
        }
        let known = schema::roots(&writer).map_err(named)?;
        let are_same = |(root, known): (&Root, &Root)| root.path == known.path;
        if known.len() != roots.len() || !roots.iter().zip(&known).all(are_same) {
            return Ok(None);
        }
        if known != roots {
            // A folder that was copied back has another inode; another time will do as well.
            let _ = schema::put_roots(&writer, roots);
        }
        let (lock, is_alone) = locked.share(file)?;
        if is_alone {
            // Where it fails, as where the disk is full, another time will do as well.
            let _ = retired::condemn(&writer);
        }
        let reader = |_| {
            let reader = schema::connect(file, Purpose::Reading)?;
            schema::roots(&reader)?;
            Ok(Mutex::new(Line { connection: reader, unsqueezer: RefCell::default() }))
        };
        let readers = (0..READERS).map(reader).collect::<rusqlite::Result<_>>().map_err(named)?;
        Ok(Some(Self {
            file: file.to_owned(),
            folder: locked.path().to_owned(),
            roots: roots.to_vec(),
            readers,
            writer: Mutex::new(writer),
            turn: AtomicUsize::new(0),
            dictionaries: Dictionaries::default(),
            _lock: lock,
        }))
    }
}
