//! The lenses that are saved, with what each finds now.

use crate::app::config::SavedLens;
use crate::app::list::{ListCursor, Motion};
use crate::corpus::query::Query;

/// A row of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The lens.
    pub lens: SavedLens,
    /// How many briefings it finds; `None` where it cannot be told, such as for an actor whom
    /// nobody is.
    pub count: Option<u64>,
}

/// State of the list.
#[derive(Clone, Debug, Default)]
pub struct Lenses {
    /// The lenses in the order of the configuration.
    pub rows: Vec<Row>,
    /// Cursor over `rows`.
    pub cursor: ListCursor,
}

impl Lenses {
    /// All of them; `count` tells what a query finds.
    #[must_use]
    pub fn new(saved: &[SavedLens], count: &dyn Fn(&Query) -> Option<u64>) -> Self {
        let row = |lens: &SavedLens| Row { count: count(&lens.query), lens: lens.clone() };
        Self { rows: saved.iter().map(row).collect(), cursor: ListCursor::default() }
    }

    /// Moves the cursor.
    pub fn go(&mut self, motion: Motion, height: usize) {
        self.cursor.go(motion, self.rows.len(), |_| true);
        self.cursor.keep_in_view(self.rows.len(), height, |_| true);
    }

    /// The row under the cursor.
    #[must_use]
    pub fn under_cursor(&self) -> Option<&Row> {
        self.rows.get(self.cursor.at)
    }
}
