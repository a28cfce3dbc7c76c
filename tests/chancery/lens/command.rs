//! `--lens` of the listing commands, run as a program.

use crate::program::{Program, Run};

const VISIT: &str = "title: Visit
date: 2023-03-17
body: Xi Jinping met Vladimir Putin in Moscow.
events:
  - {what: talks, date: 2023-03-20, by: Xi Jinping, to: Vladimir Putin}
  - {what: signing, date: 2023-04-02, by: Vladimir Putin}
";
const CALL: &str = "title: Call
date: 2023-04-26
body: Xi Jinping called Kyiv. Xi spoke long.
events:
  - {what: call, date: 2023-04-26, by: Xi Jinping}
";

fn run(command: &str, lens: &str) -> Run {
    let program = Program::new();
    program.write("visit.yaml", VISIT);
    program.write("call.yaml", CALL);
    Run::of(&program.command(command).args([".", "--lens", lens]).output().unwrap())
}

#[test]
fn the_timeline_has_the_events_that_match() {
    let cases = [
        ("", "talks signing call"),
        ("moscow", "talks signing"),
        ("by:xi-jinping", "talks call"),
        ("by:xi-jinping on:2023-04", "call"),
        ("-by:xi-jinping", "signing"),
        ("in:title call", "call"),
    ];
    for (lens, events) in cases {
        let run = run("timeline --format jsonl", lens);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{lens}");
        let what = |line: &str| -> String {
            let event: serde_json::Value = serde_json::from_str(line).unwrap();
            event["what"].as_str().unwrap().to_owned()
        };
        let what: Vec<String> = run.out.lines().map(what).collect();
        assert_eq!(what.join(" "), events, "{lens}");
    }
}

#[test]
fn actors_and_mentions_are_those_of_the_lens() {
    let actors = run("actors --format jsonl", "date:2023-04");
    assert_eq!(actors.code, 0);
    let first = actors.out.lines().next().unwrap();
    assert!(first.contains(r#""actor":"xi-jinping""#), "{first}");
    assert!(first.contains(r#""mentions":2,"briefings":1,"first":"2023-04-26""#), "{first}");
    assert!(!actors.out.contains("vladimir-putin"));
    let mentions = run("mentions", "actor:vladimir-putin");
    assert!(mentions.out.lines().count() > 1);
    assert!(mentions.out.lines().all(|line| line.starts_with("visit ")), "{}", mentions.out);
}

#[test]
fn a_mistake_stands_under_the_query_and_ends_with_2() {
    let cases = [
        (
            "moscow actr:xi",
            "error: there is no field `actr`\n  moscow actr:xi\n         ^^^^\nhelp: did you mean `actor:`?\n",
        ),
        ("习近平 )", "error: no parenthesis is open here\n  习近平 )\n         ^\n"),
        ("tag:", "error: `tag:` wants a name, as in `tag:summit`\n  tag:\n      ^\n"),
        (
            "is:unread",
            "error: what has been read or starred is known in the reader alone\n  is:unread\n  ^^^^^^^^^\nhelp: leave `is:` out on the command line\n",
        ),
        (
            "actor:xi-jinpin",
            "error: no briefing here has an actor `xi-jinpin`\n  actor:xi-jinpin\n        ^^^^^^^^^\nhelp: did you mean `xi-jinping`?\n",
        ),
    ];
    for command in ["timeline", "actors", "mentions"] {
        for (lens, expected) in cases {
            let run = run(command, lens);
            assert_eq!((run.code, run.out.as_str()), (2, ""), "{command} {lens}");
            assert_eq!(run.err, expected, "{command} {lens}");
        }
    }
}

#[test]
fn nothing_found_is_said_with_what_is_to_blame() {
    let run = run("timeline", "moscow in:title call");
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert_eq!(run.err, "no briefing is found: moscow alone finds 0, call alone finds 1\n");
}

#[test]
fn the_help_lists_every_field() {
    let help = Program::new().run("timeline --help");
    for row in chancery::corpus::query::FIELDS {
        assert!(help.out.contains(row.example), "{}", row.example);
    }
}
