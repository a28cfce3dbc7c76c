//! Problems: a list above, the chosen one as `check` prints it below.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::App;
use crate::app::overlay::Problems;
use crate::diagnostic::{Severity, human};
use crate::text::{Columns, ellipsize_middle, verbatim_cells, wrap_verbatim};
use crate::ui::paint::{Look, Pen, tint};
use crate::ui::theme::{Role, Theme};

pub(super) fn draw(app: &App, problems: &Problems, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let list_height = u16::try_from(app.problem_rows()).unwrap_or(1).min(area.height);
    let list = Rect { height: list_height, ..area };
    let rows = problems.rows.iter().enumerate().skip(problems.cursor.top);
    for (line, (at, (file, index))) in (0..list.height).zip(rows) {
        let Some(file) = app.corpus.file(*file) else { continue };
        let Some(diagnostic) = file.diagnostics.get(*index) else { continue };
        let here = at == problems.cursor.at;
        if here {
            tint(buffer, list, line, theme.style(Role::Cursor));
        }
        let plain = Style::new();
        let role = match diagnostic.severity() {
            Severity::Error => Role::Error,
            Severity::Warning => Role::Warning,
            Severity::Note => Role::Dim,
        };
        let mut pen = Pen::new(buffer, list, line);
        pen.write(if here { theme.glyph("▶ ", "> ") } else { "  " }, plain);
        let code = format!("{} {}", diagnostic.severity().word(), diagnostic.code.as_str());
        pen.write_padded(&code, 13, if here { plain } else { theme.style(role) });
        let at_line = diagnostic
            .place
            .as_ref()
            .map(|place| format!(":{}", place.start.line))
            .unwrap_or_default();
        let name = ellipsize_middle(
            last_part(&file.shown),
            (pen.room() / 3).saturating_sub(at_line.len()),
        )
        .into_owned();
        pen.write(&format!("{name}{at_line}  "), if here { plain } else { theme.style(Role::Dim) });
        let room = pen.room();
        pen.write_cut(&diagnostic.message, room, plain);
    }
    let rest = Rect { y: area.y + list_height, height: area.height - list_height, ..area };
    draw_chosen(app, problems, theme, rest, buffer);
}

/// The file's own name: its folders stand with the chosen problem.
fn last_part(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn draw_chosen(app: &App, problems: &Problems, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let Some((_, file, diagnostic)) = problems.under_cursor(&app.corpus) else { return };
    let rule = theme.glyph("─", "-").repeat(usize::from(area.width));
    let count = format!(" {} of {} ", problems.cursor.at + 1, problems.rows.len());
    Pen::new(buffer, area, 0).write(&rule, theme.style(Role::Rule));
    Pen::new(buffer, area, 0)
        .skip(1, theme.style(Role::Rule))
        .write(&count, theme.style(Role::Dim));
    let source = app.corpus.source_of(file);
    let source = source.as_deref().unwrap_or_default();
    let printed = human::render(&file.shown, source, diagnostic, false);
    let columns = usize::from(area.width).saturating_sub(2).max(1);
    let lines = wrap_verbatim(&printed, 0..printed.len(), Columns::all(columns));
    for (row, line) in (1..area.height).zip(lines) {
        let text = &printed[line.range];
        Pen::new(buffer, area, row).skip(1, Style::new()).write_cells(
            text,
            verbatim_cells(text),
            |_| Look::all(Style::new()),
        );
    }
}
