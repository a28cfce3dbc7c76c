//! Texts become an index of their words.

use std::collections::HashMap;

use rayon::prelude::*;
use roaring::RoaringBitmap;

use super::lexicon::{Lexicon, Posting};
use super::places::PlaceWriter;
use super::units::{grams, last_char, units};
use super::{Part, WordIndex, texts};
use crate::corpus::Entry;
use crate::text::{Folding, fold};

/// Briefings that one core reads before their words are gathered.
const SHARE: usize = 64;
/// Shares that are read at once: bounds what is in memory beside the index itself.
const AT_ONCE: usize = 32;

/// Reads all texts, share by share.
pub(super) fn build(entries: &[Entry]) -> WordIndex {
    WordIndex { all: lexicon(entries, Part::All), titles: lexicon(entries, Part::Title) }
}

/// A word in the briefings of a share, or in all of them.
#[derive(Default)]
pub(super) struct Gathered {
    briefings: Vec<u32>,
    places: PlaceWriter,
}

/// The words of a share, and how many each of its briefings has.
#[derive(Default)]
pub(super) struct Share {
    pub words: HashMap<Box<str>, Gathered>,
    pub lengths: Vec<u32>,
}

impl Gathered {
    /// All that is known of the word.
    pub fn posting(self, word: Box<str>) -> Posting {
        let briefings = self.briefings.into_iter().collect();
        Posting { word, briefings, places: self.places.into_bytes().into() }
    }
}

fn lexicon(entries: &[Entry], part: Part) -> Lexicon {
    let mut gathered: HashMap<Box<str>, (RoaringBitmap, Vec<u8>)> = HashMap::new();
    let mut lengths = Vec::with_capacity(entries.len());
    let shares: Vec<(usize, &[Entry])> = (0..).step_by(SHARE).zip(entries.chunks(SHARE)).collect();
    for shares in shares.chunks(AT_ONCE) {
        let read = shares.par_iter().map(|(first, share)| read((*first..).zip(*share), part));
        for share in read.collect::<Vec<_>>() {
            lengths.extend(share.lengths);
            for (word, found) in share.words {
                let (briefings, places) = gathered.entry(word).or_default();
                if !places.is_empty() {
                    places.push(0);
                }
                // They come in the order of their numbers, so none is ever put between others.
                briefings.extend(found.briefings);
                places.extend(found.places.into_bytes());
            }
        }
    }
    let posting = |(word, (briefings, places)): (Box<str>, (RoaringBitmap, Vec<u8>))| Posting {
        word,
        briefings,
        places: places.into(),
    };
    let mut words: Vec<Posting> = gathered.into_iter().map(posting).collect();
    words.par_sort_unstable_by(|a, b| a.word.cmp(&b.word));
    Lexicon { words, lengths }
}

/// The words of some briefings, whose numbers ascend.
pub(super) fn read<'a>(entries: impl Iterator<Item = (usize, &'a Entry)>, part: Part) -> Share {
    let mut share = Share::default();
    for (at, entry) in entries {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        let mut place = 1u32;
        let mut words = 0;
        let briefing = entry.briefing();
        for text in texts(&briefing, part) {
            let folded = fold(text, Folding { case: true, diacritics: true });
            for (range, is_run) in units(folded.text()) {
                let unit = folded.text().get(range).unwrap_or_default();
                if is_run {
                    for piece in grams(unit).into_iter().chain([last_char(unit)]) {
                        share.add(piece, at, place);
                        (place, words) = (place + 1, words + 1);
                    }
                } else {
                    share.add(unit, at, place);
                    (place, words) = (place + 1, words + 1);
                }
            }
            place += 1;
        }
        share.lengths.push(words);
    }
    share
}

impl Share {
    fn add(&mut self, word: &str, briefing: u32, place: u32) {
        let found = match self.words.get_mut(word) {
            Some(found) => found,
            None => self.words.entry(word.into()).or_default(),
        };
        if found.briefings.last() != Some(&briefing) {
            found.briefings.push(briefing);
            found.places.next_briefing();
        }
        found.places.push(place);
    }
}
