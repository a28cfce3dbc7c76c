//! The built binary on a real terminal: what is on its screen, and the terminal after every end.

use std::fmt::Write as _;
use std::process::{Command, Stdio};

use rustix::process::{Pid, Signal};

use crate::pty::{Home, Modes, Session};

/// Newest first, which is also the order of their letters.
const TITLES: [&str; 3] =
    ["Alliance signed at Lumo", "Borders of Verin reopen", "Consul lands in Ostara"];

/// A reader's home with a corpus of three briefings, the first of which is long.
fn home() -> Home {
    let home = Home::new();
    for (day, title) in (1..).zip(TITLES).map(|(n, title)| (10 - n, title)) {
        let mut body = format!("  Opening words on {day}.\n");
        for line in 1..=if day == 9 { 60 } else { 2 } {
            let _ = write!(body, "\n  Paragraph {line} of day {day}.\n");
        }
        let text = format!("title: {title}\ndate: 2023-03-0{day}\nbody: |\n{body}");
        home.write(&format!("corpus/2023-03-0{day}.yaml"), &text);
    }
    home
}

/// The reader, with the list of three on its screen.
fn reader(home: &Home, columns: u16, rows: u16) -> Session {
    let session = Session::start(home, &["corpus"], columns, rows);
    session.wait_for("the list and the text", |screen| {
        let text = screen.contents();
        TITLES.iter().all(|title| text.contains(title)) && text.contains("Opening words")
    });
    session
}

/// The program has ended so, and the terminal is as it was.
fn assert_ends_whole(session: &mut Session, signal: Option<&str>, code: u32) {
    let status = session.wait_exit();
    assert_eq!(status.signal(), signal, "{status:?}\n{}", session.screen());
    if signal.is_none() {
        assert_eq!(status.exit_code(), code, "{}", session.screen());
    }
    assert_eq!(session.modes(), Modes::WHOLE);
    assert_eq!(session.screen().trim(), "", "what stood there before is there again");
}

#[test]
fn one_opens_reads_and_quits() {
    let home = home();
    let mut session = reader(&home, 120, 40);
    assert_eq!(session.modes(), Modes::READING);
    session.keys("<Enter>G");
    session.wait_for_text("Paragraph 60 of day 9.");
    session.keys("gg");
    session.wait_for_text("Paragraph 1 of day 9.");
    session.keys("q");
    session.keys("q");
    assert_ends_whole(&mut session, None, 0);
}

#[test]
fn one_jumps_between_briefings() {
    let home = home();
    let mut session = reader(&home, 120, 40);
    session.keys("J");
    session.wait_for_text("Opening words on 8.");
    session.keys("G");
    session.wait_for_text("Opening words on 7.");
    session.keys("gg");
    session.wait_for_text("Opening words on 9.");
    session.keys("2j");
    session.wait_for_text("Opening words on 7.");
    session.keys("qq");
    assert_ends_whole(&mut session, None, 0);
}

#[test]
fn keys_of_every_kind_arrive() {
    let home = home();
    let mut session = reader(&home, 120, 40);
    session.keys("<Down>");
    session.wait_for_text("Opening words on 8.");
    session.keys("<Up>");
    session.wait_for_text("Opening words on 9.");
    session.keys("о");
    session.wait_for_text("Opening words on 8.");
    session.keys("/");
    session.keys("\x1b[200~Consul\x1b[201~<Enter>");
    session.wait_for("the one that was pasted", |screen| {
        let text = screen.contents();
        text.contains(TITLES[2]) && !text.contains(TITLES[0])
    });
    session.signal(Signal::TERM);
    assert_ends_whole(&mut session, Some("Terminated"), 0);
}

#[test]
fn a_burst_larger_than_any_buffer_is_heard_to_its_last_key() {
    let home = home();
    let mut session = reader(&home, 120, 40);
    session.keys(&"~".repeat(8000));
    session.keys("J");
    session.wait_for_text("Opening words on 8.");
    session.keys("q");
    assert_ends_whole(&mut session, None, 0);
}

#[test]
fn a_sequence_cut_by_a_slow_line_keeps_nobody_waiting() {
    let home = home();
    let mut session = reader(&home, 120, 40);
    session.keys("j");
    session.wait_for_text("Opening words on 8.");
    session.keys("\x1b[1;");
    session.keys("2A");
    session.wait_for_text("Opening words on 9.");
    session.keys("\x1b[1;");
    session.signal(Signal::TERM);
    assert_ends_whole(&mut session, Some("Terminated"), 0);
}

#[test]
fn zoom_gives_one_pane_the_screen_and_takes_it_back() {
    let home = home();
    let mut session = reader(&home, 120, 40);
    session.keys("<Enter>z");
    session.wait_for("the text alone", |screen| {
        !screen.contents().contains(TITLES[2]) && screen.contents().contains("Opening words")
    });
    session.keys("z");
    session.wait_for_text(TITLES[2]);
    session.signal(Signal::TERM);
    assert_ends_whole(&mut session, Some("Terminated"), 0);
}

#[test]
fn help_opens_finds_and_closes() {
    let home = home();
    let mut session = reader(&home, 120, 40);
    session.keys("?");
    session.keys("zoom");
    session.wait_for("help on zoom", |screen| {
        let text = screen.contents();
        text.contains("zoom") && !text.contains("half-page")
    });
    session.keys("<Esc>");
    session.keys("<Esc>");
    session.wait_for_text(TITLES[2]);
    session.keys("q");
    session.keys("q");
    assert_ends_whole(&mut session, None, 0);
}

#[test]
fn the_screen_follows_the_window() {
    let home = home();
    let mut session = reader(&home, 120, 40);
    session.resize(50, 15);
    session.wait_for("one pane", |screen| {
        let text = screen.contents();
        text.contains(TITLES[0]) && !text.contains("Opening words")
    });
    session.resize(20, 5);
    session.wait_for("few rows", |screen| {
        screen.size().0.get() == 5 && screen.contents().contains("1/3")
    });
    session.resize(160, 48);
    session.wait_for_text("Opening words on 9.");
    session.keys("q");
    assert_ends_whole(&mut session, None, 0);
}

#[test]
fn every_signal_that_ends_it_leaves_the_terminal_whole() {
    let signals =
        [(Signal::TERM, "Terminated"), (Signal::HUP, "Hangup"), (Signal::INT, "Interrupt")];
    for (signal, name) in signals {
        let home = home();
        let mut session = reader(&home, 80, 24);
        session.signal(signal);
        assert_ends_whole(&mut session, Some(name), 0);
    }
}

#[test]
fn a_place_outlives_the_signal_that_ends_the_session() {
    let home = home();
    let mut session = reader(&home, 120, 40);
    session.keys("<Enter>G");
    session.wait_for_text("Paragraph 60 of day 9.");
    session.signal(Signal::HUP);
    session.wait_exit();
    let mut again = Session::start(&home, &["corpus"], 120, 40);
    again.wait_for_text("Paragraph 60 of day 9.");
    again.keys("q");
    assert_ends_whole(&mut again, None, 0);
}

#[test]
fn a_place_outlives_kill_9() {
    let home = home();
    let mut session = reader(&home, 120, 40);
    session.keys("<Enter>G");
    session.wait_for_text("Paragraph 60 of day 9.");
    wait_until_kept(&home);
    session.signal(Signal::KILL);
    assert_eq!(session.wait_exit().signal(), Some("Killed"));
    let mut again = Session::start(&home, &["corpus"], 120, 40);
    again.wait_for_text("Paragraph 60 of day 9.");
    again.keys("q");
    assert_ends_whole(&mut again, None, 0);
}

/// Until a place other than the beginning is on the disk: another program's look at the desk.
fn wait_until_kept(home: &Home) {
    let patience = std::time::Instant::now() + std::time::Duration::from_secs(30);
    let kept = || {
        let files = walkdir::WalkDir::new(home.path().join("state")).into_iter().flatten();
        let databases = files.filter(|file| file.path().extension().is_some_and(|e| e == "sqlite"));
        databases.into_iter().any(|file| {
            let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
            let desk = rusqlite::Connection::open_with_flags(file.path(), flags);
            let Ok(desk) = desk else { return false };
            let count = "SELECT count(*) FROM mark WHERE place_offset > 0";
            desk.query_row(count, [], |row| row.get::<_, i64>(0)).is_ok_and(|count| count > 0)
        })
    };
    while !kept() {
        assert!(std::time::Instant::now() < patience, "no place was kept");
        std::thread::yield_now();
    }
}

/// A shell whose job the reader is: it says when that has stopped, and goes on after a line.
const JOB: &str = r#"
"$CHANCERY" corpus
echo "the shell has it: $?"
read -r line
fg >/dev/null
echo "the job has ended: $?"
"#;

#[test]
fn ctrl_z_gives_the_terminal_to_the_shell_and_fg_takes_it_back() {
    let home = home();
    let mut session = Session::start_shell(&home, JOB, 100, 30);
    session.wait_for_text(TITLES[2]);
    session.keys("j");
    session.wait_for_text("Opening words on 8.");
    session.keys("<Ctrl-z>");
    let screen = session.wait_for_text("the shell has it");
    assert!(!screen.contains(TITLES[0]), "the shell's own screen:\n{screen}");
    assert_eq!(session.modes(), Modes::WHOLE);
    session.resize(140, 40);
    session.keys("on<Enter>");
    session.wait_for_text("Opening words on 8.");
    assert_eq!(session.modes(), Modes::READING);
    session.keys("k");
    session.wait_for_text("Opening words on 9.");
    session.keys("q");
    session.wait_for_text("the job has ended: 0");
    session.wait_exit();
    assert_eq!(session.modes(), Modes::WHOLE);
}

#[test]
fn stopped_from_outside_it_gives_the_terminal_back_first() {
    let home = home();
    let mut session = Session::start_shell(&home, JOB, 100, 30);
    session.wait_for_text(TITLES[2]);
    let job = child_of(session.pid());
    rustix::process::kill_process(job, Signal::TSTP).unwrap();
    session.wait_for_text("the shell has it");
    assert_eq!(session.modes(), Modes::WHOLE);
    session.keys("on<Enter>");
    session.wait_for_text(TITLES[2]);
    assert_eq!(session.modes(), Modes::READING);
    session.keys("q");
    session.wait_for_text("the job has ended: 0");
    session.wait_exit();
    assert_eq!(session.modes(), Modes::WHOLE);
}

/// The only child of a process (Linux).
fn child_of(parent: Pid) -> Pid {
    let id = parent.as_raw_nonzero();
    let children = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap();
    Pid::from_raw(children.trim().parse().unwrap()).unwrap()
}

#[test]
fn without_a_shell_ctrl_z_does_not_strand_the_reader() {
    let home = home();
    let mut session = reader(&home, 100, 30);
    session.keys("<Ctrl-z>");
    session.wait_for_text("no shell here");
    session.keys("j");
    session.wait_for_text("Opening words on 8.");
    session.keys("q");
    assert_ends_whole(&mut session, None, 0);
}

#[test]
fn continued_after_a_hard_stop_it_repairs_the_terminal() {
    let home = home();
    let mut session = reader(&home, 100, 30);
    let before = session.raw_output().len();
    session.signal(Signal::STOP);
    session.signal(Signal::CONT);
    session.wait_for_output(before, "\x1b[2J");
    session.wait_for_text(TITLES[2]);
    assert_eq!(session.modes(), Modes::READING);
    session.keys("q");
    assert_ends_whole(&mut session, None, 0);
}

#[test]
fn the_editor_gets_the_terminal_and_the_file_is_read_again() {
    let home = home();
    let editor = home.write("editor.sh", EDITOR);
    let editor = format!("sh {}", editor.display());
    let arguments = ["corpus"];
    let mut session =
        Session::start_with(&home, &arguments, 120, 40, &[("EDITOR", editor.as_str())]);
    session.wait_for_text(TITLES[2]);
    session.keys("e");
    session.wait_for_text("editing +");
    assert_eq!(session.modes(), Modes::WHOLE);
    session.keys("Alliance broken at Lumo<Enter>");
    session.wait_for("the new title", |screen| {
        screen.alternate_screen() && screen.contents().contains("Alliance broken at Lumo")
    });
    assert_eq!(session.modes(), Modes::READING);
    session.keys("j");
    session.wait_for_text("Opening words on 8.");
    session.keys("q");
    assert_eq!(session.wait_exit().exit_code(), 0);
    assert_eq!(session.modes(), Modes::WHOLE);
}

/// Asks for a title and writes it into the file that it was given behind `+LINE`.
const EDITOR: &str = r#"
echo "editing $1 $2"
read -r title
sed "s/^title: .*/title: $title/" "$2" > "$2.new" && mv "$2.new" "$2"
"#;

#[test]
fn an_editor_that_is_not_there_is_said() {
    let home = home();
    let mut session =
        Session::start_with(&home, &["corpus"], 120, 40, &[("EDITOR", "/no/such/editor")]);
    session.wait_for_text(TITLES[2]);
    session.keys("e");
    session.wait_for_text("/no/such/editor");
    assert_eq!(session.modes(), Modes::READING);
    session.keys("q");
    assert_ends_whole(&mut session, None, 0);
}

#[test]
fn without_a_terminal_it_says_what_works_there() {
    let home = home();
    let output = Command::new(env!("CARGO_BIN_EXE_chancery"))
        .arg("corpus")
        .env_clear()
        .envs(home.environment())
        .current_dir(home.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.contains("not a terminal") && message.contains("chancery check"), "{message}");
}

#[test]
fn a_terminal_that_cannot_place_the_cursor_is_told_so() {
    let home = home();
    let mut session = Session::start_with(&home, &["corpus"], 80, 24, &[("TERM", "dumb")]);
    assert_eq!(session.wait_exit().exit_code(), 2);
    assert!(session.screen().contains("cannot place the cursor"), "{}", session.screen());
    assert_eq!(session.modes(), Modes::WHOLE);
}
