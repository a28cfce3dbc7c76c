//! Values as bytes: postcard, and lz4 where that makes them smaller.

use lz4_flex::block::{compress_prepend_size, decompress_size_prepended};
use serde::Serialize;
use serde::de::DeserializeOwned;
use thiserror::Error;

/// Shorter ones are not worth the work.
const WORTH_SQUEEZING: usize = 256;
/// LZ4's block format makes at most 255 bytes of one.
const MOST_SWELLING: usize = 255;

const PLAIN: u8 = 0;
const SQUEEZED: u8 = 1;

/// Bytes that do not hold what they should.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a value is not what was written")]
pub struct Unpackable;

/// A value as bytes, from which [`unpack`] makes an equal one.
///
/// # Errors
/// Where its own `Serialize` gives one, or it has a sequence of unknown length.
pub fn pack<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, Unpackable> {
    let plain = postcard::to_extend(value, vec![PLAIN]).map_err(|_| Unpackable)?;
    let content = plain.get(1..).unwrap_or_default();
    if content.len() >= WORTH_SQUEEZING && u32::try_from(content.len()).is_ok() {
        let mut squeezed = compress_prepend_size(content);
        if squeezed.len() < content.len() {
            squeezed.insert(0, SQUEEZED);
            return Ok(squeezed);
        }
    }
    Ok(plain)
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
            let size = content.first_chunk().ok_or(Unpackable)?;
            let size = usize::try_from(u32::from_le_bytes(*size)).map_err(|_| Unpackable)?;
            if size > content.len().saturating_mul(MOST_SWELLING) {
                return Err(Unpackable);
            }
            read(&decompress_size_prepended(content).map_err(|_| Unpackable)?)
        }
        _ => Err(Unpackable),
    }
}

pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Unpackable> {
    match postcard::take_from_bytes(bytes) {
        Ok((value, [])) => Ok(value),
        _ => Err(Unpackable),
    }
}

#[cfg(test)]
mod tests;
