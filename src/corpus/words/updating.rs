//! An index becomes that of the next snapshot: what stayed keeps its words under its new number, and
//! only what is new is read.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;
use roaring::RoaringBitmap;

use super::building::{build, read};
use super::lexicon::{Lexicon, Posting};
use super::places::by_briefing;
use super::{Part, WordIndex};
use crate::corpus::Entry;
use crate::corpus::text::Text;

/// Where so many of all texts are new, reading all costs no more.
const MOST_NEW: usize = 4;

/// The index of `entries`, of which most were among `before`, which `old` is the index of.
pub(super) fn update(old: &WordIndex, before: &[Arc<Text>], entries: &[Entry]) -> WordIndex {
    let change = Change::new(before, entries);
    if change.new.len() > entries.len() / MOST_NEW {
        return build(entries);
    }
    let (all, titles) = rayon::join(
        || change.apply(&old.all, Part::All),
        || change.apply(&old.titles, Part::Title),
    );
    WordIndex { all, titles }
}

/// What became of each text.
struct Change<'a> {
    /// By its old number: its new one, unless it is gone.
    moved: Vec<Option<u32>>,
    gone: RoaringBitmap,
    /// Whether all that stayed have kept their numbers.
    stands: bool,
    new: Vec<(usize, &'a Entry)>,
}

impl<'a> Change<'a> {
    fn new(before: &[Arc<Text>], entries: &'a [Entry]) -> Self {
        let at: HashMap<usize, usize> =
            before.iter().enumerate().map(|(at, text)| (Arc::as_ptr(text).addr(), at)).collect();
        let mut moved = vec![None; before.len()];
        let mut new = Vec::new();
        for (number, entry) in entries.iter().enumerate() {
            let was = at.get(&Arc::as_ptr(&entry.text).addr());
            match was.and_then(|was| moved.get_mut(*was)) {
                Some(moved) => *moved = u32::try_from(number).ok(),
                None => new.push((number, entry)),
            }
        }
        let numbered = || (0u32..).zip(&moved);
        let gone = numbered().filter(|(_, now)| now.is_none()).map(|(was, _)| was).collect();
        let stands = numbered().all(|(was, now)| now.is_none_or(|now| now == was));
        Self { moved, gone, stands, new }
    }

    fn apply(&self, old: &Lexicon, part: Part) -> Lexicon {
        let kept: Vec<Posting> =
            old.words.par_iter().filter_map(|posting| self.follow(posting)).collect();
        let share = read(self.new.iter().copied(), part);
        let lengths = self.lengths(&old.lengths, &share.lengths);
        let mut new: Vec<Posting> =
            share.words.into_iter().map(|(word, found)| found.posting(word)).collect();
        new.sort_unstable_by(|a, b| a.word.cmp(&b.word));
        Lexicon { words: merged(kept, new), lengths }
    }

    /// A word of the texts that stayed, under their new numbers; `None` where none of them has it.
    fn follow(&self, old: &Posting) -> Option<Posting> {
        if self.stands && old.briefings.is_disjoint(&self.gone) {
            return Some(old.clone());
        }
        let now = |(was, places): (u32, _)| {
            Some((self.moved.get(was as usize).copied().flatten()?, places))
        };
        let mut kept: Vec<(u32, &[u8])> =
            old.briefings.iter().zip(by_briefing(&old.places)).filter_map(now).collect();
        kept.sort_unstable_by_key(|(briefing, _)| *briefing);
        (!kept.is_empty()).then(|| posting(old.word.clone(), &kept))
    }

    fn lengths(&self, old: &[u32], new: &[u32]) -> Vec<u32> {
        let mut lengths = vec![0; self.moved.iter().flatten().count() + self.new.len()];
        let stayed = self.moved.iter().zip(old);
        let stayed = stayed.filter_map(|(now, length)| Some(((*now)? as usize, *length)));
        let came = self.new.iter().zip(new).map(|((at, _), length)| (*at, *length));
        for (at, length) in stayed.chain(came) {
            lengths.get_mut(at).into_iter().for_each(|slot| *slot = length);
        }
        lengths
    }
}

/// A word with its places in each of its briefings, whose numbers ascend.
fn posting(word: Box<str>, all: &[(u32, &[u8])]) -> Posting {
    let briefings = all.iter().map(|(briefing, _)| *briefing).collect();
    let places: Vec<&[u8]> = all.iter().map(|(_, places)| *places).collect();
    Posting { word, briefings, places: places.join(&0).into() }
}

/// Both in the order of their words.
fn merged(kept: Vec<Posting>, new: Vec<Posting>) -> Vec<Posting> {
    let mut all = Vec::with_capacity(kept.len() + new.len());
    let (mut kept, mut new) = (kept.into_iter().peekable(), new.into_iter().peekable());
    loop {
        let order = match (kept.peek(), new.peek()) {
            (Some(kept), Some(new)) => kept.word.cmp(&new.word),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return all,
        };
        match order {
            Ordering::Less => all.extend(kept.next()),
            Ordering::Greater => all.extend(new.next()),
            Ordering::Equal => {
                all.extend(kept.next().zip(new.next()).map(|(kept, new)| joined(&kept, &new)));
            }
        }
    }
}

/// One word of two sets of briefings that share none.
fn joined(one: &Posting, other: &Posting) -> Posting {
    let both = [one, other].into_iter();
    let mut all: Vec<(u32, &[u8])> = both
        .flat_map(|posting| posting.briefings.iter().zip(by_briefing(&posting.places)))
        .collect();
    all.sort_unstable_by_key(|(briefing, _)| *briefing);
    posting(one.word.clone(), &all)
}
