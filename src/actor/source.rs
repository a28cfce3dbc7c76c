//! Who says what is known of an actor, and for which briefings his word counts.

/// One `actors.yaml`, by its place among a registry's lists; means nothing in another registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListId(pub u32);

/// Where a fact comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactSource {
    /// An `actors.yaml` of the corpus.
    List {
        /// Which; [`Registry::list_file`](super::Registry::list_file) tells its path.
        list: ListId,
        /// The line, from 1, on which it begins to speak of the actor.
        line: usize,
    },
    /// The gazetteer inside the program.
    Gazetteer,
}

/// Who says each fact of a [`Known`](super::Known) actor, the better source first. A source that
/// says otherwise than what is kept is in none of these; empty means that nobody says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Who knows the actor at all.
    pub declared: Vec<FactSource>,
    /// The id.
    pub id: Vec<FactSource>,
    /// The name; also who has it among the aliases.
    pub name: Vec<FactSource>,
    /// What it is.
    pub kind: Vec<FactSource>,
    /// The role that holds without dates.
    pub role: Vec<FactSource>,
    /// The country.
    pub country: Vec<FactSource>,
    /// The Wikidata item.
    pub wikidata: Vec<FactSource>,
    /// For whom its name stands.
    pub stands_for: Vec<FactSource>,
    /// The seat.
    pub seat: Vec<FactSource>,
    /// Each of the entity's `aliases`, in their order; so with those below.
    pub aliases: Vec<Vec<FactSource>>,
    /// Each of `not`.
    pub not: Vec<Vec<FactSource>>,
    /// Each of `roles`.
    pub roles: Vec<Vec<FactSource>>,
    /// Each of `demonyms`.
    pub demonyms: Vec<Vec<FactSource>>,
}

/// Whose words count in one briefing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Everybody's, those of all lists before the gazetteer's.
    #[default]
    Everywhere,
    /// Those of these lists, the nearest first, then the gazetteer's.
    Lists(Vec<ListId>),
}

impl Scope {
    /// The place of a source in the order of those whose words count: 0 is the best. `None` for a
    /// list that does not hold here.
    #[must_use]
    pub fn rank(&self, source: FactSource) -> Option<usize> {
        match (self, source) {
            (Self::Everywhere, FactSource::List { .. }) => Some(0),
            (Self::Everywhere, FactSource::Gazetteer) => Some(1),
            (Self::Lists(lists), FactSource::List { list, .. }) => {
                lists.iter().position(|other| *other == list)
            }
            (Self::Lists(lists), FactSource::Gazetteer) => Some(lists.len()),
        }
    }

    /// The best rank of several sources; `None` where none of them counts here.
    #[must_use]
    pub fn best(&self, sources: &[FactSource]) -> Option<usize> {
        sources.iter().filter_map(|source| self.rank(*source)).min()
    }
}

/// A few sources, most often one; kept in place, for it is looked at for each word found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    By(FactSource),
    ByAll(Box<[FactSource]>),
}

impl Default for Said {
    fn default() -> Self {
        Self::ByAll(Box::default())
    }
}

impl Said {
    pub(super) fn of(sources: &[FactSource]) -> Self {
        match sources {
            [one] => Self::By(*one),
            all => Self::ByAll(all.into()),
        }
    }

    pub(super) fn as_slice(&self) -> &[FactSource] {
        match self {
            Self::By(one) => std::slice::from_ref(one),
            Self::ByAll(all) => all,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_list_comes_first_and_the_gazetteer_last() {
        let list = |id| FactSource::List { list: ListId(id), line: 1 };
        let scope = Scope::Lists(vec![ListId(2), ListId(0)]);
        assert_eq!(
            [list(2), list(0), list(1)].map(|one| scope.rank(one)),
            [Some(0), Some(1), None]
        );
        assert_eq!(scope.best(&[FactSource::Gazetteer, list(1)]), Some(2));
        assert_eq!(scope.best(&[list(1)]), None);
        assert_eq!(Scope::Everywhere.best(&[FactSource::Gazetteer, list(1)]), Some(0));
    }
}
