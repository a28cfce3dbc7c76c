//! The details of a briefing: what it is about on the left, what is so on the right.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::widest;
use crate::app::overlay::Details;
use crate::text::{Columns, Line, wrap};
use crate::ui::paint::Pen;
use crate::ui::theme::{Role, Theme};

/// Widest column of names.
const WIDEST_NAME: usize = 14;

pub(super) fn draw(details: &Details, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let indent = indent(details);
    let mut row = 0;
    for (name, value) in details.rows.iter().skip(details.top) {
        Pen::new(buffer, area, row).write(" ", Style::new()).write_cut(
            name,
            WIDEST_NAME,
            theme.style(Role::Dim),
        );
        for line in lines(value, indent, area.width) {
            Pen::new(buffer, area, row).jump(indent).write(&value[line.range], Style::new());
            row += 1;
        }
    }
}

/// Rows that all of it takes in so many columns.
pub(super) fn height(details: &Details, columns: u16) -> u16 {
    let indent = indent(details);
    let rows: usize =
        details.rows.iter().map(|(_, value)| lines(value, indent, columns).len()).sum();
    u16::try_from(rows).unwrap_or(u16::MAX)
}

fn indent(details: &Details) -> usize {
    widest(details.rows.iter().map(|(name, _)| name.as_str()), WIDEST_NAME) + 3
}

fn lines(value: &str, indent: usize, columns: u16) -> Vec<Line> {
    let columns = usize::from(columns).saturating_sub(indent + 1).max(1);
    wrap(value, 0..value.len(), Columns::all(columns))
}
