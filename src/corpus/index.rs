//! The index of a corpus as the rest of it sees one: texts and words that are read from the store as
//! they are asked for, and what went wrong with it.
//!
//! The texts read last are held, for what is on a screen is asked for with every frame.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lru::LruCache;

use super::store::{
    Batch, KeptSeal, Reader, Segment, SegmentId, Store, StoreError, StoredFile, TextId,
};
use super::words::{Part, WordRows};
use crate::briefing::{Briefing, Event};

/// Texts that are held: some screens of a list.
const HELD: NonZeroUsize = NonZeroUsize::new(128).unwrap();
/// Texts of which the events are held: several screens of them, each of another briefing.
const HELD_EVENTS: NonZeroUsize = NonZeroUsize::new(512).unwrap();

/// Rows that are taken away in one go.
const SWEPT: usize = 8_192;

/// The store of a corpus, open, with the texts that were read of it last.
#[derive(Debug)]
pub struct Index {
    store: Store,
    recent: Mutex<LruCache<TextId, Arc<Briefing>>>,
    told: Mutex<LruCache<TextId, Arc<[Event]>>>,
    trouble: Mutex<Option<StoreError>>,
    is_written: AtomicBool,
}

impl Index {
    /// Opens the index of the corpus with these roots in a folder; see [`Store::open`].
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open(folder: &Path, roots: &[PathBuf]) -> Result<Arc<Self>, StoreError> {
        Store::open(folder, roots).map(Self::of)
    }

    /// The index that is there; `None` where [`Index::open`] would make one.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_existing(
        folder: &Path,
        roots: &[PathBuf],
    ) -> Result<Option<Arc<Self>>, StoreError> {
        Ok(Store::open_existing(folder, roots)?.map(Self::of))
    }

    /// The same once more, empty, where this one is damaged: what is there is removed.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn renewed(&self) -> Result<Arc<Self>, StoreError> {
        self.store.renewed().map(Self::of)
    }

    fn of(store: Store) -> Arc<Self> {
        let recent = Mutex::new(LruCache::new(HELD));
        let told = Mutex::new(LruCache::new(HELD_EVENTS));
        let is_written = AtomicBool::new(false);
        Arc::new(Self { store, recent, told, trouble: Mutex::default(), is_written })
    }

    /// What it holds, in the database.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// A text by its number; `None` where it cannot be read (and [`Index::trouble`] says why).
    #[must_use]
    pub fn briefing(&self, id: TextId) -> Option<Arc<Briefing>> {
        if let Some(known) = locked(&self.recent).get(&id) {
            return Some(Arc::clone(known));
        }
        let briefing = Arc::new(self.noting(self.store.briefing(id))?);
        locked(&self.recent).put(id, Arc::clone(&briefing));
        Some(briefing)
    }

    /// The events of a text; as [`Index::briefing`].
    #[must_use]
    pub fn events(&self, id: TextId) -> Option<Arc<[Event]>> {
        if let Some(known) = locked(&self.told).get(&id) {
            return Some(Arc::clone(known));
        }
        let events: Arc<[Event]> = self.noting(self.store.events(id))?.into();
        locked(&self.told).put(id, Arc::clone(&events));
        Some(events)
    }

    /// Reads those of these texts that are not held, of one moment of the store: who asks for them one by
    /// one afterwards finds them held. What cannot be read is left to whoever asks for it.
    pub fn fetch(&self, ids: impl Iterator<Item = TextId>) {
        self.hold(&self.recent, ids, |reader, id| reader.briefing(id).ok().map(Arc::new));
    }

    /// The same of their events.
    pub fn fetch_events(&self, ids: impl Iterator<Item = TextId>) {
        self.hold(&self.told, ids, |reader, id| reader.events(id).ok().map(Arc::from));
    }

    fn hold<T: Clone>(
        &self,
        held: &Mutex<LruCache<TextId, T>>,
        ids: impl Iterator<Item = TextId>,
        read: impl Fn(&Reader<'_>, TextId) -> Option<T>,
    ) {
        let missing: Vec<TextId> = {
            let held = locked(held);
            ids.filter(|id| !held.contains(id)).take(held.cap().get() / 2).collect()
        };
        if missing.len() < 2 {
            return;
        }
        let read = |reader: &Reader<'_>| {
            let text = |id: TextId| Some((id, read(reader, id)?));
            Ok(missing.into_iter().filter_map(text).collect::<Vec<_>>())
        };
        let found = self.ask(read).unwrap_or_default();
        let mut held = locked(held);
        for (id, text) in found {
            held.put(id, text);
        }
    }

    /// Changes it, all or nothing; whether that was done. What was in the way is noted.
    pub fn change(&self, change: impl FnOnce(&mut Batch<'_>) -> Result<(), StoreError>) -> bool {
        let changed = self.store.write().and_then(|mut batch| {
            change(&mut batch)?;
            batch.commit()
        });
        let is_changed = self.noting(changed).is_some();
        self.is_written.fetch_or(is_changed, Ordering::Relaxed);
        is_changed
    }

    /// Whether anything was written to it since it was opened.
    #[must_use]
    pub fn is_written(&self) -> bool {
        self.is_written.load(Ordering::Relaxed)
    }

    /// Takes away all that nobody needs any more, and brings the log into the database.
    pub fn tidy(&self) {
        let mut is_more = true;
        while is_more {
            is_more = false;
            self.change(|batch| {
                is_more = batch.sweep(SWEPT)?;
                Ok(())
            });
        }
        self.noting(self.store.settle());
    }

    /// Asks it something; `None` where that failed, which is noted.
    pub fn ask<T>(&self, ask: impl FnOnce(&Reader<'_>) -> Result<T, StoreError>) -> Option<T> {
        self.noting(self.store.reader().and_then(|reader| ask(&reader)))
    }

    /// All files that it knows.
    pub fn files(&self) -> Option<Vec<StoredFile>> {
        self.noting(self.store.reader().and_then(|reader| reader.files()))
    }

    /// What all files that it knows are known by.
    pub fn seals(&self) -> Option<Vec<KeptSeal>> {
        self.noting(self.store.reader().and_then(|reader| reader.seals()))
    }

    /// All segments of words that it holds.
    pub fn segments(&self) -> Vec<Segment> {
        let found = self.store.reader().and_then(|reader| reader.segments());
        self.noting(found).unwrap_or_default()
    }

    /// What went wrong first since this was asked last.
    #[must_use]
    pub fn trouble(&self) -> Option<StoreError> {
        locked(&self.trouble).take()
    }

    fn noting<T>(&self, result: Result<T, StoreError>) -> Option<T> {
        result.map_err(|error| locked(&self.trouble).get_or_insert(error).clone()).ok()
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The number of a part in the store.
#[must_use]
pub fn part_number(part: Part) -> u8 {
    match part {
        Part::All => 0,
        Part::Title => 1,
    }
}

impl WordRows for Index {
    fn exactly(&self, segment: u32, part: Part, word: &str) -> Option<(Vec<u8>, Vec<u8>)> {
        self.ask(|reader| reader.words_exactly(SegmentId(segment), part_number(part), word))?
    }

    fn briefings(&self, segment: u32, part: Part, word: &str) -> Option<Vec<u8>> {
        self.ask(|reader| reader.briefings_of_word(SegmentId(segment), part_number(part), word))?
    }

    fn beginning_with(
        &self,
        segment: u32,
        part: Part,
        prefix: &str,
    ) -> Vec<(String, Vec<u8>, Vec<u8>)> {
        let segment = SegmentId(segment);
        let part = part_number(part);
        let found = self.ask(|reader| reader.whole_words_from(segment, part, prefix, ALL));
        let found = found.unwrap_or_default().into_iter();
        found.map(|word| (word.word, word.briefings, word.places)).collect()
    }

    fn briefings_beginning_with(
        &self,
        segment: u32,
        part: Part,
        prefix: &str,
    ) -> Vec<(String, Vec<u8>)> {
        let (segment, part) = (SegmentId(segment), part_number(part));
        self.ask(|reader| reader.words_from(segment, part, prefix, ALL)).unwrap_or_default()
    }
}

/// As many words as there are.
const ALL: usize = usize::MAX;
