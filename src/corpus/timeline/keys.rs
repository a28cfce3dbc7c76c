//! What two events must have in common to be told of as one: class and actors, as one number.

use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;
use roaring::{MultiOps, RoaringBitmap};

use super::Dated;
use super::dated::{SEED, hash_on};
use crate::briefing::{Event, EventClass};
use crate::corpus::concordance::{ActorId, Concordance};
use crate::text::fold_key;

/// The key of an event that is like no other: it has no class, or nobody takes part in it.
pub(super) const NONE: u64 = 0;

/// The keys of events by who takes part in them as a concordance has it. An actor is told by his id,
/// so that he has the same number in every snapshot.
pub(super) fn by_actors(dated: &[Dated], concordance: &Concordance) -> Vec<u64> {
    let ids: Vec<u64> =
        concordance.actors().iter().map(|known| hash_on(SEED, known.actor.id.as_bytes())).collect();
    let number = |id: ActorId| ids.get(id.0 as usize).copied().unwrap_or(NONE);
    let key = |sides: &mut (Vec<u64>, Vec<u64>), row: &Dated| {
        let Some(class) = row.class() else { return NONE };
        let at = row.at();
        let parties = concordance.cast(at.briefing).parties(at.event);
        sides.0.clear();
        sides.1.clear();
        sides.0.extend(parties.by().map(number));
        sides.1.extend(parties.to().map(number));
        key_of(class, sides)
    };
    dated.par_iter().with_min_len(4096).map_init(Default::default, key).collect()
}

/// The briefings in which events may have the keys of these: those of the rarest of the actors of each.
/// The events are of one snapshot, the briefings of another.
pub(super) fn briefings_near(
    events: &[Dated],
    of: &Concordance,
    concordance: &Concordance,
) -> RoaringBitmap {
    let mut rarest: BTreeSet<ActorId> = BTreeSet::new();
    for row in events.iter().filter(|row| row.class().is_some()) {
        let at = row.at();
        let parties = of.cast(at.briefing).parties(at.event).all();
        // Who stands nowhere any more has no event beside one that is gone.
        let known = parties.map(|id| concordance.find(&of.actor(id)?.actor.id));
        let many = |id: &Option<ActorId>| {
            id.and_then(|id| concordance.actor(id)).map_or(0, |known| known.briefings.len())
        };
        rarest.extend(known.min_by_key(many).flatten());
    }
    let known = rarest.into_iter().filter_map(|id| concordance.actor(id));
    known.map(|known| &known.briefings).union()
}

/// The same by names as written, for a corpus that was not looked through yet.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Each spelling is folded once.
    written: HashMap<String, u64>,
}

impl Names {
    /// The key of an event.
    pub fn key_of(&mut self, event: &Event) -> u64 {
        let mut side =
            |names: &[String]| -> Vec<u64> { names.iter().map(|name| self.number(name)).collect() };
        let mut sides = (side(&event.by), side(&event.to));
        event.class.map_or(NONE, |class| key_of(class, &mut sides))
    }

    fn number(&mut self, name: &str) -> u64 {
        if let Some(number) = self.written.get(name) {
            return *number;
        }
        let number = hash_on(SEED, fold_key(name.trim()).as_bytes());
        self.written.insert(name.to_owned(), number);
        number
    }
}

/// Of 64 bits, so that two sets of actors that a corpus holds have not the same by chance.
fn key_of(class: EventClass, (by, to): &mut (Vec<u64>, Vec<u64>)) -> u64 {
    let is_mutual =
        matches!(class, EventClass::Agree | EventClass::Consult | EventClass::Cooperate);
    if is_mutual {
        by.append(to);
    }
    if by.is_empty() && to.is_empty() {
        return NONE;
    }
    let mut hash = hash_on(SEED, &[class as u8]);
    for side in [by, to] {
        side.sort_unstable();
        side.dedup();
        hash = hash_on(hash, b">");
        for actor in side {
            hash = hash_on(hash, &actor.to_le_bytes());
        }
    }
    hash.max(NONE + 1)
}
