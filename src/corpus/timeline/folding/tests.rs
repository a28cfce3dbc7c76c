//! What is folded, what is left apart, and how a story stands as of a day.

use std::collections::BTreeSet;

use jiff::civil::date;
use proptest::prelude::*;

use super::super::samples::{briefing, corpus, reports};
use super::super::{Dated, EventRef, Standing, Timeline};
use crate::briefing::Briefing;
use crate::corpus::Corpus;

/// The stories of several reports, each as the titles of its briefings and what they say.
fn folded(corpus: &Corpus) -> BTreeSet<BTreeSet<String>> {
    let timeline = Timeline::of(corpus);
    let told = |at: EventRef| {
        let entry = corpus.entry(at.briefing).unwrap();
        format!("{}: {}", entry.briefing().title, at.find_in(corpus).unwrap().what)
    };
    let stories = timeline.stories();
    let several = stories.all().filter(|story| story.reports().len() > 1);
    several.map(|story| story.reports().map(|report| told(report.at())).collect()).collect()
}

/// Whether the first events of two briefings are told as one.
fn are_one(one: &str, other: &str) -> bool {
    let corpus =
        corpus(vec![briefing("a", "2023-03-25", &[one]), briefing("b", "2023-03-26", &[other])]);
    folded(&corpus).len() == 1
}

#[test]
fn reports_of_the_same_are_one() {
    let visit = "2023-03-20/2023-03-22 | Xi in Moscow :: CONSULT Xi > Putin";
    for (other, one) in [
        ("2023-03-20/2023-03-22 | the visit :: CONSULT Xi > Putin", true),
        ("2023-03-20/2023-03-22 | ! Xi to go :: CONSULT xi > PUTIN", true),
        ("2023-03-20/2023-03-22 | ✗ denied :: CONSULT Xi > Putin", true),
        ("2023-03-20/2023-03-22 | hosts :: CONSULT Putin > Xi", true),
        ("2023-03-20/2023-03-22 | meet :: CONSULT Putin, Xi", true),
        ("2023-03-20/2023-03-21 | two of three days :: CONSULT Xi > Putin", true),
        ("2023-03-19/2023-03-22 | four days :: CONSULT Xi > Putin", true),
        ("2023-03-20~/2023-03-22 | about then :: CONSULT Xi > Putin", true),
        ("2023-03-22/2023-03-24 | one day shared :: CONSULT Xi > Putin", false),
        ("2023-03-16/2023-03-26 | much wider :: CONSULT Xi > Putin", false),
        ("2023-03-20 | its first day :: CONSULT Xi > Putin", false),
        ("2023-03 | that month :: CONSULT Xi > Putin", false),
        ("2023-03-20/.. | without end :: CONSULT Xi > Putin", false),
        ("| undated :: CONSULT Xi > Putin", false),
        ("2023-03-20/2023-03-22 | other class :: AGREE Xi > Putin", false),
        ("2023-03-20/2023-03-22 | other actors :: CONSULT Xi > Lavrov", false),
        ("2023-03-20/2023-03-22 | one more :: CONSULT Xi > Putin, Lavrov", false),
        ("2023-03-20/2023-03-22 | Xi in Moscow", false),
    ] {
        assert_eq!(are_one(visit, other), one, "{other}");
        assert_eq!(are_one(other, visit), one, "{other}, the other way round");
    }
}

#[test]
fn a_day_a_month_and_one_sided_deeds_have_their_own_rules() {
    for (one, other, are) in [
        ("2023-03-20 | a :: AID A > B", "2023-03-20T14:00:00 | b :: AID A > B", true),
        ("2023-03-20 | a :: AID A > B", "2023-03-20? | b :: AID A > B", true),
        ("2023-03-20 | a :: AID A > B", "2023-03-21 | a :: AID A > B", false),
        ("2023-03-20 | a :: AID A > B", "2023-03-20 | a :: AID B > A", false),
        ("2023-03-20 | a :: AID A, B", "2023-03-20 | a :: AID A > B", false),
        ("2023-03-20 | a :: AID A", "2023-03-20 | b :: AID A", true),
        ("2023-03-20 | a :: AID > A", "2023-03-20 | b :: AID > A", true),
        ("2023-03-20 | a :: AID > A", "2023-03-20 | b :: AID A", false),
        ("2023-03-20 | a :: AID ", "2023-03-20 | a :: AID ", false),
        ("2023-03 | Tanks :: AID A > B", "2023-03~ | tanks  :: AID A > B", true),
        ("2023-03 | tanks :: AID A > B", "2023-03 | shells :: AID A > B", false),
        ("2023-03 | tanks :: AID A > B", "2023 | tanks :: AID A > B", false),
    ] {
        assert_eq!(are_one(one, other), are, "{one} and {other}");
    }
}

#[test]
fn what_one_briefing_tells_apart_stays_apart() {
    let twice = ["2023-03-20 | talks :: CONSULT A > B", "2023-03-20 | dinner :: CONSULT A > B"];
    let told = |events: &[&str]| {
        let both = corpus(vec![briefing("a", "2023", &twice), briefing("b", "2023", events)]);
        folded(&both)
    };
    assert_eq!(told(&["2023-03-20 | a meeting :: CONSULT A > B"]), BTreeSet::new());
    let dinner = told(&["2023-03-20 | Dinner :: CONSULT A > B"]);
    assert_eq!(dinner, BTreeSet::from([BTreeSet::from(["a: dinner".into(), "b: Dinner".into()])]));
    let same = ["2023-03-20 | talks :: CONSULT A > B"; 2];
    let corpus = corpus(vec![briefing("a", "2023", &same), briefing("b", "2023", &same)]);
    assert_eq!(folded(&corpus), BTreeSet::new());
}

#[test]
fn a_story_stands_as_the_reports_tell_that_are_known() {
    let corpus = reports();
    let timeline = Timeline::of(&corpus);
    let stories = timeline.stories();
    let what = |at: EventRef| at.find_in(&corpus).unwrap().what.clone();
    let of = |words: &str| {
        let tells =
            |story: &super::super::Story<'_>| story.reports().any(|r| what(r.at()) == words);
        stories.all().find(tells).unwrap()
    };
    let march = |day| Some(date(2023, 3, day));
    let (visit, call, shells) =
        (of("Xi in Moscow"), of("Xi to call Zelenskyy"), of("shells promised"));
    assert_eq!((visit.reports().len(), call.reports().len(), shells.reports().len()), (3, 1, 2));
    for (story, as_of, standing, lead, to_come) in [
        (visit, march(17), Standing::Planned, "Xi to visit Moscow", true),
        (visit, march(20), Standing::CameToPass, "Xi in Moscow", false),
        (visit, None, Standing::CameToPass, "Xi in Moscow", false),
        (call, march(17), Standing::Planned, "Xi to call Zelenskyy", true),
        (call, Some(date(2023, 4, 27)), Standing::Planned, "Xi to call Zelenskyy", true),
        (call, Some(date(2023, 4, 28)), Standing::CameToPass, "Xi to call Zelenskyy", false),
        (call, None, Standing::CameToPass, "Xi to call Zelenskyy", false),
        (shells, march(17), Standing::Disputed, "shells promised", true),
        (shells, march(20), Standing::Done, "shells promised", false),
        (shells, march(21), Standing::Disputed, "shells promised", false),
    ] {
        assert_eq!(story.standing(as_of), standing, "{lead} as of {as_of:?}");
        assert_eq!(what(story.lead(as_of).at()), lead, "as of {as_of:?}");
        let is = as_of.is_some_and(|day| story.is_to_come(day));
        assert_eq!(is, to_come, "{lead} as of {as_of:?}");
    }
    assert!(!shells.is_known(march(17)) && shells.is_known(march(20)));
    assert_eq!(
        call.tellings().map(|told| what(told.at())).collect::<Vec<_>>(),
        ["Xi to call Zelenskyy", "Xi calls Zelenskyy"]
    );
    assert!(of("Xi calls Zelenskyy").fulfilled().is_none(), "it stands at its own date too");
}

#[test]
fn a_plan_is_fulfilled_by_a_later_report_of_its_time_only() {
    for (planned, issued, done, told, fulfilled) in [
        ("2023-04", "2023-03-17", "2023-04-26", "2023-04-28", true),
        ("2023-04-26", "2023-03-17", "2023-04-26/2023-04-27", "2023-04-28", true),
        ("2023-04-01/..", "2023-03-17", "2023-05-26", "2023-05-28", true),
        ("../2023-05-10", "2023-03-17", "2023-04-26", "2023-04-28", true),
        ("../2023-05-10", "2023-03-17", "2023-02-26", "2023-04-28", false),
        ("2023-04", "2023-03-17", "2023-05-01", "2023-05-02", false),
        ("2023/2024", "2023-03-17", "2023-04-26", "2023-04-28", true),
        ("2023-04-25/2023-04-28", "2023-03-17", "2023-04-26", "2023-04-28", false),
        ("2023-04-26", "2023-03-17", "2023", "2024-01-01", false),
        ("2023-04", "2023-05-17", "2023-04-26", "2023-04-28", false),
        ("2023-04", "", "2023-04-26", "2023-04-28", false),
    ] {
        let corpus = corpus(vec![
            briefing("a", issued, &[&format!("{planned} | ! plan :: AID A > B")]),
            briefing("b", told, &[&format!("{done} | deed :: AID A > B")]),
        ]);
        let timeline = Timeline::of(&corpus);
        let stories = timeline.stories();
        let is = stories.all().any(|story| story.fulfilled().is_some());
        assert_eq!(is, fulfilled, "{planned} of {issued}, {done} of {told}");
    }
}

#[test]
fn actors_are_compared_as_the_survey_resolves_them() {
    let china = |name: &str| format!("2023-03-20 | x :: AID {name} > Russia");
    let both = || {
        corpus(vec![
            briefing("a", "2023", &[&china("China")]),
            briefing("b", "2023", &[&china("Chinese")]),
        ])
    };
    assert_eq!(folded(&both()).len(), 0, "by name alone");
    assert_eq!(folded(&both().with_gazetteer().surveyed()).len(), 1);
}

#[test]
fn a_timeline_of_some_events_has_their_stories() {
    let corpus = reports();
    let all = Timeline::of(&corpus);
    let first = corpus.ids().next().unwrap();
    let some = all.filtered(|at| at.briefing == first);
    let stories = some.stories();
    let counts: Vec<_> = stories.all().map(|story| story.reports().len()).collect();
    assert_eq!(counts, [1, 1, 1]);
    assert!(stories.all().any(|story| story.fulfilled().is_some()), "whatever is kept");
    for dated in all.dated() {
        let number = stories.number_of(dated.at());
        assert_eq!(number.is_some(), dated.at().briefing == first);
        let story = number.map(|number| stories.get(number).unwrap());
        assert!(story.is_none_or(|story| story.reports().any(|told| told.at() == dated.at())));
    }
}

#[test]
fn many_alike_are_no_square() {
    let lines: Vec<String> = (0..4000)
        .map(|n| format!("{:04}/{:04} | ! x{n} :: AID A > B", 1000 + n, 2000 + n))
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let corpus = corpus(vec![briefing("a", "0900", &lines), briefing("b", "0901", &lines)]);
    let timeline = Timeline::of(&corpus);
    let stories = timeline.stories();
    assert_eq!(stories.all().map(|story| story.reports().len()).sum::<usize>(), 8000);
}

fn any_event() -> impl Strategy<Value = String> {
    let dates = prop::sample::select(vec![
        "2023-03-20",
        "2023-03-21",
        "2023-03-20/2023-03-22",
        "2023-03-21/2023-03-23",
        "2023-03-22/2023-03-24",
        "2023-03",
        "",
        "2023/..",
    ]);
    let marks = prop::sample::select(vec!["", "! ", "✗ ", "“ "]);
    let parties = prop::sample::select(vec![
        "AID A > B",
        "AID B > A",
        "CONSULT A > B",
        "CONSULT A, B",
        "AID ",
        "",
    ]);
    (dates, marks, prop::sample::select(vec!["x", "y"]), parties)
        .prop_map(|(date, mark, what, parties)| format!("{date} | {mark}{what} :: {parties}"))
}

fn briefings(events: &[Vec<String>], titles: &[usize]) -> Vec<Briefing> {
    let one = |(events, title): (&Vec<String>, &usize)| {
        let lines: Vec<&str> = events.iter().map(String::as_str).collect();
        briefing(&format!("b{title}"), &format!("2023-03-{:02}", 10 + title), &lines)
    };
    events.iter().zip(titles).map(one).collect()
}

proptest! {
    #[test]
    fn each_event_is_in_one_story_whatever_their_order(
        events in prop::collection::vec(prop::collection::vec(any_event(), 0..4), 0..6),
        turn in 0usize..6,
    ) {
        let titles: Vec<usize> = (0..events.len()).collect();
        let corpus_of = |events: &[Vec<String>]| corpus(briefings(events, &titles));
        let straight = corpus_of(&events);
        let timeline = Timeline::of(&straight);
        let stories = timeline.stories();
        let mut told: Vec<_> =
            stories.all().flat_map(|story| story.reports().map(Dated::at)).collect();
        told.sort_unstable();
        let mut dated: Vec<_> = timeline.dated().iter().map(Dated::at).collect();
        dated.sort_unstable();
        prop_assert_eq!(told, dated);
        for story in stories.all() {
            let mut briefings: Vec<_> = story.reports().map(|report| report.at().briefing).collect();
            briefings.dedup();
            prop_assert_eq!(briefings.len(), story.reports().len());
            if story.reports().len() > 1 {
                let event = story.anchor().at().find_in(&straight).unwrap();
                prop_assert!(event.class.is_some() && !(event.by.is_empty() && event.to.is_empty()));
            }
        }
        let mut turned = events.clone();
        for events in &mut turned {
            events.reverse();
        }
        if !turned.is_empty() {
            let by = turn % turned.len();
            turned.rotate_left(by);
            let mut titles = titles.clone();
            titles.rotate_left(by);
            let turned = corpus(briefings(&turned, &titles));
            prop_assert_eq!(folded(&turned), folded(&straight));
        }
    }
}
