//! The text of one briefing as it was read: a few facts at hand, the whole where it is kept.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::index::Index;
use super::store::TextId;
use crate::briefing::{Briefing, Event, Grade};
use crate::date::EdtfDate;

/// What a list, a heading and a sort need of a briefing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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

/// A briefing as it was read once. Shared by every snapshot in which it stands.
#[derive(Debug)]
pub struct Text {
    /// What is at hand.
    pub head: Head,
    whole: Whole,
}

#[derive(Debug)]
enum Whole {
    Held(Arc<Briefing>),
    Kept(TextId, Arc<Index>),
}

/// The events of a text.
#[derive(Clone, Debug)]
pub enum Events {
    /// Of one that is held whole.
    InText(Arc<Briefing>),
    /// Read by themselves.
    Read(Arc<[Event]>),
}

impl std::ops::Deref for Events {
    type Target = [Event];

    fn deref(&self) -> &[Event] {
        match self {
            Self::InText(briefing) => &briefing.events,
            Self::Read(events) => events,
        }
    }
}

/// What tells one text from another while both are there; another reading of the same file is
/// another text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextKey {
    /// By its place in memory.
    Held(usize),
    /// By its number in the index.
    Kept(TextId),
}

impl Text {
    /// A text that is held in memory.
    pub fn held(briefing: Briefing) -> Self {
        Self { head: Head::of(&briefing), whole: Whole::Held(Arc::new(briefing)) }
    }

    /// A text that is read from the index as it is asked for.
    pub fn kept(head: Head, id: TextId, index: &Arc<Index>) -> Self {
        Self { head, whole: Whole::Kept(id, Arc::clone(index)) }
    }

    /// All of it.
    pub fn whole(&self) -> Arc<Briefing> {
        match &self.whole {
            Whole::Held(briefing) => Arc::clone(briefing),
            Whole::Kept(id, index) => index.briefing(*id).unwrap_or_else(|| self.lost()),
        }
    }

    /// Its events, without the rest where that would have to be read.
    pub fn events(&self) -> Events {
        match &self.whole {
            Whole::Held(briefing) => Events::InText(Arc::clone(briefing)),
            Whole::Kept(id, index) => Events::Read(index.events(*id).unwrap_or_default()),
        }
    }

    /// Its number in the index, if it is kept there.
    pub fn id(&self) -> Option<TextId> {
        match &self.whole {
            Whole::Held(_) => None,
            Whole::Kept(id, _) => Some(*id),
        }
    }

    /// The index that keeps it, with its number there.
    pub fn kept_in(&self) -> Option<(&Arc<Index>, TextId)> {
        match &self.whole {
            Whole::Held(_) => None,
            Whole::Kept(id, index) => Some((index, *id)),
        }
    }

    /// What it is known by.
    pub fn key(self: &Arc<Self>) -> TextKey {
        self.id().map_or_else(|| TextKey::Held(Arc::as_ptr(self).addr()), TextKey::Kept)
    }

    /// Whether another says the same.
    pub fn says_what(self: &Arc<Self>, other: &Arc<Self>) -> bool {
        // Most are the very same, and nothing of them has to be looked at.
        Arc::ptr_eq(self, other)
            || self.key() == other.key()
            || (self.head == other.head && self.whole() == other.whole())
    }

    /// What is shown of a text that the index has lost under the program.
    fn lost(&self) -> Arc<Briefing> {
        Arc::new(Briefing {
            title: self.head.title.as_ref().to_owned(),
            date: self.head.date.clone(),
            line: self.head.line,
            body: "The index does not hold this text any more: `gr` reads the files again."
                .to_owned(),
            ..Briefing::default()
        })
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.head == other.head && self.whole() == other.whole()
    }
}
