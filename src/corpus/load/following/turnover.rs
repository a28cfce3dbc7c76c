//! In what the files differ from those of the last corpus.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Last;
use crate::corpus::columns::short;
use crate::corpus::load::{add_entries, has_links, names_of};
use crate::corpus::memory::Slot;
use crate::corpus::pieces::{Edit, Renumbered};
use crate::corpus::{Entry, FileId};

/// Files that went and files that came; one that says something else did both.
#[derive(Default)]
pub(super) struct Turnover {
    /// Whether it is told of all files, and not of a few while the others are not at hand.
    pub is_of_all: bool,
    /// The old numbers of those that went, ascending.
    pub went: Vec<usize>,
    /// The slots of those that came, each with the number of the old file before which it comes;
    /// ascending.
    pub came: Vec<(usize, usize)>,
    /// The old numbers of the entries that went, ascending.
    pub entries: Vec<usize>,
}

impl Turnover {
    /// These are all files; whoever is known to be as he was is so by his place.
    pub fn of_all(last: &Last, slots: &[Slot]) -> Self {
        let mut turnover = Self { is_of_all: true, ..Self::default() };
        let mut stays = vec![false; last.files.len()];
        let mut behind = 0;
        for (at, slot) in slots.iter().enumerate() {
            match slot.place {
                Some(place) => {
                    behind = place as usize + 1;
                    if let Some(stays) = stays.get_mut(place as usize) {
                        *stays = true;
                    }
                }
                None => turnover.came.push((at, behind)),
            }
        }
        let stays_in = |entry: &Entry| stays.get(entry.file.0 as usize) == Some(&true);
        let entries = last.entries.iter().enumerate().filter(|(_, entry)| !stays_in(entry));
        turnover.entries = entries.map(|(at, _)| at).collect();
        let files = stays.into_iter().enumerate().filter(|(_, stays)| !stays);
        turnover.went = files.map(|(at, _)| at).collect();
        turnover
    }

    /// These files and those that are gone are all that differ. `called` tells what the briefings of a
    /// file were called in the last corpus; `None` where they are not there.
    pub fn of_some(
        last: &Last,
        slots: &[Slot],
        gone: &[PathBuf],
        called: &HashMap<PathBuf, Vec<String>>,
    ) -> Option<Self> {
        let mut turnover = Self::default();
        let other = slots.iter().enumerate().filter(|(_, slot)| slot.place.is_none());
        for (at, slot) in other {
            let place = turnover.lets_go(last, &slot.input.path, called)?;
            turnover.came.push((at, place));
        }
        for path in gone {
            turnover.lets_go(last, path, called)?;
        }
        turnover.went.sort_unstable();
        turnover.entries.sort_unstable();
        Some(turnover)
    }

    /// Notes that a file went, if it was there; gives where it was or would have been.
    fn lets_go(
        &mut self,
        last: &Last,
        path: &Path,
        called: &HashMap<PathBuf, Vec<String>>,
    ) -> Option<usize> {
        let place = match last.search_file(path) {
            Ok(place) => place,
            Err(place) => return Some(place),
        };
        self.went.push(place);
        self.entries.extend(last.entries_called(called.get(path)?, short(place))?);
        Some(place)
    }

    /// The entries that come, sorted by their names.
    pub fn new_entries(&self, slots: &[Slot]) -> Vec<Entry> {
        let mut came = Vec::new();
        for (at, number) in self.numbered() {
            let Some(slot) = slots.get(at) else { continue };
            let mut slugs = names_of(slot).into_iter();
            add_entries(&mut came, &slot.reading, &mut slugs, FileId(number));
        }
        came.sort_by(|a, b| a.slug.cmp(&b.slug));
        came
    }

    /// Whether one of those that came links to a briefing.
    pub fn has_new_links(&self, slots: &[Slot]) -> bool {
        let came = self.came.iter().filter_map(|(at, _)| slots.get(*at));
        came.into_iter().any(|slot| has_links(&slot.reading))
    }

    /// The slots of those that came, with their new numbers.
    pub fn numbered(&self) -> impl Iterator<Item = (usize, u32)> {
        let gone_before = |place: usize| self.went.partition_point(|went| *went < place);
        let number = move |(nth, (at, place)): (usize, &(usize, usize))| {
            (*at, short(place - gone_before(*place) + nth))
        };
        self.came.iter().enumerate().map(number)
    }

    /// The new numbers of so many files, where they are others.
    pub fn renumbered(&self, count: usize) -> Option<Renumbered<Entry>> {
        let came = self.came.iter().map(|(_, place)| (*place, ())).collect();
        let now = Edit { went: self.went.clone(), came }.now(count);
        let stays = |(at, now): (u32, &Option<u32>)| now.is_none_or(|now| now == at);
        if (0..).zip(&now).all(stays) {
            return None;
        }
        let now = now.into_iter().map(|now| now.unwrap_or(u32::MAX)).collect();
        let apply = |entry: Entry, now: &[u32]| {
            let file = now.get(entry.file.0 as usize).copied().unwrap_or(u32::MAX);
            Entry { file: FileId(file), ..entry }
        };
        Some(Renumbered { now: Arc::new(now), apply })
    }

    /// The same with files, by their slots and old numbers, that are only brought in anew: they keep
    /// their entries.
    pub fn with_anew(mut self, touched: &[(usize, u32)]) -> Self {
        self.went.extend(touched.iter().map(|(_, place)| *place as usize));
        self.came.extend(touched.iter().map(|(at, place)| (*at, *place as usize)));
        self.went.sort_unstable();
        self.came.sort_unstable();
        self
    }
}
