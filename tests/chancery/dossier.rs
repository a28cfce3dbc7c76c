//! The dossier as an analyst meets it: on the screen and in a pipe, on the shipped briefings.

use std::fs;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use assert_cmd::Command;
use chancery::app::config::ThemeName;
use chancery::app::dossier::{DossierTarget, DossierView, Row, Subject};
use chancery::app::list::Motion;
use chancery::corpus::{ActorId, Corpus, Origin, load};
use chancery::ui::{Capability, Theme, dossier};
use insta::assert_snapshot;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

const SIZES: [(u16, u16); 3] = [(160, 48), (80, 24), (50, 15)];

/// The shipped briefings, looked through once for all tests.
fn samples() -> &'static Arc<Corpus> {
    static SAMPLES: OnceLock<Arc<Corpus>> = OnceLock::new();
    SAMPLES.get_or_init(|| Arc::new(load(&Origin::BuiltIn, &|_, _| ()).with_gazetteer().surveyed()))
}

fn actor(id: &str) -> ActorId {
    samples().concordance.find(id).unwrap()
}

fn drawn(view: &DossierView, columns: u16, rows: u16, capability: Capability) -> String {
    let theme = Theme::new(ThemeName::Terminal, capability);
    let area = Rect::new(0, 0, columns, rows);
    let mut buffer = Buffer::empty(area);
    dossier::draw(samples(), view, &theme, area, true, &mut buffer);
    let line = |row: u16| {
        let mut text = String::new();
        let mut skip = 0;
        for column in 0..columns {
            let cell = &buffer[(column, row)];
            if skip == 0 {
                text.push_str(cell.symbol());
                skip = cell.symbol().width().max(1);
            }
            skip -= 1;
        }
        text.trim_end().to_owned() + "\n"
    };
    (0..rows).map(line).collect()
}

fn opened(subject: Subject, rows: u16) -> DossierView {
    DossierView::open(samples(), subject, true, usize::from(rows) - 1)
}

fn at_every_size(name: &str, subject: Subject, moved: impl Fn(&mut DossierView, usize)) {
    for (columns, rows) in SIZES {
        let mut view = opened(subject, rows);
        moved(&mut view, usize::from(rows) - 1);
        let screen = drawn(&view, columns, rows, Capability::default());
        assert_snapshot!(format!("dossier_{name}_{columns}x{rows}"), screen);
    }
}

#[test]
fn one_actor() {
    at_every_size("xi", Subject::Actor(actor("xi-jinping")), |_, _| ());
}

#[test]
fn one_actor_further_down() {
    at_every_size("xi_events", Subject::Actor(actor("xi-jinping")), |view, height| {
        view.next_section(true, height);
        view.go(Motion::By(12), height);
    });
    at_every_size("xi_end", Subject::Actor(actor("xi-jinping")), |view, height| {
        view.go(Motion::Last, height);
    });
}

#[test]
fn a_state() {
    at_every_size("china", Subject::Actor(actor("china")), |_, _| ());
}

#[test]
fn two_actors() {
    let subject = Subject::Dyad(actor("xi-jinping"), actor("vladimir-putin"));
    at_every_size("dyad", subject, |_, _| ());
    at_every_size("dyad_end", subject, |view, height| view.go(Motion::Last, height));
}

#[test]
fn company_and_ties_of_a_state() {
    at_every_size("china_company", Subject::Actor(actor("china")), |view, height| {
        view.next_section(true, height);
        view.next_section(true, height);
        view.go(Motion::By(6), height);
    });
}

#[test]
fn words_are_lit_and_the_rest_is_gone() {
    at_every_size("xi_filtered", Subject::Actor(actor("xi-jinping")), |view, height| {
        view.narrow(samples(), "taiwan", height);
    });
}

#[test]
fn a_screen_without_unicode_or_colour_says_the_same() {
    let view = opened(Subject::Dyad(actor("xi-jinping"), actor("vladimir-putin")), 24);
    let capability = Capability { unicode: false, ..Capability::default() };
    let screen = drawn(&view, 80, 24, capability);
    assert!(!screen.contains(['→', '▶', '─', '━', '↑', '▾', '▃']), "{screen}");
    for sign in ["> ", "-> 1", "<- 0", "newest first v"] {
        assert!(screen.contains(sign), "{sign}: {screen}");
    }
}

#[test]
fn any_size_is_drawn() {
    for subject in [Subject::Actor(actor("china")), Subject::Dyad(actor("china"), actor("russia"))]
    {
        for columns in [1, 2, 3, 5, 8, 13, 20, 33, 63, 75, 99, 109, 111, 240] {
            for rows in [1, 2, 3, 5, 9] {
                let mut view = opened(subject, rows);
                for _ in 0..6 {
                    drawn(&view, columns, rows, Capability::default());
                    view.next_section(true, usize::from(rows) - 1);
                }
            }
        }
    }
}

#[test]
fn the_third_newest_briefing_is_three_keys_away() {
    let corpus = samples();
    let subject = Subject::Actor(actor("xi-jinping"));
    let mut view = opened(subject, 48);
    assert!(view.next_briefing(true, 47) && view.next_briefing(true, 47));
    let Some(DossierTarget::Place { briefing, offset }) = view.under_cursor() else { panic!() };
    let entry = corpus.entry(briefing).unwrap();
    assert_eq!(entry.slug, "2023-09-10-g20-in-new-delhi");
    assert!(entry.briefing().body[offset..].starts_with("Xi Jinping"));
    assert!(matches!(view.rows[view.cursor.at], Row::Passage(_)));
}

fn dossier_command(arguments: &[&str]) -> (i32, String, String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let empty = tempfile::tempdir().unwrap();
    let mut command = Command::cargo_bin("chancery").unwrap();
    command
        .current_dir(folder)
        .env("XDG_CONFIG_HOME", empty.path())
        .env_remove("XDG_CACHE_HOME")
        .env("HOME", empty.path());
    let output = command.arg("dossier").args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_name_in_any_script_finds_its_dossier() {
    for name in ["xi-jinping", "XI JINPING", "习近平", "Си Цзиньпин"] {
        let (code, out, _) = dossier_command(&[name, "briefings"]);
        assert_eq!((code, out.lines().next()), (0, Some("Xi Jinping")), "{name}");
    }
    let (_, out, _) = dossier_command(&["Xi", "--with", "Путин", "briefings"]);
    assert_eq!(out.lines().next(), Some("Xi Jinping · Vladimir Putin"));
}

#[test]
fn who_is_not_found_is_told_in_words_and_by_the_exit_status() {
    for (arguments, code, said) in [
        (&["zelensk"][..], 2, "did you mean `Zelensky`?"),
        (&["wang"], 2, "did you mean `Wang Yi` or `Wang Wenbin`?"),
        (&["qqqq"], 2, "nobody is called `qqqq`\nhelp: `chancery actors` lists everybody"),
        (&["Bolivia"], 1, "no briefing has Bolivia"),
        (&["Xi", "--with", "xi-jinping"], 2, "`--with` means the same actor"),
        (&["Xi", "--with", "Bolivia"], 1, "no briefing has Bolivia"),
        (&["Xi", "nowhere"], 2, "there is no `nowhere`"),
    ] {
        let mut all = arguments.to_vec();
        if !arguments.contains(&"nowhere") {
            all.push("briefings");
        }
        let (status, out, err) = dossier_command(&all);
        assert_eq!((status, out.as_str()), (code, ""), "{arguments:?}: {err}");
        assert!(err.contains(said), "{arguments:?}: {err}");
    }
}

#[test]
fn a_name_of_two_lists_both() {
    let folder = tempfile::tempdir().unwrap();
    let text = "title: Two\ndate: 2023-01-01\nbody: Wang Yi met Wang Wenbin.\nentities:\n  - {id: wang-yi, name: Wang Yi, kind: person, aliases: [the minister]}\n  - {id: wang-wenbin, name: Wang Wenbin, kind: person, aliases: [the minister]}\n";
    fs::write(folder.path().join("two.yaml"), text).unwrap();
    let path = folder.path().to_str().unwrap();
    let (code, out, err) = dossier_command(&["the minister", path]);
    assert_eq!((code, out.as_str()), (2, ""));
    for said in ["several are called", "wang-yi  Wang Yi (person, 1 briefings)", "wang-wenbin  "] {
        assert!(err.contains(said), "{err}");
    }
}

#[test]
fn json_holds_the_very_mentions() {
    let (code, out, _) = dossier_command(&["xi-jinping", "briefings", "--format", "json"]);
    assert_eq!((code, out.lines().count()), (0, 1));
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    let mut found = Vec::new();
    for briefing in json["briefings"].as_array().unwrap() {
        for mention in briefing["mentions"].as_array().unwrap() {
            found.push((
                briefing["briefing"].as_str().unwrap().to_owned(),
                mention["start"].as_u64().unwrap(),
                mention["end"].as_u64().unwrap(),
            ));
        }
    }
    let mut command = Command::cargo_bin("chancery").unwrap();
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(["--no-cache", "mentions", "briefings"]);
    let listed = command.args(["--format", "jsonl"]).output().unwrap().stdout;
    let mut all: Vec<(String, u64, u64)> = String::from_utf8(listed)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .filter(|one| one["actor"] == "xi-jinping" && one["via"] != "metonym")
        .map(|one| {
            let place = |key: &str| one[key].as_u64().unwrap();
            (one["briefing"].as_str().unwrap().to_owned(), place("start"), place("end"))
        })
        .collect();
    all.sort();
    found.sort();
    assert_eq!(found, all);
}
