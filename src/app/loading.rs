//! How far the reading of a corpus is, and how long it will take.

use std::time::Duration;

/// How far the files have been read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loading {
    /// Files read.
    pub read: usize,
    /// Files found.
    pub found: usize,
    /// Whether it has taken long enough to be shown.
    pub shown: bool,
    /// When so many had been read, since the session began.
    first: Option<(Duration, usize)>,
    /// When it was told last.
    last: Duration,
}

/// Before this nothing sure can be said of the pace.
const SURE_AFTER: Duration = Duration::from_secs(1);

impl Loading {
    /// So many of so many were read at this moment of the session.
    pub(super) fn tell(&mut self, read: usize, found: usize, now: Duration) {
        (self.read, self.found, self.last) = (read, found, now);
        self.first.get_or_insert((now, read));
    }

    /// Files a second, and the time that the rest will take; nothing in the first second.
    #[must_use]
    pub fn pace(&self) -> Option<(usize, Duration)> {
        let (began, before) = self.first?;
        let took = self.last.checked_sub(began).filter(|took| *took >= SURE_AFTER)?;
        let read = u128::try_from(self.read.checked_sub(before)?).ok()?;
        let rate = usize::try_from(read * 1000 / took.as_millis()).ok().filter(|rate| *rate > 0)?;
        let left = self.found.saturating_sub(self.read).div_ceil(rate);
        Some((rate, Duration::from_secs(u64::try_from(left).unwrap_or(u64::MAX))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pace_is_told_once_it_is_known() {
        let mut loading = Loading::default();
        let secs = Duration::from_secs;
        for (read, at, pace) in [
            (0, 1, None),
            (400, 1, None),
            (1_000, 2, Some((1_000, secs(99)))),
            (50_000, 6, Some((10_000, secs(5)))),
            (100_000, 11, Some((10_000, secs(0)))),
        ] {
            loading.tell(read, 100_000, secs(at));
            assert_eq!(loading.pace(), pace, "{read}");
        }
        let mut stuck = Loading::default();
        stuck.tell(5, 10, secs(0));
        stuck.tell(5, 10, secs(60));
        assert_eq!(stuck.pace(), None);
    }
}
