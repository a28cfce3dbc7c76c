//! Rows as aligned columns for people.

use crate::text::{clean_line, display_width};

/// Widest that a column is padded to: what is longer pushes the rest of its line, for nothing is cut.
const WIDEST: usize = 48;

/// Rows in columns, one a line; cells are cleaned of what a terminal would obey.
pub(super) fn in_columns<const N: usize>(rows: &[[String; N]]) -> String {
    let clean = |cell: &String| clean_line(&cell.replace('\n', " ")).into_owned();
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(clean).collect()).collect();
    let mut widths = [0; N];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = display_width(cell).clamp(*width, WIDEST.max(*width));
        }
    }
    let mut out = String::new();
    for row in &rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            line.push_str(cell);
            let missing = width.saturating_sub(display_width(cell));
            line.extend(std::iter::repeat_n(' ', missing + 2));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}
