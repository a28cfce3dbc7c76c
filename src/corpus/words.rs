//! Which words stand in which briefings, and where: titles, summaries, bodies, tags and names of
//! sources.
//!
//! Words are compared without case and diacritics, and without a possessive `'s`. In scripts that
//! put no blanks between words every two neighbouring characters count as one.
//!
//! The seam: a query goes in; ids, counts and snippets come out. All that others ask is
//! [`WordIndex::find`], [`WordIndex::knows`], [`WordIndex::beginning_with`], [`rank`], [`hits_in`] and
//! [`Snippet`], so that another engine can stand in its place. Only who keeps an index for the next
//! start knows more of it: that it is a list of [`Segment`]s, what a [`SegmentBuilder`] makes of texts,
//! and that a [`WordRows`] gives back what was stored of it. Answers are those of the living texts
//! alone, however they are parted into segments.

mod bits;
mod building;
mod following;
mod held;
mod hits;
mod numbers;
mod phrase;
mod places;
mod postings;
mod ranking;
mod same;
mod segment;
mod snippet;
mod starts;
mod stored;
#[cfg(test)]
mod tests;
mod units;
mod varint;

pub use building::SegmentBuilder;
pub use held::{Held, Row};
pub use hits::{hits_in, hits_in_title};
pub use ranking::rank;
pub use segment::{GONE, Lengths, Segment};
pub use snippet::Snippet;
pub use stored::WordRows;

use std::collections::HashMap;

use roaring::RoaringBitmap;

use crate::briefing::Briefing;
pub(super) use bits::Bits;
use phrase::Phrase;
use ranking::weight;
use units::Unit;
pub(super) use varint::take as take_number;

/// The part of briefings in which words are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// Every text of it.
    All,
    /// Its title alone.
    Title,
}

/// The words of all briefings of one snapshot. Two are equal if all their answers are.
#[derive(Clone, Debug, Default)]
pub struct WordIndex {
    segments: Vec<Segment>,
    /// One more than the highest number of a briefing.
    end: u32,
    /// How many briefings there are.
    count: u32,
    /// How long all of them are together, as ranking counts.
    weight: u64,
}

impl WordIndex {
    /// An index of these segments, none of which may have a briefing that another has too.
    #[must_use]
    pub fn new(segments: Vec<Segment>) -> Self {
        let mut index = Self { segments, ..Self::default() };
        for segment in &index.segments {
            for (local, id) in segment.living_ids() {
                index.end = index.end.max(id + 1);
                index.count += 1;
                index.weight += u64::from(weight(segment.lengths().of(local)));
            }
        }
        index
    }

    /// Whether it has the words of so many briefings.
    #[must_use]
    pub fn has_all(&self, briefings: usize) -> bool {
        usize::try_from(self.count).is_ok_and(|count| count == briefings)
    }

    /// What it consists of.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The briefings in which these words stand one behind the other; with `prefix` the last of them
    /// may go on. `within` bounds the briefings that are of interest: others may be left out.
    #[must_use]
    pub fn find(
        &self,
        text: &str,
        prefix: bool,
        part: Part,
        within: Option<&RoaringBitmap>,
    ) -> RoaringBitmap {
        let phrase = Phrase::new(text, prefix);
        let within = within.filter(|_| phrase.is_more_than_its_words());
        let within = within.map(|within| Bits::of(within, self.end));
        let mut found = Bits::new(self.end);
        for segment in &self.segments {
            segment.find(&phrase, part, within.as_ref(), &mut found);
        }
        found.into_set()
    }

    /// Whether a word, or all words of a text, stand anywhere as they are.
    #[must_use]
    pub fn knows(&self, text: &str) -> bool {
        let phrase = Phrase::new(text, false);
        self.segments.iter().any(|segment| segment.knows(&phrase, Part::All))
    }

    /// Words that begin so, folded as they are compared, with the number of briefings that have each;
    /// those in the most briefings first, at most so many.
    #[must_use]
    pub fn beginning_with(&self, prefix: &str, most: usize) -> Vec<(String, u64)> {
        let phrase = Phrase::new(prefix, true);
        let [Unit::Word(prefix)] = phrase.units.as_slice() else { return Vec::new() };
        let mut found = HashMap::new();
        for (word, count) in self.segments.iter().flat_map(|segment| segment.words_from(prefix)) {
            *found.entry(word).or_insert(0) += count;
        }
        let mut found: Vec<_> = found.into_iter().filter(|(_, count)| *count > 0).collect();
        found.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        found.truncate(most);
        found.into_iter().map(|(word, count)| (word.into_owned(), count)).collect()
    }
}

/// The texts of a briefing that are looked through, its title first; a phrase stands within one of
/// them.
fn texts(briefing: &Briefing, part: Part) -> impl Iterator<Item = &str> {
    let beside = [briefing.summary.as_deref(), Some(briefing.body.as_str())].into_iter().flatten();
    let named = briefing.tags.iter().chain(briefing.sources.iter().map(|source| &source.name));
    let rest = beside.chain(named.map(String::as_str)).filter(move |_| part == Part::All);
    std::iter::once(briefing.title.as_str()).chain(rest)
}
