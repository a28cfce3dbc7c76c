//! Mistakes that are certain only where YAML gave up: a blank that is missing after a colon or a
//! dash.

use std::ops::Range;

use super::Repair;
use super::entry::lines_of;
use crate::diagnostic::Code;

/// How many lines above the error are looked at: the parser may notice late.
const LINES_ABOVE: usize = 2;

/// Looks at the line of the error and at those above it.
#[must_use]
pub fn find(text: &str, at: usize) -> Vec<Repair> {
    let lines = lines_of(text);
    let line = lines.partition_point(|line| line.start <= at).saturating_sub(1);
    let with_text = |line: &&Range<usize>| !text[(*line).clone()].trim().is_empty();
    let near = lines.iter().take(line + 1).rev().filter(with_text).take(LINES_ABOVE + 1);
    for line in near {
        if let Some(repair) = missing_space(text, line) {
            return vec![repair];
        }
    }
    Vec::new()
}

/// `title:Xi` and `-Xi`.
fn missing_space(text: &str, line: &Range<usize>) -> Option<Repair> {
    let mut start = line.start + (line.len() - text[line.clone()].trim_start().len());
    while let Some(rest) = text[start..line.end].strip_prefix("- ") {
        start = line.end - rest.trim_start().len();
    }
    let rest = &text[start..line.end];
    if rest.starts_with("---") {
        return None;
    }
    if let Some(item) = rest.strip_prefix('-') {
        let begins = item
            .chars()
            .next()
            .is_some_and(|c| c.is_alphanumeric() || matches!(c, '"' | '\'' | '[' | '{'));
        return begins.then(|| repair(start, "a blank is missing after the dash"));
    }
    let word = rest
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-')))
        .unwrap_or(rest.len());
    let mut after = rest[word..].chars();
    let is_key = word > 1 && rest.starts_with(|c: char| c.is_ascii_alphabetic());
    let glued = after.next() == Some(':')
        && after.next().is_some_and(|c| !c.is_whitespace() && !matches!(c, ':' | '/' | '\\'));
    (is_key && glued).then(|| repair(start + word, "a blank is missing after the colon"))
}

/// The blank goes behind the byte at `sign`.
pub fn repair(sign: usize, message: &str) -> Repair {
    Repair {
        span: sign + 1..sign + 1,
        text: " ".to_owned(),
        focus: sign..sign + 1,
        code: Code::MISSING_SPACE,
        message: message.to_owned(),
        label: None,
        advice: "write",
        certain: true,
    }
}
