//! The words of a segment in memory: all in one text, sorted, and beside it their bytes.

use std::borrow::Cow;
use std::sync::Arc;

use super::Part;
use super::numbers::Numbers;
use super::postings::{Posting, Postings};
use super::segment::Lengths;

/// The words of a segment as [`SegmentBuilder`](super::SegmentBuilder) read them.
#[derive(Clone, Debug, Default)]
pub struct Held {
    pub(super) all: Lexicon,
    pub(super) titles: Lexicon,
    pub(super) lengths: Arc<Lengths>,
}

/// A word of a segment as it is stored: what a [`WordRows`](super::WordRows) has to give back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row<'a> {
    /// Where the word stands.
    pub part: Part,
    /// The word, folded as words are compared.
    pub word: &'a str,
    /// Which briefings of the segment have it, encoded.
    pub briefings: &'a [u8],
    /// Its places in them, encoded; several times as much.
    pub places: &'a [u8],
}

/// The words of one part, in the order of their bytes, and where the bytes of each end.
#[derive(Clone, Debug, Default)]
pub(super) struct Lexicon {
    pub words: Box<str>,
    pub briefings: Box<[u8]>,
    pub places: Box<[u8]>,
    pub ends: Box<[Ends]>,
}

/// Where a word ends in the text of all words, and its bytes in those of all.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ends {
    pub word: u32,
    pub briefings: u32,
    pub places: u32,
}

impl Held {
    /// Every word, those of all texts first, then those of titles, each in the order of their bytes.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let rows = |part| {
            let lexicon = self.lexicon(part);
            (0..lexicon.ends.len()).filter_map(move |at| {
                let (word, briefings, places) = lexicon.row(at)?;
                Some(Row { part, word, briefings, places })
            })
        };
        rows(Part::All).chain(rows(Part::Title))
    }

    /// How many words its briefings have.
    #[must_use]
    pub fn lengths(&self) -> &Arc<Lengths> {
        &self.lengths
    }

    fn lexicon(&self, part: Part) -> &Lexicon {
        match part {
            Part::All => &self.all,
            Part::Title => &self.titles,
        }
    }

    fn numbers<'a>(&self, bytes: &'a [u8]) -> Numbers<'a> {
        Numbers::new(bytes, self.lengths.count())
    }

    fn posting<'a>(&self, (_, briefings, places): (&str, &'a [u8], &'a [u8])) -> Posting<'a> {
        Posting { briefings: self.numbers(briefings), places: Cow::Borrowed(places) }
    }
}

impl Postings for Held {
    fn exactly(&self, part: Part, word: &str) -> Option<Posting<'_>> {
        self.lexicon(part).find(word).map(|row| self.posting(row))
    }

    fn briefings(&self, part: Part, word: &str) -> Option<Numbers<'_>> {
        self.lexicon(part).find(word).map(|(_, briefings, _)| self.numbers(briefings))
    }

    fn beginning_with(&self, part: Part, prefix: &str) -> Vec<Posting<'_>> {
        self.lexicon(part).from(prefix).map(|row| self.posting(row)).collect()
    }

    fn briefings_beginning_with(
        &self,
        part: Part,
        prefix: &str,
    ) -> Vec<(Cow<'_, str>, Numbers<'_>)> {
        let rows = self.lexicon(part).from(prefix);
        rows.map(|(word, briefings, _)| (Cow::Borrowed(word), self.numbers(briefings))).collect()
    }
}

impl Lexicon {
    fn row(&self, at: usize) -> Option<(&str, &[u8], &[u8])> {
        let start = at.checked_sub(1).and_then(|at| self.ends.get(at)).copied().unwrap_or_default();
        let end = self.ends.get(at)?;
        Some((
            self.words.get(start.word as usize..end.word as usize)?,
            self.briefings.get(start.briefings as usize..end.briefings as usize)?,
            self.places.get(start.places as usize..end.places as usize)?,
        ))
    }

    /// How many words come before this one.
    fn before(&self, word: &str) -> usize {
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.row(middle).is_some_and(|(other, ..)| other < word) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    fn find(&self, word: &str) -> Option<(&str, &[u8], &[u8])> {
        self.row(self.before(word)).filter(|(other, ..)| *other == word)
    }

    fn from<'a>(&'a self, prefix: &str) -> impl Iterator<Item = (&'a str, &'a [u8], &'a [u8])> {
        let rows = (self.before(prefix)..).map_while(|at| self.row(at));
        rows.take_while(move |(word, ..)| word.starts_with(prefix))
    }
}
