//! The text of one briefing as it was read: a few facts at hand, the whole where it is kept.

use std::sync::Arc;

use crate::briefing::{Briefing, Grade};
use crate::date::EdtfDate;

/// What a list, a heading and a sort need of a briefing.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// The `id` as written.
    pub id: Option<Box<str>>,
    /// First line in its file, from 1.
    pub line: usize,
    /// The headline.
    pub title: Box<str>,
    /// When it was issued.
    pub date: Option<EdtfDate>,
    /// The name of its first source.
    pub source: Option<Box<str>>,
    /// Admiralty grade.
    pub grade: Option<Grade>,
    /// How many events it reports.
    pub events: usize,
    /// Whether it declares actors.
    pub declares: bool,
    /// Whether it tells of standing ties between actors.
    pub relates: bool,
}

impl Head {
    fn of(briefing: &Briefing) -> Self {
        Self {
            id: briefing.id.as_deref().map(Into::into),
            line: briefing.line,
            title: briefing.title.as_str().into(),
            date: briefing.date.clone(),
            source: briefing.sources.first().map(|source| source.name.as_str().into()),
            grade: briefing.grade,
            events: briefing.events.len(),
            declares: !briefing.entities.is_empty(),
            relates: !briefing.relations.is_empty(),
        }
    }
}

/// A briefing as it was read once. Shared by every snapshot in which it stands, and known by its
/// place in memory: another reading of the same file is another text.
#[derive(Debug)]
pub struct Text {
    /// What is at hand.
    pub head: Head,
    whole: Arc<Briefing>,
}

impl Text {
    /// A text that is held in memory.
    pub fn held(briefing: Briefing) -> Self {
        Self { head: Head::of(&briefing), whole: Arc::new(briefing) }
    }

    /// All of it.
    pub fn whole(&self) -> Arc<Briefing> {
        Arc::clone(&self.whole)
    }

    /// Whether another says the same.
    pub fn says_what(self: &Arc<Self>, other: &Arc<Self>) -> bool {
        Arc::ptr_eq(self, other) || (self.head == other.head && self.whole() == other.whole())
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.head == other.head && self.whole() == other.whole()
    }
}
