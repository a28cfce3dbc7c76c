//! What lies over the panes, one file each; the topmost one has the keys.

pub mod commands;
pub mod details;
pub mod lenses;
pub mod picker;
pub mod places;
pub mod problems;

pub use commands::{Chosen, CommandList};
pub use details::Details;
pub use lenses::Lenses;
pub use picker::{Picker, Row as PickerRow};
pub use places::Places;
pub use problems::Problems;

use super::list::Motion;

/// A list or page over the panes.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// All keys (`?`) or the palette (`:`).
    Commands(CommandList),
    /// Problems found in the files.
    Problems(Problems),
    /// Everything the file says of the open briefing.
    Details(Details),
    /// The places that one has been.
    Places(Places),
    /// Every actor of the corpus.
    Picker(Picker),
    /// The lenses that are saved.
    Lenses(Lenses),
}

impl Overlay {
    /// Commands that matter here, for the footer.
    #[must_use]
    pub fn hints(&self) -> &'static [&'static str] {
        match self {
            Self::Commands(_) => &["accept", "cancel"],
            Self::Problems(_) => &["open", "edit", "quit", "help"],
            Self::Details(_) => &["edit", "quit", "help"],
            Self::Places(_) | Self::Lenses(_) => &["open", "quit", "help"],
            Self::Picker(_) => &["make-active", "narrow", "cancel"],
        }
    }

    /// Adapts to another height.
    pub(super) fn resize(&mut self, height: usize, problem_rows: usize) {
        match self {
            Self::Commands(list) => list.resize(height),
            Self::Problems(list) => list.go(Motion::By(0), problem_rows),
            Self::Details(details) => details.go(Motion::By(0), height),
            Self::Places(places) => places.go(Motion::By(0), height),
            Self::Picker(picker) => picker.go(Motion::By(0), height),
            Self::Lenses(lenses) => lenses.go(Motion::By(0), height),
        }
    }
}
