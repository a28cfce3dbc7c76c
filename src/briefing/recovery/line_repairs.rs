//! What is a mistake wherever it stands on a line: a colon in a text, a reserved first character,
//! text behind a closing quote, a quote that stays open, a tab as indent, prose without `|`.

use super::entry::{Entry, Form, colons, entries};
use super::quoting::{quoted, within_curly};
use super::{Repair, paragraphs, tabs};
use crate::diagnostic::Code;

/// Every such mistake of a text that YAML refuses.
#[must_use]
pub fn find(text: &str) -> Vec<Repair> {
    let mut repairs = Vec::new();
    let mut prose_until = 0;
    for entry in entries(text) {
        repairs.extend(tabs::find(text, &entry));
        if entry.line.start < prose_until {
            continue;
        }
        if let Some(repair) = paragraphs::of_refused(text, &entry) {
            prose_until = entry.below.end;
            repairs.push(repair);
            continue;
        }
        if let Some(repair) = paragraphs::unindented(text, &entry) {
            prose_until = repair.span.end;
            repairs.push(repair);
            continue;
        }
        repairs.extend(find_in_value(text, &entry));
    }
    repairs
}

fn find_in_value(text: &str, entry: &Entry) -> Option<Repair> {
    let value = &text[entry.value.clone()];
    match entry.form {
        Form::Plain => reserved(text, entry).or_else(|| colon(text, entry)),
        Form::FlowAndMore => {
            Some(quote(text, entry, Code::RESERVED_START, "text follows the closing bracket"))
        }
        Form::QuotedAndMore => Some(text_after_quote(text, entry)),
        Form::Unclosed => Some(unclosed(value, entry)),
        Form::Block | Form::Empty | Form::Quoted | Form::Flow => None,
    }
}

fn colon(text: &str, entry: &Entry) -> Option<Repair> {
    let value = &text[entry.value.clone()];
    let colon = entry.value.start + colons(value).next()?;
    let before = &value[..colon - entry.value.start];
    // A single word before the colon on a line of its own may be a key that slipped to the right.
    let slipped = before.rsplit_once('\n').is_some_and(|(_, line)| !line.trim().contains(' '));
    let is_prose = entry.key.is_some() || before.contains(' ');
    if slipped || !is_prose {
        return None;
    }
    let mut repair =
        quote(text, entry, Code::COLON_IN_VALUE, "a text with a colon in it needs quotes");
    repair.focus = colon..colon + 1;
    repair.label = Some("YAML reads a map here");
    if let Some(inner) = within_curly(value) {
        repair.text = quoted(inner);
    }
    Some(repair)
}

/// A first character that means something else to YAML.
fn reserved(text: &str, entry: &Entry) -> Option<Repair> {
    let value = &text[entry.value.clone()];
    let mut characters = value.chars();
    let first = characters.next()?;
    let next = characters.next();
    let blank_next = next.is_none_or(char::is_whitespace);
    let reserved = match first {
        '@' | '`' | '%' | '!' | ']' | '}' | ',' | '|' | '>' => true,
        '&' => blank_next || value.contains(' '),
        '*' => !is_alias(text, value),
        '-' | '?' => blank_next && entry.key.is_some(),
        _ => false,
    };
    reserved.then(|| {
        let message = format!("a text that begins with `{first}` needs quotes");
        quote(text, entry, Code::RESERVED_START, &message)
    })
}

/// Whether `*name` repeats something that the text names with `&name`.
fn is_alias(text: &str, value: &str) -> bool {
    let name = value.trim_start_matches('*');
    !name.is_empty() && !name.contains(char::is_whitespace) && text.contains(&format!("&{name}"))
}

fn text_after_quote(text: &str, entry: &Entry) -> Repair {
    let value = &text[entry.value.clone()];
    let closed =
        value.chars().next().and_then(|first| super::entry::closing(value, first)).unwrap_or(0);
    let mut repair = quote(text, entry, Code::TEXT_AFTER_QUOTE, "text follows the closing quote");
    let rest = &value[closed..];
    let start = entry.value.start + closed + rest.len() - rest.trim_start().len();
    repair.focus = start..entry.value.end;
    repair.label = Some("to YAML the value has ended before this");
    if value.starts_with('\'') && rest.starts_with(char::is_alphanumeric) {
        // An apostrophe: the quotes around are meant as such, or the last is missing.
        match value[1..].strip_suffix('\'') {
            Some(inner) if !inner.is_empty() => repair.text = quoted(inner),
            _ => repair.certain = false,
        }
    }
    repair
}

/// Where the quote was meant to close is not certain, so the file is not changed.
fn unclosed(value: &str, entry: &Entry) -> Repair {
    let mark = &value[..1];
    let start = entry.value.start;
    Repair {
        span: entry.value.end..entry.value.end,
        text: if value.ends_with('\\') { format!(" {mark}") } else { mark.to_owned() },
        focus: start..start + 1,
        code: Code::UNCLOSED_QUOTE,
        message: format!("the quote {mark} is opened here and not closed"),
        label: Some("opened here"),
        advice: "close it, perhaps so",
        certain: false,
    }
}

/// The whole value in quotes.
pub fn quote(text: &str, entry: &Entry, code: Code, message: &str) -> Repair {
    Repair {
        span: entry.value.clone(),
        text: quoted(&text[entry.value.clone()]),
        focus: entry.value.clone(),
        code,
        message: message.to_owned(),
        label: None,
        advice: "quote it",
        certain: true,
    }
}
