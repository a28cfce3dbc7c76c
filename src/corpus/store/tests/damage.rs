//! Whatever happens to the bytes of an index: it is made anew at opening, or a question gives an
//! error, or the answer is the right one.

use std::fs;

use super::{Place, briefing, put_meta, stored};
use crate::briefing::Briefing;
use crate::corpus::store::{NewWord, SegmentId, Store, StoreError, TextId};

const TEXTS: usize = 60;

fn word(number: usize) -> String {
    format!("word{number:02}")
}

fn full(place: &Place) -> Vec<u8> {
    let store = place.open();
    let mut batch = store.write().unwrap();
    let segment = batch.put_segment(1, b"texts", b"lengths").unwrap();
    for number in 0..TEXTS {
        let id = batch.put_text(&briefing(number)).unwrap();
        batch.put_file(&stored(0, &format!("{number}.yaml"), &[7; 300])).unwrap();
        batch.put_cast(id, 1, &[8; 200]).unwrap();
    }
    let words: Vec<String> = (0..TEXTS).map(word).collect();
    let new = |word| NewWord { part: 0, word, briefings: &[1; 300], places: &[2; 300] };
    batch.put_words(segment, words.iter().map(|word| new(word.as_str()))).unwrap();
    batch.put_snapshot("list", 1, &vec![9; 200_000]).unwrap();
    batch.commit().unwrap();
    drop(store);
    fs::read(place.file()).unwrap()
}

/// Asks everything; every answer must be right. Whether an error was among the answers.
fn ask(store: &Store, texts: &[Briefing]) -> Result<(), StoreError> {
    let reader = store.reader()?;
    let mut told = Ok(());
    let mut note = |error: StoreError| {
        let is_known = matches!(error, StoreError::Damaged { .. } | StoreError::Missing { .. });
        assert!(is_known, "{error:?}");
        told = Err(error);
    };
    for (number, text) in texts.iter().enumerate() {
        let id = TextId(u32::try_from(number + 1).unwrap());
        match reader.briefing(id) {
            Ok(found) => assert_eq!(found, *text),
            Err(error) => note(error),
        }
        match reader.cast(id) {
            Ok(found) => assert!(found.is_none_or(|(_, found)| found == [8; 200])),
            Err(error) => note(error),
        }
        match reader.words_exactly(SegmentId(1), 0, &word(number)) {
            Ok(found) => assert!(found.is_none_or(|found| found == (vec![1; 300], vec![2; 300]))),
            Err(error) => note(error),
        }
    }
    match reader.snapshot("list") {
        Ok(found) => assert!(found.is_none_or(|(_, found)| found == vec![9; 200_000])),
        Err(error) => note(error),
    }
    for error in [
        reader.files().map(drop),
        reader.segments().map(drop),
        reader.words_from(SegmentId(1), 0, "word", 1000).map(drop),
        reader.whole_words_from(SegmentId(1), 0, "", 1000).map(drop),
        reader.actors().map(drop),
    ] {
        error.unwrap_or_else(&mut note);
    }
    told
}

#[test]
fn damage_is_found_and_never_believed() {
    let place = Place::new();
    let whole = full(&place);
    let texts: Vec<Briefing> = (0..TEXTS).map(briefing).collect();
    let page = 16_384;
    let mut cases: Vec<(String, Vec<u8>)> = Vec::new();
    for size in
        [0, 1, 99, 4096, page, page + 1, whole.len() / 2, whole.len() - page, whole.len() - 1]
    {
        cases.push((format!("cut to {size}"), whole[..size].to_vec()));
    }
    cases.push(("zeroed".to_owned(), vec![0; whole.len()]));
    cases.push(("a text".to_owned(), b"title: no database\n".repeat(2000)));
    for (number, start) in (0..whole.len()).step_by(page).enumerate() {
        let mut zeroed = whole.clone();
        zeroed[start..(start + page).min(whole.len())].fill(0);
        cases.push((format!("page {number} zeroed"), zeroed));
        let mut noise = whole.clone();
        let mut state = number as u64 + 1;
        for byte in noise.iter_mut().skip(start + page / 3).take(400) {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            *byte = state.to_be_bytes()[0];
        }
        cases.push((format!("noise in page {number}"), noise));
    }
    let mut found = 0;
    for (what, bytes) in &cases {
        fs::write(place.file(), bytes).unwrap();
        let store = place.open();
        if store.status().is_ok_and(|status| status.briefings == 0) {
            found += 1;
            put_meta(&store, "made", b"anew");
        } else if ask(&store, &texts).is_err() {
            found += 1;
            store.drop_all().unwrap();
            drop(store);
            assert_eq!(place.open().status().unwrap().files, 0, "{what}");
        }
    }
    assert!(found * 3 > cases.len(), "{found} of {}", cases.len());
}

#[test]
fn a_file_cut_short_under_the_program_gives_an_error() {
    let place = Place::new();
    let whole = full(&place);
    let store = place.open();
    fs::OpenOptions::new().write(true).open(place.file()).unwrap().set_len(40_000).unwrap();
    assert!(whole.len() > 100_000);
    let texts: Vec<Briefing> = (0..TEXTS).map(briefing).collect();
    assert!(ask(&store, &texts).is_err());
}
