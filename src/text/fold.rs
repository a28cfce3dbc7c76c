//! Folding: the text as it is compared, with the way back to the text as it is written.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::char::decompose_canonical;

use crate::text::letters::{is_diacritic, latin, typography};
use crate::text::position::floor_boundary;

/// What a fold levels besides typography, which every fold levels: typographic apostrophes, quotes
/// and dashes become `'`, `"` and `-`, each space of Unicode the plain one, and soft hyphens,
/// joiners and direction marks nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Folding {
    /// Upper and lower case, by the full mappings of Unicode: `ß` is `ss`, `ﬁ` is `fi`, `ς` is `σ`.
    pub case: bool,
    /// Accents, points and vowel signs of the alphabets that write them above or below a letter
    /// (Latin, Greek, Cyrillic, Hebrew, Arabic, Syriac), and the letters of Latin that Unicode does
    /// not part: `ø` is `o`, `ł` is `l`, `æ` is `ae`, `ı` is `i`, `þ` is `th`. Signs that are letters
    /// of their script (of Indic scripts, Thai, kana) stay.
    pub diacritics: bool,
}

/// A folded text that knows where each of its bytes comes from.
#[derive(Debug, Clone)]
pub struct Folded<'a> {
    text: Cow<'a, str>,
    /// In order of both offsets; empty if every offset is the same in both texts.
    pieces: Vec<Piece>,
}

/// A stretch that was folded byte for byte, or one character that was not.
#[derive(Debug, Clone, Copy)]
struct Piece {
    folded: usize,
    original: usize,
    is_same: bool,
}

/// Folds a text. A text of ASCII alone costs no more than the change of its case.
#[must_use]
pub fn fold(text: &str, folding: Folding) -> Folded<'_> {
    if text.is_ascii() {
        let has_upper = folding.case && text.bytes().any(|byte| byte.is_ascii_uppercase());
        let text =
            if has_upper { Cow::Owned(text.to_ascii_lowercase()) } else { Cow::Borrowed(text) };
        return Folded { text, pieces: Vec::new() };
    }
    let mut folder = Folder { folding, out: String::with_capacity(text.len()), pieces: Vec::new() };
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let at = text.len() - rest.len();
        let ascii = ascii_length(rest.as_bytes());
        let length = if ascii > 0 { ascii } else { c.len_utf8() };
        let (head, tail) = rest.split_at(length);
        if ascii > 0 {
            folder.push_ascii(at, head);
        } else {
            folder.push_char(at, c);
        }
        rest = tail;
    }
    folder.start_piece(text.len(), true);
    Folded { text: Cow::Owned(folder.out), pieces: folder.pieces }
}

/// How many bytes of ASCII come first.
fn ascii_length(bytes: &[u8]) -> usize {
    let runs = bytes.chunks(32).take_while(|run| run.is_ascii());
    let length = runs.map(<[u8]>::len).sum();
    let rest = bytes.get(length..).unwrap_or_default();
    length + rest.iter().position(|byte| !byte.is_ascii()).unwrap_or(rest.len())
}

/// The text with both folds: a key under which names that differ only in how they are typed meet.
#[must_use]
pub fn fold_key(text: &str) -> String {
    fold(text, Folding { case: true, diacritics: true }).text.into_owned()
}

/// The way back from offsets of a folded text that only grow.
#[derive(Debug, Clone)]
pub struct WayBack<'a> {
    pieces: &'a [Piece],
}

impl WayBack<'_> {
    /// Where in the original text the character comes from that begins at an offset, which must not be
    /// before the last one that was asked for.
    pub fn original(&mut self, offset: usize) -> usize {
        while let [_, next, ..] = self.pieces
            && next.folded <= offset
        {
            self.pieces = self.pieces.get(1..).unwrap_or_default();
        }
        match self.pieces.first().filter(|piece| piece.folded <= offset) {
            Some(piece) => piece.start_of(offset),
            None => offset,
        }
    }
}

impl Piece {
    fn start_of(&self, offset: usize) -> usize {
        if self.is_same { self.original + (offset - self.folded) } else { self.original }
    }
}

impl Folded<'_> {
    /// The way back from its beginning on.
    #[must_use]
    pub fn way_back(&self) -> WayBack<'_> {
        WayBack { pieces: &self.pieces }
    }

    /// The folded text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the original text that a byte range of the folded text comes from: whole
    /// characters, with the marks that were dropped behind them. Offsets past the end are taken for
    /// the end, those within a character for its beginning (start) or end (end).
    #[must_use]
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        let start = self.original_start(floor_boundary(&self.text, range.start));
        let mut end = range.end.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        start..if range.end <= range.start { start } else { self.original_end(end) }
    }

    fn original_start(&self, offset: usize) -> usize {
        self.piece(offset).map_or(offset, |(piece, _)| piece.start_of(offset))
    }

    fn original_end(&self, offset: usize) -> usize {
        match self.piece(offset) {
            Some((piece, Some(next))) if !piece.is_same && offset > piece.folded => next.original,
            _ => self.original_start(offset),
        }
    }

    /// The last piece that begins at or before an offset, and the one behind it.
    fn piece(&self, offset: usize) -> Option<(Piece, Option<Piece>)> {
        let after = self.pieces.partition_point(|piece| piece.folded <= offset);
        let piece = *self.pieces.get(after.checked_sub(1)?)?;
        Some((piece, self.pieces.get(after).copied()))
    }
}

struct Folder {
    folding: Folding,
    out: String,
    pieces: Vec<Piece>,
}

impl Folder {
    fn push_ascii(&mut self, at: usize, run: &str) {
        self.start_piece(at, true);
        let start = self.out.len();
        self.out.push_str(run);
        if self.folding.case
            && let Some(added) = self.out.get_mut(start..)
        {
            added.make_ascii_lowercase();
        }
    }

    fn push_char(&mut self, at: usize, c: char) {
        let start = self.out.len();
        push_folded(&mut self.out, c, self.folding);
        let added = self.out.get(start..).unwrap_or_default();
        let is_same = added.len() == c.len_utf8() && added.chars().count() == 1;
        self.start_piece_at(start, at, is_same);
    }

    fn start_piece(&mut self, at: usize, is_same: bool) {
        self.start_piece_at(self.out.len(), at, is_same);
    }

    fn start_piece_at(&mut self, folded: usize, original: usize, is_same: bool) {
        let continues = is_same && self.pieces.last().is_some_and(|last| last.is_same);
        if !continues {
            self.pieces.push(Piece { folded, original, is_same });
        }
    }
}

fn push_folded(out: &mut String, c: char, folding: Folding) {
    if let Some(letter) = plain_letter(c, folding) {
        out.push(letter);
    } else if let Some(plain) = typography(c) {
        out.push_str(plain);
    } else if let Some(letters) = latin(c).filter(|_| folding.diacritics) {
        let lower = letters.chars().map(|letter| letter.to_ascii_lowercase());
        if folding.case { out.extend(lower) } else { out.push_str(letters) }
    } else if is_diacritic(c) {
        if !folding.diacritics {
            push_case(out, c, folding);
        }
    } else if has_diacritic(c) {
        decompose_canonical(c, |part| {
            if !(folding.diacritics && is_diacritic(part)) {
                push_case(out, part, folding);
            }
        });
    } else {
        push_case(out, c, folding);
    }
}

/// The commonest letters outside ASCII, without the tables: only for speed.
fn plain_letter(c: char, folding: Folding) -> Option<char> {
    match c {
        'й' | 'Й' => None,
        'А'..='Я' if folding.case => c.to_lowercase().next(),
        'А'..='я' | '\u{627}'..='\u{63A}' | '\u{641}'..='\u{64A}' => Some(c),
        _ => matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}').then_some(c),
    }
}

/// Lower, upper and lower case again: this levels what full case folding levels (CaseFolding.txt, C and
/// F), such as `ß`, `ẞ`, `ſ`, `ς` and the ligatures. The dotless i is a letter of its own.
fn push_case(out: &mut String, c: char, folding: Folding) {
    if !folding.case || c == 'ı' {
        out.push(c);
        return;
    }
    out.extend(c.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase));
}

fn has_diacritic(c: char) -> bool {
    let mut found = false;
    decompose_canonical(c, |part| found |= is_diacritic(part));
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::samples::odd_text;

    const BOTH: Folding = Folding { case: true, diacritics: true };

    #[test]
    fn keys() {
        for (text, key) in [
            ("Moscow", "moscow"),
            ("Erdoğan", "erdogan"),
            ("ERDOG\u{306}AN", "erdogan"),
            ("İstanbul ısı", "istanbul isi"),
            ("Łódź Đặng Ærø Œuvre Þór Ðorđe Ŧħ", "lodz dang aero oeuvre thor dorde th"),
            ("Straße STRASSE STRAẞE", "strasse strasse strasse"),
            ("Ὀδυσσεύς", "οδυσσευσ"),
            ("Зеле́нський Ёлка", "зеленськии елка"),
            ("Xi’an ‘q’ “r” «s»", "xi'an 'q' \"r\" \"s\""),
            ("20–22 Su‑27 a—b", "20-22 su-27 a-b"),
            ("Mr.\u{a0}Xi\u{3000}x", "mr. xi x"),
            ("so\u{ad}ft \u{200f}x", "soft x"),
            ("שָׁלוֹם", "שלום"),
            ("مُحَمَّد", "محمد"),
            ("ガギ क्षि 習近平 서울", "ガギ क्षि 習近平 서울"),
            ("ﬁnal", "final"),
        ] {
            assert_eq!(fold_key(text), key, "{text}");
        }
    }

    #[test]
    fn each_fold_alone() {
        let case = Folding { case: true, diacritics: false };
        let diacritics = Folding { case: false, diacritics: true };
        for (text, by_case, by_diacritics) in [
            ("Éa", "e\u{301}a", "Ea"),
            ("E\u{301}a", "e\u{301}a", "Ea"),
            ("ŁÆ", "łæ", "LAE"),
            ("İı", "i\u{307}ı", "Ii"),
            ("ẞ’", "ss'", "ẞ'"),
        ] {
            assert_eq!(fold(text, case).text(), by_case, "{text}");
            assert_eq!(fold(text, diacritics).text(), by_diacritics, "{text}");
        }
    }

    #[test]
    fn the_way_back() {
        for (text, part, original) in [
            ("President Erdoğan’s visit", "erdogan", "Erdoğan"),
            ("President Erdoğan’s visit", "visit", "visit"),
            ("Erdog\u{306}an x", "erdog", "Erdog\u{306}"),
            ("Erdog\u{306}an x", "an", "an"),
            ("eine Straße hier", "strasse", "Straße"),
            ("eine Straße hier", "stras", "Straß"),
            ("eine Straße hier", "se h", "ße h"),
            ("Ærø", "e", "Æ"),
            ("İzmir", "izmir", "İzmir"),
        ] {
            let folded = fold(text, BOTH);
            let start = folded.text().find(part).expect("the part is in the folded text");
            assert_eq!(&text[folded.original(start..start + part.len())], original, "{text}");
        }
    }

    #[test]
    fn the_quick_way_gives_the_same() {
        for c in '\u{100}'..='\u{FFFF}' {
            for case in [false, true] {
                let folding = Folding { case, diacritics: true };
                if let Some(letter) = plain_letter(c, folding) {
                    let mut slow = String::new();
                    push_case(&mut slow, c, folding);
                    assert_eq!(slow, letter.to_string());
                    assert!(
                        typography(c).is_none() && !is_diacritic(c) && !has_diacritic(c),
                        "{c}"
                    );
                }
            }
        }
    }

    proptest! {
        #[test]
        fn ranges_lie_between_characters(
            text in odd_text(), case: bool, diacritics: bool, a in 0usize..300, b in 0usize..300,
        ) {
            let folding = Folding { case, diacritics };
            let folded = fold(&text, folding);
            let original = folded.original(a.min(b)..a.max(b));
            prop_assert!(text.get(original).is_some());
            prop_assert_eq!(folded.original(0..folded.text().len()).end, text.len());
            let again = fold(folded.text(), folding).text().to_owned();
            prop_assert_eq!(&again, folded.text());
        }

        #[test]
        fn each_character_leads_back_to_what_folds_to_it(text in odd_text()) {
            let folded = fold(&text, BOTH);
            let mut way_back = folded.way_back();
            for (at, c) in folded.text().char_indices() {
                let range = folded.original(at..at + c.len_utf8());
                prop_assert_eq!(way_back.original(at), range.start);
                prop_assert!(fold_key(&text[range]).contains(c));
            }
        }
    }
}
