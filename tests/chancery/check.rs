//! `chancery check` on files as people, programs and enemies leave them.

use std::fs::{self, File, Permissions};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::{Command, Stdio};

use crate::program::{Program, Run};

const WHOLE: &str = "title: Talks in Geneva\ndate: 2023-03-17\nbody: |\n  They talked.\n";

fn utf16(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

/// A folder with one of everything that is wrong with files.
fn broken_folder() -> Program {
    let program = Program::new();
    program.write("b/fine.yaml", WHOLE);
    program.write(
        "b/colon.yaml",
        "title: Xi in Moscow: what next\ndate: 2023-03-17\nbody: They talked.\n",
    );
    program
        .write("b/tab.yaml", "title: Tab\ndate: 2023-03-17\nevents:\n\t- what: talks\nbody: b\n");
    program.write("b/quote.yaml", "title: \"never closed\ndate: 2023-03-17\nbody: b\n");
    program.write("b/bracket.yaml", "title: t\ndate: 2023-03-17\ntags: [a, b\nbody: b\n");
    program.write("b/latin.yaml", b"title: Caf\xE9 in Gen\xE8ve\ndate: 2023-03-17\nbody: b\n");
    program.write("b/utf16.yaml", utf16(WHOLE));
    program.write("b/binary.yaml", b"\x7FELF\0\0\0");
    program.write("b/empty.yaml", "");
    program.write("b/words.yaml", "entites: [Xi]\ndate: 2023-02-30\ntitle: t\nevents:\n  - {what: w, class: TALK, by: Nobody}\nbody: b\n");
    program.write("b/escape.yaml", "title: a\u{1b}]0;owned\u{7}b\ndate: 2023-03-17\nbody: b\n");
    fs::create_dir(program.path("b/folder.yaml")).unwrap();
    File::create(program.path("b/large.yaml")).unwrap().set_len(70 << 20).unwrap();
    let made = Command::new("mkfifo").arg(program.path("b/pipe.yaml")).status().unwrap();
    assert!(made.success());
    symlink(".", program.path("b/loop")).unwrap();
    symlink("nowhere", program.path("b/lost.yaml")).unwrap();
    program
}

#[test]
fn a_folder_of_broken_files_is_told_file_by_file() {
    let run = broken_folder().run("check b");
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    insta::assert_snapshot!("check_broken_folder", run.out);
    assert!(!run.out.contains(['\u{1b}', '\u{7}']), "nothing that a terminal obeys");
}

#[test]
fn colours_are_the_programs_own_and_say_nothing_else() {
    let program = broken_folder();
    let plain = program.run("check b").out;
    let coloured = program.run("check b --color always").out;
    assert!(coloured.contains("\u{1b}["));
    assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
}

#[test]
fn each_finding_is_one_json_object_with_the_same_keys() {
    let run = broken_folder().run("check b --format jsonl");
    let mut files = Vec::new();
    for line in run.out.lines() {
        let found: serde_json::Value = serde_json::from_str(line).unwrap();
        let found = found.as_object().unwrap();
        let mut keys: Vec<&str> = found.keys().map(String::as_str).collect();
        keys.sort_unstable();
        let expected = [
            "code",
            "column",
            "end_column",
            "end_line",
            "file",
            "fix",
            "help",
            "line",
            "message",
            "severity",
        ];
        assert_eq!(keys, expected, "{line}");
        assert!(["error", "warning", "note"].contains(&found["severity"].as_str().unwrap()));
        if let Some(fix) = found["fix"].as_object() {
            assert!(fix["text"].is_string() && fix["line"].as_u64() >= Some(1), "{line}");
        }
        files.push(found["file"].as_str().unwrap().to_owned());
    }
    files.dedup();
    for name in [
        "binary", "colon", "escape", "folder", "large", "latin", "lost", "pipe", "quote", "tab",
        "words",
    ] {
        assert!(files.contains(&format!("b/{name}.yaml")), "{name} is missing in {files:?}");
    }
    assert!(
        !files.contains(&"b/fine.yaml".to_owned()) && !files.contains(&"b/utf16.yaml".to_owned())
    );
    assert_eq!((run.code, run.err.as_str()), (1, ""));
}

#[test]
fn github_gets_an_annotation_for_each_finding() {
    let program = Program::new();
    program.write("a.yaml", "titel: t\ndate: 2023-03-17\nbody: |\n  b\n");
    let run = program.run("check a.yaml --format github");
    assert!(run.out.lines().all(|line| line.starts_with("::")), "{}", run.out);
    assert!(run.out.contains("::warning file=a.yaml,line=1,"), "{}", run.out);
    assert_eq!(run.code, 1);
}

#[test]
fn the_exit_status_says_what_came_of_it() {
    let program = Program::new();
    program.write("clean/c.yaml", WHOLE);
    program.write("note/n.yaml", format!("{WHOLE}links: [nowhere]\n"));
    program.write("warning/w.yaml", "title: t\nbody: |\n  b\n");
    program.write("error/e.yaml", "- a\n");
    fs::create_dir(program.path("empty")).unwrap();
    let cases = [
        ("check clean", 0, "nothing wrong in 1 file"),
        ("check note", 0, "1 note in 1 of 1 file"),
        ("check warning clean", 1, "1 warning in 1 of 2 files"),
        ("check error", 1, "1 error in 1 of 1 file"),
        ("check", 2, "chancery check PATH"),
        ("check gone", 2, "there is no `gone`"),
        ("check clean gone", 2, "there is no `gone`"),
        ("check empty", 2, "no briefings in `empty`"),
        ("check clean --format xml", 2, "possible values"),
        ("chekc", 2, "did you mean the command `check`?"),
        ("clean --config gone.yaml", 2, "gone.yaml"),
        ("--theme dark check clean", 2, "`--theme`"),
        ("--theme pink", 2, "high-contrast"),
    ];
    for (arguments, code, says) in cases {
        let run = program.run(arguments);
        let said = format!("{}{}", run.out, run.err);
        assert_eq!(run.code, code, "{arguments}: {said}");
        assert!(said.contains(says), "{arguments}: {said}");
        assert!(
            code == 1 || run.out.is_empty() || arguments == "check note",
            "{arguments}: {said}"
        );
    }
}

#[test]
fn without_a_path_the_usual_folder_or_the_configured_corpus_is_checked() {
    let program = Program::new();
    program.write("elsewhere/a.yaml", "- a\n");
    program.write(Program::CONFIG, "corpus: ../../../elsewhere\nthem: dark\n");
    let run = program.run("check");
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    assert!(run.err.contains("config.yaml:2:1") && run.err.contains("`theme`"), "{}", run.err);
    program.write("briefings/a.yaml", WHOLE);
    assert_eq!(program.run("check").code, 0);
}

#[test]
fn fixing_changes_the_mended_places_and_no_other_byte() {
    let program = Program::new();
    let before = "# kept  \r\ntitle: Xi in Moscow: what next\r\ndate: 17 March 2023\r\nbody: |\r\n  B\u{e9} \t \r\n\r\n  c\r\n";
    let after = "# kept  \r\ntitle: \"Xi in Moscow: what next\"\r\ndate: 2023-03-17\r\nbody: |\r\n  B\u{e9} \t \r\n\r\n  c\r\n";
    program.write("a/crlf.yaml", ["\u{feff}", before].concat());
    let kept = program.write("a/mode.yaml", format!("entites: [Xi]\n{WHOLE}"));
    fs::set_permissions(&kept, Permissions::from_mode(0o640)).unwrap();
    program.write("real/target.yml", format!("tag: [x]\n{WHOLE}"));
    symlink("../real/target.yml", program.path("a/link.yaml")).unwrap();
    program.write("a/actors.yaml", "actors:\n  - {nam: Xi, kind: person}\n");
    program.write("a/clean.yaml", WHOLE);
    let run = program.run("check a --fix");
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.out.contains("mended a/crlf.yaml: 2 changes\n"), "{}", run.out);
    assert!(
        run.out.contains("mended a/link.yaml: 1 change\n") && !run.out.contains("clean"),
        "{}",
        run.out
    );
    let text = |name: &str| String::from_utf8(program.read(name)).unwrap();
    assert_eq!(text("a/crlf.yaml"), ["\u{feff}", after].concat());
    assert_eq!(text("a/mode.yaml"), format!("entities: [Xi]\n{WHOLE}"));
    assert_eq!(fs::metadata(&kept).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(fs::symlink_metadata(program.path("a/link.yaml")).unwrap().is_symlink());
    assert_eq!(text("real/target.yml"), format!("tags: [x]\n{WHOLE}"));
    assert_eq!(text("a/actors.yaml"), "actors:\n  - {name: Xi, kind: person}\n");
    let left: Vec<_> =
        fs::read_dir(program.path("a")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 5, "nothing is left beside them: {left:?}");
    let again = program.run("check a --fix");
    assert_eq!((again.code, again.out.as_str()), (0, ""), "there is nothing left to mend");
}

#[test]
fn what_must_not_be_changed_is_left_and_told() {
    let program = Program::new();
    let text = format!("entites: [Xi]\n{WHOLE}");
    let locked = program.write("a/locked.yaml", &text);
    fs::set_permissions(&locked, Permissions::from_mode(0o444)).unwrap();
    program.write("a/utf16.yaml", utf16(&text));
    program.write(
        "a/latin.yaml",
        b"entites: [Xi]\ntitle: Gen\xE8ve\ndate: 2023-03-17\nbody: |\n  b\n",
    );
    let twin = program.write("a/twin.yaml", &text);
    fs::hard_link(&twin, program.path("twin")).unwrap();
    let names = ["a/locked.yaml", "a/utf16.yaml", "a/latin.yaml", "a/twin.yaml"];
    let before = names.map(|name| program.read(name));
    let run = program.run("check a --fix --format jsonl");
    assert_eq!(run.code, 1);
    for (name, why) in names.into_iter().zip(["read-only", "UTF-8", "UTF-8", "hard link"]) {
        let told = format!("left {name} as it is: ");
        let line = run.err.lines().find(|line| line.starts_with(&told));
        assert!(line.is_some_and(|line| line.contains(why)), "{name}: {}", run.err);
    }
    assert_eq!(names.map(|name| program.read(name)), before);
    assert!(run.out.lines().all(|line| line.starts_with('{')), "{}", run.out);
}

#[test]
fn files_made_to_hurt_cost_themselves_only() {
    let program = Program::new();
    let bomb = (1..12).fold("a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned(), |bomb, n| {
        let again = vec![format!("*a{}", n - 1); 9].join(",");
        format!("{bomb}a{n}: &a{n} [{again}]\n")
    });
    program.write("b/aliases.yaml", bomb);
    program.write("b/brackets.yaml", "[".repeat(100_000));
    program.write("b/braces.yaml", format!("title: {}", "{a: ".repeat(100_000)));
    program.write("b/dashes.yaml", "- ".repeat(100_000));
    program.write("b/questions.yaml", "? ".repeat(50_000));
    let deep: Vec<String> = (0..3_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    program.write("b/deep.yaml", deep.concat());
    program.write(
        "b/scalar.yaml",
        format!("title: t\ndate: 2023-03-17\nbody: |\n  {}\n", "x".repeat(10 << 20)),
    );
    program.write("b/fine.yaml", WHOLE);
    let run = program.run("check b --format jsonl");
    assert_eq!(run.code, 1, "{}", run.err);
    for name in ["aliases", "brackets", "braces", "dashes", "questions", "deep"] {
        assert!(run.out.contains(&format!("b/{name}.yaml")), "{name}");
    }
    assert!(!run.out.contains("b/fine.yaml") && !run.out.contains("b/scalar.yaml"));
}

#[test]
fn a_file_that_may_not_be_read_is_told() {
    let program = Program::new();
    let path = program.write("b/secret.yaml", WHOLE);
    fs::set_permissions(&path, Permissions::from_mode(0o000)).unwrap();
    let run = program.run("check b");
    // Root reads everything.
    let readable = File::open(&path).is_ok();
    assert_eq!(run.code, i32::from(!readable));
    assert!(readable || run.out.contains("you may not read it"), "{}", run.out);
}

#[test]
fn a_reader_who_has_seen_enough_ends_it_quietly() {
    let program = Program::new();
    for n in 0..2_000 {
        program.write(&format!("b/{n:04}.yaml"), "- a\n");
    }
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("chancery"))
        .args(["check", "b"])
        .current_dir(program.path(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(!first.is_empty());
    let run = Run::of(&child.wait_with_output().unwrap());
    assert_eq!((run.code, run.err.as_str()), (1, ""));
}

#[test]
fn a_full_disk_is_told() {
    let program = Program::new();
    program.write("b/a.yaml", "- a\n");
    let full = File::options().write(true).open("/dev/full").unwrap();
    let output = Command::new(assert_cmd::cargo::cargo_bin("chancery"))
        .args(["check", "b"])
        .current_dir(program.path(""))
        .stdout(full)
        .output()
        .unwrap();
    let run = Run::of(&output);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("could not be written"), "{}", run.err);
}

#[test]
fn completions_and_manual_come_from_the_same_definitions() {
    let program = Program::new();
    let commands = ["read", "check", "schema", "completions", "man"];
    let manual = program.run("man");
    assert!(manual.out.contains(".TH chancery 1") && manual.code == 0);
    let help = program.run("--help");
    for command in commands {
        assert!(
            manual.out.contains(&format!(".SH \"CHANCERY {}\"", command.to_uppercase())),
            "{command}"
        );
        assert!(help.out.contains(&format!("\n  {command} ")), "{command}");
    }
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = program.run(&format!("completions {shell}"));
        assert!(
            run.code == 0 && run.out.contains("theme") && run.out.contains("schema"),
            "{shell}"
        );
    }
    let version = program.run("--version");
    assert_eq!(version.out, format!("chancery {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn reading_needs_a_terminal_and_says_what_does_not() {
    let run = Program::new().run("");
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("chancery check"), "{}", run.err);
}

#[test]
fn the_examples_of_the_readme_are_sound() {
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let program = Program::new();
    let mut examples = 0;
    for (at, block) in readme.split("```yaml\n").skip(1).enumerate() {
        let text = block.split("```").next().unwrap();
        // The other example is of the configuration.
        if text.starts_with("theme:") {
            continue;
        }
        let rest = if text.contains("title:") { "" } else { WHOLE };
        program.write(&format!("b/{at}.yaml"), format!("{text}{rest}"));
        examples += 1;
    }
    let run = program.run("check b");
    assert!(examples >= 2 && run.code == 0, "{}{}", run.out, run.err);
}

#[test]
fn what_contradicts_the_lists_or_the_gazetteer_is_told_where_it_stands() {
    let program = Program::new();
    let wang = "{id: wang-yi, name: Wang Yi, kind: person, wikidata: Q701801, aliases: [Wang]}";
    program.write("actors.yaml", format!("- {wang}\n"));
    program.write(
        "a/actors.yaml",
        "- {id: wang-wenbin, name: Wang Wenbin, aliases: [Wang]}\n- {id: china, name: China Airlines, wikidata: Q1}\n",
    );
    program.write("a/actors.yml", "- {id: other, name: Another Man, aliases: [Wang Wenbin]}\n");
    program.write(
        "a/x.yaml",
        "title: t\ndate: 2023-02-22\nentities:\n  - {name: Wang Yi, role: Foreign Minister of China}\n  - Xi Jinping\n  - {id: ghost, name: Ghost, wikidata: Q701801}\n  - {id: w, name: Wang Dan, aliases: [Wang]}\nbody: b\n",
    );
    let run = program.run("check . --format github");
    let told: Vec<String> = run
        .out
        .lines()
        .map(|line| {
            let value = |key: &str| line.split(key).nth(1)?.split([',', ':']).next();
            let code = line.find("E0").map(|at| &line[at..at + 4]);
            format!("{} {} {}", value("file=./").unwrap(), value("line=").unwrap(), code.unwrap())
        })
        .collect();
    assert_eq!(
        told,
        [
            "a/actors.yaml 1 E045",
            "a/actors.yaml 2 E044",
            "a/actors.yml 1 E042",
            "a/x.yaml 4 E046",
            "a/x.yaml 6 E043",
        ],
        "{}",
        run.out
    );
    let human = program.run("check a/x.yaml").out;
    assert!(
        human.contains("as of 22 February 2023, Wang Yi is no longer Foreign Minister"),
        "{human}"
    );
    assert!(human.contains("Qin Gang was Foreign Minister (built-in gazetteer)"), "{human}");
    assert!(human.contains("    ^^^^^^^^^^^^^^^^^^^^^^^^^ until"), "{human}");
}

#[test]
fn ordinary_declarations_are_no_contradiction() {
    let program = Program::new();
    program.write("actors.yaml", "- {id: wang-yi, name: Wang Yi, aliases: [Wang]}\n");
    program.write(
        "x.yaml",
        "title: t\ndate: 2023-03-22\nentities:\n  - Xi Jinping\n  - {name: Putin, kind: person, role: President of Russia}\n  - {id: wang-wenbin, name: Wang Wenbin, aliases: [Wang], role: Spokesman}\n  - {id: nato, name: NATO}\n  - {id: usa, name: United States, wikidata: Q30}\n  - {name: Qin Gang, role: China's foreign minister}\n  - {name: Angela Merkel, role: former Chancellor}\nevents:\n  - {what: talks, by: Chinese, to: [Moscow, Putin]}\nbody: b\n",
    );
    let run = program.run("check .");
    assert_eq!((run.code, run.out.as_str()), (0, ""));
}
