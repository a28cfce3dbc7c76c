//! The order of events, and what is still to come.

use jiff::civil::date;
use proptest::prelude::*;

use super::samples::{briefing, corpus, visit};
use super::*;
use crate::corpus::Corpus;

fn whats(corpus: &Corpus) -> Vec<String> {
    let timeline = Timeline::of(corpus);
    timeline.all().map(|at| at.find_in(corpus).unwrap().what.clone()).collect()
}

#[test]
fn events_stand_in_the_order_in_which_they_happened() {
    assert_eq!(
        whats(&visit()),
        [
            "old order",
            "death of Caesar",
            "war in the Donbas",
            "\"no limits\" declared",
            "invasion of Ukraine",
            "a year of summits",
            "offensive awaited",
            "arms are considered",
            "Qin Gang telephones Kuleba",
            "visit announced",
            "Xi in Moscow",
            "Xi in Moscow",
            "Kishida in Kyiv",
            "shells from Beijing",
            "exercises in the north",
            "a call to Kyiv",
            "the last footnote",
            "lethal aid considered",
        ]
    );
}

#[test]
fn what_falls_together_stands_by_its_report_and_undated_reports_last() {
    let corpus = corpus(vec![
        briefing("a", "", &["2023-03-17 | undated report", "|none"]),
        briefing("b", "2023-03-19", &["2023-03-17 | later report", "|late"]),
        briefing("c", "2023-03-18", &["2023-03-17 | early report", "|early"]),
    ]);
    assert_eq!(
        whats(&corpus),
        ["early report", "later report", "undated report", "early", "late", "none"]
    );
}

#[test]
fn what_is_to_come_is_so_as_of_a_day() {
    let day = |d| date(2023, 3, d);
    for (event, as_of, to_come) in [
        ("2023-03-18 | after", day(17), true),
        ("2023-03-17 | that day", day(17), false),
        ("2023-03-17 | ! planned for that day", day(17), true),
        ("2023-03-16 | ! planned and past", day(17), false),
        ("2023-03 | ! planned for the month", day(17), true),
        ("2023-03 | done in the month", day(17), false),
        ("2023 | done in the year", day(17), false),
        ("2023-03-16/2023-03-18 | under way", day(17), false),
        ("2023-03-16/2023-03-18 | ! planned and perhaps under way", day(17), true),
        ("2023-03-16/2023-03-18 | ! planned and over", day(19), false),
        ("2023-03-01/.. | ! planned without end", day(17), true),
        ("2023-03-01/.. | begun", day(17), false),
        ("../2023 | of old", day(17), false),
        ("2023-04 | ✗ denied", day(17), true),
        ("Y170000002 | far", day(17), true),
    ] {
        let corpus = corpus(vec![briefing("a", "2023-05", &[event])]);
        let timeline = Timeline::of(&corpus);
        assert_eq!(timeline.dated()[0].is_to_come(as_of), to_come, "{event} as of {as_of}");
    }
}

#[test]
fn an_event_after_its_own_report_was_planned_whatever_the_report_says() {
    let corpus = corpus(vec![briefing(
        "a",
        "2023-03-17",
        &["2023-03-20 | said done", "2023-03 | perhaps done", "2023-04 | ✗ denied"],
    )]);
    let timeline = Timeline::of(&corpus);
    let told: Vec<_> = timeline.all().map(|at| at.find_in(&corpus).unwrap()).collect();
    let rows = timeline.dated().iter().zip(&told);
    let planned: Vec<(&str, bool)> = rows
        .map(|(dated, told)| (told.what.as_str(), dated.status() == EventStatus::Planned))
        .collect();
    assert_eq!(planned, [("perhaps done", false), ("said done", true), ("denied", false)]);
}

#[test]
fn a_date_lies_in_time_as_it_was_written() {
    for (edtf, extent, length) in [
        ("2023-03-17", Extent::Date, Some(1)),
        ("2023-02", Extent::Date, Some(28)),
        ("2023-03-20/2023-03-22", Extent::Range, Some(3)),
        ("2023-02-28/2023-03-02", Extent::Range, Some(3)),
        ("[2023-03-01,2023-03-03]", Extent::Date, Some(3)),
        ("2023/..", Extent::Onward, None),
        ("2023/", Extent::Onward, None),
        ("../2023", Extent::Unplaced, None),
        ("..2022/2023", Extent::Unplaced, None),
        ("Y170000002", Extent::Unplaced, None),
        ("2023/Y170000002", Extent::Unplaced, None),
        ("-0043", Extent::Date, Some(365)),
    ] {
        let line = format!("{edtf} | it");
        let dated = Timeline::of(&corpus(vec![briefing("a", "2023", &[&line])])).dated()[0];
        assert_eq!((dated.extent(), dated.length()), (extent, length), "{edtf}");
    }
}

#[test]
fn the_period_is_that_of_known_days() {
    let period = |events: &[&str]| Timeline::of(&corpus(vec![briefing("a", "", events)])).period();
    assert_eq!(period(&[]), None);
    assert_eq!(period(&["| undated", "../2023 | open", "Y170000002 | far"]), None);
    assert_eq!(
        period(&["2022-02-24 | a", "2023-03 | b", "2021/.. | c", "../2030 | d"]),
        Some((date(2021, 1, 1), date(2023, 3, 31)))
    );
}

#[test]
fn as_of_is_the_last_day_that_a_briefing_may_mean() {
    for (issued, day) in [
        ("2023-03-17", Some(date(2023, 3, 17))),
        ("2023-03", Some(date(2023, 3, 31))),
        ("", None),
        ("2023/..", None),
    ] {
        assert_eq!(as_of(briefing("a", issued, &[]).date.as_ref()), day, "{issued}");
    }
}

proptest! {
    #[test]
    fn no_event_is_lost_and_none_goes_back_in_time(days in prop::collection::vec(1i8..=28, 0..40)) {
        let lines: Vec<String> = days.iter().map(|day| format!("2023-02-{day:02} | it")).collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let titled = |(at, events): (usize, &[&str])| briefing(&format!("{at:02}"), "2023", events);
        let corpus = corpus(lines.chunks(3).enumerate().map(titled).collect());
        let timeline = Timeline::of(&corpus);
        prop_assert_eq!(timeline.all().count(), days.len());
        prop_assert!(timeline.dated().is_sorted_by_key(Dated::earliest));
    }
}
