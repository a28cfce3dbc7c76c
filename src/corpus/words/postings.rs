//! The seam within the index: what is asked of the words of one segment, wherever they are kept.

use std::borrow::Cow;

use super::Part;
use super::numbers::Numbers;

/// A word of a segment with the briefings that have it and its places in them.
#[derive(Clone, Debug)]
pub(super) struct Posting<'a> {
    pub briefings: Numbers<'a>,
    /// Its places, briefing by briefing; see [`places`](super::places).
    pub places: Cow<'a, [u8]>,
}

/// The words of a segment, folded, each with the numbers of its briefings within the segment. Words
/// that cannot be read are taken for words that do not stand there.
pub(super) trait Postings {
    /// All that is known of a word.
    fn exactly(&self, part: Part, word: &str) -> Option<Posting<'_>>;

    /// The briefings alone, where the places are not needed.
    fn briefings(&self, part: Part, word: &str) -> Option<Numbers<'_>>;

    /// All words that begin so, in the order of their bytes.
    fn beginning_with(&self, part: Part, prefix: &str) -> Vec<Posting<'_>>;

    /// The same words and their briefings alone.
    fn briefings_beginning_with(
        &self,
        part: Part,
        prefix: &str,
    ) -> Vec<(Cow<'_, str>, Numbers<'_>)>;
}
