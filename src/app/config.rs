//! What a reader may choose: theme, width of the text, layout, order of the list.

mod bindings;
mod pairs;
mod reading;

pub use reading::{ConfigReading, read_config};

use super::layout::Arrangement;
use super::pane::briefings::SortBy;
use crate::corpus::query::Query;

/// A named set of colours; what the names look like is the drawing's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeName {
    /// The terminal's own sixteen colours and background.
    #[default]
    Terminal,
    /// True colour on a dark background of its own.
    Dark,
    /// True colour on a light background of its own.
    Light,
    /// Black, white and few strong colours.
    HighContrast,
    /// No colour at all: weight, underline and reverse only.
    None,
}

impl ThemeName {
    /// All, with the names that a configuration gives them.
    pub const NAMED: [(&'static str, Self); 5] = [
        ("terminal", Self::Terminal),
        ("dark", Self::Dark),
        ("light", Self::Light),
        ("high-contrast", Self::HighContrast),
        ("none", Self::None),
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMED.iter().find(|(_, theme)| *theme == self).map_or("terminal", |(name, _)| name)
    }

    /// The one after it, around the end.
    #[must_use]
    pub fn next(self) -> Self {
        let at = Self::NAMED.iter().position(|(_, theme)| *theme == self).unwrap_or(0);
        Self::NAMED[(at + 1) % Self::NAMED.len()].1
    }
}

/// A query that was given a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedLens {
    /// Its name.
    pub name: String,
    /// What it asks for.
    pub query: Query,
}

/// What a configuration file may set, besides keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Colours.
    pub theme: ThemeName,
    /// Widest line of the text, in columns: 40 to 200.
    pub text_width: u16,
    /// The most spacious arrangement of panes wanted.
    pub layout: Arrangement,
    /// How the list is sorted at first.
    pub sort: SortBy,
    /// Whether what changes in the folders is read at once.
    pub watch: bool,
    /// Saved lenses, in the order of the file.
    pub lenses: Vec<SavedLens>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeName::default(),
            text_width: 90,
            layout: Arrangement::default(),
            sort: SortBy::default(),
            watch: true,
            lenses: Vec::new(),
        }
    }
}
