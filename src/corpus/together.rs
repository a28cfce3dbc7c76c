//! What all files of a corpus say together: who stands where, what a lens may ask for, and the events
//! in the order of time. It follows from what they said in the snapshot before and from the texts
//! that are new: no other text is read.

mod gleaning;
#[cfg(test)]
mod tests;

pub(super) use gleaning::{Gleaned, Gleanings, Reported};

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Corpus;
use super::concordance::Concordance;
use super::facets::Facets;
use super::succession::Succession;
use super::timeline::Timeline;

/// All of it. A clone costs nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Together {
    /// Who stands where.
    pub concordance: Arc<Concordance>,
    /// What a lens may ask for.
    pub facets: Arc<Facets>,
    /// All events.
    pub timeline: Arc<Timeline>,
}

impl Together {
    /// Looks through all texts of a corpus.
    pub fn of(corpus: &Corpus) -> Self {
        Self::after(&Self::default(), &Succession::to_all(corpus.entries.len()), corpus)
    }

    /// Looks through those texts of a corpus that are new. All else is taken over from another
    /// snapshot, whose actors must have been found by the same finder.
    pub fn after(old: &Self, succession: &Succession, corpus: &Corpus) -> Self {
        let glean = |at: u32| {
            let entry = corpus.entries.get(at as usize);
            entry.map_or_else(Gleaned::default, |entry| Gleaned::of(corpus, entry))
        };
        Self::after_with(old, succession, corpus, &glean)
    }

    /// The same, where `glean` gives what there is in a new text by its number: also what was kept of
    /// it, if the same finder found it.
    pub fn after_with(
        old: &Self,
        succession: &Succession,
        corpus: &Corpus,
        glean: &(dyn Fn(u32) -> Gleaned + Sync),
    ) -> Self {
        let (new, casts) = Gleanings::of(&succession.new, &old.concordance, glean);
        let registry = corpus.finder.registry();
        let concordance = Concordance::after(&old.concordance, succession, registry, casts);
        let (facets, timeline) = rayon::join(
            || Facets::after(&old.facets, succession, corpus, &concordance, &new),
            || {
                let before = (&*old.timeline, &*old.concordance);
                Timeline::after(before, succession, &concordance, &new)
            },
        );
        Self {
            concordance: Arc::new(concordance),
            facets: Arc::new(facets),
            timeline: Arc::new(timeline),
        }
    }

    /// What a corpus has of it.
    pub fn from(corpus: &Corpus) -> Self {
        let Corpus { concordance, facets, timeline, .. } = corpus;
        let (concordance, facets) = (Arc::clone(concordance), Arc::clone(facets));
        Self { concordance, facets, timeline: Arc::clone(timeline) }
    }

    /// The corpus of which it is, with all this.
    pub fn put_into(self, corpus: Corpus) -> Corpus {
        let Self { concordance, facets, timeline } = self;
        Corpus { timeline, concordance, facets, ..corpus }
    }
}
