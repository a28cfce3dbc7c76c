//! Who the subject of a dossier is, and who says so.

use std::collections::HashSet;

use jiff::civil;

use crate::actor::{FactSource, Facts, Known, Registry, slug_of};
use crate::briefing::words::{KINDS, word_for};
use crate::briefing::{Alias, Entity, Kind, Role};
use crate::corpus::concordance::CorpusActor;
use crate::corpus::{ActorId, BriefingId, Corpus};
use crate::date::EdtfDate;

/// Who says something of an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// An `actors.yaml` of the corpus, or the gazetteer inside the program.
    Known(FactSource),
    /// A briefing; of several the last.
    Briefing(BriefingId),
}

/// What is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactKind {
    /// What he is called first.
    Name,
    /// His id as it is written in files.
    Id,
    /// What he is.
    Kind,
    /// ISO 3166-1 alpha-3.
    Country,
    /// Wikidata item.
    Wikidata,
    /// An office held.
    Role,
    /// Another way to write him.
    Alias,
}

/// Something that is known of an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What is said.
    pub kind: FactKind,
    /// The words.
    pub value: String,
    /// From when.
    pub since: Option<EdtfDate>,
    /// Until when (exclusive).
    pub until: Option<EdtfDate>,
    /// Who says so; `None` where it goes without saying (a kind that nobody gave).
    pub source: Option<Source>,
}

/// Declarations that are looked into whatever they say: somebody of thousands of briefings is declared in
/// few ways, and each of these is looked into too.
const LOOKED_INTO: usize = 64;

/// Who an actor is, and how much the corpus has of him.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// His number in the corpus.
    pub actor: ActorId,
    /// His id as it is written in files.
    pub id: String,
    /// His name.
    pub name: String,
    /// Who gives it.
    pub source: Option<Source>,
    /// What he is.
    pub kind: Kind,
    /// His role as of the newest of his briefings.
    pub role: Option<Fact>,
    /// Everything that is known of him, each with who says so.
    pub facts: Vec<Fact>,
    /// The first of his dated briefings.
    pub first: Option<BriefingId>,
    /// The last of them.
    pub last: Option<BriefingId>,
    /// His briefings.
    pub briefings: u64,
    /// His mentions, the inferred ones included unless they are left out.
    pub mentions: usize,
    /// Those of them that are inferred.
    pub inferred: usize,
}

impl Profile {
    /// The profile of an actor; `None` for one of another snapshot.
    pub(super) fn of(corpus: &Corpus, actor: ActorId, inferred: bool) -> Option<Self> {
        let known = corpus.concordance.actor(actor)?;
        let own = if inferred { &known.briefings } else { &known.named_in };
        let in_order = super::in_order_of_issue(corpus, own);
        let dated = || in_order.iter().copied().filter(|id| corpus.issued(*id).is_dated());
        let last = dated().next_back();
        let said = Said::of(corpus, known, actor, &in_order);
        let day = last.and_then(|id| corpus.issued(id).days()).map(|(_, last)| last.clamped());
        let left_out = if inferred { 0 } else { known.inferred };
        Some(Self {
            actor,
            id: known.actor.id.clone(),
            name: known.actor.name.clone(),
            source: said.source(|facts| &facts.name, |entity| entity.name == known.actor.name),
            kind: known.actor.kind,
            role: said.role_on(day),
            facts: said.facts(),
            first: dated().next(),
            last,
            briefings: own.len(),
            mentions: known.mentions - left_out,
            inferred: known.inferred - left_out,
        })
    }

    /// The first fact of a kind.
    #[must_use]
    pub fn fact(&self, kind: FactKind) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.kind == kind)
    }
}

/// What lists, gazetteer and briefings say of one actor.
struct Said<'a> {
    actor: &'a CorpusActor,
    registry: &'a Registry,
    known: Option<&'a Known>,
    /// What briefings declare of him, the newest first: of those that have him in the same way the
    /// newest, and of all the newest few.
    declared: Vec<(BriefingId, Entity)>,
}

impl<'a> Said<'a> {
    fn of(
        corpus: &'a Corpus,
        actor: &'a CorpusActor,
        id: ActorId,
        in_order: &[BriefingId],
    ) -> Self {
        let registry = corpus.finder.registry();
        let known = registry.find_id(&actor.actor.id).and_then(|at| registry.actors().get(at));
        let mut declared = Vec::new();
        let mut ways: HashSet<u32> = HashSet::new();
        for briefing in in_order.iter().rev() {
            let cast = corpus.concordance.cast(*briefing);
            let Some((at, way)) = cast.declaration_of(id) else { continue };
            if ways.insert(way) || declared.len() < LOOKED_INTO {
                let entry = corpus.entry(*briefing);
                let entity = entry.and_then(|entry| entry.briefing().entities.get(at).cloned());
                declared.extend(entity.map(|entity| (*briefing, entity)));
            }
        }
        Self { actor, registry, known, declared }
    }

    /// Who says something: lists and gazetteer before briefings.
    fn source(
        &self,
        known: impl Fn(&'a Facts) -> &'a [FactSource],
        says: impl Fn(&Entity) -> bool,
    ) -> Option<Source> {
        let all = self.known.filter(|known| says(&known.entity)).map(|it| known(&it.facts));
        all.and_then(first).or_else(|| {
            let briefing = self.declared.iter().find(|(_, entity)| says(entity));
            briefing.map(|(id, _)| Source::Briefing(*id))
        })
    }

    /// The office held on a day, else the role that the newest briefing gives.
    fn role_on(&self, day: Option<civil::Date>) -> Option<Fact> {
        let held = || {
            let known = self.known?;
            let at = known.entity.roles.iter().position(|role| is_held(role, day))?;
            self.office(known, at)
        };
        let told = || {
            let (id, role) =
                self.declared.iter().find_map(|(id, entity)| Some((*id, entity.role.clone()?)))?;
            Some(plain(FactKind::Role, role, Some(Source::Briefing(id))))
        };
        let standing = || {
            let known = self.known?;
            Some(plain(FactKind::Role, known.entity.role.clone()?, first(&known.facts.role)))
        };
        held().or_else(told).or_else(standing)
    }

    fn facts(&self) -> Vec<Fact> {
        let own = &self.actor.actor;
        let mut facts = Vec::new();
        let source = self.source(|facts| &facts.name, |entity| entity.name == own.name);
        facts.push(plain(FactKind::Name, own.name.clone(), source));
        let source = self.source(|facts| &facts.id, |entity| entity.id.as_ref() == Some(&own.id));
        facts.push(plain(FactKind::Id, own.id.clone(), source));
        let source = self.source(|facts| &facts.kind, |entity| entity.kind == Some(own.kind));
        facts.push(plain(FactKind::Kind, word_for(KINDS, &own.kind).to_owned(), source));
        if let Some(country) = &own.country {
            let says = |entity: &Entity| entity.country.as_ref() == Some(country);
            let source = self.source(|facts| &facts.country, says);
            facts.push(plain(FactKind::Country, country.clone(), source));
        }
        let known = self.known.and_then(|known| known.entity.wikidata.as_ref());
        let told = || self.declared.iter().find_map(|(_, entity)| entity.wikidata.as_ref());
        if let Some(item) = known.or_else(told) {
            let says = |entity: &Entity| entity.wikidata.as_ref() == Some(item);
            let source = self.source(|facts| &facts.wikidata, says);
            facts.push(plain(FactKind::Wikidata, item.clone(), source));
        }
        facts.extend(self.roles());
        facts.extend(own.aliases.iter().map(|alias| self.alias(alias)));
        facts
    }

    fn alias(&self, alias: &Alias) -> Fact {
        let known = self.known.and_then(|known| {
            let at = known.entity.aliases.iter().position(|one| one.text == alias.text)?;
            first(known.facts.aliases.get(at)?)
        });
        let has = |entity: &Entity| {
            entity.name == alias.text || entity.aliases.iter().any(|one| one.text == alias.text)
        };
        Fact {
            since: alias.since.clone(),
            until: alias.until.clone(),
            ..plain(
                FactKind::Alias,
                alias.text.clone(),
                known.or_else(|| self.source(|facts| &facts.name, has)),
            )
        }
    }

    /// Offices with their days, then the different roles that briefings give.
    fn roles(&self) -> Vec<Fact> {
        let offices = self.known.into_iter().flat_map(|known| {
            (0..known.entity.roles.len()).filter_map(move |at| self.office(known, at))
        });
        let mut roles: Vec<Fact> = offices.collect();
        for (id, entity) in &self.declared {
            let Some(role) = &entity.role else { continue };
            let is_said = |fact: &Fact| {
                slug_of(&fact.value) == slug_of(role) || fact.value.starts_with(role.as_str())
            };
            if !roles.iter().any(is_said) {
                roles.push(plain(FactKind::Role, role.clone(), Some(Source::Briefing(*id))));
            }
        }
        roles
    }

    /// An office in words: `President of China`.
    fn office(&self, known: &Known, at: usize) -> Option<Fact> {
        let role = known.entity.roles.get(at)?;
        let of = role.of.as_ref().filter(|_| !role.role.contains(" of "));
        let value = match of {
            Some(of) => format!("{} of {}", role.role, self.name_of(of)),
            None => role.role.clone(),
        };
        Some(Fact {
            since: role.since.clone(),
            until: role.until.clone(),
            ..plain(FactKind::Role, value, known.facts.roles.get(at).and_then(|all| first(all)))
        })
    }

    /// The name of what an office belongs to: a state by its code, an organisation by its id.
    fn name_of<'b>(&'b self, of: &'b str) -> &'b str {
        let actors = self.registry.actors();
        let is_it = |known: &&Known| {
            known.entity.kind == Some(Kind::State) && known.entity.country.as_deref() == Some(of)
        };
        let by_id = || self.registry.find(of).and_then(|at| actors.get(at));
        actors.iter().find(is_it).or_else(by_id).map_or(of, |known| known.entity.name.as_str())
    }
}

fn plain(kind: FactKind, value: String, source: Option<Source>) -> Fact {
    Fact { kind, value, since: None, until: None, source }
}

/// The best of several sources.
fn first(sources: &[FactSource]) -> Option<Source> {
    sources.first().map(|source| Source::Known(*source))
}

/// Whether an office is held on a day; without a day, whether it is still held.
fn is_held(role: &Role, day: Option<civil::Date>) -> bool {
    let Some(day) = day else { return role.until.is_none() };
    let bound = |date: &Option<EdtfDate>| date.as_ref().map(|date| date.earliest().clamped());
    bound(&role.since).is_none_or(|since| since <= day)
        && bound(&role.until).is_none_or(|until| until > day)
}

/// `since 14 March 2013`, `14 March 2013 – 30 June 2020`, `until 2020`, or nothing.
#[must_use]
pub fn period_in_words(since: Option<&EdtfDate>, until: Option<&EdtfDate>) -> String {
    match (since, until) {
        (None, None) => String::new(),
        (Some(since), None) => format!("since {}", since.in_words()),
        (None, Some(until)) => format!("until {}", until.in_words()),
        (Some(since), Some(until)) => format!("{} – {}", since.in_words(), until.in_words()),
    }
}
