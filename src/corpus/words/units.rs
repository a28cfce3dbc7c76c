//! A folded text cut into what is looked for: words, and runs of a script without blanks.

use std::ops::Range;

/// One of them, as it is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A word between boundaries.
    Word(String),
    /// Characters of a script that parts no words: it may stand within others.
    Run(String),
}

/// The units of a folded text with where they stand, in order; possessives left off.
pub fn units(folded: &str) -> impl Iterator<Item = (Range<usize>, bool)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        at = start_of_unit(folded, at)?;
        let rest = folded.get(at..)?;
        let is_run = rest.starts_with(is_solid);
        let length = if is_run { run_length(rest) } else { word_length(rest) };
        let unit = rest.get(..length)?;
        let kept = unit.strip_suffix("'s").filter(|word| !is_run && !word.is_empty());
        let range = at..at + kept.unwrap_or(unit).len();
        at += length;
        Some((range, is_run))
    })
}

/// Every two neighbouring characters of a run; none of one character alone.
pub fn grams(run: &str) -> Vec<&str> {
    let starts: Vec<usize> = run.char_indices().map(|(at, _)| at).collect();
    let ends = starts.iter().skip(2).copied().chain(std::iter::once(run.len()));
    let pairs = starts.iter().zip(ends).take(starts.len().saturating_sub(1));
    pairs.filter_map(|(&start, end)| run.get(start..end)).collect()
}

/// The last character of a run: with the pairs of [`grams`] it makes every character the beginning
/// of something that an index has.
pub fn last_char(run: &str) -> &str {
    let start = run.char_indices().next_back().map_or(0, |(at, _)| at);
    run.get(start..).unwrap_or_default()
}

/// Where the next unit begins, from a boundary on.
pub fn start_of_unit(folded: &str, from: usize) -> Option<usize> {
    let rest = folded.as_bytes().get(from..)?;
    let offset = rest.iter().position(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())?;
    if rest.get(offset).is_some_and(u8::is_ascii) {
        return Some(from + offset);
    }
    let (from, rest) = (from + offset, folded.get(from + offset..)?);
    rest.find(|c: char| is_letter(c) || is_solid(c)).map(|offset| from + offset)
}

/// Whether a word may begin here: no letter stands before, and no apostrophe behind a letter.
pub fn begins_word(folded: &str, at: usize) -> bool {
    let mut before = folded.get(..at).unwrap_or_default().chars().rev();
    match before.next() {
        Some('\'') => !before.next().is_some_and(is_letter),
        Some(c) => !is_letter(c),
        None => true,
    }
}

/// How much of a text goes on with the word that it begins in the middle of.
pub fn word_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_plain = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let mut end = 0;
    while is_plain(end) || (bytes.get(end) == Some(&b'\'') && is_plain(end + 1)) {
        end += 1;
    }
    match bytes.get(end) {
        Some(b'\'') => {}
        Some(byte) if !byte.is_ascii() => {}
        _ => return end,
    }
    end + text.get(end..).map_or(0, length_of_any_word)
}

/// The same, character by character.
fn length_of_any_word(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joins = c == '\'' && chars.peek().is_some_and(|&(_, next)| is_letter(next));
        if !is_letter(c) && !joins {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

fn run_length(text: &str) -> usize {
    text.find(|c| !is_solid(c)).unwrap_or(text.len())
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !is_solid(c)
}

/// Scripts that put no blanks between words: Thai, Lao, Burmese, Khmer, kana and Han (blocks of
/// Unicode 16).
pub fn is_solid(c: char) -> bool {
    c >= '\u{E01}'
        && matches!(c,
        '\u{E01}'..='\u{E3A}' | '\u{E40}'..='\u{E4E}' | '\u{E81}'..='\u{ECE}'
        | '\u{1000}'..='\u{1049}' | '\u{1780}'..='\u{17D3}' | '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF66}'..='\u{FF9D}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_quick_way_finds_the_same(text in "[a-c1' .\u{e9}\u{301}\u{4e60}\u{30ac}-]{0,24}") {
            for (at, _) in text.char_indices() {
                prop_assert_eq!(word_length(&text[at..]), length_of_any_word(&text[at..]), "{}", at);
                let start = text[at..].find(|c: char| is_letter(c) || is_solid(c));
                prop_assert_eq!(start_of_unit(&text, at), start.map(|offset| at + offset));
            }
        }
    }
}
