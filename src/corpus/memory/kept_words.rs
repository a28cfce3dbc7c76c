//! The words of a corpus in the index: segments go in as they are made, and come back by the numbers
//! of their texts.

use std::collections::HashMap;
use std::sync::Arc;

use super::Memory;
use super::harvest::Put;
use crate::corpus::index::{Index, part_number};
use crate::corpus::store::{Batch, NewWord, SegmentId, StoreError, TextId, pack, unpack};
use crate::corpus::words::{GONE, Held, Lengths, Segment, WordIndex};
use crate::corpus::{Corpus, Entry};

impl Memory {
    /// The same words, read from the index from now on. Segments whose texts are not in it stay in
    /// memory, and those that the words no longer have are retired: not those of another program.
    pub(super) fn keep_words(&self, corpus: &Corpus, words: WordIndex) -> WordIndex {
        let Some(index) = &self.index else { return words };
        let new: Vec<Option<Vec<TextId>>> =
            words.segments().iter().map(|segment| texts_of(corpus, segment)).collect();
        let stored: Vec<u32> = words.segments().iter().filter_map(Segment::number).collect();
        let gone: Vec<u32> =
            self.stored_before(index).into_iter().filter(|id| !stored.contains(id)).collect();
        if gone.is_empty() && new.iter().all(Option::is_none) {
            return words;
        }
        let mut numbers: Vec<Option<u32>> = Vec::new();
        let is_kept = index.change(|batch| {
            for (segment, texts) in words.segments().iter().zip(&new) {
                let kept = segment.words().zip(texts.as_ref());
                let put = kept.map(|(held, texts)| put(batch, held, texts));
                numbers.push(put.transpose()?);
            }
            gone.iter().try_for_each(|id| batch.retire_segment(SegmentId(*id)))
        });
        if !is_kept {
            return words;
        }
        let segments = words.segments().iter().zip(numbers).map(|(segment, number)| match number {
            Some(number) => segment.put(rows(index), number),
            None => segment.clone(),
        });
        WordIndex::new(segments.collect())
    }

    /// The segments that were stored when these words were asked for last, or for the first time.
    fn stored_before(&self, index: &Index) -> Vec<u32> {
        match self.surveyed.words() {
            Some(words) => words.segments().iter().filter_map(Segment::number).collect(),
            None => index.segments().into_iter().map(|known| known.id.0).collect(),
        }
    }

    /// The words of these briefings as far as the index has them; `texts` are the texts of all, in their
    /// order. A text that stands in two segments, for two programs put it there, is taken from one of them.
    pub(super) fn recalled_words(&self, texts: &[Option<TextId>]) -> WordIndex {
        let Some(index) = &self.index else { return WordIndex::default() };
        let last = texts.iter().flatten().max();
        let mut numbers = vec![GONE; last.map_or(0, |id| id.0 as usize + 1)];
        for (id, text) in (0..).zip(texts) {
            let number = text.and_then(|text| numbers.get_mut(text.0 as usize));
            if let Some(number) = number {
                *number = id;
            }
        }
        let known = index.segments();
        let segments = known.into_iter().filter_map(|known| {
            let texts: Vec<TextId> = unpack(&known.texts).ok()?;
            let lengths: Lengths = unpack(&known.lengths).ok()?;
            let mut id = |text: &TextId| {
                numbers.get_mut(text.0 as usize).map_or(GONE, |id| std::mem::replace(id, GONE))
            };
            let ids: Arc<[u32]> = texts.iter().map(&mut id).collect();
            Some(Segment::stored(rows(index), known.id.0, Arc::new(lengths), ids))
        });
        WordIndex::new(segments.collect())
    }
}

/// Segments that the index got while the texts of a corpus were read.
pub(super) fn ready(index: &Arc<Index>, corpus: &Corpus, put: Vec<Put>) -> Vec<Segment> {
    let known = corpus.ids().zip(corpus.entries.iter());
    let known = known.filter_map(|(id, entry)| Some((entry.text.id()?, id.0)));
    let numbers: HashMap<TextId, u32> =
        if put.is_empty() { HashMap::new() } else { known.collect() };
    let number = |text: &TextId| numbers.get(text).copied().unwrap_or(GONE);
    let segment = |put: Put| {
        let ids = put.texts.iter().map(number).collect();
        Segment::stored(rows(index), put.number, put.lengths, ids)
    };
    put.into_iter().map(segment).collect()
}

fn rows(index: &Arc<Index>) -> Arc<dyn crate::corpus::words::WordRows> {
    Arc::clone(index) as Arc<dyn crate::corpus::words::WordRows>
}

/// The texts of a segment that is held in memory, if the index has them all: but for what stands in
/// the place of a file that cannot be read, which is found anew at each start.
fn texts_of(corpus: &Corpus, segment: &Segment) -> Option<Vec<TextId>> {
    segment.words()?;
    let text = |entry: &Entry| entry.text.id().or(entry.unreadable.then_some(NOWHERE));
    let texts = segment.ids().iter().map(|id| corpus.entries.get(*id as usize).and_then(text));
    let texts: Vec<TextId> = texts.collect::<Option<_>>()?;
    texts.iter().any(|text| *text != NOWHERE).then_some(texts)
}

/// The number that no text has.
const NOWHERE: TextId = TextId(u32::MAX);

/// Puts a segment of these texts into the index; its number there.
pub(super) fn put(batch: &mut Batch<'_>, held: &Held, texts: &[TextId]) -> Result<u32, StoreError> {
    let lengths = pack(&**held.lengths()).unwrap_or_default();
    let texts_packed = pack(texts).unwrap_or_default();
    let count = u32::try_from(texts.len()).unwrap_or(u32::MAX);
    let number = batch.put_segment(count, &texts_packed, &lengths)?;
    let words = held.rows().map(|row| NewWord {
        part: part_number(row.part),
        word: row.word,
        briefings: row.briefings,
        places: row.places,
    });
    batch.put_words(number, words)?;
    Ok(number.0)
}
