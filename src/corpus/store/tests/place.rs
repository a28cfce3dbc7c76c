//! Where an index lies, whose it is, and what becomes of it when its corpus is moved.

use super::*;

#[test]
fn only_its_owner_may_look_into_it() {
    let place = Place::new();
    let store = place.open();
    put_meta(&store, "a", b"1");
    assert_eq!(mode(&place.cache()), 0o700);
    assert_eq!(place.names().len(), 3, "the database, its log and the log's index");
    for name in place.names().iter().map(String::as_str).chain([".lock"]) {
        assert_eq!(mode(&place.cache().join(name)), 0o600, "{name}");
    }
    drop(store);
    fs::set_permissions(place.file(), Permissions::from_mode(0o644)).unwrap();
    fs::set_permissions(place.cache(), Permissions::from_mode(0o755)).unwrap();
    let store = place.open();
    assert_eq!(meta(&store, "a").as_deref(), Some(b"1".as_slice()));
    assert_eq!(mode(&place.file()), 0o600);
    assert_eq!(mode(&place.cache()), 0o755, "a folder that is there is not ours to close");
}

#[test]
fn each_corpus_has_its_own_wherever_it_is_seen_from() {
    let place = Place::new();
    fs::create_dir(place.home.path().join("other")).unwrap();
    symlink(place.corpus(), place.home.path().join("link")).unwrap();
    put_meta(&place.open(), "a", b"1");
    assert_eq!(meta(&place.of(&["link"]), "a").as_deref(), Some(b"1".as_slice()));
    assert_eq!(meta(&place.of(&["other/../corpus"]), "a").as_deref(), Some(b"1".as_slice()));
    for others in [&["other"][..], &["corpus", "other"], &["other", "corpus"], &[]] {
        assert_eq!(meta(&place.of(others), "a"), None, "{others:?}");
    }
    assert_eq!(place.names().len(), 5);
}

#[test]
fn a_corpus_that_was_moved_keeps_its_index() {
    let place = Place::new();
    let at = |name: &str| place.home.path().join(name);
    put_meta(&place.of(&["corpus"]), "a", b"1");
    fs::rename(at("corpus"), at("moved")).unwrap();
    let store = place.of(&["moved"]);
    assert_eq!(meta(&store, "a").as_deref(), Some(b"1".as_slice()));
    assert_eq!(store.status().unwrap().roots, [at("moved").canonicalize().unwrap()]);
    drop(store);
    assert_eq!(place.names().len(), 1);
    fs::rename(at("moved"), at("again")).unwrap();
    assert_eq!(meta(&place.of(&["again"]), "a").as_deref(), Some(b"1".as_slice()));
    // Another folder in its old place, and one folder more, are other corpora.
    fs::create_dir(at("corpus")).unwrap();
    assert_eq!(meta(&place.of(&["corpus"]), "a"), None);
    assert_eq!(meta(&place.of(&["again", "corpus"]), "a"), None);
}

#[test]
fn an_index_that_is_in_use_or_whose_corpus_stands_is_not_taken() {
    let place = Place::new();
    let at = |name: &str| place.home.path().join(name);
    let store = place.open();
    put_meta(&store, "a", b"1");
    fs::rename(at("corpus"), at("moved")).unwrap();
    assert_eq!(meta(&place.of(&["moved"]), "a"), None, "another has it open");
    assert_eq!(meta(&store, "a").as_deref(), Some(b"1".as_slice()));
    drop(store);
    put_meta(&place.of(&["moved"]), "b", b"2");
    fs::rename(at("moved"), at("third")).unwrap();
    symlink(at("third"), at("moved")).unwrap();
    assert_eq!(meta(&place.of(&["third"]), "b"), None, "its old path is still there");
}
