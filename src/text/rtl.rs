//! Right-to-left runs: text is painted in logical order, and each run that a terminal might reorder is
//! isolated, so that it cannot pull the frame or its neighbours with it.
//!
//! The painter puts [`ISOLATE_START`] before the symbol of a run's first cell and [`ISOLATE_END`]
//! after the symbol of its last; neither takes a column.

use std::ops::Range;

use unicode_bidi::{BidiClass, bidi_class};

use crate::text::cells::cells;

/// U+2068 FIRST STRONG ISOLATE (UAX 9 §2.5).
pub const ISOLATE_START: char = '\u{2068}';

/// U+2069 POP DIRECTIONAL ISOLATE (UAX 9 §2.6).
pub const ISOLATE_END: char = '\u{2069}';

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Left,
    Right,
    Neutral,
}

/// Whether the text holds any character that runs from right to left, or an Arabic number.
#[must_use]
pub fn is_rtl(text: &str) -> bool {
    text.chars().any(|c| c >= '\u{590}' && direction(c) == Direction::Right)
}

/// The byte ranges of a text's right-to-left runs, in order: each from its first to its last
/// right-to-left character with whatever stands between them and is not left-to-right. Their ends are
/// those of [`cells`] of the same text.
#[must_use]
pub fn rtl_runs(text: &str) -> Vec<Range<usize>> {
    if !is_rtl(text) {
        return Vec::new();
    }
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut is_open = false;
    for cell in cells(text) {
        match cell_direction(&text[cell.range.clone()]) {
            Direction::Left => is_open = false,
            Direction::Neutral => {}
            Direction::Right => match runs.last_mut() {
                Some(run) if is_open => run.end = cell.range.end,
                _ => {
                    runs.push(cell.range);
                    is_open = true;
                }
            },
        }
    }
    runs
}

fn cell_direction(cluster: &str) -> Direction {
    let strong = |wanted| cluster.chars().any(|c| direction(c) == wanted);
    if strong(Direction::Right) {
        Direction::Right
    } else if strong(Direction::Left) {
        Direction::Left
    } else {
        Direction::Neutral
    }
}

/// The marks LRM, RLM and ALM are neutral here, since they are not shown.
fn direction(c: char) -> Direction {
    if c < '\u{590}' {
        return if c.is_alphabetic() { Direction::Left } else { Direction::Neutral };
    }
    if matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}') {
        return Direction::Neutral;
    }
    match bidi_class(c) {
        BidiClass::R | BidiClass::AL | BidiClass::AN => Direction::Right,
        BidiClass::L => Direction::Left,
        _ => Direction::Neutral,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::samples::odd_text;

    #[test]
    fn runs() {
        let cases: [(&str, &[&str]); 8] = [
            ("", &[]),
            ("Xi in Moscow, 20–22", &[]),
            ("said «سلام» twice", &["سلام"]),
            ("שלום, עולם! and שלום", &["שלום, עולם", "שלום"]),
            ("السلام 20 عليكم end", &["السلام 20 عليكم"]),
            ("ab \u{200f} cd", &[]),
            ("in ١٢/٣ of", &["١٢/٣"]),
            ("שָׁלוֹם", &["שָׁלוֹם"]),
        ];
        for (text, expected) in cases {
            let runs: Vec<_> = rtl_runs(text).into_iter().map(|run| &text[run]).collect();
            assert_eq!(runs, expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn all_that_reorders_is_in_a_run(text in odd_text()) {
            let runs = rtl_runs(&text);
            prop_assert!(runs.windows(2).all(|pair| pair[0].end <= pair[1].start));
            for (at, c) in text.char_indices() {
                let is_within = runs.iter().any(|run| run.contains(&at));
                prop_assert!(is_within || direction(c) != Direction::Right);
            }
            prop_assert_eq!(is_rtl(&text), !runs.is_empty());
        }
    }
}
