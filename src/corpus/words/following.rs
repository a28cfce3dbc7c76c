//! An index is made of a snapshot, or of that of the one before: what stayed is read from its
//! segment under its new number, and only what is new is read as text.

use std::hash::Hash;
use std::sync::Arc;

use rayon::prelude::*;

use super::building::SegmentBuilder;
use super::segment::{GONE, Segment};
use super::{Bits, WordIndex};
use crate::briefing::Briefing;
use crate::corpus::columns::short;
use crate::corpus::succession::Succession;
use crate::corpus::{Corpus, Entry};

/// The most briefings of a segment: what one core reads in a tenth of a second.
const MOST: usize = 4096;
/// Below this a segment is small; as soon as there are so many small ones they become one.
const SMALL: u32 = 1000;
const MOST_SMALL: usize = 8;
/// The fewest briefings that are parted between cores: no part of them is small.
const FEWEST: usize = 2 * SMALL as usize;
/// A segment of which more than one in so many briefings is gone is read anew.
const MOST_GONE: u32 = 4;

impl WordIndex {
    /// Reads all texts of a corpus, on every core.
    #[must_use]
    pub fn of(corpus: &Corpus) -> Self {
        Self::default().after(&Succession::to_all(corpus.entries.len()), corpus, Vec::new())
    }

    /// The index of another snapshot, of which most texts stood in this one's already: only the others
    /// are read, but for those of segments that are ready.
    #[must_use]
    pub(in crate::corpus) fn after(
        &self,
        succession: &Succession,
        corpus: &Corpus,
        ready: Vec<Segment>,
    ) -> Self {
        let (numbers, count) = numbers_of(succession);
        self.renumbered(&numbers, count, ready, |at| {
            corpus.entries.get(at as usize).map(Entry::briefing)
        })
    }

    /// The index of this snapshot, some of whose briefings it has already under their numbers there.
    #[must_use]
    pub fn completed(&self, corpus: &Corpus) -> Self {
        let count = u32::try_from(corpus.entries.len()).unwrap_or(u32::MAX);
        let same: Vec<u32> = (0..count).collect();
        self.renumbered(&same, count, Vec::new(), |at| {
            corpus.entries.get(at as usize).map(Entry::briefing)
        })
    }

    /// The index of another snapshot: `before` and `now` name the texts of this one's and of that in
    /// the order of their numbers; texts of one name are the same. `text` gives a text of that
    /// snapshot by its number, and is asked, on every core, for those that are new and for those of
    /// segments that are small or mostly gone. A text that it does not give is in no segment.
    #[must_use]
    pub fn following<K: Eq + Hash>(
        &self,
        before: impl Iterator<Item = K>,
        now: impl Iterator<Item = K>,
        text: impl Fn(u32) -> Option<Arc<Briefing>> + Sync,
    ) -> Self {
        let (numbers, count) = numbers_now(before, now);
        self.renumbered(&numbers, count, Vec::new(), text)
    }

    /// The index of another snapshot with so many briefings: `numbers` gives the new number of each
    /// briefing of this one's by its old one, or [`GONE`]; see [`WordIndex::following`].
    /// Segments that are `ready` have new texts under their new numbers.
    #[must_use]
    pub fn renumbered(
        &self,
        numbers: &[u32],
        count: u32,
        ready: Vec<Segment>,
        text: impl Fn(u32) -> Option<Arc<Briefing>> + Sync,
    ) -> Self {
        let kept = self.segments.iter().map(|segment| renumbered(segment, numbers));
        let mut kept: Vec<Segment> = kept.filter(is_worth_keeping).collect();
        if kept.iter().filter(|segment| is_small(segment)).count() >= MOST_SMALL {
            kept.retain(|segment| !is_small(segment));
        }
        kept.extend(ready);
        let mut known = Bits::new(count);
        known.extend(kept.iter().flat_map(Segment::living_ids).map(|(_, id)| id));
        let new: Vec<u32> = (0..count).filter(|id| !known.contains(*id)).collect();
        kept.extend(read(&new, &text));
        Self::new(kept)
    }
}

/// The new number of each, by its old one, and how many there are now.
fn numbers_now<K: Eq + Hash>(
    before: impl Iterator<Item = K>,
    now: impl Iterator<Item = K>,
) -> (Vec<u32>, u32) {
    let now: Vec<K> = now.collect();
    numbers_of(&Succession::by_key(before, now.into_iter()))
}

fn numbers_of(succession: &Succession) -> (Vec<u32>, u32) {
    let numbers = succession.now.iter().map(|now| now.unwrap_or(GONE)).collect();
    (numbers, short(succession.count()))
}

fn renumbered(segment: &Segment, numbers: &[u32]) -> Segment {
    let now = |id: &u32| numbers.get(*id as usize).copied().unwrap_or(GONE);
    if segment.ids().iter().all(|id| *id == GONE || now(id) == *id) {
        return segment.clone();
    }
    segment.with_ids(segment.ids().iter().map(now).collect())
}

fn is_worth_keeping(segment: &Segment) -> bool {
    let gone = segment.count() - segment.living();
    segment.living() > 0 && gone <= segment.count() / MOST_GONE
}

fn is_small(segment: &Segment) -> bool {
    segment.living() < SMALL
}

/// Segments of the texts of these numbers.
fn read(ids: &[u32], text: &(impl Fn(u32) -> Option<Arc<Briefing>> + Sync)) -> Vec<Segment> {
    let each = ids.len().div_ceil(rayon::current_num_threads()).clamp(FEWEST, MOST);
    let shares = ids.len().div_ceil(each).max(1);
    let each = ids.len().div_ceil(shares).max(1);
    ids.par_chunks(each).flat_map_iter(|ids| read_share(ids, text)).collect()
}

fn read_share(ids: &[u32], text: &impl Fn(u32) -> Option<Arc<Briefing>>) -> Vec<Segment> {
    let mut segments = Vec::new();
    let (mut builder, mut read) = (SegmentBuilder::new(), Vec::new());
    let mut finish = |builder: SegmentBuilder, ids: Vec<u32>| {
        if !ids.is_empty() {
            segments.push(Segment::held(Arc::new(builder.finish()), ids.into()));
        }
    };
    for id in ids {
        if let Some(text) = text(*id) {
            builder.add(&text);
            read.push(*id);
        }
        if builder.is_full() {
            finish(std::mem::take(&mut builder), std::mem::take(&mut read));
        }
    }
    finish(builder, read);
    segments
}
