//! The words of a segment that are kept elsewhere and read one by one.

use std::borrow::Cow;
use std::fmt::Debug;
use std::sync::Arc;

use super::Part;
use super::numbers::Numbers;
use super::postings::{Posting, Postings};

/// Where the [`Row`](super::Row)s of segments are kept, known by a number for each segment. It is
/// asked from any thread. What it cannot read it says it does not have, and remembers that it could
/// not, for whoever put it there to ask. Bytes that were never written give wrong answers, no panic.
pub trait WordRows: Debug + Send + Sync {
    /// The briefings and the places of a word.
    fn exactly(&self, segment: u32, part: Part, word: &str) -> Option<(Vec<u8>, Vec<u8>)>;

    /// The briefings of a word, without reading its places.
    fn briefings(&self, segment: u32, part: Part, word: &str) -> Option<Vec<u8>>;

    /// Each word that begins so, in the order of their bytes, with its briefings and places.
    fn beginning_with(
        &self,
        segment: u32,
        part: Part,
        prefix: &str,
    ) -> Vec<(String, Vec<u8>, Vec<u8>)>;

    /// The same words with their briefings, without reading their places.
    fn briefings_beginning_with(
        &self,
        segment: u32,
        part: Part,
        prefix: &str,
    ) -> Vec<(String, Vec<u8>)>;
}

/// The words of one segment among these.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    pub rows: Arc<dyn WordRows>,
    pub segment: u32,
    /// How many briefings it has.
    pub count: u32,
}

impl Stored {
    fn numbers(&self, bytes: Vec<u8>) -> Numbers<'static> {
        Numbers::new(bytes, self.count)
    }

    fn posting(&self, briefings: Vec<u8>, places: Vec<u8>) -> Posting<'static> {
        Posting { briefings: self.numbers(briefings), places: Cow::Owned(places) }
    }
}

impl Postings for Stored {
    fn exactly(&self, part: Part, word: &str) -> Option<Posting<'_>> {
        let found = self.rows.exactly(self.segment, part, word);
        found.map(|(briefings, places)| self.posting(briefings, places))
    }

    fn briefings(&self, part: Part, word: &str) -> Option<Numbers<'_>> {
        self.rows.briefings(self.segment, part, word).map(|bytes| self.numbers(bytes))
    }

    fn beginning_with(&self, part: Part, prefix: &str) -> Vec<Posting<'_>> {
        let found = self.rows.beginning_with(self.segment, part, prefix).into_iter();
        found.map(|(_, briefings, places)| self.posting(briefings, places)).collect()
    }

    fn briefings_beginning_with(
        &self,
        part: Part,
        prefix: &str,
    ) -> Vec<(Cow<'_, str>, Numbers<'_>)> {
        let found = self.rows.briefings_beginning_with(self.segment, part, prefix).into_iter();
        found.map(|(word, bytes)| (Cow::Owned(word), self.numbers(bytes))).collect()
    }
}
