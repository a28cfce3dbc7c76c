//! Each form of the same dossier.

use super::*;
use crate::corpus::dossier::{Dossier, Subject};
use crate::corpus::{Corpus, Origin, load};
use crate::text::clean_text;

const VISIT: &str = "title: \"A | \\e[31m visit\"
date: 2023-03-17
source: The *Review*
entities:
  - {id: ann, name: Ann Ames, kind: person, role: Envoy}
  - {id: bob, name: Bob Boe, kind: person}
body: |
  Yesterday Ann Ames met <Bob Boe> in \\e[31m the *old* town.

  Ames left.
events:
  - {date: 2023-03-16, what: they met, class: CONSULT, by: ann, to: bob, place: Old | Town}
relations:
  - {from: ann, to: bob, kind: ally, since: 2021}
";

fn written() -> Corpus {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("visit.yaml"), VISIT).unwrap();
    let mut corpus = load(&Origin::Paths(vec![folder.path().to_owned()]), &|_, _| {});
    for file in std::sync::Arc::make_mut(&mut corpus.files).whole_mut() {
        file.path = std::path::Path::new("briefings/visit.yaml").into();
    }
    corpus.surveyed()
}

fn forms(with: Option<&str>) -> [String; 3] {
    let corpus = written();
    let id = |id: &str| corpus.concordance.find(id).unwrap();
    let subject = match with {
        None => Subject::Actor(id("ann")),
        Some(other) => Subject::Dyad(id("ann"), id(other)),
    };
    let record = Record::of(&corpus, &Dossier::about(&corpus, subject, true));
    [as_text(&record), as_markdown(&record), as_json(&record)]
}

#[test]
fn text_is_for_people() {
    insta::assert_snapshot!("text", forms(None)[0]);
    insta::assert_snapshot!("text_of_two", forms(Some("bob"))[0]);
}

#[test]
fn markdown_is_for_reports() {
    insta::assert_snapshot!("markdown", forms(None)[1]);
    insta::assert_snapshot!("markdown_of_two", forms(Some("bob"))[1]);
}

#[test]
fn json_has_the_promised_keys() {
    insta::assert_snapshot!("json", forms(None)[2]);
    insta::assert_snapshot!("json_of_two", forms(Some("bob"))[2]);
}

#[test]
fn no_form_has_what_a_terminal_obeys() {
    for form in forms(None).iter().chain(&forms(Some("bob"))) {
        assert_eq!(clean_text(form), form.as_str());
    }
}
