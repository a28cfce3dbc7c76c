//! The parser counts characters, everything else here counts bytes.

/// Bytes between which it is known how many characters came before.
const STEP: usize = 64;

/// Character offsets of a text as byte offsets.
#[derive(Debug)]
pub struct Offsets<'a> {
    text: &'a str,
    /// How many characters begin before every `STEP`th byte; empty where both counts agree.
    before: Vec<usize>,
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
        Self { text, before }
    }

    /// The byte offset of the `index`th character; the end for any index behind it.
    pub fn byte(&self, index: usize) -> usize {
        if self.before.is_empty() {
            return index.min(self.text.len());
        }
        let step = self.before.partition_point(|before| *before <= index).saturating_sub(1);
        let before = self.before.get(step).copied().unwrap_or_default();
        let rest = self.text.as_bytes().iter().enumerate().skip(step * STEP);
        let mut characters = rest.filter(|(_, byte)| begins_character(**byte));
        characters.nth(index - before).map_or(self.text.len(), |(byte, _)| byte)
    }
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
        assert_eq!(offsets.byte(280), text.len());
        assert_eq!(offsets.byte(9_999), text.len());
        assert_eq!(Offsets::new("abc").byte(7), 3);
    }
}
