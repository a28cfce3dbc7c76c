//! One line for a mention: the words before it, itself, the words behind it (keyword in context).
//!
//! Columns are terminal columns, so that mentions in any script stand under each other. The context
//! ends with the mention's paragraph; markup and line breaks are made plain.

use std::ops::Range;

use crate::briefing::markdown::{blocks, inline};
use crate::text::{Cell, display_width, fitting, floor_boundary, prose_cells};

/// Bytes of a paragraph that are looked at on each side of a mention: more than any screen shows.
const NEAR: usize = 2_000;

/// Stands for words that are left out; one column.
const CUT: &str = "…";

/// A mention with what stands around it, as shown: nothing in it that a terminal obeys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KwicLine {
    /// The words before it; to be set flush right.
    pub left: String,
    /// The mention itself.
    pub middle: String,
    /// The words behind it, with the space or sign that parts them.
    pub right: String,
    /// Where in `right` a second mention stands, in bytes; `None` where it is cut off.
    pub beside: Option<Range<usize>>,
}

impl KwicLine {
    /// The line of a mention, given by bytes of the body, with `left` columns before it and `right`
    /// columns for itself and what follows. `beside` is a second mention, to be found again behind
    /// the first. A mention that is no place of the body gives an empty line.
    #[must_use]
    pub fn cut(
        body: &str,
        mention: Range<usize>,
        beside: Option<Range<usize>>,
        left: usize,
        right: usize,
    ) -> Self {
        let Some(plain) = Plain::around(body, &mention) else { return Self::default() };
        let at = plain.shown(&mention);
        let (before, rest) = (&plain.text[..at.start], &plain.text[at.end..]);
        let middle = head(&plain.text[at.clone()], right, false).0;
        let room = right.saturating_sub(display_width(&middle));
        let beside = beside.map(|other| plain.shown(&other));
        let beside = beside
            .and_then(|other| {
                Some(other.start.checked_sub(at.end)?..other.end.checked_sub(at.end)?)
            })
            .filter(|other| !other.is_empty());
        let (right, places) = head(rest.trim_end(), room, true);
        let beside = beside.and_then(|other| {
            let of = |byte: usize| places.iter().find(|(from, _)| *from >= byte).map(|at| at.1);
            let start = of(other.start)?;
            Some(start..of(other.end).unwrap_or(right.len()).max(start))
        });
        Self { left: tail(before, left), middle, right, beside }
    }
}

/// The paragraph around a mention without its marks.
pub(super) struct Plain<'a> {
    /// What is shown of it.
    pub text: String,
    window: Range<usize>,
    inline: Option<crate::briefing::markdown::Inline>,
    body: &'a str,
}

impl<'a> Plain<'a> {
    pub fn around(body: &'a str, mention: &Range<usize>) -> Option<Self> {
        body.get(mention.clone())?;
        let window = paragraph(body, mention);
        let words = body.get(window.clone())?;
        let inner = mention.start - window.start;
        let block = blocks(words)
            .into_iter()
            .find(|block| block.range.start <= inner && inner < block.range.end);
        let inline = block.map(|block| inline(words, &block));
        let text = inline.as_ref().map_or_else(|| words.to_owned(), |inline| inline.text.clone());
        Some(Self { text, window, inline, body })
    }

    /// Where the shown text has a place of the body.
    pub fn shown(&self, place: &Range<usize>) -> Range<usize> {
        let byte = |at: usize| {
            let at = at.clamp(self.window.start, self.window.end);
            let within = floor_boundary(self.body, at) - self.window.start;
            let shown = match &self.inline {
                Some(inline) => inline.to_shown(within).unwrap_or(self.text.len()),
                None => within,
            };
            floor_boundary(&self.text, shown.min(self.text.len()))
        };
        let start = byte(place.start);
        start..byte(place.end).max(start)
    }
}

/// The bytes between the blank lines around a mention, or as many as matter.
fn paragraph(body: &str, mention: &Range<usize>) -> Range<usize> {
    let lowest = floor_boundary(body, mention.start.saturating_sub(NEAR));
    let highest = floor_boundary(body, (mention.end + NEAR).min(body.len()));
    let before = &body[lowest..mention.start];
    let start = before.rfind("\n\n").map_or(lowest, |at| lowest + at + 2);
    let end = body[mention.end..highest].find("\n\n").map_or(highest, |at| mention.end + at);
    start..end
}

/// The first columns of a text, and where each of its bytes came to stand. Whole words where
/// `by_word`, with a sign where something is left out.
fn head(text: &str, columns: usize, by_word: bool) -> (String, Vec<(usize, usize)>) {
    let all: Vec<Cell<'_>> = prose_cells(text).collect();
    let width: usize = all.iter().map(|cell| usize::from(cell.width)).sum();
    let mut kept = all.len();
    if width > columns {
        kept = fitting(all.iter(), columns.saturating_sub(1));
        if by_word && all.get(kept).is_some_and(|cell| &*cell.shown != " ") {
            let space = all[..kept].iter().rposition(|cell| &*cell.shown == " ");
            kept = space.filter(|at| at * 2 >= kept).unwrap_or(kept);
        }
        while kept > 0 && &*all[kept - 1].shown == " " {
            kept -= 1;
        }
    }
    let is_cut = kept < all.len() && columns > 0;
    loop {
        let mut out = String::new();
        let mut places = Vec::with_capacity(kept);
        for cell in &all[..kept] {
            places.push((cell.range.start, out.len()));
            out.push_str(&cell.shown);
        }
        if is_cut {
            out.push_str(CUT);
        }
        if display_width(&out) <= columns || kept == 0 {
            return if columns == 0 { (String::new(), Vec::new()) } else { (out, places) };
        }
        kept -= 1;
    }
}

/// The last columns of a text in whole words, with a sign where something is left out.
fn tail(text: &str, columns: usize) -> String {
    let text = text.trim_start();
    let all: Vec<Cell<'_>> = prose_cells(text).collect();
    let width: usize = all.iter().map(|cell| usize::from(cell.width)).sum();
    let mut from = 0;
    if width > columns {
        from = all.len() - fitting(all.iter().rev(), columns.saturating_sub(1));
        let is_whole = from == 0 || all.get(from - 1).is_some_and(|cell| &*cell.shown == " ");
        if !is_whole {
            let room = all.len() - from;
            let space = all[from..].iter().position(|cell| &*cell.shown == " ");
            from += space.filter(|at| at * 2 <= room).map_or(0, |at| at + 1);
        }
    }
    loop {
        let kept: String = all[from..].iter().map(|cell| &*cell.shown).collect();
        let out = if from > 0 && columns > 0 { format!("{CUT}{kept}") } else { kept };
        if display_width(&out) <= columns {
            return out;
        }
        if from == all.len() {
            return String::new();
        }
        from += 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(body: &str, name: &str, left: usize, right: usize) -> [String; 3] {
        let start = body.find(name).unwrap();
        let line = KwicLine::cut(body, start..start + name.len(), None, left, right);
        [line.left, line.middle, line.right]
    }

    #[test]
    fn lines_are_cut_at_words_and_made_plain() {
        for (body, name, left, right, expected) in [
            (
                "On Monday Xi met Putin in Moscow.",
                "Xi",
                20,
                20,
                ["On Monday ", "Xi", " met Putin in…"],
            ),
            ("On Monday Xi met Putin.", "Xi", 7, 12, ["…onday ", "Xi", " met Puti…"]),
            ("On Monday Xi met.", "Xi", 9, 7, ["…Monday ", "Xi", " met."]),
            (
                "One.\n\nThe **Xi\nJinping** of [his own](http://x.y) day\n\nTwo",
                "Xi\nJinping",
                30,
                30,
                ["The ", "Xi Jinping", " of his own day"],
            ),
            ("## What Xi said\nNot here", "Xi", 30, 30, ["What ", "Xi", " said"]),
            ("- first\n- then Xi left", "Xi", 30, 30, ["then ", "Xi", " left"]),
            ("中国国家主席习近平三月二十日抵达", "习近平", 7, 11, ["…家主席", "习近平", "三月…"]),
            ("وصل شي إلى موسكو", "شي", 10, 10, ["وصل ", "شي", " إلى…"]),
            ("Erdog\u{306}an spoke", "Erdog\u{306}an", 5, 10, ["", "Erdog\u{306}an", " s…"]),
            ("a\u{1b}[31m Xi \u{202e}b", "Xi", 20, 20, ["a␛[31m ", "Xi", " ⇐b"]),
            (
                "Ministry of Foreign Affairs",
                "Ministry of Foreign Affairs",
                5,
                12,
                ["", "Ministry of…", ""],
            ),
            ("Xi", "Xi", 0, 0, ["", "", ""]),
        ] {
            assert_eq!(cut(body, name, left, right), expected, "{body:?}");
        }
    }

    #[test]
    fn a_second_mention_is_found_again_behind_the_first() {
        let body = "So *Xi* told **Vladimir\nPutin** and others.";
        let line = |right| KwicLine::cut(body, 4..6, Some(15..29), 10, right);
        let whole = line(60);
        assert_eq!(&whole.right[whole.beside.unwrap()], "Vladimir Putin");
        assert_eq!(line(8).beside, None);
    }

    fn prose() -> impl Strategy<Value = String> {
        let word =
            prop_oneof!["[a-zé]{1,9}", "[习近平主席]{1,4}", "[א-ת]{2,6}", "e\u{301}\u{302}x"];
        prop::collection::vec(word, 1..40).prop_map(|words| words.join(" "))
    }

    proptest! {
        #[test]
        fn a_line_has_the_mention_and_never_more_than_its_columns(
            before in prose(), name in prose(), after in prose(),
            left in 0usize..60, right in 0usize..80, gap in prop_oneof![Just(" "), Just("\n")],
        ) {
            let body = format!("{before}{gap}{name}{gap}{after}");
            let start = before.len() + 1;
            let line = KwicLine::cut(&body, start..start + name.len(), None, left, right);
            prop_assert!(display_width(&line.left) <= left);
            prop_assert!(display_width(&line.middle) + display_width(&line.right) <= right);
            let plain: String = prose_cells(&name).map(|cell| cell.shown).collect();
            if display_width(&plain) <= right {
                prop_assert_eq!(line.middle, plain);
            }
        }

        #[test]
        fn no_body_breaks_it(
            body in "[ -~\\n\u{80}-\u{9f}\u{202a}-\u{202e}é習*_`\\[\\]()#>]{0,80}",
            start in 0usize..80, length in 0usize..20, left in 0usize..30, right in 0usize..30,
        ) {
            let range = start..start + length;
            let line = KwicLine::cut(&body, range.clone(), Some(range), left, right);
            prop_assert!(display_width(&line.left) <= left);
            prop_assert!(display_width(&line.middle) + display_width(&line.right) <= right);
            let shown = format!("{}{}{}", line.left, line.middle, line.right);
            prop_assert_eq!(crate::text::clean_line(&shown).into_owned(), shown.clone());
        }
    }
}
