//! Everything that a corpus has of one actor, or of two together: pure data, from which screens and
//! printed dossiers are made.
//!
//! Mentions are references into the concordance, so they are the very ones that the reader shows;
//! their lines of context are cut by [`KwicLine`](super::kwic::KwicLine) when somebody looks at them. What stands for an
//! actor only by metonym is kept apart and counted nowhere.

mod deeds;
mod identity;
mod passages;
mod quad;
mod rhythm;
mod ties;

pub use deeds::{Balance, Deed, Deeds, Happening, Side};
pub use identity::{Fact, FactKind, Profile, Source, period_in_words};
pub use passages::{Group, Passage};
pub use quad::{QUADS, Quad};
pub use rhythm::{Bars, Rhythm};
pub use ties::{Party, Tie};

use roaring::RoaringBitmap;

use super::network::{Issued, Network, issued_on};
use super::{ActorId, BriefingId, Corpus};

/// Whom a dossier is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// One actor.
    Actor(ActorId),
    /// Two actors together.
    Dyad(ActorId, ActorId),
}

impl Subject {
    /// The one or the two, in order.
    #[must_use]
    pub fn actors(self) -> Vec<ActorId> {
        match self {
            Self::Actor(one) => vec![one],
            Self::Dyad(one, other) => vec![one, other],
        }
    }
}

/// The file on an actor or a dyad.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// Whom it is about.
    pub subject: Subject,
    /// Whether inferred mentions count.
    pub inferred: bool,
    /// Who they are.
    pub profiles: Vec<Profile>,
    /// His briefings (of a dyad: those with both), oldest first, the undated last.
    pub groups: Vec<Group>,
    /// Mentions in the order of `groups`; of a dyad the places where one is named close to the other.
    pub passages: Vec<Passage>,
    /// Places that stand for him by metonym, in the order of the briefings' slugs; none of a dyad.
    pub stand_ins: Vec<Passage>,
    /// Mentions over the whole span of the corpus; of a dyad briefings with both.
    pub rhythm: Rhythm,
    /// His events (of a dyad: those with both), in the order of time, the undated last.
    pub events: Vec<Happening>,
    /// Who did what to whom; only of a dyad.
    pub deeds: Option<Deeds>,
    /// Who appears with him, or with both.
    pub network: Network,
    /// His standing ties; of a dyad those between the two.
    pub ties: Vec<Tie>,
}

impl Dossier {
    /// The file on one actor. Without `inferred`, what only follows from a surname, an office or a
    /// people's name counts for nothing. Of a corpus that was not surveyed it is empty.
    #[must_use]
    pub fn of(corpus: &Corpus, actor: ActorId, inferred: bool) -> Self {
        Self::about(corpus, Subject::Actor(actor), inferred)
    }

    /// The file on two actors together.
    #[must_use]
    pub fn of_dyad(corpus: &Corpus, one: ActorId, other: ActorId, inferred: bool) -> Self {
        Self::about(corpus, Subject::Dyad(one, other), inferred)
    }

    /// The file on a subject.
    #[must_use]
    pub fn about(corpus: &Corpus, subject: Subject, inferred: bool) -> Self {
        let actors = subject.actors();
        let own = briefings_with_all(corpus, &actors, inferred);
        let issued = Issued::of(corpus);
        let in_order = in_order_of_issue(corpus, &own);
        let (groups, passages) = match subject {
            Subject::Actor(actor) => passages::of(corpus, &in_order, actor, inferred),
            Subject::Dyad(one, other) => passages::of_both(corpus, &in_order, one, other, inferred),
        };
        let events = deeds::events(corpus, &own, &actors);
        let stand_ins = match subject {
            Subject::Actor(actor) if inferred => passages::stand_ins(corpus, actor),
            _ => Vec::new(),
        };
        let deeds = match subject {
            Subject::Dyad(one, other) => {
                Some(Deeds::between(corpus, &events, (one, other), issued.span))
            }
            Subject::Actor(_) => None,
        };
        Self {
            subject,
            inferred,
            profiles: actors
                .iter()
                .filter_map(|actor| Profile::of(corpus, *actor, inferred))
                .collect(),
            rhythm: rhythm(corpus, &issued, &groups, matches!(subject, Subject::Dyad(..))),
            groups,
            passages,
            stand_ins,
            events,
            deeds,
            network: Network::of(corpus, &issued, &own, &actors, inferred),
            ties: ties::of(corpus, &actors),
        }
    }

    /// The mentions of a group.
    #[must_use]
    pub fn passages_of(&self, group: &Group) -> &[Passage] {
        self.passages.get(group.passages.clone()).unwrap_or_default()
    }

    /// Name of the subject: `Xi Jinping`, `Xi Jinping · Vladimir Putin`.
    #[must_use]
    pub fn title(&self) -> String {
        let names: Vec<&str> = self.profiles.iter().map(|profile| profile.name.as_str()).collect();
        names.join(" · ")
    }
}

/// Briefings in which all of these stand.
fn briefings_with_all(corpus: &Corpus, actors: &[ActorId], inferred: bool) -> RoaringBitmap {
    let his = |actor: &ActorId| {
        let known = corpus.concordance.actor(*actor)?;
        Some(if inferred { &known.briefings } else { &known.named_in })
    };
    let mut sets = actors.iter().map(|actor| his(actor).cloned().unwrap_or_default());
    let first = sets.next().unwrap_or_default();
    sets.fold(first, |all, set| all & set)
}

/// Briefings by the day of issue, oldest first, the undated last.
fn in_order_of_issue(corpus: &Corpus, own: &RoaringBitmap) -> Vec<BriefingId> {
    let mut all: Vec<BriefingId> = own.iter().map(BriefingId).collect();
    all.sort_by_cached_key(|id| (corpus.issued(*id).in_order(), *id));
    all
}

fn rhythm(corpus: &Corpus, issued: &Issued, groups: &[Group], by_briefing: bool) -> Rhythm {
    let day = |group: &Group| {
        let count = if by_briefing { 1 } else { group.passages.len() };
        Some((issued_on(corpus.issued(group.briefing))?, count))
    };
    Rhythm { span: issued.span, days: groups.iter().filter_map(day).collect() }
}

#[cfg(test)]
mod tests;
