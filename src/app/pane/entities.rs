//! The entities: the actors of the open briefing, all of the lens ranked, or the topics of the lens.

mod facets;

use std::sync::{Arc, Weak};

pub use facets::{Facet, FacetField};

use self::facets::{ranked_actors, topics};
use crate::actor::{Actor, Mention, ShownCast};
use crate::app::letters::assign_letters;
use crate::app::list::{ListCursor, Motion};
use crate::briefing::Kind;
use crate::corpus::Corpus;
use crate::corpus::lens::Lens;
use crate::text::Needle;

/// Whose entities are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EntitiesOf {
    /// The actors of the open briefing, by kind.
    #[default]
    Briefing,
    /// All actors of the lens, those of most briefings first.
    Lens,
    /// Classes, kinds, tags, sources and months of the lens, in the same order.
    Topics,
}

impl EntitiesOf {
    /// The one that is shown next.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Briefing => Self::Lens,
            Self::Lens => Self::Topics,
            Self::Topics => Self::Briefing,
        }
    }

    /// Its title over the pane.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Briefing => "Entities",
            Self::Lens => "Actors of the lens",
            Self::Topics => "Topics of the lens",
        }
    }
}

/// A row of the pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// What the rows beneath are.
    Heading(&'static str),
    /// An actor: index into the open briefing's actors.
    Actor(usize),
    /// An entry that is counted over the lens: index into `facets`.
    Facet(usize),
}

/// State of the pane.
#[derive(Clone, Debug, Default)]
pub struct Entities {
    /// Whose are shown.
    pub of: EntitiesOf,
    /// Words that a row must have; empty shows all.
    pub filter: String,
    /// Actors of the open briefing: those that it declares, in its order, then those whom its text
    /// mentions besides.
    pub actors: Arc<[Arc<Actor>]>,
    /// The letter of each actor, fixed while the briefing is open.
    pub letters: Vec<String>,
    /// Mentions of each actor in the open text.
    pub mentions: Vec<usize>,
    /// How often each is only stood for in it.
    pub metonyms: Vec<usize>,
    /// Briefings of the lens in which each stands; empty until the corpus is surveyed.
    pub in_lens: Vec<u64>,
    /// What is counted over the lens, while that is shown.
    pub facets: Vec<Facet>,
    /// What is shown.
    pub rows: Vec<Row>,
    /// Cursor over `rows`.
    pub cursor: ListCursor,
    /// What `facets` were counted of: opening another briefing changes nothing of it.
    counted: Option<(Weak<Corpus>, EntitiesOf, Lens)>,
}

impl Entities {
    /// Shows the actors of another briefing; gives its mentions back.
    pub fn show(&mut self, cast: ShownCast, height: usize) -> Vec<Mention> {
        let ShownCast { actors, metonyms, mentions } = cast;
        self.letters = assign_letters(actors.len(), &mentions);
        self.mentions = vec![0; actors.len()];
        for mention in &mentions {
            if let Some(count) = self.mentions.get_mut(mention.actor) {
                *count += 1;
            }
        }
        self.metonyms = metonyms;
        self.actors = actors.into();
        self.in_lens.clear();
        if self.of == EntitiesOf::Briefing {
            self.cursor = ListCursor::default();
            self.arrange(height);
        }
        mentions
    }

    /// Counts anew over the briefings of a lens.
    pub fn count(&mut self, corpus: &Arc<Corpus>, lens: &Lens, height: usize) {
        let concordance = &corpus.concordance;
        let has_all = lens.briefings.len() == corpus.entries.len() as u64;
        let count = |actor: &Arc<Actor>| {
            let known = concordance.find(&actor.id).and_then(|id| concordance.actor(id));
            known.map_or(0, |known| match &known.briefings {
                his if has_all => his.len(),
                his => his.intersection_len(&lens.briefings),
            })
        };
        self.in_lens.clear();
        if corpus.is_surveyed() {
            self.in_lens.extend(self.actors.iter().map(count));
        }
        if self.of == EntitiesOf::Briefing || self.has_counted(corpus, lens) {
            return;
        }
        self.facets = match self.of {
            EntitiesOf::Lens => ranked_actors(concordance, &lens.briefings),
            EntitiesOf::Briefing | EntitiesOf::Topics => topics(corpus, lens),
        };
        self.counted = Some((Arc::downgrade(corpus), self.of, lens.clone()));
        self.arrange(height);
    }

    fn has_counted(&self, corpus: &Arc<Corpus>, lens: &Lens) -> bool {
        self.counted.as_ref().is_some_and(|(of, what, before)| {
            *what == self.of && std::ptr::eq(of.as_ptr(), Arc::as_ptr(corpus)) && before == lens
        })
    }

    /// Shows something else, from its top; `count` has to follow.
    pub fn turn(&mut self, height: usize) {
        self.of = self.of.next();
        self.facets.clear();
        self.counted = None;
        self.cursor = ListCursor::default();
        self.arrange(height);
    }

    /// Arranges the rows anew, and stays where it is.
    pub fn arrange(&mut self, height: usize) {
        self.rows = match self.of {
            EntitiesOf::Briefing => self.actor_rows(),
            EntitiesOf::Lens | EntitiesOf::Topics => self.facet_rows(),
        };
        let rows = &self.rows;
        self.cursor.settle(rows.len(), |row| stands(rows, row));
        self.resize(height);
    }

    fn actor_rows(&self) -> Vec<Row> {
        let needle = Needle::smart_case(&self.filter);
        let shown = |actor: &Actor| {
            let fields = [Some(&actor.name), actor.role.as_ref(), actor.country.as_ref()];
            self.filter.is_empty()
                || fields.into_iter().flatten().any(|field| !needle.find_in(field).is_empty())
        };
        let mut order: Vec<(usize, Kind)> = (0..)
            .zip(self.actors.iter())
            .filter(|(_, actor)| shown(actor))
            .map(|(at, actor)| (at, actor.kind))
            .collect();
        order.sort_by_key(|(_, kind)| *kind);
        let mut rows = Vec::with_capacity(order.len() + 9);
        let mut last = None;
        for (at, kind) in order {
            if last != Some(kind) {
                rows.push(Row::Heading(kind.plural()));
                last = Some(kind);
            }
            rows.push(Row::Actor(at));
        }
        rows
    }

    fn facet_rows(&self) -> Vec<Row> {
        let needle = Needle::smart_case(&self.filter);
        let mut rows = Vec::with_capacity(self.facets.len() + 2);
        let mut last = None;
        for (at, facet) in self.facets.iter().enumerate() {
            if !self.filter.is_empty() && needle.find_in(&facet.name).is_empty() {
                continue;
            }
            if last != Some(facet.field) {
                rows.push(Row::Heading(facet.field.plural()));
                last = Some(facet.field);
            }
            rows.push(Row::Facet(at));
        }
        rows
    }

    /// Adapts to another height.
    pub fn resize(&mut self, height: usize) {
        let rows = &self.rows;
        self.cursor.keep_in_view(rows.len(), height, |row| stands(rows, row));
    }

    /// Moves the cursor.
    pub fn go(&mut self, motion: Motion, height: usize) {
        let rows = &self.rows;
        self.cursor.go(motion, rows.len(), |row| stands(rows, row));
        self.resize(height);
    }

    /// Puts the cursor on an entry that was so many rows below the top of the view, if it is still
    /// there.
    pub fn return_to(&mut self, entry: &Facet, above: usize, height: usize) {
        let is_it = |row: &Row| {
            let facet = self.entry(row);
            facet.is_some_and(|other| {
                (other.field, other.value) == (entry.field, entry.value.clone())
            })
        };
        if let Some(row) = self.rows.iter().position(is_it) {
            self.cursor.stay(row, above, self.rows.len(), height);
        }
    }

    /// What is under the cursor: an actor or a topic.
    #[must_use]
    pub fn under_cursor(&self) -> Option<Facet> {
        self.entry(self.rows.get(self.cursor.at)?)
    }

    fn entry(&self, row: &Row) -> Option<Facet> {
        match row {
            Row::Heading(_) => None,
            Row::Actor(at) => {
                let count = self.in_lens.get(*at).copied().unwrap_or_default();
                Some(Facet::actor(self.actors.get(*at)?, count))
            }
            Row::Facet(at) => self.facets.get(*at).cloned(),
        }
    }

    /// Which of how many entries is under the cursor, from 1.
    #[must_use]
    pub fn position(&self) -> (usize, usize) {
        let entries = |rows: &[Row]| rows.iter().filter(|row| is_entry(row)).count();
        let above = self.rows.get(..=self.cursor.at).unwrap_or(&self.rows);
        (entries(above), entries(&self.rows))
    }
}

fn is_entry(row: &Row) -> bool {
    !matches!(row, Row::Heading(_))
}

/// Whether the cursor may stand on a row.
fn stands(rows: &[Row], row: usize) -> bool {
    rows.get(row).is_some_and(is_entry)
}
