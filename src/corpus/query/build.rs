//! Queries made of what stands on the screen, put together and taken apart.

use super::{DateTest, Field, Node, Query, Test, Value, parse_query};
use crate::briefing::EventClass;
use crate::date::EdtfDate;

impl Query {
    /// Briefings that mention or declare an actor, by his id.
    #[must_use]
    pub fn actor(id: &str) -> Self {
        Self::text(Field::Actor, id)
    }

    /// Briefings with a tag.
    #[must_use]
    pub fn tag(tag: &str) -> Self {
        Self::text(Field::Tag, tag)
    }

    /// Briefings with a source of these words.
    #[must_use]
    pub fn source(name: &str) -> Self {
        Self::text(Field::Source, name)
    }

    /// Briefings of a corpus, by its name.
    #[must_use]
    pub fn corpus(name: &str) -> Self {
        Self::text(Field::Corpus, name)
    }

    /// Events in which an actor acted, by his id.
    #[must_use]
    pub fn by(id: &str) -> Self {
        Self::text(Field::By, id)
    }

    /// Events that an actor was acted upon, by his id.
    #[must_use]
    pub fn to(id: &str) -> Self {
        Self::text(Field::To, id)
    }

    /// Events at a place.
    #[must_use]
    pub fn place(name: &str) -> Self {
        Self::text(Field::Place, name)
    }

    /// Events of a class.
    #[must_use]
    pub fn class(class: EventClass) -> Self {
        Self::field(Field::Class, Value::Class(class))
    }

    /// Briefings that may have been issued within a date.
    #[must_use]
    pub fn issued(date: &EdtfDate) -> Self {
        Self::field(Field::Date, Value::Date(DateTest::within(date.clone())))
    }

    /// Events that may have happened within a date.
    #[must_use]
    pub fn happened(date: &EdtfDate) -> Self {
        Self::field(Field::On, Value::Date(DateTest::within(date.clone())))
    }

    /// Briefings with all these words, wherever they stand; empty where there is no letter or figure.
    #[must_use]
    pub fn words(text: &str) -> Self {
        text.split_whitespace().map(Self::phrase).fold(Self::default(), Self::and)
    }

    /// Briefings with these words one behind the other; empty where there is no letter or figure.
    #[must_use]
    pub fn phrase(text: &str) -> Self {
        let text = one_line(text);
        if !text.chars().any(char::is_alphanumeric) {
            return Self::default();
        }
        Self::of(Some(Node::test(Test::Words { text, prefix: false }))).placed()
    }

    fn text(field: Field, value: &str) -> Self {
        let value = one_line(value);
        if !value.chars().any(char::is_alphanumeric) {
            return Self::default();
        }
        Self::field(field, Value::Text(value))
    }

    fn field(field: Field, value: Value) -> Self {
        Self::of(Some(Node::test(Test::Field { field, value }))).placed()
    }

    /// Both; of what stands in both, once. The second's words are looked for as without the first,
    /// though `in:title` stands there.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let (Some(left), Some(right)) = (&self.root, &other.root) else {
            return if self.is_empty() { other } else { self };
        };
        let is_scoped = left.parts().len() > 1 && left.parts().iter().any(Node::is_switch);
        let has_words = other.terms().any(|term| term.test.field().is_none());
        let mut parts =
            if is_scoped && has_words { vec![left.clone()] } else { left.parts().to_vec() };
        if right.parts().iter().any(Node::is_switch) {
            parts.push(right.clone());
        } else {
            parts.extend_from_slice(right.parts());
        }
        let mut once: Vec<Node> = Vec::with_capacity(parts.len());
        for part in parts {
            if !once.contains(&part) {
                once.push(part);
            }
        }
        Self::of(Node::all(once)).placed()
    }

    /// The same without the last of what must hold, and without an `in:title` that no word is left for.
    #[must_use]
    pub fn without_last(&self) -> Self {
        let Some(root) = &self.root else { return Self::default() };
        let parts = root.parts().split_last().map(|(_, before)| before).unwrap_or_default();
        match parts {
            [only] if only.is_switch() => Self::default(),
            parts => Self::of(Node::all(parts.to_vec())).placed(),
        }
    }

    /// All that must hold, each as a query of its own; places are those of the whole.
    pub fn conjuncts(&self) -> impl Iterator<Item = Self> + '_ {
        let parts = self.root.as_ref().map(Node::parts).unwrap_or_default();
        parts.iter().map(|part| Self::of(Some(part.clone())))
    }

    /// The actor's id or name where it asks for one actor and nothing else.
    #[must_use]
    pub fn as_actor(&self) -> Option<&str> {
        match &self.root {
            Some(Node::Term(term)) => match &term.test {
                Test::Field { field: Field::Actor, value: Value::Text(text) } => Some(text),
                _ => None,
            },
            _ => None,
        }
    }

    /// All that it does not find. The empty query and `in:title` alone have no opposite and stay.
    #[must_use]
    pub fn negated(&self) -> Self {
        match &self.root {
            Some(root) if !root.is_switch() => Self::of(Some(root.clone().negated())).placed(),
            _ => self.clone(),
        }
    }

    /// The same with its places in its own canonical form, for it was never typed so.
    fn placed(self) -> Self {
        parse_query(&self.to_string()).unwrap_or(self)
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
