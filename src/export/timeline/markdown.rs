//! A table of Markdown (GitHub's), with dates in words.

use super::{Record, Told};
use crate::corpus::timeline::Standing;
use crate::date::EdtfDate;
use crate::text::clean_line;

const HEAD: &str = "| Date | Event | By | To | Place | Status | Briefing |\n| --- | --- | --- | --- | --- | --- | --- |\n";

/// The events as a table; beneath one of several reports these, each marked with `↳`.
#[must_use]
pub fn as_markdown(events: &[Told<'_>]) -> String {
    let line =
        |cells: [String; 7]| format!("| {} |\n", cells.map(|cell| escaped(&cell)).join(" | "));
    let rows = events.iter().map(|told| {
        let reports = told.reports.iter().map(|report| line(beneath(report)));
        line(row(told)) + &reports.collect::<String>()
    });
    HEAD.to_owned() + &rows.collect::<String>()
}

fn row(told: &Told<'_>) -> [String; 7] {
    let record = &told.lead;
    [
        date(record),
        record.what.clone(),
        record.by.join(", "),
        record.to.join(", "),
        record.place.clone().unwrap_or_default(),
        told.standing.words().to_owned(),
        match told.reports.len() {
            0 => record.briefing.to_owned(),
            reports => format!("{reports} reports"),
        },
    ]
}

fn beneath(report: &Record<'_>) -> [String; 7] {
    let empty = String::new;
    [
        format!("↳ {}", date(report)),
        report.what.clone(),
        empty(),
        empty(),
        empty(),
        Standing::of(report.status).words().to_owned(),
        report.briefing.to_owned(),
    ]
}

fn date(record: &Record<'_>) -> String {
    record.edtf.as_ref().map_or_else(|| "undated".to_owned(), EdtfDate::in_words)
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
