//! A list or a map where a text is meant, or the other way round.

use super::super::typing::Findings;
use crate::diagnostic::{Code, Diagnostic, Source};

/// One finding for each value that did not fit.
pub fn check(source: &Source<'_>, findings: &Findings) -> impl Iterator<Item = Diagnostic> {
    let finding = move |misfit: &super::super::typing::Misfit| {
        let written = source.slice(misfit.span.clone());
        let first = written.lines().next().map_or(0, str::len);
        let place = source.place(misfit.span.start..misfit.span.start + first);
        Diagnostic::new(Code::WRONG_SHAPE, misfit.message.clone()).at(place)
    };
    findings.misfits.iter().map(finding)
}

#[cfg(test)]
mod tests {
    use crate::briefing::read_file;
    use crate::briefing::rule::carets::carets;

    #[test]
    fn a_misfit_costs_only_itself() {
        let text = "lang: [en, fr]\nevents:\n  - what: {a: b}\n    date: 2023\n  - what: talks\n    by: [x, [y]]\nentities: {name: [z]}\n";
        let errors = carets(text);
        assert_eq!(
            errors,
            "E022 |lang: [en, fr]\n     |      ^^^^^^^^\n\
             E022 |  - what: {a: b}\n     |          ^^^^^^\n\
             E022 |    by: [x, [y]]\n     |            ^^^\n\
             E022 |entities: {name: [z]}\n     |                 ^^^\n"
        );
        let read = read_file("x", text.as_bytes());
        assert_eq!(read.briefings[0].events[0].by, ["x"]);
        let message = |finding: &crate::diagnostic::Diagnostic| finding.message.clone();
        let messages: Vec<_> = read.diagnostics.iter().map(message).collect();
        assert!(
            messages.contains(&"a list stands where a text is meant".to_owned()),
            "{messages:?}"
        );
    }
}
