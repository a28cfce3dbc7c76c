//! An event class that PLOVER does not have.

use super::super::model::EventClass;
use super::super::typing::Field;
use super::super::words::{CLASS_SPELLINGS, CLASSES, find_word};
use super::word;
use crate::diagnostic::{Code, Diagnostic, Source};

/// Reads the class of an event; the older names of PLOVER's manual are accepted.
pub fn read(
    source: &Source<'_>,
    field: &Field<String>,
) -> (Option<EventClass>, Option<Diagnostic>) {
    let Some(text) = &field.0 else { return (None, None) };
    let found = find_word(CLASSES, &text.value).or_else(|| find_word(CLASS_SPELLINGS, &text.value));
    let finding = found
        .is_none()
        .then(|| word::finding(source, Code::UNKNOWN_CLASS, "event class", text, CLASSES));
    (found, finding)
}

#[cfg(test)]
mod tests {
    use crate::briefing::rule::carets::{carets, fixed};

    #[test]
    fn unknown_classes_are_pointed_at_and_older_ones_pass() {
        let text = "events:\n  - what: talks\n    class: CONSLUT\n  - {what: x, class: FIGHT}\n  - {what: x, class: mobilise}\n";
        assert_eq!(carets(text), "E025 |    class: CONSLUT\n     |           ^^^^^^^\n");
        assert!(fixed(text).contains("    class: CONSULT\n"));
    }
}
