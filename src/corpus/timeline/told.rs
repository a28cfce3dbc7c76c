//! An event as its briefing tells it.

use std::ops::Deref;
use std::sync::Arc;

use super::EventRef;
use crate::briefing::{Briefing, Event};
use crate::corpus::Corpus;

/// An event together with its briefing, of which it is a part.
#[derive(Clone, Debug)]
pub struct Told {
    briefing: Arc<Briefing>,
    /// Within its events.
    event: usize,
}

impl Told {
    /// The briefing that tells it.
    #[must_use]
    pub fn briefing(&self) -> &Briefing {
        &self.briefing
    }
}

impl Deref for Told {
    type Target = Event;

    fn deref(&self) -> &Event {
        &self.briefing.events[self.event]
    }
}

impl EventRef {
    /// The event; `None` for a reference into another snapshot.
    #[must_use]
    pub fn find_in(self, corpus: &Corpus) -> Option<Told> {
        let briefing = corpus.entry(self.briefing)?.briefing();
        (self.event < briefing.events.len()).then_some(Told { briefing, event: self.event })
    }
}
