//! Search: what comes first, what is shown of it, and that every answer is that of a plain reading.

mod command;
mod counts;
mod scan;

use std::fs;

use chancery::app::pane::briefings::Row;
use chancery::corpus::lens::{Lens, NoMarks, find_lens};
use chancery::corpus::query::parse_query;
use chancery::corpus::words::rank;
use chancery::corpus::{Corpus, Origin, load};

use crate::reader::Reader;

/// Files with their names.
fn corpus(files: &[(String, String)]) -> Corpus {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(format!("{name}.yaml")), text).unwrap();
    }
    load(&Origin::Paths(vec![folder.path().to_owned()]), &|_, _| ()).surveyed()
}

fn find(corpus: &Corpus, typed: &str) -> Lens {
    let query = parse_query(typed).unwrap_or_else(|problem| panic!("{typed}: {problem:?}"));
    find_lens(corpus, &query, &NoMarks).unwrap_or_else(|problem| panic!("{typed}: {problem:?}"))
}

fn ranked(corpus: &Corpus, typed: &str) -> String {
    let lens = find(corpus, typed);
    let ranked = rank(corpus, &lens.query, &lens.briefings);
    assert!(ranked.iter().all(|(id, score)| lens.has(*id) && *score >= 0.0));
    assert!(ranked.windows(2).all(|two| two[0].1 >= two[1].1), "{ranked:?}");
    assert_eq!(ranked.len() as u64, lens.briefings.len());
    let slugs = ranked.iter().map(|(id, _)| corpus.entry(*id).unwrap().slug.as_str());
    slugs.collect::<Vec<_>>().join(" ")
}

#[test]
fn the_best_comes_first() {
    let filler = "talks of envoys and ministers on trade ".repeat(12);
    let file = |name: &str, title: &str, date: &str, body: &str| {
        (name.to_owned(), format!("title: {title}\ndate: {date}\nbody: |\n  {body}\n"))
    };
    let corpus = corpus(&[
        file("title", "The grain deal", "2020-01-01", &filler),
        file("often", "Ports", "2020-01-02", &format!("Grain, grain and grain; {filler}")),
        file("once", "Ports again", "2020-01-03", &format!("Some grain; {filler}")),
        file("short", "Ports at last", "2020-01-04", "Some grain."),
        file("long", "Ports", "2020-01-05", &format!("Some grain; {filler} {filler} {filler}")),
        file("both", "Ships", "2020-01-06", &format!("Frigates with grain; {filler}")),
        file("old-twin", "Twins", "2020-02-01", "Here is a frigate."),
        file("new-twin", "Twins", "2020-02-02", "Here is a frigate."),
        file("a-twin", "Twins", "2020-02-02", "Here is a frigate."),
        ("undated".to_owned(), "title: Twins\nbody: Here is a frigate.\n".to_owned()),
    ]);
    for (typed, expected) in [
        ("grain", "title often short both once long"),
        ("frigate", "a-twin new-twin old-twin undated"),
        ("frigate*", "a-twin new-twin old-twin undated both"),
        ("grain frigates", "both"),
        ("\"grain deal\" or frigates", "title both"),
        ("grain -frigates -title", "often short once long"),
        ("in:title grain", "title"),
        ("date:2020-02", "a-twin new-twin old-twin"),
        ("", "a-twin new-twin old-twin both long short once often title undated"),
    ] {
        let typed = typed.replace(" -title", " -(in:title grain)");
        assert_eq!(ranked(&corpus, &typed), expected, "{typed}");
    }
}

#[test]
fn the_list_is_sorted_by_relevance_only_where_there_are_words() {
    let mut reader = Reader::on_samples(160, 48);
    let title = |reader: &mut Reader, keys: &str, expected: &str| {
        reader.keys(keys);
        let screen = reader.screen();
        assert!(screen.contains(expected), "{keys}: {screen}");
        assert_eq!(screen.contains("Briefings by "), expected != "Briefings ━", "{keys}: {screen}");
    };
    title(&mut reader, "S", "Briefings by title");
    title(&mut reader, "S", "Briefings by source");
    title(&mut reader, "S", "Briefings ━");
    title(&mut reader, "/visit moscow<Enter>", "Briefings ━");
    let by_date: Vec<_> = reader.app.briefings.listed().collect();
    title(&mut reader, "S", "Briefings by relevance");
    let best: Vec<_> = reader.app.briefings.listed().collect();
    assert_eq!(
        best,
        rank(&reader.app.corpus, &reader.app.lens.query, &reader.app.lens.briefings)
            .into_iter()
            .map(|(id, _)| id)
            .collect::<Vec<_>>()
    );
    assert_ne!(best, by_date);
    let rows = &reader.app.briefings.rows;
    assert!(!rows.iter().any(|row| matches!(row, Row::Heading(_))), "{rows:?}");
    title(&mut reader, "<Esc><Esc><Esc>", "Briefings ━");
    title(&mut reader, "/sanctions<Enter>", "Briefings by relevance");
    title(&mut reader, "S", "Briefings by title");
}

#[test]
fn every_listed_briefing_shows_why_it_was_found() {
    let mut reader = Reader::on_samples(160, 48);
    reader.keys("/moscow<Enter>");
    let height = reader.app.height(chancery::app::layout::PaneId::Briefings);
    for keys in ["", "j", "jjj", "<Ctrl-d>", "<Ctrl-f>", "G", "k", "<Ctrl-u>", "gg"] {
        reader.keys(keys);
        let list = &reader.app.briefings;
        let seen = list.cursor.top..(list.cursor.top + height).min(list.rows.len());
        assert!(seen.contains(&list.cursor.at) && seen.contains(&(list.cursor.at + 1)), "{keys}");
        for row in &list.rows[seen] {
            if let Row::Snippet(id) = row {
                let snippet = list.snippet(*id).unwrap();
                assert!(!snippet.text.is_empty());
            }
        }
        let open = list.snippet(list.open().unwrap()).unwrap();
        assert!(reader.screen().contains(open.text.trim_end_matches('…')), "{}", reader.screen());
    }
    reader.keys("<Esc><Esc>");
    assert!(reader.app.briefings.snippet(reader.app.briefings.open().unwrap()).is_none());
}

#[test]
fn a_page_passes_over_no_briefing() {
    let mut reader = Reader::on_samples(120, 40);
    reader.keys("/the<Enter>Sgg");
    let mut seen: std::collections::BTreeSet<usize> = std::collections::BTreeSet::new();
    let height = reader.app.height(chancery::app::layout::PaneId::Briefings);
    for _ in 0..60 {
        let list = &reader.app.briefings;
        seen.extend(list.cursor.top..list.cursor.top + height);
        reader.keys("<Ctrl-f>");
    }
    let rows = reader.app.briefings.rows.len();
    assert!((0..rows).all(|row| seen.contains(&row)), "{seen:?} of {rows}");
}
