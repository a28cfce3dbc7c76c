//! Moving within a pane, between panes, and from briefing to briefing.

use crate::app::command::Action;
use crate::app::layout::{Arrangement, PaneId};
use crate::app::list::Motion;
use crate::app::state::App;

/// What an action means for rows of a height.
pub(super) fn motion(action: Action, count: Option<usize>, height: usize) -> Motion {
    let times = |rows: usize| {
        isize::try_from(rows.saturating_mul(count.unwrap_or(1))).unwrap_or(isize::MAX)
    };
    let half = (height / 2).max(1);
    let page = height.saturating_sub(1).max(1);
    match (action, count) {
        (Action::First, None) => Motion::First,
        (Action::Last, None) => Motion::Last,
        (Action::First | Action::Last, Some(n)) => Motion::To(n),
        (Action::Up, _) => Motion::By(-times(1)),
        (Action::HalfPageDown, _) => Motion::By(times(half)),
        (Action::HalfPageUp, _) => Motion::By(-times(half)),
        (Action::PageDown, _) => Motion::By(times(page)),
        (Action::PageUp, _) => Motion::By(-times(page)),
        _ => Motion::By(times(1)),
    }
}

impl App {
    pub(super) fn go(&mut self, action: Action, count: Option<usize>) {
        let height = self.height(self.focus);
        let page = match self.focus {
            PaneId::Briefings => self.briefings.page(height),
            _ => height,
        };
        let motion = motion(action, count, page);
        match self.focus {
            PaneId::Briefings => {
                self.briefings.go(motion, height);
                self.outstanding.open = true;
                self.outstanding.left |= self.briefings.open() != self.text.briefing();
            }
            PaneId::Text => {
                self.text.go(motion);
                self.mark_read_at_end();
            }
            PaneId::Entities => self.entities.go(motion, height),
            PaneId::Timeline => self.timeline.go(motion, height),
        }
    }

    pub(super) fn step_briefing(&mut self, forward: bool, count: usize) {
        let before = self.briefings.open();
        let steps = isize::try_from(count).unwrap_or(isize::MAX);
        let height = self.height(PaneId::Briefings);
        self.briefings.go(Motion::By(if forward { steps } else { -steps }), height);
        self.follow_list();
        if self.briefings.open() == before {
            self.say(if forward {
                "this is the last briefing of the list"
            } else {
                "this is the first briefing of the list"
            });
        }
        self.mark_read_in_focus();
    }

    pub(in crate::app) fn focus_on(&mut self, pane: PaneId) {
        self.focus = pane;
        if pane == PaneId::Timeline {
            self.bring_timeline_up();
        }
        self.relayout();
        self.mark_read_in_focus();
    }

    pub(super) fn focus_beside(&mut self, right: bool) {
        match self.layout.arrangement {
            Arrangement::TwoColumns | Arrangement::ThreeColumns => {
                if let Some(pane) = self.layout.beside(self.focus, right) {
                    self.focus_on(pane);
                }
            }
            Arrangement::Stacked | Arrangement::Single => self.focus_on(self.focus.step(right)),
        }
    }

    pub(super) fn toggle_zoom(&mut self) {
        self.zoomed = !self.zoomed;
        self.relayout();
    }
}
