//! The words of a segment: in their order in blocks, each word without what it has in common with the
//! one before it, and their briefings and places behind one another in chunks that fill a page. So a
//! word takes little more than it says, and is found by one look at a block and one at a chunk.

use rusqlite::{OptionalExtension, Result, Row, params};

use super::batch::Batch;
use super::checksum::{long, of_two};
use super::error::Answer;
use super::packing::Unpackable;
use super::reader::{Postings, Reader, blob, broken};
use super::row::{SegmentId, Word};

/// Bytes of a block after which another is begun.
const BLOCK: usize = 1_024;
/// Bytes of a chunk: with what the database adds a row is as large as a page.
const CHUNK: usize = 16_320;

/// Where something is written behind one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stream {
    Places = 0,
    Briefings = 1,
}

/// A word on its way into the index.
#[derive(Clone, Copy, Debug)]
pub struct NewWord<'a> {
    /// In which part of the briefings it stands.
    pub part: u8,
    /// As it was folded.
    pub word: &'a str,
    /// Which briefings have it.
    pub briefings: &'a [u8],
    /// Where in them.
    pub places: &'a [u8],
}

/// A block that is being filled.
#[derive(Default)]
struct Block {
    part: u8,
    first: Vec<u8>,
    last: Vec<u8>,
    bytes: Vec<u8>,
}

impl Batch<'_> {
    /// Keeps the words of a segment, once: in the order of parts and then of bytes.
    ///
    /// # Errors
    /// As [`Batch`] says.
    pub fn put_words<'w>(
        &mut self,
        segment: SegmentId,
        words: impl IntoIterator<Item = NewWord<'w>>,
    ) -> Answer<()> {
        let mut block = Block::default();
        // Those of the places come first: rows are appended.
        let (mut places, mut places_put) = (Vec::new(), 0);
        let mut briefings: Vec<u8> = Vec::new();
        let mut chunks = 0;
        for word in words {
            if block.bytes.len() >= BLOCK || block.part != word.part {
                self.put_block(segment, &mut block)?;
            }
            if block.bytes.is_empty() {
                block.part = word.part;
                block.first = word.word.as_bytes().to_vec();
                block.last.clear();
                put_number(&mut block.bytes, briefings.len());
                put_number(&mut block.bytes, places_put + places.len());
            }
            block.add(&word);
            briefings.extend_from_slice(word.briefings);
            places.extend_from_slice(word.places);
            while places.len() >= CHUNK {
                let rest = places.split_off(CHUNK);
                self.put_chunk(segment, Stream::Places, chunks, &places)?;
                (places, places_put, chunks) = (rest, places_put + CHUNK, chunks + 1);
            }
        }
        self.put_block(segment, &mut block)?;
        if !places.is_empty() {
            self.put_chunk(segment, Stream::Places, chunks, &places)?;
        }
        for (number, chunk) in briefings.chunks(CHUNK).enumerate() {
            self.put_chunk(segment, Stream::Briefings, number, chunk)?;
        }
        Ok(())
    }

    fn put_block(&mut self, segment: SegmentId, block: &mut Block) -> Answer<()> {
        if !block.bytes.is_empty() {
            let sum = of_two(&block.bytes, &block.first);
            self.run(
                "REPLACE INTO word (segment, part, first, sum, bytes) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![segment.0, block.part, block.first, sum, block.bytes],
            )?;
        }
        block.bytes.clear();
        Ok(())
    }

    fn put_chunk(
        &mut self,
        segment: SegmentId,
        stream: Stream,
        number: usize,
        bytes: &[u8],
    ) -> Answer<()> {
        self.run(
            "REPLACE INTO posting (id, sum, bytes) VALUES (?1, ?2, ?3)",
            params![chunk_id(segment, stream, number), long(bytes), bytes],
        )
    }

    /// Takes away words of a segment, at most so many rows; how many they were.
    pub(super) fn sweep_words(&mut self, segment: u32, most: usize) -> Answer<usize> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let blocks = "DELETE FROM word WHERE segment = ?1 AND (part, first) IN
                      (SELECT part, first FROM word WHERE segment = ?1 LIMIT ?2)";
        let swept = self.count(blocks, params![segment, most])?;
        let left = most.saturating_sub(i64::try_from(swept).unwrap_or(i64::MAX));
        let chunks = "DELETE FROM posting WHERE id IN
                      (SELECT id FROM posting WHERE id >= ?1 AND id < ?2 LIMIT ?3)";
        let id = |segment| chunk_id(SegmentId(segment), Stream::Places, 0);
        let (first, behind) = (id(segment), id(segment.saturating_add(1)));
        Ok(swept + self.count(chunks, params![first, behind, left])?)
    }
}

impl Block {
    fn add(&mut self, word: &NewWord<'_>) {
        let bytes = word.word.as_bytes();
        let shared = self.last.iter().zip(bytes).take_while(|(a, b)| a == b).count();
        let rest = bytes.get(shared..).unwrap_or_default();
        put_number(&mut self.bytes, shared);
        put_number(&mut self.bytes, rest.len());
        self.bytes.extend_from_slice(rest);
        put_number(&mut self.bytes, word.briefings.len());
        put_number(&mut self.bytes, word.places.len());
        self.last.truncate(shared);
        self.last.extend_from_slice(rest);
    }
}

/// The number of a chunk's row; those of a segment lie beside each other.
fn chunk_id(segment: SegmentId, stream: Stream, number: usize) -> i64 {
    let number = i64::try_from(number).unwrap_or(i64::MAX).min((1 << 24) - 1);
    i64::from(segment.0) << 25 | (stream as i64) << 24 | number
}

/// A part of a stream.
#[derive(Clone, Copy, Debug, Default)]
struct Piece {
    start: usize,
    length: usize,
}

/// A word as a block tells of it.
struct Told {
    word: Vec<u8>,
    briefings: Piece,
    places: Piece,
}

/// The words of a block, in their order.
struct Telling<'a> {
    bytes: &'a [u8],
    word: Vec<u8>,
    briefings: usize,
    places: usize,
}

impl<'a> Telling<'a> {
    fn of(mut bytes: &'a [u8]) -> Option<Self> {
        let (briefings, places) = (take_number(&mut bytes)?, take_number(&mut bytes)?);
        Some(Self { bytes, word: Vec::new(), briefings, places })
    }

    fn next(&mut self) -> Option<Told> {
        let shared = take_number(&mut self.bytes)?;
        let length = take_number(&mut self.bytes)?;
        let (rest, behind) = self.bytes.split_at_checked(length)?;
        self.bytes = behind;
        self.word.truncate(shared);
        self.word.extend_from_slice(rest);
        let briefings = Piece { start: self.briefings, length: take_number(&mut self.bytes)? };
        let places = Piece { start: self.places, length: take_number(&mut self.bytes)? };
        self.briefings = self.briefings.checked_add(briefings.length)?;
        self.places = self.places.checked_add(places.length)?;
        Some(Told { word: self.word.clone(), briefings, places })
    }
}

/// Reads pieces of a stream, most of which lie behind one another.
struct Chunks<'a, 'r> {
    reader: &'r Reader<'a>,
    segment: SegmentId,
    stream: Stream,
    last: Option<(usize, Vec<u8>)>,
}

impl Chunks<'_, '_> {
    fn read(&mut self, piece: Piece) -> Result<Vec<u8>> {
        let mut found = Vec::with_capacity(piece.length.min(CHUNK));
        let Some(end) = piece.start.checked_add(piece.length) else {
            return Err(broken(0, Unpackable));
        };
        let mut at = piece.start;
        while at < end {
            let number = at / CHUNK;
            let chunk = self.chunk(number)?;
            let start = at - number * CHUNK;
            let some = chunk.get(start..(end - number * CHUNK).min(chunk.len()));
            let some = some.filter(|some| !some.is_empty());
            let some = some.ok_or_else(|| broken(0, Unpackable))?;
            found.extend_from_slice(some);
            at += some.len();
        }
        Ok(found)
    }

    fn chunk(&mut self, number: usize) -> Result<&[u8]> {
        if self.last.as_ref().is_none_or(|(last, _)| *last != number) {
            let mut of = self.reader.prepare("SELECT sum, bytes FROM posting WHERE id = ?1")?;
            let id = chunk_id(self.segment, self.stream, number);
            let found = of.query_row([id], |row| {
                let bytes = blob(row, 1)?;
                let is_whole = row.get::<_, i64>(0)? == long(bytes);
                is_whole.then(|| bytes.to_vec()).ok_or_else(|| broken(1, Unpackable))
            });
            let found = found.optional()?.ok_or_else(|| broken(0, Unpackable))?;
            self.last = Some((number, found));
        }
        Ok(self.last.as_ref().map_or(&[], |(_, bytes)| bytes))
    }
}

const BLOCK_OF: &str = "SELECT first, sum, bytes FROM word
                        WHERE segment = ?1 AND part = ?2 AND first <= ?3
                        ORDER BY first DESC LIMIT 1";
const BLOCKS_BEHIND: &str = "SELECT first, sum, bytes FROM word
                             WHERE segment = ?1 AND part = ?2 AND first > ?3 AND first < ?4
                             ORDER BY first";

impl<'a> Reader<'a> {
    /// The briefings of a word and its places in them.
    ///
    /// # Errors
    /// As [`Reader`] says.
    pub fn words_exactly(
        &self,
        segment: SegmentId,
        part: u8,
        word: &str,
    ) -> Answer<Option<Postings>> {
        let found = self.told(segment, part, word).and_then(|told| {
            let Some(told) = told else { return Ok(None) };
            let briefings = self.chunks(segment, Stream::Briefings).read(told.briefings)?;
            Ok(Some((briefings, self.chunks(segment, Stream::Places).read(told.places)?)))
        });
        self.named(found)
    }

    /// The briefings of a word alone: its places are not read from the disk.
    ///
    /// # Errors
    /// As [`Reader`] says.
    pub fn briefings_of_word(
        &self,
        segment: SegmentId,
        part: u8,
        word: &str,
    ) -> Answer<Option<Vec<u8>>> {
        let found = self.told(segment, part, word).and_then(|told| {
            let told =
                told.map(|told| self.chunks(segment, Stream::Briefings).read(told.briefings));
            told.transpose()
        });
        self.named(found)
    }

    /// Words that begin so, with their briefings, in the order of their bytes; the first `most`.
    ///
    /// # Errors
    /// As [`Reader`] says.
    pub fn words_from(
        &self,
        segment: SegmentId,
        part: u8,
        prefix: &str,
        most: usize,
    ) -> Answer<Vec<(String, Vec<u8>)>> {
        let mut chunks = self.chunks(segment, Stream::Briefings);
        let mut found = Vec::new();
        let walked = self.each_from((segment, part), prefix, most, &mut |told| {
            found.push((text(told.word)?, chunks.read(told.briefings)?));
            Ok(())
        });
        self.named(walked.map(|()| found))
    }

    /// The same with their places in them.
    ///
    /// # Errors
    /// As [`Reader`] says.
    pub fn whole_words_from(
        &self,
        segment: SegmentId,
        part: u8,
        prefix: &str,
        most: usize,
    ) -> Answer<Vec<Word>> {
        let mut both = [Stream::Briefings, Stream::Places].map(|it| self.chunks(segment, it));
        let mut found = Vec::new();
        let walked = self.each_from((segment, part), prefix, most, &mut |told| {
            let [briefings, places] = &mut both;
            found.push(Word {
                word: text(told.word)?,
                briefings: briefings.read(told.briefings)?,
                places: places.read(told.places)?,
            });
            Ok(())
        });
        self.named(walked.map(|()| found))
    }

    fn chunks(&self, segment: SegmentId, stream: Stream) -> Chunks<'a, '_> {
        Chunks { reader: self, segment, stream, last: None }
    }

    /// What the block tells in which a word would stand.
    fn told(&self, segment: SegmentId, part: u8, word: &str) -> Result<Option<Told>> {
        let mut of = self.prepare(BLOCK_OF)?;
        let found = of.query_row(params![segment.0, part, word.as_bytes()], |row| {
            let mut telling = telling(row)?;
            while let Some(told) = telling.next() {
                if told.word.as_slice() >= word.as_bytes() {
                    return Ok(Some(told).filter(|told| told.word == word.as_bytes()));
                }
            }
            Ok(None)
        });
        Ok(found.optional()?.flatten())
    }

    fn each_from(
        &self,
        (segment, part): (SegmentId, u8),
        prefix: &str,
        most: usize,
        take: &mut dyn FnMut(Told) -> Result<()>,
    ) -> Result<()> {
        let mut left = most;
        let mut take_block = |row: &Row<'_>| {
            let mut telling = telling(row)?;
            while let Some(told) = telling.next().filter(|_| left > 0) {
                if told.word.starts_with(prefix.as_bytes()) {
                    left -= 1;
                    take(told)?;
                }
            }
            Ok(left > 0)
        };
        let mut first = self.prepare(BLOCK_OF)?;
        let of = params![segment.0, part, prefix.as_bytes()];
        if first.query_row(of, &mut take_block).optional()? == Some(false) {
            return Ok(());
        }
        let mut behind = self.prepare(BLOCKS_BEHIND)?;
        let of = params![segment.0, part, prefix.as_bytes(), after(prefix)];
        let mut rows = behind.query(of)?;
        while let Some(row) = rows.next()? {
            if !take_block(row)? {
                break;
            }
        }
        Ok(())
    }
}

/// The words of a block that is what was written.
fn telling<'a>(row: &'a Row<'_>) -> Result<Telling<'a>> {
    let (first, bytes) = (blob(row, 0)?, blob(row, 2)?);
    if row.get::<_, i64>(1)? != of_two(bytes, first) {
        return Err(broken(2, Unpackable));
    }
    Telling::of(bytes).ok_or_else(|| broken(2, Unpackable))
}

fn text(word: Vec<u8>) -> Result<String> {
    String::from_utf8(word).map_err(|e| broken(2, e))
}

/// The first bytes behind all that begin with a prefix. UTF-8 has no byte above 0xF4, so the last one
/// can always be raised.
fn after(prefix: &str) -> Vec<u8> {
    let mut bytes = prefix.as_bytes().to_vec();
    match bytes.last_mut() {
        Some(last) => *last += 1,
        None => bytes.push(u8::MAX),
    }
    bytes
}

/// Writes a number in as few groups of seven bits as it has.
fn put_number(bytes: &mut Vec<u8>, mut number: usize) {
    loop {
        let [low, ..] = number.to_le_bytes();
        number >>= 7;
        if number == 0 {
            bytes.push(low & 0x7F);
            return;
        }
        bytes.push(low | 0x80);
    }
}

/// Takes it away from the front again; `None` where there is none.
fn take_number(bytes: &mut &[u8]) -> Option<usize> {
    let mut number = 0;
    for at in 0..9 {
        let (byte, behind) = bytes.split_first()?;
        *bytes = behind;
        number |= usize::from(byte & 0x7F) << (7 * at);
        if *byte < 0x80 {
            return Some(number);
        }
    }
    None
}
