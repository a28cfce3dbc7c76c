//! However texts are parted into segments, in memory or stored, the answers are those of the living.

use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;
use proptest::sample::Index;

use super::super::*;
use crate::corpus::query::parse_query;
use crate::corpus::{Corpus, Origin};

/// Rows in the order in which a database would keep them.
#[derive(Debug, Default)]
struct Rows(BTreeMap<Key, (Vec<u8>, Vec<u8>)>);

type Key = (u32, Part, String);

impl Rows {
    fn put(&mut self, segment: u32, held: &Held) {
        let words: Vec<_> = held.rows().map(|row| (row.part, row.word)).collect();
        assert!(words.is_sorted_by(|a, b| a < b));
        for row in held.rows() {
            let bytes = (row.briefings.to_owned(), row.places.to_owned());
            self.0.insert((segment, row.part, row.word.to_owned()), bytes);
        }
    }
}

impl WordRows for Rows {
    fn exactly(&self, segment: u32, part: Part, word: &str) -> Option<(Vec<u8>, Vec<u8>)> {
        self.0.get(&(segment, part, word.to_owned())).cloned()
    }

    fn briefings(&self, segment: u32, part: Part, word: &str) -> Option<Vec<u8>> {
        self.exactly(segment, part, word).map(|(briefings, _)| briefings)
    }

    fn beginning_with(
        &self,
        segment: u32,
        part: Part,
        prefix: &str,
    ) -> Vec<(String, Vec<u8>, Vec<u8>)> {
        let from = Bound::Included((segment, part, prefix.to_owned()));
        let rows = self.0.range((from, Bound::Unbounded));
        let rows = rows.take_while(|((of, in_part, word), _)| {
            (*of, *in_part) == (segment, part) && word.starts_with(prefix)
        });
        rows.map(|((.., word), (briefings, places))| {
            (word.clone(), briefings.clone(), places.clone())
        })
        .collect()
    }

    fn briefings_beginning_with(
        &self,
        segment: u32,
        part: Part,
        prefix: &str,
    ) -> Vec<(String, Vec<u8>)> {
        let rows = self.beginning_with(segment, part, prefix).into_iter();
        rows.map(|(word, briefings, _)| (word, briefings)).collect()
    }
}

/// A text in some segment; a dead one is in no snapshot.
#[derive(Clone, Debug)]
struct Text {
    briefing: Briefing,
    segment: usize,
    is_dead: bool,
}

const SAID: [&str; 14] = [
    "grain",
    "grain’s",
    "Grains",
    "the",
    "deal",
    "Deal, the",
    "deal. The",
    "习近平主席",
    "近平",
    "习 近",
    "Erdoğan",
    "xi'an",
    "U.S.",
    "",
];

fn texts_of_segments() -> impl Strategy<Value = Vec<Text>> {
    let said = |most| prop::collection::vec(prop::sample::select(&SAID[..]), 0..most);
    let text = (said(4), said(14), said(3), 0..5usize, prop::bool::weighted(0.2));
    let text = text.prop_map(|(title, body, tags, segment, is_dead)| {
        let briefing = Briefing {
            title: title.join(" "),
            body: body.join(" "),
            tags: tags.into_iter().map(str::to_owned).collect(),
            ..Briefing::default()
        };
        Text { briefing, segment, is_dead }
    });
    prop::collection::vec(text, 1..30)
}

fn held<'a>(briefings: impl Iterator<Item = &'a Briefing>) -> Arc<Held> {
    let mut builder = SegmentBuilder::new();
    briefings.for_each(|briefing| builder.add(briefing));
    Arc::new(builder.finish())
}

/// One index of the living, and one of segments in which the dead are too; of these `stored` says
/// which are stored.
fn indexes(texts: &[Text], stored: [bool; 5], turned: bool) -> (WordIndex, WordIndex) {
    let living: Vec<&Text> = texts.iter().filter(|text| !text.is_dead).collect();
    let ids = (0..u32::try_from(living.len()).unwrap()).collect();
    let words = held(living.iter().map(|text| &text.briefing));
    let one = WordIndex::new(vec![Segment::held(words, ids)]);
    let mut living = 0..;
    let mut numbered: Vec<(&Text, u32)> = texts
        .iter()
        .map(|text| (text, if text.is_dead { GONE } else { living.next().unwrap() }))
        .collect();
    if turned {
        numbered.reverse();
    }
    let mut rows = Rows::default();
    let mut segments = Vec::new();
    for segment in 0..5 {
        let of = numbered.iter().filter(|(text, _)| text.segment == segment);
        let words = held(of.clone().map(|(text, _)| &text.briefing));
        rows.put(u32::try_from(segment).unwrap(), &words);
        segments.push(Segment::held(words, of.map(|(_, id)| *id).collect()));
    }
    let rows: Arc<dyn WordRows> = Arc::new(rows);
    for ((segment, number), stored) in segments.iter_mut().zip(0..).zip(stored) {
        if stored {
            *segment = segment.put(Arc::clone(&rows), number);
            assert_eq!((segment.number(), segment.words().is_none()), (Some(number), true));
        }
    }
    (one, WordIndex::new(segments))
}

const ASKED: [&str; 16] = [
    "grain",
    "grains",
    "gr",
    "the",
    "the deal",
    "deal the",
    "grain the deal",
    "deal gr",
    "习近平",
    "近平",
    "近",
    "习近平主席 grain",
    "erdogan",
    "u.s.",
    "nowhere",
    "",
];

fn snapshot(words: &WordIndex) -> Corpus {
    Corpus { words: Arc::new(words.clone()), ..Corpus::empty(Origin::BuiltIn) }
}

proptest! {
    #[test]
    fn answers_are_those_of_one_index_of_the_living(
        texts in texts_of_segments(), stored: [bool; 5], turned: bool, within: u32,
    ) {
        let (one, many) = indexes(&texts, stored, turned);
        prop_assert!(one == many);
        let everything: RoaringBitmap = (0..30).collect();
        let within: RoaringBitmap = (0..30u32).filter(|id| within >> id & 1 == 1).collect();
        let (here, there) = (snapshot(&one), snapshot(&many));
        for asked in ASKED {
            prop_assert_eq!(one.knows(asked), many.knows(asked), "{}", asked);
            for most in [1, 3, 100] {
                let (one, many) = (one.beginning_with(asked, most), many.beginning_with(asked, most));
                prop_assert_eq!(one, many, "{}", asked);
            }
            for (prefix, part) in
                [(false, Part::All), (true, Part::All), (false, Part::Title), (true, Part::Title)]
            {
                let found = one.find(asked, prefix, part, None);
                prop_assert_eq!(&many.find(asked, prefix, part, None), &found, "{}", asked);
                let bounded = many.find(asked, prefix, part, Some(&within)) & &within;
                prop_assert_eq!(bounded, &found & &within, "{}", asked);
                let place = if part == Part::Title { "in:title " } else { "" };
                let star = if prefix { "*" } else { "" };
                let Ok(query) = parse_query(&format!("{place}\"{asked}\"{star} deal")) else {
                    continue;
                };
                for within in [&everything, &within] {
                    prop_assert_eq!(
                        rank(&here, &query, within), rank(&there, &query, within), "{}", query
                    );
                }
            }
        }
    }

    #[test]
    fn bytes_that_nobody_wrote_are_no_end(
        bytes in prop::collection::vec(any::<u8>(), 0..40), at: Index, count in 0u32..9,
    ) {
        let (briefings, places) = bytes.split_at(at.index(bytes.len() + 1));
        let mut rows = Rows::default();
        for (part, word) in [Part::All, Part::Title].into_iter().zip([["grain", "deal"]; 2]) {
            for word in word {
                let bytes = (briefings.to_owned(), places.to_owned());
                rows.0.insert((0, part, word.to_owned()), bytes);
            }
        }
        let lengths = Lengths { all: vec![3; count as usize], titles: vec![1; count as usize] };
        let ids: Arc<[u32]> = (0..count).map(|id| if id == 2 { GONE } else { id }).collect();
        let index = WordIndex::new(vec![Segment::stored(Arc::new(rows), 0, lengths.into(), ids)]);
        let everything: RoaringBitmap = (0..count).collect();
        for typed in ["grain", "g*", "\"grain deal\"", "\"deal g\"*", "in:title grain"] {
            let query = parse_query(typed).unwrap();
            let ranked = rank(&snapshot(&index), &query, &everything);
            prop_assert_eq!(ranked.len(), count as usize);
            prop_assert!(ranked.iter().all(|(_, score)| score.is_finite()));
        }
        prop_assert!(index.find("grain deal", true, Part::All, None).is_subset(&everything));
        prop_assert!(index.beginning_with("g", 9).iter().all(|(_, many)| *many <= u64::from(count)));
    }
}

/// A text that differs from all others.
fn text(name: u32) -> Briefing {
    let body = format!("the grain deal of day{name} and day{}", name + 1);
    Briefing { title: format!("Day {name}"), body, ..Briefing::default() }
}

/// Follows a snapshot with the next, and tells how many texts were read for it.
fn follow(index: &WordIndex, before: &[u32], now: &[u32]) -> (WordIndex, usize) {
    let read = AtomicUsize::new(0);
    let next = index.following(before.iter(), now.iter(), |at| {
        read.fetch_add(1, Ordering::Relaxed);
        now.get(at as usize).map(|name| Arc::new(text(*name)))
    });
    let alone = WordIndex::default().following([].iter(), now.iter(), |at| {
        now.get(at as usize).map(|name| Arc::new(text(*name)))
    });
    assert!(next == alone, "{now:?}");
    (next, read.into_inner())
}

#[test]
fn only_what_is_new_is_read_until_small_segments_pile_up() {
    let mut before: Vec<u32> = (0..2500).map(|name| name * 10).collect();
    let (mut index, read) = follow(&WordIndex::default(), &[], &before);
    let many = index.segments().len();
    assert_eq!((read, many >= 1), (2500, true));
    for step in 1..=18 {
        let mut now = before.clone();
        let changed = step * 100;
        now[changed] += 1;
        now.swap(0, changed + 1);
        let (next, read) = follow(&index, &before, &now);
        let expected = if step > 1 && step % 8 == 1 { step } else { 1 };
        assert_eq!(read, expected, "step {step}: {:?}", next.segments().len());
        assert!(next.segments().len() <= many + 8);
        (index, before) = (next, now);
    }
}

#[test]
fn what_is_mostly_gone_is_read_anew() {
    let all: Vec<u32> = (0..100).collect();
    let (index, _) = follow(&WordIndex::default(), &[], &all);
    for (kept, expected) in [(100, 0), (80, 0), (75, 0), (74, 74), (1, 1), (0, 0)] {
        let (next, read) = follow(&index, &all, &all[..kept]);
        assert_eq!(read, expected, "{kept}");
        assert_eq!(next.segments().iter().map(Segment::living).sum::<u32>() as usize, kept);
    }
}

#[test]
fn a_text_that_cannot_be_had_is_asked_for_again() {
    let names = [1, 2, 3];
    let index = WordIndex::default().following([].iter(), names.iter(), |at| {
        (at != 1).then(|| Arc::new(text(names[at as usize])))
    });
    assert_eq!(index.find("grain", false, Part::All, None), [0, 2].into_iter().collect());
    let (index, read) = follow(&index, &names, &names);
    assert_eq!((read, index.find("grain", false, Part::All, None).len()), (1, 3));
}

#[test]
fn two_of_one_name_are_both_in_it() {
    let twins = [7, 7, 8];
    let (index, _) = follow(&WordIndex::default(), &[], &twins);
    let (next, _) = follow(&index, &twins, &[8, 7, 7, 7]);
    assert_eq!(next.find("day7", false, Part::All, None), [1, 2, 3].into_iter().collect());
}

#[test]
fn indexes_of_other_texts_or_numbers_are_others() {
    let of = |texts: [u32; 2], ids: [u32; 2]| {
        let words = held(texts.map(text).iter());
        WordIndex::new(vec![Segment::held(words, ids.into())])
    };
    let index = of([1, 2], [0, 1]);
    assert!(index == of([2, 1], [1, 0]));
    for other in [of([1, 2], [1, 0]), of([1, 3], [0, 1]), of([1, 2], [0, GONE])] {
        assert!(index != other);
    }
}

#[test]
fn every_word_is_stored_once_and_in_order() {
    let words = held([text(1), text(2)].iter());
    let mut many: HashMap<(Part, &str), usize> = HashMap::new();
    words.rows().for_each(|row| *many.entry((row.part, row.word)).or_default() += 1);
    assert!(many.values().all(|many| *many == 1));
    let found: Vec<String> = words
        .rows()
        .map(|row| format!("{:?} {} {:?} {:?}", row.part, row.word, row.briefings, row.places))
        .collect();
    assert_eq!(found[..2], ["All 1 [1] [2]", "All 2 [2] [2]"]);
    assert_eq!(found.last().unwrap(), "Title day [1, 1] [1, 0, 1]");
    assert!(found.contains(&"All day2 [1, 1] [10, 0, 8]".to_owned()), "{found:?}");
    assert_eq!((words.lengths().count(), words.lengths().of(0)), (2, (9, 2)));
}
