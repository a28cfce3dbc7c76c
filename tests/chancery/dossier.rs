//! The dossier as an analyst meets it: on the screen and in a pipe, on the shipped briefings.

use std::sync::{Arc, OnceLock};

use chancery::app::config::ThemeName;
use chancery::app::dossier::{DossierTarget, DossierView, Row, Subject};
use chancery::app::list::Motion;
use chancery::corpus::{ActorId, Corpus, Origin, load};
use chancery::text::display_width;
use chancery::ui::{Capability, Theme, dossier};
use insta::assert_snapshot;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const SIZES: [(u16, u16); 3] = [(160, 48), (80, 24), (50, 15)];

/// The shipped briefings, looked through once for all tests.
fn samples() -> &'static Arc<Corpus> {
    static SAMPLES: OnceLock<Arc<Corpus>> = OnceLock::new();
    SAMPLES.get_or_init(|| Arc::new(load(&Origin::BuiltIn, &|_, _| ()).with_gazetteer().surveyed()))
}

fn actor(id: &str) -> ActorId {
    samples().concordance.find(id).unwrap()
}

fn drawn(view: &DossierView, columns: u16, rows: u16, capability: Capability) -> String {
    let theme = Theme::new(ThemeName::Terminal, capability);
    let area = Rect::new(0, 0, columns, rows);
    let mut buffer = Buffer::empty(area);
    dossier::draw(samples(), view, &theme, area, true, &mut buffer);
    let line = |row: u16| {
        let mut text = String::new();
        let mut skip = 0;
        for column in 0..columns {
            let cell = &buffer[(column, row)];
            if skip == 0 {
                text.push_str(cell.symbol());
                skip = display_width(cell.symbol()).max(1);
            }
            skip -= 1;
        }
        text.trim_end().to_owned() + "\n"
    };
    (0..rows).map(line).collect()
}

fn opened(subject: Subject, rows: u16) -> DossierView {
    DossierView::open(samples(), subject, true, usize::from(rows) - 1)
}

fn at_every_size(name: &str, subject: Subject, moved: impl Fn(&mut DossierView, usize)) {
    for (columns, rows) in SIZES {
        let mut view = opened(subject, rows);
        moved(&mut view, usize::from(rows) - 1);
        let screen = drawn(&view, columns, rows, Capability::default());
        assert_snapshot!(format!("dossier_{name}_{columns}x{rows}"), screen);
    }
}

#[test]
fn one_actor() {
    at_every_size("xi", Subject::Actor(actor("xi-jinping")), |_, _| ());
}

#[test]
fn one_actor_further_down() {
    at_every_size("xi_events", Subject::Actor(actor("xi-jinping")), |view, height| {
        view.next_section(true, height);
        view.go(Motion::By(12), height);
    });
    at_every_size("xi_end", Subject::Actor(actor("xi-jinping")), |view, height| {
        view.go(Motion::Last, height);
    });
}

#[test]
fn a_state() {
    at_every_size("china", Subject::Actor(actor("china")), |_, _| ());
}

#[test]
fn two_actors() {
    let subject = Subject::Dyad(actor("xi-jinping"), actor("vladimir-putin"));
    at_every_size("dyad", subject, |_, _| ());
    at_every_size("dyad_end", subject, |view, height| view.go(Motion::Last, height));
}
