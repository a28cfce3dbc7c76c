//! What is wrong with the text of a date.

use std::ops::Range;

/// What is wrong with the text of a date, for the caller to place in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateProblem {
    /// What sort.
    pub kind: DateProblemKind,
    /// The bytes within the text that are wrong, on character boundaries.
    pub span: Range<usize>,
    /// A sentence without a full stop. It quotes nothing of the text but numbers.
    pub message: String,
    /// How to write it instead.
    pub help: Option<String>,
    /// The EDTF to put in place of the whole text, only where there is no doubt of it.
    pub replacement: Option<String>,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateProblemKind {
    /// Understood, but not EDTF.
    HandWritten,
    /// Read one way where another is possible.
    Ambiguous,
    /// No calendar or clock has it. Not read.
    Impossible,
    /// Not understood.
    Unreadable,
}

impl DateProblem {
    pub(super) fn impossible(span: Range<usize>, message: impl Into<String>) -> Self {
        let kind = DateProblemKind::Impossible;
        Self { kind, span, message: message.into(), help: None, replacement: None }
    }

    pub(super) fn unreadable(span: Range<usize>, message: impl Into<String>) -> Self {
        let help = "write it as `2023-03-17`, `2023-03`, `2023` or `2023-03-20/2023-03-22`";
        let kind = DateProblemKind::Unreadable;
        Self { kind, span, message: message.into(), help: Some(help.to_owned()), replacement: None }
    }

    pub(super) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
