//! How serde walks the items of a list, the entries of a map and the one value of a field.

use std::cell::RefCell;

use serde::de::{DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess};

use super::super::kept::value_of;
use super::deserializer::{Known, NodeDeserializer, TypingError, read_seed};
use super::{Findings, UnknownKey};
use crate::briefing::syntax::Node;

/// The items of a list, empty ones left out.
pub struct Items<'a, 'f> {
    items: std::slice::Iter<'a, Node>,
    findings: &'f RefCell<Findings>,
}

impl<'a, 'f> Items<'a, 'f> {
    pub fn new(items: &'a [Node], findings: &'f RefCell<Findings>) -> Self {
        Self { items: items.iter(), findings }
    }
}

impl<'a> SeqAccess<'a> for Items<'a, '_> {
    type Error = TypingError;

    fn next_element_seed<T: DeserializeSeed<'a>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, TypingError> {
        match self.items.by_ref().find(|item| !item.is_absent()) {
            Some(item) => read_seed(seed, item, self.findings).map(Some),
            None => Ok(None),
        }
    }
}

/// The entries of a map. Where the keys of the struct are known, others are noted and left out.
pub struct Entries<'a, 'f> {
    pairs: &'a [(Node, Node)],
    next: usize,
    known: Option<Known>,
    findings: &'f RefCell<Findings>,
}

impl<'a, 'f> Entries<'a, 'f> {
    pub fn new(
        entries: &'a [(Node, Node)],
        known: Option<Known>,
        findings: &'f RefCell<Findings>,
    ) -> Self {
        Self { pairs: entries, next: 0, known, findings }
    }

    fn note_unknown(&self, known: Known, key: &Node, name: &str, value: &Node) {
        let present =
            |word: &&&'static str| self.pairs.iter().any(|(key, _)| key.text() == Some(**word));
        let unknown = UnknownKey {
            key: name.to_owned(),
            span: key.span.clone(),
            value: value_of(value),
            owner: known.owner,
            known: known.keys,
            present: known.keys.iter().filter(present).copied().collect(),
        };
        self.findings.borrow_mut().unknown.push(unknown);
    }
}

impl<'a> MapAccess<'a> for Entries<'a, '_> {
    type Error = TypingError;

    fn next_key_seed<K: DeserializeSeed<'a>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, TypingError> {
        while let Some((key, value)) = self.pairs.get(self.next) {
            let name = key.text().unwrap_or_default();
            match self.known {
                Some(known) if !known.keys.contains(&name) => {
                    self.note_unknown(known, key, name, value);
                    self.next += 1;
                }
                _ => return read_seed(seed, key, self.findings).map(Some),
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, TypingError> {
        let entry = self.pairs.get(self.next);
        self.next += 1;
        match entry {
            Some((_, value)) => read_seed(seed, value, self.findings),
            None => Err(serde::de::Error::custom("a key without a value")),
        }
    }
}

/// The one value of a field: its span, then itself. Nothing where nothing stands there.
pub struct OneField<'a, 'f> {
    of: NodeDeserializer<'a, 'f>,
    step: u8,
}

impl<'a, 'f> OneField<'a, 'f> {
    pub fn new(of: NodeDeserializer<'a, 'f>) -> Self {
        Self { of, step: 0 }
    }
}

impl<'a> SeqAccess<'a> for OneField<'a, '_> {
    type Error = TypingError;

    fn next_element_seed<T: DeserializeSeed<'a>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, TypingError> {
        if self.of.node.is_absent() {
            return Ok(None);
        }
        self.step += 1;
        let span = &self.of.node.span;
        match self.step {
            1 => seed.deserialize(span.start.into_deserializer()).map(Some),
            2 => seed.deserialize(span.end.into_deserializer()).map(Some),
            3 => seed.deserialize(self.of).map(Some),
            _ => Ok(None),
        }
    }
}
