//! What hand-writing breaks is mended where the meaning is beyond doubt.
//!
//! A document that YAML refuses is looked at line by line; what is always a mistake there is mended
//! in a copy, and the copy is read instead. A document that YAML accepts is looked at too: some of
//! what it drops or joins without a word is mended in the same way. Every place is one of the
//! original text.

mod draft;
mod entry;
mod line_repairs;
mod near_error;
mod paragraphs;
mod quoting;
mod second_look;
mod tabs;
#[cfg(test)]
mod tests;
mod words_for;

use std::ops::Range;

use super::syntax::{Node, Parsed, Refusal, Remark, parse_document};
use crate::diagnostic::{Code, Diagnostic, Fix, Source};
use draft::Draft;
pub use quoting::{quoted, within_curly};
pub use words_for::words_for;

/// Readings of one document at most; fewer where it is large.
const ROUNDS: usize = 8;
const ROUNDS_OF_LARGE: usize = 3;
const LARGE: usize = 1 << 20;

/// Repairs of one document at most; where more is wrong, no meaning is beyond doubt.
const MAX_REPAIRS: usize = 200;

/// A change to the text of a document that gives it the meaning that was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// What is replaced.
    pub span: Range<usize>,
    /// By what.
    pub text: String,
    /// Where the caret stands.
    pub focus: Range<usize>,
    /// Which finding it is.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// A few words beside the caret.
    pub label: Option<&'static str>,
    /// What to do, before the fixed line.
    pub advice: &'static str,
    /// Whether the change may be made in the file itself.
    pub certain: bool,
}

/// A document after its repairs; every span is one of the original text.
#[derive(Debug)]
pub struct Recovered {
    /// Its root; `None` where it is empty or was refused.
    pub node: Option<Node>,
    /// What YAML lets pass.
    pub remarks: Vec<Remark>,
    /// What was mended.
    pub repairs: Vec<Repair>,
    /// Why it could not be read.
    pub refusal: Option<Refusal>,
}

/// Reads one document, mending what can be.
#[must_use]
pub fn read_document(text: &str) -> Recovered {
    let mut draft = Draft::new(text);
    let mut first_error = None;
    for round in 0..rounds(text) {
        match parse_document(draft.text()) {
            Ok(parsed) => return with_second_look(draft, parsed),
            Err(Refusal::Syntax { at, info }) => {
                let error = Refusal::Syntax { at: draft.original(at), info };
                let first = first_error.get_or_insert(error.clone());
                let repairs =
                    if round == 0 { line_repairs::find(draft.text()) } else { Vec::new() };
                let mended = draft.apply(repairs, MAX_REPAIRS)
                    || draft.apply(near_error::find(draft.text(), at), MAX_REPAIRS);
                if !mended {
                    return refused(draft, first.clone(), error);
                }
            }
            Err(refusal) => return refused(Draft::new(text), refusal.clone(), refusal),
        }
    }
    let first = first_error.unwrap_or(Refusal::TooLarge { at: 0 });
    refused(Draft::new(text), first.clone(), first)
}

fn rounds(text: &str) -> usize {
    if text.len() > LARGE { ROUNDS_OF_LARGE } else { ROUNDS }
}

/// What YAML accepts may still not be what was meant.
fn with_second_look(draft: Draft<'_>, parsed: Parsed) -> Recovered {
    let repairs = second_look::find(draft.text(), &parsed);
    let mut second = draft.clone();
    if second.apply(repairs, MAX_REPAIRS)
        && let Ok(parsed) = parse_document(second.text())
    {
        return recovered(second, parsed);
    }
    recovered(draft, parsed)
}

fn recovered(draft: Draft<'_>, parsed: Parsed) -> Recovered {
    let mut node = parsed.node;
    let mut remarks = parsed.remarks;
    if draft.is_changed() {
        if let Some(node) = &mut node {
            node.map_spans(&|span| draft.original_span(span));
        }
        for remark in &mut remarks {
            remark.map_spans(&|span| draft.original_span(span));
        }
    }
    Recovered { node, remarks, repairs: draft.into_repairs(), refusal: None }
}

/// Repairs that did not lead on are not told: they may be part of the misunderstanding.
fn refused(draft: Draft<'_>, first: Refusal, last: Refusal) -> Recovered {
    let led_on = last.at() > first.at();
    let (refusal, repairs) =
        if led_on { (last, draft.into_repairs()) } else { (first, Vec::new()) };
    Recovered { node: None, remarks: Vec::new(), repairs, refusal: Some(refusal) }
}

impl Repair {
    /// The finding; `base` is where the document begins in the file.
    #[must_use]
    pub fn into_diagnostic(self, source: &Source<'_>, base: usize) -> Diagnostic {
        let span = self.span.start + base..self.span.end + base;
        let focus = self.focus.start + base..self.focus.end + base;
        let fixed = fixed_line(source, &span, &self.text);
        let mut finding = Diagnostic::new(self.code, self.message).at(source.place(focus));
        finding.label = self.label.map(str::to_owned);
        finding.help = Some(format!("{}: {fixed}", self.advice));
        finding.fix = self.certain.then(|| Fix { place: source.place(span), text: self.text });
        finding
    }
}

/// The first line that the change touches, as it is afterwards, short enough for a message.
fn fixed_line(source: &Source<'_>, span: &Range<usize>, text: &str) -> String {
    let line_at = |byte| source.lines().line(source.position(byte).line).unwrap_or(byte..byte);
    let (first, last) = (line_at(span.start), line_at(span.end));
    let before = source.slice(first.start..span.start);
    let after = source.slice(span.end..last.end.max(span.end));
    let whole = format!("{before}{text}{after}");
    let line = whole.lines().next().unwrap_or_default().trim();
    match line.char_indices().nth(100) {
        Some((cut, _)) => format!("{}…", &line[..cut]),
        None => line.to_owned(),
    }
}
