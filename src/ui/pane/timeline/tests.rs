//! The pane as it is seen, at every width.

use std::sync::Arc;
use std::time::Duration;

use super::*;
use crate::app::config::{Settings, ThemeName};
use crate::app::keymap::Keymap;
use crate::app::layout::Size;
use crate::app::{Done, Msg, Start, update};
use crate::corpus::timeline::samples::{briefing, corpus, reports, visit};
use crate::corpus::{Corpus, Origin};
use crate::ui::{Capability, Colours};

/// A session on a corpus with one of its briefings open, and a timeline so high.
fn session(corpus: Corpus, open: &str, height: u16) -> App {
    let size = Size { columns: 160, rows: 48 };
    let (settings, keymap) = (Settings::default(), Keymap::default());
    let mut app = App::new(Start { origin: Origin::BuiltIn, settings, keymap, size, notice: None });
    update(&mut app, Msg::Done(Done::Loaded(Arc::new(corpus))), Duration::ZERO);
    let corpus = Arc::clone(&app.corpus);
    app.timeline.follow(&corpus, corpus.find(open), height.into());
    app
}

fn screen(app: &App, unicode: bool, width: u16, height: u16) -> Buffer {
    let capability = Capability { colours: Colours::None, unicode };
    let theme = Theme::new(ThemeName::None, capability);
    let mut buffer = Buffer::empty(Rect { x: 0, y: 0, width, height });
    draw(app, &theme, buffer.area, &mut buffer);
    buffer
}

fn text(buffer: &Buffer) -> String {
    let columns = usize::from(buffer.area.width);
    let rows = buffer.content().chunks(columns);
    rows.map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>() + "\n")
        .collect()
}

#[test]
fn a_narrow_pane_has_all_signs() {
    let app = session(visit(), "announcement", 20);
    insta::assert_snapshot!(text(&screen(&app, true, 36, 20)));
}

#[test]
fn a_wide_pane_has_the_dates_of_the_reports() {
    let app = session(visit(), "announcement", 12);
    insta::assert_snapshot!(text(&screen(&app, true, 78, 12)));
}

#[test]
fn ascii_says_the_same() {
    let mut app = session(visit(), "announcement", 34);
    let corpus = Arc::clone(&app.corpus);
    app.timeline.zoom_out(&corpus);
    let screen = screen(&app, false, 60, 34);
    assert!(text(&screen).is_ascii(), "{}", text(&screen));
    insta::assert_snapshot!(text(&screen));
}

#[test]
fn an_event_of_several_reports_unfolds() {
    let mut app = session(reports(), "4 review", 14);
    let corpus = Arc::clone(&app.corpus);
    app.timeline.go(crate::app::list::Motion::First, 14);
    assert!(app.timeline.toggle_reports(&corpus));
    let screens = [(78, true), (36, true), (36, false), (22, true)];
    let drawn = screens.map(|(width, unicode)| text(&screen(&app, unicode, width, 14)));
    assert!(!drawn[2].contains(['└', '×', '▶', '✓', '·']), "{}", drawn[2]);
    insta::assert_snapshot!(drawn.join("\n"));
}

#[test]
fn what_was_reported_later_is_dim() {
    let app = session(reports(), "2 arrived", 20);
    let buffer = screen(&app, true, 60, 20);
    let dim = |words: &str| {
        let lines = text(&buffer);
        let row = lines.lines().position(|line| line.contains(words)).unwrap();
        let cells = (20..33).map(|x| &buffer[(x, u16::try_from(row).unwrap())]);
        let words = cells.filter(|cell| cell.symbol() != " ");
        words.map(|cell| cell.modifier.contains(ratatui::style::Modifier::DIM)).collect::<Vec<_>>()
    };
    assert!(dim("Xi calls Zelenskyy").iter().all(|dim| *dim));
    assert!(dim("Xi to call Zelenskyy").iter().all(|dim| !dim));
    assert!(dim("shells promised").iter().all(|dim| !dim));
}

#[test]
fn the_window_is_marked_in_the_strip() {
    let mut app = session(visit(), "announcement", 9);
    let marked = |app: &App| {
        let buffer = screen(app, true, 40, 9);
        let reversed = ratatui::style::Modifier::REVERSED;
        (0..40).filter(|x| buffer[(*x, 0)].modifier.contains(reversed)).collect::<Vec<u16>>()
    };
    assert_eq!(marked(&app).len(), 1, "a month of two thousand years");
    app.timeline.go(crate::app::list::Motion::First, 9);
    assert!(marked(&app).len() > 20, "from Caesar on");
}

#[test]
fn any_width_is_filled_and_never_exceeded() {
    let long =
        "2023-03-01/2023-03-30 | ! 習近平 met השלום and a very long name of something that goes on";
    let odd = corpus(vec![
        briefing("a", "2023-03-02", &[long, "2023-03-02 | \u{1b}[31mred", "201X-12-24? | then"]),
        briefing("b", "2023-03-02", &["2023-03-03 | \u{202e}reversed"]),
    ]);
    let mut app = session(odd, "a", 20);
    let corpus = Arc::clone(&app.corpus);
    for width in 1..160 {
        for height in [1, 2, 5, 6, 20] {
            app.timeline.resize(height);
            let drawn = text(&screen(&app, true, width, u16::try_from(height).unwrap()));
            assert!(!drawn.contains(['\u{1b}', '\u{202e}']));
            if width >= 10 {
                assert!(drawn.contains('▶'), "{width}x{height}");
            }
        }
        app.timeline.zoom_in(&corpus);
        if width.is_multiple_of(7) {
            app.timeline.zoom_fit(&corpus);
        }
    }
}

#[test]
fn an_empty_pane_says_why() {
    let mut app = session(corpus(vec![briefing("a", "2023", &[])]), "a", 9);
    assert!(text(&screen(&app, true, 40, 9)).contains("No briefing here declares events."));
    app.timeline.filter = "Vaduz".into();
    assert!(text(&screen(&app, true, 40, 9)).contains("No event has `Vaduz`."));
    let mut app = session(visit(), "call", 9);
    let corpus = Arc::clone(&app.corpus);
    app.timeline.narrow(&corpus, &|_| false, 9);
    assert!(text(&screen(&app, true, 40, 9)).contains("The lens leaves no event."));
}
