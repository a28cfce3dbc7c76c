//! The text: header, paragraphs, and what is lit in them.

mod letters;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::App;
use crate::app::pane::text::{BlockKind, HeaderPart, TextRole, ViewLine};
use crate::text::{Segment, merge, verbatim_cells};
use crate::ui::paint::{Look, Pen, say_empty};
use crate::ui::theme::{Role, Theme};

/// Narrowest pane with a margin on the left.
const ROOM_FOR_MARGIN: u16 = 40;

/// Draws the pane.
pub fn draw(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    if app.open().is_none() {
        let sentence = if app.loading.is_some() { "" } else { "No briefing is open." };
        say_empty(buffer, area, sentence, theme.style(Role::Dim));
        return;
    }
    let margin = u16::from(area.width >= ROOM_FOR_MARGIN);
    let inner = Rect { x: area.x + margin, width: area.width - margin, ..area };
    for (row, line) in (0..inner.height).zip(app.text.view()) {
        draw_line(line, theme, Pen::new(buffer, inner, row), app.settings.text_width);
        if let Some(lettering) = &app.lettering {
            let row = Rect { y: inner.y + row, height: 1, ..inner };
            letters::draw(line, &app.entities.letters, lettering, theme, row, buffer);
        }
    }
}

fn draw_line(line: &ViewLine, theme: &Theme, mut pen: Pen<'_>, widest: u16) {
    let base = base(line.kind, theme);
    if line.kind == BlockKind::Rule {
        let columns = pen.room().min(usize::from(widest)).saturating_sub(1);
        pen.fill(theme.glyph("─", "-"), columns, theme.style(Role::Rule));
        return;
    }
    pen.write(&line.prefix, theme.style(Role::Dim));
    let segments = merge(line.range.clone(), &[&line.spans]);
    let style_of = |roles: &[TextRole]| {
        roles.iter().fold(base, |style, role| style.patch(theme.style(role_of(*role))))
    };
    let look = |at: usize| {
        let at = line.range.start + at;
        let segment = segments.partition_point(|segment| segment.range.end <= at);
        match segments.get(segment).filter(|segment| segment.range.contains(&at)) {
            Some(Segment { range, roles }) => {
                Look { style: style_of(roles), until: range.end - line.range.start }
            }
            None => Look { style: base, until: at + 1 - line.range.start },
        }
    };
    let Some(text) = line.text.get(line.range.clone()) else { return };
    match line.kind {
        BlockKind::Raw | BlockKind::Code | BlockKind::Header(HeaderPart::Diagnostic) => {
            pen.write_cells(text, verbatim_cells(text), look)
        }
        _ => pen.write_prose(text, look),
    };
}

fn base(kind: BlockKind, theme: &Theme) -> Style {
    let role = match kind {
        BlockKind::Header(HeaderPart::Title) => Role::Headline,
        BlockKind::Header(HeaderPart::Facts) => Role::Dim,
        BlockKind::Header(HeaderPart::Marking(Some(tlp))) => Role::Marking(tlp),
        BlockKind::Header(HeaderPart::Marking(None)) => Role::Strong,
        BlockKind::Header(HeaderPart::Summary) => Role::Emphasis,
        BlockKind::Header(HeaderPart::Warning) => Role::Warning,
        BlockKind::Heading(_) => Role::Heading,
        BlockKind::Quote => Role::Quote,
        BlockKind::Code => Role::Code,
        BlockKind::Trailer => Role::Link,
        BlockKind::Raw => Role::Dim,
        BlockKind::Header(HeaderPart::Diagnostic)
        | BlockKind::Paragraph
        | BlockKind::Item
        | BlockKind::Rule => Role::Plain,
    };
    theme.style(role)
}

fn role_of(role: TextRole) -> Role {
    match role {
        TextRole::Emphasis => Role::Emphasis,
        TextRole::Strong => Role::Strong,
        TextRole::Code => Role::Code,
        TextRole::Link => Role::Link,
        TextRole::Mention(kind) => Role::Mention(kind),
        TextRole::Active => Role::Active,
        TextRole::Hit => Role::Hit,
        TextRole::Current => Role::Current,
    }
}

/// What the pane's line says at its right end: actors, events, progress.
#[must_use]
pub fn facts(app: &App) -> String {
    let Some((_, entry)) = app.open() else { return String::new() };
    let progress =
        if app.text.fits() { "all".to_owned() } else { format!("{}%", app.text.progress()) };
    if entry.unreadable || app.layout.columns(crate::app::layout::PaneId::Text) < 60 {
        return progress;
    }
    let counted =
        |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    let briefing = &entry.briefing();
    format!(
        "{} · {} · {progress}",
        counted(briefing.entities.len(), "actor"),
        counted(briefing.events.len(), "event")
    )
}
