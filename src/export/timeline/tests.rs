//! Each form of the same events.

use proptest::prelude::*;

use super::*;
use crate::corpus::timeline::samples::{briefing, corpus, reports, visit};
use crate::text::clean_text;

fn all_forms(corpus: &Corpus) -> [String; 4] {
    let timeline = Timeline::of(corpus);
    let (records, told) = (records(corpus, &timeline), told(corpus, &timeline));
    [as_text(&told), as_jsonl(&records), as_csv(&records), as_markdown(&told)]
}

#[test]
fn text_is_in_columns() {
    insta::assert_snapshot!(all_forms(&visit())[0]);
}

#[test]
fn jsonl_has_the_promised_keys() {
    insta::assert_snapshot!(all_forms(&visit())[1]);
}

#[test]
fn csv_is_for_spreadsheets() {
    insta::assert_snapshot!(all_forms(&visit())[2]);
}

#[test]
fn markdown_is_a_table() {
    insta::assert_snapshot!(all_forms(&visit())[3]);
}

#[test]
fn reports_of_one_event_stand_beneath_it_or_share_its_name() {
    let [text, jsonl, csv, markdown] = all_forms(&reports());
    insta::assert_snapshot!(text + "\n" + &markdown);
    let events: Vec<String> = jsonl
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["event"].to_string())
        .collect();
    let visit = events.iter().filter(|event| *event == "\"1 announced#1\"");
    assert_eq!((visit.count(), events.len()), (3, 8));
    assert_eq!(csv.matches(",1 announced#1\n").count(), 3, "{csv}");
}

#[test]
fn no_cell_is_a_formula_or_markup() {
    let odd = corpus(vec![briefing(
        "=slug",
        "2023",
        &["2023 | =HYPERLINK(\"x\")", "2023 | @SUM", "-0043 | a|b <b>*c*", "2023-01-01/.. | +1"],
    )]);
    let [_, _, csv, markdown] = all_forms(&odd);
    let mut reader = ::csv::Reader::from_reader(csv.as_bytes());
    let cells: Vec<String> = reader
        .records()
        .flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    assert!(cells.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{cells:?}");
    assert!(cells.contains(&"'=HYPERLINK(\"x\")".to_owned()) && cells.contains(&"inf".to_owned()));
    assert!(markdown.contains(r"a\|b \<b\>\*c\*"), "{markdown}");
}

#[test]
fn of_nothing_only_names_are_written() {
    let [text, jsonl, csv, markdown] = all_forms(&corpus(Vec::new()));
    assert_eq!((text.as_str(), jsonl.as_str()), ("", ""));
    assert_eq!((csv.lines().count(), markdown.lines().count()), (1, 2));
}

proptest! {
    #[test]
    fn whatever_a_file_says_every_event_has_one_row_and_no_terminal_obeys(
        whats in prop::collection::vec("[ -~\\x00-\\x1f\u{80}-\u{9f}\u{202a}-\u{202e}é習|,\"]{0,12}", 1..6),
    ) {
        let mut told = briefing("a", "2023", &vec!["2023 | x"; whats.len()]);
        for (event, what) in told.events.iter_mut().zip(&whats) {
            event.what.clone_from(what);
            event.place = Some(what.clone());
            event.by = vec![what.clone(); 2];
        }
        let [text, jsonl, csv, markdown] = all_forms(&corpus(vec![told]));
        for form in [&text, &jsonl, &csv, &markdown] {
            prop_assert_eq!(clean_text(form), form.as_str());
        }
        prop_assert_eq!(text.lines().count(), whats.len());
        prop_assert_eq!(markdown.lines().count(), whats.len() + 2);
        let read: Vec<String> = jsonl
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["what"].as_str().unwrap().to_owned())
            .collect();
        prop_assert_eq!(read, whats.clone());
        let mut reader = ::csv::Reader::from_reader(csv.as_bytes());
        prop_assert_eq!(reader.records().flatten().count(), whats.len());
    }
}
