//! The parser counts characters, everything else here counts bytes.

/// How many characters lie between two remembered offsets.
const STEP: usize = 16;

/// Character offsets of a text as byte offsets.
#[derive(Debug)]
pub struct Offsets<'a> {
    text: &'a str,
    /// Byte offset of every `STEP`th character; empty where both counts agree.
    marks: Vec<usize>,
}

impl<'a> Offsets<'a> {
    /// Walks the text once, unless it is ASCII.
    pub fn new(text: &'a str) -> Self {
        let marks = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().step_by(STEP).map(|(byte, _)| byte).collect()
        };
        Self { text, marks }
    }

    /// The byte offset of the `index`th character; the end for any index behind it.
    pub fn byte(&self, index: usize) -> usize {
        if self.marks.is_empty() {
            return index.min(self.text.len());
        }
        let Some(&start) = self.marks.get(index / STEP) else { return self.text.len() };
        let rest = self.text[start..].char_indices().nth(index % STEP);
        rest.map_or(self.text.len(), |(byte, _)| start + byte)
    }
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
