//! An index becomes that of the next snapshot: what stayed keeps its words under its new number, and
//! only what is new is read.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;
use roaring::RoaringBitmap;

use super::building::{build, read};
use super::{Lexicon, Part, WordIndex};
use crate::briefing::Briefing;
use crate::corpus::Entry;

/// Where so many of all texts are new, reading all costs no more.
const MOST_NEW: usize = 4;

type Row = (Box<str>, RoaringBitmap);

/// The index of `entries`, of which most were among `before`, which `old` is the index of.
pub(super) fn update(old: &WordIndex, before: &[Arc<Briefing>], entries: &[Entry]) -> WordIndex {
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
    fn new(before: &[Arc<Briefing>], entries: &'a [Entry]) -> Self {
        let at: HashMap<usize, usize> =
            before.iter().enumerate().map(|(at, text)| (Arc::as_ptr(text).addr(), at)).collect();
        let mut moved = vec![None; before.len()];
        let mut new = Vec::new();
        for (number, entry) in entries.iter().enumerate() {
            let was = at.get(&Arc::as_ptr(&entry.briefing).addr());
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
        let kept = old.words.par_iter().filter_map(|(word, found)| {
            let found = self.follow(found);
            (!found.is_empty()).then(|| (word.clone(), found))
        });
        let kept: Vec<Row> = kept.collect();
        let new = read(self.new.iter().copied(), part).into_iter();
        let mut new: Vec<Row> =
            new.map(|(word, found)| (word, found.into_iter().collect())).collect();
        new.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        Lexicon { words: merged(kept, new) }
    }

    fn follow(&self, found: &RoaringBitmap) -> RoaringBitmap {
        if self.stands {
            return found - &self.gone;
        }
        let now = |was: u32| self.moved.get(was as usize).copied().flatten();
        found.iter().filter_map(now).collect()
    }
}

/// Both in the order of their words.
fn merged(kept: Vec<Row>, new: Vec<Row>) -> Vec<Row> {
    let mut all = Vec::with_capacity(kept.len() + new.len());
    let (mut kept, mut new) = (kept.into_iter().peekable(), new.into_iter().peekable());
    loop {
        let order = match (kept.peek(), new.peek()) {
            (Some((kept, _)), Some((new, _))) => kept.cmp(new),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return all,
        };
        let first = if order == Ordering::Greater { new.next() } else { kept.next() };
        all.extend(first);
        if order == Ordering::Equal
            && let (Some((_, found)), Some((_, more))) = (all.last_mut(), new.next())
        {
            *found |= more;
        }
    }
}
