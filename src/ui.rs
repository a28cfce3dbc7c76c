//! Drawing: a function of the state that changes nothing.
//!
//! May use `app` (to read), `text` and ratatui's buffers. Deliberately absent: the terminal, and
//! everything that learns something while it draws.

mod ascii;
pub mod capability;
pub mod dossier;
mod footer;
mod frame;
mod header;
mod menu;
mod overlay;
mod paint;
pub mod pane;
mod prompt;
pub mod theme;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

pub use capability::{Capability, Colours};
pub use theme::Theme;

use crate::app::App;
use crate::app::layout::{Area, PaneId};

/// Draws a whole frame; tells where the cursor is to be shown, if one types.
pub fn draw(app: &App, capability: Capability, buffer: &mut Buffer) -> Option<Position> {
    let theme = Theme::new(app.settings.theme, capability);
    let base = theme.base();
    // A blank buffer looks so already.
    if base != Style::new() {
        buffer.set_style(buffer.area, base);
    }
    header::draw(app, &theme, buffer);
    frame::draw(app, &theme, buffer);
    for pane in &app.layout.panes {
        let area = rect(pane.inner);
        match pane.pane {
            PaneId::Briefings => pane::briefings::draw(app, &theme, area, buffer),
            PaneId::Text => pane::text::draw(app, &theme, area, buffer),
            PaneId::Entities => pane::entities::draw(app, &theme, area, buffer),
            PaneId::Timeline => pane::timeline::draw(app, &theme, area, buffer),
        }
    }
    if let Some(open) = &app.dossier {
        let area = rect(app.layout.over_list_and_text());
        paint::clear(buffer, area, theme.base());
        dossier::draw(&app.corpus, &open.view, &theme, area, app.overlays.is_empty(), buffer);
    }
    let typing = overlay::draw(app, &theme, buffer);
    let prompting = footer::draw(app, &theme, buffer);
    menu::draw(app, &theme, buffer);
    if !capability.unicode {
        ascii::transliterate(buffer);
    }
    prompting.or(typing).filter(|cursor| buffer.area.contains(*cursor))
}

fn rect(area: Area) -> Rect {
    Rect { x: area.x, y: area.y, width: area.width, height: area.height }
}
