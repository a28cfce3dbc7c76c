//! Offices: who holds which, under which titles, when.

use std::collections::HashMap;

use crate::actor::Registry;
use crate::actor::period::{Days, Period};
use crate::briefing::{Kind, Role};
use crate::text::fold_key;

/// One who holds an office.
#[derive(Clone, Debug)]
struct Term {
    title: String,
    holder: usize,
    period: Period,
}

/// All offices, by the state or organisation that they belong to.
#[derive(Clone, Debug, Default)]
pub struct Offices {
    of: HashMap<usize, Vec<Term>>,
    /// Longest first.
    titles: Vec<String>,
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
        let by_country = states_by_country(registry);
        let mut offices = Self::default();
        for (holder, known) in registry.actors().iter().enumerate() {
            for role in &known.entity.roles {
                offices.add(registry, &by_country, holder, role);
            }
        }
        let titles = offices.of.values().flatten().map(|term| term.title.clone());
        offices.titles = titles.collect();
        offices.titles.sort_by_key(|title| (std::cmp::Reverse(title.len()), title.clone()));
        offices.titles.dedup();
        offices
    }

    fn add(
        &mut self,
        registry: &Registry,
        by_country: &HashMap<String, usize>,
        holder: usize,
        role: &Role,
    ) {
        let period = Period::new(role.since.as_ref(), role.until.as_ref());
        if !period.is_bound() {
            return;
        }
        let of = role.of.as_deref();
        let of = of.and_then(|of| by_country.get(of).copied().or_else(|| registry.find(of)));
        let title = fold_key(&role.role);
        let mut owners: Vec<(usize, String)> =
            of.map(|of| (of, title.clone())).into_iter().collect();
        if let Some((office, owner)) = title.split_once(" of ") {
            let owner = owner.strip_prefix("the ").unwrap_or(owner);
            owners.extend(registry.find(owner).map(|owner| (owner, office.to_owned())));
        }
        let words: Vec<(usize, char)> = title.char_indices().filter(|(_, c)| *c == ' ').collect();
        for (at, _) in words {
            let (owner, office) = (&title[..at], title[at + 1..].to_owned());
            owners.extend(registry.find(owner).map(|owner| (owner, office)));
        }
        for (owner, title) in owners {
            let mut titles = vec![title.clone()];
            titles.extend(SAME.iter().filter(|(a, _)| *a == title).map(|(_, b)| (*b).to_owned()));
            if LEADERS.contains(&title.as_str()) {
                titles.push("leader".to_owned());
            }
            let terms = self.of.entry(owner).or_default();
            terms.extend(titles.into_iter().map(|title| Term { title, holder, period }));
        }
    }

    /// The office of an owner with whose title a folded text begins: bytes of the title, and who
    /// holds it in these days.
    pub fn at_start(&self, folded: &str, owner: usize, days: Days) -> Option<(usize, usize)> {
        let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-');
        let is_here = |title: &&String| folded.strip_prefix(title.as_str()).is_some_and(ends);
        self.held(owner, days, self.titles.iter().filter(is_here))
    }

    /// The same for a folded text that ends with the title.
    pub fn at_end(&self, folded: &str, owner: usize, days: Days) -> Option<(usize, usize)> {
        let begins = |rest: &str| !rest.ends_with(|c: char| c.is_alphanumeric() || c == '-');
        let is_here = |title: &&String| folded.strip_suffix(title.as_str()).is_some_and(begins);
        self.held(owner, days, self.titles.iter().filter(is_here))
    }

    fn held<'a>(
        &self,
        owner: usize,
        days: Days,
        mut titles: impl Iterator<Item = &'a String>,
    ) -> Option<(usize, usize)> {
        self.of.get(&owner)?;
        titles.find_map(|title| Some((title.len(), self.holder(owner, title, days)?)))
    }

    /// Who holds an office in these days; `None` where nobody or more than one is known to.
    fn holder(&self, owner: usize, title: &str, days: Days) -> Option<usize> {
        let terms = self.of.get(&owner)?.iter();
        let mut holders = terms
            .filter(|term| term.title == title && term.period.touches(days))
            .map(|term| term.holder);
        let first = holders.next()?;
        holders.all(|other| other == first).then_some(first)
    }
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
