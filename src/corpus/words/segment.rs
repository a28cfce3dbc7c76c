//! Some briefings whose words were read together and are never changed: which of them a snapshot
//! still has, and under which number, stands beside the words.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Part;
use super::bits::Bits;
use super::held::Held;
use super::numbers::Numbers;
use super::phrase::Phrase;
use super::postings::{Posting, Postings};
use super::starts::counts_of_phrase;
use super::stored::{Stored, WordRows};
use super::units::{Unit, grams};

/// In the place of a number: a briefing that the snapshot does not have.
pub const GONE: u32 = u32::MAX;

/// How many words the briefings of a segment have, by their numbers within it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lengths {
    pub(super) all: Vec<u32>,
    pub(super) titles: Vec<u32>,
}

impl Lengths {
    /// How many briefings the segment has.
    #[must_use]
    pub fn count(&self) -> u32 {
        u32::try_from(self.all.len().min(self.titles.len())).unwrap_or(u32::MAX)
    }

    /// The words of a briefing and of its title.
    #[inline]
    pub(super) fn of(&self, local: u32) -> (u32, u32) {
        let of = |lengths: &[u32]| lengths.get(local as usize).copied().unwrap_or_default();
        (of(&self.all), of(&self.titles))
    }
}

/// The words of some briefings, each of which is known within the segment by a number of its own,
/// from 0. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Segment {
    words: Source,
    lengths: Arc<Lengths>,
    ids: Arc<[u32]>,
    living: u32,
}

#[derive(Clone, Debug)]
enum Source {
    Held(Arc<Held>),
    Stored(Stored),
}

/// How often a phrase stands where, in one segment.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    /// How many of the briefings that the snapshot has have all its words.
    pub with_its_words: u32,
    /// Briefings by their numbers in the segment, ascending, with how often each has it.
    pub counts: Vec<(u32, u32)>,
}

impl Segment {
    /// One whose words are in memory. `ids` gives for each of its briefings the number of its
    /// [`BriefingId`](crate::corpus::BriefingId), or [`GONE`]; what it says nothing of is gone.
    #[must_use]
    pub fn held(words: Arc<Held>, ids: Arc<[u32]>) -> Self {
        let lengths = Arc::clone(words.lengths());
        Self { words: Source::Held(words), lengths, living: 0, ids }.counted()
    }

    /// One whose words are read as they are asked for, from where they are kept under this number.
    #[must_use]
    pub fn stored(
        rows: Arc<dyn WordRows>,
        number: u32,
        lengths: Arc<Lengths>,
        ids: Arc<[u32]>,
    ) -> Self {
        let stored = Stored { rows, segment: number, count: lengths.count() };
        Self { words: Source::Stored(stored), lengths, living: 0, ids }.counted()
    }

    /// The same words read from where they have been put in the meantime.
    #[must_use]
    pub fn put(&self, rows: Arc<dyn WordRows>, number: u32) -> Self {
        Self::stored(rows, number, Arc::clone(&self.lengths), Arc::clone(&self.ids))
    }

    /// The same briefings under the numbers of another snapshot.
    #[must_use]
    pub fn with_ids(&self, ids: Arc<[u32]>) -> Self {
        Self { ids, ..self.clone() }.counted()
    }

    /// Its words, where they are in memory: what is still to be stored.
    #[must_use]
    pub fn words(&self) -> Option<&Arc<Held>> {
        match &self.words {
            Source::Held(held) => Some(held),
            Source::Stored(_) => None,
        }
    }

    /// The number under which its words are stored.
    #[must_use]
    pub fn number(&self) -> Option<u32> {
        match &self.words {
            Source::Held(_) => None,
            Source::Stored(stored) => Some(stored.segment),
        }
    }

    /// The number of each of its briefings in the snapshot, or [`GONE`].
    #[must_use]
    pub fn ids(&self) -> &Arc<[u32]> {
        &self.ids
    }

    /// How many words its briefings have.
    #[must_use]
    pub fn lengths(&self) -> &Arc<Lengths> {
        &self.lengths
    }

    /// How many briefings it was made of.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.lengths.count()
    }

    /// How many of them the snapshot has.
    #[must_use]
    pub fn living(&self) -> u32 {
        self.living
    }

    fn counted(mut self) -> Self {
        let living = self.living_ids().count();
        self.living = u32::try_from(living).unwrap_or(u32::MAX);
        self
    }

    /// Those of its briefings that the snapshot has, with their numbers in it.
    pub(super) fn living_ids(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        (0..self.count()).zip(self.ids.iter().copied()).filter(|(_, id)| *id != GONE)
    }

    /// The number of one of its briefings in the snapshot.
    #[inline]
    pub(super) fn id(&self, local: u32) -> Option<u32> {
        self.ids.get(local as usize).copied().filter(|id| *id != GONE)
    }

    fn postings(&self) -> &dyn Postings {
        match &self.words {
            Source::Held(held) => held.as_ref(),
            Source::Stored(stored) => stored,
        }
    }

    /// Every word of a part that begins so, with what is known of it; read from wherever it is.
    pub(super) fn all_from(
        &self,
        part: Part,
        prefix: &str,
    ) -> impl Iterator<Item = (Cow<'_, str>, Posting<'_>)> {
        let postings = self.postings();
        let words = postings.briefings_beginning_with(part, prefix).into_iter();
        words.map(|(word, _)| word).zip(postings.beginning_with(part, prefix))
    }

    /// Every word that begins so, with how many of the snapshot's briefings have it.
    pub(super) fn words_from(&self, prefix: &str) -> impl Iterator<Item = (Cow<'_, str>, u64)> {
        let found = self.postings().briefings_beginning_with(Part::All, prefix).into_iter();
        found.map(|(word, briefings)| (word, u64::from(self.living_of(&briefings))))
    }

    fn living_of(&self, briefings: &Numbers<'_>) -> u32 {
        if self.living == self.count() {
            return briefings.len();
        }
        let living = briefings.iter().filter(|local| self.id(*local).is_some());
        u32::try_from(living.count()).unwrap_or(u32::MAX)
    }

    /// Whether a briefing of the snapshot has all words of a phrase.
    pub(super) fn knows(&self, phrase: &Phrase, part: Part) -> bool {
        self.living > 0
            && self.with_all_words(phrase, part).iter().any(|local| self.id(local).is_some())
    }

    /// Adds the numbers, in the snapshot, of the briefings in which a phrase stands, as far as they
    /// are of interest.
    pub(super) fn find(
        &self,
        phrase: &Phrase,
        part: Part,
        within: Option<&Bits>,
        found: &mut Bits,
    ) {
        if self.living == 0 {
            return;
        }
        if phrase.is_more_than_its_words() {
            let tally = self.tally(phrase, part, within);
            found.extend(tally.counts.iter().filter_map(|(local, _)| self.id(*local)));
        } else {
            let all = self.with_all_words(phrase, part);
            found.extend(all.iter().filter_map(|local| self.id(local)));
        }
    }

    /// How often a phrase stands in each briefing that has it, as far as they are of interest: of
    /// others it may tell too.
    pub(super) fn tally(&self, phrase: &Phrase, part: Part, within: Option<&Bits>) -> Tally {
        let postings = self.postings();
        if self.living == 0 {
            return Tally::default();
        }
        if !phrase.is_more_than_its_words() {
            let counts = counts_of_phrase(postings, phrase, part, None, self.count());
            let living = counts.iter().filter(|(local, _)| self.id(*local).is_some());
            let with_its_words = u32::try_from(living.count()).unwrap_or(u32::MAX);
            return Tally { with_its_words, counts };
        }
        let mut candidates = Bits::new(self.count());
        let mut with_its_words = 0;
        for local in self.with_all_words(phrase, part).iter() {
            let Some(id) = self.id(local) else { continue };
            with_its_words += 1;
            if within.is_none_or(|within| within.contains(id)) {
                candidates.insert(local);
            }
        }
        let counts = if candidates.is_empty() {
            Vec::new()
        } else {
            counts_of_phrase(postings, phrase, part, Some(&candidates), self.count())
        };
        Tally { with_its_words, counts }
    }

    /// Its briefings that have all words of a phrase, wherever in them.
    fn with_all_words(&self, phrase: &Phrase, part: Part) -> Bits {
        let postings = self.postings();
        let mut all: Option<Bits> = None;
        let last = phrase.units.len().saturating_sub(1);
        for (at, unit) in phrase.units.iter().enumerate() {
            match unit {
                Unit::Word(word) if phrase.prefix && at == last => {
                    self.narrow(&mut all, &postings.briefings_beginning_with(part, word));
                }
                Unit::Word(word) => self.narrow_to(&mut all, postings.briefings(part, word)),
                Unit::Run(run) => match grams(run).as_slice() {
                    [] => self.narrow(&mut all, &postings.briefings_beginning_with(part, run)),
                    grams => {
                        for gram in grams {
                            self.narrow_to(&mut all, postings.briefings(part, gram));
                        }
                    }
                },
            }
            if all.as_ref().is_some_and(Bits::is_empty) {
                break;
            }
        }
        all.unwrap_or_else(|| Bits::new(self.count()))
    }

    /// Leaves those that have one of these words.
    fn narrow(&self, all: &mut Option<Bits>, words: &[(Cow<'_, str>, Numbers<'_>)]) {
        let mut kept = Bits::new(self.count());
        let any = words.iter().flat_map(|(_, briefings)| briefings.iter());
        match all {
            Some(all) => kept.extend(any.filter(|local| all.contains(*local))),
            None => kept.extend(any),
        }
        *all = Some(kept);
    }

    fn narrow_to(&self, all: &mut Option<Bits>, word: Option<Numbers<'_>>) {
        let word = word.map(|briefings| (Cow::Borrowed(""), briefings));
        self.narrow(all, word.as_slice());
    }
}
