//! Links from briefing to briefing: whom it concerns that others came or went, and which lead nowhere.

use std::collections::HashSet;

use crate::briefing::{ReferenceTo, rule};
use crate::corpus::load::{Gathered, MOST_CANDIDATES};
use crate::corpus::memory::Slot;
use crate::corpus::{Entry, Pieces};

/// Which of these slots are of files that link to one of these briefings, or with `any` to whichever, with
/// their places.
pub(super) fn linking(slots: &[Slot], slugs: &HashSet<&str>, any: bool) -> Vec<(usize, u32)> {
    let links = |slot: &Slot| {
        let mut links = slot.reading.references.iter();
        links.any(|reference| {
            reference.to == ReferenceTo::Briefing
                && (any || slugs.contains(reference.name.as_str()))
        })
    };
    let all = slots.iter().enumerate().filter(|(_, slot)| links(slot));
    all.filter_map(|(at, slot)| Some((at, slot.place?))).collect()
}

/// What links may lead to.
#[derive(Default)]
pub(super) struct Names<'a> {
    /// All of them, by their names.
    sorted: Option<&'a Pieces<Entry>>,
    /// Candidates for what was meant, in the order of the files.
    candidates: Vec<&'a str>,
}

impl<'a> Names<'a> {
    pub fn of(entries: &'a Pieces<Entry>) -> Self {
        let mut in_files: Vec<&Entry> = Vec::new();
        if entries.len() <= MOST_CANDIDATES {
            in_files.extend(entries);
            in_files.sort_by_key(|entry| (entry.file, entry.lines.start));
        }
        let candidates = in_files.into_iter().map(|entry| entry.slug.as_str()).collect();
        Self { sorted: Some(entries), candidates }
    }

    pub fn note_lost_links(&self, file: &mut Gathered<'_>) {
        let is_there = |slug: &str| {
            let Some(all) = self.sorted else { return false };
            let place = all.partition_point(|entry| entry.slug.as_str() < slug);
            all.get(place).is_some_and(|entry| entry.slug == slug)
        };
        let references = &file.reading.references;
        let all = self.candidates.iter().copied();
        let found = rule::unknown_link::check(references, &is_there, &all);
        file.diagnostics.extend(found);
    }
}
