//! Dated events gathered into stories: no box for a story, and no more than its place in time for
//! one that has one report, as most have.

use serde::{Deserialize, Serialize};

use super::Dated;
use crate::corpus::columns::{Runs, exactly, short};

/// Marks the anchor of a story that has several reports.
pub(super) const SEVERAL: u32 = 1 << 31;

/// Stories over dated events, numbered in the order of time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Gathered {
    /// Of each story the index of the event that places it in time, marked where there are several.
    #[serde(deserialize_with = "exactly")]
    pub anchors: Vec<u32>,
    /// The stories with several reports, ascending, and these, the earliest first.
    #[serde(deserialize_with = "exactly")]
    several: Vec<u32>,
    reports: Runs<u32>,
}

impl Gathered {
    /// Gathers events by their leaders: `leaders` has for each event one of the same story, itself
    /// or an earlier one, which leads itself. Gives also the story of each event.
    pub fn of(dated: &[Dated], leaders: &[u32]) -> (Self, Vec<u32>) {
        let mut counts = vec![0u32; dated.len()];
        let mut anchors: Vec<u32> = (0..short(dated.len())).collect();
        for (at, leader) in (0..).zip(leaders) {
            let leader = *leader as usize;
            if let Some(count) = counts.get_mut(leader) {
                *count += 1;
            }
            let rank = |at: u32| dated.get(at as usize).map(Dated::rank);
            if let Some(anchor) = anchors.get_mut(leader)
                && *anchor != at
                && rank(at) < rank(*anchor)
            {
                *anchor = at;
            }
        }
        let mut numbers = vec![u32::MAX; dated.len()];
        let mut all = Self::default();
        let leads = |at: u32| leaders.get(at as usize).map(|leader| *leader as usize);
        for at in 0..short(dated.len()) {
            let Some(leader) = leads(at).filter(|of| anchors.get(*of) == Some(&at)) else {
                continue;
            };
            let is_several = counts.get(leader).is_some_and(|count| *count > 1);
            if let Some(number) = numbers.get_mut(leader) {
                *number = short(all.anchors.len());
            }
            all.anchors.push(if is_several { at | SEVERAL } else { at });
        }
        let number = |leader: &u32| numbers.get(*leader as usize).copied().unwrap_or(u32::MAX);
        let stories: Vec<u32> = leaders.iter().map(number).collect();
        all.anchors.shrink_to_fit();
        all.add_several(dated, &stories);
        (all, stories)
    }

    fn add_several(&mut self, dated: &[Dated], stories: &[u32]) {
        let is_several = |story: u32| {
            self.anchors.get(story as usize).is_some_and(|anchor| anchor & SEVERAL != 0)
        };
        let of_many = (0..).zip(stories).filter(|(_, story)| is_several(**story));
        let mut reports: Vec<(u32, u32)> = of_many.map(|(at, story)| (*story, at)).collect();
        let report = |at: u32| dated.get(at as usize).map(Dated::by_report);
        reports.sort_unstable_by_key(|(story, at)| (*story, report(*at)));
        for story in reports.chunk_by(|a, b| a.0 == b.0) {
            self.several.extend(story.first().map(|(number, _)| *number));
            self.reports.push(story.iter().map(|(_, at)| *at));
        }
    }

    /// The reports of a story that has several.
    pub fn several_of(&self, number: usize) -> &[u32] {
        let at = self.several.binary_search(&short(number));
        at.map_or(&[], |at| self.reports.get(at))
    }
}
