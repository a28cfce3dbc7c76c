//! What is packed comes back as it was.

use std::fmt::Debug;
use std::fs;
use std::path::Path;
use std::slice::Chunks;

use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{IN_PIECES, Parts, Unpackable, pack, pack_by, unpack, unpack_parts};
use crate::actor::{Actor, read_gazetteer};
use crate::briefing::{FileReading, read_actors, read_file};
use crate::corpus::stamp::Stamp;
use crate::corpus::together::Together;
use crate::corpus::{Origin, load};
use crate::date::EdtfDate;
use crate::date::reading::read_date;
use crate::diagnostic::{CODES, Diagnostic};
use crate::text::samples::odd_text;

#[track_caller]
fn comes_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    assert_eq!(unpack::<T>(&pack(value).unwrap()).as_ref(), Ok(value));
}

fn all_of_it_comes_back(reading: &FileReading) {
    comes_back(&reading.briefings);
    comes_back(&reading.diagnostics);
    comes_back(&reading.references);
    for entity in reading.briefings.iter().flat_map(|briefing| &briefing.entities) {
        comes_back(&Actor::declared(entity, None));
    }
}

#[test]
fn every_shipped_briefing_comes_back() {
    let mut count = 0;
    for found in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("briefings")).unwrap() {
        let bytes = fs::read(found.unwrap().path()).unwrap();
        all_of_it_comes_back(&read_file("2023-03-x", &bytes));
        // Broken in each of these places it has findings to be kept, and stand-ins.
        for part in 1..8 {
            all_of_it_comes_back(&read_file("x", &bytes[..bytes.len() * part / 8]));
        }
        comes_back(&read_actors(&bytes).actors);
        count += 1;
    }
    assert!(count > 30);
}

#[test]
fn the_gazetteer_comes_back() {
    let all = read_gazetteer();
    comes_back(&all);
    for entity in &all {
        comes_back(&Actor::declared(entity, None));
    }
}

#[test]
fn a_large_value_comes_back_and_half_of_it_is_an_error() {
    let text = |length: usize| -> String {
        (0..length).map(|at| char::from(b"abcdefghijklmnopqrstuvw"[at * at % 23])).collect()
    };
    for length in [256 << 10, (256 << 10) - 4, 600_000, 1 << 20] {
        comes_back(&text(length));
        comes_back(&vec![(text(length / 9), length, true); 9]);
        let packed = pack(&text(length)).unwrap();
        assert!(packed.len() < length);
        for size in [1, 3, 1 << 10, 1 << 20] {
            let of = |bytes: &[u8]| unpack_parts::<String>(&mut bytes.chunks(size));
            assert_eq!(of(&packed).as_ref(), Ok(&text(length)), "{size}");
            assert!(of(&packed[..packed.len() - 1]).is_err(), "{size}");
            assert!(of(&[packed.as_slice(), b"more"].concat()).is_err(), "{size}");
        }
        for end in [1, 5, packed.len() / 2, packed.len() - 1] {
            assert!(unpack::<String>(&packed[..end]).is_err(), "{length} {end}");
        }
    }
}

#[test]
fn what_all_files_say_together_comes_back_piece_by_piece() {
    let corpus = load(&Origin::BuiltIn, &|_, _| ()).surveyed();
    let together = Together::from(&corpus);
    let packed = pack_by(1_000, &together).unwrap();
    assert_eq!(packed[0], IN_PIECES);
    assert!(unpack::<Together>(&packed).unwrap() == together);
}

impl Parts for Chunks<'_, u8> {
    fn next(&mut self) -> Result<Option<&[u8]>, Unpackable> {
        Ok(Iterator::next(self))
    }
}

#[test]
fn every_form_of_a_date_comes_back() {
    let forms = [
        "2023",
        "2023-03",
        "2023-03-17",
        "2023-03-17T14:05:30Z",
        "2023-03-17T14:05:00+03:00",
        "2023-03-17T14:05:00-11",
        "2022-02~",
        "?2023-?03",
        "2023-03-17%",
        "2023-21",
        "201X",
        "1XXX-12",
        "Y170000002",
        "Y-17E7",
        "1950S2",
        "-0043-03-15",
        "2023-03-20/2023-03-22",
        "../2023",
        "/2023",
        "2023/..",
        "2023-01-01/",
        "[1667,1668,1670..1672]",
        "{..1983-12-31,1984}",
    ];
    for form in forms {
        let date = EdtfDate::parse(form).unwrap_or_else(|e| panic!("{form}: {e}"));
        let again: EdtfDate = unpack(&pack(&date).unwrap()).unwrap();
        assert_eq!(again, date);
        assert_eq!(again.in_words(), date.in_words());
        assert_eq!(again.sort_key(), date.sort_key());
    }
}

#[test]
fn every_code_comes_back() {
    for row in CODES {
        comes_back(&Diagnostic::new(row.code, row.title).help(row.explanation));
    }
    assert!(unpack::<crate::diagnostic::Code>(&pack("E999").unwrap()).is_err());
}

#[test]
fn a_stamp_comes_back() {
    comes_back(&Stamp::of(&fs::metadata(".").unwrap()));
}

/// A file as hands write them: fields in their places, whatever stands in them.
fn any_file() -> impl Strategy<Value = String> {
    let value = || prop_oneof![odd_text(), "[0-9~?X/-]{1,12}", "[A-Za-z, :'\"-]{0,20}"];
    let key = prop::sample::select(vec![
        "title",
        "date",
        "updated",
        "lang",
        "summary",
        "source",
        "grade",
        "confidence",
        "tags",
        "marking",
        "desk",
        "id",
        "body",
    ]);
    let simple = (key, value()).prop_map(|(key, value)| format!("{key}: {value}\n"));
    let entity = (value(), value(), value()).prop_map(|(name, role, alias)| {
        format!(
            "entities:\n- {{name: {name}, kind: person}}\n- name: {role}\n  aliases: [{alias}]\n"
        )
    });
    let event = (value(), value(), value()).prop_map(|(date, what, by)| {
        format!("events:\n- date: {date}\n  what: {what}\n  by: [{by}]\n  class: CONSULT\n")
    });
    prop::collection::vec(prop_oneof![6 => simple, 1 => entity, 1 => event], 0..12)
        .prop_map(|lines| lines.concat())
}

proptest! {
    #[test]
    fn whatever_is_read_comes_back(text in any_file(), odd in odd_text()) {
        all_of_it_comes_back(&read_file("2023-03-17-x", text.as_bytes()));
        all_of_it_comes_back(&read_file("x", odd.as_bytes()));
    }

    #[test]
    fn dates_as_people_write_them_come_back(text in "[0-9]{1,2} (March|Feb\\.|june) (20[0-9]{2})?|Q[1-4] 20[0-9]{2}|20[0-9]{2}-[0-9]{2}[~?]?") {
        if let Some(date) = read_date(&text).date {
            comes_back(&date);
        }
    }

    #[test]
    fn other_bytes_give_an_error_or_a_value_and_no_panic(
        mut bytes in prop::collection::vec(any::<u8>(), 0..200),
        form in 0_u8..3,
    ) {
        bytes.insert(0, form);
        let _ = unpack::<Vec<crate::briefing::Briefing>>(&bytes);
        let _ = unpack::<Vec<Diagnostic>>(&bytes);
        let _ = unpack::<String>(&bytes);
    }
}
