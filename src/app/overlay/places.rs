//! The places that one has been, the last one first.

use crate::app::history::{History, View};
use crate::app::list::{ListCursor, Motion};

/// State of the list.
#[derive(Clone, Debug)]
pub struct Places {
    /// The views behind, the last one first.
    pub views: Vec<View>,
    /// Cursor over `views`.
    pub cursor: ListCursor,
}

impl Places {
    /// All places behind.
    #[must_use]
    pub fn of(history: &History) -> Self {
        Self { views: history.behind().cloned().collect(), cursor: ListCursor::default() }
    }

    /// Moves the cursor.
    pub fn go(&mut self, motion: Motion, height: usize) {
        self.cursor.go(motion, self.views.len(), |_| true);
        self.cursor.keep_in_view(self.views.len(), height, |_| true);
    }

    /// The view under the cursor.
    #[must_use]
    pub fn under_cursor(&self) -> Option<&View> {
        self.views.get(self.cursor.at)
    }
}
