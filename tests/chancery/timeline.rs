//! `chancery timeline`: what it prints and how it ends, run as a program.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use tempfile::TempDir;

const VISIT: &str = r#"title: Xi to visit Moscow
date: 2023-03-17
body: Announced on Friday.
events:
  - date: 2023-03-20/2023-03-22
    what: Xi in Moscow
    class: CONSULT
    by: Xi Jinping
    to: [Vladimir Putin, Russia]
    place: Moscow
    status: planned
  - {date: 2022-02~, what: "a \e[31mpact"}
  - what: arms, perhaps
"#;

fn timeline(folder: &Path, arguments: &[&str]) -> Assert {
    let mut command = Command::cargo_bin("chancery").expect("the built program");
    command
        .current_dir(folder)
        .env("XDG_CONFIG_HOME", folder)
        .env_remove("XDG_CACHE_HOME")
        .env("HOME", folder);
    command.arg("timeline").args(arguments).assert()
}

fn output(assert: &Assert) -> (String, String) {
    let output = assert.get_output();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    (text(&output.stdout), text(&output.stderr))
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

#[test]
fn each_form_has_the_events_in_the_order_of_time() {
    let folder = folder(&[("visit.yaml", VISIT)]);
    for (format, first, rows) in [
        ("text", "2022-02~", 3),
        (
            "jsonl",
            r#"{"briefing":"visit","file":"visit.yaml","line":12,"date":"2022-02~","earliest":"2022-02-01","latest":"2022-02-28","precision":"month","approximate":true,"uncertain":false,"what":"a \u001b[31mpact","class":null,"by":[],"to":[],"place":null,"status":"done","event":"visit#2"}"#,
            3,
        ),
        ("csv", "briefing,file,line,date,earliest,latest,", 4),
        ("md", "| Date | Event | By | To | Place | Status | Briefing |", 5),
    ] {
        let done = timeline(folder.path(), &["visit.yaml", "--format", format]).code(0);
        let (out, err) = output(&done);
        assert!(out.starts_with(first), "{format}: {out}");
        assert_eq!(out.lines().count(), rows, "{format}: {out}");
        assert!(!out.contains('\u{1b}'), "{format}: {out:?}");
        assert_eq!(err, "", "{format}");
    }
}

#[test]
fn the_actors_place_and_status_are_told() {
    let folder = folder(&[("visit.yaml", VISIT)]);
    let (out, _) = output(&timeline(folder.path(), &["visit.yaml"]).code(0));
    let line = out.lines().nth(1).unwrap();
    let words = "2023-03-20/2023-03-22 planned CONSULT Xi in Moscow Xi Jinping → Vladimir Putin, Russia Moscow visit";
    assert_eq!(line.split_whitespace().collect::<Vec<_>>().join(" "), words);
    assert!(out.lines().last().unwrap().starts_with("undated"));
}

const ARRIVAL: &str = "title: Xi arrives
date: 2023-03-20
body: He landed on Monday.
events:
  - {date: 2023-03-20/2023-03-22, what: Xi arrives in Moscow, class: CONSULT, by: Xi, to: [Putin, Russian]}
";

#[test]
fn reports_of_one_event_belong_together_whatever_its_actors_are_called() {
    let folder = folder(&[("arrival.yaml", ARRIVAL), ("visit.yaml", VISIT)]);
    let (out, _) = output(&timeline(folder.path(), &["."]).code(0));
    let line =
        |at: usize| out.lines().nth(at).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(line(1).contains("came to pass CONSULT Xi arrives in Moscow"), "{out}");
    assert!(line(1).ends_with("2 reports"), "{out}");
    assert_eq!(line(2), "2023-03-20/2023-03-22 planned Xi in Moscow visit");
    assert_eq!(line(3), "2023-03-20/2023-03-22 Xi arrives in Moscow arrival");
    let (out, _) = output(&timeline(folder.path(), &[".", "--format", "jsonl"]).code(0));
    assert_eq!(out.matches(r#""event":"visit#1""#).count(), 2, "{out}");
}

#[test]
fn nothing_found_is_one_and_could_not_run_is_two() {
    let folder = folder(&[("quiet.yaml", "title: Quiet\\ndate: 2023\\nbody: Nothing.\\n")]);
    let (out, _) = output(&timeline(folder.path(), &["quiet.yaml"]).code(1));
    assert_eq!(out, "");
    let (_, err) = output(&timeline(folder.path(), &["absent.yaml"]).code(2));
    assert!(err.contains("absent.yaml"), "{err}");
    timeline(folder.path(), &["--format", "xml"]).code(2);
}

#[test]
fn a_file_that_cannot_be_read_is_said_and_the_others_are_told() {
    let broken = "title: [unclosed\\nbody: x\\n";
    let folder = folder(&[("visit.yaml", VISIT), ("broken.yaml", broken)]);
    let (out, err) = output(&timeline(folder.path(), &["."]).code(0));
    assert_eq!(out.lines().count(), 3, "{out}");
    assert!(err.contains("broken.yaml could not be read"), "{err}");
}

#[test]
fn without_briefings_at_hand_the_sample_corpus_is_told() {
    let folder = folder(&[]);
    let (out, _) = output(&timeline(folder.path(), &["--format", "jsonl"]).code(0));
    assert!(out.lines().count() > 100, "{}", out.lines().count());
    let earliest: Vec<String> = out
        .lines()
        .filter_map(|line| {
            let event: serde_json::Value = serde_json::from_str(line).unwrap();
            event["earliest"].as_str().map(str::to_owned)
        })
        .collect();
    assert!(earliest.is_sorted());
}
