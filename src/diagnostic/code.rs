//! The table of codes: each stable code with its severity, a title and an explanation.

use super::Severity;

/// A stable code such as `E012`; an index into [`CODES`] cannot be wrong because only the table
/// makes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub(crate) &'static str);

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct CodeEntry {
    /// The code.
    pub code: Code,
    /// How bad a finding of it is.
    pub severity: Severity,
    /// What it is about, in a few words.
    pub title: &'static str,
    /// Why it matters and how to mend it, in a sentence or two.
    pub explanation: &'static str,
}

impl Code {
    /// The code as it is printed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// How bad a finding of this code is.
    #[must_use]
    pub fn severity(self) -> Severity {
        CODES
            .iter()
            .find(|entry| entry.code == self)
            .map_or(Severity::Error, |entry| entry.severity)
    }
}

/// Every code that chancery knows.
pub const CODES: &[CodeEntry] = &[];
