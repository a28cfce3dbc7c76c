//! Words in the order of their bytes, each with the briefings that have it and its places in them.

use roaring::{MultiOps, RoaringBitmap};

use super::phrase::Phrase;
use super::places::{by_briefing, count, places};
use super::units::{Unit, grams};

/// The words of a part of all briefings.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Lexicon {
    pub words: Vec<Posting>,
    /// How many words each briefing has, by its number.
    pub lengths: Vec<u32>,
}

/// A word with all that is known of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Posting {
    pub word: Box<str>,
    pub briefings: RoaringBitmap,
    /// Its places, briefing by briefing; see [`places`](super::places).
    pub places: Box<[u8]>,
}

/// What stands at one place of a phrase: any of these words, so many words behind its first.
struct Step<'a> {
    any: &'a [Posting],
    offset: u32,
}

impl Step<'_> {
    fn weight(&self) -> usize {
        self.any.iter().map(|posting| posting.places.len()).sum()
    }
}

/// Places at which a phrase may begin, briefing by briefing.
#[derive(Default)]
struct Starts {
    briefings: Vec<u32>,
    /// Where the places of each of them begin in `places`.
    begins: Vec<u32>,
    places: Vec<u32>,
}

impl Lexicon {
    pub fn exactly(&self, word: &str) -> RoaringBitmap {
        self.posting(word).first().map(|posting| posting.briefings.clone()).unwrap_or_default()
    }

    pub fn beginning_with(&self, prefix: &str) -> RoaringBitmap {
        self.range(prefix).iter().map(|posting| &posting.briefings).union()
    }

    /// The word, if it is known.
    fn posting(&self, word: &str) -> &[Posting] {
        let at = self.words.binary_search_by(|posting| (*posting.word).cmp(word));
        at.ok().and_then(|at| self.words.get(at..=at)).unwrap_or_default()
    }

    pub fn range(&self, prefix: &str) -> &[Posting] {
        let start = self.words.partition_point(|posting| *posting.word < *prefix);
        let rest = self.words.get(start..).unwrap_or_default();
        let length = rest.partition_point(|posting| posting.word.starts_with(prefix));
        rest.get(..length).unwrap_or_default()
    }

    /// How often a phrase stands in each of these briefings, all of which have its words; those in
    /// which it does not stand are left out.
    pub fn counts(&self, phrase: &Phrase, within: &RoaringBitmap) -> Vec<(u32, u32)> {
        let mut steps = self.steps(phrase);
        steps.sort_by_key(Step::weight);
        let Some((rarest, others)) = steps.split_first() else { return Vec::new() };
        if others.is_empty() {
            return counts_of_any(rarest.any, within);
        }
        let mut starts = starts_of(rarest, within);
        for step in others {
            starts = starts.followed_by(step);
        }
        starts.counts()
    }

    fn steps(&self, phrase: &Phrase) -> Vec<Step<'_>> {
        let mut steps = Vec::with_capacity(phrase.units.len());
        let mut offset = 0;
        let last = phrase.units.len().saturating_sub(1);
        for (at, unit) in phrase.units.iter().enumerate() {
            match unit {
                Unit::Word(word) => {
                    let may_go_on = phrase.prefix && at == last;
                    let any = if may_go_on { self.range(word) } else { self.posting(word) };
                    steps.push(Step { any, offset });
                    offset += 1;
                }
                Unit::Run(run) => {
                    let grams = grams(run);
                    for (gram, offset) in grams.iter().zip(offset..) {
                        steps.push(Step { any: self.posting(gram), offset });
                    }
                    if grams.is_empty() {
                        steps.push(Step { any: self.range(run), offset });
                    }
                    offset += u32::try_from(run.chars().count()).unwrap_or(u32::MAX);
                }
            }
        }
        steps
    }
}

/// How often any of these words stands in each of these briefings.
fn counts_of_any(any: &[Posting], within: &RoaringBitmap) -> Vec<(u32, u32)> {
    let counts_of = |posting: &Posting| -> Vec<(u32, u32)> {
        let all = posting.briefings.iter().zip(by_briefing(&posting.places));
        all.filter(|(at, _)| within.contains(*at)).map(|(at, bytes)| (at, count(bytes))).collect()
    };
    if let [one] = any {
        return counts_of(one);
    }
    let end = within.max().map_or(0, |max| max as usize + 1);
    let mut counts = vec![0u32; end];
    for (at, more) in any.iter().flat_map(counts_of) {
        if let Some(count) = counts.get_mut(at as usize) {
            *count += more;
        }
    }
    (0..).zip(counts).filter(|(_, count)| *count > 0).collect()
}

/// Where a phrase may begin as far as this step of it goes.
fn starts_of(step: &Step<'_>, within: &RoaringBitmap) -> Starts {
    let begin = |place: u32| place.checked_sub(step.offset).filter(|begin| *begin > 0);
    let mut starts = Starts::default();
    if let [one] = step.any {
        let all = one.briefings.iter().zip(by_briefing(&one.places));
        for (at, bytes) in all.filter(|(at, _)| within.contains(*at)) {
            starts.open(at);
            starts.places.extend(places(bytes).filter_map(begin));
        }
        return starts;
    }
    let mut all: Vec<(u32, u32)> = Vec::new();
    for posting in step.any {
        let of_word = posting.briefings.iter().zip(by_briefing(&posting.places));
        for (at, bytes) in of_word.filter(|(at, _)| within.contains(*at)) {
            all.extend(places(bytes).filter_map(begin).map(|place| (at, place)));
        }
    }
    all.sort_unstable();
    for (at, place) in all {
        if starts.briefings.last() != Some(&at) {
            starts.open(at);
        }
        starts.places.push(place);
    }
    starts
}

impl Starts {
    fn open(&mut self, briefing: u32) {
        self.briefings.push(briefing);
        self.begins.push(u32::try_from(self.places.len()).unwrap_or(u32::MAX));
    }

    fn of(&self, index: usize) -> &[u32] {
        let begin = self.begins.get(index).map_or(self.places.len(), |at| *at as usize);
        let end = self.begins.get(index + 1).map_or(self.places.len(), |at| *at as usize);
        self.places.get(begin..end).unwrap_or_default()
    }

    /// Those that have one of a step's words where it belongs.
    fn followed_by(&self, step: &Step<'_>) -> Self {
        let mut keeps = vec![false; self.places.len()];
        for posting in step.any {
            let mut index = 0;
            for (at, bytes) in posting.briefings.iter().zip(by_briefing(&posting.places)) {
                if self.briefings.get(index).is_some_and(|briefing| *briefing < at) {
                    let rest = self.briefings.get(index..).unwrap_or_default();
                    index += rest.partition_point(|briefing| *briefing < at);
                }
                match self.briefings.get(index) {
                    Some(briefing) if *briefing == at => {}
                    Some(_) => continue,
                    None => break,
                }
                let first = self.begins.get(index).map_or(0, |at| *at as usize);
                let mut wanted = (first..).zip(self.of(index)).peekable();
                for place in places(bytes) {
                    let Some(begin) = place.checked_sub(step.offset) else { continue };
                    while wanted.next_if(|(_, start)| **start < begin).is_some() {}
                    match wanted.peek() {
                        Some((at, start)) if **start == begin => {
                            if let Some(keep) = keeps.get_mut(*at) {
                                *keep = true;
                            }
                        }
                        Some(_) => {}
                        None => break,
                    }
                }
            }
        }
        self.kept(&keeps)
    }

    fn kept(&self, keeps: &[bool]) -> Self {
        let mut kept = Self::default();
        for (index, briefing) in self.briefings.iter().enumerate() {
            let first = self.begins.get(index).map_or(0, |at| *at as usize);
            let all = (first..).zip(self.of(index));
            let mut all = all.filter(|(at, _)| keeps.get(*at) == Some(&true)).peekable();
            if all.peek().is_some() {
                kept.open(*briefing);
                kept.places.extend(all.map(|(_, place)| *place));
            }
        }
        kept
    }

    fn counts(&self) -> Vec<(u32, u32)> {
        let count = |index| u32::try_from(self.of(index).len()).unwrap_or(u32::MAX);
        let all = self.briefings.iter().enumerate().map(|(index, at)| (*at, count(index)));
        all.filter(|(_, count)| *count > 0).collect()
    }
}
