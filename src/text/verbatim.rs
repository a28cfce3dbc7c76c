//! Wrapping that keeps newlines and spaces, for code and raw text.

use std::ops::Range;

use crate::text::cells::verbatim_cells;
use crate::text::position::LineIndex;
use crate::text::wrap::{Columns, Line, clip};

const BLANK: [char; 2] = [' ', '\t'];

/// Wraps a byte range of `text` as it stands: each of its lines begins a new one (`columns.first` wide,
/// what goes on below it `columns.rest`), spaces and tabs are kept; paint with
/// [`verbatim_cells`]. Between the lines' ranges there are only the
/// newlines, and blanks that would stand beyond a line's end. An empty line has an empty range; a
/// newline at the end opens no further line, and the empty range has none.
///
/// A line that is too long ends behind a space within its text, else between graphemes. No line is
/// wider than its columns, but for a single grapheme that is.
#[must_use]
pub fn wrap_verbatim(text: &str, range: Range<usize>, columns: Columns) -> Vec<Line> {
    let columns = columns.at_least_one();
    let range = clip(text, range);
    let slice = &text[range.clone()];
    let index = LineIndex::new(slice);
    let is_ended = slice.is_empty() || slice.ends_with(['\n', '\r']);
    let count = index.line_count() - usize::from(is_ended);
    let mut lines = Vec::with_capacity(count);
    for line in (1..=count).filter_map(|number| index.line(number)) {
        let offset = range.start + line.start;
        push_rows(&mut lines, &slice[line], offset, columns);
    }
    lines
}

fn push_rows(lines: &mut Vec<Line>, line: &str, offset: usize, columns: Columns) {
    let mut start = 0;
    let mut limit = columns.first;
    loop {
        let (end, next) = row(&line[start..], limit);
        lines.push(Line { range: offset + start..offset + start + end });
        start += next;
        limit = columns.rest;
        if start >= line.len() {
            return;
        }
    }
}

/// Where the first row of a line ends, and where the next begins.
fn row(line: &str, limit: usize) -> (usize, usize) {
    let mut width = 0;
    let mut has_text = false;
    let mut behind_space = None;
    for cell in verbatim_cells(line) {
        let start = cell.range.start;
        let is_blank = line[start..].starts_with(BLANK);
        if width > 0 && width + usize::from(cell.width) > limit {
            if is_blank {
                return (start, line.len() - line[start..].trim_start_matches(BLANK).len());
            }
            let cut = behind_space.unwrap_or(start);
            return (cut, cut);
        }
        width += usize::from(cell.width);
        if !is_blank {
            has_text = true;
        } else if has_text {
            behind_space = Some(cell.range.end);
        }
    }
    (line.len(), line.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::samples::odd_text;

    #[test]
    fn newlines_and_spaces_stay() {
        let cases: [(&str, usize, &[&str]); 10] = [
            ("", 10, &[]),
            ("\n", 10, &[""]),
            ("a\n\nb\n", 10, &["a", "", "b"]),
            ("a\r\nb\rc", 10, &["a", "b", "c"]),
            ("  let x = 1;  ", 80, &["  let x = 1;  "]),
            ("key: long value", 8, &["key: ", "long ", "value"]),
            ("foo bar", 3, &["foo", "bar"]),
            ("    indented", 6, &["    in", "dented"]),
            ("\tab", 5, &["\ta", "b"]),
            ("习近平", 5, &["习近", "平"]),
        ];
        for (text, columns, expected) in cases {
            let lines = wrap_verbatim(text, 0..text.len(), Columns::all(columns));
            let lines: Vec<_> = lines.into_iter().map(|line| &text[line.range]).collect();
            assert_eq!(lines, expected, "{text:?} in {columns}");
        }
    }

    proptest! {
        #[test]
        fn no_character_is_lost_and_no_line_too_wide(
            text in odd_text(), first in 0usize..30, rest in 0usize..30,
        ) {
            let widest = first.max(rest).max(1);
            let mut end = 0;
            for line in wrap_verbatim(&text, 0..text.len(), Columns { first, rest }) {
                let between = &text[end..line.range.start];
                prop_assert!(between.chars().all(|c| matches!(c, '\n' | '\r' | ' ' | '\t')));
                end = line.range.end;
                let shown: Vec<_> = verbatim_cells(&text[line.range]).collect();
                let width: usize = shown.iter().map(|cell| usize::from(cell.width)).sum();
                let seen = shown.iter().filter(|cell| cell.width > 0).count();
                prop_assert!(width <= widest || seen == 1);
            }
            prop_assert!(text[end..].chars().all(|c| matches!(c, '\n' | '\r' | ' ' | '\t')));
        }
    }
}
