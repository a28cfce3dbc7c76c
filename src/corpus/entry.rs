//! A row of the list: what is known of a briefing without opening it, and the way to the whole.

use std::ops::Range;
use std::sync::Arc;

use super::FileId;
use super::text::{Events, Text};
use crate::briefing::{Briefing, Grade};
use crate::date::EdtfDate;

/// A briefing of the list, or a file that could not be read as one.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its stable name, unique in the corpus.
    pub slug: String,
    /// The file that it stands in.
    pub file: FileId,
    /// What was read. Where that failed: the file's name as title, the raw text as body.
    pub(super) text: Arc<Text>,
    /// Whether the file, or this document of it, could not be read as a briefing.
    pub unreadable: bool,
    /// The lines of the file that are its own, from 1: all, unless the file holds several.
    pub lines: Range<usize>,
}

impl Entry {
    /// The headline; never empty.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.text.head.title
    }

    /// When it was issued; `None` is undated.
    #[must_use]
    pub fn date(&self) -> Option<&EdtfDate> {
        self.text.head.date.as_ref()
    }

    /// The name of the first of its sources.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        self.text.head.source.as_deref()
    }

    /// Admiralty grade of source and information.
    #[must_use]
    pub fn grade(&self) -> Option<Grade> {
        self.text.head.grade
    }

    /// How many events it reports.
    #[must_use]
    pub fn event_count(&self) -> usize {
        self.text.head.events
    }

    /// Its first line in its file, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.text.head.line
    }

    /// All of it. It may have to be fetched, so ask once and keep it while it is needed.
    #[must_use]
    pub fn briefing(&self) -> Arc<Briefing> {
        self.text.whole()
    }

    /// Whether its text is read from an index when it is asked for.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.text.id().is_some()
    }

    /// Its events, which cost less to fetch than all of it.
    #[must_use]
    pub(super) fn events(&self) -> Events {
        self.text.events()
    }

    /// Whether it is the same briefing as one of another snapshot, or says the same.
    #[must_use]
    pub fn says_what(&self, other: &Self) -> bool {
        self.text.says_what(&other.text)
    }
}
