//! Values as bytes: postcard, and lz4 where that makes them smaller. A large value is squeezed piece by
//! piece as it is written, so that it never stands in memory beside its bytes.

use lz4_flex::block::{compress_prepend_size, decompress_into, decompress_size_prepended};
use postcard::ser_flavors::Flavor;
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
    let pieces = Pieces { squeezed: Vec::new(), plain: vec![PLAIN] };
    postcard::serialize_with_flavor(value, pieces).map_err(|_| Unpackable)
}

/// The bytes of a value on their way: pieces that are squeezed, and behind them one that is not.
struct Pieces {
    squeezed: Vec<u8>,
    /// After a byte for the form.
    plain: Vec<u8>,
}

impl Pieces {
    #[inline]
    fn settle(&mut self) {
        if self.plain.len() > PIECE {
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
        for some in bytes.chunks(PIECE) {
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
        IN_PIECES => read(&unsqueezed(content)?),
        _ => Err(Unpackable),
    }
}

/// How large a squeezed piece says that it was, where that can be.
fn size_of(piece: &[u8]) -> Result<usize, Unpackable> {
    let size = usize::try_from(take_number(&mut &*piece)?).map_err(|_| Unpackable)?;
    (size <= piece.len().saturating_mul(MOST_SWELLING)).then_some(size).ok_or(Unpackable)
}

fn unsqueezed(content: &[u8]) -> Result<Vec<u8>, Unpackable> {
    let mut pieces = Vec::new();
    let (mut rest, mut whole) = (content, 0);
    while !rest.is_empty() {
        let length = usize::try_from(take_number(&mut rest)?).map_err(|_| Unpackable)?;
        let (piece, behind) = rest.split_at_checked(length).ok_or(Unpackable)?;
        whole += size_of(piece)?;
        pieces.push(piece);
        rest = behind;
    }
    let mut plain = vec![0; whole];
    let mut at = 0;
    for piece in pieces {
        let slot = plain.get_mut(at..at + size_of(piece)?).ok_or(Unpackable)?;
        let written = decompress_into(piece.get(4..).unwrap_or_default(), slot);
        if written.ok() != Some(slot.len()) {
            return Err(Unpackable);
        }
        at += slot.len();
    }
    Ok(plain)
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
