//! What is a word, where phrases stand, and what is lit.

mod segments;

use proptest::prelude::*;

use super::units::units;
use super::*;
use crate::corpus::query::parse_query;
use crate::corpus::{Origin, load};
use crate::text::fold_key;

#[test]
fn texts_are_cut_into_words() {
    let cases = [
        ("Xi’s visit, U.S. jets", "xi|visit|u|s|jets"),
        ("Xi'an don't 'quoted'", "xi'an|don't|quoted"),
        ("Su-27 20–22 1.5", "su|27|20|22|1|5"),
        ("Erdoğan ÇA Зеле́нський", "erdogan|ca|зеленськии"),
        ("习近平 G7峰会", "习近平|g7|峰会"),
        ("", ""),
        ("— …", ""),
    ];
    for (text, expected) in cases {
        let folded = fold_key(text);
        let found: Vec<&str> = units(&folded).map(|(range, _)| &folded[range]).collect();
        assert_eq!(found.join("|"), expected, "{text}");
    }
}

#[test]
fn phrases_stand_where_their_words_do() {
    let text =
        "President Xi’s visit to Xi'an; the U.S. and 习近平主席 spoke\nof arms\n  control. Exit.";
    let cases: [(&str, bool, &[&str]); 14] = [
        ("xi", false, &["Xi"]),
        ("Xi's", false, &["Xi"]),
        ("xi'an", false, &["Xi'an"]),
        ("x", true, &["Xi", "Xi'an"]),
        ("xi visit", false, &["Xi’s visit"]),
        ("arms control", false, &["arms\n  control"]),
        ("arms contr", true, &["arms\n  control"]),
        ("arms contr", false, &[]),
        ("U.S.", false, &["U.S"]),
        ("近平", false, &["近平"]),
        ("主", false, &["主"]),
        ("近主", false, &[]),
        ("习近平主席 spoke", false, &["习近平主席 spoke"]),
        ("—", false, &[]),
    ];
    let folded = crate::text::fold(text, crate::text::Folding { case: true, diacritics: true });
    for (wanted, prefix, expected) in cases {
        let phrase = Phrase::new(wanted, prefix);
        let found: Vec<&str> =
            phrase.find_in(folded.text()).map(|range| &text[folded.original(range)]).collect();
        assert_eq!(found, expected, "{wanted}");
    }
}

#[test]
fn what_the_query_found_is_lit() {
    let cases: [(&str, &[&str], &[&str]); 7] = [
        ("moscow", &["Moscow"], &["Moscow"]),
        ("\"to moscow\" moscow", &["to Moscow"], &["to Moscow"]),
        ("mosc* or nothing", &["Moscow"], &["Moscow"]),
        ("-moscow visit", &["visit"], &["visit"]),
        ("in:title moscow", &[], &["Moscow"]),
        ("tag:moscow", &[], &[]),
        ("", &[], &[]),
    ];
    let text = "A visit to Moscow";
    for (typed, in_body, in_title) in cases {
        let query = parse_query(typed).unwrap();
        let words = |ranges: Vec<std::ops::Range<usize>>| -> Vec<&str> {
            ranges.into_iter().map(|range| &text[range]).collect()
        };
        assert_eq!(words(hits_in(text, &query)), in_body, "{typed}");
        assert_eq!(words(hits_in_title(text, &query)), in_title, "{typed}");
    }
}

#[test]
fn while_typing_the_last_word_is_a_beginning_unless_it_stands_somewhere() {
    let corpus = load(&Origin::BuiltIn, &|_, _| ());
    let index = WordIndex::of(&corpus);
    let cases = [
        ("kakhov", "kakhov*"),
        ("kakhovka", "kakhovka"),
        ("grain kakhov", "grain kakhov*"),
        ("kakhov grain", "kakhov grain"),
        ("\"kakhov\"", "kakhov"),
        ("kakhov*", "kakhov*"),
        ("a or kakhov", "a or kakhov*"),
        ("-kakhov", "-kakhov"),
        ("tag:kakhov", "tag:kakhov"),
        ("", ""),
    ];
    for (typed, meant) in cases {
        let query = parse_query(typed).unwrap().with_last_word_as_prefix(&index);
        assert_eq!(query.to_string(), meant, "{typed}");
    }
}

#[test]
fn the_index_finds_what_reading_finds() {
    let corpus = load(&Origin::BuiltIn, &|_, _| ());
    let index = WordIndex::of(&corpus);
    proptest!(|(pick in 0usize..10_000, length in 1usize..4, cut in 0usize..3)| {
        let entry = corpus.entries.get(pick % corpus.entries.len()).unwrap();
        let briefing = entry.briefing();
        let words: Vec<&str> = briefing.body.split_whitespace().collect();
        let start = pick % words.len();
        let mut wanted = words[start..].iter().take(length).copied().collect::<Vec<_>>().join(" ");
        for _ in 0..cut {
            wanted.pop();
        }
        let phrase = Phrase::new(&wanted, cut > 0);
        prop_assume!(!phrase.units.is_empty());
        let part = if pick % 4 == 0 { Part::Title } else { Part::All };
        let found = index.find(&wanted, cut > 0, part, None);
        let read = corpus.entries.iter().zip(0u32..).filter(|(entry, _)| {
            texts(&entry.briefing(), part).any(|text| phrase.find_in(&fold_key(text)).next().is_some())
        });
        let read: RoaringBitmap = read.map(|(_, at)| at).collect();
        prop_assert_eq!(found, read, "{}", wanted);
    });
}
