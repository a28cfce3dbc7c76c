//! Which stories were ever planned, to find those that are under way or overdue as of a day without
//! looking at all.

use jiff::civil;

use crate::corpus::timeline::Stories;
use crate::date::{Bound, PackedBound};

/// Plans of which the last days are looked at together.
const TOGETHER: usize = 64;

/// The planned stories of a timeline, in the order of time.
#[derive(Clone, Debug, Default)]
pub(super) struct Plans {
    stories: Vec<u32>,
    /// Of so many behind one another the last day that any may mean.
    latest: Vec<PackedBound>,
}

/// Where a day parts the stories of a timeline.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Split {
    /// The first that begins after it.
    pub at: u32,
    /// Those that begin before and are still to come, ascending.
    pub late: Vec<u32>,
}

impl Plans {
    /// Looks at all stories once.
    pub fn of(stories: Stories<'_>) -> Self {
        let mut plans = Self::default();
        for (number, story) in (0..).zip(stories.all()) {
            if !story.was_planned() {
                continue;
            }
            let last = story.anchor().span().1;
            match plans.latest.last_mut() {
                Some(latest) if !plans.stories.len().is_multiple_of(TOGETHER) => {
                    *latest = last.max(*latest);
                }
                _ => plans.latest.push(last),
            }
            plans.stories.push(number);
        }
        plans
    }

    /// What has happened and what is to come as of a day; without one all has happened.
    pub fn split(&self, stories: Stories<'_>, as_of: Option<civil::Date>) -> Split {
        let count = u32::try_from(stories.len()).unwrap_or(u32::MAX);
        let Some(as_of) = as_of else { return Split { at: count, late: Vec::new() } };
        let day = PackedBound::from(Bound::Day(as_of));
        let begins_after = |number: u32| {
            stories.get(number as usize).is_none_or(|story| story.anchor().span().0 > day)
        };
        let (mut low, mut high) = (0, count);
        while low < high {
            let middle = low.midpoint(high);
            if begins_after(middle) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        let mut late = Vec::new();
        for (plans, _) in
            self.stories.chunks(TOGETHER).zip(&self.latest).filter(|(_, latest)| **latest >= day)
        {
            let before = plans.iter().take_while(|number| **number < low);
            let is_late = |number: &&u32| {
                stories.get(**number as usize).is_some_and(|story| story.is_to_come(as_of))
            };
            late.extend(before.filter(is_late));
        }
        Split { at: low, late }
    }
}
