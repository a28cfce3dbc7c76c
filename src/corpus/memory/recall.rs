//! The corpus as it was when it was kept last: shown at once at a start, before any file is looked at.

use std::collections::{HashMap, HashSet};
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rayon::prelude::*;
use roaring::RoaringBitmap;

use super::keeping::{recalled, rooted, unrooted};
use super::kept_list::{KeptList, Packed, unpack_entries, unpack_files};
use super::{Doubt, Memory, Slot, input};
use crate::briefing::Entity;
use crate::corpus::by_date::ByDate;
use crate::corpus::bytes::stamp_of;
use crate::corpus::gazetteer::{self, GAZETTEER};
use crate::corpus::load::Actors;
use crate::corpus::reading::{Content, Input, Reading};
use crate::corpus::scan::{Found, scan_each, scan_whole};
use crate::corpus::stamp::{Stamp, fingerprint};
use crate::corpus::store::{RootedPath, TextId, pack};
use crate::corpus::together::Together;
use crate::corpus::{Corpus, Origin};
use crate::diagnostic::Diagnostic;

/// The names of the parts of a snapshot in the index.
const LIST: &str = "list";
const FILES: &str = "files";
const ENTRIES: &str = "entries";
const CONCORDANCE: &str = "concordance";
const FACETS: &str = "facets";
const TIMELINE: &str = "timeline";
/// Files of which the stamps are compared at once, on every core.
const AT_ONCE: usize = 4_096;
/// Rows that are no longer needed and taken away with one that is kept: some hundredths of a second.
const SWEPT: usize = 8_192;

/// What was recalled, to be compared with what was kept of the files.
#[derive(Debug, Default)]
pub(super) struct Recalled {
    seal: u64,
    refused: Vec<(RootedPath, Vec<Diagnostic>)>,
    /// Whether something is to be found anew in texts that are as they were.
    is_outdated: bool,
    /// Whether the files were taken up.
    has_files: bool,
    /// The texts of all entries, until they are looked up; then they are a set.
    texts: Vec<Option<TextId>>,
    known: RoaringBitmap,
    lists: Vec<Slot>,
    findings: Vec<(u32, Vec<Diagnostic>)>,
    knowledge: u64,
}

impl Recalled {
    fn is_whole(&self) -> bool {
        !self.has_files && !self.is_outdated
    }
}

impl Memory {
    /// The corpus as it was kept last, for the list alone; `None` where it was not kept whole.
    #[must_use]
    pub fn recall(&mut self) -> Option<Corpus> {
        let index = self.index.as_ref()?;
        let Origin::Paths(roots) = &self.origin else { return None };
        let (list, files, entries) = index.ask(|reader| {
            let read = |name| Ok(reader.snapshot(name)?.map(|(_, content)| content));
            Ok((reader.unpacked(LIST)?, read(FILES)?, read(ENTRIES)?))
        })?;
        let kept: KeptList = list?;
        let files = Arc::new(kept.files.unpacked(files?, unpack_files(roots))?);
        let unpack_entries = unpack_entries(Arc::clone(&files), index);
        let entries = Arc::new(kept.entries.unpacked(entries?, unpack_entries)?);
        self.recalled = Recalled {
            seal: kept.seal,
            refused: kept.refused,
            lists: kept.lists.into_iter().filter_map(|list| list_of(roots, list)).collect(),
            texts: kept.texts,
            findings: kept.findings,
            knowledge: kept.knowledge,
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
        let lists = std::mem::take(&mut self.recalled.lists);
        let paths: Vec<&Path> = lists.iter().map(|list| list.input.path.as_path()).collect();
        self.outer = self.outer_lists_beside(&paths);
        let actors = Actors::gather(&lists, &self.outer);
        let finder = self.finder_of(&actors);
        let corpus = Corpus { actors: actors.all, actor_lists: actors.lists, finder, ..corpus };
        let findings = std::mem::take(&mut self.recalled.findings);
        let is_known = self.knowledge_of(&corpus) == Some(self.recalled.knowledge);
        let together = is_known.then(|| self.recalled_together(corpus.entries.len())).flatten();
        let texts = std::mem::take(&mut self.recalled.texts);
        self.recalled.known = texts.iter().flatten().map(|id| id.0).collect();
        let words = self.recalled_words(&texts);
        let kept = texts.iter().flatten().count();
        let Some(together) = together.filter(|_| words.has_all(kept)) else {
            self.recalled.is_outdated = true;
            return corpus;
        };
        let is_whole = kept == corpus.entries.len();
        let words = if is_whole { words } else { words.completed(&corpus) };
        self.surveyed.recall(corpus, findings, texts.into_iter().flatten(), (together, words))
    }

    /// The corpus as it is now, looked through: what was kept is taken up, and what is other by now is
    /// read. `now` and `progress` as for [`Memory::load`].
    #[must_use]
    pub fn bring_up(&mut self, now: Duration, progress: &(dyn Fn(usize, usize) + Sync)) -> Corpus {
        let kept = self.recall().map(|corpus| self.recall_survey(corpus));
        if let Some(kept) = kept.as_ref().filter(|_| self.is_as_kept()) {
            return kept.clone();
        }
        self.recall_files();
        let corpus = self.load(&Doubt::Everything, now, progress).map(|corpus| {
            let corpus = self.introduce(corpus);
            let corpus = self.survey(corpus);
            self.remember(&corpus);
            corpus
        });
        corpus.or(kept).unwrap_or_else(|| Corpus::empty(self.origin.clone()))
    }

    /// Keeps this corpus for the next start; of one that is not kept text by text, nothing.
    pub fn remember(&mut self, corpus: &Corpus) {
        let (Some(index), Origin::Paths(roots)) = (&self.index, &self.origin) else { return };
        let Some((list, files, entries)) = self.list(roots, corpus) else { return };
        let Ok(list) = pack(&list) else { return };
        let Corpus { concordance, facets, timeline, .. } = corpus;
        let (Ok(concordance), Ok(facets), Ok(timeline)) =
            (pack(&**concordance), pack(&**facets), pack(&**timeline))
        else {
            return;
        };
        let listed: HashSet<TextId> =
            corpus.entries.iter().filter_map(|entry| entry.text.id()).collect();
        let number = gazetteer::number();
        let has_gazetteer =
            index.ask(|reader| reader.snapshot_key(GAZETTEER)) == Some(Some(number));
        let gazetteer = if has_gazetteer { None } else { pack(self.surveyed.gazetteer()).ok() };
        index.change(|batch| {
            if let Some(gazetteer) = gazetteer {
                batch.put_snapshot(GAZETTEER, number, &gazetteer)?;
            }
            batch.put_snapshot(LIST, 0, &list)?;
            batch.put_snapshot(FILES, 0, &files)?;
            batch.put_snapshot(ENTRIES, 0, &entries)?;
            batch.put_snapshot(CONCORDANCE, 0, &concordance)?;
            batch.put_snapshot(FACETS, 0, &facets)?;
            batch.put_snapshot(TIMELINE, 0, &timeline)?;
            batch.release_texts(|id| listed.contains(&id))?;
            batch.sweep(SWEPT).map(drop)
        });
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

    /// The list with the bytes of its files and of its entries.
    fn list(&self, roots: &[PathBuf], corpus: &Corpus) -> Option<(KeptList, Vec<u8>, Vec<u8>)> {
        let (files, packed_files) = Packed::files(roots, &corpus.files)?;
        let (entries, packed_entries) = Packed::entries(corpus)?;
        let list = KeptList {
            files,
            entries,
            by_date: ByDate::clone(&corpus.by_date()),
            relating: corpus.relating_among(&corpus.ids().map(|id| id.0).collect()),
            texts: corpus.entries.iter().map(|entry| entry.text.id()).collect(),
            findings: (0..)
                .zip(corpus.entries.iter())
                .map(|(at, entry)| (at, self.surveyed.findings_in(entry).to_vec()))
                .filter(|(_, found)| !found.is_empty())
                .collect(),
            knowledge: self.knowledge_of(corpus)?,
            lists: self.kept_lists(roots),
            refused: self.refused(roots),
            seal: self.slots.iter().fold(NO_FILES, |seal, slot| {
                let known = rooted(roots, &slot.input.path).zip(slot.seal());
                known.map_or(seal, |(path, known)| sealed(seal, &path, known.fingerprint))
            }),
        };
        Some((list, packed_files, packed_entries))
    }

    fn kept_lists(&self, roots: &[PathBuf]) -> Vec<(RootedPath, Arc<[Entity]>)> {
        let lists = self.slots.iter().filter(|slot| slot.is_list());
        let kept = |slot: &Slot| {
            Some((rooted(roots, &slot.input.path)?, Arc::clone(&slot.reading.actors)))
        };
        lists.filter_map(kept).collect()
    }

    fn refused(&self, roots: &[PathBuf]) -> Vec<(RootedPath, Vec<Diagnostic>)> {
        let refused = self.slots.iter().filter(|slot| slot.is_read() && slot.seal().is_none());
        let of = |slot: &Slot| {
            Some((rooted(roots, &slot.input.path)?, slot.reading.diagnostics.clone()))
        };
        refused.filter_map(of).collect()
    }

    /// Whether the files are those that were kept, each as it was, by what the system says of them. It
    /// can be told until they are taken up, which costs the memory that this saves.
    pub fn is_as_kept(&mut self) -> bool {
        let Some(index) = self.index.clone().filter(|_| self.recalled.is_whole()) else {
            return false;
        };
        let Origin::Paths(given) = self.origin.clone() else { return false };
        let refused = self.recalled.refused.iter();
        let refused: HashMap<PathBuf, Vec<Diagnostic>> = refused
            .filter_map(|(path, why)| Some((unrooted(&given, path)?, why.clone())))
            .collect();
        let (mut again, mut found): (Vec<Found>, Vec<u64>) = (Vec::new(), Vec::new());
        self.scan_each(&given, &mut |file| {
            if refused.contains_key(&file.path) {
                again.push(file);
            } else {
                found.push(number_of(&file.path));
            }
        });
        found.sort_unstable();
        let is_still = |one: Found| {
            let why = refused.get(&one.path);
            input(&given, one).refusal().as_ref() == why
        };
        if again.len() != refused.len() || !again.into_par_iter().all(is_still) {
            return false;
        }
        let (mut seal, mut known, mut count, mut is_same) = (NO_FILES, 0, 0, true);
        let mut stamps: Vec<(PathBuf, Stamp)> = Vec::with_capacity(AT_ONCE);
        let mut compare = |stamps: &mut Vec<(PathBuf, Stamp)>| {
            is_same =
                is_same && stamps.par_iter().all(|(path, stamp)| stamp_of(path) == Some(*stamp));
            stamps.clear();
        };
        let is_asked = index.ask(|reader| {
            reader.each_seal(|kept| {
                seal = sealed(seal, &kept.path, kept.fingerprint);
                let path = unrooted(&given, &kept.path);
                let is_found = |path: &PathBuf| found.binary_search(&number_of(path)).is_ok();
                if let Some(path) = path.filter(|path| kept.settled && is_found(path)) {
                    stamps.push((path, kept.stamp));
                    known += 1;
                }
                if stamps.len() == AT_ONCE {
                    compare(&mut stamps);
                }
                count += 1;
            })
        });
        compare(&mut stamps);
        is_asked.is_some()
            && is_same
            && seal == self.recalled.seal
            && known == found.len()
            && known == count
    }

    /// The files in these paths, one by one.
    fn scan_each(&mut self, given: &[PathBuf], take: &mut dyn FnMut(Found)) {
        let scan = match given {
            [one] => scan_each(one, take),
            // What lies below two of them is found once, which all have to be there for.
            several => scan_whole(several),
        };
        self.note_scan(scan).into_iter().for_each(take);
    }

    /// Takes up what was kept of the files, once; they are all to be looked at again.
    pub fn recall_files(&mut self) {
        if std::mem::replace(&mut self.recalled.has_files, true) {
            return;
        }
        let Some(index) = self.index.clone() else { return };
        let Origin::Paths(roots) = &self.origin else { return };
        let Some(files) = index.files() else { return };
        let texts = std::mem::take(&mut self.recalled.known);
        let slots = files.par_iter().map(|file| recalled(&index, roots, file));
        let mut slots: Vec<Slot> = slots.flatten().collect();
        slots.sort_by(|a, b| a.input.path.cmp(&b.input.path));
        let seal =
            files.iter().fold(NO_FILES, |seal, file| sealed(seal, &file.path, file.fingerprint));
        // Files that could not be read are in no index, so that nobody would miss one that is gone.
        let is_same = seal == self.recalled.seal
            && !self.recalled.is_outdated
            && self.recalled.refused.is_empty()
            && slots.iter().flat_map(Slot::kept_texts).all(|id| texts.contains(id.0));
        self.is_loaded = is_same;
        self.slots = slots;
    }
}

/// The number of no files; that of some does not depend on their order.
const NO_FILES: u64 = 1;

/// A path as a number: a file that is there with the stamp that was kept of another, and has that one's
/// number too, there is none.
fn number_of(path: &Path) -> u64 {
    fingerprint(path.as_os_str().as_bytes())
}

/// The number of some files and of one more, which has a path and the number of its bytes.
fn sealed(seal: u64, path: &RootedPath, bytes: u64) -> u64 {
    let rest = path.rest.as_os_str().as_bytes();
    let root = path.root.to_le_bytes();
    seal.wrapping_add(fingerprint(&[rest, &root, &bytes.to_le_bytes()].concat()))
}

/// A list as far as it says who its actors are.
fn list_of(roots: &[PathBuf], (path, actors): (RootedPath, Arc<[Entity]>)) -> Option<Slot> {
    let input =
        Input { path: unrooted(roots, &path)?, folder: String::new(), content: Content::OnDisk };
    let mut list = Slot::new(input);
    list.reading = Arc::new(Reading { actors, ..Reading::default() });
    Some(list)
}
