//! What YAML lets pass: keys given twice, keys that are no words, tags.

use super::super::syntax::{Remark, RemarkKind};
use super::word::shortened;
use crate::diagnostic::{Code, Diagnostic, Source};

/// The finding for a remark of the parser, if it is worth one.
pub fn check(source: &Source<'_>, remark: &Remark) -> Option<Diagnostic> {
    let place = source.place(remark.span.clone());
    match &remark.kind {
        RemarkKind::DuplicateKey { first } => {
            let key = shortened(source.slice(remark.span.clone()));
            let line = source.position(first.start).line;
            Some(
                Diagnostic::new(Code::DUPLICATE_KEY, format!("the key `{key}` is given twice"))
                    .at(place)
                    .label(format!("given first in line {line}"))
                    .help(format!("only the one in line {line} is read; remove one, or join them")),
            )
        }
        RemarkKind::OddKey => Some(
            Diagnostic::new(Code::ODD_KEY, "a list or a map stands where a key should")
                .at(place)
                .help("quote the text if it is meant to begin with a bracket"),
        ),
        RemarkKind::Tag { .. } => Some(
            Diagnostic::new(Code::TAG_IGNORED, "a YAML tag has no meaning here")
                .at(place)
                .help("remove it, or put the value in quotes if it is meant as text"),
        ),
        RemarkKind::UnusedAnchor { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::briefing::rule::carets::carets;

    #[test]
    fn keys_given_twice_odd_keys_and_tags_are_told() {
        let text = "lang: en\nlang: fr\nentities:\n  - {name: !!str Xi}\n? [a]\n: b\n";
        assert_eq!(
            carets(text),
            "E006 |lang: fr\n     |^^^^\n\
             E015 |  - {name: !!str Xi}\n     |           ^^^^^^^^\n\
             E017 |? [a]\n     |  ^^^\n"
        );
    }
}
