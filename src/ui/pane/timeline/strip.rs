//! The row over the timeline: many or few events over the whole period, and which part is in view.

use jiff::civil;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::App;
use crate::date::bucket::{Bucket, Unit};
use crate::text::display_width;
use crate::ui::paint::Pen;
use crate::ui::theme::{Role, Theme};

/// Least to most, for columns that have anything.
const BLOCKS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
const ASCII: [&str; 7] = [".", ":", "-", "=", "+", "*", "#"];

/// Narrowest pane in which years are worth their room.
const ROOM_FOR_YEARS: usize = 24;

/// Draws it, with the days that are in view marked.
pub(super) fn draw(
    app: &App,
    theme: &Theme,
    in_view: Option<(civil::Date, civil::Date)>,
    area: Rect,
    buffer: &mut Buffer,
) {
    let strip = &app.timeline.strip;
    let Some((first, last)) = strip.period() else { return };
    let year = |day| Bucket::containing(day, Unit::Year).label();
    let wide = usize::from(area.width) >= ROOM_FOR_YEARS;
    let from = if wide { format!(" {} ", year(first)) } else { String::new() };
    let to =
        if wide && year(last) != year(first) { format!(" {} ", year(last)) } else { String::new() };
    let dim = theme.style(Role::Dim);
    let mut pen = Pen::new(buffer, area, 0);
    pen.write(&from, dim);
    let columns = pen.room().saturating_sub(display_width(&to));
    let window = in_view.and_then(|days| strip.columns_of(days, columns));
    let counts = strip.columns(columns);
    let most = counts.iter().copied().fold(0.0, f64::max);
    for (column, count) in counts.into_iter().enumerate() {
        let is_in_view = window.as_ref().is_some_and(|window| window.contains(&column));
        let role = if is_in_view { Role::Window } else { Role::Density };
        pen.sign(level(count, most, theme), theme.style(role));
    }
    pen.write(&to, dim);
}

/// The glyph of a count: what is not nothing is never shown as nothing.
pub(in crate::ui) fn level(count: f64, most: f64, theme: &Theme) -> &'static str {
    let levels: &[&str] = if theme.unicode { &BLOCKS } else { &ASCII };
    if count <= 0.0 || most <= 0.0 {
        return " ";
    }
    let steps = f64::from(u8::try_from(levels.len()).unwrap_or(u8::MAX));
    let reached = |step: u8| count / most * steps <= f64::from(step) + 0.001;
    let level = levels.iter().zip(1u8..).find(|(_, step)| reached(*step));
    level.map(|(glyph, _)| *glyph).or(levels.last().copied()).unwrap_or(" ")
}
