//! The parser counts characters, everything else here counts bytes.

use std::cell::Cell;

/// Bytes between which it is known how many characters came before.
const STEP: usize = 64;

/// Character offsets of a text as byte offsets.
#[derive(Debug)]
pub struct Offsets<'a> {
    text: &'a str,
    /// How many characters begin before every `STEP`th byte; empty where both counts agree.
    before: Vec<usize>,
    /// A character that was asked for, and its byte: the next one is mostly a little behind it.
    last: Cell<(usize, usize)>,
}

impl<'a> Offsets<'a> {
    /// Walks the text once, unless it is ASCII.
    pub fn new(text: &'a str) -> Self {
        let mut count = 0;
        let steps = text.as_bytes().chunks(STEP);
        let before = |step: &[u8]| {
            let now = count + step.iter().filter(|byte| begins_character(**byte)).count();
            std::mem::replace(&mut count, now)
        };
        let before = if text.is_ascii() { Vec::new() } else { steps.map(before).collect() };
        Self { text, before, last: Cell::default() }
    }

    /// The byte offset of the `index`th character; the end for any index behind it.
    pub fn byte(&self, index: usize) -> usize {
        if self.before.is_empty() {
            return index.min(self.text.len());
        }
        let (mut character, mut byte) = self.last.get();
        if !(character..character + STEP).contains(&index) {
            let step = self.before.partition_point(|before| *before <= index).saturating_sub(1);
            character = self.before.get(step).copied().unwrap_or_default();
            byte = step * STEP;
        }
        let rest = self.text.as_bytes().get(byte..).unwrap_or_default();
        byte += nth_character(rest, index - character);
        if byte < self.text.len() {
            self.last.set((index, byte));
        }
        byte
    }
}

/// Where so many characters have begun, and one more begins; the end where none does.
fn nth_character(bytes: &[u8], mut count: usize) -> usize {
    for (at, byte) in bytes.iter().enumerate() {
        if begins_character(*byte) {
            if count == 0 {
                return at;
            }
            count -= 1;
        }
    }
    bytes.len()
}

fn begins_character(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_counting_from_the_start() {
        let text = "aß→𝄞".repeat(70);
        let offsets = Offsets::new(&text);
        for (index, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(offsets.byte(index), byte);
        }
        let all: Vec<_> = text.char_indices().enumerate().collect();
        for (index, (byte, _)) in all.into_iter().rev().step_by(7) {
            assert_eq!(offsets.byte(index), byte);
        }
        assert_eq!(offsets.byte(280), text.len());
        assert_eq!(offsets.byte(9_999), text.len());
        assert_eq!(Offsets::new("abc").byte(7), 3);
    }
}
