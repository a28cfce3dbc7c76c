//! A place in a text that is found again after the text was edited.

use memchr::memmem;

/// How many characters of the text are kept to know a place by: about a line.
const KEPT: usize = 80;
/// A part of the kept words is searched for only when it has so many bytes: less says nothing.
const TELLING: usize = 12;

/// Where one was in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextPlace {
    /// Byte offset of the first character of the top line in the body.
    pub offset: usize,
    /// The words from there on, up to 80 characters, with one space between them; empty at the
    /// end of the body.
    pub words: String,
}

impl TextPlace {
    /// The place at this byte offset; an offset inside a character or past the end is moved back
    /// to the character's start or to the end.
    #[must_use]
    pub fn at(body: &str, offset: usize) -> Self {
        let offset = floor_boundary(body, offset);
        Self { offset, words: first_words(body.get(offset..).unwrap_or_default()) }
    }

    /// Byte offset of this place in a body that may have changed since: where the words stand
    /// nearest to the old offset, else where half of them does (the other half was edited),
    /// else the old offset, moved back to a character's start. White space need not be the same,
    /// so a text that was only rewrapped keeps its places. Always a char boundary of `body`, though
    /// not always the start of a word.
    #[must_use]
    pub fn find_in(&self, body: &str) -> usize {
        let here = floor_boundary(body, self.offset);
        let stays =
            body.get(here..).is_some_and(|rest| begins_with(rest.trim_start(), &self.words));
        if stays {
            return here;
        }
        let (first, second) = halves(&self.words);
        [self.words.as_str(), first, second]
            .into_iter()
            .filter(|part| part.len() >= TELLING || *part == self.words)
            .find_map(|part| find_nearest(body, part, here))
            .unwrap_or(here)
    }
}

fn floor_boundary(body: &str, offset: usize) -> usize {
    (0..=offset.min(body.len())).rev().find(|at| body.is_char_boundary(*at)).unwrap_or(0)
}

fn first_words(text: &str) -> String {
    let text = text.trim_start();
    let Some((end, next)) = text.char_indices().nth(KEPT) else {
        return join_words(text);
    };
    let cut = &text[..end];
    let whole = if next.is_whitespace() { None } else { cut.rfind(char::is_whitespace) };
    join_words(whole.map_or(cut, |at| &cut[..at]))
}

fn join_words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn halves(words: &str) -> (&str, &str) {
    let (first, second) = words.split_at(floor_boundary(words, words.len() / 2));
    (first, second.trim_start())
}

fn begins_with(text: &str, words: &str) -> bool {
    words
        .split_whitespace()
        .try_fold(text, |rest, word| rest.trim_start().strip_prefix(word))
        .is_some()
}

fn find_nearest(body: &str, words: &str, offset: usize) -> Option<usize> {
    let first = words.split_whitespace().next()?;
    memmem::find_iter(body.as_bytes(), first)
        .filter(|at| body.get(*at..).is_some_and(|rest| begins_with(rest, words)))
        .min_by_key(|at| at.abs_diff(offset))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BODY: &str = "Beijing announced the visit on Friday.\n\n\
        Путин пригласил Си; the Kremlin spoke of «strategic interaction» and of documents.\n\n\
        外交部发言人汪文斌在北京例行记者会上宣布，国家主席将于三月二十日至二十二日对俄罗斯进行国事访问。\n\n\
        Western governments criticised Beijing; Kyiv waited for a call.\n";

    fn offset_of(body: &str, words: &str) -> usize {
        body.find(words).unwrap()
    }

    #[test]
    fn words_are_found_again_after_an_edit() {
        let cases = [
            ("nothing changed", "Western", BODY.to_owned(), "Western", 0),
            ("text before it", "Путин", format!("Ещё — 先 — é.\n\n{BODY}"), "Путин", 0),
            ("text gone before it", "外交部", BODY.replace("Beijing announced ", ""), "外交部", 0),
            ("rewrapped", "Путин", format!("New.\n{}", BODY.replace(' ', "\n")), "Путин", 0),
            ("end edited", "Путин", format!("New. {}", BODY.replace("spoke", "said")), "Путин", 0),
            (
                "start edited",
                "外交部",
                BODY.replace("Beijing announced ", "").replace("外交部", ""),
                "发言人",
                110,
            ),
            ("all gone", "Western", "Short é".to_owned(), "", 0),
        ];
        for (name, place, changed, expected, slack) in cases {
            let found = TextPlace::at(BODY, offset_of(BODY, place)).find_in(&changed);
            let meant =
                if expected.is_empty() { changed.len() } else { offset_of(&changed, expected) };
            assert!((meant..=meant + slack).contains(&found), "{name}: {found}, not {meant}");
        }
    }

    #[test]
    fn of_repeated_words_the_nearest_is_meant() {
        let body = "refrain, again.\n".repeat(20);
        let place = TextPlace::at(&body, 16 * 7);
        assert_eq!(place.find_in(&format!("ab\n{body}")), 16 * 7 + 3);
    }

    #[test]
    fn an_odd_offset_becomes_a_place_in_the_text() {
        let cases = [("é", 1, 0, "é"), ("é", 9, 2, ""), ("", 3, 0, ""), ("a \n b", 1, 1, "b")];
        for (body, offset, expected, words) in cases {
            let place = TextPlace::at(body, offset);
            assert_eq!(place, TextPlace { offset: expected, words: words.into() }, "{body:?}");
            assert_eq!(place.find_in(body), expected, "{body:?}");
        }
    }

    proptest! {
        #[test]
        fn any_place_in_any_text_is_a_char_boundary(
            old in "\\PC{0,60}|[a é汉\u{301}\n ]{0,200}",
            new in "\\PC{0,60}|[a é汉\u{301}\n ]{0,200}",
            offset in 0..300_usize,
        ) {
            let place = TextPlace::at(&old, offset);
            prop_assert!(old.is_char_boundary(place.offset));
            prop_assert!(place.words.chars().count() <= KEPT);
            prop_assert_eq!(place.find_in(&old), place.offset);
            prop_assert!(new.is_char_boundary(place.find_in(&new)));
            let stored = TextPlace { offset, words: new.clone() };
            prop_assert!(old.is_char_boundary(stored.find_in(&old)));
        }

        #[test]
        fn words_that_stand_once_are_found_wherever_they_move(
            count in 1..80_usize,
            chosen in any::<prop::sample::Index>(),
            before in "[é汉x ]{0,90}",
        ) {
            let body = (0..count).map(|n| format!("é汉{n:03} ")).collect::<Vec<_>>().concat();
            let offset = chosen.index(count) * "é汉000 ".len();
            let moved = format!("{before} {body}");
            let found = TextPlace::at(&body, offset).find_in(&moved);
            prop_assert_eq!(moved[found..].trim_start(), &body[offset..]);
        }
    }
}
