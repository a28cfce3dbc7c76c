//! What follows from a snapshot and its changes is what reading everything gives.

use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::*;
use crate::briefing::{Alias, Briefing, Entity, Kind, Source};
use crate::corpus::store::{pack, unpack};
use crate::corpus::text::Text;
use crate::corpus::timeline::samples::briefing;
use crate::corpus::{CorpusFile, Entry, FileId, Origin};

const EVENTS: [&str; 16] = [
    "2023-03-20/2023-03-22 | Xi in Moscow :: CONSULT Xi > Putin",
    "2023-03-20/2023-03-22 | ! Xi to go :: CONSULT Xi > Putin",
    "2023-03-21/2023-03-23 | hosts :: CONSULT Putin > Xi",
    "2023-03 | ! a call :: CONSULT Xi > Zelenskyy",
    "2023-03 | ! a second call :: CONSULT Xi > Zelenskyy",
    "2023-03-26 | calls :: CONSULT Xi > Zelenskyy",
    "2023-03-27 | calls again :: CONSULT Zelenskyy > Xi",
    "2023-03-26T14:05:00Z | at noon :: CONSULT Xi > Zelenskyy",
    "2023-03-20 | shells :: AID China > Russia",
    "2023-03-20 | ✗ shells :: AID China > Russia",
    "2023-03-20 | “ shells :: AID China > Russia, Belarus",
    " | undated :: AID China > Russia",
    " | nobody's",
    "2023/.. | war",
    "../2023 | old order :: THREATEN Russia",
    "2023-03-20 | a year on",
];

const BODIES: [&str; 4] =
    ["", "Xi met Putin.", "Xi Jinping and the Russians; Putin left, Xi stayed.", "Nobody."];

/// A briefing with something of everything that is looked at.
fn any_briefing() -> impl Strategy<Value = Briefing> {
    let dates = select(vec!["", "2023-03-17", "2023-03-28", "2023-03", "2022/..", "2023-04-01"]);
    let events = subsequence(EVENTS.to_vec(), 0..4);
    let people = subsequence(vec!["Xi Jinping", "Xi", "Vladimir Putin", "Russia", "China"], 0..4);
    let names = subsequence(vec!["Grain", "grain", "war-crimes", "War crimes", " "], 0..3);
    (dates, events, people, names, select(BODIES.to_vec()), 0..4usize).prop_map(
        |(date, events, people, names, body, n)| {
            let entity = |name: &&str| Entity {
                name: (*name).to_owned(),
                kind: Some(if name.len() > 6 { Kind::Person } else { Kind::State }),
                aliases: (0..n / 2)
                    .map(|n| Alias { text: format!("{name} {n}"), ..Alias::default() })
                    .collect(),
                ..Entity::default()
            };
            let mut briefing = briefing("t", date, &events);
            for (event, place) in briefing.events.iter_mut().zip(&names) {
                event.place = Some((*place).to_owned());
            }
            briefing.entities = people.iter().map(entity).collect();
            body.clone_into(&mut briefing.body);
            briefing.tags = names.iter().rev().map(|name| (*name).to_owned()).collect();
            let source = |name: &&str| Source { name: (*name).to_owned(), ..Source::default() };
            briefing.sources = names.iter().take(1).map(source).collect();
            briefing
        },
    )
}

fn corpus_of(texts: &[Arc<Text>]) -> Corpus {
    let mut corpus = Corpus::empty(Origin::BuiltIn);
    for (at, text) in (0..).zip(texts) {
        Arc::make_mut(&mut corpus.files).whole_mut().push(CorpusFile {
            root: 0,
            path: Path::new(&format!("{at:04}")).into(),
            shown: format!("{at:04}").into(),
            source: None,
            diagnostics: Vec::new(),
        });
        Arc::make_mut(&mut corpus.entries).whole_mut().push(Entry {
            slug: format!("{at:04}"),
            file: FileId(at),
            text: Arc::clone(text),
            unreadable: false,
            lines: 0..9,
        });
    }
    corpus
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn what_follows_a_change_is_what_reading_anew_gives(
        briefings in prop::collection::vec(any_briefing(), 1..14),
        steps in prop::collection::vec(
            (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..4u8),
            1..12,
        ),
    ) {
        let pool: Vec<Arc<Text>> = briefings.into_iter().map(|one| Text::held(one).into()).collect();
        let mut texts: Vec<Arc<Text>> = pool.iter().step_by(2).cloned().collect();
        let mut together = Together::of(&corpus_of(&texts));
        for step in steps.chunks(3) {
            let before = texts.clone();
            for (at, other, what) in step {
                let text = Arc::clone(at.get(&pool));
                let is_there = texts.iter().any(|one| Arc::ptr_eq(one, &text));
                match what {
                    0 if !texts.is_empty() => {
                        texts.remove(other.index(texts.len()));
                    }
                    1 if texts.len() > 1 => {
                        let to = at.index(texts.len());
                        let moved = texts.remove(other.index(texts.len()));
                        texts.insert(to.min(texts.len()), moved);
                    }
                    _ if !is_there => texts.insert(other.index(texts.len() + 1), text),
                    _ => {}
                }
            }
            let corpus = corpus_of(&texts);
            let succession = Succession::by_key(before.iter().map(Text::key), texts.iter().map(Text::key));
            together = Together::after(&together, &succession, &corpus);
            let anew = Together::of(&corpus);
            prop_assert_eq!(&together.concordance, &anew.concordance);
            prop_assert_eq!(&together.facets, &anew.facets);
            prop_assert_eq!(&together.timeline, &anew.timeline);
            let corpus = anew.clone().put_into(corpus);
            prop_assert_eq!(&Timeline::of(&corpus), &*anew.timeline);
        }
        let kept: Together = unpack(&pack(&together).unwrap()).unwrap();
        prop_assert_eq!(kept, together);
    }
}

#[test]
fn what_is_taken_from_a_text_can_be_kept() {
    let text: Arc<Text> = Text::held(briefing("a", "2023-03-17", &EVENTS)).into();
    let corpus = corpus_of(&[text]);
    let gleaned = Gleaned::of(&corpus, corpus.entries.get(0).unwrap());
    let kept: Gleaned = unpack(&pack(&gleaned).unwrap()).unwrap();
    assert_eq!(kept, gleaned);
    let all = Succession::to_all(1);
    let from_kept = Together::after_with(&Together::default(), &all, &corpus, &|_| kept.clone());
    assert_eq!(from_kept, Together::of(&corpus));
}
