//! `until` is not later than `since`.

use super::super::typing::Spanned;
use crate::date::EdtfDate;
use crate::diagnostic::{Code, Diagnostic, Source};

/// Checks a period; `text` is what was written for `until`.
pub fn check(
    source: &Source<'_>,
    since: &EdtfDate,
    until: &EdtfDate,
    text: &Spanned<String>,
) -> Option<Diagnostic> {
    (until.latest() < since.earliest()).then(|| {
        let message = format!("this ends on {until}, before it begins on {since}");
        Diagnostic::new(Code::ENDS_BEFORE_IT_BEGINS, message)
            .at(source.place(text.span.clone()))
            .help("`until` is the day after the last")
    })
}

#[cfg(test)]
mod tests {
    use crate::briefing::rule::carets::carets;

    #[test]
    fn a_tie_ends_after_it_begins() {
        let period = |until| {
            format!(
                "relations:\n  - {{from: a, to: b, kind: ally, since: 2023-03, until: {until}}}\n"
            )
        };
        for until in ["2023-04-01", "2023", "2023-03"] {
            assert_eq!(carets(&period(until)), "", "{until}");
        }
        assert_eq!(
            carets(&period("2022-12")),
            "E037 |  - {from: a, to: b, kind: ally, since: 2023-03, until: 2022-12}\n     |                                                        ^^^^^^^\n"
        );
    }
}
