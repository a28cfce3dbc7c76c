//! The one table of fields, from which parsing, completion, help and messages come.

use super::value::FLAGS;
use super::{Flag, Value};
use crate::briefing::words::{CLASSES, KINDS, STATUSES, spelled};

/// A field of the query language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    Actor,
    By,
    To,
    Class,
    Place,
    Status,
    On,
    Date,
    Tag,
    Source,
    Grade,
    Kind,
    Corpus,
    In,
    Is,
    Has,
}

/// What may stand behind a field's colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// The id, name or alias of an actor.
    Actor,
    /// Any text.
    Text,
    /// EDTF, a date as written by hand in quotes, or either behind `<`, `<=`, `>` or `>=`.
    Date,
    /// A letter and a figure of the Admiralty system, or ranges of either.
    Grade,
    /// A PLOVER event class.
    Class,
    /// Whether an event happened.
    Status,
    /// What an actor is.
    Kind,
    /// One of the few words of `in`, `is` and `has`.
    Flag,
}

/// A field with all that is to be said of it.
#[derive(Clone, Copy, Debug)]
pub struct FieldRow {
    pub(in crate::corpus) field: Field,
    /// Its name, which stands before the colon.
    pub name: &'static str,
    /// What may stand behind it.
    pub takes: Takes,
    /// What it finds, in a line.
    pub doc: &'static str,
    /// A term of it.
    pub example: &'static str,
    /// Whether it speaks of an event: then all such terms hold of one and the same.
    pub binds_event: bool,
}

const fn row(
    field: Field,
    name: &'static str,
    takes: Takes,
    example: &'static str,
    doc: &'static str,
) -> FieldRow {
    let binds_event = matches!(
        field,
        Field::By | Field::To | Field::Class | Field::Place | Field::Status | Field::On
    );
    FieldRow { field, name, takes, doc, example, binds_event }
}

/// All fields, in the order in which help and completion list them.
#[rustfmt::skip]
pub const FIELDS: &[FieldRow] = &[
    row(Field::Actor, "actor", Takes::Actor, "actor:xi-jinping", "briefings that mention or declare an actor"),
    row(Field::By, "by", Takes::Actor, "by:china", "events in which an actor acted"),
    row(Field::To, "to", Takes::Actor, "to:ukraine", "events that an actor was acted upon"),
    row(Field::Class, "class", Takes::Class, "class:CONSULT", "events of a PLOVER class"),
    row(Field::Place, "place", Takes::Text, "place:moscow", "events at a place"),
    row(Field::Status, "status", Takes::Status, "status:planned", "events that are done, planned, denied or alleged"),
    row(Field::On, "on", Takes::Date, "on:2023-03", "events that may have happened then"),
    row(Field::Date, "date", Takes::Date, "date:>=2023-03", "briefings issued then"),
    row(Field::Tag, "tag", Takes::Text, "tag:summit", "briefings with a tag"),
    row(Field::Source, "source", Takes::Text, "source:kremlin", "briefings with these words in a source's name"),
    row(Field::Grade, "grade", Takes::Grade, "grade:A-B", "briefings of a grade"),
    row(Field::Kind, "kind", Takes::Kind, "kind:armed-group", "briefings with an actor of a kind"),
    row(Field::Corpus, "corpus", Takes::Text, "corpus:briefings", "briefings of a corpus, by its name"),
    row(Field::In, "in", Takes::Flag, "in:title", "look for the words beside it in titles alone"),
    row(Field::Is, "is", Takes::Flag, "is:unread", "briefings by what you did with them (in the reader)"),
    row(Field::Has, "has", Takes::Flag, "has:problem", "briefings in whose file something is wrong"),
];

/// The field of a name, upper and lower case alike.
#[must_use]
pub fn find_field(name: &str) -> Option<&'static FieldRow> {
    FIELDS.iter().find(|row| row.name.eq_ignore_ascii_case(name))
}

impl Field {
    pub fn row(self) -> &'static FieldRow {
        // Every field has its row, to which a test holds.
        FIELDS.iter().find(|row| row.field == self).unwrap_or(&FIELDS[0])
    }

    /// The flags that it takes.
    pub fn flags(self) -> impl Iterator<Item = (&'static str, Flag)> {
        FLAGS.iter().filter(move |(field, ..)| *field == self).map(|&(_, word, flag)| (word, flag))
    }
}

impl FieldRow {
    /// The words that it takes; none where it takes more than a few.
    #[must_use]
    pub fn words(&self) -> Vec<&'static str> {
        match self.takes {
            Takes::Class => spelled(CLASSES),
            Takes::Status => spelled(STATUSES),
            Takes::Kind => spelled(KINDS),
            Takes::Flag => self.field.flags().map(|(word, _)| word).collect(),
            Takes::Actor | Takes::Text | Takes::Date | Takes::Grade => Vec::new(),
        }
    }

    /// What is to stand behind its colon, in a few words.
    pub(in crate::corpus) fn wants(&self) -> String {
        match self.takes {
            Takes::Actor => "an actor's id or name".to_owned(),
            Takes::Text => format!("a name, as in `{}`", self.example),
            Takes::Date => format!("a date, as in `{0}:2023-03` or `{0}:>2023-03-17`", self.name),
            Takes::Grade => format!("a grade, as in `{0}:B2`, `{0}:B` or `{0}:A-C`", self.name),
            Takes::Class | Takes::Status | Takes::Kind | Takes::Flag => {
                format!("one of {}", self.words().join(", "))
            }
        }
    }
}

impl Value {
    /// A value's text before it is put into quotes.
    pub fn written(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Class(class) => word_of(CLASSES, class),
            Self::Status(status) => word_of(STATUSES, status),
            Self::Kind(kind) => word_of(KINDS, kind),
            Self::Grade(grade) => grade.to_string(),
            Self::Date(date) => date.to_string(),
            Self::Flag(flag) => {
                let found = FLAGS.iter().find(|(_, _, other)| other == flag);
                found.map_or_else(String::new, |(_, word, _)| (*word).to_owned())
            }
        }
    }
}

fn word_of<T: PartialEq>(words: crate::briefing::words::Words<T>, value: &T) -> String {
    let found = words.iter().find(|(_, other)| other == value);
    found.map_or_else(String::new, |(word, _)| (*word).to_owned())
}
