//! An actor with all that is known of it, and who says so.

use std::borrow::Cow;

use super::registry::Rank;
use super::source::{FactSource, Facts, Scope};
use crate::briefing::{Alias, Entity, Matching, Role};
use crate::text::fold_key;

/// An actor that is known, with everything that is known of it.
#[derive(Clone, Debug)]
pub struct Known {
    /// What all sources say together; where they differ, the better source's word. An alias stands
    /// here twice where two sources want it matched in two ways: the better one first.
    pub entity: Entity,
    /// Who says each of these.
    pub facts: Facts,
    /// The best of its sources.
    pub rank: Rank,
}

impl Known {
    /// An actor of whom one source speaks.
    pub(super) fn new(entity: Entity, source: FactSource) -> Self {
        let told = vec![source];
        let if_some = |is_said: bool| if is_said { told.clone() } else { Vec::new() };
        let facts = Facts {
            declared: told.clone(),
            id: if_some(entity.id.is_some()),
            name: told.clone(),
            kind: if_some(entity.kind.is_some()),
            role: if_some(entity.role.is_some()),
            country: if_some(entity.country.is_some()),
            wikidata: if_some(entity.wikidata.is_some()),
            stands_for: if_some(entity.stands_for.is_some()),
            seat: if_some(entity.seat.is_some()),
            aliases: vec![told.clone(); entity.aliases.len()],
            not: vec![told.clone(); entity.not.len()],
            roles: vec![told.clone(); entity.roles.len()],
            demonyms: vec![told.clone(); entity.demonyms.len()],
        };
        let rank = match source {
            FactSource::List { .. } => Rank::Corpus,
            FactSource::Gazetteer => Rank::Gazetteer,
        };
        Self { entity, facts, rank }
    }

    /// Adds what a lesser source says of it.
    pub(super) fn merge(&mut self, other: Entity, source: FactSource) {
        let Self { entity, facts, .. } = self;
        facts.declared.push(source);
        add_one(&mut entity.id, &mut facts.id, other.id, source);
        add_one(&mut entity.kind, &mut facts.kind, other.kind, source);
        add_one(&mut entity.role, &mut facts.role, other.role, source);
        add_one(&mut entity.country, &mut facts.country, other.country, source);
        add_one(&mut entity.wikidata, &mut facts.wikidata, other.wikidata, source);
        add_one(&mut entity.stands_for, &mut facts.stands_for, other.stands_for, source);
        add_one(&mut entity.seat, &mut facts.seat, other.seat, source);
        add_all(&mut entity.not, &mut facts.not, other.not, source, PartialEq::eq);
        add_all(&mut entity.demonyms, &mut facts.demonyms, other.demonyms, source, PartialEq::eq);
        add_all(&mut entity.roles, &mut facts.roles, other.roles, source, is_same_office);
        let name = Alias { text: other.name, ..Alias::default() };
        for alias in std::iter::once(name).chain(other.aliases) {
            if alias.text == entity.name && alias.matching != Some(Matching::Never) {
                push(&mut facts.name, source);
            } else {
                let added = vec![alias];
                add_all(&mut entity.aliases, &mut facts.aliases, added, source, PartialEq::eq);
            }
        }
    }

    /// Whether two declarations can hardly be of one actor: they differ in what both say.
    pub(super) fn contradicts(&self, other: &Entity) -> bool {
        fn differ<T: PartialEq>(a: Option<&T>, b: Option<&T>) -> bool {
            matches!((a, b), (Some(a), Some(b)) if a != b)
        }
        let own = &self.entity;
        let shares_name = || {
            let names: Vec<String> = names_of(own).map(fold_key).collect();
            names_of(other).any(|name| names.contains(&fold_key(name)))
        };
        differ(own.wikidata.as_ref(), other.wikidata.as_ref())
            || differ(own.kind.as_ref(), other.kind.as_ref())
            || differ(own.country.as_ref(), other.country.as_ref())
            || !shares_name()
    }

    /// What holds of it where `scope` holds: without the names and offices of other folders' lists.
    #[must_use]
    pub fn within(&self, scope: &Scope) -> Cow<'_, Entity> {
        let holds = |sources: &Vec<FactSource>| scope.best(sources).is_some();
        let Facts { name, aliases, roles, .. } = &self.facts;
        if *scope == Scope::Everywhere || aliases.iter().chain(roles).chain([name]).all(holds) {
            return Cow::Borrowed(&self.entity);
        }
        let mut entity = self.entity.clone();
        let mut known_here =
            entity.aliases.iter().zip(aliases).filter(|(_, said_by)| holds(said_by));
        if !holds(name)
            && let Some((alias, _)) = known_here.next()
        {
            entity.name = alias.text.clone();
        }
        let (mut of_alias, mut of_role) = (aliases.iter(), roles.iter());
        entity.aliases.retain(|_| of_alias.next().is_none_or(holds));
        entity.roles.retain(|_| of_role.next().is_none_or(holds));
        let Entity { name, aliases, .. } = &mut entity;
        aliases.retain(|alias| alias.text != *name || alias.matching == Some(Matching::Never));
        Cow::Owned(entity)
    }
}

/// Its name and aliases.
pub(super) fn names_of(entity: &Entity) -> impl Iterator<Item = &str> {
    let aliases = entity.aliases.iter().map(|alias| alias.text.as_str());
    std::iter::once(entity.name.as_str()).chain(aliases)
}

fn push(sources: &mut Vec<FactSource>, source: FactSource) {
    if !sources.contains(&source) {
        sources.push(source);
    }
}

fn add_one<T: PartialEq>(
    kept: &mut Option<T>,
    sources: &mut Vec<FactSource>,
    told: Option<T>,
    source: FactSource,
) {
    if kept.is_none() {
        *kept = told;
        sources.extend(kept.is_some().then_some(source));
    } else if *kept == told {
        push(sources, source);
    }
}

fn add_all<T>(
    kept: &mut Vec<T>,
    sources: &mut Vec<Vec<FactSource>>,
    told: Vec<T>,
    source: FactSource,
    is_same: impl Fn(&T, &T) -> bool,
) {
    let before = kept.len();
    for one in told {
        let same = kept.iter().take(before).position(|own| is_same(own, &one));
        if let Some(known) = same.and_then(|at| sources.get_mut(at)) {
            push(known, source);
        } else {
            kept.push(one);
            sources.push(vec![source]);
        }
    }
}

/// Whether it is one office, perhaps with other days: then the better source's days hold.
fn is_same_office(own: &Role, other: &Role) -> bool {
    fold_key(&own.role) == fold_key(&other.role) && own.of == other.of
}

#[cfg(test)]
mod tests {
    use super::super::source::ListId;
    use super::*;
    use crate::briefing::read_actors;
    use crate::date::EdtfDate;

    fn read(text: &str) -> Entity {
        read_actors(text.as_bytes()).actors.remove(0)
    }

    #[test]
    fn each_fact_names_those_who_say_it_and_nobody_else() {
        let own = FactSource::List { list: ListId(0), line: 4 };
        let world = FactSource::Gazetteer;
        let first = "- {id: wang-yi, name: Wang Yi, kind: person, aliases: [Wang], roles: [{role: Foreign Minister, of: CHN, since: 2013}]}";
        let second = "- {id: wang-yi, name: Yi Wang, kind: other, country: CHN, aliases: [Wang Yi, Wang, 王毅], roles: [{role: foreign minister, of: CHN, since: 2012}, {role: Director, of: CHN}]}";
        let mut known = Known::new(read(first), own);
        known.merge(read(second), world);
        let Known { entity, facts, rank } = known;
        let aliases: Vec<_> = entity.aliases.iter().map(|alias| alias.text.as_str()).collect();
        assert_eq!((entity.name.as_str(), rank), ("Wang Yi", Rank::Corpus));
        assert_eq!(aliases, ["Wang", "Yi Wang", "王毅"]);
        assert_eq!(facts.aliases, [vec![own, world], vec![world], vec![world]]);
        assert_eq!((facts.name, facts.declared), (vec![own, world], vec![own, world]));
        assert_eq!((facts.kind, facts.country, facts.seat), (vec![own], vec![world], vec![]));
        assert_eq!(entity.roles[0].since.as_ref().map(EdtfDate::as_edtf), Some("2013"));
        assert_eq!(facts.roles, [vec![own, world], vec![world]]);
    }
}
