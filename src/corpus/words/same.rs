//! When two indexes give the same answers: the same words at the same places of the same briefings,
//! however they are parted into segments.

use std::collections::BTreeMap;

use super::places::by_briefing;
use super::{Part, WordIndex};

/// The places, as they are written, of a word in a briefing.
type Places = BTreeMap<(Part, String, u32), Vec<u8>>;

impl PartialEq for WordIndex {
    /// Reads all of both, from wherever it is.
    fn eq(&self, other: &Self) -> bool {
        self.lengths() == other.lengths() && self.places() == other.places()
    }
}

impl WordIndex {
    fn lengths(&self) -> BTreeMap<u32, (u32, u32)> {
        let lengths = self.segments.iter().flat_map(|segment| {
            segment.living_ids().map(|(local, id)| (id, segment.lengths().of(local)))
        });
        lengths.collect()
    }

    fn places(&self) -> Places {
        let mut all = Places::new();
        for part in [Part::All, Part::Title] {
            for segment in &self.segments {
                for (word, posting) in segment.all_from(part, "") {
                    let briefings = posting.briefings.iter().zip(by_briefing(&posting.places));
                    for (local, places) in briefings {
                        if let Some(id) = segment.id(local) {
                            all.insert((part, word.to_string(), id), places.to_owned());
                        }
                    }
                }
            }
        }
        all
    }
}
