//! What a reader relies on: nothing kept is lost, whoever else writes and however it ends.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use tempfile::TempDir;

use super::*;

fn home() -> (TempDir, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("chancery/desk.sqlite");
    (home, file)
}

fn read(slug: &str, read: bool) -> Change {
    Change::Read { slug: slug.into(), read }
}

fn starred(slug: &str, starred: bool) -> Change {
    Change::Starred { slug: slug.into(), starred }
}

fn place(slug: &str, offset: usize, words: &str) -> Change {
    Change::Place { slug: slug.into(), place: TextPlace { offset, words: words.into() } }
}

fn shelf_of(changes: &[Change]) -> Shelf {
    let mut shelf = Shelf::default();
    for change in changes {
        shelf.apply(change);
    }
    shelf
}

/// An empty file, for `SQLite` to be filled.
fn blank(file: &Path) {
    private_file::ensure(file, |_| Ok(())).unwrap();
}

/// A desk as it is made where there is no shared memory: the log's index cannot be opened.
fn without_log(file: &Path) {
    private_file::ensure(file, |blank| {
        let mut index = blank.as_os_str().to_owned();
        index.push("-shm");
        std::os::unix::fs::symlink("nowhere/at-all", &index).unwrap();
        make_desk(blank).unwrap();
        Ok(())
    })
    .unwrap();
}

fn journal_of(desk: &Desk) -> String {
    desk.connection.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap()
}

#[test]
fn what_is_saved_is_loaded_again() {
    let changes = [
        read("a", true),
        starred("b\0\u{1b}' ; é 汉", true),
        place("a", 3, "старые слова"),
        place("a", 4711, "the words\tof 外交部"),
        starred("a", true),
        read("c", true),
        read("c", false),
        starred("a", false),
        place("d", i64::MAX.unsigned_abs().try_into().unwrap(), ""),
    ];
    let (_home, file) = home();
    for mut desk in [Desk::open(&file, "c").unwrap(), Desk::in_memory("c").unwrap()] {
        assert_eq!(desk.load().unwrap(), Shelf::default());
        for change in changes.chunks(4) {
            desk.save(change).unwrap();
        }
        assert_eq!(desk.load().unwrap(), shelf_of(&changes));
    }
    assert_eq!(Desk::open(&file, "c").unwrap().load().unwrap(), shelf_of(&changes));
}

#[test]
fn each_corpus_has_its_own_marks() {
    let (_home, file) = home();
    let mut mine = Desk::open(&file, "/srv/briefings").unwrap();
    let built_in = Desk::open(&file, "built-in").unwrap();
    mine.save(&[read("a", true)]).unwrap();
    assert_eq!(built_in.load().unwrap(), Shelf::default());
}

#[test]
fn a_new_file_has_a_log_and_all_of_it_is_private() {
    let (_home, file) = home();
    let mut desk = Desk::open(&file, "c").unwrap();
    desk.save(&[read("a", true)]).unwrap();
    let folder = file.parent().unwrap();
    assert_eq!(fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700);
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(std::result::Result::unwrap) {
        names.push(entry.file_name().into_string().unwrap());
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{names:?}");
    }
    names.sort();
    assert_eq!(names, ["desk.sqlite", "desk.sqlite-shm", "desk.sqlite-wal"]);
}

#[test]
fn two_desks_write_in_turn_and_keep_each_others_marks() {
    for log in [true, false] {
        let (_home, file) = home();
        if !log {
            without_log(&file);
        }
        let mut one = Desk::open(&file, "c").unwrap();
        let mut two = Desk::open(&file, "c").unwrap();
        one.save(&[read("a", true), place("a", 1, "one")]).unwrap();
        two.save(&[starred("a", true)]).unwrap();
        one.save(&[place("a", 2, "two")]).unwrap();
        let expected = shelf_of(&[read("a", true), starred("a", true), place("a", 2, "two")]);
        assert_eq!(one.load().unwrap(), expected, "log: {log}");
        assert_eq!(two.load().unwrap(), expected, "log: {log}");
    }
}

#[test]
fn one_is_told_of_what_others_wrote() {
    let (_home, file) = home();
    let mut one = Desk::open(&file, "c").unwrap();
    let mut two = Desk::open(&file, "c").unwrap();
    one.load().unwrap();
    one.save(&[read("a", true)]).unwrap();
    assert!(!one.changed_elsewhere().unwrap(), "one's own writing is no news");
    two.save(&[read("b", true)]).unwrap();
    assert!(one.changed_elsewhere().unwrap());
    one.save(&[read("c", true)]).unwrap();
    assert!(one.changed_elsewhere().unwrap(), "a save does not hide what was not loaded");
    assert_eq!(one.load().unwrap().iter().count(), 3);
    assert!(!one.changed_elsewhere().unwrap());
}

#[test]
fn desks_that_are_opened_and_written_at_once_lose_nothing() {
    for round in 0..5 {
        let (_home, file) = home();
        std::thread::scope(|threads| {
            for thread in 0..4 {
                let file = &file;
                threads.spawn(move || {
                    let mut desk = Desk::open(file, "c").unwrap();
                    for n in 0..10 {
                        desk.save(&[read(&format!("{thread}-{n}"), true), starred("all", true)])
                            .unwrap();
                    }
                });
            }
        });
        let desk = Desk::open(&file, "c").unwrap();
        assert_eq!(journal_of(&desk), "wal");
        assert_eq!(desk.load().unwrap().iter().count(), 4 * 10 + 1, "round {round}");
    }
}

#[test]
fn what_was_saved_outlives_a_program_that_was_killed() {
    for log in [true, false] {
        let (home, file) = home();
        if !log {
            without_log(&file);
        }
        let mut desk = Desk::open(&file, "c").unwrap();
        let changes = [read("a", true), place("a", 9, "nine")];
        desk.save(&changes).unwrap();
        let half = desk.connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let half = half.unwrap();
        write_change(&half, "c", &starred("never committed", true)).unwrap();

        // What a killed program leaves: the files as they are at that moment, nothing closed.
        let left = home.path().join("left");
        fs::create_dir(&left).unwrap();
        for entry in fs::read_dir(file.parent().unwrap()).unwrap().map(std::result::Result::unwrap)
        {
            fs::copy(entry.path(), left.join(entry.file_name())).unwrap();
        }
        std::mem::forget(half);
        std::mem::forget(desk);

        let mut desk = Desk::open(&left.join("desk.sqlite"), "c").unwrap();
        assert_eq!(desk.load().unwrap(), shelf_of(&changes), "log: {log}");
        desk.save(&[read("b", true)]).unwrap();
    }
}

#[test]
fn a_desk_is_opened_beside_one_that_was_never_closed() {
    let (_home, file) = home();
    let mut desk = Desk::open(&file, "c").unwrap();
    desk.save(&[read("a", true)]).unwrap();
    std::mem::forget(desk);
    let mut desk = Desk::open(&file, "c").unwrap();
    desk.save(&[read("b", true)]).unwrap();
    assert_eq!(desk.load().unwrap(), shelf_of(&[read("a", true), read("b", true)]));
}

#[test]
fn what_the_log_holds_comes_into_the_file_with_the_next_session() {
    let (home, file) = home();
    let mut desk = Desk::open(&file, "c").unwrap();
    desk.save(&[read("a", true)]).unwrap();
    drop(desk);
    Desk::open(&file, "c").unwrap().settle().unwrap();
    let copy = home.path().join("copy.sqlite");
    fs::copy(&file, &copy).unwrap();
    assert_eq!(Desk::open(&copy, "c").unwrap().load().unwrap(), shelf_of(&[read("a", true)]));
}

#[test]
fn a_log_left_without_its_file_does_not_reach_the_new_file() {
    let (_home, file) = home();
    let mut desk = Desk::open(&file, "c").unwrap();
    desk.save(&[read("a", true)]).unwrap();
    let log = file.with_extension("sqlite-wal");
    let content = fs::read(&log).unwrap();
    drop(desk);
    fs::remove_file(&file).unwrap();
    fs::write(&log, content).unwrap();
    let mut desk = Desk::open(&file, "c").unwrap();
    assert_eq!(desk.load().unwrap(), Shelf::default());
    desk.save(&[read("b", true)]).unwrap();
    assert_eq!(desk.load().unwrap(), shelf_of(&[read("b", true)]));
}

#[test]
fn where_there_is_no_shared_memory_the_classic_journal_serves() {
    let (_home, file) = home();
    without_log(&file);
    let mut desk = Desk::open(&file, "c").unwrap();
    desk.save(&[read("a", true)]).unwrap();
    let other = Desk::open(&file, "c").unwrap();
    assert_eq!(other.load().unwrap(), shelf_of(&[read("a", true)]));
    assert_eq!(journal_of(&other), "delete");
    assert_eq!(fs::read_dir(file.parent().unwrap()).unwrap().count(), 1);
}

#[test]
fn an_empty_file_becomes_a_desk() {
    let (_home, file) = home();
    blank(&file);
    let mut desk = Desk::open(&file, "c").unwrap();
    desk.save(&[read("a", true)]).unwrap();
    assert_eq!(desk.load().unwrap(), shelf_of(&[read("a", true)]));
}

#[test]
fn marks_of_a_version_1_file_are_still_read() {
    let (_home, file) = home();
    blank(&file);
    let connection = Connection::open(&file).unwrap();
    connection
        .execute_batch(
            "CREATE TABLE mark (corpus TEXT NOT NULL, slug TEXT NOT NULL,
                 read INTEGER NOT NULL DEFAULT 0 CHECK (read IN (0, 1)),
                 starred INTEGER NOT NULL DEFAULT 0 CHECK (starred IN (0, 1)),
                 place_offset INTEGER CHECK (place_offset >= 0), place_words TEXT,
                 changed INTEGER NOT NULL, PRIMARY KEY (corpus, slug),
                 CHECK ((place_offset IS NULL) = (place_words IS NULL))) STRICT, WITHOUT ROWID;
             INSERT INTO mark VALUES ('c', 'a', 1, 0, 12, 'twelve', 1700000000);
             INSERT INTO mark VALUES ('c', 'b', 0, 1, NULL, NULL, 1700000000);
             PRAGMA application_id = 1667788387; PRAGMA user_version = 1;",
        )
        .unwrap();
    drop(connection);
    let mut desk = Desk::open(&file, "c").unwrap();
    let old = [read("a", true), place("a", 12, "twelve"), starred("b", true)];
    assert_eq!(desk.load().unwrap(), shelf_of(&old));
    desk.save(&[read("b", true)]).unwrap();
}

#[test]
fn a_file_that_is_no_desk_is_refused_and_left_untouched() {
    let made_by = |script: &str| {
        let (home, file) = home();
        blank(&file);
        Connection::open(&file).unwrap().execute_batch(script).unwrap();
        let bytes = fs::read(&file).unwrap();
        drop(home);
        bytes
    };
    let newer = "CREATE TABLE t (x); PRAGMA application_id = 1667788387; PRAGMA user_version = 99;";
    let mut torn = made_by("CREATE TABLE t (x); PRAGMA application_id = 1667788387;");
    torn.truncate(4096);
    torn[100..120].fill(0xee);
    let cases = [
        (b"title: not a database\n".repeat(400), "is not a file of reading marks"),
        (made_by("CREATE TABLE places (url TEXT)"), "is not a file of reading marks"),
        (made_by(newer), "newer chancery (its version 99, known here up to 1)"),
        (torn, "is damaged"),
    ];
    for (content, message) in cases {
        let (_home, file) = home();
        blank(&file);
        fs::write(&file, &content).unwrap();
        let said = Desk::open(&file, "c").unwrap_err().to_string();
        assert!(said.contains(message), "{said}");
        assert!(said.contains(file.to_str().unwrap()), "{said}");
        assert_eq!(fs::read(&file).unwrap(), content, "{message}");
        let folder = fs::read_dir(file.parent().unwrap()).unwrap();
        assert_eq!(folder.count(), 1, "nothing is left beside it: {message}");
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_said_plainly() {
    let (home, _) = home();
    fs::write(home.path().join("taken"), "").unwrap();
    let file = home.path().join("taken/chancery/desk.sqlite");
    let error = Desk::open(&file, "c").unwrap_err();
    assert!(matches!(&error, DeskError::Unwritable { file: named, .. } if *named == file));
    assert!(error.to_string().contains("XDG_STATE_HOME"), "{error}");
}

#[test]
fn when_nothing_can_be_written_all_that_was_kept_stays() {
    let cases = [
        ("PRAGMA max_page_count = 1", "no space left"),
        ("PRAGMA query_only = 1", "make the file and its folder writable"),
    ];
    for (obstacle, expected) in cases {
        let (_home, file) = home();
        let mut desk = Desk::open(&file, "c").unwrap();
        let kept = [read("a", true), starred("b", true)];
        desk.save(&kept).unwrap();
        desk.connection.execute_batch(obstacle).unwrap();
        let large = place("a", 5, &"words ".repeat(10_000));
        let said = desk.save(&[read("b", true), large]).unwrap_err().to_string();
        assert!(said.contains(expected), "{said}");
        assert_eq!(desk.load().unwrap(), shelf_of(&kept), "{obstacle}");
    }
}

#[test]
fn a_lock_that_is_not_given_up_is_said_plainly() {
    let (_home, file) = home();
    let mut one = Desk::open(&file, "c").unwrap();
    let mut two = Desk::open(&file, "c").unwrap();
    two.connection.busy_timeout(Duration::ZERO).unwrap();
    let held = one.connection.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
    assert_eq!(two.save(&[read("a", true)]).unwrap_err(), DeskError::Locked { file: file.clone() });
    drop(held);
    two.save(&[read("a", true)]).unwrap();
    assert_eq!(one.load().unwrap(), shelf_of(&[read("a", true)]));
}
