//! Texts as bytes: deflate, by the words that most of them have. One text alone says each word once or
//! twice, so that much of it is only known from the others.
//!
//! A text's events stand first in its bytes, so that a timeline, which shows one event of each of many
//! texts, need not inflate the rest.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};
use postcard::experimental::serialized_size;

use super::checksum::checksum;
use super::packing::{Unpackable, read};
use crate::briefing::{Briefing, Event};

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
        let events = serialized_size(&text.events).map_err(|_| Unpackable)?;
        let size = |bytes: usize| u32::try_from(bytes).map_err(|_| Unpackable);
        let sizes = [size(plain.len())?, size(events)?];
        self.deflate.reset();
        let mut number = 0;
        if let Some(dictionary) = &self.dictionary {
            self.deflate.set_dictionary(&dictionary.bytes).map_err(|_| Unpackable)?;
            number = dictionary.number;
        }
        let mut squeezed = Vec::with_capacity(plain.len() + plain.len() / 8 + 64);
        squeezed.push(FORM);
        squeezed.extend(number.to_le_bytes());
        squeezed.extend(sizes.iter().flat_map(|size| size.to_le_bytes()));
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

/// Makes texts of bytes, one after another.
pub(super) struct Unsqueezer {
    inflate: Decompress,
}

impl Default for Unsqueezer {
    fn default() -> Self {
        Self { inflate: Decompress::new(false) }
    }
}

impl Unsqueezer {
    /// The text of these bytes.
    pub fn text(
        &mut self,
        packed: &[u8],
        dictionary: Option<&Dictionary>,
    ) -> Result<Briefing, Unpackable> {
        let packed = Packed::of(packed)?;
        let (plain, status) = self.begin(&packed, packed.size, dictionary)?;
        if status != Status::StreamEnd || plain.len() != packed.size {
            return Err(Unpackable);
        }
        read(&plain)
    }

    /// The events of the text of these bytes.
    pub fn events(
        &mut self,
        packed: &[u8],
        dictionary: Option<&Dictionary>,
    ) -> Result<Vec<Event>, Unpackable> {
        let packed = Packed::of(packed)?;
        let (plain, _) = self.begin(&packed, packed.events, dictionary)?;
        read(plain.get(..packed.events).ok_or(Unpackable)?)
    }

    /// At least so many bytes of the beginning.
    fn begin(
        &mut self,
        packed: &Packed<'_>,
        bytes: usize,
        dictionary: Option<&Dictionary>,
    ) -> Result<(Vec<u8>, Status), Unpackable> {
        self.inflate.reset(false);
        if let Some(dictionary) = dictionary {
            self.inflate.set_dictionary(&dictionary.bytes).map_err(|_| Unpackable)?;
        }
        let mut plain = Vec::with_capacity(bytes);
        let flush =
            if bytes < packed.size { FlushDecompress::None } else { FlushDecompress::Finish };
        let status = self.inflate.decompress_vec(packed.content, &mut plain, flush);
        Ok((plain, status.map_err(|_| Unpackable)?))
    }
}

/// What stands in the bytes of a text.
struct Packed<'a> {
    /// How many bytes it has, and how many of them its events.
    size: usize,
    events: usize,
    content: &'a [u8],
}

impl<'a> Packed<'a> {
    fn of(packed: &'a [u8]) -> Result<Self, Unpackable> {
        let content = packed.strip_prefix(&[FORM]).and_then(|rest| rest.get(4..));
        let (size, content) = take_size(content.ok_or(Unpackable)?)?;
        let (events, content) = take_size(content)?;
        if events > size || size > content.len().saturating_mul(MOST_SWELLING) {
            return Err(Unpackable);
        }
        Ok(Self { size, events, content })
    }
}

fn take_size(bytes: &[u8]) -> Result<(usize, &[u8]), Unpackable> {
    let (size, rest) = bytes.split_first_chunk().ok_or(Unpackable)?;
    Ok((usize::try_from(u32::from_le_bytes(*size)).map_err(|_| Unpackable)?, rest))
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
            let mut unsqueezer = Unsqueezer::default();
            for one in others.iter().chain([&text(&own), &text(&"long words ".repeat(9_000))]) {
                let packed = squeezer.squeeze(one).unwrap();
                let number = dictionary.as_ref().map(|dictionary| dictionary.number);
                prop_assert_eq!(dictionary_of(&packed), number);
                let by = dictionary.as_deref();
                prop_assert_eq!(&unsqueezer.text(&packed, by).unwrap(), one);
                prop_assert_eq!(&unsqueezer.events(&packed, by).unwrap(), &one.events);
            }
        }

        #[test]
        fn any_bytes_give_a_text_or_an_error(mut bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let mut unsqueezer = Unsqueezer::default();
            let _ = unsqueezer.text(&bytes, None);
            bytes.splice(0..0, [FORM, 0, 0, 0, 0, 200, 0, 0, 0, 50, 0, 0, 0]);
            let _ = unsqueezer.text(&bytes, None);
            let _ = unsqueezer.events(&bytes, None);
        }
    }
}
