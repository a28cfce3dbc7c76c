//! What the briefings of a lens have in common, counted without reading one of them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use roaring::RoaringBitmap;

use super::{Facets, Marked, Names};
use crate::briefing::words::{CLASSES, KINDS, Words};
use crate::corpus::Corpus;
use crate::corpus::lens::Lens;
use crate::date::EdtfDate;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Counted {
    /// PLOVER classes of the events of the lens.
    Class,
    /// Kinds of actors.
    Kind,
    /// Tags.
    Tag,
    /// Sources.
    Source,
    /// Months of issue; a date that spans several is of all of them.
    Month,
}

/// How many briefings of a lens have something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// As a query writes it: `CONSULT`, `armed-group`, a tag, a source's name, `2023-03`.
    pub value: String,
    /// The briefings; never 0. A source's words may find more: they may stand in other names too.
    pub briefings: u64,
}

impl Corpus {
    /// Whatever of a sort the briefings of a lens have, that of most briefings first and then by name;
    /// months from the newest on. Nothing until [`Corpus::surveyed`].
    #[must_use]
    pub fn counts(&self, of: Counted, lens: &Lens) -> Vec<Count> {
        let facets = &*self.facets;
        let briefings = &lens.briefings;
        let mut counts = match of {
            Counted::Class => facets.classes_of(lens),
            Counted::Kind => of_words(KINDS, |kind| within(&facets.kinds, &kind, briefings)),
            Counted::Tag => of_names(&facets.tags, briefings),
            Counted::Source => of_names(&facets.sources, briefings),
            Counted::Month => return facets.months_of(briefings),
        };
        let order = |count: &Count| (Reverse(count.briefings), count.value.clone());
        counts.sort_by_cached_key(order);
        counts
    }
}

impl Facets {
    fn classes_of(&self, lens: &Lens) -> Vec<Count> {
        of_words(CLASSES, |class| match &lens.events {
            None => within(&self.of_class, &class, &lens.briefings),
            Some(events) => {
                let rows = self.classes.get(&class).map(|rows| rows & events.rows());
                rows.map_or(0, |rows| self.owner_count(&rows))
            }
        })
    }

    fn months_of(&self, briefings: &RoaringBitmap) -> Vec<Count> {
        let count = |(&(year, month), found): (&super::Month, &RoaringBitmap)| {
            let value = format!("{year:04}-{month:02}");
            let count = found.intersection_len(briefings);
            (count > 0 && EdtfDate::parse(&value).is_ok())
                .then_some(Count { value, briefings: count })
        };
        self.months.iter().rev().filter_map(count).collect()
    }
}

fn of_words<T: Copy>(words: Words<T>, count: impl Fn(T) -> u64) -> Vec<Count> {
    let all = words.iter().map(|(word, meant)| (*word, count(*meant)));
    let all = all.filter(|(_, briefings)| *briefings > 0);
    all.map(|(word, briefings)| Count { value: word.to_owned(), briefings }).collect()
}

fn of_names(names: &Names, briefings: &RoaringBitmap) -> Vec<Count> {
    let lens = Marked::new(briefings);
    let all = names.all().filter(|(key, ..)| !key.is_empty());
    let all = all.map(|(_, name, found)| (name, found.count_in(&lens)));
    let all = all.filter(|(_, count)| *count > 0);
    all.map(|(name, briefings)| Count { value: name.to_owned(), briefings }).collect()
}

fn within<K: Ord>(sets: &BTreeMap<K, RoaringBitmap>, key: &K, briefings: &RoaringBitmap) -> u64 {
    sets.get(key).map_or(0, |found| found.intersection_len(briefings))
}
