//! Texts as bytes: deflate, by the words that most of them have. One text alone says each word once or
//! twice, so that much of it is only known from the others.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

use super::checksum::checksum;
use super::packing::{Unpackable, read};
use crate::briefing::Briefing;

/// Its first byte tells a squeezed text from what [`pack`](super::pack) made.
pub(super) const FORM: u8 = 2;
/// With more words a text becomes hardly smaller, and takes longer.
const MOST: usize = 8_192;
/// Of fewer texts it cannot be told which words all of them have.
const FEWEST: usize = 64;
/// The longest word with the blank behind it, in bytes; shorter ones than the least gain nothing.
const LENGTHS: std::ops::RangeInclusive<usize> = 4..=64;
/// Above this a byte of deflate says nothing: what claims more was never written.
const MOST_SWELLING: usize = 1_032;

/// The words that many texts of a corpus have, the most telling last.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Dictionary {
    /// By this it is known to the texts that it was used for.
    pub number: u32,
    pub bytes: Vec<u8>,
}

impl Dictionary {
    pub fn new(bytes: Vec<u8>) -> Self {
        let number = u32::try_from(checksum(&bytes) & u64::from(u32::MAX)).unwrap_or_default();
        Self { number: number.max(1), bytes }
    }

    /// Of texts that stand for the others.
    pub fn of<'a>(texts: impl Iterator<Item = &'a Briefing>) -> Option<Self> {
        let texts: Vec<Vec<u8>> = texts.filter_map(|text| postcard::to_stdvec(text).ok()).collect();
        if texts.len() < FEWEST {
            return None;
        }
        let mut counts: HashMap<&[u8], usize> = HashMap::new();
        for text in &texts {
            let words = text.split_inclusive(|byte| matches!(byte, b' ' | b'\n'));
            words.filter(|word| LENGTHS.contains(&word.len())).for_each(|word| {
                *counts.entry(word).or_default() += 1;
            });
        }
        let mut words: Vec<(usize, &[u8])> = counts
            .into_iter()
            .filter(|(_, count)| *count > 1)
            .map(|(word, count)| (word.len() * count, word))
            .collect();
        words.sort_unstable_by(|a, b| b.cmp(a));
        let mut length = 0;
        let fits = |(_, word): &&(usize, &[u8])| {
            length += word.len();
            length <= MOST
        };
        let mut words: Vec<&[u8]> = words.iter().take_while(fits).map(|(_, word)| *word).collect();
        words.reverse();
        Some(Self::new(words.concat()))
    }
}

/// The dictionaries of an index as far as they were met.
#[derive(Debug, Default)]
pub(super) struct Dictionaries(Mutex<Vec<Arc<Dictionary>>>);

impl Dictionaries {
    pub fn get(&self, number: u32) -> Option<Arc<Dictionary>> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().find(|known| known.number == number).map(Arc::clone)
    }

    /// The one that new texts are squeezed by.
    pub fn last(&self) -> Option<Arc<Dictionary>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).last().map(Arc::clone)
    }

    pub fn add(&self, new: Dictionary) -> Arc<Dictionary> {
        let new = Arc::new(new);
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !all.contains(&new) {
            all.push(Arc::clone(&new));
        }
        new
    }
}

/// Squeezes one text after another.
pub struct Squeezer {
    dictionary: Option<Arc<Dictionary>>,
    deflate: Compress,
}

impl std::fmt::Debug for Squeezer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Squeezer").finish_non_exhaustive()
    }
}

impl Squeezer {
    pub(super) fn by(dictionary: Option<Arc<Dictionary>>) -> Self {
        // Level 1 gives texts that are a quarter larger, 3 and above hardly smaller ones.
        Self { dictionary, deflate: Compress::new(Compression::new(2), false) }
    }

    /// A text as bytes, to be kept by [`Batch::put_packed_text`](super::Batch::put_packed_text).
    ///
    /// # Errors
    /// Where it has too much in it for an index.
    pub fn squeeze(&mut self, text: &Briefing) -> Result<Vec<u8>, Unpackable> {
        let plain = postcard::to_stdvec(text).map_err(|_| Unpackable)?;
        let size = u32::try_from(plain.len()).map_err(|_| Unpackable)?;
        self.deflate.reset();
        let mut number = 0;
        if let Some(dictionary) = &self.dictionary {
            self.deflate.set_dictionary(&dictionary.bytes).map_err(|_| Unpackable)?;
            number = dictionary.number;
        }
        let mut squeezed = Vec::with_capacity(plain.len() + plain.len() / 8 + 64);
        squeezed.push(FORM);
        squeezed.extend(number.to_le_bytes());
        squeezed.extend(size.to_le_bytes());
        let done = self.deflate.compress_vec(&plain, &mut squeezed, FlushCompress::Finish);
        if !matches!(done, Ok(Status::StreamEnd)) {
            return Err(Unpackable);
        }
        squeezed.shrink_to_fit();
        Ok(squeezed)
    }
}

/// The number of the dictionary by which a text was squeezed; `None` of what was not, or by none.
pub(super) fn dictionary_of(packed: &[u8]) -> Option<u32> {
    let content = packed.strip_prefix(&[FORM])?;
    let number = u32::from_le_bytes(*content.first_chunk()?);
    (number != 0).then_some(number)
}

/// The text of these bytes.
pub(super) fn unsqueeze(
    packed: &[u8],
    dictionary: Option<&Dictionary>,
) -> Result<Briefing, Unpackable> {
    let content = packed.strip_prefix(&[FORM]).and_then(|rest| rest.get(4..));
    let (size, content) = content.and_then(<[u8]>::split_first_chunk).ok_or(Unpackable)?;
    let size = usize::try_from(u32::from_le_bytes(*size)).map_err(|_| Unpackable)?;
    if size > content.len().saturating_mul(MOST_SWELLING) {
        return Err(Unpackable);
    }
    let mut inflate = Decompress::new(false);
    if let Some(dictionary) = dictionary {
        inflate.set_dictionary(&dictionary.bytes).map_err(|_| Unpackable)?;
    }
    let mut plain = Vec::with_capacity(size);
    let done = inflate.decompress_vec(content, &mut plain, FlushDecompress::Finish);
    if !matches!(done, Ok(Status::StreamEnd)) || plain.len() != size {
        return Err(Unpackable);
    }
    read(&plain)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::briefing::read_file;

    fn text(body: &str) -> Briefing {
        let title = "title: Report of the ministry\ndate: 2023-03-17\nbody: b\n";
        let read = read_file("x", title.as_bytes()).briefings.remove(0);
        Briefing { body: body.to_owned(), ..read }
    }

    proptest! {
        #[test]
        fn a_text_comes_back_whatever_the_others_say(
            others in prop::collection::vec("([a-e]{1,9} ){0,40}", 0..90), own in ".{0,400}",
        ) {
            let others: Vec<Briefing> = others.iter().map(|body| text(body)).collect();
            let dictionary = Dictionary::of(others.iter()).map(Arc::new);
            prop_assert_eq!(dictionary.is_some(), others.len() >= FEWEST);
            let mut squeezer = Squeezer::by(dictionary.clone());
            for one in others.iter().chain([&text(&own), &text(&"long words ".repeat(9_000))]) {
                let packed = squeezer.squeeze(one).unwrap();
                let number = dictionary.as_ref().map(|dictionary| dictionary.number);
                prop_assert_eq!(dictionary_of(&packed), number);
                prop_assert_eq!(&unsqueeze(&packed, dictionary.as_deref()).unwrap(), one);
            }
        }

        #[test]
        fn any_bytes_give_a_text_or_an_error(mut bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = unsqueeze(&bytes, None);
            bytes.splice(0..0, [FORM, 0, 0, 0, 0, 200, 0, 0, 0]);
            let _ = unsqueeze(&bytes, None);
        }
    }
}
