//! Texts become an index of their words.

use std::collections::HashMap;

use rayon::prelude::*;
use roaring::RoaringBitmap;

use super::units::{grams, last_char, units};
use super::{Lexicon, Part, WordIndex, texts};
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

fn lexicon(entries: &[Entry], part: Part) -> Lexicon {
    let mut gathered: HashMap<Box<str>, RoaringBitmap> = HashMap::new();
    let shares: Vec<(usize, &[Entry])> = (0..).step_by(SHARE).zip(entries.chunks(SHARE)).collect();
    for shares in shares.chunks(AT_ONCE) {
        let read = shares.par_iter().map(|(first, share)| read((*first..).zip(*share), part));
        for share in read.collect::<Vec<_>>() {
            for (word, briefings) in share {
                // They come in the order of their numbers, so none is ever put between others.
                gathered.entry(word).or_default().extend(briefings);
            }
        }
    }
    let mut words: Vec<_> = gathered.into_iter().collect();
    words.par_sort_unstable_by(|a, b| a.0.cmp(&b.0));
    Lexicon { words }
}

/// The words of some briefings, whose numbers ascend.
pub(super) fn read<'a>(
    entries: impl Iterator<Item = (usize, &'a Entry)>,
    part: Part,
) -> HashMap<Box<str>, Vec<u32>> {
    let mut found: HashMap<Box<str>, Vec<u32>> = HashMap::new();
    for (at, entry) in entries {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        let mut add = |word: &str| match found.get_mut(word) {
            Some(all) if all.last() == Some(&at) => {}
            Some(all) => all.push(at),
            None => {
                found.insert(word.into(), vec![at]);
            }
        };
        for text in texts(entry, part) {
            let folded = fold(text, Folding { case: true, diacritics: true });
            for (range, is_run) in units(folded.text()) {
                let unit = folded.text().get(range).unwrap_or_default();
                if is_run {
                    grams(unit).into_iter().for_each(&mut add);
                    add(last_char(unit));
                } else {
                    add(unit);
                }
            }
        }
    }
    found
}
