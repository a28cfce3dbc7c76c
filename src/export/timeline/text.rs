//! Aligned columns for people: date, status where it is not simply done, class, event, actors, place, briefing.

use super::{Record, Told, written};
use crate::corpus::timeline::Standing;
use crate::text::{clean_line, display_width};

/// Widest that each column is padded to: what is longer pushes the rest of its line, for nothing is cut.
const WIDEST: [usize; COLUMNS] = [25, 12, 12, 64, 48, 24, 0];
const COLUMNS: usize = 7;

/// The events in columns, one a line; beneath one of several reports these, indented. Columns that
/// are empty throughout are left out.
#[must_use]
pub fn as_text(events: &[Told<'_>]) -> String {
    let mut rows: Vec<[String; COLUMNS]> = Vec::with_capacity(events.len());
    for told in events {
        rows.push(row(told));
        rows.extend(told.reports.iter().map(beneath));
    }
    let mut widths = [0; COLUMNS];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = display_width(cell).max(*width);
        }
    }
    let mut out = String::new();
    for row in &rows {
        let mut line = String::new();
        for ((cell, width), widest) in row.iter().zip(widths).zip(WIDEST) {
            if width > 0 {
                line.push_str(cell);
                let missing = width.min(widest).saturating_sub(display_width(cell));
                line.extend(std::iter::repeat_n(' ', missing + 2));
            }
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

fn row(told: &Told<'_>) -> [String; COLUMNS] {
    let record = &told.lead;
    let clean = |text: &str| clean_line(text).into_owned();
    [
        record.date.as_deref().unwrap_or("undated").to_owned(),
        told.standing.words().to_owned(),
        record.class.map(written).unwrap_or_default(),
        clean(&record.what),
        clean(&actors(record)),
        clean(record.place.as_deref().unwrap_or_default()),
        match told.reports.len() {
            0 => clean(record.briefing),
            reports => format!("{reports} reports"),
        },
    ]
}

fn beneath(report: &Record<'_>) -> [String; COLUMNS] {
    let clean = |text: &str| clean_line(text).into_owned();
    [
        format!("  {}", report.date.as_deref().unwrap_or("undated")),
        Standing::of(report.status).words().to_owned(),
        String::new(),
        clean(&report.what),
        String::new(),
        String::new(),
        clean(report.briefing),
    ]
}

fn actors(record: &Record<'_>) -> String {
    let (by, to) = (record.by.join(", "), record.to.join(", "));
    match (by.is_empty(), to.is_empty()) {
        (_, true) => by,
        (true, false) => format!("→ {to}"),
        (false, false) => format!("{by} → {to}"),
    }
}
