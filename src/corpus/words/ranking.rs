//! How well a briefing answers the words of a query.
//!
//! BM25 with `k1` = 1.2 and `b` = 0.75, the values that Robertson and Zaragoza ("The Probabilistic
//! Relevance Framework: BM25 and Beyond", 2009) find to do well on most collections. A title counts
//! as if it stood five times in the text: for fields of different weight Robertson, Zaragoza and
//! Taylor ("Simple BM25 Extension to Multiple Weighted Fields", 2004) weigh the counts before they
//! are saturated, not the scores after. The weight of a rare word is Lucene's, which is never below 0.

use roaring::RoaringBitmap;

use super::hits::wanted_in;
use super::phrase::Phrase;
use super::segment::{Segment, Tally};
use super::{Bits, Part, WordIndex};
use crate::corpus::query::Query;
use crate::corpus::{BriefingId, Corpus};

/// How soon more of the same word adds little.
const K1: f64 = 1.2;
/// How far a long text has to have a word more often.
const B: f64 = 0.75;
/// How often a title counts beside the text, in which it stands once already.
const TITLE: u32 = 4;

/// These briefings with their scores for the words of a query, the best first; of equal ones the
/// newest, then the first by slug. Phrases and beginnings of words count like words; what is
/// excluded does not. Without any words all scores are 0. Before [`Corpus::surveyed`] too.
#[must_use]
pub fn rank(corpus: &Corpus, query: &Query, within: &RoaringBitmap) -> Vec<(BriefingId, f64)> {
    let scores = corpus.words.scores(query, within);
    let newest = corpus.newest_first();
    // Of floats that are never below 0 the bits are in the same order.
    let key = |at: u32| {
        let score = scores.get(at as usize).copied().unwrap_or_default();
        let order = newest.get(at as usize).copied().unwrap_or(at);
        (u128::from(!score.to_bits()) << 64) | (u128::from(order) << 32) | u128::from(at)
    };
    let mut ranked: Vec<u128> = within.iter().map(key).collect();
    ranked.sort_unstable();
    let row = |key: u128| {
        let at = u32::try_from(key & u128::from(u32::MAX)).unwrap_or(u32::MAX);
        let score = u64::try_from(key >> 64).map_or(0.0, |bits| f64::from_bits(!bits));
        (BriefingId(at), score)
    };
    ranked.into_iter().map(row).collect()
}

/// How long a briefing is of which all texts and the title have so many words.
pub(super) fn weight((all, title): (u32, u32)) -> u32 {
    all + TITLE * title
}

impl WordIndex {
    /// The score of every briefing by its number; of one that is not asked for, nothing certain.
    fn scores(&self, query: &Query, within: &RoaringBitmap) -> Vec<f64> {
        let mean = as_float(self.weight) / f64::from(self.count.max(1));
        let within = Bits::of(within, self.end);
        let mut scores = vec![0.0; self.end as usize];
        for (phrase, part) in wanted_in(query) {
            let tallies: Vec<Tally> =
                self.segments.iter().map(|one| weighted(one, &phrase, part, &within)).collect();
            let with_it = tallies.iter().map(|tally| tally.with_its_words).sum();
            let rarity = rarity(with_it, self.count);
            for (segment, tally) in self.segments.iter().zip(tallies) {
                for (local, count) in tally.counts {
                    let id = segment.id(local).map(|id| id as usize);
                    let Some(score) = id.and_then(|id| scores.get_mut(id)) else { continue };
                    let length = f64::from(weight(segment.lengths().of(local))) / mean.max(1.0);
                    let count = f64::from(count);
                    *score += rarity * count * (K1 + 1.0) / (count + K1 * (1.0 - B + B * length));
                }
            }
        }
        scores
    }
}

/// How often each briefing of a segment has a phrase, with its title weighed.
fn weighted(segment: &Segment, phrase: &Phrase, part: Part, within: &Bits) -> Tally {
    let mut tally = segment.tally(phrase, part, Some(within));
    let in_titles = match part {
        Part::All => segment.tally(phrase, Part::Title, Some(within)).counts,
        Part::Title => tally.counts.clone(),
    };
    // What stands in a title stands in the whole, so each of these is among those.
    let mut in_titles = in_titles.into_iter().peekable();
    for (local, count) in &mut tally.counts {
        if let Some((_, in_title)) = in_titles.next_if(|(other, _)| other == local) {
            *count += TITLE * in_title;
        }
    }
    tally
}

/// Exact below 2^53, which no corpus has words.
fn as_float(number: u64) -> f64 {
    let (high, low) = (u32::try_from(number >> 32), u32::try_from(number & u64::from(u32::MAX)));
    high.map_or(0.0, f64::from) * 4_294_967_296.0 + low.map_or(0.0, f64::from)
}

/// How much a word says that this many of all briefings have.
fn rarity(with_it: u32, all: u32) -> f64 {
    let (with_it, all) = (f64::from(with_it), f64::from(all));
    (1.0 + (all - with_it + 0.5).max(0.5) / (with_it + 0.5)).ln()
}
