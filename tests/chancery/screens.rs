//! Whole screens at several sizes, as an analyst meets them.

use std::fs;
use std::path::PathBuf;

use insta::assert_snapshot;

use crate::reader::Reader;

/// The sizes at which every screen must be clear.
const SIZES: [(u32, u32); 5] = [(160, 48), (120, 40), (80, 24), (50, 15), (20, 5)];

/// Keys that lead from the start to the briefing that the README opens with.
const TO_THE_VISIT: &str = "/in:title \"visit Moscow\"<Enter><Esc>";

/// An empty folder `drafts`, which goes with its parent.
fn drafts() -> (tempfile::TempDir, PathBuf) {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("drafts");
    fs::create_dir(&folder).unwrap();
    (parent, folder)
}

fn at_every_size(name: &str, keys: &str) {
    for (columns, rows) in SIZES {
        let mut reader = Reader::on_samples(columns, rows);
        reader.keys(TO_THE_VISIT).keys(keys);
        assert_snapshot!(format!("{name}_{columns}x{rows}"), reader.screen());
    }
}

#[test]
fn the_list() {
    at_every_size("list", "");
}

#[test]
fn the_text() {
    at_every_size("text", "<Enter>");
}

#[test]
fn the_entities_with_an_active_actor() {
    at_every_size("entities", "g3jj*");
}

#[test]
fn the_timeline() {
    at_every_size("timeline", "g4");
}

#[test]
fn the_timeline_with_the_newest_first() {
    at_every_size("timeline_turned", "g4S");
}

#[test]
fn the_help() {
    at_every_size("help", "?");
}

#[test]
fn the_palette_with_words() {
    at_every_size("palette", ":star");
}

#[test]
fn the_details() {
    at_every_size("details", "gd");
}

#[test]
fn the_dossier_of_an_actor() {
    at_every_size("dossier", "<Enter>Fa");
}

#[test]
fn the_dossier_of_two() {
    at_every_size("dyad", "<Enter>fa&sg&");
}

#[test]
fn the_picker_with_letters_typed() {
    at_every_size("picker", "aerdo");
}

#[test]
fn a_lens_being_typed() {
    at_every_size("lens_typed", "/xi actor:put");
    at_every_size("lens_mistaken", "/xi acter:putin");
    at_every_size("lens_of_nothing", "/kishida date:2022<Enter>");
    at_every_size("lens_of_two_and_a_month", "fs&a@2023-03<Enter>");
}

#[test]
fn the_letters_of_actors() {
    at_every_size("letters", "<Enter>f");
}

#[test]
fn a_search_in_the_text() {
    at_every_size("search", "<Enter>/moscow");
}

#[test]
fn what_was_searched_for_in_the_list() {
    at_every_size("found", "/visit moscow<Enter>S");
    at_every_size("found_zoomed", "/visit moscow<Enter>Szjj");
    at_every_size("topics", "/grain<Enter>g3tt");
}

#[test]
fn a_zoomed_pane() {
    at_every_size("zoom", "g3z");
}

#[test]
fn a_folder_with_trouble() {
    let folder = drafts();
    let write = |name: &str, text: &str| fs::write(folder.1.join(name), text).unwrap();
    write(
        "2023-03-10-third-term.yaml",
        "title: Xi in Beijing: third term\ndate: 2023-03-10\nbody: |\n  Elected.\n",
    );
    write("2023-03-11-broken.yaml", "title: \"never closed\ndate: 2023-03-11\n");
    write("2023-03-12-empty.yaml", "");
    write(
        "escape.yaml",
        "title: \"an \\e[31mescape\"\ndate: 12 March 2023\nbody: \"\\u202Ereversed\\u202C and \\x07 rung\"\n",
    );
    for (columns, rows) in [(120, 40), (80, 24), (50, 15)] {
        let mut reader = Reader::on_folder(&folder.1, columns, rows);
        assert_snapshot!(format!("trouble_list_{columns}x{rows}"), reader.screen());
        reader.keys("g!");
        assert_snapshot!(format!("trouble_problems_{columns}x{rows}"), reader.screen());
    }
}

#[test]
fn an_empty_folder() {
    let folder = drafts();
    for (columns, rows) in SIZES {
        let reader = Reader::on_folder(&folder.1, columns, rows);
        assert_snapshot!(format!("empty_{columns}x{rows}"), reader.screen());
    }
}

#[test]
fn scripts_of_the_world() {
    let folder = drafts();
    let text = "title: 习近平访问莫斯科 👩‍👩‍👧‍👦 Erdog\u{306}an\ndate: 2023-03-20\nbody: |\n  中国国家主席习近平三月二十日抵达莫斯科，对俄罗斯进行国事访问。\n\n  وصل الرئيس الصيني إلى موسكو يوم الاثنين.\n\n  הנשיא שי הגיע למוסקבה ביום שני.\n\n  Президент Сі прибув до Москви. 🇺🇦 🇨🇳 n\u{303}o\n\n  \ttab and a\u{200d}joiner\n";
    fs::write(folder.1.join("scripts.yaml"), text).unwrap();
    for (columns, rows) in [(80, 24), (50, 15), (20, 5)] {
        let mut reader = Reader::on_folder(&folder.1, columns, rows);
        reader.keys("<Enter>");
        assert_snapshot!(format!("scripts_{columns}x{rows}"), reader.screen());
    }
}
