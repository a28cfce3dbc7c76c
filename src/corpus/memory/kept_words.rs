//! The words of a corpus in the index: segments go in as they are made, and come back by the numbers
//! of their texts.

use std::sync::Arc;

use super::Memory;
use crate::corpus::index::{Index, part_number};
use crate::corpus::store::{Batch, SegmentId, StoreError, TextId, pack, unpack};
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

    /// The words of these briefings as far as the index has them. A text that stands in two segments,
    /// for two programs put it there, is taken from one of them.
    pub(super) fn recalled_words(&self, corpus: &Corpus) -> WordIndex {
        let Some(index) = &self.index else { return WordIndex::default() };
        let last = corpus.entries.iter().filter_map(|entry| entry.text.id()).max();
        let mut numbers = vec![GONE; last.map_or(0, |id| id.0 as usize + 1)];
        for (id, entry) in corpus.ids().zip(corpus.entries.iter()) {
            let number = entry.text.id().and_then(|text| numbers.get_mut(text.0 as usize));
            if let Some(number) = number {
                *number = id.0;
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

fn put(batch: &mut Batch<'_>, held: &Held, texts: &[TextId]) -> Result<u32, StoreError> {
    let lengths = pack(&**held.lengths()).unwrap_or_default();
    let texts_packed = pack(texts).unwrap_or_default();
    let count = u32::try_from(texts.len()).unwrap_or(u32::MAX);
    let number = batch.put_segment(count, &texts_packed, &lengths)?;
    for row in held.rows() {
        batch.put_word(number, part_number(row.part), row.word, row.briefings, row.places)?;
    }
    Ok(number.0)
}
