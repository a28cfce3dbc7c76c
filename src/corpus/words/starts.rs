//! Where phrases stand in the briefings of a segment, by the places of their words.

use super::Part;
use super::bits::Bits;
use super::phrase::Phrase;
use super::places::{by_briefing, counts, places};
use super::postings::{Posting, Postings};
use super::units::{Unit, grams};

/// What stands at one place of a phrase: any of these words, so many words behind its first.
struct Step<'a> {
    any: Vec<Posting<'a>>,
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

/// How often a phrase stands in each of these briefings of a segment, all of which have its words;
/// those in which it does not stand are left out. Without a bound, how often any word of a phrase
/// stands that is no more than one word.
pub(super) fn counts_of_phrase(
    postings: &dyn Postings,
    phrase: &Phrase,
    part: Part,
    within: Option<&Bits>,
    count: u32,
) -> Vec<(u32, u32)> {
    let mut steps = steps(postings, phrase, part);
    steps.sort_by_key(Step::weight);
    let Some((rarest, others)) = steps.split_first() else { return Vec::new() };
    let Some(within) = within.filter(|_| !others.is_empty()) else {
        return counts_of_any(&rarest.any, count);
    };
    let mut starts = starts_of(rarest, within);
    for step in others {
        starts = starts.followed_by(step);
    }
    starts.counts()
}

fn steps<'a>(postings: &'a dyn Postings, phrase: &Phrase, part: Part) -> Vec<Step<'a>> {
    let exactly = |word: &str| postings.exactly(part, word).into_iter().collect();
    let mut steps = Vec::with_capacity(phrase.units.len());
    let mut offset = 0;
    let last = phrase.units.len().saturating_sub(1);
    for (at, unit) in phrase.units.iter().enumerate() {
        match unit {
            Unit::Word(word) => {
                let may_go_on = phrase.prefix && at == last;
                let any =
                    if may_go_on { postings.beginning_with(part, word) } else { exactly(word) };
                steps.push(Step { any, offset });
                offset += 1;
            }
            Unit::Run(run) => {
                let grams = grams(run);
                for (gram, offset) in grams.iter().zip(offset..) {
                    steps.push(Step { any: exactly(gram), offset });
                }
                if grams.is_empty() {
                    steps.push(Step { any: postings.beginning_with(part, run), offset });
                }
                offset += u32::try_from(run.chars().count()).unwrap_or(u32::MAX);
            }
        }
    }
    steps
}

/// How often any of these words stands in each of so many briefings.
fn counts_of_any(any: &[Posting<'_>], count: u32) -> Vec<(u32, u32)> {
    if let [one] = any {
        return one.briefings.iter().zip(counts(&one.places)).collect();
    }
    let mut all = vec![0u32; count as usize];
    for posting in any {
        for (at, more) in posting.briefings.iter().zip(counts(&posting.places)) {
            if let Some(count) = all.get_mut(at as usize) {
                *count += more;
            }
        }
    }
    (0..).zip(all).filter(|(_, count)| *count > 0).collect()
}

/// Where a phrase may begin as far as this step of it goes.
fn starts_of(step: &Step<'_>, within: &Bits) -> Starts {
    let begin = |place: u32| place.checked_sub(step.offset).filter(|begin| *begin > 0);
    let mut starts = Starts::default();
    if let [one] = step.any.as_slice() {
        let all = one.briefings.iter().zip(by_briefing(&one.places));
        for (at, bytes) in all.filter(|(at, _)| within.contains(*at)) {
            starts.open(at);
            starts.places.extend(places(bytes).filter_map(begin));
        }
        return starts;
    }
    let mut all: Vec<(u32, u32)> = Vec::new();
    for posting in &step.any {
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
        for posting in &step.any {
            let mut index = 0;
            for (at, bytes) in posting.briefings.iter().zip(by_briefing(&posting.places)) {
                while self.briefings.get(index).is_some_and(|briefing| *briefing < at) {
                    index += 1;
                }
                match self.briefings.get(index) {
                    Some(briefing) if *briefing == at => self.keep(index, bytes, step, &mut keeps),
                    Some(_) => {}
                    None => break,
                }
            }
        }
        self.kept(&keeps)
    }

    /// Marks the starts within a briefing that are followed by a word with these places.
    fn keep(&self, index: usize, bytes: &[u8], step: &Step<'_>, keeps: &mut [bool]) {
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
