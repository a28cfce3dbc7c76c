//! The index against a plain reading of the files, over made-up corpora.

use chancery::text::fold_key;
use proptest::prelude::*;

use super::{corpus, find};

const WORDS: &[&str] = &[
    "grain",
    "Grain's",
    "grains",
    "corridor",
    "the",
    "of",
    "Erdoğan",
    "ERDOGAN’S",
    "Xi'an",
    "Xi",
    "U.S.",
    "Su-27",
    "习近平",
    "近平",
    "平主席",
    "习",
    "G7峰会",
    "Зеле́нський",
    "naïve",
    "2023",
];
const GAPS: &[&str] = &[" ", "\n  ", ", ", ". ", "\n\n  ", " — "];

/// A text of such words, on lines that stand two columns in.
fn text() -> impl Strategy<Value = String> {
    let word = (proptest::sample::select(WORDS), proptest::sample::select(GAPS));
    prop::collection::vec(word, 1..30)
        .prop_map(|words| words.into_iter().flat_map(|(word, gap)| [word, gap]).collect())
}

/// The words of a text as a reader sees them: each character of Chinese by itself, no possessives;
/// with each whether nothing parts it from the character of Chinese before it.
fn words(text: &str) -> Vec<(String, bool)> {
    let is_han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    let mut words: Vec<(String, bool)> = vec![Default::default()];
    let mut before = ' ';
    for c in fold_key(text).chars() {
        if is_han(c) {
            words.push((c.to_string(), is_han(before)));
            words.push(Default::default());
        } else if c.is_alphanumeric() || c == '\'' {
            words.last_mut().unwrap().0.push(c);
        } else {
            words.push(Default::default());
        }
        before = c;
    }
    let plain = |(word, joined): (String, bool)| {
        (word.strip_suffix("'s").map(str::to_owned).unwrap_or(word), joined)
    };
    words.into_iter().map(plain).filter(|(word, _)| !word.is_empty()).collect()
}

fn stands_in(wanted: &[(String, bool)], prefix: bool, text: &str) -> bool {
    let last = wanted.len() - 1;
    words(text).windows(wanted.len()).any(|found| {
        found.iter().zip(wanted).enumerate().all(|(at, (found, wanted))| {
            let goes_on = prefix && at == last && found.0.starts_with(&wanted.0);
            (found.0 == wanted.0 || goes_on) && (found.1 || !wanted.1)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn a_search_finds_what_reading_finds(
        texts in prop::collection::vec((text(), text()), 1..8),
        wanted in prop::collection::vec(
            prop::collection::vec(proptest::sample::select(WORDS), 1..4), 12
        ),
        prefixes in prop::collection::vec((any::<bool>(), 1usize..4), 12),
    ) {
        let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let texts: Vec<(String, String)> =
            texts.into_iter().map(|(title, body)| (one_line(&title), body)).collect();
        let files = texts.iter().enumerate().map(|(at, (title, body))| {
            let file = format!("title: \"{title}\"\ndate: 2023-03-17\nbody: |\n  {body}\n");
            (format!("b{at}"), file)
        });
        let corpus = corpus(&files.collect::<Vec<_>>());
        for (phrase, (prefix, cut)) in wanted.into_iter().zip(prefixes) {
            let mut phrase = phrase.join(" ");
            if prefix {
                let letters = phrase.chars().count();
                phrase = phrase.chars().take(letters.saturating_sub(cut).max(1)).collect();
                // Behind Chinese a `*` asks for nothing, for it is found within longer runs anyway.
                phrase.truncate(phrase.trim_end_matches(|c: char| !c.is_alphanumeric()).len());
            }
            let wanted = words(&phrase);
            let star = if prefix { "*" } else { "" };
            for part in ["", "in:title "] {
                let typed = format!("{part}\"{phrase}\"{star}");
                let found: Vec<u32> = find(&corpus, &typed).briefings.iter().collect();
                let read: Vec<u32> = (0..)
                    .zip(&texts)
                    .filter(|(_, (title, body))| {
                        stands_in(&wanted, prefix, title)
                            || (part.is_empty() && stands_in(&wanted, prefix, body))
                    })
                    .map(|(at, _)| at)
                    .collect();
                prop_assert_eq!(found, read, "{}", typed);
            }
        }
    }
}
