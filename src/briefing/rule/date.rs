//! A date that is hand-written, ambiguous, impossible or no date at all.

use super::super::typing::Spanned;
use crate::date::EdtfDate;
use crate::date::reading::{DateProblem, DateProblemKind, read_date};
use crate::diagnostic::{Code, Diagnostic, Fix, Source};

/// Reads the date of a field, with at most one finding.
pub fn read(
    source: &Source<'_>,
    field: &Spanned<String>,
) -> (Option<EdtfDate>, Option<Diagnostic>) {
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
    let start = field.span.start + inner.unwrap_or_default();
    let span = match inner {
        Some(_) => start + problem.span.start..start + problem.span.end,
        None => field.span.clone(),
    };
    let mut finding = Diagnostic::new(code, problem.message).at(source.place(span));
    finding.help = if is_cut_at_comma(source, field) {
        Some("inside { } a comma ends the value: put the whole date in quotes".to_owned())
    } else {
        problem.help
    };
    finding.fix = problem
        .replacement
        .filter(|_| inner.is_some())
        .map(|text| Fix { place: source.place(start..start + field.value.len()), text });
    finding
}

/// Whether a year follows behind the comma that ended the value: `{date: March 17, 2023}`.
fn is_cut_at_comma(source: &Source<'_>, field: &Spanned<String>) -> bool {
    let rest = source.text().get(field.span.end..).unwrap_or_default();
    let year = rest.strip_prefix(',').map(str::trim_start).unwrap_or_default();
    let digits = year.bytes().take_while(u8::is_ascii_digit).count();
    digits == 4 && year[digits..].trim_start_matches(' ').starts_with([',', '}'])
}

#[cfg(test)]
mod tests {
    use crate::briefing::read_file;
    use crate::briefing::rule::carets::{carets, fixed, raw_carets, raw_fixed};

    #[test]
    fn a_date_is_pointed_at_wherever_it_stands() {
        let cases = [
            ("updated: 2023-02-30\n", "E032 |updated: 2023-02-30\n     |                 ^^\n"),
            ("updated: 'soon'\n", "E033 |updated: 'soon'\n     |          ^^^^\n"),
            (
                "events:\n  - {what: talks, date: 2023-03-22/2023-03-20}\n",
                "E032 |  - {what: talks, date: 2023-03-22/2023-03-20}\n     |                                   ^^^^^^^^^^\n",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(carets(text), expected);
        }
    }

    #[test]
    fn what_is_written_by_hand_is_read_and_mended() {
        let text = "title: t\ndate: 17 March 2023\nupdated: \"Mar 2023\"\nbody: b\n";
        assert_eq!(
            raw_carets(text),
            "E030 |date: 17 March 2023\n     |      ^^^^^^^^^^^^^\n\
             E030 |updated: \"Mar 2023\"\n     |          ^^^^^^^^\n"
        );
        let mended = raw_fixed(text);
        assert_eq!(mended, "title: t\ndate: 2023-03-17\nupdated: \"2023-03\"\nbody: b\n");
        assert_eq!(raw_carets(&mended), "");
        assert!(fixed("updated: 03/04/2023\n").contains("updated: 03/04/2023\n"));
    }

    #[test]
    fn a_comma_in_braces_is_told_of() {
        let text = "events:\n  - {what: w, date: March 17, 2023}\ntitle: t\ndate: 2023\nbody: b\n";
        let read = read_file("x", text.as_bytes());
        let help = read.diagnostics[0].help.as_deref().unwrap();
        assert!(help.contains("quotes"), "{help}");
        let plain = read_file("x", text.replace(" 17, 2023", "").as_bytes());
        assert!(!plain.diagnostics[0].help.as_deref().unwrap_or_default().contains("quotes"));
    }

    #[test]
    fn an_impossible_date_leaves_the_briefing_undated() {
        let read = read_file("2020-01-01-x", b"title: t\ndate: 2023-02-30\nbody: b\n");
        assert_eq!(read.briefings[0].date, None);
        assert_eq!(read.diagnostics.len(), 1);
    }
}
