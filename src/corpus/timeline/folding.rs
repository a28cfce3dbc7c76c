//! Which reports tell of one and the same event, and which plans came to pass.
//!
//! The rule errs on the side of leaving reports apart: a wrong fold hides an event.

use std::collections::{BTreeMap, HashMap};

use jiff::civil;
use rayon::prelude::*;

use super::dated::NEW;
use super::{Dated, Extent, days_between, keys};
use crate::briefing::EventStatus;
use crate::corpus::columns::short;
use crate::date::{PackedBound, Precision};

/// Stretches of one class and one set of actors that are compared with the next ones, and reports
/// with a plan: a real corpus has a few, and a hostile one cannot make it a square.
const MOST_COMPARED: usize = 256;

/// What is found among the dated events of a timeline; events are told by their indices in it.
pub(super) struct Folding {
    /// For each event the first of its story.
    pub leaders: Vec<u32>,
    /// Plans that came to pass, by the first event of their stories, each with the event that fulfils
    /// it and is another story.
    pub fulfilled: Vec<(u32, u32)>,
    /// For each story of the snapshot before that was taken over its first event.
    pub kept: Vec<u32>,
}

/// Folds reports into stories. Two are of one story where all of this holds:
/// - both give the same class, and the same actors on either side, at least one. Of `AGREE`, `CONSULT` and
///   `COOPERATE`, which are mutual, the sides are not told apart: who telephoned whom differs by who tells it;
/// - they fall on the same day; or both are stretches, and the days that they share are at least half
///   of the longer one; or both are one and the same vague date (a month, a year) in the same words;
/// - they stand in different briefings: what one briefing tells apart is apart.
///
/// What is so linked, also by others between, is one story. Where that would put two events of one briefing
/// into one, it is parted by the words of `what`; where even these are the same, each stands alone.
///
/// Planned and done, alleged and denied fold alike. A story of plans alone is fulfilled by the first later
/// report of the same class and actors as done within its vague date (or sharing half of its days), though
/// that is a story of its own.
///
/// Actors are compared as the concordance resolves them where the corpus was surveyed, else by name.
///
/// Events come with their keys (see [`keys`]). With `touched`, sorted, only those of these keys are looked at;
/// all others keep the stories that they have.
pub(super) fn fold(dated: &[Dated], keys: &[u64], touched: Option<&[u64]>) -> Folding {
    let is_touched = |key: u64| touched.is_none_or(|touched| touched.binary_search(&key).is_ok());
    let mut leaders: Vec<u32> = (0..short(dated.len())).collect();
    let mut kept = Vec::new();
    let mut alike: Vec<(u64, u32)> = Vec::new();
    for ((at, row), key) in (0..).zip(dated).zip(keys) {
        if *key != keys::NONE && is_touched(*key) {
            alike.push((*key, at));
        } else if row.story() != NEW {
            let first = first_of(&mut kept, row.story(), at);
            if let Some(leader) = leaders.get_mut(at as usize) {
                *leader = first;
            }
        }
    }
    alike.par_sort_unstable();
    let groups: Vec<&[(u64, u32)]> =
        alike.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1).collect();
    let folded: Vec<Group> = groups.par_iter().map(|group| Group::of(dated, group)).collect();
    let mut fulfilled = Vec::new();
    for group in folded {
        for (at, first) in group.leaders {
            if let Some(leader) = leaders.get_mut(at as usize) {
                *leader = first;
            }
        }
        fulfilled.extend(group.fulfilled);
    }
    Folding { leaders, fulfilled, kept }
}

/// The first event of an old story, which is the one at hand if there was none before.
fn first_of(kept: &mut Vec<u32>, story: u32, at: u32) -> u32 {
    let story = story as usize;
    if kept.len() <= story {
        kept.resize(story + 1, NEW);
    }
    match kept.get_mut(story) {
        Some(first) if *first == NEW => {
            *first = at;
            at
        }
        Some(first) => *first,
        None => at,
    }
}

/// Events of one class and the same actors, folded.
struct Group {
    /// Each event with the first of its story.
    leaders: Vec<(u32, u32)>,
    fulfilled: Vec<(u32, u32)>,
}

impl Group {
    fn of(dated: &[Dated], group: &[(u64, u32)]) -> Self {
        let indices: Vec<u32> = group.iter().map(|(_, at)| *at).collect();
        let mut leaders: Vec<(u32, u32)> = indices.iter().map(|at| (*at, *at)).collect();
        for story in stories_among(dated, &indices) {
            let first = story.iter().copied().min().unwrap_or_default();
            for at in story {
                if let Ok(place) = leaders.binary_search_by_key(&at, |(at, _)| *at)
                    && let Some(leader) = leaders.get_mut(place)
                {
                    leader.1 = first;
                }
            }
        }
        let fulfilled = fulfilled(dated, &leaders);
        Self { leaders, fulfilled }
    }
}

/// The stories of two reports and more among events that are alike but for their dates.
fn stories_among(dated: &[Dated], indices: &[u32]) -> Vec<Vec<u32>> {
    let mut by_date: HashMap<Fall, Vec<u32>> = HashMap::new();
    for &index in indices {
        if let Some(fall) = dated.get(index as usize).and_then(Fall::of) {
            by_date.entry(fall).or_default().push(index);
        }
    }
    let mut stretches = Vec::new();
    let mut stories = Vec::new();
    for (fall, indices) in by_date {
        match fall {
            Fall::Stretch(days) => stretches.push((days, indices)),
            Fall::Day(_) => stories.push(indices),
            Fall::Vague(_) if indices.len() > 1 => {
                stories.extend(by_words(dated, indices));
            }
            Fall::Vague(_) => {}
        }
    }
    stretches.sort_unstable_by_key(|(days, _)| *days);
    stories.extend(chained(stretches));
    let parted = stories.into_iter().flat_map(|story| parted(dated, story));
    parted.filter(|story| story.len() > 1).collect()
}

/// What a date must share with another to be the same.
#[derive(PartialEq, Eq, Hash)]
enum Fall {
    Day(PackedBound),
    Stretch(Days),
    /// A month or more that is one date: the words of the event must be the same too.
    Vague(Days),
}

type Days = (civil::Date, civil::Date);

impl Fall {
    fn of(row: &Dated) -> Option<Self> {
        let (first, last) = row.span();
        if row.extent() == Extent::Date && first == last && row.precision() <= Precision::Day {
            return Some(Self::Day(first));
        }
        let days = row.days()?;
        match row.extent() {
            Extent::Range => Some(Self::Stretch(days)),
            _ => Some(Self::Vague(days)),
        }
    }
}

/// Whether the days that two stretches share are at least half of the longer.
fn share_half(one: Days, other: Days) -> bool {
    let length = |days: Days| days_between(days.0, days.1) + 1;
    let shared = length((one.0.max(other.0), one.1.min(other.1)));
    shared > 0 && shared * 2 >= length(one).max(length(other))
}

/// Stretches, in order of their first days, joined with those that share half with them.
fn chained(stretches: Vec<(Days, Vec<u32>)>) -> Vec<Vec<u32>> {
    let mut chain_of: Vec<usize> = (0..stretches.len()).collect();
    for (at, (days, _)) in stretches.iter().enumerate() {
        let behind = stretches.iter().enumerate().skip(at + 1).take(MOST_COMPARED);
        for (other, (others, _)) in behind.take_while(|(_, (others, _))| others.0 <= days.1) {
            if share_half(*days, *others) {
                let (a, b) = (root(&chain_of, at), root(&chain_of, other));
                if let Some(slot) = chain_of.get_mut(a.max(b)) {
                    *slot = a.min(b);
                }
            }
        }
    }
    let mut chains: HashMap<usize, Vec<u32>> = HashMap::new();
    for (at, (_, indices)) in stretches.into_iter().enumerate() {
        chains.entry(root(&chain_of, at)).or_default().extend(indices);
    }
    chains.into_values().collect()
}

fn root(chain_of: &[usize], mut at: usize) -> usize {
    while let Some(&up) = chain_of.get(at)
        && up != at
    {
        at = up;
    }
    at
}

/// Keeps apart what one briefing tells apart.
fn parted(dated: &[Dated], story: Vec<u32>) -> Vec<Vec<u32>> {
    let tells_two = |story: &[u32]| {
        let rows = story.iter().filter_map(|at| dated.get(*at as usize));
        let mut briefings: Vec<_> = rows.map(|row| row.at().briefing).collect();
        briefings.sort_unstable();
        briefings.windows(2).any(|pair| matches!(pair, [a, b] if a == b))
    };
    if !tells_two(&story) {
        return vec![story];
    }
    by_words(dated, story).into_iter().filter(|story| !tells_two(story)).collect()
}

/// Events parted by the words of `what`.
fn by_words(dated: &[Dated], indices: Vec<u32>) -> Vec<Vec<u32>> {
    let mut by_words: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for index in indices {
        let words = dated.get(index as usize).map_or(0, Dated::words);
        by_words.entry(words).or_default().push(index);
    }
    by_words.into_values().collect()
}

/// Finds for each plan among events that are alike, each with the first of its story, what fulfils it.
fn fulfilled(dated: &[Dated], alike: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let rows =
        || alike.iter().filter_map(|(at, story)| Some((*at, *story, dated.get(*at as usize)?)));
    let has = |status| move |(.., row): &(u32, u32, &Dated)| row.status() == status;
    let done: Vec<_> = rows().filter(has(EventStatus::Done)).collect();
    if done.is_empty() {
        return Vec::new();
    }
    let mut told_done: Vec<u32> = done.iter().map(|(_, story, _)| *story).collect();
    told_done.sort_unstable();
    let mut found: BTreeMap<u32, (PackedBound, u32)> = BTreeMap::new();
    for (_, story, plan) in rows().filter(has(EventStatus::Planned)) {
        if told_done.binary_search(&story).is_ok() {
            continue;
        }
        let margin = plan.length().unwrap_or(0);
        let may_be = |(.., row): &(u32, u32, &Dated)| {
            days_between(row.earliest().clamped(), plan.earliest().clamped()) > margin
        };
        let from = done.partition_point(may_be);
        let near = done.iter().skip(from).take_while(|(.., row)| row.span().0 <= plan.span().1);
        for (by, _, row) in near.take(MOST_COMPARED).filter(|(.., row)| fulfils(row, plan)) {
            let candidate = (row.by_report().0, *by);
            let best = found.entry(story).or_insert(candidate);
            *best = candidate.min(*best);
        }
    }
    found.into_iter().map(|(story, (_, by))| (story, by)).collect()
}

/// Whether what is reported as done is what was planned: reported later, by another briefing, not over
/// before the plan was reported, and at a date that shares half with the plan's, or lies within it where
/// that is vague: one day's talks are not the three days' visit.
fn fulfils(done: &Dated, plan: &Dated) -> bool {
    let Some((told, planned)) = done.reported().zip(plan.reported()) else { return false };
    let Some(days) = done.days() else { return false };
    let is_vague = plan.extent() != Extent::Range || plan.precision() > Precision::Day;
    let is_within = is_vague && plan.span().0 <= done.span().0 && done.span().1 <= plan.span().1;
    let is_alike = plan.days().is_some_and(|plan| share_half(plan, days));
    done.at().briefing != plan.at().briefing
        && told > planned
        && days.1 >= planned
        && (is_within || is_alike)
}

#[cfg(test)]
mod tests;
