//! Aligned columns for people: date, status where it is not simply done, class, event, actors, place, briefing.

use super::{Record, written};
use crate::briefing::EventStatus;
use crate::text::{clean_line, display_width};

/// Widest that each column is padded to: what is longer pushes the rest of its line, for nothing is cut.
const WIDEST: [usize; COLUMNS] = [25, 8, 12, 64, 48, 24, 0];
const COLUMNS: usize = 7;

/// The events in columns, one a line; columns that are empty throughout are left out.
#[must_use]
pub fn as_text(records: &[Record<'_>]) -> String {
    let rows: Vec<[String; COLUMNS]> = records.iter().map(row).collect();
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

fn row(record: &Record<'_>) -> [String; COLUMNS] {
    let status = record.status;
    let clean = |text: &str| clean_line(text).into_owned();
    [
        record.date.unwrap_or("undated").to_owned(),
        if status == EventStatus::Done { String::new() } else { written(status) },
        record.class.map(written).unwrap_or_default(),
        clean(record.what),
        clean(&actors(record)),
        clean(record.place.unwrap_or_default()),
        clean(record.briefing),
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
