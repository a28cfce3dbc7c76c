//! The actors of the open briefing, grouped by what they are.

use std::sync::Arc;

use crate::actor::{Actor, Mention};
use crate::app::letters::assign_letters;
use crate::app::list::{ListCursor, Motion};
use crate::briefing::Kind;
use crate::text::Needle;

/// A row of the pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// What the actors beneath are.
    Heading(Kind),
    /// An actor: index into the open briefing's actors.
    Actor(usize),
}

/// State of the pane.
#[derive(Clone, Debug, Default)]
pub struct Entities {
    /// Words that a row must have; empty shows all.
    pub filter: String,
    /// Actors of the open briefing, in its order.
    pub actors: Arc<[Actor]>,
    /// The letter of each actor, fixed while the briefing is open.
    pub letters: Vec<String>,
    /// Mentions of each actor in the open text.
    pub mentions: Vec<usize>,
    /// What is shown.
    pub rows: Vec<Row>,
    /// Cursor over `rows`.
    pub cursor: ListCursor,
}

impl Entities {
    /// Shows the actors of another briefing.
    pub fn show(&mut self, actors: Arc<[Actor]>, mentions: &[Mention], height: usize) {
        self.letters = assign_letters(actors.len(), mentions);
        self.mentions = vec![0; actors.len()];
        for mention in mentions {
            if let Some(count) = self.mentions.get_mut(mention.actor) {
                *count += 1;
            }
        }
        self.actors = actors;
        self.cursor = ListCursor::default();
        self.arrange(height);
    }

    /// Arranges the rows anew.
    pub fn arrange(&mut self, height: usize) {
        let needle = Needle::smart_case(&self.filter);
        let shown = |actor: &Actor| {
            let fields = [Some(&actor.name), actor.role.as_ref(), actor.country.as_ref()];
            self.filter.is_empty()
                || fields.into_iter().flatten().any(|field| !needle.find_in(field).is_empty())
        };
        let mut order: Vec<usize> =
            (0..self.actors.len()).filter(|at| shown(&self.actors[*at])).collect();
        order.sort_by_key(|at| self.actors[*at].kind);
        let mut rows = Vec::with_capacity(order.len() + 9);
        for at in order {
            let kind = self.actors[at].kind;
            let same =
                matches!(rows.last(), Some(Row::Actor(last)) if self.actors[*last].kind == kind);
            if !same {
                rows.push(Row::Heading(kind));
            }
            rows.push(Row::Actor(at));
        }
        self.rows = rows;
        let rows = &self.rows;
        self.cursor.settle(rows.len(), |row| stands(rows, row));
        self.resize(height);
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

    /// The actor under the cursor.
    #[must_use]
    pub fn under_cursor(&self) -> Option<&Actor> {
        match self.rows.get(self.cursor.at) {
            Some(Row::Actor(at)) => self.actors.get(*at),
            _ => None,
        }
    }

    /// Which of how many actors is under the cursor, from 1.
    #[must_use]
    pub fn position(&self) -> (usize, usize) {
        let actors = |rows: &[Row]| rows.iter().filter(|row| matches!(row, Row::Actor(_))).count();
        (actors(&self.rows[..(self.cursor.at + 1).min(self.rows.len())]), actors(&self.rows))
    }
}

/// Whether the cursor may stand on a row.
fn stands(rows: &[Row], row: usize) -> bool {
    matches!(rows.get(row), Some(Row::Actor(_)))
}
