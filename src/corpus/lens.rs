//! A lens: what a query finds in a corpus, and what helps to write one.
//!
//! A query is asked of every event: what it says of briefings holds of all events of a briefing, and
//! so `by to class place status on` speak of one and the same event wherever they stand, under `or`
//! and `-` too (`-by:china` finds events that China did not do). A briefing is found if one of its
//! events is, or if it is found whatever its events are. A lens knows nothing of screens.

mod blame;
mod complete;
mod evaluate;
mod people;
#[cfg(test)]
mod tests;

pub use super::facets::EventSet;
pub use blame::{Blame, blame};
pub use complete::{Completion, complete};

use roaring::RoaringBitmap;

use super::query::{Query, QueryProblem};
use super::timeline::EventRef;
use super::{BriefingId, Corpus, Entry};
use evaluate::{Evaluation, everything};

/// What a reader has marked, as far as a query may ask for it.
pub trait Marks {
    /// Whether the briefing of this slug has not been read.
    fn is_unread(&self, slug: &str) -> bool;
    /// Whether it is starred.
    fn is_starred(&self, slug: &str) -> bool;
}

/// The marks of nobody: everything is unread, nothing starred.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoMarks;

impl Marks for NoMarks {
    fn is_unread(&self, _: &str) -> bool {
        true
    }

    fn is_starred(&self, _: &str) -> bool {
        false
    }
}

/// A query with all that it finds in one snapshot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lens {
    /// What was asked for.
    pub query: Query,
    /// The briefings, by the numbers of [`BriefingId`].
    pub briefings: RoaringBitmap,
    /// The events that match; `None` where the query says nothing of events, and then all events of
    /// the briefings belong to the lens.
    pub events: Option<EventSet>,
}

impl Lens {
    /// The lens of the empty query.
    #[must_use]
    pub fn everything(corpus: &Corpus) -> Self {
        Self { query: Query::default(), briefings: everything(corpus), events: None }
    }

    /// Its briefings, in the order of their slugs.
    pub fn ids(&self) -> impl Iterator<Item = BriefingId> {
        self.briefings.iter().map(BriefingId)
    }

    /// The same with all that a corpus knows of them.
    pub fn entries<'a>(&'a self, corpus: &'a Corpus) -> impl Iterator<Item = &'a Entry> {
        self.ids().filter_map(|id| corpus.entry(id))
    }

    /// Its events by their rows in the timeline of its corpus; `None` where it has all of them.
    #[must_use]
    pub fn event_rows(&self, corpus: &Corpus) -> Option<RoaringBitmap> {
        match &self.events {
            Some(events) => Some(events.rows().clone()),
            None if self.briefings.len() == corpus.entries.len() as u64 => None,
            None => Some(corpus.timeline.rows_of(&self.briefings)),
        }
    }

    /// Whether a briefing belongs to it.
    #[must_use]
    pub fn has(&self, briefing: BriefingId) -> bool {
        self.briefings.contains(briefing.0)
    }

    /// Whether an event belongs to it.
    #[must_use]
    pub fn has_event(&self, at: EventRef) -> bool {
        match &self.events {
            Some(events) => events.contains(at),
            None => self.has(at.briefing),
        }
    }
}

/// Finds what a query asks for.
///
/// # Errors
/// An actor whom nobody of the corpus is, or who may be several; and any query but the empty one
/// before [`Corpus::surveyed`]. Places are those of the text that the query was parsed from.
pub fn find_lens(corpus: &Corpus, query: &Query, marks: &dyn Marks) -> Result<Lens, QueryProblem> {
    let Some(root) = query.root() else { return Ok(Lens::everything(corpus)) };
    if !corpus.is_surveyed() {
        return Err(QueryProblem::new(0..0, "the texts are still being looked through")
            .help("try again in a moment"));
    }
    let found = Evaluation { corpus, marks }.find(root)?;
    let (briefings, events) = found.settled(&corpus.facets);
    let events = events.map(|rows| EventSet::new(rows, &corpus.facets));
    Ok(Lens { query: query.clone(), briefings, events })
}
