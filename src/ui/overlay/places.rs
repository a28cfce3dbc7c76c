//! The list of places: briefing, and the words that stood at the top.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::history::View;
use crate::app::layout::PaneId;
use crate::app::overlay::Places;
use crate::ui::paint::{Pen, tint};
use crate::ui::theme::{Role, Theme};

/// What was on the screen besides the briefing: a dossier, a lens, the words at the top.
fn words(view: &View) -> String {
    let lens = if view.lens.is_empty() { String::new() } else { format!("{} · ", view.lens) };
    match (&view.dossier, view.focus, &view.place) {
        (Some(dossier), ..) => format!("{lens}dossier of {}", dossier.ids.join(" and ")),
        (None, PaneId::Text, Some(place)) => format!("{lens}{}", place.words),
        (None, pane, _) => format!("{lens}{}", pane.title().to_lowercase()),
    }
}

pub(super) fn draw(places: &Places, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let views = places.views.iter().enumerate().skip(places.cursor.top);
    for (row, (at, view)) in (0..area.height).zip(views) {
        let here = at == places.cursor.at;
        if here {
            tint(buffer, area, row, theme.style(Role::Cursor));
        }
        let plain = Style::new();
        let dim = if here { plain } else { theme.style(Role::Dim) };
        let mut pen = Pen::new(buffer, area, row);
        pen.write(if here { theme.glyph("▶ ", "> ") } else { "  " }, plain);
        let half = pen.room() / 2;
        pen.write_padded(&view.title, half.max(1), plain).write("  ", plain);
        let words = words(view);
        let room = pen.room();
        pen.write_cut(&words, room, dim);
    }
}
