//! What a reader keeps of each briefing, and the changes that make it.

use std::collections::BTreeMap;

use super::text_place::TextPlace;

/// What a reader keeps of one briefing; the default is an untouched one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// He has read it.
    pub read: bool,
    /// He has starred it.
    pub starred: bool,
    /// Where he left its text, when he has been in it.
    pub place: Option<TextPlace>,
}

/// One change to be kept; it sets its own mark of one briefing and leaves the others alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Read, or unread again.
    Read {
        /// The briefing.
        slug: String,
        /// The new state.
        read: bool,
    },
    /// Starred, or no longer.
    Starred {
        /// The briefing.
        slug: String,
        /// The new state.
        starred: bool,
    },
    /// Another place in the text.
    Place {
        /// The briefing.
        slug: String,
        /// The new place.
        place: TextPlace,
    },
}

impl Change {
    /// The briefing that is changed.
    #[must_use]
    pub fn slug(&self) -> &str {
        match self {
            Self::Read { slug, .. } | Self::Starred { slug, .. } | Self::Place { slug, .. } => slug,
        }
    }
}

/// All marks of one corpus, by slug. Holds slugs that the corpus no longer has: a file that
/// is away today may be back tomorrow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelf {
    by_slug: BTreeMap<String, Marks>,
}

impl Shelf {
    /// The marks of this briefing; those of an untouched one when there are none.
    #[must_use]
    pub fn get(&self, slug: &str) -> Marks {
        self.by_slug.get(slug).cloned().unwrap_or_default()
    }

    /// Whether this briefing was read.
    #[must_use]
    pub fn is_read(&self, slug: &str) -> bool {
        self.by_slug.get(slug).is_some_and(|marks| marks.read)
    }

    /// All briefings that were read, by their slugs.
    pub fn read(&self) -> impl Iterator<Item = &str> {
        self.by_slug.iter().filter(|(_, marks)| marks.read).map(|(slug, _)| slug.as_str())
    }

    /// Carries out one change.
    pub fn apply(&mut self, change: &Change) {
        let marks = self.by_slug.entry(change.slug().to_owned()).or_default();
        match change {
            Change::Read { read, .. } => marks.read = *read,
            Change::Starred { starred, .. } => marks.starred = *starred,
            Change::Place { place, .. } => marks.place = Some(place.clone()),
        }
    }

    /// Every briefing that was ever marked, in the order of the slugs.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Marks)> {
        self.by_slug.iter().map(|(slug, marks)| (slug.as_str(), marks))
    }
}

impl FromIterator<(String, Marks)> for Shelf {
    fn from_iter<I: IntoIterator<Item = (String, Marks)>>(marks: I) -> Self {
        Self { by_slug: marks.into_iter().collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_sets_its_own_mark_and_no_other() {
        let slug = || "2023-03-17-xi-to-visit-moscow".to_owned();
        let place = TextPlace { offset: 7, words: "Beijing".into() };
        let mut shelf = Shelf::default();
        assert_eq!(shelf.get(&slug()), Marks::default());

        shelf.apply(&Change::Starred { slug: slug(), starred: true });
        shelf.apply(&Change::Place { slug: slug(), place: place.clone() });
        shelf.apply(&Change::Read { slug: slug(), read: true });
        shelf.apply(&Change::Starred { slug: slug(), starred: false });

        let expected = Marks { read: true, starred: false, place: Some(place) };
        assert_eq!(shelf.get(&slug()), expected);
        assert_eq!(shelf.iter().collect::<Vec<_>>(), [(slug().as_str(), &expected)]);
    }
}
