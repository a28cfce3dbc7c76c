//! Offices: who holds which, under which titles, when.

use std::collections::HashMap;

use crate::actor::period::{Days, Period};
use crate::actor::{FactSource, Registry, Scope};
use crate::briefing::{Kind, Role};
use crate::text::fold_key;

/// Whose words count, and in which days.
pub type When<'a> = (&'a Scope, Days);

/// One who holds an office.
#[derive(Clone, Debug)]
struct Term {
    title: String,
    holder: usize,
    period: Period,
    said_by: Vec<FactSource>,
}

/// All offices, by the state or organisation that they belong to.
#[derive(Clone, Debug, Default)]
pub struct Offices {
    of: HashMap<usize, Vec<Term>>,
    /// Longest first.
    titles: Vec<String>,
    by_country: HashMap<String, usize>,
}

/// Titles of those who may be called a state's leader.
const LEADERS: [&str; 6] =
    ["president", "prime minister", "premier", "chancellor", "supreme leader", "taoiseach"];

/// Titles that mean the same.
const SAME: [(&str, &str); 9] = [
    ("defence minister", "defense minister"),
    ("foreign minister", "minister of foreign affairs"),
    ("foreign minister", "minister for foreign affairs"),
    ("external affairs minister", "foreign minister"),
    ("premier", "prime minister"),
    ("prime minister", "premier"),
    ("secretary-general", "secretary general"),
    ("secretary general", "secretary-general"),
    ("national security advisor", "national security adviser"),
];

impl Offices {
    /// Reads them off the roles of all known persons.
    pub fn new(registry: &Registry) -> Self {
        let mut offices = Self { by_country: states_by_country(registry), ..Self::default() };
        for (holder, known) in registry.actors().iter().enumerate() {
            for (role, said_by) in known.entity.roles.iter().zip(&known.facts.roles) {
                offices.add(registry, (holder, said_by), role);
            }
        }
        let titles = offices.of.values().flatten().map(|term| term.title.clone());
        offices.titles = titles.collect();
        offices.titles.sort_by_key(|title| (std::cmp::Reverse(title.len()), title.clone()));
        offices.titles.dedup();
        offices
    }

    fn add(&mut self, registry: &Registry, (holder, said_by): (usize, &[FactSource]), role: &Role) {
        let period = Period::new(role.since.as_ref(), role.until.as_ref());
        if !period.is_bound() {
            return;
        }
        for (owner, title) in self.readings(registry, role) {
            let mut titles = vec![title.clone()];
            titles.extend(SAME.iter().filter(|(a, _)| *a == title).map(|(_, b)| (*b).to_owned()));
            if LEADERS.contains(&title.as_str()) {
                titles.push("leader".to_owned());
            }
            let terms = self.of.entry(owner).or_default();
            let term = |title| Term { title, holder, period, said_by: said_by.to_vec() };
            terms.extend(titles.into_iter().map(term));
        }
    }

    /// A role as offices: of the state or organisation that it names, before or behind, or that is
    /// given beside it; folded.
    pub fn readings(&self, registry: &Registry, role: &Role) -> Vec<(usize, String)> {
        let of = role.of.as_deref();
        let of = of.and_then(|of| self.by_country.get(of).copied().or_else(|| registry.find(of)));
        let title = fold_key(&role.role);
        of.map(|of| (of, title.clone())).into_iter().chain(named_owners(registry, &title)).collect()
    }

    /// Who holds an office then and who says so, under this title or one that means the same.
    pub fn held_by(
        &self,
        owner: usize,
        title: &str,
        when: When<'_>,
    ) -> Option<(usize, FactSource)> {
        let holder = self.holder(owner, title, when)?;
        let (scope, days) = when;
        let terms = self.of.get(&owner)?.iter();
        let his = terms.filter(|term| {
            term.holder == holder && term.title == title && term.period.touches(days)
        });
        let said = his.flat_map(|term| &term.said_by);
        let best = said.filter_map(|source| Some((scope.rank(*source)?, *source))).min()?;
        Some((holder, best.1))
    }

    /// The office of an owner with whose title a folded text begins: bytes of the title, and who
    /// holds it in these days.
    pub fn at_start(&self, folded: &str, owner: usize, when: When<'_>) -> Option<(usize, usize)> {
        let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-');
        let is_here = |title: &&String| folded.strip_prefix(title.as_str()).is_some_and(ends);
        self.held(owner, when, self.titles.iter().filter(is_here))
    }

    /// The same for a folded text that ends with the title.
    pub fn at_end(&self, folded: &str, owner: usize, when: When<'_>) -> Option<(usize, usize)> {
        let begins = |rest: &str| !rest.ends_with(|c: char| c.is_alphanumeric() || c == '-');
        let is_here = |title: &&String| folded.strip_suffix(title.as_str()).is_some_and(begins);
        self.held(owner, when, self.titles.iter().filter(is_here))
    }

    fn held<'a>(
        &self,
        owner: usize,
        when: When<'_>,
        mut titles: impl Iterator<Item = &'a String>,
    ) -> Option<(usize, usize)> {
        self.of.get(&owner)?;
        titles.find_map(|title| Some((title.len(), self.holder(owner, title, when)?)))
    }

    /// Who holds an office then, by the best source that says so; `None` where nobody or more than
    /// one is known to.
    fn holder(&self, owner: usize, title: &str, when: When<'_>) -> Option<usize> {
        let (scope, days) = when;
        let terms = self.of.get(&owner)?.iter();
        let holders = terms
            .filter(|term| term.title == title && term.period.touches(days))
            .filter_map(|term| Some((scope.best(&term.said_by)?, term.holder)));
        let (best, first) = holders.clone().min()?;
        let mut rivals = holders.filter(|(rank, _)| *rank == best);
        rivals.all(|(_, other)| other == first).then_some(first)
    }
}

/// Whether two titles, folded, mean the same.
pub fn is_same_title(one: &str, other: &str) -> bool {
    one == other || SAME.contains(&(one, other)) || SAME.contains(&(other, one))
}

/// The owners that a folded role names itself, each with the title that is left: `foreign minister
/// of china`, `nato secretary general`, `china's foreign minister`, `chinese foreign minister`.
pub fn named_owners(registry: &Registry, role: &str) -> Vec<(usize, String)> {
    let mut owners = Vec::new();
    for (at, _) in role.match_indices(" of ") {
        let owner = role.get(at + 4..).unwrap_or_default();
        let owner = owner.strip_prefix("the ").unwrap_or(owner);
        let title = role.get(..at).unwrap_or_default();
        owners.extend(registry.find(owner).map(|owner| (owner, title.to_owned())));
    }
    for (at, _) in role.match_indices(' ') {
        let (owner, title) = role.split_at(at);
        let owner = owner.strip_suffix("'s").unwrap_or(owner);
        let people = match registry.all_of_people(owner) {
            [people] => Some(people.actor),
            _ => None,
        };
        let owner = registry.find(owner).or(people);
        owners.extend(owner.map(|owner| (owner, title.trim_start().to_owned())));
    }
    owners
}

fn states_by_country(registry: &Registry) -> HashMap<String, usize> {
    let mut states = HashMap::new();
    for (at, known) in registry.actors().iter().enumerate() {
        let entity = &known.entity;
        if let (Some(Kind::State), Some(country)) = (entity.kind, &entity.country) {
            states.entry(country.clone()).or_insert(at);
        }
    }
    states
}
