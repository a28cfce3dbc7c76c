//! A grade that is not one of the Admiralty system (NATO AJP-2.1).

use super::super::model::Grade;
use super::super::typing::Field;
use super::word::shortened;
use crate::diagnostic::{Code, Diagnostic, Source};

/// Reads a grade such as `B2`.
pub fn read(source: &Source<'_>, field: &Field<String>) -> (Option<Grade>, Option<Diagnostic>) {
    let Some(text) = &field.0 else { return (None, None) };
    let upper = text.value.trim().to_ascii_uppercase();
    if let [reliability @ b'A'..=b'F', credibility @ b'1'..=b'6'] = upper.as_bytes() {
        let grade =
            Grade { reliability: char::from(*reliability), credibility: credibility - b'0' };
        (Some(grade), None)
    } else {
        let message = format!("`{}` is not an Admiralty grade", shortened(&text.value));
        let finding = Diagnostic::new(Code::BAD_GRADE, message)
            .at(source.place(text.span.clone()))
            .help("a letter A to F for the source, a figure 1 to 6 for the information: B2");
        (None, Some(finding))
    }
}

/// Reads the reliability of a source, `A` to `F`.
pub fn read_reliability(
    source: &Source<'_>,
    field: &Field<String>,
) -> (Option<char>, Option<Diagnostic>) {
    let Some(text) = &field.0 else { return (None, None) };
    if let [letter @ b'A'..=b'F'] = text.value.trim().to_ascii_uppercase().as_bytes() {
        (Some(char::from(*letter)), None)
    } else {
        let message = format!("`{}` is not a reliability", shortened(&text.value));
        let finding = Diagnostic::new(Code::BAD_GRADE, message)
            .at(source.place(text.span.clone()))
            .help("a letter from A (completely reliable) to F (cannot be judged)");
        (None, Some(finding))
    }
}

#[cfg(test)]
mod tests {
    use crate::briefing::rule::carets::carets;

    #[test]
    fn grades_are_a_letter_and_a_figure() {
        for good in ["grade: B2\n", "grade: f6\n", "source: {name: x, reliability: A}\n"] {
            assert_eq!(carets(good), "", "{good}");
        }
        let cases = [
            ("grade: 1e3\n", "E026 |grade: 1e3\n     |       ^^^\n"),
            ("grade: G2\n", "E026 |grade: G2\n     |       ^^\n"),
            ("grade: B7\n", "E026 |grade: B7\n     |       ^^\n"),
            (
                "source: {name: x, reliability: 1}\n",
                "E026 |source: {name: x, reliability: 1}\n     |                               ^\n",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(carets(text), expected);
        }
    }
}
