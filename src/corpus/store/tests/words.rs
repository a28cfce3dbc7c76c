//! Words are found exactly and by how they begin.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::Place;
use crate::corpus::store::NewWord;

fn any_word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-c]{0,3}",
        "[aé\u{7f}\u{80}\u{7ff}\u{800}習近\u{ffff}😀\u{10ffff}]{0,4}",
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]
    #[test]
    fn a_prefix_gives_the_words_that_begin_so(
        words in prop::collection::btree_map((0_u8..3, any_word()), any::<(Vec<u8>, Vec<u8>)>(), 0..40),
        prefixes in prop::collection::vec(any_word(), 1..12),
        most in 0_usize..12,
    ) {
        let place = Place::new();
        let store = place.open();
        let mut batch = store.write().unwrap();
        let other = batch.put_segment(1, b"", b"").unwrap();
        let segment = batch.put_segment(1, b"", b"").unwrap();
        let new = words.iter().map(|((part, word), (briefings, places))| {
            NewWord { part: *part, word, briefings, places }
        });
        batch.put_words(segment, new.clone()).unwrap();
        batch.put_words(other, new.map(|new| NewWord { briefings: b"other", ..new })).unwrap();
        batch.commit().unwrap();
        let reader = store.reader().unwrap();
        let part_of = |part: u8| -> BTreeMap<&str, &(Vec<u8>, Vec<u8>)> {
            let own = words.iter().filter(|((of, _), _)| *of == part);
            own.map(|((_, word), found)| (word.as_str(), found)).collect()
        };
        for prefix in &prefixes {
            let part = part_of(1);
            let expected: Vec<_> =
                part.iter().filter(|(word, _)| word.starts_with(prefix.as_str())).take(most).collect();
            let found = reader.words_from(segment, 1, prefix, most).unwrap();
            let whole = reader.whole_words_from(segment, 1, prefix, most).unwrap();
            prop_assert_eq!(found.len(), expected.len());
            prop_assert_eq!(whole.len(), expected.len());
            for (((word, briefings), whole), (expected, both)) in found.iter().zip(&whole).zip(expected) {
                prop_assert_eq!((word.as_str(), briefings), (*expected, &both.0));
                prop_assert_eq!((whole.word.as_str(), &whole.briefings, &whole.places), (*expected, &both.0, &both.1));
            }
            let exactly = part.get(prefix.as_str()).map(|both| (*both).clone());
            prop_assert_eq!(reader.briefings_of_word(segment, 1, prefix).unwrap(), exactly.clone().map(|both| both.0));
            prop_assert_eq!(reader.words_exactly(segment, 1, prefix).unwrap(), exactly);
        }
    }
}
