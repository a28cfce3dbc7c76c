//! A word that its field does not know.

use super::super::typing::Spanned;
use super::super::words::{Words, nearest, spelled};
use crate::diagnostic::{Code, Diagnostic, Fix, Source};

/// The finding, with the word that was probably meant.
pub fn finding<T>(
    source: &Source<'_>,
    code: Code,
    what: &str,
    field: &Spanned<String>,
    words: Words<T>,
) -> Diagnostic {
    let known = spelled(words);
    let message = format!("`{}` is not a known {what}", shortened(&field.value));
    let finding = Diagnostic::new(code, message).at(source.place(field.span.clone()));
    match nearest(&field.value, known.iter().copied()) {
        Some(word) => finding
            .help(format!("did you mean `{word}`?"))
            .fix(Fix { place: source.place(field.span.clone()), text: word.to_owned() }),
        None => finding.help(format!("one of {}", known.join(", "))),
    }
}

/// A text short enough to stand in a message.
#[must_use]
pub fn shortened(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::briefing::rule::carets::{carets, fixed};

    #[test]
    fn a_slip_is_mended_and_another_word_is_answered_with_the_list() {
        let text = "confidence: moderat\nentities:\n  - {name: x, kind: ship}\n";
        assert_eq!(
            carets(text),
            "E024 |confidence: moderat\n     |            ^^^^^^^\n\
             E024 |  - {name: x, kind: ship}\n     |                    ^^^^\n"
        );
        assert!(fixed(text).contains("confidence: moderate\n"));
    }

    #[test]
    fn known_words_and_usual_spellings_pass() {
        let text = "confidence: High\nentities:\n  - {name: x, kind: organization}\n  - {name: y, kind: Armed-Group}\n\
                    events:\n  - {what: x, class: sanction, status: planned}\n";
        assert_eq!(carets(text), "");
    }
}
