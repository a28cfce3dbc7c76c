//! The menu of what can follow a prefix such as `g`.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::paint::{Pen, clear};
use super::theme::{Role, Theme};
use crate::app::App;
use crate::app::keymap::written;
use crate::text::display_width;

pub(super) fn draw(app: &App, theme: &Theme, buffer: &mut Buffer) {
    if !app.pending.menu {
        return;
    }
    let rows = app.keymap.continuations(app.scope(), &app.pending.keys);
    let label = |keys: &str, doc: &str| format!(" {keys:<3} {doc} ");
    let widest = rows
        .iter()
        .map(|(keys, command)| display_width(&label(keys, command.doc)))
        .max()
        .unwrap_or(0);
    let screen = buffer.area;
    let width = u16::try_from(widest).unwrap_or(u16::MAX).min(screen.width);
    let height = u16::try_from(rows.len() + 1)
        .unwrap_or(u16::MAX)
        .min(screen.height.saturating_sub(2))
        .max(1);
    let bottom = app.layout.footer.map_or(screen.height, |footer| footer.y);
    let area = Rect { x: 0, y: bottom.saturating_sub(height), width, height };
    clear(buffer, area, theme.base());
    let line = theme.glyph("─", "-").repeat(usize::from(width));
    Pen::new(buffer, area, 0).write(&line, theme.style(Role::RuleFocused));
    Pen::new(buffer, area, 0)
        .skip(1, theme.style(Role::RuleFocused))
        .write(&format!(" {} ", written(&app.pending.keys)), theme.style(Role::TitleFocused));
    for (row, (keys, command)) in (1..height).zip(rows) {
        let mut pen = Pen::new(buffer, area, row);
        pen.write(&format!(" {keys:<3} "), theme.style(Role::Key)).write_cut(
            command.doc,
            usize::from(width),
            theme.style(Role::Plain),
        );
    }
}
