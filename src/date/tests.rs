//! Strict EDTF: what every form means, and that edtf-core is to be trusted with it.

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use Precision::{Day, Decade, Month, Season, Time, Year};

/// EDTF; earliest, latest; precision; `~` approximate, `?` uncertain, `/` span; words; short words.
type Case =
    (&'static str, &'static str, &'static str, Precision, &'static str, &'static str, &'static str);

#[rustfmt::skip]
const CASES: &[Case] = &[
    // Level 0
    ("2023-03-17", "2023-03-17", "2023-03-17", Day, "", "17 March 2023", "17 Mar"),
    ("2023-03", "2023-03-01", "2023-03-31", Month, "", "March 2023", "Mar"),
    ("2024-02", "2024-02-01", "2024-02-29", Month, "", "February 2024", "Feb"),
    ("2023", "2023-01-01", "2023-12-31", Year, "", "2023", "2023"),
    ("0985", "0985-01-01", "0985-12-31", Year, "", "985", "985"),
    ("2023-03-17T14:05:00+03:00", "2023-03-17", "2023-03-17", Time, "", "17 March 2023, 14:05 (+03:00)", "17 Mar"),
    ("2023-03-17T23:30:00-05", "2023-03-17", "2023-03-17", Time, "", "17 March 2023, 23:30 (-05)", "17 Mar"),
    ("2023-03-17T14:05:30Z", "2023-03-17", "2023-03-17", Time, "", "17 March 2023, 14:05:30 (UTC)", "17 Mar"),
    ("2023-03-17T14:05:00", "2023-03-17", "2023-03-17", Time, "", "17 March 2023, 14:05", "17 Mar"),
    ("2023-03-20/2023-03-22", "2023-03-20", "2023-03-22", Day, "/", "20–22 March 2023", "20–22 Mar"),
    ("2023-02-28/2023-03-02", "2023-02-28", "2023-03-02", Day, "/", "28 February – 2 March 2023", "28 Feb–2 Mar"),
    ("2022-12-28/2023-01-02", "2022-12-28", "2023-01-02", Day, "/", "28 December 2022 – 2 January 2023", "28 Dec–2 Jan"),
    ("2021-12-28/2023-01-02", "2021-12-28", "2023-01-02", Day, "/", "28 December 2021 – 2 January 2023", "28 Dec 2021–2 Jan 2023"),
    ("2023-03-20/2023-03-20", "2023-03-20", "2023-03-20", Day, "/", "20 March 2023", "20 Mar"),
    ("2023-02/2023-03", "2023-02-01", "2023-03-31", Month, "/", "February–March 2023", "Feb–Mar"),
    ("2022-12/2023-01", "2022-12-01", "2023-01-31", Month, "/", "December 2022 – January 2023", "Dec–Jan"),
    ("2022/2023", "2022-01-01", "2023-12-31", Year, "/", "2022–2023", "2022–2023"),
    ("2023-03-20/2023-04", "2023-03-20", "2023-04-30", Month, "/", "20 March 2023 – April 2023", "20 Mar–Apr"),
    // Level 1
    ("Y170000002", "9999-12-31", "9999-12-31", Year, "", "170,000,002", "170,000,002"),
    ("Y-170000002", "-9999-01-01", "-9999-01-01", Year, "", "170,000,003 BC", "170,000,003 BC"),
    ("-0043", "-0043-01-01", "-0043-12-31", Year, "", "44 BC", "44 BC"),
    ("0000", "0000-01-01", "0000-12-31", Year, "", "1 BC", "1 BC"),
    ("2023-21", "2023-03-01", "2023-05-31", Season, "", "spring 2023", "spring"),
    ("2023-22", "2023-06-01", "2023-08-31", Season, "", "summer 2023", "summer"),
    ("2023-23", "2023-09-01", "2023-11-30", Season, "", "autumn 2023", "autumn"),
    ("2023-24", "2023-12-01", "2024-02-29", Season, "", "winter 2023–24", "winter"),
    ("2022-02~", "2022-02-01", "2022-02-28", Month, "~", "about February 2022", "~Feb"),
    ("2023-03-17?", "2023-03-17", "2023-03-17", Day, "?", "perhaps 17 March 2023", "17 Mar?"),
    ("2022%", "2022-01-01", "2022-12-31", Year, "~?", "perhaps about 2022", "~2022?"),
    ("201X", "2010-01-01", "2019-12-31", Decade, "", "the 2010s", "2010s"),
    ("20XX", "2000-01-01", "2099-12-31", Decade, "", "the years 2000–2099", "20XX"),
    ("XXXX", "0000-01-01", "9999-12-31", Decade, "", "an unknown year", "XXXX"),
    ("2023-XX", "2023-01-01", "2023-12-31", Year, "", "2023, month unknown", "2023"),
    ("2023-03-XX", "2023-03-01", "2023-03-31", Month, "", "March 2023, day unknown", "Mar"),
    ("2023-XX-XX", "2023-01-01", "2023-12-31", Year, "", "2023, day unknown", "2023"),
    ("../2023", "-inf", "2023-12-31", Year, "/", "until 2023", "until 2023"),
    ("2022/..", "2022-01-01", "inf", Year, "/", "from 2022 on", "from 2022"),
    ("/2023-03", "-inf", "2023-03-31", Month, "/", "until March 2023, start unknown", "until Mar"),
    ("2023-03-17/", "2023-03-17", "inf", Day, "/", "from 17 March 2023, end unknown", "from 17 Mar"),
    ("2023-03-20~/2023-03-22~", "2023-03-20", "2023-03-22", Day, "~/", "about 20–22 March 2023", "~20–22 Mar"),
    ("2023-03-20/2023-03-22?", "2023-03-20", "2023-03-22", Day, "?/", "20 March 2023 – perhaps 22 March 2023", "20 Mar–22 Mar?"),
    // Level 2
    ("Y17E7", "9999-12-31", "9999-12-31", Year, "", "170,000,000", "170,000,000"),
    ("Y1E40", "9999-12-31", "9999-12-31", Year, "", "the year 1E40", "1E40"),
    ("1950S2", "1900-01-01", "1999-12-31", Decade, "", "about 1950", "1950"),
    ("Y171010000S3", "9999-12-31", "9999-12-31", Decade, "", "about 171,010,000", "171,010,000"),
    ("2023-25", "2023-03-01", "2023-05-31", Season, "", "northern spring 2023", "northern spring"),
    ("2023-32", "2023-06-01", "2023-08-31", Season, "", "southern winter 2023", "southern winter"),
    ("2023-33", "2023-01-01", "2023-03-31", Season, "", "Q1 2023", "Q1"),
    ("2023-36~", "2023-10-01", "2023-12-31", Season, "~", "about Q4 2023", "~Q4"),
    ("2023-38", "2023-05-01", "2023-08-31", Season, "", "second third of 2023", "second third"),
    ("2023-41", "2023-07-01", "2023-12-31", Season, "", "second half of 2023", "second half"),
    ("2023-33/2023-35", "2023-01-01", "2023-09-30", Season, "/", "Q1 – Q3 2023", "Q1–Q3"),
    ("2023-1X", "2023-10-01", "2023-12-31", Year, "", "between 1 October 2023 and 31 December 2023", "2023"),
    ("2023-03-1X", "2023-03-10", "2023-03-19", Month, "", "between 10 March 2023 and 19 March 2023", "Mar"),
    ("2X23", "2023-01-01", "2923-12-31", Decade, "", "2X23", "2X23"),
    ("201X-12-24", "2010-12-24", "2019-12-24", Decade, "", "24 December in the 2010s", "24 Dec"),
    ("2023-03-~17", "2023-03-17", "2023-03-17", Day, "~", "about 17 March 2023", "~17 Mar"),
    ("2023?-03-17", "2023-03-17", "2023-03-17", Day, "?", "17 March 2023 (year uncertain)", "17 Mar?"),
    ("[2020,2022]", "2020-01-01", "2022-12-31", Year, "/", "2020 or 2022", "2020 or 2022"),
    ("{2023-03-17,2023-03-20..2023-03-22}", "2023-03-17", "2023-03-22", Day, "/", "17 March 2023 and 20–22 March 2023", "17 Mar, 20–22 Mar"),
    ("[..2020,2022-03,2023..]", "-inf", "inf", Year, "/", "2020 or before, March 2022 or 2023 or later", "until 2020 … from 2023"),
    ("{2001,2002,2003,2004,2005,2006,2007}", "2001-01-01", "2007-12-31", Year, "/", "2001, 2002, 2003, 2004, 2005 and 2 more", "2001 … 2007"),
    ("..2022/2023", "-inf", "2023-12-31", Year, "/", "from 2022 or before to 2023", "2022–2023"),
    ("2023-XX/2024", "2023-01-01", "2024-12-31", Year, "/", "2023, month unknown – 2024", "2023–2024"),
];

fn flags(date: &EdtfDate) -> String {
    let flags = [(date.is_approximate(), '~'), (date.is_uncertain(), '?'), (date.is_span(), '/')];
    flags.into_iter().filter(|(is, _)| *is).map(|(_, sign)| sign).collect()
}

#[test]
fn every_form_of_edtf_means_what_the_standard_says() {
    for &(edtf, earliest, latest, precision, marks, words, short) in CASES {
        let date = EdtfDate::parse(edtf).unwrap_or_else(|error| panic!("{edtf}: {error}"));
        assert_eq!(date.earliest().to_string(), earliest, "earliest of {edtf}");
        assert_eq!(date.latest().to_string(), latest, "latest of {edtf}");
        assert_eq!(date.precision(), precision, "precision of {edtf}");
        assert_eq!(flags(&date), marks, "flags of {edtf}");
        assert_eq!(date.in_words(), words, "words of {edtf}");
        assert_eq!(date.short_words(), short, "short words of {edtf}");
        assert_eq!(date.to_string(), edtf);
        assert_eq!(EdtfDate::parse(date.as_edtf()), Ok(date), "round trip of {edtf}");
    }
}

#[test]
fn what_is_not_edtf_is_refused_at_its_byte() {
    for (text, offset) in [
        ("", 0),
        ("17 March 2023", 2),
        ("2023-3-17", 6),
        ("2023-02-30", 8),
        ("2023-13-01", 5),
        ("1900-02-29", 8),
        ("2023-03-22/2023-03-20", 11),
        ("Y1E40/2023", 0),
        ("2023-03-17T14:05", 11),
        ("2023-03-17T24:00:00", 11),
        ("2023-03-17T14:05:00/2023-03-18", 10),
        ("2023-21-03", 8),
        ("../..", 0),
        ("{}", 1),
        ("２０２３", 0),
    ] {
        let error = EdtfDate::parse(text).expect_err(text);
        assert_eq!(error.offset, offset, "{text}: {error}");
    }
    let long = format!("{{{}2023}}", "2023,".repeat(500_000));
    assert_eq!(EdtfDate::parse(&long).map_err(|error| error.offset), Err(0));
}

#[test]
fn a_day_is_the_same_however_it_comes_about() {
    for (day, edtf) in [
        (date(2023, 3, 17), "2023-03-17"),
        (date(-43, 3, 15), "-0043-03-15"),
        (Date::MIN, "-9999-01-01"),
    ] {
        assert_eq!(EdtfDate::day(day).as_edtf(), edtf);
        assert_eq!(EdtfDate::parse(edtf), Ok(EdtfDate::day(day)));
    }
    assert_eq!(EdtfDate::parse("?2023-?03-?17"), EdtfDate::parse("2023-03-17?"));
}

#[test]
fn a_date_time_keeps_its_clock_and_its_zone_as_written() {
    let clock = |edtf: &str| EdtfDate::parse(edtf).unwrap().clock();
    assert_eq!(clock("2023-03-17"), None);
    for (zone, shift) in [
        ("", None),
        ("Z", Some(Shift::Utc)),
        ("+03", Some(Shift::Offset { minutes: 180, hours_only: true })),
        ("-03:30", Some(Shift::Offset { minutes: -210, hours_only: false })),
    ] {
        let time = ClockTime { hour: 23, minute: 5, second: 9, shift };
        assert_eq!(clock(&format!("2023-03-17T23:05:09{zone}")), Some(time));
        assert_eq!(time.to_string(), format!("23:05:09{zone}"));
    }
}

#[test]
fn the_weekday_is_said_of_one_sure_day_only() {
    for (edtf, weekday) in [
        ("2023-03-17", Some("Friday")),
        ("2023-03-19T23:30:00-11:00", Some("Sunday")),
        ("2022-02-24", Some("Thursday")),
        ("2023-03-17?", None),
        ("2023-03-17~", None),
        ("2023-03", None),
        ("2023-03-20/2023-03-20", None),
        ("[2023-03-20]", None),
        ("201X-12-24", None),
        ("Y170000002", None),
    ] {
        assert_eq!(EdtfDate::parse(edtf).unwrap().weekday_in_words(), weekday, "{edtf}");
    }
}

#[test]
fn an_interval_gives_its_ends() {
    let parse = |edtf: &str| EdtfDate::parse(edtf).unwrap();
    let (day, month) = (parse("2023-03-20"), parse("2023-04~"));
    assert_eq!(parse("2023-03-20/2023-04~").ends(), Some((Some(day.clone()), Some(month.clone()))));
    assert_eq!(parse("2023-03-20/..").ends(), Some((Some(day), None)));
    assert_eq!(parse("/2023-04~").ends(), Some((None, Some(month))));
    assert_eq!(parse("2023-03-20").ends(), None);
    assert_eq!(parse("{2020,2021}").ends(), None);
}

#[test]
fn years_beyond_four_digits_are_written_out_in_iso() {
    for (edtf, earliest, latest) in [
        ("2023-03", "2023-03-01", "2023-03-31"),
        ("../2023", "-inf", "2023-12-31"),
        ("Y170000002", "Y170000002", "Y170000002"),
        ("Y-17E7/2023", "Y-170000000", "2023-12-31"),
        ("-9999-24/Y12345S2", "-9999-12-01", "Y12999"),
        ("Y1E40", "inf", "inf"),
    ] {
        let date = EdtfDate::parse(edtf).unwrap();
        assert_eq!(
            (date.earliest_in_iso().as_str(), date.latest_in_iso().as_str()),
            (earliest, latest)
        );
    }
}

#[test]
fn timelines_sort_what_contains_before_what_is_in_it() {
    let order = [
        "../2023",
        "2022/..",
        "2022",
        "2022-12-31",
        "2023/2024",
        "2023",
        "2023-33",
        "2023-01",
        "2023-01-01/2023-01-07",
        "2023-01-01",
        "2023-01-01T09:00:00Z",
        "2023-01-01T14:05:00+03:00",
        "2023-01-02",
        "2023-02",
    ];
    let mut dates: Vec<_> = order.iter().rev().map(|edtf| EdtfDate::parse(edtf).unwrap()).collect();
    dates.sort_by_key(EdtfDate::sort_key);
    let sorted: Vec<_> = dates.iter().map(EdtfDate::as_edtf).collect();
    assert_eq!(sorted, order);
}

/// Texts near EDTF: its signs and digits in an order that often means something.
pub(super) fn edtf_like() -> impl Strategy<Value = String> {
    let date = || "[?~%]?-?[0-9X]{3}[0-9X](S[1-4])?[?~%]?(-[?~%]?[0-4X][0-9X][?~%]?(-[0-3X][0-9X][?~%]?)?)?";
    let year = || "Y-?[1-9][0-9]{3,9}(E[0-9]{1,2})?(S[1-9])?";
    let one = || prop_oneof![5 => date(), 1 => year()];
    let dot = || prop::sample::select(vec!["", "", "", ".."]);
    prop_oneof![
        one(),
        "[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9](Z|[+-][01][0-9](:[0-5][0-9])?)?",
        (dot(), one(), one(), dot()).prop_map(|(a, b, c, d)| format!("{a}{b}/{c}{d}")),
        (one(), dot()).prop_map(|(a, b)| format!("{a}/{b}")),
        (dot(), one()).prop_map(|(a, b)| format!("{a}/{b}")),
        prop::collection::vec((dot(), one(), dot()), 1..4).prop_map(|members| {
            let members: Vec<_> =
                members.into_iter().map(|(a, b, c)| format!("{a}{b}{c}")).collect();
            format!("{{{}}}", members.join(","))
        }),
    ]
}

proptest! {
    #[test]
    fn what_parses_is_ordered_and_returns_from_its_edtf(text in edtf_like()) {
        if let Ok(date) = EdtfDate::parse(&text) {
            prop_assert!(date.earliest() <= date.latest());
            prop_assert_eq!(EdtfDate::parse(date.as_edtf()), Ok(date.clone()));
            prop_assert!(!date.in_words().is_empty());
            prop_assert!(!date.short_words().is_empty());
        }
    }

    #[test]
    fn a_civil_day_is_its_own_bounds(offset in 0i64..7_304_483) {
        let day = days::later(Date::MIN, offset);
        let date = EdtfDate::day(day);
        prop_assert_eq!(EdtfDate::parse(date.as_edtf()), Ok(date.clone()));
        prop_assert_eq!(date.earliest(), Bound::Day(day));
        prop_assert_eq!(date.latest(), Bound::Day(day));
    }

    #[test]
    fn parsing_never_panics(text in any::<String>()) {
        if let Err(error) = EdtfDate::parse(&text) {
            prop_assert!(error.offset <= text.len());
        }
    }
}
