//! The places that one has been: back to any of them, to the line, and forward again.

use std::collections::VecDeque;
use std::ops::Range;

use super::dossier::{Anchor, Order};
use super::layout::PaneId;
use super::pane::text::Anchor as TextAnchor;
use super::state::Active;
use crate::corpus::query::Query;
use crate::desk::TextPlace;

/// A view to which one can come back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The open briefing.
    pub slug: Option<String>,
    /// Its headline, for the list of places.
    pub title: String,
    /// The line at the top of the text, while the text stays as it is.
    pub anchor: TextAnchor,
    /// The words at the top of the text, should it have changed.
    pub place: Option<TextPlace>,
    /// The pane that had the keys.
    pub focus: PaneId,
    /// The lens.
    pub lens: Query,
    /// The actor whose mentions were lit.
    pub active: Option<Active>,
    /// The mention or hit that one was at, as bytes of the body.
    pub point: Option<Range<usize>>,
    /// The dossier that lay over it.
    pub dossier: Option<DossierPlace>,
}

/// A row of a dossier, in words that hold in every snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DossierPlace {
    /// Ids of the one or two actors.
    pub ids: Vec<String>,
    /// In which order it stood.
    pub order: Order,
    /// Words that rows had to have.
    pub filter: String,
    /// The row.
    pub row: Option<Anchor>,
}

impl View {
    /// Whether it is the same place: a step to a mention that was in view already, or to another
    /// row of the same dossier, is no jump.
    #[must_use]
    pub fn is_same_place(&self, other: &Self) -> bool {
        let Self { slug, title: _, anchor, place, focus, lens, active, point: _, dossier } = self;
        let ids = |dossier: &Option<DossierPlace>| dossier.as_ref().map(|place| place.ids.clone());
        (slug, anchor, place) == (&other.slug, &other.anchor, &other.place)
            && (focus, lens, active) == (&other.focus, &other.lens, &other.active)
            && ids(dossier) == ids(&other.dossier)
    }
}

/// Views before and after the one on the screen.
#[derive(Clone, Debug, Default)]
pub struct History {
    back: VecDeque<View>,
    forward: Vec<View>,
}

/// Views that are kept.
const MAX_VIEWS: usize = 500;

impl History {
    /// Notes the view that a jump leaves. What lay ahead is no longer ahead.
    pub fn leave(&mut self, view: View) {
        self.forward.clear();
        self.push(view);
    }

    fn push(&mut self, view: View) {
        if self.back.back().is_some_and(|last| last.is_same_place(&view)) {
            return;
        }
        if self.back.len() == MAX_VIEWS {
            self.back.pop_front();
        }
        self.back.push_back(view);
    }

    /// The view before the given one, which is then ahead.
    pub fn go_back(&mut self, here: View) -> Option<View> {
        let view = self.back.pop_back()?;
        self.forward.push(here);
        Some(view)
    }

    /// The view after the given one, which is then behind.
    pub fn go_forward(&mut self, here: View) -> Option<View> {
        let view = self.forward.pop()?;
        self.push(here);
        Some(view)
    }

    /// The view before the given one, by a jump of its own: twice is nowhere, and no place is lost.
    pub fn swap(&mut self, here: View) -> Option<View> {
        let view = self.back.back()?.clone();
        self.leave(here);
        Some(view)
    }

    /// All views behind, the last one first.
    pub fn behind(&self) -> impl Iterator<Item = &View> {
        self.back.iter().rev()
    }

    /// How many views lie behind and ahead.
    #[must_use]
    pub fn depth(&self) -> (usize, usize) {
        (self.back.len(), self.forward.len())
    }
}
