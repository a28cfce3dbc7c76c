//! A row of a dossier by what it says, so that it is found again after the corpus has changed.

use super::{DossierView, Row};
use crate::corpus::dossier::Happening;
use crate::corpus::{BriefingId, Corpus};

/// What stands in a row, in words that hold in every snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    kind: Kind,
    /// Rows between the first in view and this one.
    below_top: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    /// Which mention of a briefing, from 0.
    Passage {
        slug: String,
        nth: usize,
    },
    Group(String),
    Event {
        slug: String,
        what: String,
    },
    Actor(String),
    /// Any other row, by its place alone.
    Row(usize),
}

impl DossierView {
    /// The row under the cursor; `None` in an empty view.
    #[must_use]
    pub fn anchor(&self, corpus: &Corpus) -> Option<Anchor> {
        let row = self.rows.get(self.cursor.at)?;
        let kind = self.kind_of(corpus, *row).unwrap_or(Kind::Row(self.cursor.at));
        Some(Anchor { kind, below_top: self.cursor.at.saturating_sub(self.cursor.top) })
    }

    /// Stands on a row again, as far below the top as it was; tells whether it is still there. If
    /// not, a mention is looked for in its briefing, and all else leaves the cursor where it is.
    pub fn stand_on(&mut self, corpus: &Corpus, anchor: &Anchor, height: usize) -> bool {
        let found = self.find_row(corpus, &anchor.kind);
        if let Some(row) = found {
            self.cursor.at = row;
            self.cursor.top = row.saturating_sub(anchor.below_top);
        }
        self.settle(height);
        found.is_some()
    }

    fn find_row(&self, corpus: &Corpus, kind: &Kind) -> Option<usize> {
        let dossier = &self.dossier;
        let row = |wanted: Row| self.rows.iter().position(|row| *row == wanted);
        let group = |slug: &str| {
            let id = corpus.find(slug)?;
            dossier.groups.iter().position(|group| group.briefing == id)
        };
        match kind {
            Kind::Row(row) => Some(*row).filter(|row| *row < self.rows.len()),
            Kind::Group(slug) => row(Row::Group(group(slug)?)),
            Kind::Passage { slug, nth } => {
                let at = group(slug)?;
                let passages = dossier.groups.get(at)?.passages.clone();
                let exact = passages.clone().nth(*nth).or(passages.last());
                exact.and_then(|at| row(Row::Passage(at))).or_else(|| row(Row::Group(at)))
            }
            Kind::Event { slug, what } => {
                let id = corpus.find(slug)?;
                let is_it = |event: &Happening| {
                    event.reports.iter().any(|report| {
                        report.briefing == id
                            && report.find_in(corpus).is_some_and(|event| event.what == *what)
                    })
                };
                row(Row::Event(dossier.events.iter().position(is_it)?))
            }
            Kind::Actor(id) => {
                let actor = corpus.concordance.find(id)?;
                let actors = &dossier.network.actors;
                row(Row::Actor(actors.iter().position(|one| one.actor == actor)?))
            }
        }
    }

    fn kind_of(&self, corpus: &Corpus, row: Row) -> Option<Kind> {
        let dossier = &self.dossier;
        let slug = |id: BriefingId| corpus.entry(id).map(|entry| entry.slug.clone());
        match row {
            Row::Passage(at) => {
                let briefing = dossier.passages.get(at)?.briefing;
                let after = dossier.groups.partition_point(|group| group.passages.end <= at);
                let group = dossier.groups.get(after)?;
                Some(Kind::Passage { slug: slug(briefing)?, nth: at - group.passages.start })
            }
            Row::Group(at) => Some(Kind::Group(slug(dossier.groups.get(at)?.briefing)?)),
            Row::Event(at) => {
                let at = dossier.events.get(at)?.at;
                let what = at.find_in(corpus)?.what.clone();
                Some(Kind::Event { slug: slug(at.briefing)?, what })
            }
            Row::Actor(at) => {
                let actor = dossier.network.actors.get(at)?.actor;
                Some(Kind::Actor(corpus.concordance.actor(actor)?.actor.id.clone()))
            }
            _ => None,
        }
    }
}
