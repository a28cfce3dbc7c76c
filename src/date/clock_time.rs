//! The time of day of a date-time, with its zone as it was written.

use std::fmt;

use edtf_core::{Edtf, TimeShift};
use serde::{Deserialize, Serialize};

/// A time of day on the local clock where it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ClockTime {
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 60 (a leap second).
    pub second: u8,
    /// How far that clock is from UTC; `None` where not said.
    pub shift: Option<Shift>,
}

/// Distance of a local clock from UTC, in the form in which it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Shift {
    /// `Z`.
    Utc,
    /// `+03:00`, or `+03`.
    Offset {
        /// East of UTC is positive; -840 to 840.
        minutes: i16,
        /// Whether only the hours were written.
        hours_only: bool,
    },
}

impl ClockTime {
    pub(super) fn of(value: &Edtf) -> Option<Self> {
        let Edtf::DateTime(moment) = value else { return None };
        let time = moment.time;
        let shift = time.shift.map(|shift| match shift {
            TimeShift::Utc => Shift::Utc,
            TimeShift::Offset { minutes, hours_only } => Shift::Offset { minutes, hours_only },
        });
        Some(Self { hour: time.hour, minute: time.minute, second: time.second, shift })
    }

    /// For a reader: `14:05 (+03:00)`, `14:05 (UTC)`, `14:05:30`. Seconds only where they are not 0.
    #[must_use]
    pub fn in_words(&self) -> String {
        let words = match self.second {
            0 => format!("{:02}:{:02}", self.hour, self.minute),
            second => format!("{:02}:{:02}:{second:02}", self.hour, self.minute),
        };
        match self.shift {
            None => words,
            Some(Shift::Utc) => words + " (UTC)",
            Some(offset) => format!("{words} ({offset})"),
        }
    }
}

impl fmt::Display for ClockTime {
    /// As EDTF: `14:05:00+03:00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}:{:02}", self.hour, self.minute, self.second)?;
        self.shift.map_or(Ok(()), |shift| shift.fmt(f))
    }
}

impl fmt::Display for Shift {
    /// As EDTF: `Z`, `+03:00`, `+03`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Utc => f.write_str("Z"),
            Self::Offset { minutes, hours_only } => {
                let sign = if minutes < 0 { '-' } else { '+' };
                let (hours, rest) = (minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60);
                write!(f, "{sign}{hours:02}")?;
                if hours_only && rest == 0 { Ok(()) } else { write!(f, ":{rest:02}") }
            }
        }
    }
}
