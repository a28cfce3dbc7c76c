//! What the briefings of a lens have in common, counted: actors, classes, kinds, tags, sources, months.

use roaring::RoaringBitmap;

use crate::actor::Actor;
use crate::briefing::Kind;
use crate::corpus::lens::Lens;
use crate::corpus::query::{Query, parse_query};
use crate::corpus::{Concordance, Corpus, Count, Counted};
use crate::date::EdtfDate;

/// What is counted; a lens can be narrowed by each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FacetField {
    /// An actor.
    Actor,
    /// A class of events.
    Class,
    /// A kind of actors.
    Kind,
    /// A tag.
    Tag,
    /// A source.
    Source,
    /// A month of issue.
    Month,
}

/// What is counted of the topics of a lens, in the order of the pane: the short tables first.
const TOPICS: [(FacetField, Counted); 5] = [
    (FacetField::Class, Counted::Class),
    (FacetField::Kind, Counted::Kind),
    (FacetField::Tag, Counted::Tag),
    (FacetField::Source, Counted::Source),
    (FacetField::Month, Counted::Month),
];

impl FacetField {
    /// What several of it are called.
    #[must_use]
    pub fn plural(self) -> &'static str {
        match self {
            Self::Actor => "actors",
            Self::Class => "classes of events",
            Self::Kind => "kinds of actors",
            Self::Tag => "tags",
            Self::Source => "sources",
            Self::Month => "months of issue",
        }
    }
}

/// An entry with the number of briefings that have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// What it is.
    pub field: FacetField,
    /// As a query writes it: an actor's id, a class, a kind, a tag, a source's name, a month.
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

    fn of_topic(field: FacetField, Count { value, briefings }: Count) -> Self {
        let date = EdtfDate::parse(&value).ok().filter(|_| field == FacetField::Month);
        let name = date.map_or_else(|| value.clone(), |date| date.in_words());
        Self { field, name, value, kind: Kind::Other, country: None, count: briefings }
    }

    /// What narrows a lens to it.
    #[must_use]
    pub fn query(&self) -> Query {
        let field = |name: &str| parse_query(&format!("{name}:{}", self.value)).unwrap_or_default();
        match self.field {
            FacetField::Actor => Query::actor(&self.value),
            FacetField::Class => field("class"),
            FacetField::Kind => field("kind"),
            FacetField::Tag => Query::tag(&self.value),
            FacetField::Source => Query::source(&self.value),
            FacetField::Month => field("date"),
        }
    }
}

/// Actors of a lens, those of most briefings first, then the most mentioned.
pub(super) fn ranked_actors(concordance: &Concordance, lens: &RoaringBitmap) -> Vec<Facet> {
    let count =
        |known: &crate::corpus::concordance::CorpusActor| known.briefings.intersection_len(lens);
    let counted = concordance.actors().iter().map(|known| (count(known), known));
    let mut ranked: Vec<_> = counted.filter(|(count, _)| *count > 0).collect();
    ranked.sort_by(|(a, one), (b, other)| {
        let by_number = (b, other.mentions).cmp(&(a, one.mentions));
        by_number.then_with(|| one.actor.name.cmp(&other.actor.name))
    });
    ranked.into_iter().map(|(count, known)| Facet::actor(&known.actor, count)).collect()
}

/// Topics of a lens, sort by sort, each those of most briefings first; months the newest first.
pub(super) fn topics(corpus: &Corpus, lens: &Lens) -> Vec<Facet> {
    let of = |(field, counted)| {
        let counts = corpus.counts(counted, lens).into_iter();
        counts.map(move |count| Facet::of_topic(field, count))
    };
    TOPICS.into_iter().flat_map(of).collect()
}
