//! The corpus as it was when it was kept last: shown at once at a start, before any file is looked at.

use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use roaring::RoaringBitmap;

use super::keeping::{rooted, unrooted};
use super::kept_list::{KeptActors, KeptList, Packed, unpack_entries, unpack_files};
use super::taking_up::TakenUp;
use super::{Doubt, Memory, Slot};
use crate::corpus::by_date::ByDate;
use crate::corpus::gazetteer::{self, GAZETTEER};
use crate::corpus::load::{self, Actors, KeptNames};
use crate::corpus::reading::{Content, Input, Reading};
use crate::corpus::stamp::fingerprint;
use crate::corpus::store::{RootedPath, TextId, pack};
use crate::corpus::together::Together;
use crate::corpus::{Corpus, Entry, Origin};
use crate::diagnostic::Diagnostic;

/// The names of the parts of a snapshot in the index.
const LIST: &str = "list";
const FILES: &str = "files";
const ENTRIES: &str = "entries";
const CONCORDANCE: &str = "concordance";
const FACETS: &str = "facets";
const TIMELINE: &str = "timeline";
/// Rows that are no longer needed and taken away with one that is kept: some hundredths of a second.
const SWEPT: usize = 8_192;

/// What was recalled, to be compared with what was kept of the files.
#[derive(Debug)]
pub(super) struct Recalled {
    /// The number of all files that were not taken up.
    pub seal: u64,
    pub refused: Vec<(RootedPath, Vec<Diagnostic>)>,
    /// Whether something is to be found anew in texts that are as they were, or nothing was recalled.
    is_outdated: bool,
    /// The texts of all entries, until they are looked up; then they are a set.
    texts: Vec<Option<TextId>>,
    pub known: RoaringBitmap,
    /// The lists of actors, with the numbers of their bytes.
    lists: Vec<(Slot, Option<u64>)>,
    findings: Vec<(u32, Vec<Diagnostic>)>,
    knowledge: u64,
    names: Option<KeptNames>,
    pub taken_up: TakenUp,
}

impl Default for Recalled {
    fn default() -> Self {
        Self {
            seal: NO_FILES,
            refused: Vec::new(),
            is_outdated: true,
            texts: Vec::new(),
            known: RoaringBitmap::new(),
            lists: Vec::new(),
            findings: Vec::new(),
            knowledge: 0,
            names: None,
            taken_up: TakenUp::default(),
        }
    }
}

/// A corpus as it was kept.
#[derive(Debug)]
pub struct Remembered {
    list: KeptList,
    files: Vec<u8>,
    entries: Vec<u8>,
}

impl Remembered {
    /// What has to be known of the names of its briefings, so that others follow.
    pub(super) fn names(&self) -> Option<KeptNames> {
        self.list.names.clone()
    }

    /// Whether all its files could be read.
    pub(super) fn is_of_readable(&self) -> bool {
        self.list.refused.is_empty()
    }
}

impl Recalled {
    /// Which texts it has is known from now on, and nothing else that was to be taken over.
    pub fn look_up_texts(&mut self) -> Vec<Option<TextId>> {
        let texts = std::mem::take(&mut self.texts);
        self.known = texts.iter().flatten().map(|id| id.0).collect();
        (self.lists, self.findings, self.names) = Default::default();
        texts
    }

    /// Whether nothing has to be found anew in what was kept.
    pub fn is_current(&self) -> bool {
        !self.is_outdated
    }
}

impl Memory {
    /// The corpus as it was kept last, for the list alone; `None` where it was not kept whole.
    #[must_use]
    pub fn recall(&mut self) -> Option<Corpus> {
        let index = self.index.as_ref()?;
        let (list, files, entries) = index.ask(|reader| {
            let read = |name| Ok(reader.snapshot(name)?.map(|(_, content)| content));
            Ok((reader.unpacked(LIST)?, read(FILES)?, read(ENTRIES)?))
        })?;
        self.taken_out(Remembered { list: list?, files: files?, entries: entries? })
    }

    /// What was kept, for the list alone.
    pub(super) fn taken_out(&mut self, kept: Remembered) -> Option<Corpus> {
        let index = self.index.as_ref()?;
        let Origin::Paths(roots) = &self.origin else { return None };
        let Remembered { list: kept, files, entries } = kept;
        let files = Arc::new(kept.files.unpacked(files, unpack_files(roots))?);
        let unpack_entries = unpack_entries(Arc::clone(&files), index);
        let entries = Arc::new(kept.entries.unpacked(entries, unpack_entries)?);
        self.recalled = Recalled {
            seal: kept.seal,
            is_outdated: false,
            refused: kept.refused,
            lists: kept.lists.into_iter().filter_map(|list| list_of(roots, list)).collect(),
            texts: kept.texts,
            findings: kept.findings,
            knowledge: kept.knowledge,
            names: kept.names,
            ..Recalled::default()
        };
        let by_date = Arc::new(kept.by_date);
        let relating = Some(Arc::new(kept.relating));
        let name = self.origin.name();
        let empty = Corpus::empty(self.origin.clone());
        Some(Corpus { name, files, entries, by_date, relating, ..empty })
    }

    /// The recalled corpus with all that was found in its texts; as it is where that was not kept, or
    /// other actors are known by now: then [`Memory::load`] finds it anew.
    #[must_use]
    pub fn recall_survey(&mut self, corpus: Corpus) -> Corpus {
        self.surveyed.kept = self.index.clone();
        let (lists, numbers): (Vec<Slot>, Vec<Option<u64>>) =
            std::mem::take(&mut self.recalled.lists).into_iter().unzip();
        let paths: Vec<&Path> = lists.iter().map(|list| list.input.path.as_path()).collect();
        let numbered = paths.iter().map(|path| path.to_path_buf()).zip(numbers);
        self.recalled.taken_up.lists = numbered.collect();
        self.outer = self.outer_lists_beside(&paths);
        let actors = Actors::gather(&lists, &self.outer);
        let finder = self.finder_of(&actors);
        let corpus = Corpus { actors: actors.all, actor_lists: actors.lists, finder, ..corpus };
        let is_known = self.knowledge_of(&corpus) == Some(self.recalled.knowledge);
        let together = is_known.then(|| self.recalled_together(corpus.entries.len())).flatten();
        let findings = std::mem::take(&mut self.recalled.findings);
        let names = self.recalled.names.take();
        let texts = self.recalled.look_up_texts();
        let words = self.recalled_words(&texts);
        let kept = texts.iter().flatten().count();
        let Some(together) = together.filter(|_| words.has_all(kept)) else {
            self.recalled.is_outdated = true;
            return corpus;
        };
        let is_whole = kept == corpus.entries.len();
        let words = if is_whole { words } else { words.completed(&corpus) };
        let lists = Arc::clone(&corpus.finder);
        let texts = texts.into_iter().flatten();
        let corpus = self.surveyed.recall(corpus, findings, texts, (together, words));
        self.last = names.map(|names| load::Last::recalled(&corpus, &lists, names));
        corpus
    }

    /// The corpus as it is now, looked through: what was kept is taken up, and what is other by now is
    /// read. `now` and `progress` as for [`Memory::load`].
    #[must_use]
    pub fn bring_up(&mut self, now: Duration, progress: &(dyn Fn(usize, usize) + Sync)) -> Corpus {
        let kept = self.recall().map(|corpus| self.recall_survey(corpus));
        let corpus = self.load(&Doubt::Everything, now, progress).map(|corpus| {
            let corpus = self.introduce(corpus);
            let corpus = self.survey(corpus);
            self.remember(&corpus);
            corpus
        });
        corpus.or(kept).unwrap_or_else(|| Corpus::empty(self.origin.clone()))
    }

    /// Keeps this corpus for the next start, and gives what was kept; `None` where nothing was, as of one
    /// that is not kept text by text, or that is as it was recalled.
    pub fn remember(&mut self, corpus: &Corpus) -> Option<Remembered> {
        let is_as_recalled = !self.recalled.taken_up.lists.is_empty();
        (!is_as_recalled).then_some(())?;
        let (Some(index), Origin::Paths(roots)) = (&self.index, &self.origin) else { return None };
        let kept = self.list(roots, corpus)?;
        let Remembered { list, files, entries } = &kept;
        let packed_list = pack(list).ok()?;
        let Corpus { concordance, facets, timeline, .. } = corpus;
        let (concordance, facets) = (pack(&**concordance).ok()?, pack(&**facets).ok()?);
        let timeline = pack(&**timeline).ok()?;
        let listed: RoaringBitmap = list.texts.iter().flatten().map(|id| id.0).collect();
        let number = gazetteer::number();
        let has_gazetteer =
            index.ask(|reader| reader.snapshot_key(GAZETTEER)) == Some(Some(number));
        let gazetteer = if has_gazetteer { None } else { pack(self.surveyed.gazetteer()).ok() };
        let is_kept = index.change(|batch| {
            if let Some(gazetteer) = gazetteer {
                batch.put_snapshot(GAZETTEER, number, &gazetteer)?;
            }
            batch.put_snapshot(LIST, 0, &packed_list)?;
            batch.put_snapshot(FILES, 0, files)?;
            batch.put_snapshot(ENTRIES, 0, entries)?;
            batch.put_snapshot(CONCORDANCE, 0, &concordance)?;
            batch.put_snapshot(FACETS, 0, &facets)?;
            batch.put_snapshot(TIMELINE, 0, &timeline)?;
            batch.release_texts(|id| listed.contains(id.0))?;
            batch.sweep(SWEPT).map(drop)
        });
        is_kept.then_some(kept)
    }

    fn recalled_together(&self, entries: usize) -> Option<Together> {
        let together = self.index.as_ref()?.ask(|reader| {
            let concordance = reader.unpacked(CONCORDANCE)?.map(Arc::new);
            let facets = reader.unpacked(FACETS)?.map(Arc::new);
            let timeline = reader.unpacked(TIMELINE)?.map(Arc::new);
            Ok(concordance.zip(facets).zip(timeline))
        });
        let ((concordance, facets), timeline) = together??;
        let together = Together { concordance, facets, timeline };
        together.concordance.covers(entries).then_some(together)
    }

    /// A number for all that is known of actors, and for which files: the same wherever the corpus
    /// lies.
    fn knowledge_of(&self, corpus: &Corpus) -> Option<u64> {
        let Origin::Paths(roots) = &self.origin else { return None };
        let lists: Vec<_> = corpus
            .actor_lists
            .iter()
            .map(|list| {
                let holds_for: Vec<Option<RootedPath>> =
                    list.holds_for.iter().map(|folder| rooted(roots, folder)).collect();
                (holds_for, list.actors.clone())
            })
            .collect();
        Some(fingerprint(&pack(&(gazetteer::number(), &corpus.actors, lists)).ok()?))
    }

    fn list(&self, roots: &[PathBuf], corpus: &Corpus) -> Option<Remembered> {
        let files = Packed::files(roots, &corpus.files)?;
        let findings = |entry: &Entry| self.surveyed.findings_in(entry).to_vec();
        let entries = Packed::entries(corpus, findings)?;
        let (texts, findings): (Vec<_>, Vec<_>) = entries.beside.into_iter().unzip();
        let list = KeptList {
            files: files.packed,
            entries: entries.packed,
            by_date: ByDate::clone(&corpus.by_date()),
            relating: corpus.relating_among(&corpus.ids().map(|id| id.0).collect()),
            texts,
            findings: (0..).zip(findings).filter(|(_, found)| !found.is_empty()).collect(),
            knowledge: self.knowledge_of(corpus)?,
            lists: self.kept_lists(roots),
            refused: self.refused(roots),
            seal: self.seal_of_all(roots),
            names: self.last.as_ref().and_then(|last| last.names(&corpus.entries)),
        };
        Some(Remembered { list, files: files.bytes, entries: entries.bytes })
    }

    fn kept_lists(&self, roots: &[PathBuf]) -> Vec<KeptActors> {
        let lists = self.slots.iter().filter(|slot| slot.is_list());
        let kept = |slot: &Slot| {
            let number = slot.seal().map(|seal| seal.fingerprint);
            Some((rooted(roots, &slot.input.path)?, number, Arc::clone(&slot.reading.actors)))
        };
        lists.filter_map(kept).collect()
    }

    /// The number of all files that could be read with what they hold.
    pub(super) fn seal_of_all(&self, roots: &[PathBuf]) -> u64 {
        self.slots.iter().fold(self.recalled.seal, |seal, slot| {
            let known = rooted(roots, &slot.input.path).zip(slot.seal());
            known.map_or(seal, |(path, known)| sealed(seal, &path, known.fingerprint))
        })
    }

    fn refused(&self, roots: &[PathBuf]) -> Vec<(RootedPath, Vec<Diagnostic>)> {
        let refused = self.slots.iter().filter(|slot| slot.is_read() && slot.seal().is_none());
        let of = |slot: &Slot| {
            Some((rooted(roots, &slot.input.path)?, slot.reading.diagnostics.clone()))
        };
        refused.filter_map(of).collect()
    }
}

/// The number of no files; that of some does not depend on their order.
pub(super) const NO_FILES: u64 = 1;

/// The number of some files and of one more, which has a path and the number of its bytes.
pub(super) fn sealed(seal: u64, path: &RootedPath, bytes: u64) -> u64 {
    seal.wrapping_add(share_of(path, bytes))
}

/// The number of some files without one of them.
pub(super) fn unsealed(seal: u64, path: &RootedPath, bytes: u64) -> u64 {
    seal.wrapping_sub(share_of(path, bytes))
}

fn share_of(path: &RootedPath, bytes: u64) -> u64 {
    let rest = path.rest.as_os_str().as_bytes();
    let root = path.root.to_le_bytes();
    fingerprint(&[rest, &root, &bytes.to_le_bytes()].concat())
}

/// A list as far as it says who its actors are.
fn list_of(roots: &[PathBuf], (path, number, actors): KeptActors) -> Option<(Slot, Option<u64>)> {
    let input =
        Input { path: unrooted(roots, &path)?, folder: String::new(), content: Content::OnDisk };
    let mut list = Slot::new(input);
    list.reading = Arc::new(Reading { actors, ..Reading::default() });
    Some((list, number))
}
