//! What is kept of a corpus need not be held: once it is kept, it becomes what the next start would take
//! up, and only what nobody keeps stays in memory.

use std::sync::Arc;

use super::keeping::rooted;
use super::recall::{Remembered, unsealed};
use super::taking_up::TakenUp;
use super::{Memory, Slot};
use crate::corpus::load::Last;
use crate::corpus::store::RootedPath;
use crate::corpus::{Corpus, Origin};

/// Of so many files the index is as well asked for each.
const MUCH: usize = 4_096;

impl Memory {
    /// Whether so much is held of what is kept that it is worth letting go of.
    #[must_use]
    pub fn holds_much(&self) -> bool {
        self.slots.len() > MUCH
    }

    /// The same corpus, of which nothing is held any more that was kept of it; `None` where the files have
    /// to be known all at once, or something is in doubt.
    pub fn let_go(&mut self, corpus: &Corpus, kept: Remembered) -> Option<Corpus> {
        let Origin::Paths(roots) = self.origin.clone() else { return None };
        let lists = Arc::clone(&self.known.as_ref()?.finder);
        let world = self.surveyed.world(&lists)?;
        let is_latest = Arc::ptr_eq(&world, &corpus.finder) && self.surveyed.is_of(corpus);
        let is_sure = self.is_loaded && !self.is_other && !self.is_in_doubt();
        let names = kept.names()?;
        let is_possible = self.is_plain() && kept.is_of_readable();
        (is_latest && is_sure && is_possible).then_some(())?;
        let actors = self.slots.iter().filter(|slot| slot.is_list()).map(|list| {
            let seal = list.seal()?;
            Some((rooted(&roots, &list.input.path)?, seal.fingerprint))
        });
        let actors: Vec<(RootedPath, u64)> = actors.collect::<Option<_>>()?;
        let packed = self.taken_out(kept)?;
        let Corpus { files, entries, relating, .. } = packed;
        let corpus = Corpus { files, entries, relating, ..corpus.clone() };
        self.slots.retain(Slot::is_list);
        self.slots.shrink_to_fit();
        if let Some(index) = &self.index {
            index.store().let_go();
        }
        for (path, fingerprint) in actors {
            self.recalled.seal = unsealed(self.recalled.seal, &path, fingerprint);
        }
        self.recalled.look_up_texts();
        self.recalled.taken_up = TakenUp { is_possible: true, ..TakenUp::default() };
        self.surveyed.goes_on_with(&corpus);
        self.last = Some(Last::recalled(&corpus, &lists, names));
        Some(corpus)
    }
}
