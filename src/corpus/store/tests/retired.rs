//! What no file has any more is swept, but never from under somebody who may show it.

use super::{Place, briefing, stored};
use crate::corpus::store::{NewWord, RootedPath, SegmentId, Store, StoreError, StoredFile, TextId};

#[test]
fn a_number_is_given_once() {
    let place = Place::new();
    let first = {
        let store = place.open();
        let mut batch = store.write().unwrap();
        let text = batch.put_text(&briefing(1)).unwrap();
        let segment = batch.put_segment(1, b"t", b"l").unwrap();
        batch.retire_text(text).unwrap();
        batch.release_texts(|_| false).unwrap();
        batch.retire_segment(segment).unwrap();
        batch.commit().unwrap();
        drop(store);
        sweep(&place.open());
        (text, segment)
    };
    let store = place.open();
    let mut batch = store.write().unwrap();
    assert!(batch.put_text(&briefing(2)).unwrap() > first.0);
    assert!(batch.put_segment(1, b"t", b"l").unwrap() > first.1);
}

#[test]
fn a_retired_text_is_read_until_it_is_swept() {
    let place = Place::new();
    let store = place.open();
    let mut batch = store.write().unwrap();
    let (gone, kept) =
        (batch.put_text(&briefing(1)).unwrap(), batch.put_text(&briefing(2)).unwrap());
    batch.put_cast(gone, 1, b"c").unwrap();
    batch.retire_text(gone).unwrap();
    batch.retire_text(gone).unwrap();
    batch.retire_text(TextId(4711)).unwrap();
    batch.commit().unwrap();
    let store = reopened(&place, store);
    sweep(&store);
    assert_eq!(store.briefing(gone).unwrap(), briefing(1), "the kept list may show it");
    assert_eq!(store.status().unwrap().briefings, 1);
    for listed in [true, false] {
        let mut batch = store.write().unwrap();
        batch.release_texts(|_| listed).unwrap();
        batch.commit().unwrap();
        sweep(&store);
        assert_eq!(store.briefing(gone).unwrap(), briefing(1), "somebody may show it");
    }
    let other = place.open();
    drop(store);
    let store = reopened(&place, place.open());
    sweep(&store);
    assert_eq!(store.briefing(gone).unwrap(), briefing(1), "it was never alone");
    drop(other);
    let store = reopened(&place, store);
    sweep(&store);
    assert!(matches!(store.briefing(gone), Err(StoreError::Missing { .. })));
    assert_eq!(store.reader().unwrap().cast(gone).unwrap(), None);
    assert_eq!(store.briefing(kept).unwrap(), briefing(2));
}

#[test]
fn a_text_that_no_file_has_is_retired_whoever_put_it_there() {
    let place = Place::new();
    let (here, there) = (place.open(), place.open());
    let put = |store: &Store, name: &str, texts: &[TextId], new: usize| {
        let mut batch = store.write().unwrap();
        let mut texts = texts.to_vec();
        texts.extend((0..new).map(|n| batch.put_text(&briefing(n)).unwrap()));
        let file = StoredFile { texts: texts.clone(), ..stored(0, name, b"x") };
        batch.put_file(&file).unwrap();
        batch.commit().unwrap();
        assert!(store.reader().unwrap().files().unwrap().contains(&file));
        texts
    };
    let living = || here.status().unwrap().briefings;
    let first = put(&here, "a", &[], 2);
    put(&here, "b", &[], 1);
    assert_eq!(living(), 3);
    let second = put(&there, "a", &first[..1], 1);
    assert_eq!(living(), 3);
    put(&there, "a", &[], 1);
    assert_eq!(living(), 2);
    put(&here, "a", &second, 0);
    assert_eq!(living(), 3, "who still shows them has them back");
    let mut batch = there.write().unwrap();
    for name in ["a", "none"] {
        batch.remove_file(&RootedPath { root: 0, rest: name.into() }).unwrap();
    }
    batch.release_texts(|_| false).unwrap();
    batch.commit().unwrap();
    assert_eq!(living(), 1);
    drop((here, there));
    let store = place.open();
    sweep(&store);
    let texts = (1..=5).map(TextId).filter(|id| store.briefing(*id).is_ok());
    assert_eq!(texts.count(), 1);
}

#[test]
fn a_segment_comes_back_with_its_words_gone_with_it() {
    let place = Place::new();
    let store = place.open();
    let mut batch = store.write().unwrap();
    let one = batch.put_segment(3, b"texts", b"lengths").unwrap();
    let two = batch.put_segment(0, b"", b"").unwrap();
    let word = |briefings, places| [NewWord { part: 0, word: "a", briefings, places }];
    batch.put_words(one, word(b"1", b"2")).unwrap();
    batch.put_words(two, word(b"3", b"4")).unwrap();
    batch.commit().unwrap();
    let segments = store.reader().unwrap().segments().unwrap();
    assert_eq!(segments.iter().map(|it| it.id).collect::<Vec<_>>(), [one, two]);
    assert_eq!((segments[0].briefings, &*segments[0].texts), (3, b"texts".as_slice()));
    assert_eq!((&*segments[0].lengths, &*segments[1].texts), (b"lengths".as_slice(), &[][..]));
    let mut batch = store.write().unwrap();
    batch.retire_segment(one).unwrap();
    batch.commit().unwrap();
    assert_eq!(store.reader().unwrap().segments().unwrap().len(), 1);
    assert!(store.reader().unwrap().words_exactly(one, 0, "a").unwrap().is_some());
    let store = reopened(&place, store);
    sweep(&store);
    let reader = store.reader().unwrap();
    let exactly = |id: SegmentId| reader.words_exactly(id, 0, "a").unwrap();
    assert_eq!((exactly(one), exactly(two)), (None, Some((b"3".to_vec(), b"4".to_vec()))));
    assert_eq!(reader.segments().unwrap().len(), 1);
}

/// The same store, closed and opened again.
fn reopened(place: &Place, store: Store) -> Store {
    drop(store);
    place.open()
}

/// Takes away all that may be taken away, in small steps.
fn sweep(store: &Store) {
    loop {
        let mut batch = store.write().unwrap();
        let is_more = batch.sweep(1).unwrap();
        batch.commit().unwrap();
        if !is_more {
            return;
        }
    }
}
