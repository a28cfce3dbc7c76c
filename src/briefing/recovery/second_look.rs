//! What YAML accepts and a writer did not mean: a text that begins like a tag or an anchor, a list
//! without blanks behind its dashes, a body whose paragraphs are joined.

use std::ops::Range;

use super::entry::without_comment;
use super::quoting::quoted;
use super::{Repair, near_error, paragraphs};
use crate::briefing::syntax::{Content, Node, Parsed, Remark, RemarkKind, Style};
use crate::diagnostic::Code;

/// Every such mistake of a document.
#[must_use]
pub fn find(text: &str, parsed: &Parsed) -> Vec<Repair> {
    let mut repairs: Vec<_> =
        parsed.remarks.iter().filter_map(|remark| property(text, remark)).collect();
    if let Some(node) = &parsed.node {
        walk(text, node, &mut repairs);
    }
    repairs
}

/// `!important thing` and `&x marks`; `!!str` and anchors that are used are left alone.
fn property(text: &str, remark: &Remark) -> Option<Repair> {
    let value = match &remark.kind {
        RemarkKind::Tag { value } | RemarkKind::UnusedAnchor { value } => value,
        RemarkKind::DuplicateKey { .. } | RemarkKind::OddKey => return None,
    };
    let start = remark.span.start;
    let line_end = text[start..].find(['\n', '\r']).map_or(text.len(), |at| start + at);
    let written = without_comment(&text[start..line_end]);
    let sign = written.chars().next()?;
    let before = text[..start].trim_end_matches([' ', '\t']);
    let begins_value = before.ends_with(':') || before.ends_with('-');
    let ends_there =
        value.end <= start + written.len() && !written.contains(['[', '{', '|', '>', '"', '\'']);
    if written.starts_with("!!") || !matches!(sign, '!' | '&') || !begins_value || !ends_there {
        return None;
    }
    Some(Repair {
        span: start..start + written.len(),
        text: quoted(written),
        focus: start..start + written.len(),
        code: Code::RESERVED_START,
        message: format!("a text that begins with `{sign}` needs quotes"),
        label: None,
        advice: "quote it",
        certain: true,
    })
}

fn walk(text: &str, node: &Node, repairs: &mut Vec<Repair>) {
    match &node.content {
        Content::Scalar(_) => {}
        Content::List(items) => items.iter().for_each(|item| walk(text, item, repairs)),
        Content::Map(entries) => {
            for (key, value) in entries {
                match &value.content {
                    Content::Scalar(scalar) => {
                        repairs.extend(paragraphs::of_accepted(text, key, value, scalar.style));
                        if scalar.style == Style::Plain {
                            repairs.extend(glued_dashes(text, key, &value.span));
                        }
                    }
                    _ => walk(text, value, repairs),
                }
            }
        }
    }
}

/// `-Xi` on lines of their own below a key, perhaps with `- Putin` among them.
fn glued_dashes(text: &str, key: &Node, value: &Range<usize>) -> Vec<Repair> {
    let own_lines =
        text.get(key.span.end..value.start).is_some_and(|between| between.contains('\n'));
    let glued = |line: &str| {
        let next = line.strip_prefix('-').and_then(|rest| rest.chars().next());
        next.is_some_and(|c| c.is_alphabetic() || matches!(c, '"' | '\''))
    };
    let is_item = |line: &str| glued(line) || line.starts_with("- ");
    let written = &text[value.clone()];
    if !own_lines || !written.lines().all(|line| is_item(line.trim_start())) {
        return Vec::new();
    }
    let mut start = value.start;
    let mut repairs = Vec::new();
    for line in written.split_inclusive('\n') {
        let dash = start + line.len() - line.trim_start().len();
        if glued(line.trim_start()) {
            repairs.push(near_error::repair(dash, "a blank is missing after the dash"));
        }
        start += line.len();
    }
    repairs
}
