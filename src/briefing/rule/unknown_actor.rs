//! An event's `by` or `to` that nobody declares; asked by the corpus, which knows `actors.yaml`.

use super::super::read::{Reference, ReferenceTo};
use super::word::shortened;
use crate::diagnostic::{Code, Diagnostic};

/// At most this many are noted.
const AT_MOST: usize = 1_000;

/// A note for each actor of an event that neither its briefing (whose names are no references) nor
/// `known` declares. `known` is given the name as written.
pub fn check(references: &[Reference], known: &dyn Fn(&str) -> bool) -> Vec<Diagnostic> {
    let strangers = references
        .iter()
        .filter(|reference| reference.to == ReferenceTo::Actor && !known(&reference.name));
    strangers
        .take(AT_MOST)
        .map(|reference| {
            let message = format!("`{}` is declared nowhere", shortened(&reference.name));
            Diagnostic::new(Code::UNKNOWN_ACTOR, message)
                .at(reference.place.clone())
                .help("add it to `entities`, or to actors.yaml")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::briefing::read_file;

    #[test]
    fn names_of_the_briefing_and_of_the_corpus_are_known() {
        let text = "entities:\n  - {id: xi, name: Xi Jinping, aliases: [Xi]}\n  - Putin\nevents:\n  - what: talks\n    by: [xi, xi jinping, Xi, Ghost]\n    to: [Putin, Kremlin]\n";
        let read = read_file("x", text.as_bytes());
        let notes = check(&read.references, &|name| name == "Kremlin");
        let [note] = notes.as_slice() else { panic!("{notes:?}") };
        assert_eq!(&read.text[note.place.clone().unwrap().span], "Ghost");
    }
}
