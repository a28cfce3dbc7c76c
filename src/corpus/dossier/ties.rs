//! Standing ties that briefings declare, each with all who say so.

use crate::actor::{PartyRef, slug_of};
use crate::briefing::Relation;
use crate::corpus::{ActorId, BriefingId, Corpus, Entry};
use crate::date::EdtfDate;

/// One end of a tie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Party {
    /// An actor of the corpus.
    Known(ActorId),
    /// A name that is nobody's in the corpus.
    Named(String),
}

/// A standing tie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    /// Whose.
    pub from: Party,
    /// With whom.
    pub to: Party,
    /// `member`, `ally`, `head-of`, `sanctions`, or another word.
    pub kind: String,
    /// From when.
    pub since: Option<EdtfDate>,
    /// Until when (exclusive).
    pub until: Option<EdtfDate>,
    /// The briefings that say so, oldest first, the undated last.
    pub said_by: Vec<BriefingId>,
}

/// All ties of one actor, or between two, that briefings declare in which they stand.
pub(super) fn of(corpus: &Corpus, actors: &[ActorId]) -> Vec<Tie> {
    let mut ties: Vec<Tie> = Vec::new();
    let own = super::briefings_with_all(corpus, actors, true);
    let own = corpus.relating_among(&own).into_iter().map(BriefingId);
    for (id, entry) in own.filter_map(|id| Some((id, corpus.entry(id)?))) {
        for relation in &entry.briefing().relations {
            let [from, to] =
                [&relation.from, &relation.to].map(|name| find_party(corpus, id, entry, name));
            let has = |actor: &ActorId| from == Some(*actor) || to == Some(*actor);
            if actors.iter().all(has) {
                note(&mut ties, relation, (from, to), id);
            }
        }
    }
    let issued = |id: &BriefingId| {
        let (undated, last, _) = corpus.issued(*id).in_order();
        (undated, last, *id)
    };
    for tie in &mut ties {
        tie.said_by.sort_by_key(issued);
    }
    let first = actors.first().copied();
    ties.sort_by_key(|tie| {
        let is_own = matches!(tie.from, Party::Known(from) if Some(from) == first);
        (!is_own, tie.kind.clone(), tie.since.as_ref().map(EdtfDate::sort_key))
    });
    ties
}

fn note(
    ties: &mut Vec<Tie>,
    relation: &Relation,
    (from, to): (Option<ActorId>, Option<ActorId>),
    id: BriefingId,
) {
    let party = |known: Option<ActorId>, name: &str| {
        known.map_or_else(|| Party::Named(name.trim().to_owned()), Party::Known)
    };
    let Relation { kind, since, until, .. } = relation;
    let (from, to) = (party(from, &relation.from), party(to, &relation.to));
    let same = ties.iter_mut().find(|tie| {
        tie.from == from
            && tie.to == to
            && tie.kind == *kind
            && tie.since == *since
            && tie.until == *until
    });
    match same {
        Some(tie) => {
            if !tie.said_by.contains(&id) {
                tie.said_by.push(id);
            }
        }
        None => ties.push(Tie {
            from,
            to,
            kind: kind.clone(),
            since: since.clone(),
            until: until.clone(),
            said_by: vec![id],
        }),
    }
}

/// Whom a name means in a briefing: as in its events.
fn find_party(corpus: &Corpus, id: BriefingId, entry: &Entry, name: &str) -> Option<ActorId> {
    let all = &corpus.concordance;
    match corpus.party(entry, name) {
        Some(PartyRef::Declared(at)) => all.cast(id).declared().nth(at),
        Some(PartyRef::Known(at)) => {
            corpus.finder.registry().actor(at).and_then(|actor| all.find(&actor.id))
        }
        None => all.find(&slug_of(name)),
    }
}
