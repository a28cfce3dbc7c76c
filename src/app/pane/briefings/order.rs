//! All briefings in the order of a sort, under the headings that belong to it.

use std::cmp::Reverse;
use std::collections::HashMap;

use roaring::RoaringBitmap;

use super::SortBy;
use crate::corpus::{BriefingId, Corpus, Entry};
use crate::date::Bound;
use crate::text::fold_key;

/// Fewer than one of so many are sorted; of more it costs less to ask all.
const FEW: u64 = 32;

/// An order of the list.
#[derive(Clone, Debug)]
pub(super) struct Order {
    /// By what it is.
    pub sort: SortBy,
    /// All briefings.
    pub all: Vec<BriefingId>,
    /// The heading of each; empty where there are none.
    pub groups: Vec<u32>,
    /// The headings, no two of them alike.
    pub headings: Vec<String>,
    /// Where each briefing stands, from when that is asked for.
    places: Vec<u32>,
}

impl Order {
    /// That of all briefings of a corpus.
    pub fn new(corpus: &Corpus, sort: SortBy) -> Self {
        let all = sorted(corpus, sort);
        let (groups, headings, places) = (Vec::new(), Vec::new(), Vec::new());
        let mut order = Self { sort, all, groups, headings, places };
        match sort {
            SortBy::Title | SortBy::Relevance => {}
            // Told of all at once: no briefing is asked for.
            SortBy::Date => order.add_headings(corpus.newest_months().into_iter().map(month_of)),
            SortBy::Source => {
                let all = order.all.clone();
                let sources = all.iter().filter_map(|id| corpus.entry(*id)).map(source);
                order.add_headings(sources.map(|source| (source_shown(source), 1)));
            }
        }
        order
    }

    /// Where a briefing stands.
    pub fn place_of(&mut self, id: BriefingId) -> Option<usize> {
        if self.places.is_empty() {
            self.places = vec![u32::MAX; self.all.len()];
            for (id, at) in self.all.iter().zip(0..) {
                if let Some(place) = self.places.get_mut(id.0 as usize) {
                    *place = at;
                }
            }
        }
        self.places.get(id.0 as usize).filter(|at| **at != u32::MAX).map(|at| *at as usize)
    }

    /// Where these briefings stand, ascending.
    pub fn places_of(&mut self, some: &RoaringBitmap) -> Vec<usize> {
        if some.len().saturating_mul(FEW) > self.all.len() as u64 {
            let mut is_one = vec![false; self.all.len()];
            for id in some {
                if let Some(is_one) = is_one.get_mut(id as usize) {
                    *is_one = true;
                }
            }
            let is_one = |id: &BriefingId| is_one.get(id.0 as usize) == Some(&true);
            let all = self.all.iter().enumerate().filter(|(_, id)| is_one(id));
            return all.map(|(at, _)| at).collect();
        }
        let places = some.iter().filter_map(|id| self.place_of(BriefingId(id)));
        let mut places: Vec<usize> = places.collect();
        places.sort_unstable();
        places
    }

    /// Adds headings, each with the number of briefings in a row that it is of.
    fn add_headings(&mut self, headings: impl Iterator<Item = (String, u32)>) {
        self.groups.reserve_exact(self.all.len());
        let mut known: HashMap<String, u32> = HashMap::new();
        for (heading, count) in headings {
            let group = *known.entry(heading).or_insert_with_key(|heading| {
                self.headings.push(heading.clone());
                u32::try_from(self.headings.len() - 1).unwrap_or(u32::MAX)
            });
            self.groups.extend(std::iter::repeat_n(group, count as usize));
        }
    }
}

fn sorted(corpus: &Corpus, sort: SortBy) -> Vec<BriefingId> {
    let mut all = corpus.newest();
    let entry = |id: &BriefingId| corpus.entry(*id);
    match sort {
        SortBy::Date | SortBy::Relevance => {}
        SortBy::Title => all.sort_by_cached_key(|id| {
            entry(id).map(|entry| (fold_key(entry.title()), Reverse(issued(entry))))
        }),
        SortBy::Source => all.sort_by_cached_key(|id| {
            entry(id).map(|entry| (fold_key(source(entry)), Reverse(issued(entry))))
        }),
    }
    all
}

/// Newest day that the date may mean: a month's review belongs after the days of the month.
fn issued(entry: &Entry) -> Option<(Bound, Bound)> {
    entry.date().map(|date| (date.latest(), date.earliest()))
}

fn source(entry: &Entry) -> &str {
    entry.source().unwrap_or_default()
}

fn source_shown(name: &str) -> String {
    if name.is_empty() { "No source".into() } else { name.into() }
}

fn month_of((latest, count): (Option<Bound>, u32)) -> (String, u32) {
    let heading = match latest {
        None => "Undated".into(),
        Some(Bound::Day(day)) => day.strftime("%B %Y").to_string(),
        Some(Bound::NegativeInfinity | Bound::PositiveInfinity) => "Open dates".into(),
    };
    (heading, count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::briefing::Briefing;
    use crate::date::EdtfDate;

    #[test]
    fn few_and_many_stand_where_they_stand_among_all() {
        let dated = |day: usize| Briefing {
            title: "t".to_owned(),
            date: EdtfDate::parse(&format!("2023-03-{:02}", day * 7 % 28 + 1)).ok(),
            ..Briefing::default()
        };
        let corpus = Corpus::of_briefings((0..100).map(dated).collect());
        let mut order = Order::new(&corpus, SortBy::Date);
        let all = order.all.clone();
        for some in [vec![], vec![99], vec![7, 3, 50], (20..90).collect::<Vec<u32>>()] {
            let some: RoaringBitmap = some.into_iter().collect();
            let places = order.places_of(&some);
            assert!(places.is_sorted());
            let there: RoaringBitmap = places.iter().map(|at| all[*at].0).collect();
            assert_eq!(there, some);
        }
        assert_eq!(order.place_of(BriefingId(100)), None);
    }
}
