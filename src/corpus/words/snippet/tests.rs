//! What is cut out of a briefing, in any script, and that it always shows what was found.

use proptest::prelude::*;

use super::*;
use crate::corpus::query::parse_query;

fn briefing(body: &str) -> Briefing {
    Briefing { title: "Title".to_owned(), body: body.to_owned(), ..Briefing::default() }
}

/// The snippet with its hits in brackets.
fn shown(briefing: &Briefing, query: &str, columns: usize) -> String {
    let snippet = Snippet::of(briefing, &parse_query(query).unwrap(), columns);
    assert!(display_width(&snippet.text) <= columns, "{snippet:?}");
    let mut text = snippet.text.clone();
    for hit in snippet.hits.iter().rev() {
        text.insert(hit.end, ']');
        text.insert(hit.start, '[');
    }
    text
}

#[test]
fn the_best_passage_is_cut() {
    let long = "The talks went on. Nothing came of grain that day, nor of the corridor that was \
                promised. In July the grain corridor was closed by Moscow, and ships stayed away.";
    let cases = [
        ("Ships carry grain.", "grain", 40, "Ships carry [grain]."),
        (long, "grain corridor", 45, "In July the [grain] [corridor] was closed by…"),
        (long, "corridor grain", 30, "In July the [grain] [corridor]…"),
        (long, "\"grain corridor\"", 26, "…the [grain corridor] was…"),
        (long, "talks", 40, "The [talks] went on. Nothing came of…"),
        (long, "ships or talks", 24, "The [talks] went on.…"),
        (long, "clos*", 30, "…was [closed] by Moscow, and…"),
        (long, "stayed", 18, "…[stayed] away."),
        (long, "-talks moscow", 16, "…by [Moscow], and…"),
        (
            "One.\n\nTwo *grain*\n[ships](http://x.y) left.",
            "grain ships",
            40,
            "Two [grain] [ships] left.",
        ),
        ("## Grain\nShips", "grain", 40, "[Grain]"),
        ("- first\n- grain\n", "grain", 40, "[grain]"),
        ("Recep Tayyip Erdoğan a parlé hier", "erdogan", 22, "Recep Tayyip [Erdoğan]…"),
        ("Zelenskyy spoke. Зеле́нський говорив довго", "зеленський", 22, "[Зеле́нський] говорив…"),
        ("中国国家主席习近平三月二十日抵达莫斯科", "莫斯科", 15, "…十日抵达[莫斯科]"),
        ("中国国家主席习近平三月二十日抵达莫斯科", "习近平", 16, "…主席[习近平]三月…"),
        ("وصل الرئيس الصيني إلى موسكو يوم الاثنين صباحا", "موسكو", 20, "…إلى [موسكو] يوم…"),
        ("a\u{1b}[31m grain \u{202e}b", "grain", 30, "a␛[31m [grain] ⇐b"),
        ("no word of it", "title", 8, "no word…"),
        ("", "title", 8, ""),
        ("grain", "grain", 0, ""),
    ];
    let wrong: Vec<_> = cases
        .into_iter()
        .map(|(body, query, columns, expected)| {
            (query, columns, shown(&briefing(body), query, columns), expected)
        })
        .filter(|(_, _, shown, expected)| shown != expected)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_not_in_the_body_is_shown_from_beside_it() {
    let whole = Briefing {
        summary: Some("Of\nships and ports.".to_owned()),
        tags: vec!["trade".to_owned(), "black sea".to_owned()],
        sources: vec![crate::briefing::Source {
            name: "Port Review".to_owned(),
            ..Default::default()
        }],
        ..briefing("The body.\n\nMore of the body.")
    };
    for (query, expected, first) in [
        ("more", "[More] of the body.", Some(11)),
        ("ships", "Of [ships] and ports.", None),
        ("\"black sea\"", "trade, [black sea]", None),
        ("review", "Port [Review]", None),
        ("title", "Of ships and ports.", None),
        ("in:title title", "Of ships and ports.", None),
        ("tag:trade", "Of ships and ports.", None),
    ] {
        assert_eq!(shown(&whole, query, 60), expected, "{query}");
        let snippet = Snippet::of(&whole, &parse_query(query).unwrap(), 60);
        assert_eq!(snippet.first_in_body, first, "{query}");
    }
}

fn words() -> impl Strategy<Value = Vec<String>> {
    let word = prop_oneof!["[a-zé]{2,9}", "[习近平主席]{2,4}", "[א-ת]{2,6}", "Zürich"];
    prop::collection::vec(word, 1..120)
}

proptest! {
    #[test]
    fn a_snippet_shows_what_was_found_and_never_more_than_its_columns(
        words in words(), pick in 0usize..120, columns in 0usize..90, gap in prop_oneof![
            Just(" "), Just("\n"), Just("\n\n"), Just(". ")
        ],
    ) {
        let body = words.join(gap);
        let wanted = &words[pick % words.len()];
        let query = parse_query(&format!("\"{wanted}\"")).unwrap();
        let snippet = Snippet::of(&briefing(&body), &query, columns);
        prop_assert!(display_width(&snippet.text) <= columns);
        prop_assert!(snippet.first_in_body.is_some());
        if columns >= 30 {
            prop_assert!(!snippet.hits.is_empty(), "{:?} of {}", snippet, wanted);
        }
        let mut end = 0;
        for hit in &snippet.hits {
            prop_assert!(end <= hit.start && hit.start < hit.end);
            prop_assert!(snippet.text.get(hit.clone()).is_some());
            end = hit.end;
        }
    }

    #[test]
    fn no_body_breaks_it(
        body in "[ -~\\n\u{80}-\u{9f}\u{202a}-\u{202e}é習*_`\\[\\]()#>]{0,120}",
        wanted in "[a-z習é]{1,2}", columns in 0usize..50,
    ) {
        let query = parse_query(&format!("\"{wanted}\"*")).unwrap();
        let snippet = Snippet::of(&briefing(&body), &query, columns);
        prop_assert!(display_width(&snippet.text) <= columns);
        prop_assert_eq!(crate::text::clean_line(&snippet.text).into_owned(), snippet.text.clone());
    }
}
