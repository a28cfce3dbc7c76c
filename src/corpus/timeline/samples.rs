//! Hand-made corpora of events, for the tests of everything that shows them.

use crate::corpus::text::Text;
use std::path::Path;
use std::sync::Arc;

use crate::briefing::{Briefing, Event, EventClass, EventStatus};
use crate::corpus::{Corpus, CorpusFile, Entry, FileId, Origin};
use crate::date::EdtfDate;
use crate::diagnostic::{Place, Position};

const MARKS: [(char, EventStatus); 3] =
    [('!', EventStatus::Planned), ('✗', EventStatus::Denied), ('“', EventStatus::Alleged)];

/// An event as a line: `DATE | what`, with a mark before `what` for its status ([`MARKS`]). Without a
/// date it is undated. Behind ` :: ` may stand its class and actors: `CONSULT Xi, Putin > Ukraine`.
fn event(line: &str) -> Event {
    let (date, what) = line.split_once('|').expect("a date and an event");
    let (what, parties) = what.split_once(" :: ").unwrap_or((what, ""));
    let what = what.trim();
    let (class, actors) = parties.split_once(' ').unwrap_or((parties, ""));
    let (by, to) = actors.split_once('>').unwrap_or((actors, ""));
    let names = |side: &str| {
        let names = side.split(',').map(|name| name.trim().to_owned());
        names.filter(|name| !name.is_empty()).collect()
    };
    let marked = MARKS.into_iter().find(|(mark, _)| what.starts_with(*mark));
    Event {
        date: date_of(date.trim()),
        what: what.trim_start_matches(MARKS.map(|(mark, _)| mark)).trim().to_owned(),
        status: marked.map_or(EventStatus::Done, |(_, status)| status),
        class: class_of(class),
        by: names(by),
        to: names(to),
        ..Event::default()
    }
}

fn class_of(word: &str) -> Option<EventClass> {
    use EventClass::{Agree, Aid, Assault, Consult, Threaten};
    let of_word = |class: &EventClass| format!("{class:?}").to_uppercase() == word;
    [Agree, Aid, Assault, Consult, Threaten].into_iter().find(of_word)
}

fn date_of(edtf: &str) -> Option<EdtfDate> {
    (!edtf.is_empty()).then(|| EdtfDate::parse(edtf).expect(edtf))
}

/// A briefing of a date (none is undated) with events.
pub fn briefing(title: &str, date: &str, events: &[&str]) -> Briefing {
    Briefing {
        title: title.to_owned(),
        date: date_of(date),
        events: events.iter().map(|line| event(line)).collect(),
        line: 1,
        ..Briefing::default()
    }
}

/// A corpus of briefings, each in a file of its title's name.
pub fn corpus(mut briefings: Vec<Briefing>) -> Corpus {
    briefings.sort_by(|a, b| a.title.cmp(&b.title));
    let mut corpus = Corpus::empty(Origin::BuiltIn);
    for (file, briefing) in (0..).map(FileId).zip(briefings) {
        let shown = format!("briefings/{}.yaml", briefing.title);
        Arc::make_mut(&mut corpus.files).whole_mut().push(CorpusFile {
            root: 0,
            path: Path::new(&shown).into(),
            shown: shown.into(),
            source: None,
            diagnostics: Vec::new(),
        });
        Arc::make_mut(&mut corpus.entries).whole_mut().push(Entry {
            slug: briefing.title.clone(),
            file,
            text: Text::held(briefing).into(),
            unreadable: false,
            lines: 0..usize::MAX,
        });
    }
    corpus.in_time()
}

/// Four briefings that tell of the same visit and call, before and after.
pub fn reports() -> Corpus {
    corpus(vec![
        briefing(
            "1 announced",
            "2023-03-17",
            &[
                "2023-03-20/2023-03-22 | ! Xi to visit Moscow :: CONSULT Xi Jinping > Vladimir Putin",
                "2023-04~ | ! Xi to call Zelenskyy :: CONSULT Xi Jinping > Volodymyr Zelenskyy",
                "2023-03-21 | ! Kishida to go to Kyiv",
            ],
        ),
        briefing(
            "2 arrived",
            "2023-03-20",
            &[
                "2023-03-20/2023-03-22 | Xi in Moscow :: CONSULT Xi Jinping > Vladimir Putin",
                "2023-03-20 | shells promised :: AID China > Russia",
            ],
        ),
        briefing(
            "3 denied",
            "2023-03-21",
            &["2023-03-20 | ✗ shells promised :: AID China > Russia"],
        ),
        briefing(
            "4 review",
            "2023-04-28",
            &[
                "2023-03-20/2023-03-21 | the visit :: CONSULT Vladimir Putin, Xi Jinping",
                "2023-04-26 | Xi calls Zelenskyy :: CONSULT Xi Jinping > Volodymyr Zelenskyy",
            ],
        ),
    ])
}

/// Five briefings around a visit, with every kind of date and status.
pub fn visit() -> Corpus {
    let mut call = briefing(
        "call",
        "2023-03-16",
        &["2023-03-16 | Qin Gang telephones Kuleba", "2023-03~ | “ arms are considered"],
    );
    let told = call.events.first_mut().expect("an event");
    told.class = Some(EventClass::Consult);
    told.by = vec!["Qin Gang".into()];
    told.to = vec!["Dmytro Kuleba".into(), "Ukraine".into()];
    told.place = Some("Beijing".into());
    let position = |line, column| Position { line, column };
    told.source_place =
        Some(Place { span: 400..520, start: position(31, 5), end: position(36, 1) });
    corpus(vec![
        call,
        briefing(
            "announcement",
            "2023-03-17",
            &[
                "2022-02-04 | \"no limits\" declared",
                "2023-03-17 | visit announced",
                "2023-03-20/2023-03-22 | ! Xi in Moscow",
                "2023-04? | ! a call to Kyiv",
                " | lethal aid considered",
            ],
        ),
        briefing("invasion", "2022-02-24", &["2022-02-24T05:00:00+03:00 | invasion of Ukraine"]),
        briefing(
            "moscow",
            "2023-03-22",
            &[
                "2023-03-20/2023-03-22 | Xi in Moscow",
                "2023-03-21 | Kishida in Kyiv",
                "2023-03-21 | ✗ shells from Beijing",
                "2023-03-30/2023-04-02 | ! exercises in the north",
            ],
        ),
        briefing(
            "review",
            "2023",
            &[
                "2023 | a year of summits",
                "2023-21 | offensive awaited",
                "2014/.. | war in the Donbas",
                "-0043-03-15 | death of Caesar",
                "Y170000002 | the last footnote",
                "../2022 | old order",
            ],
        ),
    ])
}
