//! Finding words, filtering rows, and walking mentions and hits.

use crate::app::command::Action;
use crate::app::layout::PaneId;
use crate::app::list::Motion;
use crate::app::message::Task;
use crate::app::pane::timeline::Direction;
use crate::app::prompt::{Line, Prompt};
use crate::app::state::{App, Walk};

/// Searches that are remembered.
const MAX_SEARCHES: usize = 100;

impl App {
    pub(super) fn open_prompt(&mut self) {
        let before = self.sought(self.focus).to_owned();
        let line =
            if self.focus == PaneId::Text { Line::default() } else { Line::new(before.clone()) };
        self.prompt =
            Some(Prompt { pane: self.focus, line, before, view: self.view(), recalled: 0 });
        self.text.hold();
    }

    fn sought(&self, pane: PaneId) -> &str {
        match pane {
            PaneId::Briefings => &self.briefings.filter,
            PaneId::Text => self.text.sought(),
            PaneId::Entities => &self.entities.filter,
            PaneId::Timeline => &self.timeline.filter,
        }
    }

    /// Seeks words in a pane, as they are typed.
    pub(super) fn seek(&mut self, pane: PaneId, words: &str) {
        let height = self.height(pane);
        match pane {
            PaneId::Briefings => {
                words.clone_into(&mut self.briefings.filter);
                self.briefings.arrange(&self.corpus, height);
                self.follow_list();
            }
            PaneId::Text => {
                self.text.seek(words);
                self.walk = if words.is_empty() { self.walk } else { Walk::Hits };
            }
            PaneId::Entities => {
                words.clone_into(&mut self.entities.filter);
                self.entities.arrange(height);
            }
            PaneId::Timeline => {
                words.clone_into(&mut self.timeline.filter);
                self.timeline.arrange(&self.corpus, height);
            }
        }
    }

    /// What an action does while `/` is open.
    pub(super) fn act_in_prompt(&mut self, action: Action) -> Vec<Task> {
        let Some(prompt) = &mut self.prompt else { return Vec::new() };
        let pane = prompt.pane;
        match action {
            Action::Accept => self.accept_search(),
            Action::Cancel | Action::Interrupt => self.cancel_search(),
            Action::EraseLeft if prompt.line.text().is_empty() => self.cancel_search(),
            Action::Up | Action::Down => self.recall(action == Action::Up),
            _ if prompt.line.edit(action) => {
                let words = prompt.line.text().to_owned();
                self.seek(pane, &words);
            }
            _ => {}
        }
        Vec::new()
    }

    fn accept_search(&mut self) {
        let Some(prompt) = self.prompt.take() else { return };
        self.text.settle();
        let words = prompt.line.text().trim().to_owned();
        self.note_jump(prompt.view);
        if words.is_empty() {
            let again = if prompt.pane == PaneId::Text { prompt.before } else { String::new() };
            self.seek(prompt.pane, &again);
            return;
        }
        self.searches.retain(|search| *search != words);
        self.searches.push(words.clone());
        if self.searches.len() > MAX_SEARCHES {
            self.searches.remove(0);
        }
        if prompt.pane == PaneId::Text {
            self.say_hits(&words);
            self.mark_read_at_end();
        }
    }

    fn say_hits(&mut self, words: &str) {
        match self.text.hit_position() {
            None => {
                let next = self.keymap.keys_of("next-hit", self.scope()).into_iter().next();
                let next =
                    next.map(|key| format!(" · {key} looks in the others")).unwrap_or_default();
                self.warn(format!("`{words}` is not in this text{next}"));
            }
            Some((at, of)) => self.say(format!("`{words}`: {at} of {of}")),
        }
    }

    fn cancel_search(&mut self) {
        if let Some(prompt) = self.prompt.take() {
            self.seek(prompt.pane, &prompt.before);
            self.text.release();
        }
    }

    fn recall(&mut self, older: bool) {
        let Some(prompt) = &mut self.prompt else { return };
        let recalled = if older { prompt.recalled + 1 } else { prompt.recalled.saturating_sub(1) };
        let words = match recalled {
            0 => Some(""),
            n => self
                .searches
                .len()
                .checked_sub(n)
                .and_then(|at| self.searches.get(at))
                .map(String::as_str),
        };
        if let Some(words) = words.map(str::to_owned) {
            prompt.recalled = recalled;
            prompt.line = Line::new(words.clone());
            let pane = prompt.pane;
            self.seek(pane, &words);
        }
    }

    /// Seeks the same words in a text that was just opened, without moving in it.
    pub(super) fn search_again(&mut self) {
        let words = self.text.sought().to_owned();
        self.text.light_hits(&words);
    }

    pub(super) fn sort(&mut self) {
        if self.focus == PaneId::Timeline {
            self.timeline.turn(&self.corpus);
            let newest = self.timeline.direction == Direction::Backward;
            self.say(if newest { "newest first" } else { "oldest first" });
            return;
        }
        self.briefings.sort = self.briefings.sort.next();
        self.briefings.arrange(&self.corpus, self.height(PaneId::Briefings));
        self.say(format!("sorted by {}", self.briefings.sort.name()));
    }

    /// Leaves one thing; the last is what is typed of a command, which the key itself has dropped.
    pub(super) fn escape(&mut self) {
        let clear = |filter: &mut String| !std::mem::take(filter).is_empty();
        if self.text.has_hits() && (self.walk == Walk::Hits || self.active.is_none()) {
            self.text.seek("");
            self.walk = if self.active.is_some() { Walk::Actor } else { Walk::Nothing };
        } else if self.active.is_some() {
            self.leave_active();
        } else if !self.briefings.selected.is_empty() {
            self.briefings.selected.clear();
        } else if clear(&mut self.briefings.filter) {
            self.briefings.arrange(&self.corpus, self.height(PaneId::Briefings));
            self.follow_list();
        } else if clear(&mut self.entities.filter) {
            self.entities.arrange(self.height(PaneId::Entities));
        } else if clear(&mut self.timeline.filter) {
            self.timeline.arrange(&self.corpus, self.height(PaneId::Timeline));
        } else if self.zoomed {
            self.toggle_zoom();
        } else {
            let key = self.keymap.keys_of("quit", self.scope()).into_iter().next();
            self.say(key.map(|key| format!("nothing to leave · {key} quits")).unwrap_or_default());
        }
    }

    pub(super) fn scroll_prompt_list(&mut self, motion: Motion) {
        let height = self.overlay_height();
        if let Some(crate::app::overlay::Overlay::Commands(list)) = self.overlays.last_mut() {
            list.go(motion, height);
        }
    }
}
