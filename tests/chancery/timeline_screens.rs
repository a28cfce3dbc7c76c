//! The timeline at each zoom, and its reports, as an analyst meets them.

use chancery::app::layout::PaneId;
use insta::assert_snapshot;

use crate::reader::Reader;

const SIZES: [(u32, u32); 2] = [(160, 48), (80, 24)];

/// The briefing that announces the visit.
const VISIT: &str = "2023-03-17-xi-to-visit-moscow";

/// The sample corpus with one of its briefings open, and the keys in the timeline.
fn on(slug: &str, columns: u32, rows: u32) -> Reader {
    let mut reader = Reader::on_samples(columns, rows);
    open(&mut reader, slug);
    reader
}

fn open(reader: &mut Reader, slug: &str) {
    reader.keys("g1gg");
    for _ in 0..reader.app.corpus.entries.len() {
        if reader.app.open().is_some_and(|(_, entry)| entry.slug == slug) {
            break;
        }
        reader.keys("j");
    }
    assert_eq!(reader.app.open().map(|(_, entry)| entry.slug.as_str()), Some(slug));
    reader.keys("g4");
}

#[test]
fn each_zoom() {
    for (columns, rows) in SIZES {
        let mut reader = on(VISIT, columns, rows);
        reader.keys("+++");
        for unit in ["day", "week", "month", "quarter", "year"] {
            assert_eq!(reader.app.timeline.unit.name(), unit);
            assert_snapshot!(format!("{unit}_{columns}x{rows}"), reader.screen());
            reader.keys("-");
        }
    }
}

#[test]
fn each_zoom_of_the_pane_alone() {
    let mut reader = on(VISIT, 80, 24);
    reader.keys("+++z");
    for unit in ["day", "week", "month", "quarter", "year"] {
        assert_snapshot!(format!("{unit}_alone_80x24"), reader.screen());
        reader.keys("-");
    }
}

#[test]
fn the_reports_of_an_event_beneath_it() {
    for (columns, rows) in SIZES {
        let mut reader = on(VISIT, columns, rows);
        reader.keys("+/position paper<Enter>");
        unfold(&mut reader);
        assert_snapshot!(format!("reports_{columns}x{rows}"), reader.screen());
        reader.keys("j<Enter>");
        let open = reader.app.open().map(|(_, entry)| entry.slug.clone());
        assert_eq!(open.as_deref(), Some("2023-02-24-twelve-points"), "the first of them opens");
        assert_eq!(reader.app.focus, PaneId::Text);
    }
}

#[test]
fn what_was_known_when() {
    let mut reader = on("2023-03-21-kishida-in-kyiv", 80, 24);
    reader.keys("z");
    assert_snapshot!("as_of_21_march_80x24", reader.screen());
    reader.keys("/Blinken to travel<Enter>");
    unfold(&mut reader);
    assert_snapshot!("plan_as_of_21_march_80x24", reader.screen());
    open(&mut reader, "2023-06-19-blinken-in-beijing");
    assert_snapshot!("plan_that_came_to_pass_80x24", reader.screen());
}

fn unfold(reader: &mut Reader) {
    let before = reader.app.timeline.rows.len();
    reader.keys("<Space>");
    assert!(reader.app.timeline.rows.len() > before);
}
