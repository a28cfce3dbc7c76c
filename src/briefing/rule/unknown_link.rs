//! A link to a briefing that is not there; asked by the corpus, which knows the slugs.

use super::super::read::{Reference, ReferenceTo};
use super::super::words::nearest;
use super::word::shortened;
use crate::diagnostic::{Code, Diagnostic};

/// A note for each link whose target `known` does not know. `slugs` are candidates for a
/// did-you-mean and may be empty.
pub fn check<'a>(
    references: &[Reference],
    known: &dyn Fn(&str) -> bool,
    slugs: &(impl Iterator<Item = &'a str> + Clone),
) -> Vec<Diagnostic> {
    let lost = references
        .iter()
        .filter(|reference| reference.to == ReferenceTo::Briefing && !known(&reference.name));
    lost.map(|reference| {
        let message = format!("no briefing has the id `{}`", shortened(&reference.name));
        let finding = Diagnostic::new(Code::UNKNOWN_LINK, message).at(reference.place.clone());
        match nearest(&reference.name, slugs.clone()) {
            Some(slug) => finding.help(format!("did you mean `{slug}`?")),
            None => finding,
        }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::briefing::{LinkRel, read_file};

    #[test]
    fn a_lost_link_is_noted_with_its_place() {
        let text = "links:\n  - rel: updates\n    to: 2023-03-16-qin\n  - 2023-03-17-xj\n";
        let read = read_file("x", text.as_bytes());
        assert_eq!(read.briefings[0].links[0].rel, LinkRel::Updates);
        let slugs = ["2023-03-16-qin", "2023-03-17-xi"];
        let notes = check(&read.references, &|slug| slugs.contains(&slug), &slugs.into_iter());
        let [note] = notes.as_slice() else { panic!("{notes:?}") };
        assert_eq!(note.place.as_ref().unwrap().start.line, 4);
        assert_eq!(note.help.as_deref(), Some("did you mean `2023-03-17-xi`?"));
    }
}
