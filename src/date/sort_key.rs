//! The order of dates on a timeline.

use std::cmp::Reverse;

use super::{Bound, EdtfDate, Precision};

/// Orders dates as an outline: by the first day that each may mean, and of those that begin together
/// what contains comes before what is in it. So 2023, then its first quarter, then January, then
/// 1–7 January, then 1 January, then that day at 14:05 (on the clock as written: zones are not
/// compared, since the day is not moved by them either).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SortKey {
    earliest: Bound,
    latest: Reverse<Bound>,
    precision: Reverse<Precision>,
    clock: Option<(u8, u8, u8)>,
}

impl SortKey {
    pub(super) fn new(date: &EdtfDate) -> Self {
        Self {
            earliest: date.earliest(),
            latest: Reverse(date.latest()),
            precision: Reverse(date.precision()),
            clock: date.clock().map(|time| (time.hour, time.minute, time.second)),
        }
    }
}
