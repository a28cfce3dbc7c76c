//! Tabs as indent.

use super::Repair;
use super::entry::{Entry, Form, lines_of};
use crate::diagnostic::Code;

/// What a tab is read as.
const SPACES: &str = "  ";

/// The tabs before an entry, and before the lines of its block text if that begins with one.
#[must_use]
pub fn find(text: &str, entry: &Entry) -> Vec<Repair> {
    let mut repairs: Vec<_> =
        indent(text, entry.indent.start, entry.indent.end).into_iter().collect();
    let below = text.get(entry.below.clone()).unwrap_or_default();
    let first = below.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let is_text = matches!(entry.form, Form::Block | Form::Plain);
    if is_text && first.starts_with('\t') {
        for line in lines_of(below) {
            let content = &below[line.clone()];
            let blanks = content.len() - content.trim_start_matches([' ', '\t']).len();
            let start = entry.below.start + line.start;
            if blanks < content.len() {
                repairs.extend(indent(text, start, start + blanks));
            }
        }
    }
    repairs
}

fn indent(text: &str, start: usize, end: usize) -> Option<Repair> {
    let blanks = &text[start..end];
    blanks.contains('\t').then(|| Repair {
        span: start..end,
        text: blanks.replace('\t', SPACES),
        focus: start..end,
        code: Code::TAB_INDENT,
        message: "a tab indents the line, where YAML allows only spaces".to_owned(),
        label: None,
        advice: "indent with spaces",
        certain: true,
    })
}
