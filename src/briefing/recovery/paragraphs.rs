//! A body without `|`, whose paragraphs YAML would join.

use std::ops::Range;

use super::Repair;
use super::entry::{Entry, Form, lines_of, width};
use crate::briefing::syntax::{Node, Style};
use crate::diagnostic::Code;

/// The key whose value is always block text.
const BODY: &str = "body";

/// In a text that YAML refuses: a body of several lines in which something would be lost.
#[must_use]
pub fn of_refused(text: &str, entry: &Entry) -> Option<Repair> {
    let key = entry.key.clone()?;
    let below = text.get(entry.below.clone())?;
    let is_prose = matches!(entry.form, Form::Empty | Form::Plain) && !below.trim().is_empty();
    let would_lose = has_blank_line(below)
        || below.contains(": ")
        || below.contains(" #")
        || below.contains(":\n");
    let starts = below.trim_start();
    if &text[key.clone()] != BODY
        || !is_prose
        || !would_lose
        || starts.starts_with(['|', '>', '"', '\''])
    {
        return None;
    }
    block(text, key, entry.value.start..entry.line.end, &entry.below)
}

/// In a text that YAML refuses: text at the left margin below `body: |`. It goes on to the next line
/// that is a bare key.
#[must_use]
pub fn unindented(text: &str, entry: &Entry) -> Option<Repair> {
    let key = entry.key.clone()?;
    if entry.form != Form::Block
        || !entry.indent.is_empty()
        || !entry.below.is_empty()
        || &text[key] != BODY
    {
        return None;
    }
    let lines = lines_of(&text[entry.line.end..]).into_iter().skip(1);
    let lines = lines.map(|line| line.start + entry.line.end..line.end + entry.line.end);
    let prose = lines.take_while(|line| !is_bare_key(&text[line.clone()]));
    let prose: Vec<_> = prose.filter(|line| !text[line.clone()].trim().is_empty()).collect();
    let (first, last) = (prose.first()?, prose.last()?);
    let span = first.start..last.end;
    let indented: Vec<_> = text[span.clone()]
        .split('\n')
        .map(|line| if line.trim().is_empty() { line.to_owned() } else { format!("  {line}") })
        .collect();
    Some(Repair {
        text: indented.join("\n"),
        focus: first.clone(),
        span,
        code: Code::LOST_PARAGRAPHS,
        message: "the text of the body is not indented".to_owned(),
        label: None,
        advice: "indent all its lines by two spaces",
        certain: true,
    })
}

fn is_bare_key(line: &str) -> bool {
    let word = line.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(line.len());
    word > 1
        && line[word..]
            .strip_prefix(':')
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\r']))
}

/// In a text that YAML accepts: a body whose paragraphs are parted by blank lines and joined.
#[must_use]
pub fn of_accepted(text: &str, key: &Node, value: &Node, style: Style) -> Option<Repair> {
    let written = text.get(value.span.clone())?;
    if key.text() != Some(BODY) || !has_blank_line(written) {
        return None;
    }
    match style {
        Style::Plain => {
            let line_end = |from: usize| text[from..].find('\n').map_or(text.len(), |at| from + at);
            let key_line = key.span.start..line_end(key.span.start);
            let starts_on_key_line = value.span.start < key_line.end;
            let first = if starts_on_key_line {
                value.span.start..key_line.end
            } else {
                key_line.end..key_line.end
            };
            let below = (key_line.end + 1).min(value.span.end)..value.span.end;
            block(text, key.span.clone(), first, &below)
        }
        Style::Folded => {
            let header = text.get(key.span.end..value.span.start)?;
            let sign = key.span.end + header.find('>')?;
            Some(repair(sign..sign + 1, "|".to_owned(), key.span.clone()))
        }
        Style::Quoted | Style::Literal => None,
    }
}

fn has_blank_line(text: &str) -> bool {
    let mut lines = text.trim().lines();
    lines.any(|line| line.trim().is_empty())
}

/// Puts `|` behind the colon; text that stands there already goes to a line of its own.
fn block(
    text: &str,
    key: Range<usize>,
    first: Range<usize>,
    below: &Range<usize>,
) -> Option<Repair> {
    let lines = text.get(below.clone())?;
    let whole_lines = &text[text[..below.start].rfind('\n').map_or(0, |at| at + 1)..below.end];
    let indents = lines_of(whole_lines).into_iter().filter_map(|line| {
        let content = &whole_lines[line];
        let trimmed = content.trim_start_matches([' ', '\t']);
        (!trimmed.is_empty()).then(|| &content[..content.len() - trimmed.len()])
    });
    let indents: Vec<&str> = indents.collect();
    let least = indents.iter().min_by_key(|indent| width(indent)).copied()?;
    if lines.trim().is_empty() || least.is_empty() {
        return None;
    }
    let first_text = text[first.clone()].trim_end();
    let own_indent = key.start - text[..key.start].rfind('\n').map_or(0, |at| at + 1);
    let deeper_first =
        first_text.is_empty() && indents.first().is_some_and(|indent| width(indent) > width(least));
    // A first line deeper than the others would set the indent of all.
    let digit = if deeper_first { (width(least) - own_indent).to_string() } else { String::new() };
    let (span, new) = if first_text.is_empty() {
        let colon = text[key.end..].find(':').map(|at| key.end + at + 1)?;
        (colon..colon, format!(" |{digit}"))
    } else {
        (first.start..first.start, format!("|\n{least}"))
    };
    Some(repair(span, new, key))
}

fn repair(span: Range<usize>, text: String, focus: Range<usize>) -> Repair {
    Repair {
        span,
        text,
        focus,
        code: Code::LOST_PARAGRAPHS,
        message: "without `|` the body loses its paragraphs".to_owned(),
        label: None,
        advice: "write",
        certain: true,
    }
}
