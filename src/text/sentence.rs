//! Sentences and words, by the boundaries of UAX 29, with what these get wrong in English diplomatic
//! prose mended: titles, initials, abbreviations, and lines broken within a sentence.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// What always has something behind it in its sentence.
const NEVER_LAST: &[&str] = &[
    "Adm.", "Amb.", "Brig.", "Capt.", "Cmdr.", "Col.", "Cpl.", "Dr.", "Fr.", "Gen.", "Gov.",
    "Hon.", "Lt.", "Maj.", "Messrs.", "Mr.", "Mrs.", "Ms.", "Mt.", "Pres.", "Prof.", "Rep.",
    "Rev.", "Sen.", "Sgt.", "Sr.", "St.", "cf.", "e.g.", "i.e.", "v.", "viz.", "vs.",
];

/// What belongs to a number behind it, and else ends its sentence like any word.
const BEFORE_NUMBER: &[&str] = &[
    "Apr.", "Art.", "Aug.", "Ch.", "Dec.", "Feb.", "Fig.", "Jan.", "Jul.", "Jun.", "Mar.", "No.",
    "Nos.", "Nov.", "Oct.", "Para.", "Sec.", "Sept.", "Sep.", "Vol.", "art.", "ca.", "no.", "nos.",
    "p.", "para.", "pp.", "vol.",
];

/// What may end a sentence or stand within it.
const MAYBE_LAST: &[&str] =
    &["Bros.", "Co.", "Corp.", "Inc.", "Jr.", "Ltd.", "a.m.", "al.", "approx.", "etc.", "p.m."];

/// Words that begin a new sentence when they are written with a capital behind an abbreviation.
const OPENERS: &[&str] = &[
    "A",
    "After",
    "An",
    "And",
    "As",
    "At",
    "Both",
    "But",
    "By",
    "During",
    "For",
    "From",
    "He",
    "Her",
    "His",
    "However",
    "If",
    "In",
    "It",
    "Its",
    "Meanwhile",
    "No",
    "On",
    "Our",
    "She",
    "Since",
    "So",
    "Some",
    "That",
    "The",
    "Their",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "To",
    "Under",
    "We",
    "What",
    "When",
    "While",
    "With",
    "Yet",
    "You",
];

const OPENING: [char; 8] = ['(', '[', '"', '\'', '“', '‘', '«', '*'];
const CLOSING: [char; 9] = [')', ']', '"', '\'', '”', '’', '»', '*', '_'];

/// The sentences of a text as byte ranges that cover it: white space behind a sentence belongs to it. A
/// single newline ends none, a blank line does.
pub fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut bounds = text.split_sentence_bound_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = bounds.next()?;
        let mut end = start + first.len();
        while let Some((_, next)) = bounds.next_if(|(_, next)| is_joined(&text[start..end], next)) {
            end += next.len();
        }
        Some(start..end)
    })
}

/// The words of a text as byte ranges, by UAX 29: what has a letter or digit in it.
pub fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.unicode_word_indices().map(|(start, word)| start..start + word.len())
}

/// Whether the boundary between what stands so far and what follows is none.
fn is_joined(before: &str, next: &str) -> bool {
    let content = before.trim_end();
    let gap = &before[content.len()..];
    if content.is_empty() || next.trim().is_empty() || gap.matches('\n').count() > 1 {
        return false;
    }
    ends_in_abbreviation(content, next) || (gap.contains(['\n', '\r']) && !ends_sentence(content))
}

fn ends_sentence(content: &str) -> bool {
    content
        .trim_end_matches(CLOSING)
        .ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।'])
}

fn ends_in_abbreviation(content: &str, next: &str) -> bool {
    let word = content.split(|c: char| c.is_whitespace() || c == '\u{2014}').next_back();
    let word = word.unwrap_or_default().trim_start_matches(OPENING);
    let next = next.trim_start_matches(OPENING);
    if NEVER_LAST.contains(&word) {
        return true;
    }
    if BEFORE_NUMBER.contains(&word) {
        return next.starts_with(|c: char| c.is_ascii_digit());
    }
    (MAYBE_LAST.contains(&word) || is_initials(word)) && !begins_with_opener(next)
}

/// Whether it is made of single capitals with full stops: `J.`, `U.S.`
fn is_initials(word: &str) -> bool {
    let mut letters = word.split_terminator('.').peekable();
    word.ends_with('.')
        && letters.peek().is_some()
        && letters.all(|letter| {
            let mut chars = letter.chars();
            chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
        })
}

fn begins_with_opener(next: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '’' | '\'');
    let end = next.find(|c| !is_word(c)).unwrap_or(next.len());
    OPENERS.contains(&&next[..end])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::samples::odd_text;

    #[test]
    fn where_sentences_end() {
        for sentences in [
            &["Xi will visit Moscow. ", "Putin invited him."][..],
            &["Mr. Dillon met Gen. Smith and Lt. Col. Jones. ", "They agreed."],
            &["He saw J. Smith and J. R. R. Tolkien. ", "Then he left."],
            &["The U.S. Congress met. ", "It adjourned."],
            &["It was lost to the U.S. ", "The jet was Russian."],
            &["At 9 a.m. Moscow time it began. ", "It ended at 5 p.m. ", "He left."],
            &["Resolution No. 5 passed. ", "He said no. ", "Five left."],
            &["Some, e.g. Wang Yi, i.e. the minister. ", "Russia vs. Ukraine."],
            &["On Feb. 24 it began. ", "St. Petersburg fell silent."],
            &["A line\nbroken in two. ", "Another\r\nhere.\n", "And one more."],
            &["A title\n", "\n", "A paragraph."],
            &["“Is it so?” ", "He asked twice! ", "Nobody knew…"],
            &["He wrote to Amb.\nBeam at once. ", "Done."],
            &["习近平访问莫斯科。", "普京邀请了他。"],
            &["One thing (see U.N. Charter) counts. ", "Yes."],
            &[],
        ] {
            let text = sentences.concat();
            let found: Vec<_> = super::sentences(&text).map(|range| &text[range]).collect();
            assert_eq!(found, sentences);
        }
    }

    #[test]
    fn what_words_are() {
        let text = "Xi’s “visit”, 20–22 March: 1,000 MQ-9s";
        let found: Vec<_> = words(text).map(|range| &text[range]).collect();
        assert_eq!(found, ["Xi’s", "visit", "20", "22", "March", "1,000", "MQ", "9s"]);
    }

    proptest! {
        #[test]
        fn sentences_cover_the_text(text in odd_text()) {
            let mut end = 0;
            for range in sentences(&text) {
                prop_assert_eq!(range.start, end);
                prop_assert!(range.end > range.start);
                end = range.end;
            }
            prop_assert_eq!(end, text.len());
        }
    }
}
