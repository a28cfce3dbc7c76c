//! Actors' letters painted into a line of text: on the blank before a mention, else over its
//! beginning, so that nothing moves.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::letters::Lettering;
use crate::app::pane::text::ViewLine;
use crate::text::{display_width, prose_cells};
use crate::ui::theme::{Role, Theme};

/// Paints the letters of the mentions that begin in a line which stands in `row`.
pub(super) fn draw(
    line: &ViewLine,
    letters: &[String],
    lettering: &Lettering,
    theme: &Theme,
    row: Rect,
    buffer: &mut Buffer,
) {
    let Some(text) = line.text.get(line.range.clone()) else { return };
    for (at, actor) in &line.mentions {
        let Some(letter) =
            letters.get(*actor).filter(|letter| letter.starts_with(&lettering.typed))
        else {
            continue;
        };
        let before = prose_cells(text).take_while(|cell| line.range.start + cell.range.end <= *at);
        let column =
            display_width(&line.prefix) + before.map(|cell| usize::from(cell.width)).sum::<usize>();
        let start = row.x + u16::try_from(column).unwrap_or(u16::MAX - row.x);
        let width = u16::try_from(letter.len()).unwrap_or(1);
        let x = if is_blank(buffer, start, width, row.y) { start - width } else { start };
        for (x, c) in (x..row.right()).zip(letter.chars()) {
            if let Some(cell) = buffer.cell_mut((x, row.y)) {
                cell.set_char(c).set_style(theme.style(Role::Letter));
            }
        }
    }
}

/// Whether so many columns before `x` show nothing.
fn is_blank(buffer: &Buffer, x: u16, width: u16, y: u16) -> bool {
    x.checked_sub(width).is_some_and(|first| {
        (first..x).all(|x| buffer.cell((x, y)).is_some_and(|cell| cell.symbol() == " "))
    })
}
