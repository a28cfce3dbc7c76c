//! Names as files write them (of tags, sources, places), and where each stands.

use std::collections::HashMap;

use roaring::RoaringBitmap;
use serde::{Deserialize, Serialize};

use super::Numbers;
use crate::actor::slug_of;
use crate::corpus::columns::Texts;
use crate::corpus::rising::Rising;

/// Names with what has each, by what tells one from another: letters and figures alone. What has
/// them are numbers of briefings, or of rows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Names {
    /// What tells one from another, sorted; as often as it is written in different ways.
    keys: Texts,
    /// The ways, those of one key sorted.
    written: Texts,
    /// What has each, ascending.
    having: Rising,
}

/// New names on their way to the others.
#[derive(Debug)]
pub(in crate::corpus) struct Added<T>(HashMap<String, Vec<T>>);

impl<T: PartialEq> Added<T> {
    /// Adds one.
    pub fn add(&mut self, name: &str, at: T) {
        let name = name.trim();
        match self.0.get_mut(name) {
            Some(having) if having.last() == Some(&at) => {}
            Some(having) => having.push(at),
            None => {
                self.0.insert(name.to_owned(), vec![at]);
            }
        }
    }
}

impl<T> Default for Added<T> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl Names {
    /// The same after those that stayed have got other numbers and others have come; `now` gives
    /// the new number of an old one, `at` that of one that came.
    pub(super) fn after<T>(
        &self,
        now: &dyn Fn(u32) -> Option<u32>,
        added: &Added<T>,
        at: &dyn Fn(&T) -> Option<u32>,
    ) -> Self {
        let added = added.0.iter();
        let added =
            added.map(|(name, all)| (slug_of(name), name.as_str(), all.iter().filter_map(at)));
        let mut added: Vec<(String, &str, Vec<u32>)> =
            added.map(|(key, name, all)| (key, name, all.collect())).collect();
        added.sort_unstable();
        let mut added = added.into_iter().peekable();
        let mut all = Self::default();
        for at in 0..self.keys.len() {
            let (key, name) = (self.keys.get(at), self.written.get(at));
            while let Some((key, name, having)) =
                added.next_if(|(k, n, _)| (k.as_str(), *n) < (key, name))
            {
                all.push(&key, name, having);
            }
            let mut having: Vec<u32> = self.having.get(at).filter_map(now).collect();
            if let Some((_, _, more)) = added.next_if(|(k, n, _)| (k.as_str(), *n) == (key, name)) {
                having.extend(more);
            }
            all.push(key, name, having);
        }
        for (key, name, having) in added {
            all.push(&key, name, having);
        }
        all.having.shrink();
        all
    }

    fn push(&mut self, key: &str, name: &str, mut having: Vec<u32>) {
        if !having.is_empty() {
            having.sort_unstable();
            self.keys.push(key);
            self.written.push(name);
            self.having.push(having);
        }
    }

    /// What has exactly this name.
    pub fn exactly(&self, name: &str) -> RoaringBitmap {
        let own = self.keys.range_of(&slug_of(name));
        own.flat_map(|at| self.having.get(at)).collect()
    }

    /// What has a name of which these are words, one behind the other.
    pub fn with_words(&self, words: &str) -> RoaringBitmap {
        let wanted = format!("-{}-", slug_of(words));
        let fits = |key: &str| format!("-{key}-").contains(&wanted);
        let found = (0..self.keys.len()).filter(|at| fits(self.keys.get(*at)));
        found.flat_map(|at| self.having.get(at)).collect()
    }

    /// Each name as first written, its key, and what has it.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str, Numbers<'_>)> {
        let mut next = 0;
        std::iter::from_fn(move || {
            let start = next;
            let key = (start < self.keys.len()).then(|| self.keys.get(start))?;
            next += 1;
            while next < self.keys.len() && self.keys.get(next) == key {
                next += 1;
            }
            let first = |at: &usize| self.having.get(*at).next();
            let name = (start..next).min_by_key(first).map_or("", |at| self.written.get(at));
            Some((key, name, Numbers { all: &self.having, rows: start..next }))
        })
    }
}
