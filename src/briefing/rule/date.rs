//! A date that is hand-written, ambiguous, impossible or no date at all.

use super::super::typing::Spanned;
use crate::date::{DateProblem, DateProblemKind, EdtfDate, read_date};
use crate::diagnostic::{Code, Diagnostic, Fix, Source};

/// Reads the date of a field, with at most one finding.
pub fn read(source: &Source<'_>, field: &Spanned<String>) -> (Option<EdtfDate>, Option<Diagnostic>) {
    let reading = read_date(&field.value);
    (reading.date, reading.problem.map(|problem| finding(source, field, problem)))
}

fn finding(source: &Source<'_>, field: &Spanned<String>, problem: DateProblem) -> Diagnostic {
    let code = match problem.kind {
        DateProblemKind::HandWritten => Code::HAND_WRITTEN_DATE,
        DateProblemKind::Ambiguous => Code::AMBIGUOUS_DATE,
        DateProblemKind::Impossible => Code::IMPOSSIBLE_DATE,
        DateProblemKind::Unreadable => Code::UNREADABLE_DATE,
    };
    // Offsets into the value are offsets into the file only where it is written as it reads.
    let written = source.slice(field.span.clone());
    let inner = written.find(field.value.as_str()).filter(|&at| at <= 1 && !field.value.is_empty());
    let span = match inner {
        Some(at) => {
            let start = field.span.start + at;
            start + problem.span.start..start + problem.span.end
        }
        None => field.span.clone(),
    };
    let place = source.place(span);
    let mut finding = Diagnostic::new(code, problem.message).at(place.clone());
    finding.help = problem.help;
    finding.fix = problem.replacement.filter(|_| inner.is_some()).map(|text| Fix { place, text });
    finding
}
