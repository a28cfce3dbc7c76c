//! The dossier on the screen: its rows, where the cursor stands, what is filtered.
//!
//! Rows are references into a [`Dossier`]; what they show is cut and written when they are drawn.
//! Whom it is about, and the row under the cursor, are also kept by name, so that both are found
//! again in another snapshot.

mod anchor;
mod rows;

pub use anchor::Anchor;
pub use rows::{Note, Row, Section, Summary};

pub use crate::corpus::dossier::{Dossier, Subject};

use std::ops::Range;

use super::list::{ListCursor, Motion};
use crate::corpus::dossier::Source;
use crate::corpus::timeline::EventRef;
use crate::corpus::{ActorId, BriefingId, Corpus};

/// In which order mentions and events stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// The newest first.
    #[default]
    Newest,
    /// The oldest first.
    Oldest,
}

/// What a row leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DossierTarget {
    /// A mention: a byte of a briefing's body.
    Place {
        /// Which briefing.
        briefing: BriefingId,
        /// Byte of its body.
        offset: usize,
    },
    /// An event, as its last report tells it.
    Event(EventRef),
    /// The dossier of another actor.
    Actor(ActorId),
    /// A briefing as a whole.
    Briefing(BriefingId),
}

/// State of the view.
#[derive(Clone, Debug)]
pub struct DossierView {
    /// What is shown.
    pub dossier: Dossier,
    /// In which order.
    pub order: Order,
    /// Words that a row must have; empty shows all.
    pub filter: String,
    /// The rows, without the title line.
    pub rows: Vec<Row>,
    /// Cursor over `rows`.
    pub cursor: ListCursor,
    ids: Vec<String>,
}

impl DossierView {
    /// Opens the dossier of a subject. The cursor stands on the first mention of the newest briefing.
    /// `height` is the number of rows below the title line, here and everywhere else.
    #[must_use]
    pub fn open(corpus: &Corpus, subject: Subject, inferred: bool, height: usize) -> Self {
        let dossier = Dossier::about(corpus, subject, inferred);
        let ids = dossier.profiles.iter().map(|profile| profile.id.clone()).collect();
        let mut view = Self {
            dossier,
            order: Order::default(),
            filter: String::new(),
            rows: Vec::new(),
            cursor: ListCursor::default(),
            ids,
        };
        view.arrange(corpus);
        view.cursor.at = view.first_of(Section::Mentions).unwrap_or(0);
        view.settle(height);
        view
    }

    /// The ids of the one or two actors that it is about, as they are written in files.
    #[must_use]
    pub fn subject_ids(&self) -> &[String] {
        &self.ids
    }

    /// The same view of another state of the corpus, on the same row or the nearest that is still
    /// there; `None` where one of its actors is no more.
    #[must_use]
    pub fn reopened(
        &self,
        before: &Corpus,
        corpus: &Corpus,
        inferred: bool,
        height: usize,
    ) -> Option<Self> {
        let mut found = self.ids.iter().map(|id| corpus.concordance.find(id));
        let subject = match (found.next().flatten()?, found.next()) {
            (one, None) => Subject::Actor(one),
            (one, Some(other)) => Subject::Dyad(one, other?),
        };
        let mut view = Self::open(corpus, subject, inferred, height);
        view.order = self.order;
        view.filter.clone_from(&self.filter);
        view.arrange(corpus);
        match self.anchor(before) {
            Some(anchor) => {
                view.stand_on(corpus, &anchor, height);
            }
            None => view.settle(height),
        }
        Some(view)
    }

    /// Moves the cursor.
    pub fn go(&mut self, motion: Motion, height: usize) {
        let rows = &self.rows;
        self.cursor.go(motion, rows.len(), |row| stands(rows, row));
        self.settle(height);
    }

    /// Adapts to another height.
    pub fn resize(&mut self, height: usize) {
        self.settle(height);
    }

    /// Turns the order round; the cursor goes to the first mention.
    pub fn turn(&mut self, corpus: &Corpus, height: usize) {
        self.order = match self.order {
            Order::Newest => Order::Oldest,
            Order::Oldest => Order::Newest,
        };
        self.arrange(corpus);
        self.cursor = ListCursor::default();
        self.cursor.at = self.first_of(Section::Mentions).unwrap_or(0);
        self.settle(height);
    }

    /// Shows only rows that have these words; all again where they are empty.
    pub fn narrow(&mut self, corpus: &Corpus, filter: &str, height: usize) {
        let anchor = self.anchor(corpus);
        filter.clone_into(&mut self.filter);
        self.arrange(corpus);
        let kept = anchor.is_some_and(|anchor| self.stand_on(corpus, &anchor, height));
        if !kept {
            self.cursor = ListCursor::default();
            self.cursor.at = self.first_of(Section::Mentions).unwrap_or(0);
            self.settle(height);
        }
    }

    /// Goes to the next briefing among the mentions, or the one before; tells whether there is one.
    pub fn next_briefing(&mut self, forward: bool, height: usize) -> bool {
        let groups = |range: Range<usize>| {
            let is_group = |row: &usize| matches!(self.rows.get(*row), Some(Row::Group(_)));
            range.filter(is_group)
        };
        let at = self.cursor.at;
        let target = if forward {
            groups(at + 1..self.rows.len()).next()
        } else {
            let own = match self.section_at(at) {
                Some(Section::Mentions) => groups(0..at + 1).next_back(),
                _ => Some(at),
            };
            own.and_then(|own| groups(0..own).next_back())
        };
        target.is_some_and(|target| self.stand_at(target, height))
    }

    /// Goes to the first row of the next section, or of the one before; tells whether there is one.
    pub fn next_section(&mut self, forward: bool, height: usize) -> bool {
        let is_heading = |row: &usize| matches!(self.rows.get(*row), Some(Row::Section(..)));
        let mut headings = (0..self.rows.len()).filter(is_heading);
        let target = if forward {
            headings.find(|row| *row > self.cursor.at)
        } else {
            let above: Vec<usize> = headings.filter(|row| *row < self.cursor.at).collect();
            above.len().checked_sub(2).and_then(|at| above.get(at).copied())
        };
        target.is_some_and(|target| self.stand_at(target, height))
    }

    /// What the row under the cursor leads to.
    #[must_use]
    pub fn under_cursor(&self) -> Option<DossierTarget> {
        let dossier = &self.dossier;
        let place = |passage: &crate::corpus::dossier::Passage| DossierTarget::Place {
            briefing: passage.briefing,
            offset: passage.mention.start as usize,
        };
        match *self.rows.get(self.cursor.at)? {
            Row::Group(at) => {
                dossier.groups.get(at).map(|one| DossierTarget::Briefing(one.briefing))
            }
            Row::Passage(at) => dossier.passages.get(at).map(place),
            Row::StandIn(at) => dossier.stand_ins.get(at).map(place),
            Row::Event(at) => dossier.events.get(at).map(|event| DossierTarget::Event(event.at)),
            Row::Deed(at) => {
                let deed = dossier.deeds.as_ref()?.by_class.get(at)?;
                Some(DossierTarget::Event(deed.last))
            }
            Row::Actor(at) => {
                dossier.network.actors.get(at).map(|one| DossierTarget::Actor(one.actor))
            }
            Row::Tie(at) => {
                let said_by = &dossier.ties.get(at)?.said_by;
                said_by.last().map(|id| DossierTarget::Briefing(*id))
            }
            Row::Fact(profile, fact) => {
                match dossier.profiles.get(profile)?.facts.get(fact)?.source? {
                    Source::Briefing(id) => Some(DossierTarget::Briefing(id)),
                    Source::Known(_) => None,
                }
            }
            Row::Summary(_) | Row::Section(..) | Row::Note(_) => None,
        }
    }

    /// The section in which a row stands; `None` above the first.
    #[must_use]
    pub fn section_at(&self, row: usize) -> Option<Section> {
        let above = self.rows.get(..=row).unwrap_or(&self.rows);
        above.iter().rev().find_map(|row| match row {
            Row::Section(section, _) => Some(*section),
            _ => None,
        })
    }

    /// The section under the cursor, and which of how many of its rows, from 1; among mentions only
    /// these are counted, so that on a briefing without one it may be 0.
    #[must_use]
    pub fn position(&self) -> Option<(Section, usize, usize)> {
        let section = self.section_at(self.cursor.at)?;
        let start = self.heading_of(section)?;
        let rest = self.rows.get(start + 1..)?;
        let length = rest.iter().take_while(|row| !matches!(row, Row::Section(..))).count();
        let counts = |row: &usize| {
            let is_group = matches!(self.rows.get(*row), Some(Row::Group(_)));
            !is_group && stands(&self.rows, *row)
        };
        let counted = |range: Range<usize>| range.filter(counts).count();
        let end = (self.cursor.at + 1).min(self.rows.len());
        Some((section, counted(start..end), counted(start..start + 1 + length)))
    }

    fn arrange(&mut self, corpus: &Corpus) {
        self.rows = rows::arrange(corpus, &self.dossier, self.order, &self.filter);
    }

    fn heading_of(&self, wanted: Section) -> Option<usize> {
        self.rows
            .iter()
            .position(|row| matches!(row, Row::Section(section, _) if *section == wanted))
    }

    fn first_of(&self, section: Section) -> Option<usize> {
        self.heading_of(section).map(|row| row + 1)
    }

    /// Stands on the first row from a heading on, with the heading in view.
    fn stand_at(&mut self, heading: usize, height: usize) -> bool {
        let Some(row) = (heading..self.rows.len()).find(|row| stands(&self.rows, *row)) else {
            return false;
        };
        self.cursor.at = row;
        self.settle(height);
        true
    }

    /// Puts the cursor on a row that it can stand on, and that row in view; the summary too, where
    /// nothing above the cursor could be stood on.
    fn settle(&mut self, height: usize) {
        let rows = &self.rows;
        self.cursor.settle(rows.len(), |row| stands(rows, row));
        self.cursor.keep_in_view(rows.len(), height, |row| stands(rows, row));
        let at = self.cursor.at;
        let is_first = !(0..at).any(|row| stands(rows, row));
        if is_first && at < height {
            self.cursor.top = 0;
        }
    }
}

/// Whether the cursor may stand on a row: not on headings. A briefing without a mention is a row.
fn stands(rows: &[Row], row: usize) -> bool {
    match rows.get(row) {
        None | Some(Row::Summary(_) | Row::Section(..)) => false,
        Some(Row::Group(_)) => !matches!(rows.get(row + 1), Some(Row::Passage(_))),
        Some(_) => true,
    }
}

#[cfg(test)]
mod tests;
