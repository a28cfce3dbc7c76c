//! The list of saved lenses: name, query, and how much each finds.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::widest;
use crate::app::App;
use crate::app::overlay::Lenses;
use crate::ui::paint::{Pen, tint};
use crate::ui::theme::{Role, Theme};

pub(super) fn draw(app: &App, lenses: &Lenses, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let names = lenses.rows.iter().map(|row| row.lens.name.as_str());
    let name_width = widest(names, usize::from(area.width) / 2);
    let all = app.corpus.entries.len();
    let rows = lenses.rows.iter().enumerate().skip(lenses.cursor.top);
    for (line, (at, row)) in (0..area.height).zip(rows) {
        let here = at == lenses.cursor.at;
        if here {
            tint(buffer, area, line, theme.style(Role::Cursor));
        }
        let plain = Style::new();
        let dim = if here { plain } else { theme.style(Role::Dim) };
        let count = match row.count {
            Some(count) => format!(" {count} of {all} "),
            None => " - ".to_owned(),
        };
        Pen::new(buffer, area, line).write_right(&count, dim);
        let mut pen = Pen::new(buffer, area, line);
        pen.reserve(count.len());
        pen.write(if here { theme.glyph("▶ ", "> ") } else { "  " }, plain);
        pen.write_padded(&row.lens.name, name_width, plain).write("  ", plain);
        let room = pen.room();
        pen.write_cut(&row.lens.query.to_string(), room, dim);
    }
}
