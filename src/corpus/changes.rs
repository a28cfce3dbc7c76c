//! What is other in one snapshot than in the one before, as a reader would count it.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fmt;
use std::iter::Peekable;

use super::{Corpus, Entry};
use crate::briefing::Entity;

/// Briefings that came, changed and went, by their slugs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Those that were not there before.
    pub new: BTreeSet<String>,
    /// Those that say something else now.
    pub changed: BTreeSet<String>,
    /// Those that are not there any more.
    pub gone: BTreeSet<String>,
    /// Whether other actors are declared by lists, or the same in another way.
    pub actors: bool,
}

impl Changes {
    /// What is other in `after` than in `before`.
    #[must_use]
    pub fn between(before: &Corpus, after: &Corpus) -> Self {
        let mut changes = Self { actors: knows_others(before, after), ..Self::default() };
        for (old, new) in before.entries.apart(&after.entries) {
            let old = old.filter_map(|at| before.entries.get(at));
            let new = new.filter_map(|at| after.entries.get(at));
            changes.note_between(old.peekable(), new.peekable());
        }
        changes
    }

    /// Of briefings in the order of their slugs.
    fn note_between<'a>(
        &mut self,
        mut old: Peekable<impl Iterator<Item = &'a Entry>>,
        mut new: Peekable<impl Iterator<Item = &'a Entry>>,
    ) {
        loop {
            let order = match (old.peek(), new.peek()) {
                (Some(old), Some(new)) => old.slug.cmp(&new.slug),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => return,
            };
            let was = if order == Ordering::Greater { None } else { old.next() };
            let is = if order == Ordering::Less { None } else { new.next() };
            match (was, is) {
                (Some(was), Some(is)) if !says_the_same(was, is) => {
                    self.changed.insert(is.slug.clone());
                }
                (Some(was), None) => {
                    self.gone.insert(was.slug.clone());
                }
                (None, Some(is)) => {
                    self.new.insert(is.slug.clone());
                }
                _ => {}
            }
        }
    }

    /// These and what came after them, as one change: what came and went again is none.
    #[must_use]
    pub fn then(mut self, later: &Self) -> Self {
        for slug in &later.gone {
            self.changed.remove(slug);
            if !self.new.remove(slug) {
                self.gone.insert(slug.clone());
            }
        }
        for slug in &later.new {
            let came_back = self.gone.remove(slug);
            if came_back { &mut self.changed } else { &mut self.new }.insert(slug.clone());
        }
        let known = later.changed.iter().filter(|slug| !self.new.contains(*slug));
        self.changed.extend(known.cloned());
        self.actors |= later.actors;
        self
    }

    /// Whether a reader sees nothing of it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// `3 new · 1 changed · 1 gone`.
impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [(&self.new, "new"), (&self.changed, "changed"), (&self.gone, "gone")];
        let counts = counts.into_iter().filter(|(slugs, _)| !slugs.is_empty());
        let mut parts: Vec<String> =
            counts.map(|(slugs, word)| format!("{} {word}", slugs.len())).collect();
        if self.actors {
            parts.push("other actors are known".to_owned());
        }
        f.write_str(&parts.join(" · "))
    }
}

/// Lines that moved in a list make nobody another.
fn knows_others(before: &Corpus, after: &Corpus) -> bool {
    let nowhere = |corpus: &Corpus| -> Vec<Entity> {
        let all = corpus.actors.iter().cloned();
        all.map(|actor| Entity { place: None, role_place: None, ..actor }).collect()
    };
    before.actors != after.actors && nowhere(before) != nowhere(after)
}

fn says_the_same(one: &Entry, other: &Entry) -> bool {
    one.unreadable == other.unreadable && one.says_what(other)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::briefing::Briefing;
    use crate::corpus::text::Text;
    use crate::corpus::{FileId, Origin};

    /// Slugs with titles.
    type Titles = &'static [(&'static str, &'static str)];

    fn corpus(entries: Titles) -> Corpus {
        let entry = |(slug, title): &(&str, &str)| Entry {
            slug: (*slug).to_owned(),
            file: FileId(0),
            text: Text::held(Briefing { title: (*title).to_owned(), ..Briefing::default() }).into(),
            unreadable: false,
            lines: 0..9,
        };
        let entries = Arc::new(entries.iter().map(entry).collect());
        Corpus { entries, ..Corpus::empty(Origin::BuiltIn) }
    }

    #[test]
    fn what_came_changed_and_went_is_counted() {
        let cases: [(Titles, Titles, &str); 6] = [
            (&[("a", "1")], &[("a", "1")], ""),
            (&[], &[("a", "1"), ("b", "1")], "2 new"),
            (&[("a", "1")], &[("a", "2")], "1 changed"),
            (&[("a", "1")], &[("b", "1")], "1 new · 1 gone"),
            (
                &[("a", "1"), ("b", "1"), ("c", "1")],
                &[("b", "2"), ("c", "1"), ("d", "1")],
                "1 new · 1 changed · 1 gone",
            ),
            (&[("a", "1")], &[], "1 gone"),
        ];
        for (before, after, said) in cases {
            let changes = Changes::between(&corpus(before), &corpus(after));
            assert_eq!(changes.to_string(), said, "{before:?} {after:?}");
            assert_eq!(changes.is_empty(), said.is_empty());
        }
    }

    #[test]
    fn two_changes_are_one_change_from_the_first_to_the_last() {
        let states: [Titles; 5] = [
            &[("a", "1"), ("b", "1")],
            &[("a", "2"), ("c", "1")],
            &[("b", "1"), ("c", "2")],
            &[("a", "1"), ("b", "2")],
            &[],
        ];
        for (one, two, three) in
            (0..125).map(|n: usize| (states[n / 25], states[n / 5 % 5], states[n % 5]))
        {
            let between = |a, b| Changes::between(&corpus(a), &corpus(b));
            let both = between(one, two).then(&between(two, three));
            let whole = between(one, three);
            assert_eq!(
                (&both.new, &both.gone),
                (&whole.new, &whole.gone),
                "{one:?} {two:?} {three:?}"
            );
            assert!(both.changed.is_superset(&whole.changed), "{one:?} {two:?} {three:?}");
        }
    }
}
