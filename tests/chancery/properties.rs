//! What holds of any file and any keys.

use std::fs;

use chancery::app::Msg;
use chancery::app::layout::Size;
use chancery::corpus::{Origin, load};
use proptest::prelude::*;

use crate::reader::{Reader, chords};

/// Fragments of which hostile and hand-written files are made.
const FRAGMENTS: &[&str] = &[
    "title: ",
    "date: ",
    "body: |\n  ",
    "entities:\n",
    "  - ",
    "events:\n",
    "- {what: x, date: 2023-03}\n",
    "---\n",
    "\n",
    "  ",
    "\t",
    "\"",
    "'",
    ": ",
    " #",
    "@",
    "%",
    "`",
    "*x",
    "&x ",
    "!x ",
    "[",
    "{",
    "]",
    "}",
    "\u{1b}[31m",
    "\u{1b}]0;x\u{7}",
    "\u{9b}2J",
    "\u{202e}",
    "\u{2066}",
    "\\e",
    "\\x1b[2J",
    "習近平",
    "👩‍👩‍👧",
    "e\u{301}\u{302}\u{303}",
    "الرئيس",
    "שי",
    "\r\n",
    "\r",
    "\0",
    "\u{feff}",
    "2023-02-30",
    "17 March 2023",
    "words and words",
    "# Heading\n",
    "> quote\n",
    "[a](https://example.org)",
    "~~~\n",
    "kind: person\n",
];

fn file() -> impl Strategy<Value = Vec<u8>> {
    let fragment =
        prop::sample::select(FRAGMENTS).prop_map(|fragment| fragment.as_bytes().to_vec());
    let any = prop::collection::vec(any::<u8>(), 0..6);
    prop::collection::vec(prop_oneof![9 => fragment, 1 => any], 0..40)
        .prop_map(|parts| parts.concat())
}

/// Everything on the screen, cell by cell.
fn cells_are_safe(reader: &Reader) -> Result<(), TestCaseError> {
    let (buffer, cursor) = reader.buffer();
    for cell in buffer.content() {
        let obeyed = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}');
        prop_assert!(!cell.symbol().contains(obeyed), "{:?} reaches the screen", cell.symbol());
    }
    if let Some(cursor) = cursor {
        prop_assert!(buffer.area.contains(cursor), "the cursor is at {cursor:?}");
    }
    Ok(())
}

/// Where one is, to the line.
fn whereabouts(reader: &Reader) -> impl PartialEq + std::fmt::Debug + use<> {
    let app = &reader.app;
    let slug = app.open().map(|(_, entry)| entry.slug.clone());
    let top = app.text.view().first().map(|line| (line.body_start, line.range.clone(), line.kind));
    let dossier = app.dossier.as_ref().map(|open| open.view.subject_ids().to_vec());
    // Beneath a dossier another text may be shown, that of its row.
    let beneath = dossier.is_none().then_some((slug, top));
    (beneath, app.focus, app.lens.query.to_string(), app.active.clone(), dossier)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_as_a_file_are_listed_and_draw_no_escape(bytes in file(), columns in 1u32..130, rows in 1u32..40) {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("2023-03-17-a.yaml"), &bytes)?;
        let mut reader = Reader::on_folder(folder.path(), columns, rows);
        cells_are_safe(&reader)?;
        for keys in ["<Enter>", "G", "gd", "<Esc>g!", "<Esc>g3", "g4", "q/x"] {
            reader.keys(keys);
            cells_are_safe(&reader)?;
        }
    }

    #[test]
    fn any_walk_of_jumps_and_then_back_all_the_way_ends_where_it_began(
        first in prop::sample::select(vec!["G", "J", "g2", "g3*", "<Enter>", "/moscow<Enter>"]),
        keys in prop::collection::vec(prop::sample::select(vec![
            "G", "gg", "J", "K", "3J", "g1", "g2", "g3", "g4", "<Enter>", "/moscow<Enter>", "/xi<Enter>", "n", "N", "*", "<Esc>", "j", "k", "5j",
            "<PgDn>", "<Space>", "z", "S", "q", "H", "L", "''", "gh<Enter>", "s", "-", "+", "i", "I", "}", "{", "]", "[", "fa", "&s", "Fa", "Fd", "Fs}}<Enter>", "as<Enter>", "ax<Tab>", "g&", "gi", "t",
            "@2023-03<Enter>", "@mar 20-25<Enter>", "/actor:putin<Enter>", "/xi -moscow<Enter>",
        ]), 0..40),
        sizes in (60u32..170, 14u32..50),
    ) {
        let mut reader = Reader::on_samples(100, 30);
        let mut began = whereabouts(&reader);
        reader.keys(first);
        // `q` in the list would end the session.
        for keys in keys.into_iter().filter(|keys| *keys != "q") {
            reader.keys(keys);
            if reader.app.history.depth().0 == 0 {
                began = whereabouts(&reader);
            }
        }
        reader.keys("<Esc>").resize(sizes.0, sizes.1);
        for _ in 0..200 {
            reader.keys("H");
        }
        reader.resize(100, 30);
        prop_assert_eq!(reader.app.history.depth().0, 0);
        prop_assert_eq!(whereabouts(&reader), began);
    }

    #[test]
    fn keys_that_come_at_once_lead_where_they_lead_one_by_one(
        parts in prop::collection::vec(
            prop::collection::vec(prop::sample::select(vec![
                "j", "k", "5j", "9k", "<PgDn>", "<PgUp>", "<Ctrl-d>", "G", "gg", "J", "K", "<Enter>", "<Space>", "<Tab>", "z", "S", "n",
                "*", "fa", "}", "H", "L", "s", "r", "u", "x", "g4", "gi", "+", "Fa", "/xi<Enter>", "<Esc>", "X", "g",
            ]), 1..9),
            1..8,
        ),
    ) {
        let mut one_by_one = Reader::on_samples(120, 36);
        let mut at_once = Reader::on_samples(120, 36);
        for keys in parts.iter().map(|keys| keys.concat()) {
            one_by_one.keys(&keys);
            at_once.keys_at_once(&keys);
            prop_assert_eq!(whereabouts(&at_once), whereabouts(&one_by_one), "{}", keys);
            prop_assert_eq!(at_once.app.briefings.cursor, one_by_one.app.briefings.cursor, "{}", keys);
        }
        prop_assert_eq!(at_once.app.history.depth(), one_by_one.app.history.depth());
    }

    #[test]
    fn any_keys_at_any_size_leave_a_screen_that_can_be_drawn(
        keys in prop::collection::vec(prop::sample::select(vec![
            "j", "k", "J", "K", "G", "gg", "<Tab>", "<Enter>", "<Esc>", "q", "<Space>", "*", "n", "N", "/", "moscow", "g3", "g4", "g!", "gd", "?", ":",
            "<PgDn>", "<PgUp>", "<Ctrl-d>", "z", "s", "r", "A", "u", "S", "+", "-", "0", "99", "<Backspace>", "<Up>", "<Down>", "о", "X", "<Ctrl-c>",
        ]), 0..60),
        sizes in prop::collection::vec((1u32..180, 1u32..60), 1..4),
    ) {
        let mut reader = Reader::on(load(&Origin::BuiltIn, &|_, _| {}), 80, 24);
        let shares = keys.len() / sizes.len() + 1;
        for (keys, (columns, rows)) in keys.chunks(shares).zip(sizes) {
            for chord in keys.iter().flat_map(|keys| chords(keys)) {
                reader.send(Msg::Key(chord));
            }
            reader.send(Msg::Resize(Size::clamped(columns, rows)));
            cells_are_safe(&reader)?;
        }
    }
}
