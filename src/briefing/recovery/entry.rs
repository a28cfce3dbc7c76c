//! The lines of a text as a person reads them: indent, dashes, key, value.
//!
//! This is no second parser: it looks only at texts that YAML refuses, and only for what stands on
//! a line by itself. What lies in block text, in quotes or in brackets over several lines is passed.

use std::ops::Range;

/// A line that has a key, or is an item of a list, or stands alone; with the lines on which its
/// value goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its first line, without the line break.
    pub line: Range<usize>,
    /// Blanks and tabs before it.
    pub indent: Range<usize>,
    /// Whether a dash stands before it.
    pub is_item: bool,
    /// The key.
    pub key: Option<Range<usize>>,
    /// The value without blanks around it, over all its lines; empty where there is none.
    pub value: Range<usize>,
    /// How the value is written.
    pub form: Form,
    /// Deeper lines below it that belong to it (block text, or prose below an empty value).
    pub below: Range<usize>,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Nothing on the line.
    Empty,
    /// Without quotes, perhaps over several lines.
    Plain,
    /// In quotes, closed, with nothing behind.
    Quoted,
    /// In quotes, closed at this byte, with text behind.
    QuotedAndMore,
    /// A quote is opened and not closed before the next entry.
    Unclosed,
    /// In brackets, closed, with nothing behind, or over several lines.
    Flow,
    /// In brackets, closed, with text behind.
    FlowAndMore,
    /// `|` or `>` with block text below.
    Block,
}

/// The entries of a text, in order.
#[must_use]
pub fn entries(text: &str) -> Vec<Entry> {
    let lines = lines_of(text);
    let mut found = Vec::new();
    let mut index = 0;
    while let Some(line) = lines.get(index) {
        let (entry, next) = match start_of(text, line.clone()) {
            Some(start) => complete(text, &lines, index, start),
            None => (None, index + 1),
        };
        found.extend(entry);
        index = next.max(index + 1);
    }
    found
}

/// Lines without their breaks.
#[must_use]
pub fn lines_of(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches(['\n', '\r']);
        lines.push(start..start + content.len());
        start += line.len();
    }
    lines
}

/// How far a line is indented; a tab counts as two.
#[must_use]
pub fn width(blanks: &str) -> usize {
    blanks.bytes().map(|byte| if byte == b'\t' { 2 } else { 1 }).sum()
}

fn blanks(text: &str, line: &Range<usize>) -> Range<usize> {
    let content = &text[line.clone()];
    let length = content.len() - content.trim_start_matches([' ', '\t']).len();
    line.start..line.start + length
}

/// What a line holds before its value is looked at.
struct Start {
    line: Range<usize>,
    indent: Range<usize>,
    is_item: bool,
    key: Option<Range<usize>>,
    value: usize,
    /// Lines indented deeper than this belong to the value.
    column: usize,
}

fn start_of(text: &str, line: Range<usize>) -> Option<Start> {
    let indent = blanks(text, &line);
    let mut at = indent.end;
    let rest = &text[at..line.end];
    if rest.is_empty() || rest.starts_with('#') || is_marker(&text[line.clone()]) {
        return None;
    }
    let mut column = width(&text[indent.clone()]);
    let mut is_item = false;
    while let Some(after) = text[at..line.end].strip_prefix("- ") {
        is_item = true;
        let item = line.end - after.trim_start_matches(' ').len();
        if !has_key(&text[item..line.end]) && !text[item..line.end].starts_with("- ") {
            let start = Start { line, indent, is_item, key: None, value: item, column };
            return Some(start);
        }
        column += item - at;
        at = item;
    }
    let key = key_in(&text[at..line.end]).map(|length| at..at + length);
    let value = match &key {
        Some(key) => {
            let after = &text[key.end..line.end];
            let colon = after.find(':').map_or(0, |colon| colon + 1);
            key.end + colon + after[colon..].len()
                - after[colon..].trim_start_matches([' ', '\t']).len()
        }
        None => at,
    };
    Some(Start { line, indent, is_item, key, value, column })
}

fn is_marker(line: &str) -> bool {
    ["---", "..."].iter().any(|marker| {
        line.strip_prefix(marker)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
    })
}

fn has_key(text: &str) -> bool {
    key_in(text).is_some()
}

/// Length of the key with which a text begins, up to its colon.
fn key_in(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    if matches!(first, '"' | '\'') {
        let end = closing(text, first)?;
        return text[end..].trim_start().starts_with(':').then_some(end);
    }
    if matches!(first, '[' | '{' | '&' | '*' | '!' | '|' | '>' | '%' | '@' | '`' | '#' | ',') {
        return None;
    }
    let colon = colons(text).next()?;
    (!text[..colon].contains(" #")).then(|| text[..colon].trim_end().len())
}

/// Where a colon parts a key from a value, if it does: before a blank or at the end.
pub fn colons(text: &str) -> impl Iterator<Item = usize> {
    let parts = |at: &usize| text[at + 1..].chars().next().is_none_or(char::is_whitespace);
    memchr::memchr_iter(b':', text.as_bytes()).filter(parts)
}

/// The byte behind the quote that closes the one with which a text begins.
#[must_use]
pub fn closing(text: &str, quote: char) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' if quote == '"' => at += 1,
            b'\'' if quote == '\'' && bytes.get(at + 1) == Some(&b'\'') => at += 1,
            _ if byte == quote as u8 => return Some(at + 1),
            _ => {}
        }
        at += 1;
    }
    None
}

/// The byte behind the bracket that closes the one with which a text begins; quotes within are
/// passed where they follow a bracket, a comma, a colon or a blank.
fn closing_bracket(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = 0;
    let mut before = b' ';
    while let Some(&byte) = text.as_bytes().get(at) {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            b'"' | b'\'' if matches!(before, b' ' | b'[' | b'{' | b',' | b':' | b'\n') => {
                at += closing(&text[at..], byte.into())? - 1;
            }
            _ => {}
        }
        before = byte;
        at += 1;
    }
    None
}

/// Finds where the value ends; gives the entry and the index of the line after it.
fn complete(
    text: &str,
    lines: &[Range<usize>],
    index: usize,
    start: Start,
) -> (Option<Entry>, usize) {
    let Start { line, indent, is_item, key, value, column } = start;
    let deeper = deeper_lines(text, lines, index, column);
    let below_end =
        deeper.checked_sub(1).filter(|&last| last > index).map_or(line.end, |last| lines[last].end);
    let below_start = lines.get(index + 1).map_or(line.end, |next| next.start).min(below_end);
    let below = if deeper > index + 1 { below_start..below_end } else { line.end..line.end };
    let first = &text[value..line.end];
    let (form, end, next) = match first.chars().next() {
        None | Some('#') => (Form::Empty, value, index + 1),
        Some(quote @ ('"' | '\'')) => quoted_value(text, lines, index, value, quote, &below),
        Some('[' | '{') => flow_value(text, lines, index, value, &below),
        Some('|' | '>') if is_block_header(first) => (Form::Block, line.end, deeper),
        Some(_) => plain_value(text, &line, index, value, deeper, &below),
    };
    let value = value..end.max(value);
    (Some(Entry { line, indent, is_item, key, value, form, below }), next)
}

/// Index of the first line behind `index` that has text and is not indented deeper.
fn deeper_lines(text: &str, lines: &[Range<usize>], index: usize, column: usize) -> usize {
    let mut last = index;
    for (offset, line) in lines[index + 1..].iter().enumerate() {
        let indent = blanks(text, line);
        if indent.end == line.end {
            continue;
        }
        if width(&text[indent]) <= column {
            break;
        }
        last = index + 1 + offset;
    }
    last + 1
}

fn is_block_header(text: &str) -> bool {
    let header = text[1..].split(" #").next().unwrap_or_default().trim();
    header.len() <= 2 && header.chars().all(|c| matches!(c, '+' | '-' | '1'..='9'))
}

/// The text before a comment, and without blanks at its end.
pub fn without_comment(text: &str) -> &str {
    let cut = text.find(" #").or_else(|| text.find("\t#")).unwrap_or(text.len());
    text[..cut].trim_end()
}

fn line_after(lines: &[Range<usize>], byte: usize) -> usize {
    lines.partition_point(|line| line.end < byte) + 1
}

fn quoted_value(
    text: &str,
    lines: &[Range<usize>],
    index: usize,
    value: usize,
    quote: char,
    below: &Range<usize>,
) -> (Form, usize, usize) {
    let line = &lines[index];
    let whole = &text[value..below.end.max(line.end)];
    let Some(length) = closing(whole, quote) else {
        return (Form::Unclosed, value + text[value..line.end].trim_end().len(), index + 1);
    };
    let end = value + length;
    let closed_on = line_after(lines, end) - 1;
    let rest = &text[end..lines[closed_on].end];
    let trimmed = rest.trim();
    let blank_before = rest.starts_with([' ', '\t']);
    if trimmed.is_empty() || (trimmed.starts_with('#') && blank_before) {
        (Form::Quoted, end, closed_on + 1)
    } else if closed_on == index {
        (Form::QuotedAndMore, value + without_comment(&text[value..line.end]).len(), index + 1)
    } else {
        (Form::Unclosed, value + text[value..line.end].trim_end().len(), index + 1)
    }
}

fn flow_value(
    text: &str,
    lines: &[Range<usize>],
    index: usize,
    value: usize,
    below: &Range<usize>,
) -> (Form, usize, usize) {
    let line = &lines[index];
    let Some(length) = closing_bracket(&text[value..below.end.max(line.end)]) else {
        return (Form::Flow, line.end, index + 1);
    };
    let end = value + length;
    let closed_on = line_after(lines, end) - 1;
    let rest = text[end..lines[closed_on].end].trim();
    if closed_on == index && !rest.is_empty() && !rest.starts_with('#') && !rest.starts_with(':') {
        (Form::FlowAndMore, value + without_comment(&text[value..line.end]).len(), index + 1)
    } else {
        (Form::Flow, end, closed_on + 1)
    }
}

fn plain_value(
    text: &str,
    line: &Range<usize>,
    index: usize,
    value: usize,
    deeper: usize,
    below: &Range<usize>,
) -> (Form, usize, usize) {
    let first = without_comment(&text[value..line.end]);
    let has_comment = value + first.len() < text[..line.end].trim_end().len();
    if has_comment || below.is_empty() {
        return (Form::Plain, value + first.len(), index + 1);
    }
    (Form::Plain, text[..below.end].trim_end().len(), deeper)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_as_a_person_reads_them() {
        let text = "title: Xi: what # note\nlist:\n  - a b\n  - key: 'v'\n    sub: [x, 'y']\nbody: |\n  k: v\n\n  more: text\n\
                    q: \"open\nlast: one\n  two\n\"k: x\": {a: b} c\n";
        let seen: Vec<_> = entries(text)
            .into_iter()
            .map(|entry| (entry.key.map_or("", |key| &text[key]), &text[entry.value], entry.form))
            .collect();
        let expected = [
            ("title", "Xi: what", Form::Plain),
            ("list", "", Form::Empty),
            ("", "a b", Form::Plain),
            ("key", "'v'", Form::Quoted),
            ("sub", "[x, 'y']", Form::Flow),
            ("body", "|", Form::Block),
            ("q", "\"open", Form::Unclosed),
            ("last", "one\n  two", Form::Plain),
            ("\"k: x\"", "{a: b} c", Form::FlowAndMore),
        ];
        assert_eq!(seen, expected);
    }
}
