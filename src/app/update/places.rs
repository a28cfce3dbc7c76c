//! Back and forward over the places that one has been.

use super::lens::slip_of;
use crate::app::command::Action;
use crate::app::history::View;
use crate::app::overlay::{Overlay, Places};
use crate::app::state::{App, Walk};
use crate::desk::TextPlace;

/// Whether an action may lead somewhere from where one would come back.
pub(super) fn may_jump(action: Action) -> bool {
    matches!(
        action,
        Action::NextBriefing
            | Action::PreviousBriefing
            | Action::First
            | Action::Last
            | Action::Pane(_)
            | Action::Open
            | Action::ReadOn
            | Action::NextHit
            | Action::PreviousHit
            | Action::NextWithOne
            | Action::PreviousWithOne
            | Action::NextMention
            | Action::PreviousMention
            | Action::MakeActive
            | Action::Escape
    )
}

impl App {
    /// What is on the screen, to come back to.
    pub(super) fn view(&self) -> View {
        if let Some(open) = &self.dossier {
            return View { dossier: self.dossier_place(), ..open.beneath.clone() };
        }
        let open = self.open().map(|(_, entry)| entry);
        let offset = self.text.top_offset();
        View {
            slug: open.map(|entry| entry.slug.clone()),
            title: open.map(|entry| entry.title().to_owned()).unwrap_or_default(),
            anchor: self.text.anchor(),
            place: open.map(|entry| TextPlace::at(&entry.briefing().body, offset)),
            focus: self.focus,
            lens: self.lens.query.clone(),
            active: self.active.clone(),
            point: self.text.point().cloned(),
            dossier: None,
        }
    }

    /// Notes the view that was left, if it was.
    pub(super) fn note_jump(&mut self, before: View) {
        if !self.view().is_same_place(&before) {
            self.history.leave(before);
        }
    }

    pub(super) fn go_back(&mut self, count: usize) {
        for _ in 0..count {
            let here = self.view();
            let Some(view) = self.history.go_back(here) else {
                self.say("this is where you began");
                return;
            };
            self.restore(&view);
        }
    }

    pub(super) fn go_forward(&mut self, count: usize) {
        for _ in 0..count {
            let here = self.view();
            let Some(view) = self.history.go_forward(here) else {
                self.say("nothing lies ahead");
                return;
            };
            self.restore(&view);
        }
    }

    pub(super) fn swap_places(&mut self) {
        let here = self.view();
        match self.history.swap(here) {
            Some(view) => self.restore(&view),
            None => self.say("this is where you began"),
        }
    }

    pub(super) fn open_places(&mut self) {
        let places = Places::of(&self.history);
        if places.views.is_empty() {
            self.say("you have been nowhere else yet");
            return;
        }
        self.overlays.push(Overlay::Places(places));
    }

    /// Goes to the place under the cursor of the list of places.
    pub(super) fn open_place(&mut self) {
        let Some(Overlay::Places(places)) = self.overlays.pop() else { return };
        if let Some(view) = places.under_cursor() {
            let here = self.view();
            self.history.leave(here);
            self.restore(view);
        }
    }

    /// Shows a view again: the same line, or where its words stand now.
    pub(super) fn restore(&mut self, view: &View) {
        self.dossier = None;
        if self.lens.query != view.lens {
            match self.find_through(&view.lens) {
                Ok(lens) => self.look_through(lens),
                Err(problem) => self.warn(slip_of(problem).message),
            }
        }
        self.follow_list();
        match view.slug.as_deref().map(|slug| self.corpus.find(slug)) {
            Some(Some(id)) => self.open_briefing(id),
            Some(None) => self.warn(format!("`{}` is no longer in the corpus", view.title)),
            None => self.follow_list(),
        }
        if self.active != view.active {
            self.active.clone_from(&view.active);
            self.walk = match &self.active {
                Some(_) => Walk::Actor,
                None if self.text.hit_position().is_some() => Walk::Hits,
                None => Walk::Nothing,
            };
            self.light_active();
        }
        self.focus_on(view.focus);
        self.restore_line(view);
        self.restore_dossier(view);
    }

    fn restore_line(&mut self, view: &View) {
        let (Some((_, entry)), Some(place)) = (self.open(), &view.place) else { return };
        if Some(&entry.slug) != view.slug.as_ref() {
            return;
        }
        let now = place.find_in(&entry.briefing().body);
        if now == place.offset {
            self.text.go_to_anchor(view.anchor);
            self.text.set_point(view.point.clone());
        } else {
            self.text.go_to_offset(now);
        }
    }
}
