//! Who appears with whom, how often, and what has changed of late.
//!
//! The rule of change: the last [`RECENT_DAYS`] days of the corpus' span are held against all the
//! time before. Of the subject's R recent and P earlier briefings somebody is in r and p. His rate is
//! r of R against p of P, and p·R/P are the recent briefings in which he would be at the old rate.
//!
//! | change | when |
//! | --- | --- |
//! | new | r ≥ 1 and p = 0 |
//! | gone | r = 0, though at the old rate he would be in 2 or more |
//! | up | r ≥ 2 and the rate is at least half as high again as before |
//! | down | the rate is at most two thirds of before, where he would be in 2 or more |
//! | same | all else; and always where R or P is 0, since there is nothing to compare |
//!
//! Two is the fewest at which an absence says more than chance: of a rate that gives two, none at all
//! comes up once in seven times (Poisson, e⁻²). Places are nobody's company and undated briefings are
//! neither recent nor before.

use std::cmp::Reverse;

use jiff::{ToSpan, civil};
use roaring::RoaringBitmap;

use super::{ActorId, Corpus};
use crate::briefing::Kind;
use crate::date::PackedDays;

/// How many days are recent.
pub const RECENT_DAYS: i32 = 90;

/// What has become of how often somebody appears; the rule is at the head of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// He did not appear before.
    New,
    /// More often than before.
    Up,
    /// As often, or too rarely to tell.
    Same,
    /// Less often than before.
    Down,
    /// He appears no more.
    Gone,
}

impl Change {
    /// What has changed, of `recent` and `before` briefings with him out of the subject's `recent_of`
    /// and `before_of`.
    #[must_use]
    pub fn of(recent: u64, before: u64, recent_of: u64, before_of: u64) -> Self {
        let (now, then) = (recent * before_of, before * recent_of);
        let two_expected = then >= 2 * before_of;
        match (recent, before) {
            _ if recent_of == 0 || before_of == 0 => Self::Same,
            (1.., 0) => Self::New,
            (0, _) if two_expected => Self::Gone,
            (2.., _) if 2 * now >= 3 * then => Self::Up,
            _ if two_expected && 3 * now <= 2 * then => Self::Down,
            _ => Self::Same,
        }
    }

    /// `new`, `up`, `same`, `down`, `gone`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Up => "up",
            Self::Same => "same",
            Self::Down => "down",
            Self::Gone => "gone",
        }
    }
}

/// Somebody who appears with the subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoActor {
    /// Who.
    pub actor: ActorId,
    /// Briefings in common.
    pub briefings: u64,
    /// Those of them that are recent.
    pub recent: u64,
    /// Those of them from the time before.
    pub before: u64,
    /// What has changed.
    pub change: Change,
}

/// Everybody who appears with a subject.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// First day that is recent; `None` where no briefing is dated.
    pub since: Option<civil::Date>,
    /// The subject's recent briefings.
    pub recent: u64,
    /// His dated briefings before these.
    pub before: u64,
    /// Most briefings in common first.
    pub actors: Vec<CoActor>,
}

impl Network {
    /// Who stands in these briefings besides the subject's own actors; without `inferred` only who
    /// is named or declared there.
    #[must_use]
    pub fn of(
        corpus: &Corpus,
        issued: &Issued,
        own: &RoaringBitmap,
        subject: &[ActorId],
        inferred: bool,
    ) -> Self {
        let recent = own & &issued.recent;
        let before = own & &issued.before;
        let (recent_of, before_of) = (recent.len(), before.len());
        let mut actors = Vec::new();
        for (id, known) in corpus.concordance.all() {
            if subject.contains(&id) || known.actor.kind == Kind::Place {
                continue;
            }
            let his = if inferred { &known.briefings } else { &known.named_in };
            let briefings = his.intersection_len(own);
            if briefings == 0 {
                continue;
            }
            let (now, then) = (his.intersection_len(&recent), his.intersection_len(&before));
            let change = Change::of(now, then, recent_of, before_of);
            actors.push(CoActor { actor: id, briefings, recent: now, before: then, change });
        }
        let mentions = |id: ActorId| corpus.concordance.actor(id).map_or(0, |known| known.mentions);
        actors.sort_by_key(|one| (Reverse(one.briefings), Reverse(mentions(one.actor)), one.actor));
        Self { since: issued.recent_since, recent: recent_of, before: before_of, actors }
    }
}

/// When the briefings of a corpus were issued.
#[derive(Clone, Debug, Default)]
pub struct Issued {
    /// First and last day of issue in the whole corpus.
    pub span: Option<(civil::Date, civil::Date)>,
    /// First day that is recent.
    pub recent_since: Option<civil::Date>,
    recent: RoaringBitmap,
    before: RoaringBitmap,
}

impl Issued {
    /// Looks at the dates of all briefings.
    #[must_use]
    pub fn of(corpus: &Corpus) -> Self {
        let days: Vec<(u32, civil::Date)> =
            corpus.ids().filter_map(|id| Some((id.0, issued_on(corpus.issued(id))?))).collect();
        let span = days.iter().fold(None, |span: Option<(civil::Date, civil::Date)>, (_, day)| {
            let (first, last) = span.unwrap_or((*day, *day));
            Some((first.min(*day), last.max(*day)))
        });
        let since = span.map(|(_, last)| last.saturating_sub((RECENT_DAYS - 1).days()));
        let mut issued = Self { span, recent_since: since, ..Self::default() };
        for (id, day) in days {
            let is_recent = since.is_some_and(|since| day >= since);
            let set = if is_recent { &mut issued.recent } else { &mut issued.before };
            set.insert(id);
        }
        issued
    }
}

/// The day on which a briefing counts: the last that its date may mean. `None` where it is undated,
/// open, or beyond the calendar.
#[must_use]
pub fn issued_on(date: PackedDays) -> Option<civil::Date> {
    let (_, last) = date.days()?;
    last.day().filter(|day| day.year().abs() < 9999)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn change_is_told_by_the_rule() {
        for (recent, before, recent_of, before_of, expected) in [
            (1, 0, 4, 20, Change::New),
            (1, 0, 4, 0, Change::Same),
            (0, 3, 0, 20, Change::Same),
            (0, 9, 4, 20, Change::Same),
            (0, 10, 4, 20, Change::Gone),
            (1, 1, 4, 20, Change::Same),
            (2, 6, 4, 20, Change::Up),
            (2, 7, 4, 20, Change::Same),
            (4, 20, 4, 20, Change::Same),
            (2, 15, 4, 20, Change::Down),
            (1, 7, 4, 20, Change::Same),
        ] {
            let found = Change::of(recent, before, recent_of, before_of);
            assert_eq!(found, expected, "{recent} of {recent_of}, {before} of {before_of}");
        }
    }
}
