//! Indexing is killed at many points, and goes on from what was kept.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use super::{ask, assert_right, status};
use crate::program::Program;
use crate::pty::{Home, Session};

/// More than are read before they are kept, so that there is something between nothing and all.
const FILES: usize = 2_400;

fn text(number: usize) -> String {
    let mut text = format!(
        "title: Report {number} of a visit\ndate: 2023-{:02}-{:02}\nbody: |\n",
        number % 12 + 1,
        number % 28 + 1
    );
    let who = ["Xi Jinping", "the Kremlin", "Olaf Scholz"][number % 3];
    writeln!(text, "  Word{number} was said by {who}.").unwrap();
    if number.is_multiple_of(5) {
        writeln!(text, "events: [{{date: 2023-03-{:02}, what: Talks {number}}}]", number % 28 + 1)
            .unwrap();
    }
    text
}

fn index(program: &Program) -> Child {
    let command = program.command("index corpus");
    let mut plain = Command::new(command.get_program());
    plain.args(command.get_args()).current_dir(command.get_current_dir().unwrap());
    plain.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    plain.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

/// How many files the index has.
fn files(program: &Program) -> usize {
    let run = program.run("index --status corpus");
    let holds = run.out.lines().find_map(|line| line.strip_prefix("holds"));
    let Some(holds) = holds else { return 0 };
    let count = holds.split(" in ").nth(1).unwrap().split(' ').next().unwrap();
    count.replace(',', "").parse().unwrap()
}

#[test]
fn what_was_kept_before_a_kill_is_not_read_again() {
    let program = Program::new();
    for number in 0..FILES {
        program.write(&format!("corpus/{number}.yaml"), text(number));
    }
    program.write("corpus/actors.yaml", "actors: [{id: xi, name: Xi Jinping, aliases: [Xi]}]\n");
    let mut kept = 0;
    // Killed as soon as it has said so much: nothing, while it reads, and as it puts all in order.
    for lines in [0, 1, 3, 5, 7, 8, 9, 10, 10] {
        let mut child = index(&program);
        let mut said = BufReader::new(child.stderr.take().unwrap()).lines();
        let count = said.by_ref().take(lines).flatten().count();
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(count <= lines);
        let now = files(&program);
        assert!(now >= kept, "{now} files after {lines} lines, {kept} before");
        kept = now;
    }
    assert!(kept > 0, "something was kept by then");
    let run = program.run("index corpus");
    assert_eq!(run.code, 0, "{}", run.err);
    let new = FILES + 1 - kept;
    let expected = if new == 0 { String::new() } else { format!("{new} new: ") };
    assert!(run.out.starts_with(&expected), "{}", run.out);
    assert_eq!(status(&program, "corpus", "files"), "up to date");
    assert_eq!(files(&program), FILES + 1);
    assert_right(&program, "", "corpus", "killed");
    let word = ask(&program, "", "search word1234 --count", "corpus");
    assert_eq!(word.out, "1\n");
}

#[test]
fn one_may_be_interrupted_at_a_terminal() {
    let home = Home::new();
    for number in 0..400 {
        home.write(&format!("corpus/{number}.yaml"), &text(number));
    }
    let mut session = Session::start(&home, &["index", "corpus"], 100, 10);
    session.wait_for_text(" of 400 files · ");
    session.keys("<Ctrl-c>");
    session.wait_exit();
    let modes = session.modes();
    assert!(!modes.cursor_hidden && modes.cooked, "{modes:?}");
    let mut session = Session::start(&home, &["index", "corpus"], 100, 10);
    let screen = session.wait_for_text("400 briefings in 400 files, ");
    assert!(session.wait_exit().success());
    assert!(screen.contains(".sqlite"), "{screen}");
    assert!(!session.modes().cursor_hidden);
    assert!(!session.screen().contains("files ·"), "nothing is left of the bar");
}
