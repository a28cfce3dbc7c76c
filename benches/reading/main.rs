//! What reading costs inside the process: files, texts, frames. `benches/README.md` says more.

mod samples;
mod together;

use std::sync::Arc;
use std::time::Duration;

use chancery::actor::{MentionFinder, Registry, read_gazetteer, slug_of};
use chancery::app::chord::Chord;
use chancery::app::config::{Settings, ThemeName};
use chancery::app::dossier::{DossierView, Subject};
use chancery::app::keymap::Keymap;
use chancery::app::layout::Size;
use chancery::app::pane::Timeline;
use chancery::app::pane::entities::{Entities, EntitiesOf};
use chancery::app::{App, Done, Msg, Start, hear, settle, update};
use chancery::briefing::{Alias, Briefing, Entity, Kind, read_file};
use chancery::corpus::lens::{NoMarks, find_lens};
use chancery::corpus::query::parse_query;
use chancery::corpus::words::{Part, rank};
use chancery::corpus::{Corpus, Origin, WordIndex, load};
use chancery::date::EdtfDate;
use chancery::text::{Columns, soft_cuts, wrap};
use chancery::ui::{Capability, Theme, dossier, draw};
use divan::{Bencher, black_box};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const SIZE: Size = Size { columns: 160, rows: 48 };
/// Pieces in which the text pane takes a long text, in bytes.
const PIECE: usize = 64 * 1024;

fn main() {
    divan::main();
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn load_10_000_files(bencher: Bencher) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    samples::write_corpus(folder.path(), 10_000).expect("room for 10,000 files");
    let origin = Origin::Paths(vec![folder.path().to_owned()]);
    let corpus = load(&origin, &|_, _| {});
    assert_eq!((corpus.entries.len(), corpus.problem_count()), (10_000, 0));
    bencher.bench_local(|| load(black_box(&origin), &|_, _| {}));
}

#[divan::bench]
fn read_one_file(bencher: Bencher) {
    let file = samples::briefing(7);
    let read = read_file("b000007", file.as_bytes());
    assert_eq!((read.briefings.len(), read.diagnostics.len()), (1, 0));
    let bytes = divan::counter::BytesCount::of_str(&file);
    bencher.counter(bytes).bench_local(|| read_file("b000007", black_box(file.as_bytes())));
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn wrap_2_mb(bencher: Bencher) {
    let text = samples::prose(2, 2 << 20, &samples::names(15));
    let wrap_all = |text: &str| {
        let pieces = soft_cuts(text, 0..text.len(), PIECE).into_iter();
        pieces.map(|piece| wrap(text, piece, Columns::all(90)).len()).sum::<usize>()
    };
    assert!(wrap_all(&text) > (2 << 20) / 90);
    let bytes = divan::counter::BytesCount::of_str(&text);
    bencher.counter(bytes).bench_local(|| wrap_all(black_box(&text)));
}

#[divan::bench]
fn find_mentions_in_4_kb(bencher: Bencher) {
    let names = samples::names(15);
    let text = samples::prose(4, 4 << 10, &names);
    let entity = |name| Entity { name, kind: Some(Kind::Person), ..Entity::default() };
    let declared: Vec<Entity> = names.into_iter().map(entity).collect();
    let finder = MentionFinder::new(Registry::new(&[], read_gazetteer()));
    assert!(finder.find(&text, None, &declared).mentions.len() > 10);
    let bytes = divan::counter::BytesCount::of_str(&text);
    bencher.counter(bytes).bench_local(|| finder.find(black_box(&text), None, &declared));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn mentions_in_10_000_bodies_with_20_000_aliases(bencher: Bencher) {
    let people = samples::people(10_000);
    let alias = |text: &String| Alias { text: text.clone(), ..Alias::default() };
    let known = people.chunks(2).map(|two| Entity {
        name: two[0].clone(),
        aliases: two[1..].iter().chain(&samples::initials(two)).map(alias).collect(),
        kind: Some(Kind::Person),
        ..Entity::default()
    });
    let known: Vec<Entity> = known.collect();
    let finder = MentionFinder::new(Registry::new(&known, read_gazetteer()));
    let bodies: Vec<String> =
        (0..10_000).map(|seed| samples::prose(seed, 2 << 10, &people)).collect();
    let date = EdtfDate::parse("2023-03-17").expect("a date");
    let all = || {
        let found = bodies.iter().map(|body| finder.find(body, Some(&date), &[]).mentions.len());
        found.sum::<usize>()
    };
    assert!(all() > 100_000);
    let bytes = divan::counter::BytesCount::new(bodies.iter().map(String::len).sum::<usize>());
    bencher.counter(bytes).bench_local(all);
}

#[divan::bench(args = [
    "actor:petrenko actor:volkov date:2020-03",
    "by:petrenko on:2020-03 class:CONSULT",
    "ceasefire -tag:grain",
    "fri*",
    "\"grain corridor\" date:2020",
    "\"grain corridor\"",
    "\"the gr\"*",
    "the of and to",
    "\"the of\" or \"of the\" or \"in the\"",
])]
fn find_lens_in_10_000(bencher: Bencher, typed: &str) {
    let corpus = corpus_of(10_000).surveyed();
    let names = samples::names(57);
    let typed =
        typed.replace("petrenko", &slug_of(&names[20])).replace("volkov", &slug_of(&names[21]));
    let query = parse_query(&typed).expect("a query");
    assert!(!find_lens(&corpus, &query, &NoMarks).expect("known actors").briefings.is_empty());
    bencher.bench_local(|| find_lens(&corpus, black_box(&query), &NoMarks));
}

#[divan::bench(args = ["grain", "grain corridor ceasefire", "\"grain corridor\" or fri*"])]
fn rank_10_000(bencher: Bencher, typed: &str) {
    let corpus = corpus_of(10_000).surveyed();
    let query = parse_query(typed).expect("a query");
    let lens = find_lens(&corpus, &query, &NoMarks).expect("words");
    assert!(lens.briefings.len() > 500);
    bencher.bench_local(|| rank(&corpus, black_box(&query), &lens.briefings));
}

#[divan::bench(args = [EntitiesOf::Lens, EntitiesOf::Topics], sample_count = 50, sample_size = 1)]
fn count_10_000_with_5_000_actors(bencher: Bencher, of: EntitiesOf) {
    let corpus = Arc::new(corpus_on(10_000, &samples::people(5_000)).surveyed());
    assert!(corpus.concordance.actors().len() > 4_000);
    let lens = |typed| find_lens(&corpus, &parse_query(typed).expect("a query"), &NoMarks);
    let lenses = ["", "grain", "class:AID"].map(|typed| lens(typed).expect("words"));
    let mut lenses = lenses.iter().cycle();
    let mut entities = Entities::default();
    entities.of = of;
    bencher.bench_local(|| {
        entities.count(&corpus, lenses.next().expect("lenses without end"), 40);
        assert!(entities.facets.len() > 20);
    });
}

#[divan::bench(args = ["the ", "\"grain corrido", "fr", "actor:ma"], sample_count = 50, sample_size = 1)]
fn key_in_lens_of_10_000(bencher: Bencher, typed: &str) {
    let mut app = reader();
    let corpus = Arc::new(corpus_of(10_000).surveyed());
    update(&mut app, Msg::Done(Done::Loaded(corpus)), Duration::ZERO);
    let mut press = |key: &str| {
        let key = key.parse::<Chord>().expect("a key");
        update(&mut app, Msg::Key(key), Duration::ZERO)
    };
    press("/");
    for key in typed.chars() {
        press(if key == ' ' { "Space".to_owned() } else { key.to_string() }.as_str());
    }
    let mut keys = ["r", "Backspace"].into_iter().cycle();
    bencher.bench_local(|| press(keys.next().expect("keys without end")));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn index_words_of_10_000(bencher: Bencher) {
    let corpus = corpus_of(10_000);
    bencher.bench_local(|| WordIndex::of(black_box(&corpus)));
}

#[divan::bench(sample_count = 2, sample_size = 1)]
fn index_words_of_100_000_reports(bencher: Bencher) {
    let reports = reports();
    bencher.bench_local(|| words_of(black_box(&reports)));
}

/// A common word, one in every text and a rare one, two phrases, the beginning of 600 words.
const ASKED: [&str; 6] = ["grain", "ru", "lomimimi", "grain corridor", "ru lo", "mite*"];

#[divan::bench(args = ASKED)]
fn find_words_in_100_000(bencher: Bencher, typed: &str) {
    let words = words_of(&reports());
    let (text, prefix) = (typed.trim_end_matches('*'), typed.ends_with('*'));
    assert!(!words.find(text, prefix, Part::All, None).is_empty());
    bencher.bench_local(|| words.find(black_box(text), prefix, Part::All, None));
}

#[divan::bench(args = ASKED)]
fn rank_100_000(bencher: Bencher, typed: &str) {
    let words = words_of(&reports());
    let (text, prefix) = (typed.trim_end_matches('*'), typed.ends_with('*'));
    let found = words.find(text, prefix, Part::All, None);
    let mut corpus = Corpus::empty(Origin::BuiltIn);
    corpus.words = Arc::new(words);
    let quoted = format!("\"{text}\"{}", if prefix { "*" } else { "" });
    let query = parse_query(&quoted).expect("a query");
    bencher.bench_local(|| rank(&corpus, black_box(&query), &found));
}

fn reports() -> Vec<Arc<Briefing>> {
    let report = |number| {
        let (title, body) = samples::report(number);
        Arc::new(Briefing { title, body, ..Briefing::default() })
    };
    (0..100_000).map(report).collect()
}

fn words_of(reports: &[Arc<Briefing>]) -> WordIndex {
    let read = |at: u32| reports.get(at as usize).cloned();
    WordIndex::default().following(std::iter::empty(), 0..reports.len(), read)
}

#[divan::bench(args = [false, true], sample_count = 50, sample_size = 1)]
fn dossier_of_the_most_frequent(bencher: Bencher, of_two: bool) {
    let corpus = corpus_of(10_000).surveyed();
    let mut actors: Vec<_> = corpus.concordance.all().collect();
    actors.sort_by_key(|(id, known)| (std::cmp::Reverse(known.briefings.len()), *id));
    let mut most = actors.iter().map(|(id, _)| *id);
    let first = most.next().expect("the briefings have actors");
    let second = most.next().filter(|_| of_two);
    let subject = second.map_or(Subject::Actor(first), |other| Subject::Dyad(first, other));
    let theme = Theme::new(ThemeName::Terminal, Capability::default());
    let area = Rect::new(0, 0, SIZE.columns, SIZE.rows);
    bencher.bench_local(|| {
        let view = DossierView::open(black_box(&corpus), subject, true, usize::from(SIZE.rows) - 1);
        let mut buffer = Buffer::empty(area);
        dossier::draw(&corpus, &view, &theme, area, true, &mut buffer);
        (view.rows.len(), buffer)
    });
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn arrange_timeline_of_10_000_files(bencher: Bencher) {
    let corpus = corpus_of(10_000);
    bencher.bench_local(|| {
        let mut timeline = Timeline::default();
        timeline.load(black_box(&corpus));
        assert!(timeline.rows.len() > 10_000);
        timeline
    });
}

#[divan::bench(sample_count = 100, sample_size = 1)]
fn follow_in_timeline_of_10_000_files(bencher: Bencher) {
    let corpus = corpus_of(10_000);
    let mut timeline = Timeline::default();
    timeline.load(&corpus);
    let mut ids = corpus.ids().step_by(997).collect::<Vec<_>>().into_iter().cycle();
    bencher.bench_local(|| timeline.follow(&corpus, ids.next(), 40));
}

fn corpus_of(many: u64) -> Corpus {
    corpus_on(many, &samples::names(57))
}

fn corpus_on(many: u64, people: &[String]) -> Corpus {
    let folder = tempfile::tempdir().expect("a temporary folder");
    samples::write_corpus_on(folder.path(), many, people).expect("room for the files");
    load(&Origin::Paths(vec![folder.path().to_owned()]), &|_, _| {})
}

#[divan::bench]
fn draw_frame(bencher: Bencher) {
    let app = reader();
    bencher.bench_local(|| frame(black_box(&app)));
}

#[divan::bench]
fn key_to_frame(bencher: Bencher) {
    let mut app = reader();
    let mut shown = frame(&app);
    let mut keys = ["j", "k"].map(|key| key.parse::<Chord>().expect("a key")).into_iter().cycle();
    bencher.bench_local(|| {
        let key = keys.next().expect("keys without end");
        update(&mut app, Msg::Key(key), Duration::ZERO);
        let next = frame(&app);
        let changed = shown.diff(&next).len();
        shown = next;
        assert!(changed > 0, "a key that moves changes the screen");
        changed
    });
}

#[divan::bench]
fn hundred_keys_to_frame(bencher: Bencher) {
    let mut app = reader();
    let mut keys = ["j", "k"].map(|key| key.parse::<Chord>().expect("a key")).into_iter().cycle();
    bencher.bench_local(|| {
        let key = keys.next().expect("keys without end");
        for _ in 0..100 {
            hear(&mut app, Msg::Key(key), Duration::ZERO);
        }
        settle(&mut app, Duration::ZERO);
        frame(&app)
    });
}

/// The lens is narrowed to two actors, each with a fiftieth of all mentions, and given back.
#[divan::bench(sample_count = 50, sample_size = 2)]
fn lens_change_to_frame_of_10_000(bencher: Bencher) {
    let mut app = reader_on(corpus_of(10_000).surveyed());
    let names = samples::names(57);
    let typed = format!("/actor:{} actor:{}\r", slug_of(&names[1]), slug_of(&names[2]));
    let all = app.lens.briefings.len();
    type_in(&mut app, &typed);
    assert!(app.lens.briefings.len() > 1 && app.lens.briefings.len() < all);
    let mut keys = ["H", "L"].map(|key| key.parse::<Chord>().expect("a key")).into_iter().cycle();
    bencher.bench_local(|| {
        let key = keys.next().expect("keys without end");
        update(&mut app, Msg::Key(key), Duration::ZERO);
        frame(&app)
    });
}

fn type_in(app: &mut App, text: &str) {
    for c in text.chars() {
        let key = match c {
            '\r' => "Enter".to_owned(),
            ' ' => "Space".to_owned(),
            c => c.to_string(),
        };
        update(app, Msg::Key(key.parse().expect("a key")), Duration::ZERO);
    }
}

/// A session on the corpus inside the program.
fn reader() -> App {
    reader_on(load(&Origin::BuiltIn, &|_, _| {}))
}

fn reader_on(corpus: Corpus) -> App {
    let corpus = Arc::new(corpus);
    let mut app = App::new(Start {
        origin: corpus.origin.clone(),
        settings: Settings::default(),
        keymap: Keymap::shipped(),
        size: SIZE,
        notice: None,
    });
    update(&mut app, Msg::Done(Done::Loaded(corpus)), Duration::ZERO);
    app
}

fn frame(app: &App) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.columns, SIZE.rows));
    draw(app, Capability::default(), &mut buffer);
    buffer
}
