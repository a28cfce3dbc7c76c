//! The published JSON Schema, held against the shipped briefings and against mistakes.

use std::fs;
use std::path::Path;

use jsonschema::Validator;
use serde_json::Value;

use crate::program::Program;

fn schema(arguments: &str) -> Validator {
    let run = Program::new().run(arguments);
    assert_eq!(run.code, 0, "{}", run.err);
    let schema: Value = serde_json::from_str(&run.out).unwrap();
    jsonschema::meta::validate(&schema).expect("a schema that is none");
    jsonschema::validator_for(&schema).unwrap()
}

/// A YAML text as an editor's language server sees it: numbers are numbers, dates are text.
fn typed(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap()
}

fn complaints(schema: &Validator, value: &Value) -> Vec<String> {
    schema.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn every_shipped_briefing_holds_against_it() {
    let briefing = schema("schema");
    let actors = schema("schema --actors");
    let mut seen = 0;
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("briefings")).unwrap() {
        let path = entry.unwrap().path();
        let value = typed(&fs::read_to_string(&path).unwrap());
        let schema = if path.ends_with("actors.yaml") { &actors } else { &briefing };
        assert_eq!(complaints(schema, &value), Vec::<String>::new(), "{}", path.display());
        seen += 1;
    }
    assert!(seen > 40);
}

#[test]
fn it_knows_what_hand_writing_may_do_and_what_not() {
    let schema = schema("schema");
    let fine = [
        "title: t\ndate: 2023\nbody: b\n",
        "title: t\ntags: one\nsource: Kremlin readout\nentities: [Xi, {name: Putin, kind: person}]\n",
        "events: [{what: w, date: 2022-02~, by: xi, to: [a, b], class: AGREE}]\n",
        "links: [some-briefing, {rel: confirms, to: other}]\n",
    ];
    for text in fine {
        assert_eq!(complaints(&schema, &typed(text)), Vec::<String>::new(), "{text}");
    }
    let wrong = [
        "entites: []\n",
        "grade: Z9\n",
        "confidence: certain\n",
        "events: [{what: w, class: TALK}]\n",
        "events: [{what: w, when: 2023}]\n",
        "entities: [{name: Xi, kind: human}]\n",
        "title: [a, b]\n",
    ];
    for text in wrong {
        assert!(!complaints(&schema, &typed(text)).is_empty(), "{text} passes");
    }
}
