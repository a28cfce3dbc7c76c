//! An index is a cache: whoever kills, damages, moves or shares it, answers are those of the files.

mod killed;
mod together;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::program::{Program, Run};

/// Questions whose answers take all that is kept: texts, names, words and times.
const QUESTIONS: [&str; 4] = [
    "search kremlin --format jsonl",
    "search \"visit\" --sort date",
    "timeline --format jsonl",
    "actors --format jsonl",
];

/// A question of a corpus, with options before it.
fn ask(program: &Program, options: &str, question: &str, corpus: &str) -> Run {
    let (command, rest) = question.split_once(' ').unwrap();
    if command == "search" {
        let (words, rest) = rest.split_once(' ').unwrap();
        return program
            .run(&format!("{options} search {} {corpus} {rest}", words.trim_matches('"')));
    }
    program.run(&format!("{options} {command} {corpus} {rest}"))
}

/// What the files answer.
fn answers(program: &Program, corpus: &str) -> Vec<(i32, String)> {
    let answer = |question| {
        let run = ask(program, "--no-cache", question, corpus);
        assert!(!run.out.is_empty(), "{question}");
        (run.code, run.out)
    };
    QUESTIONS.into_iter().map(answer).collect()
}

/// Asserts that all answers are those of the files; gives what was said on standard error.
#[track_caller]
fn assert_right(program: &Program, options: &str, corpus: &str, when: &str) -> String {
    let mut said = String::new();
    for (question, right) in QUESTIONS.into_iter().zip(answers(program, corpus)) {
        let run = ask(program, options, question, corpus);
        assert_eq!((run.code, run.out), right, "{when}: {question}");
        said.push_str(&run.err);
    }
    said
}

/// Copies the shipped briefings into a folder of this name.
fn shipped(program: &Program, name: &str) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("briefings");
    for file in fs::read_dir(from).unwrap().flatten() {
        program.write(
            &format!("{name}/{}", file.file_name().to_str().unwrap()),
            fs::read(file.path()).unwrap(),
        );
    }
}

/// A row of `--status`.
fn status(program: &Program, corpus: &str, row: &str) -> String {
    let run = program.run(&format!("index --status {corpus}"));
    let found = run.out.lines().find_map(|line| line.strip_prefix(row));
    found.unwrap_or_else(|| panic!("{}{}", run.out, run.err)).trim().to_owned()
}

fn cache(program: &Program) -> PathBuf {
    program.path(".home/.cache/chancery")
}

/// The databases in the cache.
fn databases(program: &Program) -> Vec<PathBuf> {
    let found = fs::read_dir(cache(program)).into_iter().flatten().flatten();
    let mut all: Vec<PathBuf> = found.map(|found| found.path()).collect();
    all.retain(|path| path.extension().is_some_and(|ending| ending == "sqlite"));
    all
}

#[test]
fn it_is_made_told_of_brought_up_to_date_and_dropped() {
    let program = Program::new();
    shipped(&program, "corpus");
    let none = program.run("index --status corpus");
    assert_eq!((none.code, none.out.as_str()), (1, ""));
    assert!(
        none.err
            .starts_with("there is no index; `chancery index` makes it: ~/.cache/chancery/index-"),
        "{}",
        none.err
    );
    assert!(!cache(&program).exists(), "who only asks makes nothing");

    let made = program.run("index corpus");
    assert_eq!(made.code, 0, "{}", made.err);
    let files = fs::read_dir(program.path("corpus")).unwrap().count();
    assert!(made.out.starts_with(&format!("{files} new: ")), "{}", made.out);
    assert!(made.out.contains(&format!(" briefings in {files} files, ")), "{}", made.out);
    assert!(made.out.contains(" in ~/.cache/chancery/index-"), "{}", made.out);
    assert!(made.out.ends_with(" s\n"), "{}", made.out);
    let lines: Vec<&str> = made.err.lines().collect();
    assert!(lines.len() <= 10, "{}", made.err);
    let last = lines.last().unwrap();
    assert!(last.starts_with(&format!("indexed {files} of {files} files · ")), "{last}");
    assert_eq!(status(&program, "corpus", "files"), "up to date");
    assert_right(&program, "", "corpus", "made");

    let written = status(&program, "corpus", "written");
    assert!(written.ends_with(" UTC"), "{written}");
    program.write("corpus/new.yaml", "title: A new visit\nbody: b\n");
    fs::remove_file(program.path("corpus/2023-03-17-xi-to-visit-moscow.yaml")).unwrap();
    let then = status(&program, "corpus", "files");
    assert_eq!(then, "1 new, 1 gone; `chancery index` brings it up to date");
    let run = program.run("index corpus");
    assert!(run.out.starts_with("1 new, 1 gone: "), "{}", run.out);
    assert_right(&program, "", "corpus", "brought up to date");

    let rebuilt = program.run("index --rebuild corpus");
    assert!(rebuilt.out.starts_with(&format!("{files} new: ")), "{}", rebuilt.out);
    fs::remove_dir_all(cache(&program)).unwrap();
    assert_eq!(program.run("index --status corpus").code, 1);
    assert_right(&program, "", "corpus", "dropped");
}

#[test]
fn what_has_no_index_is_said() {
    let program = Program::new();
    for (arguments, message) in [
        ("index", "error: the sample corpus is part of the program and has no index\n"),
        ("index --status", "error: the sample corpus is part of the program and has no index\n"),
        ("index nowhere", "error: there is no `nowhere`\n"),
        ("--no-cache index .", "error: with `--no-cache` there is no index\n"),
    ] {
        let run = program.run(arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments}");
        assert!(run.err.starts_with(message), "{arguments}: {}", run.err);
    }
}

#[test]
fn where_none_can_be_kept_answers_come_all_the_same() {
    let program = Program::new();
    shipped(&program, "corpus");
    program.write("file", "in the folder's place");
    for options in ["--cache file", "--cache file/below", "--cache /proc/self"] {
        let said = assert_right(&program, options, "corpus", options);
        assert_eq!(said.lines().count(), QUESTIONS.len(), "one warning each: {said}");
        for line in said.lines() {
            assert!(line.starts_with("warning: the index cannot be kept in "), "{line}");
            assert!(line.ends_with("; chancery goes on without it"), "{line}");
        }
        let run = program.run(&format!("index {options} corpus"));
        assert_eq!(run.code, 2);
        assert!(run.err.starts_with("error: the index cannot be kept in "), "{}", run.err);
        assert!(!run.err.contains("goes on"), "{}", run.err);
    }
}

#[test]
fn only_its_owner_may_look_into_it() {
    let program = Program::new();
    shipped(&program, "corpus");
    program.run("index corpus");
    program.run("index --cache elsewhere/deep corpus");
    let mut looked = 0;
    for folder in [cache(&program), program.path("elsewhere/deep")] {
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder), 0o700);
        for file in fs::read_dir(&folder).unwrap().flatten() {
            assert_eq!(mode(&file.path()), 0o600, "{}", file.path().display());
            looked += 1;
        }
    }
    assert!(looked >= 4, "{looked}");
}

#[test]
fn a_corpus_that_was_moved_takes_its_index_along() {
    let program = Program::new();
    shipped(&program, "corpus");
    program.run("index corpus");
    let before = status(&program, "corpus", "holds");
    fs::rename(program.path("corpus"), program.path("elsewhere")).unwrap();
    assert_eq!(status(&program, "elsewhere", "files"), "up to date");
    assert_eq!(status(&program, "elsewhere", "holds"), before);
    assert_eq!(databases(&program).len(), 1, "under another name");
    let run = program.run("index elsewhere");
    assert!(!run.out.contains("new"), "{}", run.out);
    assert_right(&program, "", "elsewhere", "moved");
}

#[test]
fn one_that_is_damaged_changes_no_answer() {
    let program = Program::new();
    shipped(&program, "corpus");
    program.run("index corpus");
    let file = databases(&program).remove(0);
    let whole = fs::read(&file).unwrap();
    let page = 16_384;
    let garbage = |from: usize, count: usize| {
        let mut bytes = whole.clone();
        for (at, byte) in bytes.iter_mut().enumerate().skip(from).take(count) {
            *byte = u8::try_from(at * 31 % 251).unwrap();
        }
        bytes
    };
    let pages = whole.len() / page;
    let mut cases = vec![
        ("cut in a page".to_owned(), whole[..whole.len() / 2 + 100].to_vec()),
        ("without its end".to_owned(), whole[..whole.len() - page].to_vec()),
        ("zeroed".to_owned(), vec![0; whole.len()]),
        ("garbage".to_owned(), garbage(0, whole.len())),
        ("garbage behind its head".to_owned(), garbage(page, whole.len())),
    ];
    for part in [1, 2, 3, 4, 6] {
        let from = pages * part / 8;
        cases.push((format!("page {from} is garbage"), garbage(from * page, page)));
    }
    let right = answers(&program, "corpus");
    let mut warned = 0;
    for (number, (what, bytes)) in cases.into_iter().enumerate() {
        // Each time it is mended at once, so each question gets a damaged one.
        for at in [number % QUESTIONS.len(), (number + 2) % QUESTIONS.len()] {
            fs::write(&file, &bytes).unwrap();
            let run = ask(&program, "", QUESTIONS[at], "corpus");
            assert_eq!((run.code, &run.out), (right[at].0, &right[at].1), "{what}: {at}");
            let is_warning = |line: &str| line.starts_with("warning: the index ");
            assert!(run.err.lines().count() <= 1 && run.err.lines().all(is_warning), "{}", run.err);
            warned += run.err.lines().count();
        }
    }
    assert!(warned > 0, "some damage is found only as it is read");
}
