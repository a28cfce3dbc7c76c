//! Holds the code to `ARCHITECTURE.md`: which room may use which, what only some may touch, how
//! large files are and what they are called. The rules are read from the page's own tables.

mod page;
mod source;
mod tokens;

use std::path::Path as FilePath;

use page::{Limit, Page, in_ticks};
use source::{SourceFile, files_under};

const PACKAGE: &str = env!("CARGO_MANIFEST_DIR");

/// Most lines of a file.
const MOST_LINES: usize = 600;

/// Files that may be longer, each one table, with the reason.
const TABLES: &[(&str, &str)] = &[];

/// Names that say nothing of what lives in a file, or hide a room's head.
const EMPTY_NAMES: [&str; 9] =
    ["utils", "util", "helpers", "helper", "common", "manager", "misc", "shared", "mod"];

fn page_text() -> String {
    std::fs::read_to_string(FilePath::new(PACKAGE).join("ARCHITECTURE.md")).unwrap_or_default()
}

/// `a → b` where the page has no such arrow.
fn wrong_arrows(files: &[SourceFile], page: &Page) -> Vec<String> {
    let mut found = Vec::new();
    for file in files.iter().filter(|file| file.room() != "lib") {
        let (room, module) = (file.room(), file.module());
        let may_use = page.room(&room).map(|row| row.may_use.as_slice()).unwrap_or_default();
        for path in file.paths() {
            let Some(place) = path.in_crate(&module) else { continue };
            let Some(target) = place.first().filter(|target| **target != room) else { continue };
            if !may_use.contains(target) {
                found.push(format!(
                    "{}:{}: {room} → {target} by `{}`: `{room}` may use {}",
                    file.path,
                    path.line,
                    path.words.join("::"),
                    if may_use.is_empty() { "no room".to_owned() } else { may_use.join(", ") },
                ));
            }
        }
    }
    found
}

/// What is touched where the page does not allow it. Test code may touch everything.
fn wrong_touches(files: &[SourceFile], page: &Page) -> Vec<String> {
    let of_tests: Vec<_> = files.iter().flat_map(SourceFile::test_modules).collect();
    let mut found = Vec::new();
    for file in files {
        let module = file.module();
        if of_tests.iter().any(|test| module.starts_with(test)) {
            continue;
        }
        let place = if module.is_empty() { file.room() } else { module.join("/") };
        for path in file.paths().iter().filter(|path| !path.in_test) {
            for limit in page.limits.iter().filter(|limit| !limit.allows(&place)) {
                let Some(thing) = limit.thing_in(&path.words) else { continue };
                found.push(format!(
                    "{}:{}: `{thing}` in {place}; only in {}: {}",
                    file.path,
                    path.line,
                    limit.only_in.join(", "),
                    limit.because,
                ));
            }
        }
    }
    found
}

impl Limit {
    fn allows(&self, place: &str) -> bool {
        self.only_in.iter().any(|allowed| {
            place
                .strip_prefix(allowed.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }

    /// The thing that a path leads to, or whose module it takes whole (`use std::time;`).
    fn thing_in(&self, words: &[String]) -> Option<&str> {
        let words = words.strip_suffix(&["self".to_owned()]).unwrap_or(words);
        let leads_to = |thing: &&String| {
            let parts: Vec<&str> = thing.split("::").collect();
            let shared = parts.iter().zip(words).take_while(|(part, word)| *part == word).count();
            shared == parts.len() || (shared > 1 && shared == words.len())
        };
        self.things.iter().find(leads_to).map(String::as_str)
    }
}

/// Files that are too long, unnamed, without a first line that says what they are, or that leave
/// a test out.
fn wrong_shapes(files: &[SourceFile]) -> Vec<String> {
    let mut found = Vec::new();
    for SourceFile { path, text } in files {
        let lines = text.lines().count();
        if lines > MOST_LINES && !TABLES.iter().any(|(table, _)| table == path) {
            found.push(format!("{path}: {lines} lines, at most {MOST_LINES}: part it by concern"));
        }
        if !text.starts_with("//!") {
            found.push(format!("{path}:1: begins without `//!` and what lives in it"));
        }
        let stem = FilePath::new(path).file_stem().unwrap_or_default();
        if EMPTY_NAMES.iter().any(|name| stem == *name) {
            found.push(format!("{path}: such a name says nothing; name it for what it holds"));
        }
    }
    for file in files {
        let ignored = file.lines_of_attribute("ignore").into_iter();
        found.extend(ignored.map(|line| format!("{}:{line}: an ignored test is none", file.path)));
    }
    found
}

fn sources() -> Vec<SourceFile> {
    files_under(FilePath::new(PACKAGE), &["src"])
}

fn none(found: &[String]) {
    assert!(found.is_empty(), "ARCHITECTURE.md says otherwise:\n{}", found.join("\n"));
}

#[test]
fn rooms_use_only_the_rooms_they_may() {
    none(&wrong_arrows(&sources(), &Page::read(&page_text())));
}

#[test]
fn what_only_some_may_touch_is_touched_nowhere_else() {
    none(&wrong_touches(&sources(), &Page::read(&page_text())));
}

#[test]
fn files_are_short_and_say_what_they_are() {
    let folders = ["src", "tests", "benches", "assets"];
    none(&wrong_shapes(&files_under(FilePath::new(PACKAGE), &folders)));
}

#[test]
fn the_page_names_the_rooms_there_are_each_below_those_it_uses() {
    let page = Page::read(&page_text());
    let library = sources().into_iter().find(|file| file.path == "src/lib.rs").unwrap();
    let mut declared: Vec<&str> = library
        .text
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect();
    let mut listed: Vec<&str> =
        page.rooms.iter().map(|room| room.name.as_str()).filter(|name| *name != "main").collect();
    declared.sort_unstable();
    listed.sort_unstable();
    assert_eq!(listed, declared, "rooms of the page and modules of src/lib.rs");
    for (at, room) in page.rooms.iter().enumerate() {
        for used in &room.may_use {
            let above = page.rooms[..at].iter().any(|other| other.name == *used);
            assert!(above, "`{}` may use `{used}`, which does not stand above it", room.name);
        }
    }
}

#[test]
fn the_page_names_only_files_that_are_there() {
    let (text, page) = (page_text(), Page::read(&page_text()));
    let places = page.limits.iter().flat_map(|limit| &limit.only_in);
    let places = places.map(|place| format!("src/{place}.rs"));
    let begins = ["src/", "assets/", "tests/", "benches/", ".ci/"];
    let ticked = in_ticks(&text).into_iter();
    let named = ticked.filter(|name| begins.iter().any(|begin| name.starts_with(begin)));
    let gone: Vec<String> =
        places.chain(named).filter(|name| !FilePath::new(PACKAGE).join(name).exists()).collect();
    assert!(gone.is_empty(), "ARCHITECTURE.md names what is not there: {}", gone.join(", "));
}

const SMALL_PAGE: &str = "# Map

## Rooms

| room | holds | may use |
| --- | --- | --- |
| `text` | words | nothing |
| `app` | state | `text` |
| `ui` | drawing | `text` `app` |
| `main` | the door | `ui` |

## What only some may touch

| what | only in | because |
| --- | --- | --- |
| `ratatui` | `ui` | drawing is one room's |
| `std::fs` | `app/scan` | disks fail |
| `std::time::Instant` | none | the time is handed in |
| `static` `thread_local` | none | sessions share nothing |
";

/// What the rules say of one file.
fn findings(path: &str, text: &str) -> Vec<String> {
    let files = [SourceFile { path: path.into(), text: format!("//! About.\n{text}") }];
    let page = Page::read(SMALL_PAGE);
    let mut found = wrong_arrows(&files, &page);
    found.extend(wrong_touches(&files, &page));
    found.extend(wrong_shapes(&files));
    found
}

#[test]
fn what_is_planted_is_found() {
    let cases = [
        ("src/app.rs", "use crate::ui::Theme;", "src/app.rs:2: app → ui by `crate::ui::Theme`"),
        ("src/app/a.rs", "\nuse crate::{text, ui::{self, Theme}};", "src/app/a.rs:3: app → ui"),
        ("src/text.rs", "fn f() -> crate::app::App { todo() }", "`text` may use no room"),
        ("src/app/pane/a.rs", "use super::super::super::ui;", "app → ui"),
        ("src/app/a.rs", "mod tests { use super::super::super::ui::x; }", "app → ui"),
        ("src/app/a.rs", "use super::{super::ui, b};", "app → ui"),
        ("src/app.rs", "use crate::attic::Chest;", "app → attic"),
        ("src/main.rs", "fn main() { chancery::app::run() }", "main → app"),
        ("src/app.rs", "use ratatui::buffer::Buffer;", "`ratatui` in app; only in ui: drawing"),
        ("src/app.rs", "fn f(b: &mut ratatui::Buffer) {}", "`ratatui` in app"),
        ("src/app.rs", "use std::{fmt, fs::{self, File}};", "`std::fs` in app; only in app/scan"),
        ("src/app/scanner.rs", "use std::fs;", "`std::fs` in app/scanner"),
        ("src/app.rs", "use std::time::{Duration, Instant};", "`std::time::Instant`"),
        ("src/app.rs", "use std::time::*;", "`std::time::Instant`"),
        ("src/app.rs", "use std::time::{self};", "`std::time::Instant`"),
        ("src/app.rs", "static COUNT: AtomicU8 = AtomicU8::new(0);", "`static` in app"),
        ("src/app.rs", "thread_local! { }", "`thread_local` in app"),
        ("src/app.rs", "#[cfg(not(test))] use std::fs;", "`std::fs` in app"),
        ("src/app.rs", "#[cfg(test)] mod tests { fn f() {} } use std::fs;", "`std::fs` in app"),
        ("src/app.rs", "#[test]\n#[ignore = \"slow\"]\nfn f() {}", "src/app.rs:3: an ignored test"),
        ("tests/a.rs", "#[cfg_attr(unix, ignore)]\nfn f() {}", "tests/a.rs:2: an ignored test"),
        ("src/app/utils.rs", "", "such a name says nothing"),
        ("src/app/mod.rs", "", "such a name says nothing"),
        ("src/app.rs", &"\n".repeat(600), "601 lines, at most 600"),
    ];
    for (path, text, expected) in cases {
        let found = findings(path, text);
        assert!(!found.is_empty(), "nothing found in {path}: {text}");
        assert!(found.iter().any(|line| line.contains(expected)), "{expected} not in {found:#?}");
    }
    let bare = [SourceFile { path: "src/app.rs".into(), text: "use std::fmt;".into() }];
    assert!(wrong_shapes(&bare)[0].contains("begins without `//!`"));
}

#[test]
fn what_is_allowed_is_not_found() {
    let cases = [
        ("src/app.rs", "use crate::text::{Needle, fold};"),
        (
            "src/app/a/b.rs",
            "use super::super::state; use crate::app::c; pub(in crate::app) fn f() {}",
        ),
        ("src/app/a.rs", "mod tests { use super::*; use super::super::ui; }"),
        ("src/ui.rs", "use ratatui::buffer::Buffer; use crate::app::App;"),
        ("src/app/scan.rs", "use std::fs; fn f() { fs::read(\"x\"); }"),
        ("src/app/scan/walk.rs", "use std::fs;"),
        ("src/app.rs", "use std::time::Duration; fn f(x: &'static str) {}"),
        ("src/app.rs", "// use crate::ui;\n/// [`crate::ui`]\nconst X: &str = \"crate::ui::x\";"),
        ("src/app.rs", "#[cfg(test)]\nmod tests { use std::fs; static X: u8 = 1; }"),
        ("src/app.rs", "#[cfg(test)]\nuse std::fs;\nfn f() {}"),
        ("src/app.rs", "fn ignore() {} #[doc = \"ignore\"] fn g() {}"),
        ("src/main.rs", "fn main() { chancery::ui::run() }"),
        ("src/lib.rs", "pub mod text; pub use crate::app::App;"),
    ];
    for (path, text) in cases {
        assert_eq!(findings(path, text), Vec::<String>::new(), "{path}: {text}");
    }
    let head =
        SourceFile { path: "src/app.rs".into(), text: "//! A.\n#[cfg(test)]\nmod tests;".into() };
    let tests = SourceFile { path: "src/app/tests.rs".into(), text: "//! B.\nuse std::fs;".into() };
    assert_eq!(wrong_touches(&[head, tests], &Page::read(SMALL_PAGE)), Vec::<String>::new());
}
