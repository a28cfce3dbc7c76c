//! The term at the cursor, as far as it is typed: whole or half, for half a query is no query.

use std::ops::Range;

use super::{Completion, FieldRow};
use crate::corpus::query::{Takes, ends_word, find_field, is_quote};
use crate::text::floor_boundary;

/// What stands around the cursor.
#[derive(Debug)]
pub(super) struct Piece<'a> {
    /// What a completion replaces: a value with its quotes, else the whole term.
    pub range: Range<usize>,
    /// The field before the colon.
    pub field: Option<&'static FieldRow>,
    /// What is typed of it up to the cursor, without quotes and signs.
    pub typed: &'a str,
    /// Whether it stands in quotes.
    pub quoted: bool,
}

impl Piece<'_> {
    pub fn offer(&self, text: String, shown: String, count: u64) -> Completion {
        Completion { range: self.range.clone(), text, shown, count }
    }
}

/// The term at a byte of a text.
pub(super) fn piece_at(text: &str, cursor: usize) -> Piece<'_> {
    let cursor = floor_boundary(text, cursor);
    let mut at = 0;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let skipped = rest.find(|c: char| !(c.is_whitespace() || matches!(c, '(' | ')' | '-')));
        let start = at + skipped.unwrap_or(rest.len());
        if start >= cursor {
            let end = if start == cursor { end_of_term(text, start) } else { cursor };
            return piece(text, cursor..end, cursor);
        }
        let end = end_of_term(text, start);
        if cursor <= end {
            return piece(text, start..end, cursor);
        }
        at = end;
    }
}

/// Where the term ends that begins here; a quote that is not closed holds all that follows.
fn end_of_term(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let bare = rest.find(ends_word).unwrap_or(rest.len());
    let before = rest.get(..bare).unwrap_or_default();
    let behind = rest.get(bare..).unwrap_or_default();
    let is_value = before.is_empty() || before.ends_with([':', '<', '>', '=']);
    match behind.chars().next().filter(|c| is_quote(*c) && is_value) {
        None => start + bare,
        Some(quote) => {
            let inner = behind.get(quote.len_utf8()..).unwrap_or_default();
            let close = inner.find(is_quote).map(|offset| {
                let length = inner.get(offset..).and_then(|rest| rest.chars().next());
                offset + length.map_or(1, char::len_utf8)
            });
            start + bare + quote.len_utf8() + close.unwrap_or(inner.len())
        }
    }
}

fn piece(text: &str, range: Range<usize>, cursor: usize) -> Piece<'_> {
    let whole = text.get(range.clone()).unwrap_or_default();
    let field =
        whole.split_once(':').and_then(|(name, _)| Some((find_field(name)?, name.len() + 1)));
    let (field, before) = match field {
        Some((row, length)) if range.start + length <= cursor => (Some(row), length),
        _ => (None, 0),
    };
    let mut start = range.start + before;
    if field.is_some_and(|row| row.takes == Takes::Date) {
        let signs = text.get(start..range.end).unwrap_or_default();
        start += signs.len() - signs.trim_start_matches(['<', '>', '=']).len();
    }
    let typed = text.get(start..cursor).unwrap_or_default();
    let bare = typed.trim_start_matches(is_quote);
    Piece {
        range: start..range.end,
        field,
        typed: bare.trim_end_matches(is_quote),
        quoted: bare.len() < typed.len(),
    }
}
