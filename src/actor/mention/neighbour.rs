//! Whether a single word that may be a name stands alone, or is part of somebody else's name.

use std::ops::Range;

use super::word_list::{is_function_word, is_title};
use crate::date::is_day_name;

/// Whether the word before makes it another's name, as in `Hunter Biden`. `own` says whether that
/// word is a given name of the actor himself, `is_mention` whether a mention ends there.
pub fn is_behind_foreign_name(
    text: &str,
    start: usize,
    own: impl Fn(&str) -> bool,
    is_mention: impl Fn(usize) -> bool,
) -> bool {
    let Some(before) = text.get(..start) else { return false };
    let Some(rest) = before.strip_suffix([' ', '\n', '\u{a0}']) else { return false };
    let word = last_word(rest);
    if !is_name_like(word) || is_title(word) || is_mention(rest.len()) || own(word) {
        return false;
    }
    !(begins_sentence(&rest[..rest.len() - word.len()]) && is_function_word(word))
}

/// Whether the word behind makes it another's family name, as in `Kim Yo Jong`.
pub fn is_before_given_name(text: &str, end: usize, is_mention: impl Fn(usize) -> bool) -> bool {
    let Some(rest) = text.get(end..).and_then(|after| after.strip_prefix([' ', '\n', '\u{a0}']))
    else {
        return false;
    };
    let word: &str = rest.split(|c: char| !is_of_word(c)).next().unwrap_or_default();
    is_name_like(word) && !is_day_name(word) && !is_mention(text.len() - rest.len())
}

fn last_word(text: &str) -> &str {
    let start = text
        .rfind(|c: char| !is_of_word(c))
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    &text[start..]
}

fn is_of_word(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '-' | '\'' | '’')
}

/// Capitalised, and not in capitals throughout.
fn is_name_like(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.any(char::is_lowercase)
}

fn begins_sentence(before: &str) -> bool {
    let trimmed =
        before.trim_end_matches([' ', '\u{a0}', '"', '“', '‘', '(', '*', '_', '-', '>', '#']);
    trimmed.is_empty()
        || trimmed.ends_with(['.', '!', '?', ':', ';', '—', '”', ')'])
        || trimmed.ends_with("\n\n")
        || before.trim_end_matches(' ').ends_with(['-', '>', '#', '*', '"', '“'])
}

/// The text between two places, line ends as spaces.
pub fn between(text: &str, range: Range<usize>) -> String {
    text.get(range).unwrap_or("\0").replace(['\n', '\t'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foreign_given_name_is_told_from_a_title_and_a_sentences_first_word() {
        for (before, expected) in [
            ("He met Hunter ", true),
            ("Hunter ", true),
            ("Then. Jill ", true),
            ("President ", false),
            ("While ", false),
            ("On Friday ", false),
            ("said. Yesterday ", false),
            ("the press.\n\nReportedly ", false),
            ("Mr. ", false),
            ("told ", false),
            ("the US ", false),
            ("In talks, ", false),
            ("", false),
        ] {
            let text = format!("{before}Biden");
            let found = is_behind_foreign_name(&text, before.len(), |_| false, |_| false);
            assert_eq!(found, expected, "{before}");
        }
    }

    #[test]
    fn a_family_name_before_another_given_name_is_anothers() {
        for (after, expected) in
            [(" Yo Jong", true), (" said", false), (" Friday", false), (", Xi", false), ("", false)]
        {
            let text = format!("Kim{after}");
            assert_eq!(is_before_given_name(&text, 3, |_| false), expected, "{after}");
        }
    }
}
