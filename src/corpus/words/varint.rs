//! Numbers from 1 in seven bits a byte, the lowest first: every byte but the last is 128 or more,
//! the last is never 0.

/// How many bytes a number takes.
pub(super) fn size(number: u32) -> u32 {
    (u32::BITS - number.leading_zeros()).div_ceil(7).max(1)
}

/// Writes a number at a place and moves the place behind it. What does not fit is not written.
pub(super) fn put(bytes: &mut [u8], at: &mut u32, mut number: u32) {
    let mut byte = |value: u8| {
        if let Some(slot) = bytes.get_mut(*at as usize) {
            *slot = value;
        }
        *at += 1;
    };
    while number >= 0x80 {
        byte(u8::try_from(number & 0x7F).unwrap_or(0) | 0x80);
        number >>= 7;
    }
    byte(u8::try_from(number).unwrap_or(0));
}

/// The next number; `None` at the end, and where one is cut off or takes more than 32 bits.
#[inline]
pub(in crate::corpus) fn take(bytes: &mut std::slice::Iter<'_, u8>) -> Option<u32> {
    let byte = *bytes.next()?;
    if byte < 0x80 {
        return Some(u32::from(byte));
    }
    let (mut number, mut shift) = (u32::from(byte & 0x7F), 7);
    loop {
        let byte = *bytes.next()?;
        let part = u32::from(byte & 0x7F);
        if shift > 28 || (shift == 28 && part > 0xF) {
            return None;
        }
        number |= part << shift;
        if byte < 0x80 {
            return Some(number);
        }
        shift += 7;
    }
}
