//! The reader as its callers see it.

use super::*;
use crate::briefing::{
    Confidence, EventClass, EventStatus, Grade, Kind, LinkRel, Marking, Matching, Tlp,
};

const WHOLE: &str = "\
# a comment
id: xi-to-visit-moscow
title: 'Xi to visit Moscow: 20–22 March'
date: 2023-03-17T10:00:00Z
updated: 2023-03-18
lang: en
summary: >
  One paragraph
  in two lines.
source: {name: Foreign Ministry, url: https://mfa.example/1, author: Wang Wenbin, retrieved: 2023-03-17, reliability: B}
sources: [Kremlin]
grade: B2
confidence: moderate
marking: [TLP:CLEAR, Internal]
tags: [diplomacy, war]
entities:
  - Vladimir Putin
  - id: xi-jinping
    name: Xi Jinping
    kind: person
    role: President of China
    country: CHN
    wikidata: Q15031
    aliases:
      - Xi
      - {text: Си, match: exact, since: 2013, until: 2030}
    not: [Xi Mingze]
events:
  - date: 2023-03-20/2023-03-22
    what: state visit
    class: CONSULT
    by: xi-jinping
    to: [Vladimir Putin]
    place: Moscow
    status: planned
    quote: will make a state visit
relations:
  - {from: xi-jinping, to: Vladimir Putin, kind: ally, since: 2013-03, until: 2024}
links:
  - {rel: follows, to: 2023-03-16-qin-calls-kuleba}
region: Eurasia
body: |
  First paragraph.

  Second — with *emphasis*.
";

#[test]
fn every_field_of_the_format_is_read() {
    let read = read_file("stem", WHOLE.as_bytes());
    let codes: Vec<_> = read.diagnostics.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [Code::UNKNOWN_KEY]);
    let [briefing] = read.briefings.as_slice() else { panic!("one briefing") };
    assert_eq!(briefing.id.as_deref(), Some("xi-to-visit-moscow"));
    assert_eq!(briefing.title, "Xi to visit Moscow: 20–22 March");
    assert_eq!(briefing.date.as_ref().unwrap().as_edtf(), "2023-03-17T10:00:00Z");
    assert_eq!(briefing.updated.as_ref().unwrap().as_edtf(), "2023-03-18");
    assert_eq!(briefing.lang.as_deref(), Some("en"));
    assert_eq!(briefing.summary.as_deref(), Some("One paragraph in two lines."));
    assert_eq!(briefing.body, "First paragraph.\n\nSecond — with *emphasis*.\n");
    assert_eq!((briefing.line, briefing.body_line), (2, Some(43)));
    assert_eq!(briefing.grade, Some(Grade { reliability: 'B', credibility: 2 }));
    assert_eq!(briefing.confidence, Some(Confidence::Moderate));
    assert_eq!(
        briefing.markings,
        [Marking::Tlp(Tlp::Clear), Marking::Other("Internal".to_owned())]
    );
    assert_eq!(briefing.tags, ["diplomacy", "war"]);
    assert_eq!(briefing.unknown, [("region".to_owned(), serde_yaml::Value::from("Eurasia"))]);
    assert_eq!(
        (briefing.links[0].rel, briefing.links[0].to.as_str()),
        (LinkRel::Follows, "2023-03-16-qin-calls-kuleba")
    );
}

#[test]
fn the_parts_of_a_briefing_are_read_whole() {
    let read = read_file("stem", WHOLE.as_bytes());
    let briefing = &read.briefings[0];
    let source = &briefing.sources[0];
    assert_eq!(
        (source.name.as_str(), source.url.as_deref()),
        ("Foreign Ministry", Some("https://mfa.example/1"))
    );
    assert_eq!((source.author.as_deref(), source.reliability), (Some("Wang Wenbin"), Some('B')));
    assert_eq!(source.retrieved.as_ref().unwrap().as_edtf(), "2023-03-17");
    assert_eq!(briefing.sources[1].name, "Kremlin");

    assert_eq!(briefing.entities[0].name, "Vladimir Putin");
    let xi = &briefing.entities[1];
    assert_eq!(
        (xi.id.as_deref(), xi.name.as_str(), xi.kind),
        (Some("xi-jinping"), "Xi Jinping", Some(Kind::Person))
    );
    assert_eq!((xi.country.as_deref(), xi.wikidata.as_deref()), (Some("CHN"), Some("Q15031")));
    assert_eq!(
        (xi.role.as_deref(), xi.not.as_slice()),
        (Some("President of China"), ["Xi Mingze".to_owned()].as_slice())
    );
    assert_eq!(xi.aliases[0].text, "Xi");
    assert_eq!(
        (xi.aliases[1].text.as_str(), xi.aliases[1].matching),
        ("Си", Some(Matching::Exact))
    );
    assert!(xi.aliases[1].since.is_some() && xi.aliases[1].until.is_some());
    assert_eq!(xi.place.as_ref().unwrap().start.line, 18);

    let event = &briefing.events[0];
    assert_eq!(
        (event.what.as_str(), event.class, event.status),
        ("state visit", Some(EventClass::Consult), EventStatus::Planned)
    );
    assert_eq!(
        (event.by.as_slice(), event.to.as_slice()),
        (["xi-jinping".to_owned()].as_slice(), ["Vladimir Putin".to_owned()].as_slice())
    );
    assert_eq!(
        (event.place.as_deref(), event.quote.as_deref()),
        (Some("Moscow"), Some("will make a state visit"))
    );
    assert_eq!(event.source_place.as_ref().unwrap().start.line, 29);
    let relation = &briefing.relations[0];
    assert_eq!(
        (relation.from.as_str(), relation.to.as_str(), relation.kind.as_str()),
        ("xi-jinping", "Vladimir Putin", "ally")
    );
    assert!(relation.since.is_some() && relation.until.is_some());
}

#[test]
fn line_ends_and_encodings_make_no_difference() {
    let plain = read_file("stem", WHOLE.as_bytes());
    let dos = read_file("stem", WHOLE.replace('\n', "\r\n").as_bytes());
    assert_eq!(plain.briefings[0].body, dos.briefings[0].body);
    assert_eq!(plain.briefings[0].body_line, dos.briefings[0].body_line);
    let marked = read_file("stem", format!("\u{FEFF}{WHOLE}").as_bytes());
    assert_eq!(marked.briefings, plain.briefings);
    assert_eq!(marked.encoding, Encoding::Utf8Bom);
}

#[test]
fn several_documents_are_several_briefings_and_a_bad_one_costs_itself() {
    let text = "---\ntitle: one\ndate: 2023\nbody: b\n---\ntitle: [two\n---\ntitle: three\ndate: 2023\nbody: b\nlinks: x\n---\n";
    let read = read_file("stem", text.as_bytes());
    let found: Vec<_> =
        read.briefings.iter().map(|briefing| (briefing.title.as_str(), briefing.line)).collect();
    assert_eq!(found, [("one", 2), ("", 6), ("three", 8)]);
    assert_eq!(
        (read.unreadable.as_slice(), read.briefings[1].body.as_str()),
        (&[1][..], "title: [two\n")
    );
    assert_eq!(read.diagnostics.len(), 1);
    assert_eq!(read.references[0].briefing, 2);
    assert_eq!((slug("stem", 0), slug("stem", 1)), ("stem".to_owned(), "stem-2".to_owned()));
}

#[test]
fn what_is_no_briefing_is_an_error() {
    let codes = |bytes: &[u8]| {
        read_file("stem", bytes).diagnostics.iter().map(|finding| finding.code).collect::<Vec<_>>()
    };
    for bytes in [&b""[..], b"# nothing\n", b"- a\n- b\n", b"just prose\n", b"null\n"] {
        assert_eq!(codes(bytes), [Code::NOT_A_BRIEFING], "{:?}", String::from_utf8_lossy(bytes));
    }
    assert_eq!(codes(b"\x7FELF\0\0"), [Code::NOT_TEXT]);
}

#[test]
fn actors_are_read_from_a_map_or_a_list() {
    let list = "- name: Xi Jinping\n  roles:\n    - {role: President, of: CHN, since: 2013-03-14, until: 2028}\n- Kremlin\n";
    let map = format!("actors:\n{list}");
    for text in [list, map.as_str()] {
        let read = read_actors(text.as_bytes());
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        assert_eq!(read.actors.len(), 2);
        let role = &read.actors[0].roles[0];
        assert_eq!((role.role.as_str(), role.of.as_deref()), ("President", Some("CHN")));
        assert!(role.since.is_some() && role.until.is_some());
    }
    assert_eq!(read_actors(b"just text").diagnostics[0].code, Code::NOT_A_BRIEFING);
}

mod properties {
    use proptest::prelude::*;

    use super::super::*;

    fn near_yaml() -> impl Strategy<Value = String> {
        let pieces = prop::sample::select(vec![
            "title",
            "body",
            "date",
            "events",
            "entities",
            ": ",
            ":",
            "- ",
            "-",
            "\n",
            "\n  ",
            "\n\n",
            "\t",
            "|",
            ">",
            "\"",
            "'",
            "[",
            "]",
            "{",
            "}",
            ",",
            "#",
            " #",
            "&a ",
            "*a",
            "!x ",
            "@",
            "%",
            "`",
            "---\n",
            "...\n",
            "é",
            "“",
            "2023-03-17",
            "x",
            "\u{1b}",
            "\r\n",
            "<<",
            "? ",
            "\\",
            "body: |\n",
        ]);
        prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read_file("stem", &bytes);
            let _ = read_actors(&bytes);
        }

        #[test]
        fn places_lie_in_the_text_and_fixes_fit(text in near_yaml()) {
            let read = read_file("stem", text.as_bytes());
            let _ = read_actors(text.as_bytes());
            for finding in &read.diagnostics {
                if let Some(place) = &finding.place {
                    prop_assert!(read.text.get(place.span.clone()).is_some(), "{finding:?}");
                }
                if let Some(fix) = &finding.fix {
                    prop_assert!(read.text.get(fix.place.span.clone()).is_some(), "{finding:?}");
                }
            }
        }
    }
}
