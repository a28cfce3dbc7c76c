//! Texts of fields become dates, words and grades; what does not fit becomes a diagnostic.

use std::ops::Range;

use serde::Deserialize;

use super::super::rule;
use super::super::syntax::Node;
use super::super::typing::{Field, Findings, Spanned, read_value};
use super::super::words::{Words, find_word};
use super::found::Found;
use crate::date::EdtfDate;
use crate::diagnostic::{Code, Diagnostic, Source};

/// What reading one document has found so far.
pub struct Values<'a> {
    pub source: &'a Source<'a>,
    pub found: Found,
    pub findings: Findings,
}

impl<'a> Values<'a> {
    pub fn new(source: &'a Source<'a>) -> Self {
        Self { source, found: Found::default(), findings: Findings::default() }
    }

    pub fn push(&mut self, finding: Diagnostic) {
        self.found.push(finding);
    }

    /// The typed value of a node; what does not fit is left at its default.
    pub fn typed<T: for<'de> Deserialize<'de> + Default>(&mut self, node: &Node) -> T {
        let (value, findings) = read_value(node);
        self.found.extend(rule::shape::check(self.source, &findings));
        self.found.extend(rule::unknown_key::check(self.source, &findings));
        self.findings = findings;
        value.unwrap_or_default()
    }

    /// A text without blanks around it, on one line; `None` if nothing is left.
    pub fn line(field: Field<String>) -> Option<String> {
        let text = field.into_value()?;
        let trimmed = text.trim();
        match (trimmed.is_empty(), trimmed.contains(['\n', '\r']), trimmed.len() == text.len()) {
            (true, _, _) => None,
            (_, true, _) => Some(trimmed.split_whitespace().collect::<Vec<_>>().join(" ")),
            (_, _, true) => Some(text),
            _ => Some(trimmed.to_owned()),
        }
    }

    /// A date; `None` where there is none or it is no date.
    pub fn date(&mut self, field: &Field<String>) -> Option<EdtfDate> {
        let text = field.0.as_ref()?;
        let (date, finding) = rule::date::read(self.source, text);
        self.found.extend(finding);
        date
    }

    /// Two dates of which the second must be later.
    pub fn period(
        &mut self,
        since: &Field<String>,
        until: &Field<String>,
    ) -> (Option<EdtfDate>, Option<EdtfDate>) {
        let dates = (self.date(since), self.date(until));
        if let (Some(since), Some(until), Some(text)) = (&dates.0, &dates.1, &until.0) {
            self.found.extend(rule::ends_before::check(self.source, since, until, text));
        }
        dates
    }

    /// One of a few words.
    pub fn word<T: Copy>(
        &mut self,
        field: &Field<String>,
        what: &str,
        words: Words<T>,
    ) -> Option<T> {
        let text = field.0.as_ref()?;
        let found = find_word(words, &text.value);
        if found.is_none() {
            self.push(rule::word::finding(self.source, Code::UNKNOWN_WORD, what, text, words));
        }
        found
    }

    /// A finding that a part is missing, unless it is there and was found wrong.
    pub fn missing(&mut self, item: &Range<usize>, message: &str) {
        let within = |span: &Range<usize>| item.start <= span.start && span.end <= item.end;
        if self.findings.misfits.iter().any(|misfit| within(&misfit.span)) {
            return;
        }
        self.push(rule::missing_part::finding(self.source, item.clone(), message));
    }

    /// The texts of a list, without blanks around them and without empty ones.
    pub fn texts(items: Vec<Spanned<String>>) -> Vec<Spanned<String>> {
        items
            .into_iter()
            .map(|item| Spanned { value: item.value.trim().to_owned(), span: item.span })
            .filter(|item| !item.value.is_empty())
            .collect()
    }
}
