//! Opening, walking, filtering and finding again.

use super::Section::{Company, Events, Facts, Mentions, Notes};
use super::*;
use crate::corpus::{Origin, load};

const HEIGHT: usize = 12;

fn corpus(files: &[(&str, String)]) -> Corpus {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    load(&Origin::Paths(vec![folder.path().to_owned()]), &|_, _| {}).surveyed()
}

/// Briefings of which the first is the oldest, each with so many mentions of Ann, and Bob beside.
fn briefings(mentions: &[usize]) -> Vec<(String, String)> {
    let file = |(at, mentions): (usize, &usize)| {
        let body = "On Monday Ann Ames spoke with Bob Boe about tea.\n  ".repeat(*mentions);
        let text = format!(
            "title: Day {at}\ndate: 2023-01-{:02}\nentities: [{{id: ann, name: Ann Ames}}, {{id: bob, name: Bob Boe}}]\nbody: |\n  So it was.\n  {body}\nevents:\n  - {{date: 2023-01-{:02}, what: event {at}, by: ann, to: bob, class: CONSULT}}\n",
            at + 1,
            at + 1
        );
        (format!("day{at}.yaml"), text)
    };
    mentions.iter().enumerate().map(file).collect()
}

fn with(mentions: &[usize]) -> Corpus {
    let files = briefings(mentions);
    let files: Vec<(&str, String)> =
        files.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    corpus(&files)
}

fn ann(corpus: &Corpus) -> DossierView {
    let actor = corpus.concordance.find("ann").unwrap();
    DossierView::open(corpus, Subject::Actor(actor), true, HEIGHT)
}

fn slug(corpus: &Corpus, view: &DossierView) -> String {
    let id = match view.under_cursor() {
        Some(DossierTarget::Place { briefing, .. } | DossierTarget::Briefing(briefing)) => briefing,
        other => panic!("{other:?}"),
    };
    corpus.entry(id).unwrap().slug.clone()
}

#[test]
fn it_opens_on_the_newest_briefing_and_walks_to_the_third() {
    let corpus = with(&[2, 1, 0, 3]);
    let mut view = ann(&corpus);
    assert_eq!(slug(&corpus, &view), "day3");
    assert_eq!(view.cursor.top, 0, "the summary is in view");
    let mut walked = Vec::new();
    while view.next_briefing(true, HEIGHT) {
        walked.push(slug(&corpus, &view));
    }
    assert_eq!(walked, ["day2", "day1", "day0"]);
    assert!(matches!(view.under_cursor(), Some(DossierTarget::Place { .. })));
    view.go(Motion::By(1), HEIGHT);
    assert!(view.next_briefing(false, HEIGHT));
    assert_eq!(slug(&corpus, &view), "day1");
    assert!(view.next_briefing(false, HEIGHT));
    assert!(
        matches!(view.under_cursor(), Some(DossierTarget::Briefing(_))),
        "it names him nowhere"
    );
    view.turn(&corpus, HEIGHT);
    assert_eq!(slug(&corpus, &view), "day0");
}

#[test]
fn a_mention_leads_to_its_place() {
    let corpus = with(&[2]);
    let view = ann(&corpus);
    let Some(DossierTarget::Place { briefing, offset }) = view.under_cursor() else { panic!() };
    let body = &corpus.entry(briefing).unwrap().briefing().body;
    assert!(body[offset..].starts_with("Ann Ames spoke"));
}

#[test]
fn sections_are_walked_and_each_row_leads_somewhere() {
    let corpus = with(&[1, 1]);
    let mut view = ann(&corpus);
    let mut seen = vec![view.position().unwrap().0];
    while view.next_section(true, HEIGHT) {
        seen.push(view.position().unwrap().0);
        match seen.last() {
            Some(Section::Events) => {
                assert!(matches!(view.under_cursor(), Some(DossierTarget::Event(_))));
            }
            Some(Section::Company) => {
                let bob = corpus.concordance.find("bob").unwrap();
                assert_eq!(view.under_cursor(), Some(DossierTarget::Actor(bob)));
            }
            _ => {}
        }
    }
    assert_eq!(seen, [Mentions, Events, Company, Facts, Notes]);
    assert!(view.next_section(false, HEIGHT));
    assert_eq!(view.position().unwrap().0, Facts);
}

#[test]
fn the_position_counts_mentions_and_not_headings() {
    let corpus = with(&[2, 0, 1]);
    let mut view = ann(&corpus);
    assert_eq!(view.position(), Some((Section::Mentions, 1, 3)));
    view.next_briefing(true, HEIGHT);
    assert_eq!(view.position(), Some((Section::Mentions, 1, 3)), "a briefing without one");
    view.next_briefing(true, HEIGHT);
    view.go(Motion::By(1), HEIGHT);
    assert_eq!(view.position(), Some((Section::Mentions, 3, 3)));
}

#[test]
fn a_filter_leaves_rows_with_its_words() {
    let corpus = with(&[1, 1, 1]);
    let mut view = ann(&corpus);
    view.next_briefing(true, HEIGHT);
    let before = slug(&corpus, &view);
    for (filter, sections) in [
        ("event 1", vec![Section::Events]),
        ("day 2", vec![Section::Mentions]),
        ("spoke", vec![Section::Mentions]),
        ("bob", vec![Section::Mentions, Section::Events, Section::Company]),
        ("nowhere", vec![]),
    ] {
        view.narrow(&corpus, filter, HEIGHT);
        let shown: Vec<Section> = view
            .rows
            .iter()
            .filter_map(|row| match row {
                Row::Section(section, _) => Some(*section),
                _ => None,
            })
            .collect();
        assert_eq!(shown, sections, "{filter}");
    }
    view.narrow(&corpus, "", HEIGHT);
    assert!(view.rows.len() > 10);
    view.next_briefing(true, HEIGHT);
    view.narrow(&corpus, "spoke", HEIGHT);
    assert_eq!(slug(&corpus, &view), before, "the cursor stays on its row");
}

#[test]
fn a_row_is_found_again_when_the_corpus_has_changed() {
    let before = with(&[1, 2, 1]);
    let mut view = ann(&before);
    view.next_briefing(true, HEIGHT);
    view.go(Motion::By(1), HEIGHT);
    assert_eq!(slug(&before, &view), "day1");
    let mut files = briefings(&[1, 2, 1]);
    files.push(("aaa.yaml".into(), "title: New\ndate: 2023-02-01\nbody: Ann Ames.\nentities: [Zoe, {id: ann, name: Ann Ames}]\n".into()));
    let files: Vec<(&str, String)> =
        files.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    let after = corpus(&files);
    let again = view.reopened(&before, &after, true, HEIGHT).unwrap();
    assert_eq!(slug(&after, &again), "day1");
    assert_eq!(again.subject_ids(), ["ann"]);
    let (
        Some(DossierTarget::Place { offset: old, .. }),
        Some(DossierTarget::Place { offset: new, .. }),
    ) = (view.under_cursor(), again.under_cursor())
    else {
        panic!()
    };
    assert_eq!(old, new);
    let nobody = corpus(&[("x.yaml", "title: X\nbody: Nobody.\n".to_owned())]);
    assert!(view.reopened(&before, &nobody, true, HEIGHT).is_none());
}

#[test]
fn every_row_can_be_reached_at_any_height() {
    let corpus = with(&[2, 0, 1]);
    for height in 0..30 {
        let mut view = ann(&corpus);
        view.go(Motion::First, height);
        for _ in 0..view.rows.len() {
            let at = view.cursor.at;
            assert!(stands(&view.rows, at));
            assert!(height == 0 || (view.cursor.top..view.cursor.top + height).contains(&at));
            view.go(Motion::By(1), height);
        }
        view.go(Motion::Last, height);
        assert_eq!(view.cursor.at, view.rows.len() - 1);
        view.resize(height);
    }
}
