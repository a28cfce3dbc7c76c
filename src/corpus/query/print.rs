//! A query as it is written: parsed again, it is the same.

use std::borrow::Cow;
use std::fmt;

use super::date_test::sign_of;
use super::lex::ends_word;
use super::{Node, Query, Test, Value};

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.as_ref().map_or(Ok(()), |root| root.fmt(f))
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any(parts) => parts.iter().enumerate().try_for_each(|(at, part)| {
                f.write_str(if at == 0 { "" } else { " or " })?;
                part.fmt(f)
            }),
            Self::All(parts) => parts.iter().enumerate().try_for_each(|(at, part)| {
                f.write_str(if at == 0 { "" } else { " " })?;
                in_parentheses_if_many(part, f)
            }),
            Self::Not(inner) => {
                f.write_str("-")?;
                in_parentheses_if_many(inner, f)
            }
            Self::Term(term) => term.test.fmt(f),
        }
    }
}

fn in_parentheses_if_many(node: &Node, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match node {
        Node::All(_) | Node::Any(_) => write!(f, "({node})"),
        Node::Not(_) | Node::Term(_) => write!(f, "{node}"),
    }
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words { text, prefix } => {
                let star = if *prefix { "*" } else { "" };
                let is_bare = !text.starts_with('-')
                    && !text.ends_with('*')
                    && !text.contains(':')
                    && !["or", "and"].iter().any(|word| text.eq_ignore_ascii_case(word));
                let text = if is_bare { in_quotes_if_needed(text) } else { in_quotes(text).into() };
                write!(f, "{text}{star}")
            }
            Self::Field { field, value } => {
                let name = field.row().name;
                let written = value.written();
                let sign = if matches!(value, Value::Date(_)) { sign_of(&written).0 } else { "" };
                let rest = written.get(sign.len()..).unwrap_or_default();
                write!(f, "{name}:{sign}{}", in_quotes_if_needed(rest))
            }
        }
    }
}

/// A value as it stands behind a colon: in quotes where it would end too early without them.
pub fn in_quotes_if_needed(text: &str) -> Cow<'_, str> {
    if text.is_empty() || text.contains(ends_word) {
        Cow::Owned(in_quotes(text))
    } else {
        Cow::Borrowed(text)
    }
}

fn in_quotes(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
