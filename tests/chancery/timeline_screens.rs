//! The timeline at each zoom, and its reports, as an analyst meets them.

use std::sync::Arc;

use chancery::app::layout::PaneId;
use insta::assert_snapshot;

use crate::reader::Reader;

const SIZES: [(u32, u32); 2] = [(160, 48), (80, 24)];

/// From the start to the timeline of the briefing that announces the visit, at its finest zoom.
const TO_THE_DAYS: &str = "/visit Moscow<Enter><Esc>g4+++";

#[test]
fn each_zoom() {
    for (columns, rows) in SIZES {
        let mut reader = Reader::on_samples(columns, rows);
        reader.keys(TO_THE_DAYS);
        for unit in ["day", "week", "month", "quarter", "year"] {
            assert_eq!(reader.app.timeline.unit.name(), unit);
            assert_snapshot!(format!("{unit}_{columns}x{rows}"), reader.screen());
            reader.keys("-");
        }
    }
}

#[test]
fn each_zoom_of_the_pane_alone() {
    let mut reader = Reader::on_samples(80, 24);
    reader.keys(TO_THE_DAYS).keys("z");
    for unit in ["day", "week", "month", "quarter", "year"] {
        assert_snapshot!(format!("{unit}_alone_80x24"), reader.screen());
        reader.keys("-");
    }
}

#[test]
fn the_reports_of_an_event_beneath_it() {
    for (columns, rows) in SIZES {
        let mut reader = Reader::on_samples(columns, rows);
        reader.keys(TO_THE_DAYS).keys("-/position paper<Enter>");
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
    let mut reader = Reader::on_samples(80, 24);
    reader.keys("/Kishida in Kyiv<Enter><Esc>g4z");
    assert_snapshot!("as_of_21_march_80x24", reader.screen());
    reader.keys("/Blinken to travel<Enter>");
    unfold(&mut reader);
    assert_snapshot!("plan_as_of_21_march_80x24", reader.screen());
    reader.keys("<Esc>zg1/February in review<Enter><Esc>G/Belt and Road<Enter><Esc>g4z/Blinken to travel<Enter>");
    assert_snapshot!("plan_that_came_to_pass_80x24", reader.screen());
}

fn unfold(reader: &mut Reader) {
    let corpus = Arc::clone(&reader.app.corpus);
    assert!(reader.app.timeline.toggle_reports(&corpus));
}
