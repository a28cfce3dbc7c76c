//! Where a word may be broken at the end of a line, for reading: less freely than UAX 14 allows, since
//! that parts URLs, ranges (`20-22`) and designations (`Su-27`, `MQ-9`).

use textwrap::WordSeparator;
use unicode_normalization::char::is_combining_mark;

use crate::text::cells::cells;

/// The offsets within a word (a text without breaking white space) at which a line may end, in order,
/// without 0 and the word's length:
/// - behind a hyphen or en dash between two runs of at least two letters: `Chinese-|brokered`;
/// - behind an em dash or `--` before a word or an opening quote;
/// - where UAX 14 has an opportunity at a character of two columns (ideographs, kana, Hangul, emoji),
///   or behind a zero width space.
///
/// In what looks like an address, a path or a domain the first two do not hold.
#[must_use]
pub fn breaks(word: &str) -> Vec<usize> {
    let mut offsets = Vec::new();
    if !is_address(word) {
        offsets.extend(dashes(word));
    }
    if word.chars().any(may_be_wide) {
        offsets.extend(between_wide(word));
        offsets.sort_unstable();
        offsets.dedup();
    }
    offsets
}

fn is_address(word: &str) -> bool {
    let has_inner_dot = || {
        word.match_indices('.').any(|(at, _)| {
            word[..at].ends_with(char::is_alphanumeric)
                && word[at + 1..].starts_with(char::is_lowercase)
        })
    };
    word.bytes().any(|byte| matches!(byte, b'/' | b'\\' | b'@' | b'_')) || has_inner_dot()
}

fn dashes(word: &str) -> impl Iterator<Item = usize> {
    word.char_indices().filter_map(|(at, c)| {
        let end = at + c.len_utf8();
        let (before, after) = (&word[..at], &word[end..]);
        let is_break = match c {
            '-' if before.ends_with('-') => {
                before[..at - 1].ends_with(char::is_alphanumeric) && begins_word(after)
            }
            '-' | '‐' | '–' => two_letters(before.chars().rev()) && two_letters(after.chars()),
            '—' => begins_word(after),
            _ => false,
        };
        is_break.then_some(end)
    })
}

fn begins_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '“' | '‘' | '«' | '"' | '('))
}

fn two_letters(mut chars: impl Iterator<Item = char>) -> bool {
    let mut is_letter = || chars.next().is_some_and(|c| c.is_alphabetic() || is_combining_mark(c));
    is_letter() && is_letter()
}

/// Whether it makes sense to ask for more; no character before U+1100 is wide.
fn may_be_wide(c: char) -> bool {
    c >= '\u{1100}' && !matches!(c, '\u{200C}'..='\u{2027}')
}

/// Opportunities of UAX 14 that lie between cells of which one is wide.
fn between_wide(word: &str) -> Vec<usize> {
    let mut edges = Vec::new();
    let mut was_open = false;
    for cell in cells(word) {
        let is_open = cell.width > 1 || word[cell.range.clone()].starts_with('\u{200B}');
        let is_space = word[cell.range.clone()].starts_with('\u{200B}');
        if cell.range.start > 0 && (was_open || (is_open && !is_space)) {
            edges.push(cell.range.start);
        }
        was_open = is_open;
    }
    if edges.is_empty() {
        return edges;
    }
    let mut end = 0;
    let allowed: Vec<usize> = WordSeparator::UnicodeBreakProperties
        .find_words(word)
        .map(|part| {
            end += part.word.len() + part.whitespace.len();
            end
        })
        .collect();
    edges.retain(|edge| allowed.binary_search(edge).is_ok());
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_broken_where_a_reader_would() {
        for (word, parts) in [
            ("Moscow", "Moscow"),
            ("Chinese-brokered", "Chinese-|brokered"),
            ("Saudi–Iranian", "Saudi–|Iranian"),
            ("mother-in-law’s", "mother-|in-|law’s"),
            ("20-22", "20-22"),
            ("20–22", "20–22"),
            ("Su-27", "Su-27"),
            ("MQ-9", "MQ-9"),
            ("e-mail", "e-mail"),
            ("F-16s", "F-16s"),
            ("--long", "--long"),
            ("war—and", "war—|and"),
            ("war—”", "war—”"),
            ("war--and", "war--|and"),
            ("“no-limits”—“friendship”", "“no-|limits”—|“friendship”"),
            ("https://example.org/some-long-path?a=b", "https://example.org/some-long-path?a=b"),
            ("www.some-site.org", "www.some-site.org"),
            ("press-office@some-ministry.cn", "press-office@some-ministry.cn"),
            ("习近平访问。", "习|近|平|访|问。"),
            ("（俄罗斯）", "（俄|罗|斯）"),
            ("在Moscow访", "在|Moscow|访"),
            ("ロシアー", "ロ|シ|アー"),
            ("👍👍", "👍|👍"),
            ("👨\u{200d}👩", "👨\u{200d}👩"),
            ("กรุงเทพ", "กรุงเทพ"),
            ("ab\u{200b}cd", "ab\u{200b}|cd"),
            ("$100,000/month", "$100,000/month"),
            ("naïve-e\u{301}lite", "naïve-|e\u{301}lite"),
        ] {
            let mut broken = word.to_owned();
            for offset in breaks(word).into_iter().rev() {
                broken.insert(offset, '|');
            }
            assert_eq!(broken, parts);
        }
    }
}
