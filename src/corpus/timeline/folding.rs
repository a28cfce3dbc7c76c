//! Which reports tell of one and the same event, and which plans came to pass.
//!
//! The rule errs on the side of leaving reports apart: a wrong fold hides an event.

use std::collections::{HashMap, HashSet};

use jiff::civil;

use super::{Dated, EventRef, Extent, days_between};
use crate::briefing::{Event, EventClass, EventStatus};
use crate::corpus::Corpus;
use crate::date::Precision;
use crate::text::fold_key;

/// Stretches of one class and one set of actors that are compared with the next ones, and reports
/// with a plan: a real corpus has a few, and a hostile one cannot make it a square.
const MOST_COMPARED: usize = 256;

/// What is found among the dated events of a timeline, in its order.
pub(super) struct Folding {
    /// For each the number of its story.
    pub stories: Vec<u32>,
    /// Stories of plans, each with the event (by its index) that fulfils it and is another story.
    pub fulfilled: HashMap<u32, usize>,
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
pub(super) fn fold(corpus: &Corpus, dated: &[Dated]) -> Folding {
    let mut folding = Folding { stories: Vec::new(), fulfilled: HashMap::new() };
    let mut alike: HashMap<Key, Vec<usize>> = HashMap::new();
    let surveyed = corpus.is_surveyed();
    let mut names = Names { surveyed, numbers: HashMap::new(), written: HashMap::new() };
    for (index, row) in dated.iter().enumerate() {
        if let Some(key) = names.key_of(corpus, row.at) {
            alike.entry(key).or_default().push(index);
        }
    }
    let alike: Vec<Vec<usize>> = alike.into_values().filter(|alike| alike.len() > 1).collect();
    let mut leader: Vec<usize> = (0..dated.len()).collect();
    for indices in &alike {
        for story in stories_among(corpus, dated, indices) {
            let first = story.iter().copied().min().unwrap_or_default();
            for index in story {
                if let Some(slot) = leader.get_mut(index) {
                    *slot = first;
                }
            }
        }
    }
    let mut next = 0;
    for (index, first) in leader.into_iter().enumerate() {
        let known = if first < index { folding.stories.get(first).copied() } else { None };
        folding.stories.push(known.unwrap_or(next));
        next += u32::from(known.is_none());
    }
    for indices in &alike {
        fulfil(dated, indices, &mut folding);
    }
    folding
}

/// Class and actors, numbered: those of the one side, how many they are, then those of the other.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    class: EventClass,
    by: usize,
    actors: Vec<u32>,
}

struct Names<'a> {
    surveyed: bool,
    numbers: HashMap<String, u32>,
    /// The same by names as written, so that each spelling is folded once.
    written: HashMap<&'a str, u32>,
}

impl<'a> Names<'a> {
    fn key_of(&mut self, corpus: &'a Corpus, at: EventRef) -> Option<Key> {
        let event = at.find_in(corpus)?;
        let class = event.class?;
        let (mut by, mut to) = self.parties(corpus, at, event);
        let is_mutual =
            matches!(class, EventClass::Agree | EventClass::Consult | EventClass::Cooperate);
        if is_mutual {
            by.append(&mut to);
        }
        for side in [&mut by, &mut to] {
            side.sort_unstable();
            side.dedup();
        }
        let sides = by.len();
        by.extend(to);
        (!by.is_empty()).then_some(Key { class, by: sides, actors: by })
    }

    fn parties(&mut self, corpus: &Corpus, at: EventRef, event: &'a Event) -> (Vec<u32>, Vec<u32>) {
        if self.surveyed {
            let parties = corpus.concordance.cast(at.briefing).parties(at.event);
            return (parties.by().map(|id| id.0).collect(), parties.to().map(|id| id.0).collect());
        }
        let mut side = |side: &'a [String]| side.iter().map(|name| self.number(name)).collect();
        (side(&event.by), side(&event.to))
    }

    fn number(&mut self, name: &'a str) -> u32 {
        let numbers = &mut self.numbers;
        *self.written.entry(name).or_insert_with(|| {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            *numbers.entry(fold_key(name.trim())).or_insert(next)
        })
    }
}

/// The stories of two reports and more among events that are alike but for their dates.
fn stories_among(corpus: &Corpus, dated: &[Dated], indices: &[usize]) -> Vec<Vec<usize>> {
    let mut by_date: HashMap<Fall, Vec<usize>> = HashMap::new();
    for &index in indices {
        if let Some(fall) = dated.get(index).and_then(Fall::of) {
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
                stories.extend(by_words(corpus, dated, indices));
            }
            Fall::Vague(_) => {}
        }
    }
    stretches.sort_unstable_by_key(|(days, _)| *days);
    stories.extend(chained(stretches));
    let parted = stories.into_iter().flat_map(|story| parted(corpus, dated, story));
    parted.filter(|story| story.len() > 1).collect()
}

/// What a date must share with another to be the same.
#[derive(PartialEq, Eq, Hash)]
enum Fall {
    Day(civil::Date),
    Stretch(Days),
    /// A month or more that is one date: the words of the event must be the same too.
    Vague(Days),
}

type Days = (civil::Date, civil::Date);

impl Fall {
    fn of(row: &Dated) -> Option<Self> {
        let days = row.days()?;
        match row.extent {
            Extent::Range => Some(Self::Stretch(days)),
            _ if days.0 == days.1 && row.precision <= Precision::Day => Some(Self::Day(days.0)),
            _ => Some(Self::Vague(days)),
        }
    }
}

fn words_of(corpus: &Corpus, row: &Dated) -> String {
    row.at.find_in(corpus).map(|event| fold_key(event.what.trim())).unwrap_or_default()
}

/// Whether the days that two stretches share are at least half of the longer.
fn share_half(one: Days, other: Days) -> bool {
    let length = |days: Days| days_between(days.0, days.1) + 1;
    let shared = length((one.0.max(other.0), one.1.min(other.1)));
    shared > 0 && shared * 2 >= length(one).max(length(other))
}

/// Stretches, in order of their first days, joined with those that share half with them.
fn chained(stretches: Vec<(Days, Vec<usize>)>) -> Vec<Vec<usize>> {
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
    let mut chains: HashMap<usize, Vec<usize>> = HashMap::new();
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
fn parted(corpus: &Corpus, dated: &[Dated], story: Vec<usize>) -> Vec<Vec<usize>> {
    let tells_two = |story: &[usize]| {
        let mut briefings: Vec<_> =
            story.iter().filter_map(|at| dated.get(*at)).map(|row| row.at.briefing).collect();
        briefings.sort_unstable();
        briefings.windows(2).any(|pair| matches!(pair, [a, b] if a == b))
    };
    if !tells_two(&story) {
        return vec![story];
    }
    by_words(corpus, dated, story).into_iter().filter(|story| !tells_two(story)).collect()
}

/// Events parted by the words of `what`.
fn by_words(corpus: &Corpus, dated: &[Dated], indices: Vec<usize>) -> Vec<Vec<usize>> {
    let mut by_words: HashMap<String, Vec<usize>> = HashMap::new();
    for index in indices {
        let words = dated.get(index).map(|row| words_of(corpus, row)).unwrap_or_default();
        by_words.entry(words).or_default().push(index);
    }
    by_words.into_values().collect()
}

/// Finds for each plan among events that are alike what fulfils it.
fn fulfil(dated: &[Dated], indices: &[usize], folding: &mut Folding) {
    let row = |index: &usize| dated.get(*index).map(|row| (*index, row));
    let has = |status| move |(_, row): &(usize, &Dated)| row.status == status;
    let done: Vec<_> = indices.iter().filter_map(row).filter(has(EventStatus::Done)).collect();
    if done.is_empty() {
        return;
    }
    let told_done: HashSet<u32> =
        done.iter().filter_map(|(at, _)| folding.stories.get(*at).copied()).collect();
    let mut found: HashMap<u32, (Option<civil::Date>, usize)> = HashMap::new();
    for (index, plan) in indices.iter().filter_map(row).filter(has(EventStatus::Planned)) {
        let Some(&story) = folding.stories.get(index) else { continue };
        if told_done.contains(&story) {
            continue;
        }
        let margin = plan.length().unwrap_or(0);
        let may_be = |(_, row): &(usize, &Dated)| {
            days_between(row.earliest.clamped(), plan.earliest.clamped()) > margin
        };
        let from = done.partition_point(may_be);
        let near = done.iter().skip(from).take_while(|(_, row)| row.earliest <= plan.latest);
        for (by, row) in near.take(MOST_COMPARED).filter(|(_, row)| fulfils(row, plan)) {
            let candidate = (row.reported, *by);
            let best = found.entry(story).or_insert(candidate);
            *best = candidate.min(*best);
        }
    }
    folding.fulfilled.extend(found.into_iter().map(|(story, (_, by))| (story, by)));
}

/// Whether what is reported as done is what was planned: reported later, by another briefing, not over
/// before the plan was reported, and at a date that shares half with the plan's, or lies within it where
/// that is vague: one day's talks are not the three days' visit.
fn fulfils(done: &Dated, plan: &Dated) -> bool {
    let Some((told, planned)) = done.reported.zip(plan.reported) else { return false };
    let Some(days) = done.days() else { return false };
    let is_vague = plan.extent != Extent::Range || plan.precision > Precision::Day;
    let is_within = is_vague && plan.earliest <= done.earliest && done.latest <= plan.latest;
    let is_alike = plan.days().is_some_and(|plan| share_half(plan, days));
    done.at.briefing != plan.at.briefing
        && told > planned
        && days.1 >= planned
        && (is_within || is_alike)
}

#[cfg(test)]
mod tests;
