//! What stands behind a field's colon, read as the field takes it.

use std::ops::Range;

use super::{DateTest, Field, FieldRow, GradeTest, QueryProblem, Takes};
use crate::briefing::words::{
    CLASS_SPELLINGS, CLASSES, KIND_SPELLINGS, KINDS, STATUSES, find_word, nearest,
};
use crate::briefing::{EventClass, EventStatus, Kind};

/// A field's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A name or any other text, as typed.
    Text(String),
    Class(EventClass),
    Status(EventStatus),
    Kind(Kind),
    Grade(GradeTest),
    Date(DateTest),
    Flag(Flag),
}

/// The words of `in`, `is` and `has`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    Title,
    Unread,
    Read,
    Starred,
    Problem,
}

/// Each with its field.
pub(super) const FLAGS: &[(Field, &str, Flag)] = &[
    (Field::In, "title", Flag::Title),
    (Field::Is, "unread", Flag::Unread),
    (Field::Is, "read", Flag::Read),
    (Field::Is, "starred", Flag::Starred),
    (Field::Has, "problem", Flag::Problem),
];

/// Reads the text of a value that stands at `at`.
pub(super) fn parse_value(
    row: &FieldRow,
    text: &str,
    at: &Range<usize>,
) -> Result<Value, QueryProblem> {
    if text.trim().is_empty() {
        let message = format!("`{}:` wants {}", row.name, row.wants());
        return Err(QueryProblem::new(at.clone(), message));
    }
    let of_few = |value: Option<Value>| value.ok_or_else(|| unknown_word(row, text, at));
    match row.takes {
        Takes::Actor | Takes::Text if text.chars().any(char::is_alphanumeric) => {
            Ok(Value::Text(text.to_owned()))
        }
        Takes::Actor | Takes::Text => {
            let message = format!("`{text}` has no letter or figure to look for");
            Err(QueryProblem::new(at.clone(), message))
        }
        Takes::Date => DateTest::parse(text, at).map(Value::Date),
        Takes::Grade => GradeTest::parse(text).map(Value::Grade).ok_or_else(|| {
            let message = format!("`{text}` is no grade");
            let help = "write a letter from A to F, a figure from 1 to 6, both, or a range: \
                        `grade:B2`, `grade:B`, `grade:A-C`";
            QueryProblem::new(at.clone(), message).help(help)
        }),
        Takes::Class => {
            let found = find_word(CLASSES, text).or_else(|| find_word(CLASS_SPELLINGS, text));
            of_few(found.map(Value::Class))
        }
        Takes::Status => of_few(find_word(STATUSES, text).map(Value::Status)),
        Takes::Kind => {
            let found = find_word(KINDS, text).or_else(|| find_word(KIND_SPELLINGS, text));
            of_few(found.map(Value::Kind))
        }
        Takes::Flag => {
            let mut flags = row.field.flags();
            of_few(
                flags
                    .find(|(word, _)| word.eq_ignore_ascii_case(text))
                    .map(|(_, flag)| Value::Flag(flag)),
            )
        }
    }
}

fn unknown_word(row: &FieldRow, text: &str, at: &Range<usize>) -> QueryProblem {
    let message = format!("`{}:` does not know `{text}`", row.name);
    let words = row.words();
    let help = match nearest(text, words.iter().copied()) {
        Some(word) => format!("did you mean `{word}`?"),
        None => format!("it takes {}", words.join(", ")),
    };
    QueryProblem::new(at.clone(), message).help(help)
}
