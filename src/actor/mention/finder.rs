//! The finder: made once for a corpus, run over one body after another.

use std::collections::HashMap;
use std::fmt::Debug;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::boundary::is_in_capitals;
use super::cast::Cast;
use super::form::{CASE_FOLDED, Form, Sort};
use super::forms::Forms;
use super::neighbour::between;
use super::office::Offices;
use super::pick::{Candidate, Pick, Picker, sorted};
use super::word_list::WORDS_IN_CAPITALS;
use super::{Mention, Via};
use crate::actor::period::Days;
use crate::actor::source::Said;
use crate::actor::{Actor, Registry, Scope};
use crate::briefing::{Entity, Kind, Matching};
use crate::date::EdtfDate;
use crate::text::{floor_boundary, fold};

/// Finds mentions of all known actors and of those whom a briefing declares.
///
/// It is made ready by who asks first: a start that finds everything in the index asks for nobody,
/// and that was the better half of its time and memory.
#[derive(Clone, Debug, Default)]
pub struct MentionFinder {
    known: Option<Arc<dyn Knowledge>>,
    registry: OnceLock<Registry>,
    ready: OnceLock<Ready>,
}

/// What is known of actors, before it is brought together.
pub trait Knowledge: Debug + Send + Sync {
    /// All of it together.
    fn registry(&self) -> Registry;
}

/// What a finder looks for.
#[derive(Clone, Debug, Default)]
struct Ready {
    forms: Forms,
    offices: Offices,
    stands_for: Vec<Option<usize>>,
    /// Who knows each actor at all.
    known_by: Vec<Said>,
}

impl Ready {
    fn of(registry: &Registry) -> Self {
        let known = registry.actors().iter();
        let all = known.enumerate().flat_map(|(at, known)| Form::all_known(at, known));
        let stands_for = |known: &super::super::Known| {
            known.entity.stands_for.as_deref().and_then(|name| registry.find(name))
        };
        let known_by = registry.actors().iter().map(|known| Said::of(&known.facts.declared));
        Self {
            forms: Forms::new(all.collect()),
            offices: Offices::new(registry),
            stands_for: registry.actors().iter().map(stands_for).collect(),
            known_by: known_by.collect(),
        }
    }
}

/// How far an office's title is looked for, in bytes.
const TITLE_REACH: usize = 96;

impl MentionFinder {
    /// A finder of all actors of a registry.
    #[must_use]
    pub fn new(registry: Registry) -> Self {
        Self { registry: registry.into(), ..Self::default() }
    }

    /// A finder of all actors who are known.
    #[must_use]
    pub fn of(known: Arc<dyn Knowledge>) -> Self {
        Self { known: Some(known), ..Self::default() }
    }

    /// Makes ready what it finds names by, which takes some hundredths of a second; else that is done
    /// when it is asked for the first time.
    pub fn make_ready(&self) {
        self.ready();
    }

    fn ready(&self) -> &Ready {
        self.ready.get_or_init(|| Ready::of(self.registry()))
    }

    /// Everybody whom it knows.
    #[must_use]
    pub fn registry(&self) -> &Registry {
        let known = || self.known.as_ref().map(|known| known.registry()).unwrap_or_default();
        self.registry.get_or_init(known)
    }

    pub(in crate::actor) fn offices(&self) -> &Offices {
        &self.ready().offices
    }

    /// The actors of a briefing without its text: those that it declares.
    #[must_use]
    pub fn declared(&self, entities: &[Entity]) -> Vec<Arc<Actor>> {
        let scope = &Scope::Everywhere;
        let meant = |entity| self.registry().meant_within(scope, entity);
        entities.iter().map(|one| self.registry().declared(scope, one, meant(one))).collect()
    }

    /// Finds who is mentioned in a body. `date` is the briefing's: it decides who holds an office
    /// and which names are in use; without one no office is resolved.
    #[must_use]
    pub fn find(&self, body: &str, date: Option<&EdtfDate>, entities: &[Entity]) -> Cast {
        self.find_within(&Scope::Everywhere, body, date, entities)
    }

    /// The same for a briefing for which only some lists hold, the nearest first.
    #[must_use]
    pub fn find_within(
        &self,
        scope: &Scope,
        body: &str,
        date: Option<&EdtfDate>,
        entities: &[Entity],
    ) -> Cast {
        let search = Search::new(self, scope, body, date.map(Days::of), entities);
        let mut picks = search.picks();
        search.read_offices(&mut picks);
        search.cast(picks)
    }

    fn known(&self, at: usize) -> Option<&Entity> {
        self.registry().actors().get(at).map(|known| &known.entity)
    }
}

/// One body under the finder. Actors are known by their index in the registry, and those whom only
/// the briefing declares by numbers behind these.
struct Search<'a> {
    finder: &'a MentionFinder,
    ready: &'a Ready,
    scope: &'a Scope,
    body: &'a str,
    days: Option<Days>,
    entities: &'a [Entity],
    declared: Vec<usize>,
    actors: Vec<Arc<Actor>>,
    order: HashMap<usize, usize>,
    own: Forms,
}

impl<'a> Search<'a> {
    fn new(
        finder: &'a MentionFinder,
        scope: &'a Scope,
        body: &'a str,
        days: Option<Days>,
        entities: &'a [Entity],
    ) -> Self {
        let count = finder.registry().actors().len();
        let mut actors = Vec::with_capacity(entities.len());
        let mut declared = Vec::with_capacity(entities.len());
        let mut order = HashMap::new();
        let mut own = Vec::new();
        for (at, entity) in entities.iter().enumerate() {
            let known = finder.registry().meant_within(scope, entity);
            let actor = finder.registry().declared(scope, entity, known);
            let key = known.unwrap_or(count + at);
            declared.push(key);
            order.entry(key).or_insert(at);
            let known = known.and_then(|at| finder.registry().actors().get(at));
            let known = known.map(|known| known.within(scope));
            own.extend(own_forms(key, entity, &actor, known.as_deref()));
            actors.push(actor);
        }
        let (ready, own) = (finder.ready(), Forms::new(own));
        Self { finder, ready, scope, body, days, entities, declared, actors, order, own }
    }

    fn picks(&self) -> Vec<Pick> {
        let folded = fold(self.body, CASE_FOLDED);
        let known = self.ready.forms.find(self.body, &folded);
        let own = self.own.find(self.body, &folded);
        let may_be_present = self.may_be_present(known.iter().chain(&own).map(|(_, form)| *form));
        let mut candidates: Vec<Candidate<'_>> = known
            .into_iter()
            .map(|(range, form)| (range, form, false))
            .chain(own.into_iter().map(|(range, form)| (range, form, true)))
            .filter(|(_, form, _)| {
                form.sort != Sort::Surname || may_be_present.binary_search(&form.actor).is_ok()
            })
            .filter(|(range, form, is_own)| self.holds(range, form, *is_own))
            .map(|(range, form, is_own)| Candidate {
                range,
                form,
                is_own,
                rank: self.rank(form.actor),
            })
            .collect();
        candidates.sort_by_key(|one| {
            (one.range.start, std::cmp::Reverse(one.range.end), one.rank, one.form.sort)
        });
        let has_word = |actor: usize, word: &str| self.has_word(actor, word);
        let name = |actor: usize| self.name_of(actor);
        let declared = self.declared.iter().copied();
        Picker::new(self.body, &candidates, declared, &has_word, &name).pick_all()
    }

    /// Whose surname alone may mean him: the declared, and those of whom more stands somewhere.
    fn may_be_present<'f>(&self, forms: impl Iterator<Item = &'f Form>) -> Vec<usize> {
        let is_full = |form: &&Form| form.sort <= Sort::Alias && !form.is_single;
        let full = forms.filter(is_full).map(|form| form.actor);
        sorted(self.declared.iter().copied().chain(full))
    }

    /// Declared actors in their order, then those of the lists, then the gazetteer's.
    fn rank(&self, actor: usize) -> usize {
        let declared = self.order.get(&actor).copied();
        declared.unwrap_or_else(|| {
            let known_by = self.ready.known_by.get(actor);
            let rank = known_by.and_then(|known_by| self.scope.best(known_by.as_slice()));
            self.entities.len() + rank.unwrap_or_default()
        })
    }

    fn holds(&self, range: &Range<usize>, form: &Form, is_own: bool) -> bool {
        let in_use = self.days.is_none_or(|days| form.period.touches(days));
        let shouted = || {
            form.is_abbreviation
                && WORDS_IN_CAPITALS.contains(&form.text.as_str())
                && is_in_capitals(self.body, range)
        };
        let silenced = || {
            let declared = self.order.get(&form.actor).and_then(|at| self.entities.get(*at));
            declared.is_some_and(|entity| {
                let mut aliases = entity.aliases.iter();
                aliases
                    .any(|alias| alias.matching == Some(Matching::Never) && alias.text == form.text)
            })
        };
        in_use && form.holds_in(self.scope) && (is_own || !silenced()) && !shouted()
    }

    fn name_of(&self, actor: usize) -> &str {
        let known = self.finder.known(actor).map(|entity| entity.name.as_str());
        known
            .or_else(|| {
                let at = actor.checked_sub(self.finder.registry().actors().len())?;
                Some(self.entities.get(at)?.name.as_str())
            })
            .unwrap_or_default()
    }

    fn has_word(&self, actor: usize, word: &str) -> bool {
        let has = |text: &str| text.split_whitespace().any(|part| part == word);
        let of = |entity: &Entity| {
            has(&entity.name) || entity.aliases.iter().any(|alias| has(&alias.text))
        };
        let declared = self.order.get(&actor).and_then(|at| self.entities.get(*at));
        self.finder.known(actor).is_some_and(of) || declared.is_some_and(of)
    }

    /// Turns a state (or organisation) with an office beside it into who holds that office, unless
    /// somebody is named right there.
    fn read_offices(&self, picks: &mut Vec<Pick>) {
        let Some(days) = self.days else { return };
        let mut at = 0;
        while at < picks.len() {
            let Some((range, holder)) = self.office_at(picks, at, days) else {
                at += 1;
                continue;
            };
            let role = Pick {
                range: range.clone(),
                actor: holder,
                kind: Kind::Person,
                via: Via::Role,
                is_single: false,
                is_abbreviation: false,
            };
            let first = picks.partition_point(|pick| pick.range.end <= range.start);
            let last = picks.partition_point(|pick| pick.range.start < range.end);
            picks.splice(first..last, [role]);
            at = first + 1;
        }
    }

    fn office_at(&self, picks: &[Pick], at: usize, days: Days) -> Option<(Range<usize>, usize)> {
        let pick = picks.get(at)?;
        let owns = matches!(pick.kind, Kind::State | Kind::Organisation | Kind::Alliance);
        if !owns || pick.via == Via::Role {
            return None;
        }
        let (range, holder) =
            self.office_behind(pick, days).or_else(|| self.office_before(pick, days))?;
        let is_person = |other: &&Pick| other.kind == Kind::Person && other.via != Via::Role;
        let next = picks.iter().find(|other| other.range.start >= range.end).filter(is_person);
        let named_behind = next.is_some_and(|next| {
            matches!(between(self.body, range.end..next.range.start).as_str(), " " | ", ")
        });
        let previous = picks.iter().rev().find(|other| other.range.end <= range.start);
        let named_before = previous.filter(is_person).is_some_and(|previous| {
            let gap = between(self.body, previous.range.end..range.start);
            matches!(
                gap.as_str(),
                ", " | ", the " | " as the " | " (the " | " (" | " is the " | ", as the "
            )
        });
        (!named_behind && !named_before).then_some((range, holder))
    }

    /// `the Russian president`, `China's foreign minister`.
    fn office_behind(&self, pick: &Pick, days: Days) -> Option<(Range<usize>, usize)> {
        let after = self.body.get(pick.range.end..)?;
        let possessive = ["'s", "’s", "'", "’"].iter().find_map(|end| after.strip_prefix(end));
        let before = self.body.get(..pick.range.start)?;
        let has_article =
            ["the ", "The ", "the\n", "The\n"].iter().any(|the| before.ends_with(the));
        let is_attribute = has_article
            && (pick.via == Via::Demonym || pick.is_abbreviation || pick.kind != Kind::State);
        let rest = if is_attribute { possessive.or(Some(after)) } else { possessive }?;
        let rest = rest.strip_prefix([' ', '\n'])?;
        let start = self.body.len() - rest.len();
        let reach = rest.get(..floor_boundary(rest, TITLE_REACH)).unwrap_or(rest);
        let folded = fold(reach, CASE_FOLDED);
        let in_one_line = folded.text().replace('\n', " ");
        let (length, holder) =
            self.ready.offices.at_start(&in_one_line, pick.actor, (self.scope, days))?;
        Some((pick.range.start..start + folded.original(0..length).end, holder))
    }

    /// `the prime minister of Japan`.
    fn office_before(&self, pick: &Pick, days: Days) -> Option<(Range<usize>, usize)> {
        let before = self.body.get(..pick.range.start)?;
        let from = before.len().saturating_sub(TITLE_REACH);
        let from = floor_boundary(before, from);
        let folded = fold(before.get(from..)?, CASE_FOLDED);
        let in_one_line = folded.text().replace('\n', " ");
        let rest = in_one_line.strip_suffix("the ").unwrap_or(&in_one_line);
        let rest = rest.strip_suffix(" of ")?;
        let (length, holder) = self.ready.offices.at_end(rest, pick.actor, (self.scope, days))?;
        let title = rest.len() - length;
        rest.get(..title)?.ends_with("the ").then_some(())?;
        Some((from + folded.original(title..rest.len()).start..pick.range.end, holder))
    }

    fn cast(self, picks: Vec<Pick>) -> Cast {
        let declared = self.actors.len();
        let (finder, ready, scope) = (self.finder, self.ready, self.scope);
        let Self { mut actors, mut order, .. } = self;
        let mut mentions = Vec::with_capacity(picks.len());
        let mut place = |key: usize, actors: &mut Vec<Arc<Actor>>| -> Option<usize> {
            if let Some(at) = order.get(&key) {
                return Some(*at);
            }
            actors.push(finder.registry().actor_within(scope, key)?);
            order.insert(key, actors.len() - 1);
            Some(actors.len() - 1)
        };
        for Pick { range, actor, via, .. } in picks {
            let other = ready.stands_for.get(actor).copied().flatten();
            let is_said = || {
                let known = finder.registry().actors().get(actor);
                known.is_some_and(|known| scope.best(&known.facts.stands_for).is_some())
            };
            let other = other.filter(|_| matches!(via, Via::Name | Via::Alias) && is_said());
            if let Some(actor) = place(actor, &mut actors) {
                mentions.push(Mention { range: range.clone(), actor, via });
            }
            if let Some(actor) = other.and_then(|other| place(other, &mut actors)) {
                mentions.push(Mention { range, actor, via: Via::Metonym });
            }
        }
        Cast { actors, declared, mentions }
    }
}

/// The forms that a briefing gives an actor beyond those that are known of him.
fn own_forms(key: usize, entity: &Entity, actor: &Actor, known: Option<&Entity>) -> Vec<Form> {
    let whole = Entity { kind: Some(actor.kind), country: actor.country.clone(), ..entity.clone() };
    let is_known = |form: &Form| {
        let Some(known) = known else { return false };
        let mut aliases = known.aliases.iter();
        match form.sort {
            Sort::Name | Sort::Alias => {
                form.text == known.name
                    || aliases
                        .any(|alias| alias.text == form.text && !entity.aliases.contains(alias))
            }
            Sort::Surname => known.name == entity.name,
            Sort::Demonym | Sort::Not => false,
        }
    };
    Form::all_of(key, &whole).into_iter().filter(|form| !is_known(form)).collect()
}
