//! Of all forms that stand in a text, those that are mentions, and whose.

use std::ops::Range;

use super::Via;
use super::form::{Form, Sort};
use super::neighbour::{is_before_given_name, is_behind_foreign_name};
use super::word_list::STATES_LIKE_PEOPLE;
use crate::briefing::Kind;

/// A form that stands somewhere.
#[derive(Clone, Debug)]
pub struct Candidate<'a> {
    /// Where, without an article.
    pub range: Range<usize>,
    /// The form.
    pub form: &'a Form,
    /// Whether the briefing itself declares the form.
    pub is_own: bool,
    /// Who has the better claim: lower goes first.
    pub rank: usize,
}

/// A candidate that was taken.
#[derive(Clone, Debug)]
pub struct Pick {
    /// Where.
    pub range: Range<usize>,
    /// Whose form it was.
    pub actor: usize,
    /// What he is.
    pub kind: Kind,
    /// By what he is recognised.
    pub via: Via,
    /// Whether it is one word.
    pub is_single: bool,
    /// Whether it is an abbreviation in capitals.
    pub is_abbreviation: bool,
}

/// Picks from a text's candidates, which are sorted by start, the longest first.
pub struct Picker<'a> {
    text: &'a str,
    candidates: &'a [Candidate<'a>],
    /// The words of each person's names.
    words: &'a dyn Fn(usize, &str) -> bool,
    names: &'a dyn Fn(usize) -> &'a str,
    /// Declared actors, and those named in full.
    present: Vec<usize>,
    /// Where persons are named in full.
    full: Vec<(usize, usize)>,
}

impl<'a> Picker<'a> {
    /// `has_word` says whether a person's names have a word, `name` what an actor is called.
    pub fn new(
        text: &'a str,
        candidates: &'a [Candidate<'a>],
        declared: impl IntoIterator<Item = usize>,
        has_word: &'a dyn Fn(usize, &str) -> bool,
        name: &'a dyn Fn(usize) -> &'a str,
    ) -> Self {
        Self {
            text,
            candidates,
            words: has_word,
            names: name,
            present: sorted(declared),
            full: Vec::new(),
        }
    }

    /// First everybody who is named in full, then everything.
    pub fn pick_all(mut self) -> Vec<Pick> {
        let full = self.pass();
        let persons = full.iter().filter(|pick| pick.kind == Kind::Person && !pick.is_single);
        self.full = persons.map(|pick| (pick.range.start, pick.actor)).collect();
        let named = self.full.iter().map(|(_, actor)| *actor);
        self.present = sorted(self.present.iter().copied().chain(named));
        self.pass()
    }

    fn pass(&self) -> Vec<Pick> {
        let mut picks: Vec<Pick> = Vec::new();
        let mut end = 0;
        for group in self.candidates.chunk_by(|a, b| a.range == b.range) {
            let Some(first) = group.first() else { continue };
            if first.range.start < end {
                continue;
            }
            let last_end = picks.last().map(|pick| pick.range.end);
            let is_mention = |at: usize| last_end == Some(at);
            if let Some((chosen, via)) = self.choose(group, &is_mention) {
                end = first.range.end;
                picks.push(Pick {
                    range: first.range.clone(),
                    actor: chosen.form.actor,
                    kind: chosen.form.kind,
                    via,
                    is_single: chosen.form.is_single,
                    is_abbreviation: chosen.form.is_abbreviation,
                });
            } else if group.iter().any(|one| one.form.sort == Sort::Not) {
                end = first.range.end;
            }
        }
        picks
    }

    fn choose(
        &self,
        group: &'a [Candidate<'a>],
        is_mention: &dyn Fn(usize) -> bool,
    ) -> Option<(&'a Candidate<'a>, Via)> {
        let stands = |one: &&&Candidate<'_>| self.stands_alone(one, is_mention);
        let is_name = |one: &&Candidate<'_>| one.form.sort <= Sort::Alias;
        let is_claim = |one: &&Candidate<'_>| one.form.kind == Kind::Person && one.form.is_single;
        let best = group
            .iter()
            .filter(|one| is_name(one) && !is_claim(one))
            .filter(|one| stands(&one))
            .min_by_key(|one| (one.rank, one.form.sort));
        let claims: Vec<&Candidate<'_>> = group
            .iter()
            .filter(|one| {
                one.form.sort == Sort::Surname && self.is_present(one)
                    || is_name(one) && is_claim(one)
            })
            .filter(|one| stands(&one))
            .collect();
        let claimed = self.settle(&claims);
        match (best, claimed) {
            (Some(name), Some((person, _))) if person.rank >= name.rank => {
                return Some((name, via_of(name)));
            }
            (_, Some(claimed)) => return Some(claimed),
            (Some(name), None) => return Some((name, via_of(name))),
            (None, None) => {}
        }
        let demonyms: Vec<&Candidate<'_>> =
            group.iter().filter(|one| one.form.sort == Sort::Demonym).collect();
        one_actor(&demonyms)
            .or_else(|| {
                let near = demonyms.iter().copied().filter(|one| self.is_present(one));
                one_actor(&near.collect::<Vec<_>>())
            })
            .map(|one| (one, Via::Demonym))
    }

    fn is_present(&self, one: &Candidate<'_>) -> bool {
        self.present.binary_search(&one.form.actor).is_ok()
    }

    /// Whether something other than a surname begins there.
    fn begins_name(&self, at: usize) -> bool {
        let first = self.candidates.partition_point(|one| one.range.start < at);
        let mut here = self.candidates.iter().skip(first).take_while(|one| one.range.start == at);
        here.any(|one| one.form.sort < Sort::Surname)
    }

    /// Which of those who are called so is meant.
    fn settle(&self, claims: &[&'a Candidate<'a>]) -> Option<(&'a Candidate<'a>, Via)> {
        let own = claims.iter().find(|one| one.is_own && one.form.sort <= Sort::Alias);
        if let Some(own) = own {
            return Some((own, via_of(own)));
        }
        let mut here: Vec<&'a Candidate<'a>> = Vec::new();
        for claim in claims.iter().copied().filter(|one| self.is_present(one)) {
            match here.iter_mut().find(|known| known.form.actor == claim.form.actor) {
                Some(known) if claim.form.sort < known.form.sort => *known = claim,
                Some(_) => {}
                None => here.push(claim),
            }
        }
        match here.as_slice() {
            [] => claims
                .iter()
                .min_by_key(|one| (one.rank, one.form.sort))
                .map(|one| (*one, via_of(one))),
            [one] => Some((*one, via_of(one))),
            _ => {
                let at = claims.first()?.range.start;
                let before = self.full.iter().rev().filter(|(start, _)| *start < at);
                let of = |actor: usize| here.iter().find(|one| one.form.actor == actor);
                let nearest = before.map(|(_, actor)| *actor).find_map(of);
                nearest.map(|one| (*one, Via::Surname))
            }
        }
    }

    /// Whether a single word is no part of somebody else's name.
    fn stands_alone(&self, one: &Candidate<'_>, is_mention: &dyn Fn(usize) -> bool) -> bool {
        let form = one.form;
        if !form.is_single
            || form.is_abbreviation
            || !form.text.is_ascii() && !has_latin(&form.text)
        {
            return true;
        }
        let is_person = form.kind == Kind::Person;
        let is_like_people = STATES_LIKE_PEOPLE.contains(&form.text.as_str());
        if form.kind == Kind::State && !is_like_people {
            return true;
        }
        let own = |word: &str| (self.words)(form.actor, word);
        if is_behind_foreign_name(self.text, one.range.start, own, is_mention) {
            return false;
        }
        let family_first = is_person && (self.names)(form.actor).starts_with(form.text.as_str());
        let goes_on = |at: usize| self.begins_name(at);
        !((family_first || is_like_people && form.text != "Georgia")
            && is_before_given_name(self.text, one.range.end, goes_on))
    }
}

/// A small set, to be searched by halves.
pub fn sorted(all: impl IntoIterator<Item = usize>) -> Vec<usize> {
    let mut all: Vec<usize> = all.into_iter().collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn has_latin(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_alphabetic())
}

fn via_of(one: &Candidate<'_>) -> Via {
    match one.form.sort {
        Sort::Name => Via::Name,
        Sort::Surname => Via::Surname,
        Sort::Demonym => Via::Demonym,
        Sort::Alias | Sort::Not => Via::Alias,
    }
}

fn one_actor<'a>(all: &[&'a Candidate<'a>]) -> Option<&'a Candidate<'a>> {
    let first = all.first()?;
    all.iter().all(|one| one.form.actor == first.form.actor).then_some(*first)
}
