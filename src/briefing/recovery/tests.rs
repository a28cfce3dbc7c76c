//! What is mended, as golden findings: code, source line, carets, and the file after its fixes.

use crate::briefing::read_file;
use crate::briefing::rule::carets::{raw_carets, raw_fixed};
use crate::diagnostic::Severity;

const REST: &str = "date: 2023-03-17\nbody: b\n";

/// A mistake, the findings, and the text after the fixes.
type Case<'a> = (&'a str, &'a str, &'a str);

fn holds(cases: &[Case<'_>]) {
    for &(broken, carets, fixed) in cases {
        let text =
            if broken.contains("date:") { broken.to_owned() } else { format!("{broken}{REST}") };
        let fixed =
            if broken.contains("date:") { fixed.to_owned() } else { format!("{fixed}{REST}") };
        assert_eq!(raw_carets(&text), carets, "{text}");
        let mended = raw_fixed(&text);
        assert_eq!(mended, fixed);
        assert_eq!(raw_carets(&mended), "", "{mended}");
        let before = read_file("stem", text.as_bytes()).briefings;
        let after = read_file("stem", mended.as_bytes()).briefings;
        assert_eq!(before.len(), 1, "{text}");
        assert_eq!(before[0].title, after[0].title);
        assert_eq!(before[0].body, after[0].body);
        assert_eq!(before[0].tags, after[0].tags);
    }
}

#[test]
fn a_colon_in_a_text() {
    holds(&[
        (
            "title: Xi in Moscow: what next\n",
            "E003 |title: Xi in Moscow: what next\n     |                   ^\n",
            "title: \"Xi in Moscow: what next\"\n",
        ),
        (
            "title: Сі “in” Moscow: \"what\" next # note\n",
            "E003 |title: Сі “in” Moscow: \"what\" next # note\n     |                     ^\n",
            "title: 'Сі “in” Moscow: \"what\" next' # note\n",
        ),
        (
            "title: “Xi: next”\n",
            "E003 |title: “Xi: next”\n     |          ^\n",
            "title: \"Xi: next\"\n",
        ),
        (
            "title: t\nevents:\n  - what: Xi: talks\n    place: Moscow\n",
            "E003 |  - what: Xi: talks\n     |            ^\n",
            "title: t\nevents:\n  - what: \"Xi: talks\"\n    place: Moscow\n",
        ),
        (
            "title: t\nsummary: Xi came\n  and said: peace\n",
            "E003 |  and said: peace\n     |          ^\n",
            "title: t\nsummary: \"Xi came\n  and said: peace\"\n",
        ),
    ]);
}

#[test]
fn a_first_character_that_yaml_keeps() {
    let signs = [
        "@mfa said",
        "`x` said",
        "%5 more",
        "*bold* text",
        "*bold",
        "& Sons",
        "&x marks",
        "!important thing",
        "!x",
        "> 50 dead",
        "| x y",
        "] x",
        "- x",
        "[Draft] Xi",
        "{x} y",
    ];
    for sign in signs {
        let text = format!("title: {sign}\n{REST}");
        let carets = format!("E004 |title: {sign}\n     |       {}\n", "^".repeat(sign.len()));
        assert_eq!(raw_carets(&text), carets);
        let mended = raw_fixed(&text);
        assert_eq!(mended, format!("title: \"{sign}\"\n{REST}"));
        assert_eq!(read_file("stem", text.as_bytes()).briefings[0].title, sign);
        assert_eq!(raw_carets(&mended), "");
    }
    assert_eq!(raw_carets(&format!("title: &x Xi\nlang: *x\n{REST}")), "");
}

#[test]
fn tabs_as_indent() {
    holds(&[
        (
            "title: t\ntags:\n\t- a\n\t- b\n",
            "E005 |\t- a\n     |^\nE005 |\t- b\n     |^\n",
            "title: t\ntags:\n  - a\n  - b\n",
        ),
        (
            "title: t\ndate: 2023\nbody: |\n\tOne.\n\n\tTwo.\n",
            "E005 |\tOne.\n     |^\nE005 |\tTwo.\n     |^\n",
            "title: t\ndate: 2023\nbody: |\n  One.\n\n  Two.\n",
        ),
        (
            "title: t\nevents:\n  - what: x\n\t\tplace: Xi: y\n",
            "E005 |\t\tplace: Xi: y\n     |^^\nE003 |\t\tplace: Xi: y\n     |           ^\n",
            "title: t\nevents:\n  - what: x\n    place: \"Xi: y\"\n",
        ),
    ]);
}

#[test]
fn quotes() {
    holds(&[
        (
            "title: \"No limits\" friendship\n",
            "E009 |title: \"No limits\" friendship\n     |                   ^^^^^^^^^^\n",
            "title: '\"No limits\" friendship'\n",
        ),
        (
            "title: t\ntags:\n  - 'a' b\n",
            "E009 |  - 'a' b\n     |        ^\n",
            "title: t\ntags:\n  - \"'a' b\"\n",
        ),
    ]);
    for open in ["title: \"Xi in Moscow\n", "title: 'Xi in Moscow\n"] {
        let text = format!("{open}source: \"Kremlin\"\n{REST}");
        assert_eq!(raw_carets(&text), format!("E008 |{open}     |       ^\n"));
        assert_eq!(raw_fixed(&text), text, "where it closes is not certain");
        assert_eq!(read_file("stem", text.as_bytes()).briefings[0].title, "Xi in Moscow");
    }
    let last = "title: t\ndate: 2023\nbody: \"b".to_string();
    assert_eq!(raw_carets(&last), "E008 |body: \"b\n     |      ^\n");
}

#[test]
fn missing_blanks() {
    holds(&[
        ("title:Xi\n", "E010 |title:Xi\n     |     ^\n", "title: Xi\n"),
        (
            "title: t\ntags:\n  -Xi\n  -Putin\n",
            "E010 |  -Xi\n     |  ^\nE010 |  -Putin\n     |  ^\n",
            "title: t\ntags:\n  - Xi\n  - Putin\n",
        ),
        (
            "title: t\ntags:\n  -Xi\n  - Putin\n",
            "E010 |  -Xi\n     |  ^\n",
            "title: t\ntags:\n  - Xi\n  - Putin\n",
        ),
        (
            "title: t\ntags:\n  - Xi\n  -Putin\n",
            "E010 |  -Putin\n     |  ^\n",
            "title: t\ntags:\n  - Xi\n  - Putin\n",
        ),
    ]);
}

#[test]
fn a_body_without_its_sign() {
    holds(&[
        (
            "title: t\ndate: 2023\nbody:\n  One: two.\n\n  Three.\n",
            "E011 |body:\n     |^^^^\n",
            "title: t\ndate: 2023\nbody: |\n  One: two.\n\n  Three.\n",
        ),
        (
            "title: t\ndate: 2023\nbody: One.\n  Two.\n\n  Three.\nlang: en\n",
            "E011 |body: One.\n     |^^^^\n",
            "title: t\ndate: 2023\nbody: |\n  One.\n  Two.\n\n  Three.\nlang: en\n",
        ),
        (
            "title: t\ndate: 2023\nbody: >-\n  One.\n\n  Two.\n",
            "E011 |body: >-\n     |^^^^\n",
            "title: t\ndate: 2023\nbody: |-\n  One.\n\n  Two.\n",
        ),
        (
            "title: t\ndate: 2023\nbody: |\nOne here.\n\n  Two: deeper.\nlang: en\n",
            "E011 |One here.\n     |^^^^^^^^^\n",
            "title: t\ndate: 2023\nbody: |\n  One here.\n\n    Two: deeper.\nlang: en\n",
        ),
        (
            "title: t\ndate: 2023\nbody:\n    One: indented.\n\n  Two.\n",
            "E011 |body:\n     |^^^^\n",
            "title: t\ndate: 2023\nbody: |2\n    One: indented.\n\n  Two.\n",
        ),
    ]);
    assert_eq!(raw_carets("title: t\ndate: 2023\nbody: One\n  paragraph.\n"), "");
}

#[test]
fn several_mistakes_in_one_file_are_all_mended() {
    let text = "title: Xi: next\ndate: 17 March 2023\nsource: @mfa\ntags:\n\t- a: b\nentites: [Xi]\nbody: |\n  x: y\n---\ntitle: two: three\ndate: 2023\nbody: b\n";
    let read = read_file("stem", text.as_bytes());
    assert_eq!(read.briefings.len(), 2);
    assert_eq!(read.briefings[1].title, "two: three");
    assert!(read.diagnostics.iter().all(|finding| finding.place.is_some()));
    let codes: Vec<_> = read.diagnostics.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(codes, ["E003", "E030", "E004", "E005", "E022", "E021", "E003"]);
}

#[test]
fn what_is_not_certain_stays_an_error_with_its_place() {
    for (text, line) in
        [("title: t\n a: b\n", 2), ("a: [b\n", 1), ("x\ny: z\n", 2), ("a: b\n- c\n", 2)]
    {
        let read = read_file("stem", text.as_bytes());
        let [finding] = read.diagnostics.as_slice() else {
            panic!("{text:?} {:?}", read.diagnostics)
        };
        assert_eq!(finding.severity(), Severity::Error, "{text:?}");
        assert_eq!(finding.place.as_ref().unwrap().start.line, line, "{text:?} {finding:?}");
        assert!(finding.help.is_some());
    }
}

#[test]
fn an_apostrophe_does_not_end_a_quoted_text() {
    use crate::briefing::read_file;
    use crate::briefing::rule::carets::raw_fixed;
    let text = |title: &str| format!("title: {title}\ndate: 2023\nbody: b\n");
    let whole = text("'Xi's visit to Moscow'");
    assert_eq!(raw_fixed(&whole), text("\"Xi's visit to Moscow\""));
    assert_eq!(read_file("x", whole.as_bytes()).briefings[0].title, "Xi's visit to Moscow");
    let open = text("'Xi's visit");
    assert_eq!(raw_fixed(&open), open, "what is meant is not certain");
    assert_eq!(raw_fixed(&text("'a' and 'b'")), text("\"'a' and 'b'\""));
}
