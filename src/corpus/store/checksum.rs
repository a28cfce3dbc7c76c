//! A number for some bytes that is the same in every build and on every machine.

/// Odd, with its bits well mixed: 2^64 divided by the golden ratio.
const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// A number of 64 bits. It guards against accidents, not against people: eight bytes at a time, so
/// that it costs little beside the reading.
pub(super) fn checksum(bytes: &[u8]) -> u64 {
    let mut sum = mix(FACTOR, bytes.len() as u64);
    let mut words = bytes.chunks_exact(8);
    for word in &mut words {
        sum = mix(sum, word.iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte)));
    }
    mix(sum, words.remainder().iter().fold(0, |all, byte| all << 8 | u64::from(*byte)))
}

fn mix(sum: u64, word: u64) -> u64 {
    let mixed = (sum ^ word).wrapping_mul(FACTOR);
    mixed ^ mixed >> 32
}

/// The checksum as a database keeps it, beside larger things.
pub(super) fn long(bytes: &[u8]) -> i64 {
    checksum(bytes).cast_signed()
}

/// The same for two things together.
pub(super) fn of_two(first: &[u8], second: &[u8]) -> i64 {
    long(first) ^ long(second).rotate_left(1)
}

/// The same for two small things together, in 16 bits each.
pub(super) fn short(first: &[u8], second: &[u8]) -> i64 {
    first_half(first) | first_half(second) << 16
}

fn first_half(bytes: &[u8]) -> i64 {
    long(bytes) & 0xFFFF
}

#[cfg(test)]
mod tests {
    use super::checksum;

    #[test]
    fn it_stays_the_same_and_every_byte_counts() {
        assert_eq!(checksum(b""), 0x352C_D683_3D62_7234);
        let text: Vec<u8> = (0..100).collect();
        let whole = checksum(&text);
        for at in 0..text.len() {
            let mut other = text.clone();
            other[at] ^= 0x40;
            assert_ne!(checksum(&other), whole, "byte {at}");
            assert_ne!(checksum(&text[..at]), whole, "cut at {at}");
        }
        assert_ne!(checksum(&[0; 8]), checksum(&[0; 9]));
    }
}
