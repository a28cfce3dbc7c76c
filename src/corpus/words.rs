//! Which words stand in which briefings, and where: titles, summaries, bodies, tags and names of
//! sources.
//!
//! Words are compared without case and diacritics, and without a possessive `'s`. In scripts that
//! put no blanks between words every two neighbouring characters count as one. All that others know
//! of it is [`WordIndex::find`], [`WordIndex::knows`], [`WordIndex::beginning_with`], [`rank`],
//! [`hits_in`] and [`Snippet`], so that an index on a disk can take its place.

mod building;
mod hits;
mod lexicon;
mod phrase;
mod places;
mod ranking;
mod snippet;
#[cfg(test)]
mod tests;
mod units;
mod updating;

pub use hits::{hits_in, hits_in_title};
pub use ranking::rank;
pub use snippet::Snippet;

use std::sync::Arc;

use roaring::RoaringBitmap;

use super::Corpus;
use super::text::Text;
use crate::briefing::Briefing;
use lexicon::Lexicon;
use phrase::Phrase;
use units::{Unit, grams};

/// The part of briefings in which words are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Every text of it.
    All,
    /// Its title alone.
    Title,
}

/// The words of all briefings of one snapshot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WordIndex {
    all: Lexicon,
    titles: Lexicon,
}

impl WordIndex {
    /// Reads all texts of a corpus, on every core.
    #[must_use]
    pub fn of(corpus: &Corpus) -> Self {
        building::build(&corpus.entries)
    }

    /// The index of another snapshot, of which most texts stood in this one's already, numbered so
    /// as `before` is: only the others are read.
    #[must_use]
    pub fn after(&self, before: &[Arc<Text>], corpus: &Corpus) -> Self {
        updating::update(self, before, &corpus.entries)
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
        let mut found = self.with_all_words(&phrase, part);
        if !phrase.is_more_than_its_words() {
            return found;
        }
        if let Some(within) = within {
            found &= within;
        }
        self.lexicon(part).counts(&phrase, &found).into_iter().map(|(at, _)| at).collect()
    }

    /// How often a phrase stands in each of these briefings that have it, in the order of their
    /// numbers.
    fn counts(&self, phrase: &Phrase, part: Part, within: &RoaringBitmap) -> Vec<(u32, u32)> {
        let found = self.with_all_words(phrase, part) & within;
        self.lexicon(part).counts(phrase, &found)
    }

    fn with_all_words(&self, phrase: &Phrase, part: Part) -> RoaringBitmap {
        let lexicon = self.lexicon(part);
        let last = phrase.units.len().saturating_sub(1);
        let mut all: Option<RoaringBitmap> = None;
        let mut narrow = |found: RoaringBitmap| match &mut all {
            Some(all) => *all &= found,
            None => all = Some(found),
        };
        for (at, unit) in phrase.units.iter().enumerate() {
            match unit {
                Unit::Word(word) if phrase.prefix && at == last => {
                    narrow(lexicon.beginning_with(word));
                }
                Unit::Word(word) => narrow(lexicon.exactly(word)),
                Unit::Run(run) => match grams(run).as_slice() {
                    [] => narrow(lexicon.beginning_with(run)),
                    grams => grams.iter().for_each(|gram| narrow(lexicon.exactly(gram))),
                },
            }
        }
        all.unwrap_or_default()
    }

    /// Whether a word, or all words of a text, stand anywhere as they are.
    #[must_use]
    pub fn knows(&self, text: &str) -> bool {
        !self.with_all_words(&Phrase::new(text, false), Part::All).is_empty()
    }

    /// Words that begin so, folded as they are compared, with the number of briefings that have each;
    /// those in the most briefings first, at most so many.
    #[must_use]
    pub fn beginning_with(&self, prefix: &str, most: usize) -> Vec<(&str, u64)> {
        let phrase = Phrase::new(prefix, true);
        let [Unit::Word(word)] = phrase.units.as_slice() else { return Vec::new() };
        let found = self.all.range(word).iter();
        let mut found: Vec<(&str, u64)> =
            found.map(|posting| (&*posting.word, posting.briefings.len())).collect();
        found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        found.truncate(most);
        found
    }

    fn lexicon(&self, part: Part) -> &Lexicon {
        match part {
            Part::All => &self.all,
            Part::Title => &self.titles,
        }
    }
}

/// The texts of a briefing that are looked through; a phrase stands within one of them.
fn texts(briefing: &Briefing, part: Part) -> impl Iterator<Item = &str> {
    let beside = [briefing.summary.as_deref(), Some(briefing.body.as_str())].into_iter().flatten();
    let named = briefing.tags.iter().chain(briefing.sources.iter().map(|source| &source.name));
    let rest = beside.chain(named.map(String::as_str)).filter(move |_| part == Part::All);
    std::iter::once(briefing.title.as_str()).chain(rest)
}
