//! Every form that people write, and what is said of it.

use proptest::prelude::*;

use super::DateProblemKind::{Ambiguous, HandWritten, Impossible, Unreadable};
use super::*;
use crate::date::tests::edtf_like;

fn problem(text: &str) -> DateProblem {
    read_date(text).problem.unwrap_or_else(|| panic!("{text} is read without a problem"))
}

#[test]
fn edtf_is_read_without_remark() {
    for text in [
        "2023-03-17",
        "2023-03",
        "2022/2023",
        "2022-02~",
        "2023-21",
        "../2023",
        "201X",
        "2023-03-17T14:05:00+03:00",
        "~2022",
        "  2023-03-17\n",
    ] {
        let date = EdtfDate::parse(text.trim()).ok();
        assert_eq!(read_date(text), DateReading { date, problem: None }, "{text}");
    }
}

#[rustfmt::skip]
const BY_HAND: &[(&str, &str)] = &[
    ("17 March 2023", "2023-03-17"),
    ("17 Mar 2023", "2023-03-17"),
    ("17 Mar. 2023", "2023-03-17"),
    ("17 march 2023", "2023-03-17"),
    ("17 MARCH 2023", "2023-03-17"),
    ("17-Mar-2023", "2023-03-17"),
    ("March 17, 2023", "2023-03-17"),
    ("Mar 17 2023", "2023-03-17"),
    ("March 17th, 2023", "2023-03-17"),
    ("17th March 2023", "2023-03-17"),
    ("the 17th of March 2023", "2023-03-17"),
    ("on 1st May, 2023", "2023-05-01"),
    ("2023 March 17", "2023-03-17"),
    ("Friday, 17 March 2023", "2023-03-17"),
    ("Fri, 17 Mar 2023", "2023-03-17"),
    ("Fri 17 Mar 2023", "2023-03-17"),
    ("17\u{a0}March\u{a0}2023", "2023-03-17"),
    ("March 2023", "2023-03"),
    ("Mar 2023", "2023-03"),
    ("Sept. 2023", "2023-09"),
    ("March, 2023", "2023-03"),
    ("2023 March", "2023-03"),
    ("2023/3/17", "2023-03-17"),
    ("2023-3-17", "2023-03-17"),
    ("2023/03/17", "2023-03-17"),
    ("2023.03.17", "2023-03-17"),
    ("20230317", "2023-03-17"),
    ("2023–03–17", "2023-03-17"),
    ("17.3.2023", "2023-03-17"),
    ("17. 3. 2023", "2023-03-17"),
    ("17/03/2023", "2023-03-17"),
    ("17-03-2023", "2023-03-17"),
    ("3/17/2023", "2023-03-17"),
    ("03/03/2023", "2023-03-03"),
    ("2023/3", "2023-03"),
    ("2023/03", "2023-03"),
    ("2023-3", "2023-03"),
    ("03.2023", "2023-03"),
    ("3/2023", "2023-03"),
    ("20-22 March 2023", "2023-03-20/2023-03-22"),
    ("20–22 March 2023", "2023-03-20/2023-03-22"),
    ("20 - 22 March 2023", "2023-03-20/2023-03-22"),
    ("20/22 March 2023", "2023-03-20/2023-03-22"),
    ("March 20-22, 2023", "2023-03-20/2023-03-22"),
    ("March 20 to 22, 2023", "2023-03-20/2023-03-22"),
    ("20 to 22 March 2023", "2023-03-20/2023-03-22"),
    ("from 20 to 22 March 2023", "2023-03-20/2023-03-22"),
    ("between 20 and 22 March 2023", "2023-03-20/2023-03-22"),
    ("28 Feb - 2 Mar 2023", "2023-02-28/2023-03-02"),
    ("28 Feb 2023 - 2 Mar", "2023-02-28/2023-03-02"),
    ("28 February – 2 March 2023", "2023-02-28/2023-03-02"),
    ("28 Dec 2022 - 2 Jan 2023", "2022-12-28/2023-01-02"),
    ("2023-03-20 - 2023-03-22", "2023-03-20/2023-03-22"),
    ("2023-03-20 / 2023-03-22", "2023-03-20/2023-03-22"),
    ("2023-03-20–2023-03-22", "2023-03-20/2023-03-22"),
    ("2023-03-20 until 2023-03-22", "2023-03-20/2023-03-22"),
    ("2023-03-20/22", "2023-03-20/2023-03-22"),
    ("2023-03-20/04-02", "2023-03-20/2023-04-02"),
    ("20.-22.3.2023", "2023-03-20/2023-03-22"),
    ("20.3. - 22.3.2023", "2023-03-20/2023-03-22"),
    ("17/03/2023 - 03/04/2023", "2023-03-17/2023-04-03"),
    ("03/04/2023 - 3/17/2023", "2023-03-04/2023-03-17"),
    ("March-April 2023", "2023-03/2023-04"),
    ("March 2023 - April 2023", "2023-03/2023-04"),
    ("2022-2023", "2022/2023"),
    ("2022 – 2023", "2022/2023"),
    ("since 2022", "2022/.."),
    ("from March 2022 on", "2022-03/.."),
    ("from 2022", "2022/.."),
    ("2022 - present", "2022/.."),
    ("until March 2023", "../2023-03"),
    ("../17 March 2023", "../2023-03-17"),
    ("c. 2022", "2022~"),
    ("c 2022", "2022~"),
    ("ca. 2022", "2022~"),
    ("circa 2022", "2022~"),
    ("about March 2023", "2023-03~"),
    ("about 20-22 March 2023", "2023-03-20~/2023-03-22~"),
    ("c. 2020 - 2022?", "2020%/2022%"),
    ("~ March 2023", "2023-03~"),
    ("2023/3/17~", "2023-03-17~"),
    ("17 March 2023?", "2023-03-17?"),
    ("17 March 2023 (?)", "2023-03-17?"),
    ("perhaps 17 March 2023", "2023-03-17?"),
    ("March 2023%", "2023-03%"),
    ("spring 2023", "2023-21"),
    ("Autumn of 2023", "2023-23"),
    ("fall 2023", "2023-23"),
    ("Q1 2023", "2023-33"),
    ("2023-Q4", "2023-36"),
    ("H2 2023", "2023-41"),
    ("the 2010s", "201X"),
    ("about the 1990s", "199X~"),
    ("2023-03-17 14:05", "2023-03-17T14:05:00"),
    ("2023-03-17T14:05", "2023-03-17T14:05:00"),
    ("2023-03-17T14:05Z", "2023-03-17T14:05:00Z"),
    ("2023-03-17t14:05:30z", "2023-03-17T14:05:30Z"),
    ("2023-03-17 14:05 +03:00", "2023-03-17T14:05:00+03:00"),
    ("2023-03-17 14:05:00 UTC", "2023-03-17T14:05:00Z"),
    ("2023-03-17 14:05 UTC+3", "2023-03-17T14:05:00+03:00"),
    ("2023-03-17T9:05-0330", "2023-03-17T09:05:00-03:30"),
    ("17 March 2023, 14:05", "2023-03-17T14:05:00"),
    ("17 March 2023 at 14:05", "2023-03-17T14:05:00"),
    ("Fri, 17 Mar 2023 14:05:00 +0300", "2023-03-17T14:05:00+03:00"),
    ("Fri, 17 Mar 2023 14:05:00 -0000", "2023-03-17T14:05:00Z"),
];

#[test]
fn what_people_write_is_read_and_put_right() {
    for &(text, edtf) in BY_HAND {
        let reading = read_date(text);
        let date = reading.date.as_ref().map(EdtfDate::as_edtf);
        assert_eq!(date, Some(edtf), "{text}: {:?}", reading.problem);
        let problem = problem(text);
        assert_eq!(problem.kind, HandWritten, "{text}");
        assert_eq!(problem.span, 0..text.len(), "{text}");
        assert_eq!(problem.replacement.as_deref(), Some(edtf), "{text}");
        assert_eq!(problem.help.as_deref(), Some(format!("write it `{edtf}`").as_str()));
    }
    let message = "a date written by hand, read as 17 March 2023";
    assert_eq!(problem(" 17.3.2023 ").message, message);
    assert_eq!(problem(" 17.3.2023 ").span, 1..10);
}

#[test]
fn what_leaves_a_doubt_is_read_and_not_put_right() {
    #[rustfmt::skip]
    let cases = [
        ("03/04/2023", "2023-04-03", Ambiguous,
         "day or month may stand first; read as 3 April 2023, the day first",
         "write it `2023-04-03`, or `2023-03-04` if the month stands first"),
        ("3.4.2023", "2023-04-03", Ambiguous,
         "day or month may stand first; read as 3 April 2023, the day first",
         "write it `2023-04-03`, or `2023-03-04` if the month stands first"),
        ("03/04/2023 14:05", "2023-04-03T14:05:00", Ambiguous,
         "day or month may stand first; read as 3 April 2023, 14:05, the day first",
         "write it `2023-04-03T14:05:00`, or `2023-03-04T14:05:00` if the month stands first"),
        ("03/04/2023 - 05/04/2023", "2023-04-03/2023-04-05", Ambiguous,
         "day or month may stand first; read as 3–5 April 2023, the day first",
         "write it `2023-04-03/2023-04-05`, or `2023-03-04/2023-05-04` if the month stands first"),
        ("since 03/04/2023", "2023-04-03/..", Ambiguous,
         "day or month may stand first; read as from 3 April 2023 on, the day first",
         "write it `2023-04-03/..`, or `2023-03-04/..` if the month stands first"),
        ("Thursday 17 March 2023", "2023-03-17", Ambiguous,
         "the weekday and the date do not agree; read as 17 March 2023, a Friday",
         "write it `2023-03-17`"),
        ("28 Dec - 2 Jan 2023", "2022-12-28/2023-01-02", Ambiguous,
         "one end has no year; read as 28 December 2022 – 2 January 2023, across the turn of the year",
         "write it `2022-12-28/2023-01-02`"),
        ("28 Dec 2022 - 2 Jan", "2022-12-28/2023-01-02", Ambiguous,
         "one end has no year; read as 28 December 2022 – 2 January 2023, across the turn of the year",
         "write it `2022-12-28/2023-01-02`"),
        ("2023-03-17T14:05:30.123Z", "2023-03-17T14:05:30Z", HandWritten,
         "a date written by hand, read as 17 March 2023, 14:05:30 (UTC); EDTF has no parts of a second",
         "write it `2023-03-17T14:05:30Z`"),
        ("2023-03-17T14:05:00+03:00[Europe/Moscow]", "2023-03-17T14:05:00+03:00", HandWritten,
         "a date written by hand, read as 17 March 2023, 14:05 (+03:00); EDTF has the offset of a zone, not its name",
         "write it `2023-03-17T14:05:00+03:00`"),
    ];
    for (text, edtf, kind, message, help) in cases {
        let date = read_date(text).date;
        assert_eq!(date.as_ref().map(EdtfDate::as_edtf), Some(edtf), "{text}");
        let problem = problem(text);
        assert_eq!((problem.kind, problem.message.as_str()), (kind, message), "{text}");
        assert_eq!(problem.help.as_deref(), Some(help), "{text}");
        assert_eq!(problem.replacement, None, "{text}");
        assert_eq!(problem.span, 0..text.len(), "{text}");
    }
}

#[test]
fn what_no_calendar_has_is_said_and_not_read() {
    for (text, wrong, message) in [
        ("2023-02-30", "30", "February 2023 has 28 days"),
        ("2024-02-30", "30", "February 2024 has 29 days"),
        (" 2023-02-30~", "30", "February 2023 has 28 days"),
        ("2023-02-00", "00", "February 2023 has 28 days"),
        ("31 April 2023", "31", "April 2023 has 30 days"),
        ("April 31, 2023", "31", "April 2023 has 30 days"),
        ("31.4.2023", "31", "April 2023 has 30 days"),
        ("20230431", "31", "April 2023 has 30 days"),
        ("2023-13-01", "13", "there is no month 13"),
        ("2023-00", "00", "there is no month 0"),
        ("2023-45", "45", "there is no month 45"),
        ("20/22/2023", "22", "there is no month 22"),
        ("20-2023", "20", "there is no month 20"),
        ("30-31 February 2023", "30", "February 2023 has 28 days"),
        ("2023-02-20/2023-02-30", "30", "February 2023 has 28 days"),
        ("../2023-02-30", "30", "February 2023 has 28 days"),
        ("2023-02-30/..", "30", "February 2023 has 28 days"),
        ("2023-02-30T14:05:00Z", "30", "February 2023 has 28 days"),
        (
            "2023-03-22/2023-03-20",
            "2023-03-20",
            "the range ends (20 March 2023) before it begins (22 March 2023)",
        ),
        (
            "22-20 March 2023",
            "20 March 2023",
            "the range ends (20 March 2023) before it begins (22 March 2023)",
        ),
        ("2023/2022", "2022", "the range ends (2022) before it begins (2023)"),
        ("2023-03-17T24:00:00Z", "24", "there is no hour 24"),
        ("2023-03-17 14:60", "60", "there is no minute 60"),
        ("2023-03-17 14:05:00+15:00", "+15:00", "no zone is further from UTC than 14:00"),
        ("2023-02-3X", "3X", "day is out of range for the month"),
        ("{2023,2023-02-30}", "30}", "day is out of range for the month"),
    ] {
        let (date, problem) = (read_date(text).date, problem(text));
        assert_eq!(date, None, "{text}");
        assert_eq!((problem.kind, problem.message.as_str()), (Impossible, message), "{text}");
        assert_eq!(&text[problem.span], wrong, "{text}");
        assert_eq!(problem.replacement, None, "{text}");
    }
}

#[test]
fn what_is_no_date_says_where_it_stops_being_one() {
    for (text, wrong, message) in [
        ("", "", "no date is given"),
        ("  ", "", "no date is given"),
        ("soon", "soon", "this is not understood as part of a date"),
        ("17 marzo 2023", "marzo", "this is not understood as part of a date"),
        ("17 марта 2023", "марта", "this is not understood as part of a date"),
        ("2023-03-17!", "!", "this is not understood as part of a date"),
        ("\u{1b}[31m2023", "\u{1b}", "this is not understood as part of a date"),
        ("17 March", "17 March", "the year is missing"),
        ("20-22 March", "20-22 March", "the year is missing"),
        ("17/03/23", "17/03/23", "the year needs four digits"),
        ("17 March 23", "17 March 23", "the year needs four digits"),
        ("2023-03-20-", "2023-03-20-", "this is not understood as a date"),
        ("March", "March", "the year is missing"),
        ("March 2023 14:05", "March 2023", "a time of day belongs to one exact day"),
        ("2023-03-17 14:05 MSK", "MSK", "this is not understood as a zone of the time"),
        (
            "2023-03-17T10:00/2023-03-18T11:00",
            "/2023-03-18T11:00",
            "a range of dates has no times of day",
        ),
        ("201X-0X-XXX", "X", "unexpected characters after day"),
        ("14:05", "14:05", "a time of day belongs to one day, and this is not read as one"),
    ] {
        let (date, problem) = (read_date(text).date, problem(text));
        assert_eq!(date, None, "{text}");
        assert_eq!(problem.message, message, "{text}");
        assert_eq!(&text[problem.span], wrong, "{text}");
        assert_eq!(problem.kind, Unreadable, "{text}");
        assert!(problem.help.is_some(), "{text}");
    }
    let long = "2023 ".repeat(100_000) + "!";
    assert_eq!(problem(&long).kind, Unreadable);
}

fn check(text: &str) -> Result<(), TestCaseError> {
    let reading = read_date(text);
    if let Some(date) = &reading.date {
        prop_assert!(date.earliest() <= date.latest());
        prop_assert_eq!(&EdtfDate::parse(date.as_edtf()), &Ok(date.clone()));
    }
    let Some(problem) = reading.problem else {
        prop_assert!(reading.date.is_some());
        return Ok(());
    };
    prop_assert!(text.get(problem.span.clone()).is_some(), "{:?}", problem.span);
    prop_assert!(!problem.message.ends_with('.'));
    let refused = matches!(problem.kind, Impossible | Unreadable);
    prop_assert_eq!(reading.date.is_none(), refused);
    if let Some(edtf) = problem.replacement {
        prop_assert_eq!(EdtfDate::parse(&edtf).ok(), reading.date);
    }
    Ok(())
}

/// Words and signs of dates in any order.
fn hand_like() -> impl Strategy<Value = String> {
    let words = vec![
        "17", "3", "03", "31", "2023", "2022", "20230317", "2010s", "March", "feb.", "Fri,", "Q1",
        "spring", "c.", "about", "perhaps", "?", "~", "%", "-", "–", "/", ".", "..", ",", " ", " ",
        " ", "to", "from", "until", "since", "between", "and", "on", "now", "the", "of", "th", "T",
        "14:05", ":30", "Z", "+03:00", "[", "(MSK)", "X", "ß", "é",
    ];
    prop::collection::vec(prop::sample::select(words), 0..9).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text_is_a_date_in_order_or_a_problem(text in any::<String>()) {
        check(&text)?;
    }

    #[test]
    fn any_words_of_dates_are_a_date_in_order_or_a_problem(text in hand_like()) {
        check(&text)?;
    }

    #[test]
    fn anything_like_edtf_is_a_date_in_order_or_a_problem(text in edtf_like()) {
        check(&text)?;
    }

    #[test]
    fn a_date_in_words_is_read_back(
        first in (1000u16..=9999, 1u8..=12, 1u8..=28),
        length in (0u16..3, 0u8..12, 0u8..28),
        parts in 1usize..=3,
        span in any::<bool>(),
        sign in prop::sample::select(vec!["", "~", "?", "%"]),
    ) {
        let edtf = |(year, month, day): (u16, u8, u8)| {
            [format!("{year}"), format!("-{month:02}"), format!("-{day:02}")][..parts].concat() + sign
        };
        let last = ((first.0 + length.0).min(9999), (first.1 + length.1).min(12), (first.2 + length.2).min(28));
        let edtf = if span && last != first {
            format!("{}/{}", edtf(first), edtf(last))
        } else {
            edtf(first)
        };
        let date = EdtfDate::parse(&edtf).unwrap();
        let words = date.in_words();
        let back = read_date(&words).date.unwrap();
        prop_assert_eq!((back.earliest(), back.latest()), (date.earliest(), date.latest()), "{}", words);
        prop_assert_eq!(back.in_words(), words);
    }
}
