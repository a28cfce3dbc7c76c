//! Several programs have a corpus open at once, and one that is large is read like any other.

use std::fmt::Write as _;
use std::process::Command;

use crate::pty::{Home, Session};

/// What the program prints when it is run at this home.
fn printed(home: &Home, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
    command.args(arguments).current_dir(home.path()).env_clear().envs(home.environment());
    let output = command.output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    String::from_utf8(output.stdout).unwrap()
}

fn text(title: &str, body: &str) -> String {
    format!("title: {title}\ndate: 2023-03-17\nbody: {body}\n")
}

#[test]
fn each_shows_what_changed_whoever_keeps_it() {
    let home = Home::new();
    for number in 0..20 {
        home.write(&format!("corpus/{number}.yaml"), &text(&format!("Report {number}"), "before"));
    }
    let mut one = Session::start(&home, &["corpus"], 100, 30);
    let mut other = Session::start(&home, &["corpus"], 100, 30);
    for session in [&one, &other] {
        session.wait_for_text("Report 0");
    }
    for round in 0..3 {
        let title = format!("Changed {round}");
        home.write("corpus/0.yaml", &text(&title, &format!("afterwards{round}")));
        assert_eq!(
            printed(&home, &["search", &format!("afterwards{round}"), "corpus", "--count"]),
            "1\n"
        );
        for session in [&one, &other] {
            session.wait_for_text(&title);
        }
    }
    for session in [&mut one, &mut other] {
        session.keys("q");
        assert!(session.wait_exit().success());
    }
    for _ in 0..2 {
        home.write("corpus/8.yaml", &text("Last", "last of all"));
        assert_eq!(printed(&home, &["search", "before", "corpus", "--count"]), "18\n");
        assert_eq!(printed(&home, &["search", "last", "corpus", "--count"]), "1\n");
    }
    let status = printed(&home, &["index", "--status", "corpus"]);
    assert!(status.contains("20 briefings in 20 files"), "{status}");
}

/// Files of the corpus that stands for a large one: `CHANCERY_SMOKE`, as the checks of a commit have
/// it, else few.
fn many() -> usize {
    std::env::var("CHANCERY_SMOKE").ok().and_then(|count| count.parse().ok()).unwrap_or(300)
}

#[test]
fn a_large_corpus_is_indexed_opened_searched_and_followed() {
    let home = Home::new();
    let count = many();
    for number in 0..count {
        let mut text = format!(
            "title: Report {number:05}\ndate: {}-{:02}-{:02}\nbody: |\n",
            2000 + number % 20,
            number % 12 + 1,
            number % 28 + 1
        );
        writeln!(text, "  Daily word{number} from Moscow and Ankara on grain.").unwrap();
        home.write(&format!("corpus/{}/{number}.yaml", number % 50), &text);
    }
    home.write("corpus/newest.yaml", "title: The newest\ndate: 2024-01-01\nbody: Rare zephyr.\n");
    let mut session = Session::start(&home, &["index", "corpus"], 120, 30);
    session.wait_for_text(".sqlite");
    assert!(session.wait_exit().success());
    assert_eq!(printed(&home, &["search", "zephyr", "corpus", "--count"]), "1\n");
    assert_eq!(printed(&home, &["search", "daily", "corpus", "--count"]), format!("{count}\n"));

    let mut session = Session::start(&home, &["corpus"], 120, 30);
    session.wait_for_text("The newest");
    session.keys(&format!("/word{}<Enter>", count / 2));
    session.wait_for_text(&format!("Report {:05}", count / 2));
    // The cursor stays on what was found.
    session.keys("<Esc>gg");
    session.wait_for_text("The newest");
    home.write("corpus/newest.yaml", "title: Newer still\ndate: 2024-01-01\nbody: Rare zephyrs.\n");
    session.wait_for_text("Newer still");
    session.keys("q");
    assert!(session.wait_exit().success());
}
