//! What all files say together at the size of an archive: 100,000 small briefings with some 400,000
//! events, made in memory.

use std::sync::Arc;

use chancery::app::list::Motion;
use chancery::app::pane::Timeline;
use chancery::briefing::{Briefing, Entity, Event, EventClass, EventStatus, Kind, Source};
use chancery::corpus::timeline::Timeline as Events;
use chancery::corpus::{BriefingId, Concordance, Corpus};
use chancery::date::EdtfDate;
use divan::{Bencher, black_box};

use super::samples;

const BRIEFINGS: usize = 100_000;
const CLASSES: [EventClass; 6] = [
    EventClass::Consult,
    EventClass::Agree,
    EventClass::Accuse,
    EventClass::Sanction,
    EventClass::Threaten,
    EventClass::Aid,
];

/// A briefing of 8 actors and 2 to 6 events, half of them on one day, a tenth still planned.
fn small(number: usize, people: &[String]) -> Briefing {
    let mix = |salt: usize| {
        let mixed = (number * 31 + salt).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        mixed >> 20
    };
    let date = |of: usize| {
        let (year, month, day) = (2015 + of % 10, 1 + of / 10 % 12, 1 + of / 120 % 28);
        format!("{year}-{month:02}-{day:02}")
    };
    let issued = mix(1);
    let first = mix(2) % (people.len() - 8);
    let own = &people[first..first + 8];
    let event = |at: usize| {
        let of = if at.is_multiple_of(2) { issued } else { mix(10 + at) };
        let text = if at % 4 == 3 { date(of)[..7].to_owned() } else { date(of) };
        Event {
            date: EdtfDate::parse(&text).ok(),
            what: format!("talks of round {}", mix(20 + at) % 97),
            class: Some(CLASSES[mix(30 + at) % 6]),
            by: vec![own[at].clone()],
            to: vec![own[at + 1].clone()],
            place: Some(format!("Place {}", mix(40 + at) % 300)),
            status: if mix(50 + at) % 10 == 0 { EventStatus::Planned } else { EventStatus::Done },
            ..Event::default()
        }
    };
    let entity = |name: &String| Entity {
        name: name.clone(),
        kind: Some(Kind::Person),
        ..Entity::default()
    };
    Briefing {
        id: Some(format!("b{number:06}")),
        title: format!("Round {number}"),
        date: EdtfDate::parse(&date(issued)).ok(),
        body: own.join(" spoke. ").repeat(2),
        sources: vec![Source { name: format!("Review {}", mix(3) % 40), ..Source::default() }],
        tags: vec![format!("tag {}", mix(4) % 200), format!("tag {}", mix(5) % 2_000)],
        entities: own.iter().map(entity).collect(),
        events: (0..2 + mix(6) % 5).map(event).collect(),
        line: 1,
        ..Briefing::default()
    }
}

fn archive() -> Corpus {
    let people = samples::people(5_000);
    let corpus = Corpus::of_briefings((0..BRIEFINGS).map(|at| small(at, &people)).collect());
    let corpus = corpus.told_together(None);
    assert!(corpus.timeline.len() > 350_000 && corpus.concordance.actors().len() >= 4_900);
    corpus
}

/// The same archive after one briefing was changed, or one came between the others.
fn edited(corpus: &Corpus, is_new: bool) -> Corpus {
    let people = samples::people(5_000);
    let mut one = small(77_777, &people);
    one.id = Some(if is_new { "b050000a".to_owned() } else { "b050000".to_owned() });
    let edited = Corpus::of_briefings(vec![one]);
    let one = edited.entries.get(0).expect("it has one").clone();
    let mut entries = corpus.entries.iter().cloned().collect::<Vec<_>>();
    match entries.binary_search_by(|entry| entry.slug.cmp(&one.slug)) {
        Ok(at) => entries[at] = one,
        Err(at) => entries.insert(at, one),
    }
    let mut after = Corpus::empty(corpus.origin.clone());
    after.entries = Arc::new(entries.into());
    after.finder = Arc::clone(&corpus.finder);
    after
}

#[divan::bench(sample_count = 1, sample_size = 1)]
fn look_through_100_000(bencher: Bencher) {
    let people = samples::people(5_000);
    let corpus = Corpus::of_briefings((0..BRIEFINGS).map(|at| small(at, &people)).collect());
    bencher.bench_local(|| black_box(&corpus).clone().told_together(None));
}

#[divan::bench(args = [false, true], sample_count = 20, sample_size = 1)]
fn follow_one_change_of_100_000(bencher: Bencher, is_new: bool) {
    let corpus = archive();
    let after = edited(&corpus, is_new);
    bencher
        .with_inputs(|| after.clone())
        .bench_local_values(|after| after.told_together(Some(black_box(&corpus))));
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn unpack_concordance_and_timeline_of_100_000(bencher: Bencher) {
    let corpus = archive();
    let pack = |corpus: &Corpus| {
        let concordance = postcard::to_stdvec(&*corpus.concordance).expect("memory");
        (concordance, postcard::to_stdvec(&*corpus.timeline).expect("memory"))
    };
    let (concordance, timeline) = pack(&corpus);
    eprintln!("concordance {} bytes, timeline {} bytes", concordance.len(), timeline.len());
    bencher.bench_local(|| {
        let concordance: Concordance = postcard::from_bytes(black_box(&concordance)).expect("kept");
        let timeline: Events = postcard::from_bytes(black_box(&timeline)).expect("kept");
        (concordance, timeline)
    });
}

fn opened(corpus: &Corpus) -> Timeline {
    let mut timeline = Timeline::default();
    timeline.load(corpus);
    timeline.follow(corpus, Some(BriefingId(0)), 40);
    timeline
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn arrange_400_000_events(bencher: Bencher) {
    let corpus = archive();
    bencher.bench_local(|| opened(black_box(&corpus)));
}

#[divan::bench(sample_count = 200, sample_size = 1)]
fn follow_in_400_000_events(bencher: Bencher) {
    let corpus = archive();
    let mut timeline = opened(&corpus);
    let mut ids = corpus.ids().step_by(997).collect::<Vec<_>>().into_iter().cycle();
    bencher.bench_local(|| timeline.follow(&corpus, ids.next(), 40));
}

#[divan::bench(args = ["turn", "down", "last", "event 300,000", "unfold", "position"], sample_count = 100, sample_size = 1)]
fn key_in_400_000_events(bencher: Bencher, key: &str) {
    let corpus = archive();
    let mut timeline = opened(&corpus);
    bencher.bench_local(|| match key {
        "turn" => timeline.turn(&corpus),
        "down" => timeline.go(Motion::By(1), 40),
        "last" => {
            timeline.go(Motion::Last, 40);
            timeline.go(Motion::First, 40);
        }
        "unfold" => {
            timeline.toggle_reports(&corpus);
        }
        "position" => {
            black_box((timeline.position(), timeline.days_in_view(&timeline.view(40))));
        }
        _ => timeline.go(Motion::To(300_000), 40),
    });
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn zoom_in_400_000_events(bencher: Bencher) {
    let corpus = archive();
    let mut timeline = opened(&corpus);
    let mut is_in = false;
    bencher.bench_local(|| {
        is_in = !is_in;
        if is_in { timeline.zoom_in(&corpus) } else { timeline.zoom_out(&corpus) }
    });
}

#[divan::bench(args = [100, 1_000, 10_000, 100_000], sample_count = 20, sample_size = 1)]
fn lens_and_back_in_400_000_events(bencher: Bencher, events: u32) {
    let corpus = archive();
    let mut timeline = opened(&corpus);
    let step = 350_000 / events;
    let rows = (0..events).map(|at| at * step).collect();
    bencher.bench_local(|| {
        timeline.narrow_to(&corpus, Some(&rows), 40);
        assert!(timeline.is_narrowed());
        timeline.narrow_to(&corpus, None, 40);
    });
}
