//! Everything that is asked at a prompt, as of one Friday and at the edges of the calendar.

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::date::bucket::Unit;

/// A Friday.
const AS_OF: Date = date(2023, 3, 17);

#[rustfmt::skip]
const ASKED: &[(&str, &str)] = &[
    ("2023-03-17", "2023-03-17"),
    ("2022-02~", "2022-02~"),
    ("2023-21", "2023-21"),
    ("2023-03-20/2023-03-22", "2023-03-20/2023-03-22"),
    ("17 March 2022", "2022-03-17"),
    ("since 2022", "2022/.."),
    ("until March 2023", "../2023-03"),
    // Without a year.
    ("mar 20-25", "2023-03-20/2023-03-25"),
    ("Mar 20 - 25", "2023-03-20/2023-03-25"),
    ("20-22 mar", "2023-03-20/2023-03-22"),
    ("20–22 mar", "2023-03-20/2023-03-22"),
    ("28 feb to 2 mar", "2023-02-28/2023-03-02"),
    ("march", "2023-03"),
    (" MARCH ", "2023-03"),
    ("20 mar", "2023-03-20"),
    ("mar 20", "2023-03-20"),
    ("20. mar", "2023-03-20"),
    ("fri 17 mar", "2023-03-17"),
    ("june", "2023-06"),
    ("sep", "2023-09"),
    ("dec", "2022-12"),
    ("24 dec", "2022-12-24"),
    ("dec to feb", "2022-12/2023-02"),
    ("dec..feb", "2022-12/2023-02"),
    ("29 feb", "2024-02-29"),
    ("20/3", "2023-03-20"),
    ("20.3", "2023-03-20"),
    ("20.3.", "2023-03-20"),
    ("3/20", "2023-03-20"),
    ("20", "2023-03-20"),
    ("20th", "2023-03-20"),
    ("20-22", "2023-03-20/2023-03-22"),
    ("~march", "2023-03~"),
    // Parts of a year.
    ("q1", "2023-33"),
    ("Q1 2022", "2022-33"),
    ("2022-q1", "2022-33"),
    ("2022q1", "2022-33"),
    ("spring 2023", "2023-21"),
    ("spring", "2023-21"),
    ("winter", "2022-24"),
    ("h1 2022", "2022-40"),
    ("w12", "2023-03-20/2023-03-26"),
    ("week 12", "2023-03-20/2023-03-26"),
    ("2023-W12", "2023-03-20/2023-03-26"),
    ("2023w12", "2023-03-20/2023-03-26"),
    ("w12 2022", "2022-03-21/2022-03-27"),
    ("week 12, 2022", "2022-03-21/2022-03-27"),
    ("week 12 of 2022", "2022-03-21/2022-03-27"),
    ("2023-w12-5", "2023-03-24"),
    ("w1", "2023-01-02/2023-01-08"),
    ("w52", "2022-12-26/2023-01-01"),
    ("2020-w53", "2020-12-28/2021-01-03"),
    // Beside the day.
    ("today", "2023-03-17"),
    ("now", "2023-03-17"),
    ("Yesterday", "2023-03-16"),
    ("tomorrow", "2023-03-18"),
    ("friday", "2023-03-17"),
    ("monday", "2023-03-13"),
    ("sat", "2023-03-11"),
    ("last friday", "2023-03-10"),
    ("last monday", "2023-03-13"),
    ("this sunday", "2023-03-19"),
    ("this monday", "2023-03-13"),
    ("next friday", "2023-03-24"),
    ("next mon", "2023-03-20"),
    ("this week", "2023-03-13/2023-03-19"),
    ("last week", "2023-03-06/2023-03-12"),
    ("next  week", "2023-03-20/2023-03-26"),
    ("last month", "2023-02"),
    ("this month", "2023-03"),
    ("next month", "2023-04"),
    ("last quarter", "2022-36"),
    ("this quarter", "2023-33"),
    ("next quarter", "2023-34"),
    ("last year", "2022"),
    ("next year", "2024"),
    ("last 7 days", "2023-03-11/2023-03-17"),
    ("the last 7 days", "2023-03-11/2023-03-17"),
    ("past 3 months", "2022-12-18/2023-03-17"),
    ("last 2 weeks", "2023-03-04/2023-03-17"),
    ("next 2 weeks", "2023-03-18/2023-03-31"),
    ("-7d", "2023-03-11/2023-03-17"),
    ("−7d", "2023-03-11/2023-03-17"),
    ("-3m", "2022-12-18/2023-03-17"),
    ("+2w", "2023-03-18/2023-03-31"),
    ("+1 year", "2023-03-18/2024-03-17"),
    ("3 days ago", "2023-03-14"),
    ("a week ago", "2023-03-06/2023-03-12"),
    ("3 months ago", "2022-12"),
    ("in 2 weeks", "2023-03-27/2023-04-02"),
    // Open ends.
    (">2023-01", "2023-02-01/.."),
    ("> jan", "2023-02-01/.."),
    (">=2023-01", "2023-01/.."),
    ("<2023-01", "../2022-12-31"),
    ("<=2023-01", "../2023-01"),
    ("since feb", "2023-02/.."),
    ("since monday", "2023-03-13/.."),
    ("since last week", "2023-03-06/.."),
    ("after 17 march", "2023-03-18/.."),
    ("before march", "../2023-02-28"),
    ("until 2023-03", "../2023-03"),
    ("until today", "../2023-03-17"),
    ("up to feb", "../2023-02"),
    ("from feb", "2023-02/.."),
    ("feb..", "2023-02/.."),
    ("..feb", "../2023-02"),
    ("from feb onwards", "2023-02/.."),
    // Ranges.
    ("2023-01..2023-03", "2023-01/2023-03"),
    ("2023-01 .. 2023-03", "2023-01/2023-03"),
    ("2023-01…2023-03", "2023-01/2023-03"),
    ("feb..mar", "2023-02/2023-03"),
    ("from feb to mar", "2023-02/2023-03"),
    ("from 5 feb to monday", "2023-02-05/2023-03-13"),
    ("monday to today", "2023-03-13/2023-03-17"),
    ("w10 to w12", "2023-03-06/2023-03-26"),
    ("w10..w12", "2023-03-06/2023-03-26"),
    ("last month to tomorrow", "2023-02/2023-03-18"),
    ("between 2023-02-20 and yesterday", "2023-02-20/2023-03-16"),
    ("24 feb 2022 to today", "2022-02-24/2023-03-17"),
];

#[test]
fn what_is_asked_becomes_explicit_days() {
    for (asked, edtf) in ASKED {
        let read = parse_asked(asked, AS_OF).map(|date| date.as_edtf().to_owned());
        assert_eq!(read.as_deref(), Ok(*edtf), "{asked}");
    }
}

#[test]
fn a_date_without_a_year_is_the_one_that_is_near() {
    for (asked, as_of, edtf) in [
        ("mar", date(2023, 6, 1), "2023-03"),
        ("jan", date(2023, 12, 10), "2024-01"),
        ("20 jan", date(2023, 9, 1), "2023-01-20"),
        ("2 jan", date(2023, 9, 20), "2024-01-02"),
        ("nov", date(2023, 3, 17), "2023-11"),
        ("winter", date(2023, 1, 5), "2022-24"),
        ("w52", date(2023, 12, 30), "2023-12-25/2023-12-31"),
        ("29 feb", date(2023, 3, 1), "2024-02-29"),
        ("29 feb", date(2021, 3, 1), "2020-02-29"),
        ("30", date(2023, 1, 5), "2023-01-30"),
    ] {
        let read = parse_asked(asked, as_of).map(|date| date.as_edtf().to_owned());
        assert_eq!(read.as_deref(), Ok(edtf), "{asked} as of {as_of}");
    }
}

#[test]
fn what_is_no_date_is_said_where_it_stands() {
    use DateProblemKind::{Impossible, Unreadable};
    for (asked, kind, span, message) in [
        ("", Unreadable, 0..0, "no date is given"),
        ("   ", Unreadable, 3..3, "no date is given"),
        ("30 feb", Impossible, 0..2, "February 2023 has 28 days"),
        ("2023-02-30", Impossible, 8..10, "February 2023 has 28 days"),
        ("w60", Impossible, 0..3, "2023 has 52 weeks, and no week 60"),
        ("2023-w53", Impossible, 0..8, "2023 has 52 weeks, and no week 53"),
        ("2023-w12-9", Impossible, 0..10, "a week has no day 9"),
        (
            " today to monday",
            Impossible,
            1..16,
            "the range ends (13 March 2023) before it begins (17 March 2023)",
        ),
        ("putin", Unreadable, 0..5, "this is not understood as part of a date"),
        ("since putin", Unreadable, 0..5, "this is not understood as part of a date"),
        ("last putin", Unreadable, 0..4, "this is not understood as part of a date"),
    ] {
        let problem = parse_asked(asked, AS_OF).unwrap_err();
        assert_eq!((problem.kind, problem.message.as_str()), (kind, message), "{asked}");
        assert_eq!(problem.span, span, "{asked}");
        assert_eq!(problem.replacement, None);
        let help = problem.help.unwrap_or_default();
        assert_eq!(help.contains("last week"), kind == Unreadable, "{asked}: {help}");
    }
}

#[test]
fn the_examples_are_understood() {
    for (form, meaning) in ASKED_EXAMPLES {
        assert!(parse_asked(form, AS_OF).is_ok() && !meaning.is_empty(), "{form}");
    }
}

#[test]
fn the_edges_of_the_calendar_are_no_trouble() {
    for (asked, _) in ASKED {
        for as_of in [Date::MIN, Date::MAX, date(0, 1, 1), date(1, 1, 1), date(9999, 12, 31)] {
            if let Ok(date) = parse_asked(asked, as_of) {
                assert!(date.earliest() <= date.latest(), "{asked} as of {as_of}");
            }
        }
    }
}

fn asked_like() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "last",
        "next",
        "this",
        "7",
        "20",
        "2023",
        "days",
        "week",
        "w12",
        "w",
        "q1",
        "mar",
        "feb",
        "to",
        "..",
        "-",
        "+",
        "since",
        "until",
        ">",
        "<=",
        "monday",
        "today",
        "ago",
        "in",
        "/",
        "–",
        "from",
        "between",
        "and",
        "2023-03-17",
        "é",
        "…",
        "99999999999999999999",
        "spring",
        "-7d",
        "~",
        "?",
        ",",
        ".",
        "before",
        "x",
    ]);
    (prop::collection::vec((word, prop::bool::ANY), 0..7)).prop_map(|words| {
        words
            .into_iter()
            .map(|(word, space)| if space { format!("{word} ") } else { word.to_owned() })
            .collect()
    })
}

proptest! {
    #[test]
    fn whatever_is_typed_is_a_date_or_a_problem_within_it(
        asked in prop_oneof![asked_like(), "\\PC{0,24}"],
        day in 1i8..=28, month in 1i8..=12, year in prop_oneof![-9999i16..=9999, 1990i16..=2030],
    ) {
        match parse_asked(&asked, date(year, month, day)) {
            Ok(read) => {
                prop_assert!(read.earliest() <= read.latest());
                prop_assert_eq!(EdtfDate::parse(read.as_edtf()), Ok(read.clone()));
            }
            Err(problem) => {
                prop_assert!(problem.span.start <= problem.span.end && problem.span.end <= asked.len());
                prop_assert!(asked.get(problem.span).is_some());
            }
        }
    }

    #[test]
    fn a_relative_date_moves_with_the_day(year in 1000i16..=3000, month in 1i8..=12, day in 1i8..=28) {
        let as_of = date(year, month, day);
        let read = |asked: &str| parse_asked(asked, as_of).unwrap();
        let days = |date: &EdtfDate| (date.earliest().clamped(), date.latest().clamped());
        let week = days(&read("this week"));
        prop_assert!(week.0 <= as_of && as_of <= week.1);
        prop_assert_eq!(week.0, crate::date::bucket::Bucket::containing(as_of, Unit::Week).first_day());
        prop_assert_eq!(days(&read("last week")).1.tomorrow().unwrap(), week.0);
        prop_assert_eq!(days(&read("next week")).0, week.1.tomorrow().unwrap());
        prop_assert_eq!(days(&read("last 7 days")), (crate::date::days::later(as_of, -6), as_of));
        let monday = days(&read("monday")).0;
        prop_assert!(monday <= as_of && crate::date::days::between(monday, as_of) < 7);
    }
}
