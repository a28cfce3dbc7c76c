//! One grapheme cluster as a terminal may have it: which of its characters are shown, and how wide
//! that is.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::text::clean::visible;

/// How many characters without width (combining marks) are shown on one base; more would smear over
/// the lines above and below.
pub(crate) const MARKS: usize = 8;

/// The widest cell; a longer cluster (an endless conjunct) is parted into several cells.
pub(crate) const WIDEST: usize = 8;

/// Up to this length a cluster is measured as a whole: the longest emoji sequences, which are
/// narrower than their characters together, take 35 bytes. A longer one is measured by its characters.
const LIGATURE_BYTES: usize = 64;

/// What carries a mark that stands alone (U+25CC DOTTED CIRCLE, as the Unicode Standard §2.11 has it).
const MARK_BASE: char = '◌';

/// Columns of a cluster, as the drawing library reckons a cell's symbol.
pub(crate) fn columns(cluster: &str) -> u16 {
    u16::try_from(cluster.width()).unwrap_or(u16::MAX)
}

/// Bytes and columns of a letter that is a cluster by itself, as most letters of most texts are.
pub(crate) fn letter(rest: &str) -> Option<(usize, u16)> {
    let mut chars = rest.chars();
    let first = chars.next()?;
    let width = letter_width(first)?;
    let is_alone = chars.next().is_none_or(|next| next.is_ascii() || letter_width(next).is_some());
    is_alone.then_some((first.len_utf8(), width))
}

/// The columns of a character that forms no cluster with another of its kind or with ASCII.
fn letter_width(c: char) -> Option<u16> {
    let is_narrow = matches!(c, ' '..='~' | '\u{A1}'..='\u{AC}' | '\u{AE}'..='\u{2FF}')
        || matches!(c, '\u{391}'..='\u{3A1}' | '\u{3A3}'..='\u{482}' | '\u{48A}'..='\u{52F}')
        || matches!(c, '\u{5D0}'..='\u{5EA}' | '\u{620}'..='\u{64A}' | '\u{660}'..='\u{66F}')
        || matches!(c, '‐'..='‟' | '…');
    let is_wide = || {
        matches!(c, '\u{3001}'..='\u{3003}' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FF}')
            || matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}')
    };
    if is_narrow { Some(1) } else { is_wide().then_some(2) }
}

/// The cluster, or as much of it as one cell may hold.
pub(crate) fn widest_part(cluster: &str) -> &str {
    let is_short = cluster.len() <= LIGATURE_BYTES;
    if is_short && usize::from(columns(cluster)) <= WIDEST {
        return cluster;
    }
    let mut width = 0;
    for (start, c) in cluster.char_indices() {
        width += usize::from(columns(c.encode_utf8(&mut [0; 4])));
        if width > WIDEST {
            return &cluster[..start];
        }
    }
    cluster
}

/// What is shown of a cluster, and its columns.
pub(crate) fn show(cluster: &str) -> (Cow<'_, str>, u16) {
    let mut chars = cluster.chars();
    if let (Some(stand_in), None) = (chars.next().and_then(visible), chars.next()) {
        return (Cow::Borrowed(stand_in), columns(stand_in));
    }
    let width = columns(cluster);
    let is_plain = width > 0
        && cluster.chars().count() <= MARKS
        && cluster.chars().all(|c| visible(c).is_none() && sound_mark(c).is_none());
    if is_plain {
        return (Cow::Borrowed(cluster), width);
    }
    let mut shown = safe(cluster);
    let mut width = columns(&shown);
    if width == 0 && !shown.is_empty() {
        shown.insert(0, MARK_BASE);
        if shown.graphemes(true).count() > 1 {
            shown.truncate(MARK_BASE.len_utf8());
        }
        width = columns(&shown);
    }
    (Cow::Owned(shown), width)
}

/// The cluster with stand-ins, without joiners and selectors that have nothing to join or select, and
/// with no more than [`MARKS`] in a row.
fn safe(cluster: &str) -> String {
    let mut shown = String::with_capacity(cluster.len().min(64));
    let mut marks = 0;
    for c in cluster.chars() {
        if let Some(stand_in) = visible(c) {
            shown.push_str(stand_in);
            continue;
        }
        let c = sound_mark(c).unwrap_or(c);
        marks = if c.width() == Some(0) { marks + 1 } else { 0 };
        let joins_nothing = shown.is_empty() && is_joiner_or_selector(c);
        if marks <= MARKS && !joins_nothing {
            shown.push(c);
        }
    }
    shown
}

/// The combining form of a halfwidth katakana sound mark: terminals and libraries disagree whether
/// the halfwidth form takes a column, none about the combining one.
fn sound_mark(c: char) -> Option<char> {
    match c {
        '\u{FF9E}' => Some('\u{3099}'),
        '\u{FF9F}' => Some('\u{309A}'),
        _ => None,
    }
}

fn is_joiner_or_selector(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}' | '\u{180B}'..='\u{180D}' | '\u{180F}')
        || matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_what_the_tables_say() {
        let is_letter = |c: &char| letter_width(*c).is_some();
        for c in ('\0'..='\u{FFFF}').filter(is_letter) {
            let twice = format!("{c}{c}");
            assert_eq!(letter_width(c), Some(columns(&c.to_string())), "{c:?}");
            assert_eq!(twice.graphemes(true).count(), 2, "{c:?}");
            assert_eq!((visible(c), sound_mark(c)), (None, None), "{c:?}");
        }
    }
}
