//! A serde deserializer over a node.

use std::cell::RefCell;
use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, IntoDeserializer, Unexpected, Visitor};

use super::access::{Entries, Items, OneField};
use super::field::{FIELD, MANY, NAME_OR};
use super::{Findings, Misfit};
use crate::briefing::syntax::{Content, Node};

/// Reads one node. Copied freely: it is two references.
#[derive(Clone, Copy)]
pub struct NodeDeserializer<'a, 'f> {
    pub(super) node: &'a Node,
    pub(super) findings: &'f RefCell<Findings>,
}

/// An error on its way up; it is noted where it was first seen, with that node's place.
#[derive(Debug)]
pub struct TypingError {
    message: String,
    noted: bool,
}

impl<'a, 'f> NodeDeserializer<'a, 'f> {
    pub fn new(node: &'a Node, findings: &'f RefCell<Findings>) -> Self {
        Self { node, findings }
    }

    /// Notes an error that no inner node has noted.
    fn note<T>(self, result: Result<T, TypingError>) -> Result<T, TypingError> {
        result.map_err(|error| {
            if !error.noted {
                let misfit =
                    Misfit { span: self.node.span.clone(), message: error.message.clone() };
                self.findings.borrow_mut().misfits.push(misfit);
            }
            TypingError { noted: true, ..error }
        })
    }

    fn entries(self, known: Option<Known>) -> Result<Entries<'a, 'f>, TypingError> {
        match &self.node.content {
            Content::Map(entries) => Ok(Entries::new(entries, known, self.findings)),
            _ => Err(TypingError::shape(self.node, "a map of `key: value`")),
        }
    }

    fn number<T: std::str::FromStr>(self, what: &str) -> Result<T, TypingError> {
        let text = self.node.text().map(str::trim);
        text.and_then(|text| text.parse().ok()).ok_or_else(|| TypingError::shape(self.node, what))
    }
}

/// The name and the keys of the struct that is being read.
#[derive(Clone, Copy)]
pub struct Known {
    pub owner: &'static str,
    pub keys: &'static [&'static str],
}

impl TypingError {
    fn shape(node: &Node, meant: &str) -> Self {
        let found = match &node.content {
            Content::List(_) => "a list",
            Content::Map(_) => "a map",
            Content::Scalar(_) if node.is_absent() => "nothing",
            Content::Scalar(_) => "a text",
        };
        Self { message: format!("{found} stands where {meant} is meant"), noted: false }
    }
}

impl std::error::Error for TypingError {}

impl fmt::Display for TypingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl de::Error for TypingError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { message: message.to_string(), noted: false }
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let found = match found {
            Unexpected::Seq => "a list",
            Unexpected::Map => "a map",
            Unexpected::Option | Unexpected::Unit => "nothing",
            _ => "a text",
        };
        let expected = match expected.to_string().as_str() {
            "a string" => "a text".to_owned(),
            "a sequence" => "a list".to_owned(),
            other => other.to_owned(),
        };
        Self::custom(format_args!("{found} stands where {expected} is meant"))
    }
}

macro_rules! numbers {
    ($($method:ident $visit:ident $what:literal)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypingError> {
            self.note(self.number($what).and_then(|number| visitor.$visit(number)))
        })*
    };
}

impl<'de> Deserializer<'de> for NodeDeserializer<'de, '_> {
    type Error = TypingError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypingError> {
        self.note(match &self.node.content {
            Content::Scalar(scalar) => visitor.visit_borrowed_str(&scalar.text),
            Content::List(items) => visitor.visit_seq(Items::new(items, self.findings)),
            Content::Map(entries) => visitor.visit_map(Entries::new(entries, None, self.findings)),
        })
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypingError> {
        if self.node.is_absent() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypingError> {
        visitor.visit_unit()
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypingError> {
        self.note(match self.node.text() {
            Some("true" | "yes" | "on") => visitor.visit_bool(true),
            Some("false" | "no" | "off") => visitor.visit_bool(false),
            _ => Err(TypingError::shape(self.node, "true or false")),
        })
    }

    numbers! {
        deserialize_i8 visit_i8 "a whole number"
        deserialize_i16 visit_i16 "a whole number"
        deserialize_i32 visit_i32 "a whole number"
        deserialize_i64 visit_i64 "a whole number"
        deserialize_u8 visit_u8 "a whole number from 0 to 255"
        deserialize_u16 visit_u16 "a whole number from 0 to 65535"
        deserialize_u32 visit_u32 "a whole number from 0"
        deserialize_u64 visit_u64 "a whole number from 0"
        deserialize_f32 visit_f32 "a number"
        deserialize_f64 visit_f64 "a number"
        deserialize_char visit_char "a single character"
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, TypingError> {
        self.note(match (name, &self.node.content) {
            (FIELD, _) => visitor.visit_seq(OneField::new(self)),
            (MANY, Content::List(items)) => visitor.visit_seq(Items::new(items, self.findings)),
            (MANY, _) => {
                visitor.visit_seq(Items::new(std::slice::from_ref(self.node), self.findings))
            }
            (NAME_OR, Content::Scalar(scalar)) => visitor.visit_borrowed_str(&scalar.text),
            _ => visitor.visit_newtype_struct(self),
        })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        owner: &'static str,
        keys: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TypingError> {
        let known = Known { owner, keys };
        self.note(self.entries(Some(known)).and_then(|entries| visitor.visit_map(entries)))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypingError> {
        self.note(self.entries(None).and_then(|entries| visitor.visit_map(entries)))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        words: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TypingError> {
        self.note(match self.node.text() {
            Some(word) if words.contains(&word) => visitor.visit_enum(word.into_deserializer()),
            Some(word) => {
                let known = words.join(", ");
                Err(de::Error::custom(format_args!("`{word}` is none of {known}")))
            }
            None => Err(TypingError::shape(self.node, "a word")),
        })
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypingError> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        i128 u128 str string bytes byte_buf unit_struct seq tuple tuple_struct identifier
    }
}

/// Hands a node to whatever wants to be read from it.
pub(super) fn read_seed<'a, T: DeserializeSeed<'a>>(
    seed: T,
    node: &'a Node,
    findings: &RefCell<Findings>,
) -> Result<T::Value, TypingError> {
    seed.deserialize(NodeDeserializer::new(node, findings))
}
