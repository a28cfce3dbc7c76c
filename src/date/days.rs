//! Counting in days.

use jiff::{SignedDuration, civil};

/// Days from one to the other: 1 to the next day, negative backwards.
pub(super) fn between(from: civil::Date, to: civil::Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}

/// That many days later, no further than civil dates go.
pub(super) fn later(from: civil::Date, days: i64) -> civil::Date {
    from.saturating_add(SignedDuration::from_hours(days.clamp(-8_000_000, 8_000_000) * 24))
}
