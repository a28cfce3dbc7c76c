//! Values as bytes: postcard, and lz4 where that makes them smaller. A large value is squeezed piece by
//! piece as it is written, and read so, so that it never stands in memory beside its bytes.

use lz4_flex::block::{compress_prepend_size, decompress_into, decompress_size_prepended};
use postcard::ser_flavors::Flavor;
use postcard::{Deserializer, de_flavors};
use serde::Serialize;
use serde::de::DeserializeOwned;
use thiserror::Error;

/// Shorter ones are not worth the work.
const WORTH_SQUEEZING: usize = 256;
/// LZ4's block format makes at most 255 bytes of one.
const MOST_SWELLING: usize = 255;

/// Bytes that are squeezed together: more than lz4 looks back.
const PIECE: usize = 256 << 10;

const PLAIN: u8 = 0;
const SQUEEZED: u8 = 1;
// 2 is a text's: see `squeezing`.
const IN_PIECES: u8 = 3;

/// Bytes that do not hold what they should.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a value is not what was written")]
pub struct Unpackable;

/// A value as bytes, from which [`unpack`] makes an equal one.
///
/// # Errors
/// Where its own `Serialize` gives one, or it has a sequence of unknown length.
pub fn pack<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, Unpackable> {
    pack_by(PIECE, value)
}

fn pack_by<T: Serialize + ?Sized>(size: usize, value: &T) -> Result<Vec<u8>, Unpackable> {
    let pieces = Pieces { size, squeezed: Vec::new(), plain: vec![PLAIN] };
    postcard::serialize_with_flavor(value, pieces).map_err(|_| Unpackable)
}

/// The bytes of a value on their way: pieces that are squeezed, and behind them one that is not.
struct Pieces {
    size: usize,
    squeezed: Vec<u8>,
    /// After a byte for the form.
    plain: Vec<u8>,
}

impl Pieces {
    #[inline]
    fn settle(&mut self) {
        if self.plain.len() > self.size {
            self.squeeze();
        }
    }

    #[inline(never)]
    fn squeeze(&mut self) {
        if self.squeezed.is_empty() {
            self.squeezed.push(IN_PIECES);
        }
        let piece = compress_prepend_size(self.plain.get(1..).unwrap_or_default());
        let length = u32::try_from(piece.len()).unwrap_or(u32::MAX);
        self.squeezed.extend(length.to_le_bytes());
        self.squeezed.extend(piece);
        self.plain.truncate(1);
    }
}

impl Flavor for Pieces {
    type Output = Vec<u8>;

    #[inline]
    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.plain.push(byte);
        self.settle();
        Ok(())
    }

    #[inline]
    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        for some in bytes.chunks(self.size) {
            self.plain.extend_from_slice(some);
            self.settle();
        }
        Ok(())
    }

    fn finalize(mut self) -> postcard::Result<Vec<u8>> {
        if !self.squeezed.is_empty() {
            self.squeeze();
            self.squeezed.shrink_to_fit();
            return Ok(self.squeezed);
        }
        let content = self.plain.get(1..).unwrap_or_default();
        if content.len() >= WORTH_SQUEEZING {
            let mut squeezed = compress_prepend_size(content);
            if squeezed.len() < content.len() {
                squeezed.insert(0, SQUEEZED);
                return Ok(squeezed);
            }
        }
        Ok(self.plain)
    }
}

/// The value of these bytes.
///
/// # Errors
/// Where they are not those of such a value; never a panic, and never more memory than 255 times
/// the bytes and what the value takes.
pub fn unpack<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Unpackable> {
    let (form, content) = bytes.split_first().ok_or(Unpackable)?;
    match *form {
        PLAIN => read(content),
        SQUEEZED => {
            size_of(content)?;
            read(&decompress_size_prepended(content).map_err(|_| Unpackable)?)
        }
        IN_PIECES => read_pieces(&mut OfBytes(content)),
        _ => Err(Unpackable),
    }
}

/// How large a squeezed piece says that it was, where that can be.
fn size_of(piece: &[u8]) -> Result<usize, Unpackable> {
    let size = usize::try_from(take_number(&mut &*piece)?).map_err(|_| Unpackable)?;
    (size <= piece.len().saturating_mul(MOST_SWELLING)).then_some(size).ok_or(Unpackable)
}

/// Bytes that come part by part.
pub(super) trait Parts {
    /// The next of them; `None` at the end.
    fn next(&mut self) -> Result<Option<&[u8]>, Unpackable>;
}

/// The value of bytes that come in parts, of which no more is held than a piece and a part.
///
/// # Errors
/// As [`unpack`].
pub(super) fn unpack_parts<T: DeserializeOwned>(parts: &mut impl Parts) -> Result<T, Unpackable> {
    let mut first = parts.next()?.ok_or(Unpackable)?.to_vec();
    if first.first() == Some(&IN_PIECES) {
        first.remove(0);
        return read_pieces(&mut OfParts { parts, held: first, at: 0 });
    }
    while let Some(part) = parts.next()? {
        first.extend_from_slice(part);
    }
    unpack(&first)
}

/// Pieces that are squeezed, one behind the other.
trait Squeezed {
    /// The next of them; `None` at the end.
    fn next(&mut self) -> Result<Option<&[u8]>, Unpackable>;
}

struct OfBytes<'a>(&'a [u8]);

impl Squeezed for OfBytes<'_> {
    fn next(&mut self) -> Result<Option<&[u8]>, Unpackable> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let length = usize::try_from(take_number(&mut self.0)?).map_err(|_| Unpackable)?;
        let (piece, behind) = self.0.split_at_checked(length).ok_or(Unpackable)?;
        self.0 = behind;
        Ok(Some(piece))
    }
}

struct OfParts<'a, P> {
    parts: &'a mut P,
    /// What came, and how much of it was given.
    held: Vec<u8>,
    at: usize,
}

impl<P: Parts> OfParts<'_, P> {
    /// Has so many bytes at hand; whether there are.
    fn hold(&mut self, count: usize) -> Result<bool, Unpackable> {
        while self.held.len() - self.at < count {
            let Some(part) = self.parts.next()? else { return Ok(false) };
            self.held.drain(..self.at);
            self.at = 0;
            self.held.extend_from_slice(part);
        }
        Ok(true)
    }
}

impl<P: Parts> Squeezed for OfParts<'_, P> {
    fn next(&mut self) -> Result<Option<&[u8]>, Unpackable> {
        if !self.hold(4)? {
            return if self.held.len() == self.at { Ok(None) } else { Err(Unpackable) };
        }
        let mut length = self.held.get(self.at..).unwrap_or_default();
        let length = usize::try_from(take_number(&mut length)?).map_err(|_| Unpackable)?;
        let end = length.checked_add(4).ok_or(Unpackable)?;
        if !self.hold(end)? {
            return Err(Unpackable);
        }
        let piece = self.at + 4..self.at + end;
        self.at += end;
        self.held.get(piece).map(Some).ok_or(Unpackable)
    }
}

fn read_pieces<T: DeserializeOwned>(squeezed: &mut dyn Squeezed) -> Result<T, Unpackable> {
    let plain = Plain { squeezed, piece: Vec::new(), at: 0, joined: Vec::new() };
    let mut from = Deserializer::from_flavor(plain);
    let value = T::deserialize(&mut from).map_err(|_| Unpackable)?;
    from.finalize().map_err(|_| Unpackable)?;
    Ok(value)
}

/// The bytes of a value as they are asked for: one piece of them is there.
struct Plain<'a> {
    squeezed: &'a mut dyn Squeezed,
    piece: Vec<u8>,
    at: usize,
    /// What stands in more pieces than one.
    joined: Vec<u8>,
}

impl Plain<'_> {
    /// Whether there is a next piece.
    #[inline(never)]
    fn turn(&mut self) -> Result<bool, Unpackable> {
        let Some(piece) = self.squeezed.next()? else { return Ok(false) };
        let size = size_of(piece)?;
        self.piece.resize(size, 0);
        self.at = 0;
        let written = decompress_into(piece.get(4..).unwrap_or_default(), &mut self.piece);
        (written.ok() == Some(size)).then_some(true).ok_or(Unpackable)
    }
}

impl<'de, 'a: 'de> de_flavors::Flavor<'de> for Plain<'a> {
    type Remainder = ();
    type Source = ();

    #[inline]
    fn pop(&mut self) -> postcard::Result<u8> {
        loop {
            if let Some(byte) = self.piece.get(self.at) {
                self.at += 1;
                return Ok(*byte);
            }
            self.next_piece()?;
        }
    }

    fn try_take_n(&mut self, _: usize) -> postcard::Result<&'de [u8]> {
        // Nothing that is read borrows of what it is read from.
        Err(postcard::Error::WontImplement)
    }

    #[inline]
    fn try_take_n_temp<'b>(&'b mut self, count: usize) -> postcard::Result<&'b [u8]>
    where
        'de: 'b,
    {
        if self.piece.len() - self.at < count {
            return self.joined(count);
        }
        let start = self.at;
        self.at += count;
        self.piece.get(start..self.at).ok_or(postcard::Error::DeserializeUnexpectedEnd)
    }

    fn finalize(mut self) -> postcard::Result<()> {
        // The last piece may be empty.
        while self.at == self.piece.len() {
            match self.turn() {
                Ok(true) => {}
                Ok(false) => return Ok(()),
                Err(Unpackable) => break,
            }
        }
        Err(postcard::Error::DeserializeBadEncoding)
    }
}

impl Plain<'_> {
    fn next_piece(&mut self) -> postcard::Result<()> {
        match self.turn() {
            Ok(true) => Ok(()),
            _ => Err(postcard::Error::DeserializeUnexpectedEnd),
        }
    }

    #[inline(never)]
    fn joined(&mut self, count: usize) -> postcard::Result<&[u8]> {
        self.joined.clear();
        while self.joined.len() < count {
            if self.at == self.piece.len() {
                self.next_piece()?;
            }
            let rest = self.piece.get(self.at..).unwrap_or_default();
            let some = rest.len().min(count - self.joined.len());
            self.joined.extend_from_slice(rest.get(..some).unwrap_or_default());
            self.at += some;
        }
        Ok(&self.joined)
    }
}

fn take_number(bytes: &mut &[u8]) -> Result<u32, Unpackable> {
    let (number, behind) = bytes.split_first_chunk().ok_or(Unpackable)?;
    *bytes = behind;
    Ok(u32::from_le_bytes(*number))
}

pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Unpackable> {
    match postcard::take_from_bytes(bytes) {
        Ok((value, [])) => Ok(value),
        _ => Err(Unpackable),
    }
}

#[cfg(test)]
mod tests;
