//! A table of Markdown (GitHub's), with dates in words.

use super::{Record, written};
use crate::briefing::EventStatus;
use crate::date::EdtfDate;
use crate::text::clean_line;

const HEAD: &str = "| Date | Event | By | To | Place | Status | Briefing |\n| --- | --- | --- | --- | --- | --- | --- |\n";

/// The events as a table.
#[must_use]
pub fn as_markdown(records: &[Record<'_>]) -> String {
    let rows = records.iter().map(|record| {
        let cells = row(record).map(|cell| escaped(&cell));
        format!("| {} |\n", cells.join(" | "))
    });
    HEAD.to_owned() + &rows.collect::<String>()
}

fn row(record: &Record<'_>) -> [String; 7] {
    let status = record.status;
    [
        record.edtf.map_or_else(|| "undated".to_owned(), EdtfDate::in_words),
        record.what.to_owned(),
        record.by.join(", "),
        record.to.join(", "),
        record.place.unwrap_or_default().to_owned(),
        if status == EventStatus::Done { String::new() } else { written(status) },
        record.briefing.to_owned(),
    ]
}

/// The text as it is, whatever Markdown or HTML would make of it.
pub(in crate::export) fn escaped(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    for c in clean_line(cell).chars() {
        if "\\`*_[]<>|~&$".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
