//! The details of a briefing: what it is about on the left, what is so on the right.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::widest;
use crate::app::overlay::Details;
use crate::text::{Columns, wrap};
use crate::ui::paint::Pen;
use crate::ui::theme::{Role, Theme};

pub(super) fn draw(details: &Details, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let label = widest(details.rows.iter().map(|(name, _)| name.as_str()), 14);
    let indent = label + 3;
    let columns = usize::from(area.width).saturating_sub(indent + 1).max(1);
    let mut row = 0;
    for (name, value) in details.rows.iter().skip(details.top) {
        Pen::new(buffer, area, row).write(" ", Style::new()).write_cut(
            name,
            label,
            theme.style(Role::Dim),
        );
        for line in wrap(value, 0..value.len(), Columns::all(columns)) {
            let mut pen = Pen::new(buffer, area, row);
            pen.reserve(1);
            if row < area.height {
                // The label is already written: go on behind it.
                let inner = Rect {
                    x: area.x + u16::try_from(indent).unwrap_or(0).min(area.width),
                    width: area.width.saturating_sub(u16::try_from(indent).unwrap_or(0)),
                    ..area
                };
                Pen::new(buffer, inner, row).write(&value[line.range], Style::new());
            }
            row += 1;
        }
    }
}
