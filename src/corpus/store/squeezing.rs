//! Texts as bytes: zstd, by a dictionary made of some of them. One text alone says each word once or
//! twice, so that much of it is only known from the others.
//!
//! A text's events stand first in its bytes, so that a timeline, which shows one event of each of many
//! texts, makes no values of the rest.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use postcard::experimental::serialized_size;
use zstd::dict::{DecoderDictionary, EncoderDictionary, from_samples};
use zstd::zstd_safe::{CCtx, DCtx, compress_bound};

use super::checksum::checksum;
use super::packing::{Unpackable, read};
use crate::briefing::{Briefing, Event};

/// Its first byte tells a squeezed text from what [`pack`](super::pack) made.
pub(super) const FORM: u8 = 2;
/// Below it texts are larger by a sixth, above it hardly smaller for three times the work.
const LEVEL: i32 = 3;
/// Bytes of a dictionary: with twice as many texts become hardly smaller.
const MOST: usize = 64 << 10;
/// Of fewer texts it cannot be told which words all of them have.
const FEWEST: usize = 64;
/// So much of a text stands for it, in bytes: a long one says no more of the others.
const SAMPLED: usize = 8_192;
/// What claims more was never written: a block makes 128 KiB of four bytes at most (RFC 8878, 3.1.1.2).
const MOST_SWELLING: usize = 32 << 10;

/// What many texts of a corpus have in common.
pub(super) struct Dictionary {
    /// By this it is known to the texts that it was used for.
    pub number: u32,
    pub bytes: Vec<u8>,
    decoder: DecoderDictionary<'static>,
}

impl fmt::Debug for Dictionary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dictionary").field("number", &self.number).finish_non_exhaustive()
    }
}

impl Dictionary {
    /// The one that these bytes are.
    pub fn new(bytes: Vec<u8>) -> Result<Self, Unpackable> {
        let number = u32::try_from(checksum(&bytes) & u64::from(u32::MAX)).unwrap_or_default();
        let decoder = DecoderDictionary::try_copy(&bytes).map_err(|_| Unpackable)?;
        Ok(Self { number: number.max(1), bytes, decoder })
    }

    /// Of texts that stand for the others, if they are enough to tell.
    pub fn of<'a>(texts: impl Iterator<Item = &'a Briefing>) -> Option<Self> {
        let samples = texts.filter_map(|text| {
            let mut sample = postcard::to_stdvec(text).ok()?;
            sample.truncate(SAMPLED);
            Some(sample)
        });
        let samples: Vec<Vec<u8>> = samples.collect();
        if samples.len() < FEWEST {
            return None;
        }
        // Fails where they have nothing in common.
        Self::new(from_samples(&samples, MOST).ok()?).ok()
    }
}

/// The dictionaries of an index as far as they were met.
#[derive(Debug, Default)]
pub(super) struct Dictionaries {
    met: Mutex<Vec<Arc<Dictionary>>>,
    /// Held by whoever makes one, so that nobody makes another meanwhile.
    making: Mutex<()>,
}

impl Dictionaries {
    pub fn get(&self, number: u32) -> Option<Arc<Dictionary>> {
        self.met().iter().find(|known| known.number == number).map(Arc::clone)
    }

    /// The one that new texts are squeezed by; where there is none, the one that this makes.
    pub fn last_or_else(
        &self,
        make: impl FnOnce() -> Option<Arc<Dictionary>>,
    ) -> Option<Arc<Dictionary>> {
        if let Some(last) = self.last() {
            return Some(last);
        }
        let _making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        self.last().or_else(|| Some(self.add(make()?)))
    }

    /// Adds one that was met, if it is new.
    pub fn add(&self, new: Arc<Dictionary>) -> Arc<Dictionary> {
        let mut all = self.met();
        if all.iter().all(|known| known.number != new.number) {
            all.push(Arc::clone(&new));
        }
        new
    }

    fn last(&self) -> Option<Arc<Dictionary>> {
        self.met().last().map(Arc::clone)
    }

    fn met(&self) -> MutexGuard<'_, Vec<Arc<Dictionary>>> {
        self.met.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Squeezes one text after another.
pub struct Squeezer {
    dictionary: Option<(u32, Arc<EncoderDictionary<'static>>)>,
    context: CCtx<'static>,
}

impl fmt::Debug for Squeezer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Squeezer").finish_non_exhaustive()
    }
}

impl Squeezer {
    pub(super) fn by(dictionary: Option<&Dictionary>) -> Self {
        let prepared = dictionary.and_then(|dictionary| {
            let encoder = EncoderDictionary::try_copy(&dictionary.bytes, LEVEL).ok()?;
            Some((dictionary.number, Arc::new(encoder)))
        });
        Self { dictionary: prepared, context: CCtx::default() }
    }

    /// One more by the same dictionary, as for another thread.
    #[must_use]
    pub fn another(&self) -> Self {
        Self { dictionary: self.dictionary.clone(), context: CCtx::default() }
    }

    /// A text as bytes, to be kept by [`Batch::put_packed_text`](super::Batch::put_packed_text).
    ///
    /// # Errors
    /// Where it has too much in it for an index.
    pub fn squeeze(&mut self, text: &Briefing) -> Result<Vec<u8>, Unpackable> {
        let length = serialized_size(text).map_err(|_| Unpackable)?;
        let plain = Vec::with_capacity(length);
        let plain = postcard::to_extend(text, plain).map_err(|_| Unpackable)?;
        let events = serialized_size(&text.events).map_err(|_| Unpackable)?;
        let size = |bytes: usize| u32::try_from(bytes).map_err(|_| Unpackable);
        let sizes = [size(plain.len())?, size(events)?];
        let mut content = Vec::with_capacity(compress_bound(plain.len()));
        let (number, done) = match &self.dictionary {
            Some((number, by)) => {
                (*number, self.context.compress_using_cdict(&mut content, &plain, by.as_cdict()))
            }
            None => (0, self.context.compress(&mut content, &plain, LEVEL)),
        };
        done.map_err(|_| Unpackable)?;
        let mut squeezed = Vec::with_capacity(HEADING + content.len());
        squeezed.push(FORM);
        squeezed.extend(number.to_le_bytes());
        squeezed.extend(sizes.iter().flat_map(|size| size.to_le_bytes()));
        squeezed.extend(content);
        Ok(squeezed)
    }
}

/// Bytes before the content: the form, the number of the dictionary, two sizes.
const HEADING: usize = 13;

/// The number of the dictionary by which a text was squeezed; `None` of what was not, or by none.
pub(super) fn dictionary_of(packed: &[u8]) -> Option<u32> {
    let content = packed.strip_prefix(&[FORM])?;
    let number = u32::from_le_bytes(*content.first_chunk()?);
    (number != 0).then_some(number)
}

/// Makes texts of bytes, one after another.
#[derive(Default)]
pub(super) struct Unsqueezer {
    context: DCtx<'static>,
}

impl Unsqueezer {
    /// The text of these bytes.
    pub fn text(
        &mut self,
        packed: &[u8],
        dictionary: Option<&Dictionary>,
    ) -> Result<Briefing, Unpackable> {
        read(&self.plain(&Packed::of(packed)?, dictionary)?)
    }

    /// The events of the text of these bytes.
    pub fn events(
        &mut self,
        packed: &[u8],
        dictionary: Option<&Dictionary>,
    ) -> Result<Vec<Event>, Unpackable> {
        let packed = Packed::of(packed)?;
        let plain = self.plain(&packed, dictionary)?;
        read(plain.get(..packed.events).ok_or(Unpackable)?)
    }

    fn plain(
        &mut self,
        packed: &Packed<'_>,
        dictionary: Option<&Dictionary>,
    ) -> Result<Vec<u8>, Unpackable> {
        let mut plain = Vec::with_capacity(packed.size);
        let done = match dictionary {
            Some(by) => {
                let by = by.decoder.as_ddict();
                self.context.decompress_using_ddict(&mut plain, packed.content, by)
            }
            None => self.context.decompress(&mut plain, packed.content),
        };
        (done == Ok(packed.size)).then_some(plain).ok_or(Unpackable)
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

    #[test]
    fn texts_become_smaller_by_what_others_have_in_common_with_them() {
        let body = |at: usize| {
            let words = "ministry ceasefire envoy sanctions corridor protest minerals accord";
            let words: Vec<&str> = words.split(' ').collect();
            let word = |i: usize| words[(at * 7 + i * i + i * at) % words.len()];
            (0..60).map(|i| format!("{} of {at}", word(i))).collect::<Vec<_>>().join(" ")
        };
        let others: Vec<Briefing> = (0..FEWEST).map(|at| text(&body(at))).collect();
        let dictionary = Dictionary::of(others.iter()).expect("they are enough to tell");
        let own = text(&body(999));
        let by = Squeezer::by(Some(&dictionary)).squeeze(&own).unwrap();
        assert_eq!(dictionary_of(&by), Some(dictionary.number));
        let alone = Squeezer::by(None).squeeze(&own).unwrap();
        assert!(by.len() < alone.len(), "{} and {} bytes", by.len(), alone.len());
        assert!(Dictionary::of(others.iter().skip(1)).is_none());
    }

    proptest! {
        #[test]
        fn a_text_comes_back_whatever_the_others_say(
            others in prop::collection::vec("([a-e]{1,9} ){0,40}", 0..90), own in ".{0,400}",
        ) {
            let others: Vec<Briefing> = others.iter().map(|body| text(body)).collect();
            let dictionary = Dictionary::of(others.iter());
            prop_assert!(dictionary.is_none() || others.len() >= FEWEST);
            let mut squeezer = Squeezer::by(dictionary.as_ref()).another();
            let mut unsqueezer = Unsqueezer::default();
            for one in others.iter().chain([&text(&own), &text(&"long words ".repeat(9_000))]) {
                let packed = squeezer.squeeze(one).unwrap();
                let number = dictionary.as_ref().map(|dictionary| dictionary.number);
                prop_assert_eq!(dictionary_of(&packed), number);
                let by = dictionary.as_ref();
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
