//! What was kept of files is taken up from the index: of those few that are in doubt while a recalled corpus
//! is current, which costs neither time nor memory for the others, else of all.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use roaring::RoaringBitmap;

use super::comparing::FEW;
use super::keeping::{number_of_name, recalled, rooted, unrooted};
use super::recall::{NO_FILES, Recalled, unsealed};
use super::{Memory, Slot};
use crate::corpus::bytes::stamp_of;
use crate::corpus::load::{Known, Last, names_of};
use crate::corpus::scan::{is_actors_file, is_briefing_name};
use crate::corpus::{Corpus, Origin};

/// Which files were taken up.
#[derive(Debug, Default)]
pub(super) struct TakenUp {
    /// Whether all were.
    pub is_all: bool,
    /// Whether a few may be without the others.
    pub is_possible: bool,
    /// Lists of actors that were not yet, with the numbers of their bytes.
    pub lists: Vec<(PathBuf, Option<u64>)>,
    /// Of the few: what the briefings of each are called in the last corpus.
    pub called: HashMap<PathBuf, Vec<String>>,
    /// Of the few: those that went since the last corpus.
    pub gone: Vec<PathBuf>,
}

/// What was kept of a file cannot be told.
struct Untold;

impl Memory {
    /// Takes up what was kept of these files, with the lists of actors; whether that is enough to go on
    /// from the last corpus.
    pub(super) fn take_up(&mut self, paths: &BTreeSet<PathBuf>) -> bool {
        if self.recalled.taken_up.is_all {
            return true;
        }
        let Some(last) = self.last.take() else { return false };
        let is_enough = self.take_up_beside(&last, paths).is_some();
        self.last = Some(last);
        is_enough
    }

    /// Whether nothing of a recalled corpus is in doubt.
    pub(super) fn has_all_that_was_recalled(&self) -> bool {
        !self.recalled.taken_up.is_all && !self.is_other && !self.is_in_doubt()
    }

    fn take_up_beside(&mut self, last: &Last, paths: &BTreeSet<PathBuf>) -> Option<()> {
        let is_possible = self.recalled.taken_up.is_possible && paths.len() <= FEW;
        (is_possible && self.is_plain()).then_some(())?;
        self.take_up_lists(last)?;
        paths.iter().try_for_each(|path| self.take_up_file(last, path, true))
    }

    fn take_up_file(&mut self, last: &Last, path: &Path, is_in_doubt: bool) -> Option<()> {
        let is_known = self.place_among_slots(path).is_ok();
        if is_known || !is_briefing_name(path) {
            return Some(());
        }
        if is_actors_file(path) || stamp_of(path).is_some_and(|stamp| stamp.is_shared()) {
            return None;
        }
        match (self.kept(path).ok()?, last.place_of_file(path)) {
            (None, None) => {}
            // Another program may have read meanwhile what this one did not show yet.
            (Some(mut slot), Some(place)) => {
                last.has_briefings_of(&slot, place).then_some(())?;
                (slot.place, slot.doubted) = (Some(place), is_in_doubt);
                let called = names_of(&slot);
                self.recalled.taken_up.called.insert(path.to_owned(), called);
                self.put_among_slots(slot);
            }
            _ => return None,
        }
        Some(())
    }

    /// Takes up files that link to briefings that came or went with those that were taken up.
    fn take_up_linking(&mut self, last: &Last) -> Option<()> {
        let Origin::Paths(roots) = self.origin.clone() else { return None };
        let TakenUp { called, gone, .. } = &self.recalled.taken_up;
        let renamed = last.links_to_follow(&self.slots, (gone, called))?;
        let numbers = renamed.iter().map(|slug| number_of_name(slug));
        let linking = self.index.as_ref()?.ask(|reader| {
            let linking = numbers.map(|name| reader.linking(name)).collect::<Result<Vec<_>, _>>();
            Ok(linking?.concat())
        })?;
        (linking.len() <= FEW).then_some(())?;
        for path in linking.iter().filter_map(|path| unrooted(&roots, path)) {
            // What is kept of a file that was never shown is no concern of this corpus.
            let is_shown = last.place_of_file(&path).is_some();
            if is_shown && !self.recalled.taken_up.gone.contains(&path) {
                self.take_up_file(last, &path, false)?;
            }
        }
        Some(())
    }

    fn take_up_lists(&mut self, last: &Last) -> Option<()> {
        for (path, number) in std::mem::take(&mut self.recalled.taken_up.lists) {
            let mut slot = self.kept(&path).ok()??;
            // Another program may have read another one meanwhile.
            (slot.seal().map(|seal| seal.fingerprint) == number).then_some(())?;
            slot.place = Some(last.place_of_file(&path)?);
            self.put_among_slots(slot);
        }
        Some(())
    }

    /// What was kept of a file, if anything.
    fn kept(&self, path: &Path) -> Result<Option<Slot>, Untold> {
        let Origin::Paths(roots) = &self.origin else { return Err(Untold) };
        let index = self.index.as_ref().ok_or(Untold)?;
        let path = rooted(roots, path).ok_or(Untold)?;
        let kept = index.ask(|reader| reader.file(&path)).ok_or(Untold)?;
        // What cannot be understood is as good as unknown.
        Ok(kept.and_then(|file| recalled(index, roots, &file)))
    }

    fn put_among_slots(&mut self, slot: Slot) {
        let Origin::Paths(roots) = &self.origin else { return };
        if let Some((path, seal)) = rooted(roots, &slot.input.path).zip(slot.seal()) {
            self.recalled.seal = unsealed(self.recalled.seal, &path, seal.fingerprint);
        }
        if let Err(at) = self.place_among_slots(&slot.input.path) {
            self.slots.insert(at, slot);
        }
    }

    pub(super) fn place_among_slots(&self, path: &Path) -> Result<usize, usize> {
        self.slots.binary_search_by(|slot| slot.input.path.as_path().cmp(path))
    }

    /// Goes on from the last corpus with the few files that were taken up; `None` where that needs the
    /// others.
    pub(super) fn followed_by_few(&mut self, known: Known<'_>) -> Option<Corpus> {
        let last = self.last.take().filter(|last| last.is_by(known))?;
        self.take_up_linking(&last)?;
        let TakenUp { called, gone, .. } = &mut self.recalled.taken_up;
        let others = self.slots.iter().filter(|slot| slot.place.is_none());
        let names: Vec<(PathBuf, Vec<String>)> =
            others.map(|slot| (slot.input.path.clone(), names_of(slot))).collect();
        let next = last.followed_by_some(&self.origin, &mut self.slots, (gone, called), known)?;
        gone.drain(..).for_each(|path| drop(called.remove(&path)));
        called.extend(names);
        let corpus = next.corpus(&self.origin, known);
        self.last = Some(next);
        Some(corpus)
    }

    /// Takes up all other files beside the few that were, which are as they were kept; whether that could
    /// be done.
    pub(super) fn take_up_others(&mut self) -> bool {
        let Some(all) = self.all_kept() else { return false };
        let few = std::mem::take(&mut self.slots);
        let gone = std::mem::take(&mut self.recalled.taken_up.gone).into_iter();
        let known: HashSet<PathBuf> =
            few.iter().map(|slot| slot.input.path.clone()).chain(gone).collect();
        self.slots = all;
        self.slots.retain(|slot| !known.contains(&slot.input.path));
        self.slots.iter_mut().for_each(|slot| slot.doubted = false);
        self.slots.extend(few);
        self.slots.sort_by(|a, b| a.input.path.cmp(&b.input.path));
        self.have_taken_up_all();
        true
    }

    /// Takes up what was kept of all files, once; they are all to be looked at again.
    pub(super) fn take_up_all(&mut self) {
        if self.recalled.taken_up.is_all {
            return;
        }
        let all = self.all_kept();
        let of_few = self.slots.iter().flat_map(Slot::kept_texts).map(|id| id.0);
        let texts: RoaringBitmap = &self.recalled.known | of_few.collect::<RoaringBitmap>();
        let before = match &self.origin {
            Origin::Paths(roots) => self.seal_of_all(roots),
            Origin::BuiltIn => NO_FILES,
        };
        let is_current = self.recalled.is_current() && self.recalled.refused.is_empty();
        self.slots = all.unwrap_or_default();
        self.have_taken_up_all();
        let Origin::Paths(roots) = &self.origin else { return };
        // Files that could not be read are in no index, so that nobody would miss one that is gone.
        self.is_loaded = is_current
            && self.seal_of_all(roots) == before
            && self.slots.iter().flat_map(Slot::kept_texts).all(|id| texts.contains(id.0));
    }

    fn have_taken_up_all(&mut self) {
        self.recalled = Recalled::default();
        self.recalled.taken_up.is_all = true;
        self.last = None;
    }

    fn all_kept(&self) -> Option<Vec<Slot>> {
        let Origin::Paths(roots) = &self.origin else { return None };
        let index = self.index.as_ref()?;
        let files = index.files()?;
        let slots = files.par_iter().filter_map(|file| recalled(index, roots, file));
        let mut slots: Vec<Slot> = slots.collect();
        slots.sort_by(|a, b| a.input.path.cmp(&b.input.path));
        Some(slots)
    }
}
