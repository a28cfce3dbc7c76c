//! What is wrong in a file, where, and how to mend it: one type from the parser to the screen.
//!
//! May use `text`. Deliberately absent: any knowledge of YAML or of what a briefing is, and any
//! output to a terminal; the forms in which diagnostics are printed are pure functions to text.

mod code;
pub mod github;
pub mod human;
pub mod jsonl;
mod source;

pub use code::{CODES, Code, CodeEntry};
pub use source::Source;

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// How bad it is. Errors and warnings make `check` exit 1; notes do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something may be worth a look.
    Note,
    /// The file was read, but perhaps not as meant.
    Warning,
    /// Something in the file could not be used.
    Error,
}

impl Severity {
    /// The word that stands before a message: `error`, `warning` or `note`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A place in a text: lines and columns count from 1, columns in Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in Unicode scalar values.
    pub column: usize,
}

/// A stretch of a file's decoded text, as bytes and as lines and columns; the end is exclusive.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Bytes of the decoded text.
    pub span: Range<usize>,
    /// Where it begins.
    pub start: Position,
    /// Where it ends (exclusive).
    pub end: Position,
}

/// A text edit that mends the file beyond doubt: replace the place with the text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fix {
    /// What is replaced; an empty span inserts.
    pub place: Place,
    /// What stands there afterwards.
    pub text: String,
}

/// One finding in one file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Which rule speaks; gives the stable code (`E012`) and the severity.
    pub code: Code,
    /// What is so, in a plain sentence without a full stop.
    pub message: String,
    /// Where in the file. `None` only where the file as a whole is meant (it could not be opened).
    pub place: Option<Place>,
    /// A few words to stand beside the caret.
    pub label: Option<String>,
    /// How to mend it.
    pub help: Option<String>,
    /// The edit that mends it, where that is certain.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A finding about the file as a whole.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), place: None, label: None, help: None, fix: None }
    }

    /// The same finding at a place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same finding with words beside the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// The same finding with a way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same finding with the edit that mends it.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// How bad it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}
