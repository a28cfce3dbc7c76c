//! What the briefings of a lens have in common, counted: actors, tags, sources.

use std::cmp::Reverse;
use std::collections::HashMap;

use roaring::RoaringBitmap;

use crate::actor::Actor;
use crate::briefing::{Briefing, Kind};
use crate::corpus::{BriefingId, Concordance, Corpus};
use crate::text::fold_key;

/// What is counted; a lens can be narrowed by each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FacetField {
    /// An actor.
    Actor,
    /// A tag.
    Tag,
    /// A source.
    Source,
}

impl FacetField {
    /// What several of it are called.
    #[must_use]
    pub fn plural(self) -> &'static str {
        match self {
            Self::Actor => "actors",
            Self::Tag => "tags",
            Self::Source => "sources",
        }
    }
}

/// An entry with the number of briefings that have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// What it is.
    pub field: FacetField,
    /// As a query writes it: an actor's id, a tag, a source's name.
    pub value: String,
    /// As it is shown.
    pub name: String,
    /// What the actor is.
    pub kind: Kind,
    /// His country.
    pub country: Option<String>,
    /// Briefings of the lens that have it.
    pub count: u64,
}

impl Facet {
    /// An actor who stands in so many briefings of the lens.
    #[must_use]
    pub fn actor(actor: &Actor, count: u64) -> Self {
        Self {
            field: FacetField::Actor,
            value: actor.id.clone(),
            name: actor.name.clone(),
            kind: actor.kind,
            country: actor.country.clone(),
            count,
        }
    }

    fn of_topic(field: FacetField, value: String, count: u64) -> Self {
        Self { field, name: value.clone(), value, kind: Kind::Other, country: None, count }
    }
}

/// Actors of a lens, those of most briefings first, then the most mentioned.
pub(super) fn ranked_actors(concordance: &Concordance, lens: &RoaringBitmap) -> Vec<Facet> {
    let count = |known: &crate::corpus::concordance::CorpusActor| {
        let count = known.briefings.intersection_len(lens);
        (count > 0).then(|| (Reverse((count, known.mentions)), Facet::actor(&known.actor, count)))
    };
    let mut ranked: Vec<_> = concordance.actors().iter().filter_map(count).collect();
    ranked.sort_by(|(a, one), (b, other)| a.cmp(b).then_with(|| one.name.cmp(&other.name)));
    ranked.into_iter().map(|(_, facet)| facet).collect()
}

/// Tags, then sources of a lens, each those of most briefings first.
pub(super) fn tags_and_sources(corpus: &Corpus, lens: &RoaringBitmap) -> Vec<Facet> {
    let tags = |briefing: &Briefing| briefing.tags.clone();
    let sources = |briefing: &Briefing| {
        briefing.sources.iter().map(|source| source.name.clone()).collect::<Vec<_>>()
    };
    let mut facets = counted(corpus, lens, FacetField::Tag, tags);
    facets.extend(counted(corpus, lens, FacetField::Source, sources));
    facets
}

fn counted(
    corpus: &Corpus,
    lens: &RoaringBitmap,
    field: FacetField,
    values: impl Fn(&Briefing) -> Vec<String>,
) -> Vec<Facet> {
    let mut counts: HashMap<String, (String, u64)> = HashMap::new();
    for entry in lens.iter().filter_map(|at| corpus.entry(BriefingId(at))) {
        let mut keys: Vec<(String, String)> =
            values(&entry.briefing).into_iter().map(|value| (fold_key(&value), value)).collect();
        keys.sort();
        keys.dedup_by(|one, other| one.0 == other.0);
        for (key, value) in keys.into_iter().filter(|(key, _)| !key.is_empty()) {
            counts.entry(key).or_insert((value, 0)).1 += 1;
        }
    }
    let facet = |(_, (value, count))| Facet::of_topic(field, value, count);
    let mut facets: Vec<Facet> = counts.into_iter().map(facet).collect();
    facets.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    facets
}
