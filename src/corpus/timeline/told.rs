//! An event as its briefing tells it.

use std::ops::Deref;

use super::{EventRef, status_of};
use crate::briefing::{Event, EventStatus};
use crate::corpus::text::Events;
use crate::corpus::{Corpus, Entry};

/// An event together with the briefing of which it is a part.
#[derive(Clone, Debug)]
pub struct Told<'a> {
    entry: &'a Entry,
    events: Events,
    /// Within them.
    event: usize,
}

impl<'a> Told<'a> {
    /// The briefing that tells it.
    #[must_use]
    pub fn entry(&self) -> &'a Entry {
        self.entry
    }

    /// How it stood when its briefing was issued; see [`status_of`].
    #[must_use]
    pub fn status(&self) -> EventStatus {
        status_of(self.entry.date(), self)
    }
}

impl Deref for Told<'_> {
    type Target = Event;

    fn deref(&self) -> &Event {
        &self.events[self.event]
    }
}

impl EventRef {
    /// The event; `None` for a reference into another snapshot.
    #[must_use]
    pub fn find_in(self, corpus: &Corpus) -> Option<Told<'_>> {
        let entry = corpus.entry(self.briefing)?;
        let events = entry.events();
        (self.event < events.len()).then_some(Told { entry, events, event: self.event })
    }
}
