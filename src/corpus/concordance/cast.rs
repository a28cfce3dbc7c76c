//! The actors of all briefings in columns: who is declared, who is mentioned where, who takes part
//! in which event.
//!
//! Each briefing has a list of those who stand in it, and all else names them by their places in
//! that list, so that nothing else changes when actors get other numbers.

use std::ops::Range;
use std::slice::Iter;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{ActorId, Occurrence};
use crate::actor::{Actor, Cast, Mention, Via};
use crate::corpus::columns::{Runs, exactly, push_number, short};
use crate::corpus::words::take_number;

/// Ways to be recognised, by the number that is kept of them.
const WAYS: [Via; 6] = [Via::Name, Via::Alias, Via::Surname, Via::Role, Via::Metonym, Via::Demonym];
/// Places in a briefing's list that a mention can name; no file written by a person has so many
/// actors, and those behind them are found by no mention.
const MOST_MENTIONED: u16 = 1 << 13;

/// A mention in eight bytes: where it begins, how long it is, and who (13 bits) by what (3 bits).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Found {
    start: u32,
    length: u16,
    who: u16,
}

impl Found {
    /// Of the actor at a place of the briefing's list; `None` for a name that no person could
    /// read, longer than 65,535 bytes, and for places behind the first 8,192.
    pub fn new(range: &Range<usize>, place: usize, via: Via) -> Option<Self> {
        let way = WAYS.iter().position(|other| *other == via)?;
        let place = u16::try_from(place).ok().filter(|place| *place < MOST_MENTIONED)?;
        Some(Self {
            start: u32::try_from(range.start).ok()?,
            length: u16::try_from(range.len()).ok()?,
            who: place | u16::try_from(way).ok()? << 13,
        })
    }

    /// The place of who is mentioned in the briefing's list.
    pub fn place(self) -> usize {
        usize::from(self.who % MOST_MENTIONED)
    }

    /// By what he is recognised.
    pub fn via(self) -> Via {
        WAYS.get(usize::from(self.who >> 13)).copied().unwrap_or(Via::Name)
    }
}

/// Mentions in half the bytes: of each how far it begins behind the one before, its length, and who by what,
/// in numbers of as many bytes as they need.
pub(super) fn pack_found(found: &[Found]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(found.len() * 4);
    let mut before = 0;
    for one in found {
        let who = u32::from(one.who % MOST_MENTIONED) << 3 | u32::from(one.who >> 13);
        for number in [one.start.wrapping_sub(before), one.length.into(), who] {
            push_number(&mut bytes, number);
        }
        before = one.start;
    }
    bytes
}

/// The mentions that were packed.
struct UnpackedFound<'a> {
    bytes: &'a [u8],
    before: u32,
}

impl<'a> UnpackedFound<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, before: 0 }
    }

    fn number(&mut self) -> Option<u32> {
        let (mut number, mut shift) = (0_u32, 0);
        loop {
            let (byte, behind) = self.bytes.split_first()?;
            self.bytes = behind;
            number |= u32::from(byte & 0x7F).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(number);
            }
            shift += 7;
        }
    }
}

impl Iterator for UnpackedFound<'_> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        let start = self.before.wrapping_add(self.number()?);
        let length = u16::try_from(self.number()?).ok()?;
        let who = self.number()?;
        self.before = start;
        Some(Found { start, length, who: u16::try_from((who >> 3) | (who & 7) << 13).ok()? })
    }
}

/// The actors of all briefings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Casts {
    /// Who stands in each briefing: those declared, then those mentioned, then other parties.
    pub people: Runs<u32>,
    /// How many of them each declares.
    #[serde(deserialize_with = "exactly")]
    pub declared: Vec<u32>,
    /// Mentions as [`pack_found`] puts them.
    pub found: Runs<u8>,
    /// For each event how many acted, upon how many, then these, by their places, as [`push_sides`] puts them.
    pub parties: Runs<u8>,
}

impl Casts {
    /// Room for as much as these have.
    pub fn with_room_of(one: &Self, other: &Self) -> Self {
        let rows = one.declared.len() + other.declared.len();
        let of = |one: usize, other: usize| (rows, one + other);
        let (people, found, parties) = (
            of(one.people.value_count(), other.people.value_count()),
            of(one.found.value_count(), other.found.value_count()),
            of(one.parties.value_count(), other.parties.value_count()),
        );
        Self {
            people: Runs::with_capacity(people.0, people.1),
            declared: Vec::with_capacity(rows),
            found: Runs::with_capacity(found.0, found.1),
            parties: Runs::with_capacity(parties.0, parties.1),
        }
    }

    /// Adds the row of a briefing of others, its people by other numbers.
    pub fn push_of(&mut self, other: &Self, at: usize, number: impl FnMut(u32) -> u32) {
        self.people.push(other.people.get(at).iter().copied().map(number));
        self.declared.push(other.declared.get(at).copied().unwrap_or(0));
        self.found.push(other.found.get(at).iter().copied());
        self.parties.push(other.parties.get(at).iter().copied());
    }

    /// Gives back room that is not needed.
    pub fn shrink(&mut self) {
        self.people.shrink();
        self.declared.shrink_to_fit();
        self.found.shrink();
        self.parties.shrink();
    }
}

/// The actors of a briefing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct BriefingCast<'a> {
    pub(super) people: &'a [u32],
    /// The actor of each number in `people`.
    pub(super) numbers: &'a [ActorId],
    pub(super) declared: usize,
    /// Mentions as [`pack_found`] puts them.
    pub(super) found: &'a [u8],
    pub(super) parties: &'a [u8],
}

impl<'a> BriefingCast<'a> {
    /// Those that it declares, in its order.
    pub fn declared(self) -> impl Iterator<Item = ActorId> + use<'a> {
        (0..self.declared).filter_map(move |place| self.actor(place))
    }

    /// Where an actor stands among those that it declares, and the number of the way in which it has
    /// him: briefings with the same number say the same of him.
    pub(in crate::corpus) fn declaration_of(self, actor: ActorId) -> Option<(usize, u32)> {
        let at = self.declared().position(|one| one == actor)?;
        Some((at, *self.people.get(at)?))
    }

    /// Mentions in the order of the text.
    #[must_use]
    pub fn occurrences(self) -> impl DoubleEndedIterator<Item = Occurrence> + use<'a> {
        let found: Vec<Found> = UnpackedFound::of(self.found).collect();
        found.into_iter().filter_map(move |found| {
            Some(Occurrence {
                actor: self.actor(found.place())?,
                start: found.start,
                end: found.start + u32::from(found.length),
                via: found.via(),
            })
        })
    }

    /// Mentions of one actor, in the order of the text.
    #[must_use]
    pub fn mentions_of(self, actor: ActorId) -> impl DoubleEndedIterator<Item = Occurrence> {
        let is_here = self.all().any(|one| one == actor);
        let cast = if is_here { self } else { Self::default() };
        cast.occurrences().filter(move |found| found.actor == actor)
    }

    /// What was found in its text, as whoever looked through it found it; `ways` are all ways in which
    /// actors are had. `None` where it has more actors than all mentions can name.
    pub(super) fn whole(self, ways: &[Arc<Actor>]) -> Option<Cast> {
        let has_all = self.people.len() < usize::from(MOST_MENTIONED);
        let last = UnpackedFound::of(self.found).map(|found| found.place() + 1).max().unwrap_or(0);
        let people = self.people.get(..last.max(self.declared)).filter(|_| has_all)?;
        let way = |number: &u32| ways.get(*number as usize).cloned();
        let mention = |found: Found| {
            let start = found.start as usize;
            let range = start..start + usize::from(found.length);
            Mention { range, actor: found.place(), via: found.via() }
        };
        Some(Cast {
            actors: people.iter().map(way).collect::<Option<_>>()?,
            declared: self.declared,
            mentions: UnpackedFound::of(self.found).map(mention).collect(),
        })
    }

    /// The parties of each of its events, in the order of the file.
    pub fn events(self) -> impl Iterator<Item = Parties<'a>> {
        let mut rest = self.parties.iter();
        std::iter::from_fn(move || {
            let (by, to) = (take_number(&mut rest)?, take_number(&mut rest)?);
            let (by, to) = (take_places(&mut rest, by)?, take_places(&mut rest, to)?);
            Some(Parties { cast: self, by, to })
        })
    }

    /// The parties of one of its events; nobody where it has no such event.
    #[must_use]
    pub fn parties(self, event: usize) -> Parties<'a> {
        self.events().nth(event).unwrap_or_default()
    }

    /// All its actors, once each: those declared, those mentioned (also as a metonym), and the
    /// parties of its events.
    #[must_use]
    pub fn actors(self) -> Vec<ActorId> {
        let mut all: Vec<ActorId> = self.all().collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    pub(super) fn all(self) -> impl Iterator<Item = ActorId> + use<'a> {
        (0..self.people.len()).filter_map(move |place| self.actor(place))
    }

    fn actor(self, place: usize) -> Option<ActorId> {
        self.numbers.get(*self.people.get(place)? as usize).copied()
    }
}

/// Who takes part in an event.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Parties<'a> {
    cast: BriefingCast<'a>,
    by: &'a [u8],
    to: &'a [u8],
}

impl<'a> Parties<'a> {
    /// Who acted, in the order of the file.
    pub fn by(self) -> impl Iterator<Item = ActorId> + use<'a> {
        self.side(self.by)
    }

    /// Upon whom.
    pub fn to(self) -> impl Iterator<Item = ActorId> + use<'a> {
        self.side(self.to)
    }

    /// Everybody who takes part; one may stand on both sides.
    pub fn all(self) -> impl Iterator<Item = ActorId> + use<'a> {
        self.by().chain(self.to())
    }

    fn side(self, places: &'a [u8]) -> impl Iterator<Item = ActorId> + use<'a> {
        let mut rest = places.iter();
        std::iter::from_fn(move || take_number(&mut rest))
            .filter_map(move |place| self.cast.actor(place as usize))
    }
}

/// The bytes of so many places.
fn take_places<'a>(rest: &mut Iter<'a, u8>, count: u32) -> Option<&'a [u8]> {
    let all = rest.as_slice();
    for _ in 0..count {
        take_number(rest)?;
    }
    all.get(..all.len() - rest.as_slice().len())
}

/// The parties of an event as they are kept.
pub(super) fn push_sides(all: &mut Vec<u8>, by: &[u16], to: &[u16]) {
    push_number(all, short(by.len()));
    push_number(all, short(to.len()));
    by.iter().chain(to).for_each(|place| push_number(all, (*place).into()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_are_packed_and_unpacked() {
        let found: Vec<Found> = [(0, 1, 0), (9, 200, 8_191), (300, 65_535, 17), (299, 4, 1)]
            .into_iter()
            .chain([(u32::MAX as usize - 9, 1, 16), (0, 127, 15), (0, 128, 2)])
            .zip(WAYS.iter().cycle())
            .map(|((start, length, place), via)| {
                Found::new(&(start..start + length), place, *via).unwrap()
            })
            .collect();
        let packed = pack_found(&found);
        assert_eq!(UnpackedFound::of(&packed).collect::<Vec<_>>(), found);
        assert_eq!(UnpackedFound::of(&packed[..packed.len() - 1]).count(), found.len() - 1);
    }

    #[test]
    fn a_mention_comes_back_as_it_was_put_in() {
        for via in WAYS {
            for place in [0, 1, 8_191] {
                let found = Found::new(&(70_000..70_004), place, via).unwrap();
                assert_eq!((found.place(), found.via()), (place, via));
                assert_eq!((found.start, found.length), (70_000, 4));
            }
        }
        assert_eq!(Found::new(&(0..70_000), 0, Via::Name), None);
        assert_eq!(Found::new(&(0..7), 8_192, Via::Name), None);
    }
}
