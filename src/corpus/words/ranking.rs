//! How well a briefing answers the words of a query.
//!
//! BM25 with `k1` = 1.2 and `b` = 0.75, the values that Robertson and Zaragoza ("The Probabilistic
//! Relevance Framework: BM25 and Beyond", 2009) find to do well on most collections. A title counts
//! as if it stood five times in the text: for fields of different weight Robertson, Zaragoza and
//! Taylor ("Simple BM25 Extension to Multiple Weighted Fields", 2004) weigh the counts before they
//! are saturated, not the scores after. The weight of a rare word is Lucene's, which is never below 0.

use std::cmp::Reverse;

use roaring::RoaringBitmap;

use super::hits::wanted_in;
use super::phrase::Phrase;
use super::{Part, WordIndex};
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
    let order = |at: u32| newest.get(at as usize).copied().unwrap_or(at);
    let score = |at: u32| scores.get(at as usize).copied().unwrap_or_default();
    let mut ranked: Vec<(Reverse<u64>, u32, u32)> =
        // Of floats that are never below 0 the bits are in the same order.
        within.iter().map(|at| (Reverse(score(at).to_bits()), order(at), at)).collect();
    ranked.sort_unstable();
    ranked.into_iter().map(|(score, _, at)| (BriefingId(at), f64::from_bits(score.0))).collect()
}

impl WordIndex {
    /// The score of every briefing by its number; of one that is not asked for, nothing certain.
    fn scores(&self, query: &Query, within: &RoaringBitmap) -> Vec<f64> {
        let weights: Vec<u32> = (0..self.all.lengths.len()).map(|at| self.length(at)).collect();
        let many = u32::try_from(weights.len()).unwrap_or(u32::MAX);
        let mean = weights.iter().copied().map(f64::from).sum::<f64>() / f64::from(many.max(1));
        let mut scores = vec![0.0; weights.len()];
        for (phrase, part) in wanted_in(query) {
            let counts = self.weighted(&phrase, part, within);
            let with_it = self.with_all_words(&phrase, part).len();
            let rarity = rarity(u32::try_from(with_it).unwrap_or(u32::MAX), many);
            for ((count, weight), score) in counts.into_iter().zip(&weights).zip(&mut scores) {
                if count > 0 {
                    let length = f64::from(*weight) / mean.max(1.0);
                    let count = f64::from(count);
                    *score += rarity * count * (K1 + 1.0) / (count + K1 * (1.0 - B + B * length));
                }
            }
        }
        scores
    }

    /// How many words a briefing has, those of its title counted as often as they weigh.
    fn length(&self, at: usize) -> u32 {
        let of = |lengths: &[u32]| lengths.get(at).copied().unwrap_or_default();
        of(&self.all.lengths) + TITLE * of(&self.titles.lengths)
    }

    /// How often each briefing has a phrase, with its title weighed.
    fn weighted(&self, phrase: &Phrase, part: Part, within: &RoaringBitmap) -> Vec<u32> {
        let mut counts = vec![0; self.all.lengths.len()];
        let mut add = |found: Vec<(u32, u32)>, weight: u32| {
            for (at, count) in found {
                if let Some(known) = counts.get_mut(at as usize) {
                    *known += count * weight;
                }
            }
        };
        add(self.counts(phrase, Part::Title, within), TITLE);
        add(self.counts(phrase, part, within), 1);
        counts
    }
}

/// How much a word says that this many of all briefings have.
fn rarity(with_it: u32, all: u32) -> f64 {
    let (with_it, all) = (f64::from(with_it), f64::from(all));
    (1.0 + (all - with_it + 0.5).max(0.5) / (with_it + 0.5)).ln()
}
