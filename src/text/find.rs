//! Finding what a reader types in a text, without regard to how it is spelled or broken into lines.

use std::ops::Range;

use memchr::memmem::Finder;

use crate::text::fold::{Folding, fold};
use crate::text::letters::is_diacritic;

/// What is looked for.
#[derive(Debug, Clone)]
pub struct Needle {
    folding: Folding,
    first: Finder<'static>,
    /// The words behind the first, folded; white space stands between them.
    others: Vec<String>,
}

impl Needle {
    /// Case counts only if the pattern has an upper-case letter, diacritics only if it has any.
    /// White space in the pattern matches any run of white space, newlines too; at its ends it is
    /// ignored, so that a half-typed phrase finds. An empty pattern finds nothing.
    #[must_use]
    pub fn smart_case(pattern: &str) -> Self {
        let folding = Folding {
            case: !pattern.chars().any(char::is_uppercase),
            diacritics: !has_diacritics(pattern),
        };
        let folded = fold(pattern, folding);
        let mut words = folded.text().split_whitespace();
        let first = Finder::new(words.next().unwrap_or_default()).into_owned();
        Self { folding, first, others: words.map(str::to_owned).collect() }
    }

    /// Whether there is nothing to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.first.needle().is_empty()
    }

    /// Whether anything in `text` matches.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        let folded = fold(text, self.folding);
        let haystack = folded.text();
        let mut starts = self.first.find_iter(haystack.as_bytes());
        !self.is_empty() && starts.any(|start| self.end_of_match(haystack, start).is_some())
    }

    /// The byte ranges of `text` that match, in order and without overlap, each of whole characters.
    #[must_use]
    pub fn find_in(&self, text: &str) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        if self.is_empty() {
            return found;
        }
        let folded = fold(text, self.folding);
        let haystack = folded.text();
        let mut at = 0;
        while let Some(rest) = haystack.as_bytes().get(at..)
            && let Some(offset) = self.first.find(rest)
        {
            let start = at + offset;
            if let Some(end) = self.end_of_match(haystack, start) {
                let range = folded.original(start..end);
                if found.last().is_none_or(|last| last.end <= range.start) {
                    found.push(range);
                }
                at = end;
            } else {
                at = start + 1;
            }
        }
        found
    }

    /// Where the match ends whose first word begins at `start`.
    fn end_of_match(&self, haystack: &str, start: usize) -> Option<usize> {
        let mut rest = haystack.get(start + self.first.needle().len()..)?;
        for word in &self.others {
            let trimmed = rest.trim_start();
            if trimmed.len() == rest.len() {
                return None;
            }
            rest = trimmed.strip_prefix(word.as_str())?;
        }
        // Where diacritics count, "e" is not the beginning of "é" (which is "e" and a mark here).
        let is_parted = !self.folding.diacritics && rest.starts_with(is_diacritic);
        (!is_parted).then_some(haystack.len() - rest.len())
    }
}

fn has_diacritics(pattern: &str) -> bool {
    let with = fold(pattern, Folding { case: true, diacritics: false });
    let without = fold(pattern, Folding { case: true, diacritics: true });
    with.text() != without.text()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::samples::odd_text;

    #[test]
    fn what_is_found() {
        let cases: [(&str, &str, &[&str]); 16] = [
            ("xi", "Xi met XI, exit", &["Xi", "XI", "xi"]),
            ("Xi", "Xi met XI, exit", &["Xi"]),
            ("erdogan", "Erdoğan, ERDOĞAN and Erdogan", &["Erdoğan", "ERDOĞAN", "Erdogan"]),
            ("erdoğan", "Erdoğan, Erdogan, Erdog\u{306}an", &["Erdoğan", "Erdog\u{306}an"]),
            ("é", "e é e\u{301} ế", &["é", "e\u{301}"]),
            ("wang  yi", "Wang\n  Yi, wang yi, Wangyi", &["Wang\n  Yi", "wang yi"]),
            ("xi's ", "Xi’s", &["Xi’s"]),
            ("20-22", "20–22 March", &["20–22"]),
            ("习近平", "主席习近平访问", &["习近平"]),
            ("strasse", "Straße", &["Straße"]),
            ("s", "ß", &["ß"]),
            ("aa", "aaaaa", &["aa", "aa"]),
            ("a a b", "a a a b", &["a a b"]),
            ("", "anything", &[]),
            (" \n ", "any thing", &[]),
            ("long", "", &[]),
        ];
        for (pattern, text, expected) in cases {
            let found: Vec<_> =
                Needle::smart_case(pattern).find_in(text).into_iter().map(|r| &text[r]).collect();
            assert_eq!(found, expected, "{pattern:?} in {text:?}");
        }
    }

    proptest! {
        #[test]
        fn a_piece_of_the_text_is_found(text in odd_text(), from in 0usize..40, len in 1usize..8) {
            let pattern: String = text.chars().skip(from).take(len).collect();
            let needle = Needle::smart_case(&pattern);
            let found = needle.find_in(&text);
            prop_assert!(found.windows(2).all(|pair| pair[0].end <= pair[1].start));
            for range in &found {
                let part = text.get(range.clone());
                prop_assert!(part.is_some_and(|part| !needle.find_in(part).is_empty()));
            }
        }

        #[test]
        fn a_word_put_into_a_text_is_found(before in odd_text(), after in odd_text()) {
            let text = format!("{before} qzyvx Wörd {after}");
            let found = Needle::smart_case("QZYVX wörd".to_lowercase().as_str()).find_in(&text);
            prop_assert_eq!(found.len(), 1);
            prop_assert_eq!(&text[found[0].clone()], "qzyvx Wörd");
        }
    }
}
