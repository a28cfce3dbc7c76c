//! CSV (RFC 4180) under the names of the JSON keys, for spreadsheets.

use super::{Record, written};
use crate::text::clean_line;

const NAMES: [&str; 16] = [
    "briefing",
    "file",
    "line",
    "date",
    "earliest",
    "latest",
    "precision",
    "approximate",
    "uncertain",
    "what",
    "class",
    "by",
    "to",
    "place",
    "status",
    "event",
];

/// The events as CSV with a line of names. Several actors stand in one cell, parted by `; `.
///
/// A cell that a spreadsheet would take for a formula (`=`, `+`, `-` or `@` at its beginning, so also
/// years before 1) begins with `'`.
#[must_use]
pub fn as_csv(records: &[Record<'_>]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Memory takes every write, and every row has as many cells as there are names.
    let _ = writer.write_record(NAMES);
    for record in records {
        let _ = writer.write_record(row(record).iter().map(|cell| guarded(cell)));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn row(record: &Record<'_>) -> [String; NAMES.len()] {
    [
        record.briefing.to_owned(),
        record.file.to_string(),
        record.line.to_string(),
        record.date.clone().unwrap_or_default(),
        record.earliest.clone().unwrap_or_default(),
        record.latest.clone().unwrap_or_default(),
        record.precision.unwrap_or_default().to_owned(),
        record.approximate.to_string(),
        record.uncertain.to_string(),
        record.what.clone(),
        record.class.map(written).unwrap_or_default(),
        record.by.join("; "),
        record.to.join("; "),
        record.place.clone().unwrap_or_default(),
        written(record.status),
        record.event.clone(),
    ]
}

fn guarded(cell: &str) -> String {
    let cell = clean_line(cell);
    if cell.trim_start().starts_with(['=', '+', '-', '@']) {
        format!("'{cell}")
    } else {
        cell.into_owned()
    }
}
