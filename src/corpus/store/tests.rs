//! What is kept is there again, whoever else reads, writes, damages or moves it.

mod damage;
mod place;
mod retired;
mod words;

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::super::stamp::{Stamp, fingerprint};
use super::schema::{self, Purpose};
use super::{RootedPath, Store, StoreError, StoredFile, TextId};
use crate::actor::Actor;
use crate::briefing::{Briefing, read_file};

/// A corpus, and a folder for its index.
struct Place {
    home: TempDir,
}

impl Place {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("corpus")).unwrap();
        Self { home }
    }

    fn corpus(&self) -> PathBuf {
        self.home.path().join("corpus")
    }

    fn cache(&self) -> PathBuf {
        self.home.path().join("cache/chancery")
    }

    fn open(&self) -> Store {
        self.of(&["corpus"])
    }

    fn of(&self, roots: &[&str]) -> Store {
        self.try_of(roots).unwrap()
    }

    fn try_of(&self, roots: &[&str]) -> Result<Store, StoreError> {
        let roots: Vec<PathBuf> = roots.iter().map(|root| self.home.path().join(root)).collect();
        Store::open(&self.cache(), &roots)
    }

    fn file(&self) -> PathBuf {
        Store::file_of(&self.cache(), &[self.corpus()])
    }

    /// Names of what lies in the cache, but for locks.
    fn names(&self) -> Vec<String> {
        let found = fs::read_dir(self.cache()).unwrap();
        let names = found.map(|found| found.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> =
            names.filter(|name| name.strip_suffix(".lock").is_none()).collect();
        names.sort();
        names
    }
}

fn briefing(number: usize) -> Briefing {
    let text = format!(
        "title: Report {number}\ndate: 2023-03-17\nentities:\n- Xi Jinping\nevents:\n\
         - {{date: 2023-03-20, what: visits {number}, by: [Xi Jinping]}}\nextra: {{a: ['1', ~]}}\n\
         body: |\n  {}\n",
        "Many words of it. ".repeat(number % 40)
    );
    read_file("x", text.as_bytes()).briefings.remove(0)
}

fn stored(root: usize, rest: &str, reading: &[u8]) -> StoredFile {
    StoredFile {
        path: RootedPath { root, rest: rest.into() },
        stamp: Stamp::of(&fs::metadata(".").unwrap()),
        fingerprint: fingerprint(reading),
        settled: rest.len().is_multiple_of(2),
        texts: Vec::new(),
        reading: reading.to_vec(),
    }
}

fn meta(store: &Store, name: &str) -> Option<Vec<u8>> {
    store.reader().unwrap().meta(name).unwrap()
}

fn put_meta(store: &Store, name: &str, value: &[u8]) {
    let mut batch = store.write().unwrap();
    batch.put_meta(name, value).unwrap();
    batch.commit().unwrap();
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn what_was_committed_is_there_again() {
    let place = Place::new();
    let actor = Actor::declared(&briefing(1).entities[0], None);
    let files = [stored(0, "a/b.yaml", b"one"), stored(0, "c.yaml", b""), stored(1, "", b"two")];
    let store = place.of(&["corpus", "other"]);
    let mut batch = store.write().unwrap();
    for file in files.iter().rev() {
        batch.put_file(file).unwrap();
    }
    let texts: Vec<TextId> = (0..50).map(|n| batch.put_text(&briefing(n)).unwrap()).collect();
    batch.put_cast(texts[3], u64::MAX, b"cast").unwrap();
    batch.put_actor(7, &actor).unwrap();
    batch.put_snapshot("list", 1 << 63, &vec![9; 100_000]).unwrap();
    batch.put_meta("knowledge", b"42").unwrap();
    batch.commit().unwrap();
    drop(store);

    let store = place.of(&["corpus", "other"]);
    let reader = store.reader().unwrap();
    assert_eq!(reader.files().unwrap(), files);
    for (number, id) in texts.iter().enumerate() {
        assert_eq!(reader.briefing(*id).unwrap(), briefing(number));
    }
    assert_eq!(reader.cast(texts[3]).unwrap(), Some((u64::MAX, b"cast".to_vec())));
    assert_eq!(reader.cast(texts[4]).unwrap(), None);
    assert_eq!(reader.actors().unwrap(), [(7, actor)]);
    assert_eq!(reader.snapshot_key("list").unwrap(), Some(1 << 63));
    assert_eq!(reader.snapshot("list").unwrap(), Some((1 << 63, vec![9; 100_000])));
    assert_eq!(reader.snapshot("facets").unwrap(), None);
    assert_eq!(reader.meta("knowledge").unwrap().as_deref(), Some(b"42".as_slice()));
    drop(reader);
    let status = store.status().unwrap();
    assert_eq!((status.files, status.briefings, status.segments), (3, 50, 0));
    let home = place.home.path().canonicalize().unwrap();
    assert_eq!(status.roots[0], home.join("corpus"));
    assert!(status.bytes > 16_384 && status.file.exists());
}

#[test]
fn what_is_replaced_or_removed_is_gone() {
    let place = Place::new();
    let store = place.open();
    let mut batch = store.write().unwrap();
    batch.put_file(&stored(0, "a", b"old")).unwrap();
    batch.put_file(&stored(0, "b", b"b")).unwrap();
    batch.put_file(&stored(0, "a", b"new")).unwrap();
    batch.remove_file(&RootedPath { root: 0, rest: "b".into() }).unwrap();
    batch.put_snapshot("list", 1, b"old").unwrap();
    batch.put_snapshot("list", 2, b"new").unwrap();
    batch.put_snapshot("gone", 2, b"new").unwrap();
    batch.remove_snapshot("gone").unwrap();
    let text = batch.put_text(&briefing(1)).unwrap();
    batch.put_cast(text, 1, b"old").unwrap();
    batch.put_cast(text, 2, b"new").unwrap();
    batch.put_actor(1, &Actor::declared(&briefing(1).entities[0], None)).unwrap();
    batch.remove_actors().unwrap();
    batch.commit().unwrap();
    let reader = store.reader().unwrap();
    assert_eq!(reader.files().unwrap(), [stored(0, "a", b"new")]);
    assert_eq!(reader.snapshot("list").unwrap(), Some((2, b"new".to_vec())));
    assert_eq!(reader.snapshot_key("gone").unwrap(), None);
    assert_eq!(reader.cast(text).unwrap(), Some((2, b"new".to_vec())));
    assert_eq!(reader.actors().unwrap(), []);
}

#[test]
fn files_come_in_the_order_of_paths() {
    let place = Place::new();
    let store = place.open();
    let mut paths = ["a-b", "a/b", "a", "a/b/c", "a.yaml", "é", "a/B", "b", "a b/c", "\u{1}"];
    let mut batch = store.write().unwrap();
    for path in paths {
        batch.put_file(&stored(0, path, b"")).unwrap();
    }
    batch.commit().unwrap();
    paths.sort_by(|a, b| Path::new(a).cmp(Path::new(b)));
    let files = store.reader().unwrap().files().unwrap();
    let found: Vec<&Path> = files.iter().map(|file| file.path.rest.as_path()).collect();
    assert_eq!(found, paths.map(Path::new));
}

#[test]
fn a_path_that_is_no_text_comes_back() {
    use std::os::unix::ffi::OsStrExt;
    let place = Place::new();
    let store = place.open();
    let rest = PathBuf::from(std::ffi::OsStr::from_bytes(b"a\xff/\xfe.yaml"));
    let path = RootedPath { root: 0, rest };
    let file = StoredFile { path, ..stored(0, "", b"x") };
    let mut batch = store.write().unwrap();
    batch.put_file(&file).unwrap();
    batch.commit().unwrap();
    assert_eq!(store.reader().unwrap().files().unwrap(), [file]);
}

#[test]
fn a_batch_that_is_dropped_leaves_nothing() {
    let place = Place::new();
    let store = place.open();
    let mut batch = store.write().unwrap();
    batch.put_meta("a", b"1").unwrap();
    batch.put_text(&briefing(1)).unwrap();
    batch.put_segment(1, b"", b"").unwrap();
    drop(batch);
    assert_eq!(meta(&store, "a"), None);
    drop(store);
    let store = place.open();
    assert_eq!(meta(&store, "a"), None);
    assert_eq!(store.status().unwrap().briefings, 0);
    put_meta(&store, "b", b"2");
    assert_eq!(meta(&store, "b").as_deref(), Some(b"2".as_slice()));
}

#[test]
fn nothing_is_made_where_only_what_is_there_is_asked_for() {
    let place = Place::new();
    let existing = || Store::open_existing(&place.cache(), &[place.corpus()]).unwrap();
    assert!(existing().is_none() && !place.cache().exists());
    let store = place.open();
    put_meta(&store, "a", b"1");
    assert!(existing().is_some());
    let store = store.renewed().unwrap();
    assert_eq!(meta(&store, "a"), None);
    drop(store);
    fs::write(place.file(), "no database").unwrap();
    assert!(existing().is_none());
    assert_eq!(fs::read(place.file()).unwrap(), b"no database");
}

#[test]
fn reading_sees_one_moment_and_waits_for_nobody() {
    let place = Place::new();
    let (here, there) = (place.open(), place.open());
    put_meta(&here, "a", b"old");
    let mut batch = here.write().unwrap();
    batch.put_meta("a", b"new").unwrap();
    for store in [&here, &there] {
        assert_eq!(meta(store, "a").as_deref(), Some(b"old".as_slice()));
    }
    let before = there.reader().unwrap();
    assert_eq!(before.meta("a").unwrap().as_deref(), Some(b"old".as_slice()));
    batch.commit().unwrap();
    assert_eq!(before.meta("a").unwrap().as_deref(), Some(b"old".as_slice()));
    drop(before);
    for store in [&here, &there] {
        assert_eq!(meta(store, "a").as_deref(), Some(b"new".as_slice()));
    }
}

#[test]
fn two_stores_write_in_turn() {
    let place = Place::new();
    let (here, there) = (place.open(), place.open());
    let mut batch = here.write().unwrap();
    assert!(matches!(here.write(), Err(StoreError::Busy { .. })));
    assert!(matches!(there.write(), Err(StoreError::Busy { .. })));
    assert!(matches!(here.settle(), Err(StoreError::Busy { .. })));
    let first = batch.put_text(&briefing(1)).unwrap();
    batch.commit().unwrap();
    let mut batch = there.write().unwrap();
    let second = batch.put_text(&briefing(2)).unwrap();
    batch.commit().unwrap();
    assert!(second > first);
    here.settle().unwrap();
    assert_eq!(here.briefing(second).unwrap(), briefing(2));
    drop(here);
    assert_eq!(there.briefing(first).unwrap(), briefing(1));
}

#[test]
fn many_threads_read_while_one_writes() {
    let place = Place::new();
    let store = place.open();
    put_meta(&store, "n", b"0");
    std::thread::scope(|threads| {
        for _ in 0..8 {
            threads.spawn(|| {
                for _ in 0..50 {
                    assert!(meta(&store, "n").is_some());
                }
            });
        }
        for n in 0..20_u8 {
            put_meta(&store, "n", &[n]);
        }
    });
    assert_eq!(meta(&store, "n"), Some(vec![19]));
}

#[test]
fn one_of_another_version_is_made_anew() {
    let place = Place::new();
    let others = [
        "PRAGMA user_version = 4711",
        "PRAGMA application_id = 1",
        "UPDATE about SET value = '0.0.0' WHERE name = 'program'",
        "DELETE FROM about",
        "DROP TABLE word",
        "ALTER TABLE file DROP COLUMN reading; ALTER TABLE file DROP COLUMN sum",
        "UPDATE root SET path = x'00'",
    ];
    for other in others {
        put_meta(&place.open(), "a", b"1");
        schema::connect(&place.file(), Purpose::Writing).unwrap().execute_batch(other).unwrap();
        let store = place.open();
        assert_eq!(meta(&store, "a"), None, "{other}");
        put_meta(&store, "b", b"2");
        drop(store);
        assert_eq!(meta(&place.open(), "b").as_deref(), Some(b"2".as_slice()), "{other}");
    }
}

#[test]
fn what_is_removed_is_made_anew_and_whoever_has_it_open_goes_on() {
    let place = Place::new();
    Store::remove(&place.cache(), &[place.corpus()]).unwrap();
    let store = place.open();
    put_meta(&store, "a", b"1");
    for remove in
        [&|| Store::remove(&place.cache(), &[place.corpus()]) as Result<(), StoreError>, &|| {
            store.drop_all()
        }] as [&dyn Fn() -> Result<(), StoreError>; 2]
    {
        remove().unwrap();
        assert_eq!(place.names(), Vec::<String>::new());
        let new = place.open();
        assert_eq!(meta(&new, "a"), None);
        put_meta(&new, "a", b"new");
        assert_eq!(meta(&store, "a").as_deref(), Some(b"1".as_slice()));
        put_meta(&store, "c", b"3");
        assert_eq!(meta(&new, "a").as_deref(), Some(b"new".as_slice()));
        assert_eq!(meta(&new, "c"), None);
    }
    drop(store);
    assert_eq!(meta(&place.open(), "a").as_deref(), Some(b"new".as_slice()));
}

#[test]
fn where_it_cannot_be_kept_is_said_in_one_line() {
    let place = Place::new();
    let tell = |error: Result<Store, StoreError>| {
        let told = error.unwrap_err().to_string();
        assert!(!told.contains('\n') && !told.contains(".making-"), "{told}");
        told.replace(place.home.path().to_str().unwrap(), "~")
    };
    fs::write(place.home.path().join("cache"), "a file").unwrap();
    assert_eq!(
        tell(place.try_of(&["corpus"])),
        "the index cannot be kept in ~/cache/chancery: Not a directory (os error 20); chancery goes \
         on without it"
    );
    fs::remove_file(place.home.path().join("cache")).unwrap();
    fs::create_dir_all(place.file()).unwrap();
    let told = tell(place.try_of(&["corpus"]));
    assert!(told.contains("something other than a file has its name; chancery goes on"), "{told}");
    // A file system of the kernel's in which nobody makes files, whoever he is.
    let told = tell(Store::open(Path::new("/proc/self"), &[place.corpus()]));
    assert!(told.starts_with("the index cannot be kept in /proc/self: "), "{told}");
    assert!(told.ends_with("; chancery goes on without it"), "{told}");
}

#[test]
fn a_full_disk_is_told_and_leaves_what_was_committed() {
    let place = Place::new();
    let store = place.open();
    put_meta(&store, "a", b"1");
    let pages = |count: u32| {
        let writer = store.writer.lock().unwrap();
        writer.pragma_update(None, "max_page_count", count).unwrap();
    };
    pages(1);
    let mut batch = store.write().unwrap();
    let full = batch.put_snapshot("list", 1, &vec![7; 10 << 20]);
    assert!(matches!(full, Err(StoreError::Full { .. })), "{full:?}");
    drop(batch);
    assert_eq!(meta(&store, "a").as_deref(), Some(b"1".as_slice()));
    pages(100_000);
    put_meta(&store, "b", b"2");
    assert_eq!(meta(&store, "b").as_deref(), Some(b"2".as_slice()));
}

#[test]
fn what_a_killed_program_was_making_is_cleared_away() {
    let place = Place::new();
    drop(place.open());
    fs::remove_file(place.file()).unwrap();
    for name in [".making-abc", ".making-abc-wal"] {
        fs::write(place.cache().join(name), "half").unwrap();
    }
    let mut log = place.file().into_os_string();
    log.push("-wal");
    fs::write(log, [1; 5000]).unwrap();
    put_meta(&place.open(), "a", b"1");
    assert_eq!(place.names().len(), 1);
    assert_eq!(meta(&place.open(), "a").as_deref(), Some(b"1".as_slice()));
}
