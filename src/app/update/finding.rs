//! Finding words in the text, and rows of the entities and the timeline, as they are typed.

use crate::app::layout::PaneId;
use crate::app::list::Motion;
use crate::app::overlay::Overlay;
use crate::app::pane::timeline::Direction;
use crate::app::prompt::{Asks, Line, Prompt};
use crate::app::state::{App, Walk};
use crate::corpus::words::hits_in;

impl App {
    /// Opens `/`: over the list it is the lens that is typed, elsewhere words.
    pub(super) fn find(&mut self) {
        if self.focus == PaneId::Briefings {
            return self.ask_for_lens();
        }
        let before = self.sought(self.focus).to_owned();
        let line =
            if self.focus == PaneId::Text { Line::default() } else { Line::new(before.clone()) };
        self.open_prompt(Asks::Words(self.focus), line, before);
    }

    pub(super) fn open_prompt(&mut self, asks: Asks, line: Line, before: String) {
        let (view, lens) = (self.view(), self.lens.query.clone());
        let list = self.briefings.cursor;
        self.prompt = Some(Prompt::new(asks, line, before, view, list, lens));
        self.text.hold();
    }

    fn sought(&self, pane: PaneId) -> &str {
        match pane {
            PaneId::Briefings => "",
            PaneId::Text => self.text.sought(),
            PaneId::Entities => &self.entities.filter,
            PaneId::Timeline => &self.timeline.filter,
        }
    }

    /// Seeks words in a pane.
    pub(super) fn seek(&mut self, pane: PaneId, words: &str) {
        let height = self.height(pane);
        match pane {
            PaneId::Briefings => {}
            PaneId::Text => {
                self.text.seek(words);
                self.walk = if words.is_empty() { self.walk } else { Walk::Hits };
                if words.is_empty() {
                    self.light_words();
                }
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

    /// Stays with the words that were sought.
    pub(super) fn accept_words(&mut self, pane: PaneId, prompt: Prompt) {
        self.text.settle();
        let words = prompt.line.text().trim().to_owned();
        self.note_jump(prompt.view);
        if words.is_empty() {
            let again = if pane == PaneId::Text { prompt.before } else { String::new() };
            self.seek(pane, &again);
            return;
        }
        self.remember_search(words.clone());
        if pane == PaneId::Text {
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

    /// Lights what was sought in a text that was just opened, else the words of the lens; without
    /// moving in it.
    pub(super) fn light_words(&mut self) {
        let words = self.text.sought().to_owned();
        if !words.is_empty() {
            self.text.light_hits(&words);
            return;
        }
        let Some((_, entry)) = self.open() else { return };
        let hits = hits_in(&entry.briefing().body, &self.lens.query);
        self.text.light_ranges(hits);
    }

    pub(super) fn sort(&mut self) {
        if self.focus == PaneId::Timeline {
            self.timeline.turn(&self.corpus);
            let newest = self.timeline.direction == Direction::Backward;
            self.say(if newest { "newest first" } else { "oldest first" });
            return;
        }
        self.briefings.turn(&self.corpus, self.height(PaneId::Briefings));
        self.say(format!("sorted by {}", self.briefings.shown_sort().name()));
    }

    /// Leaves one thing; the last is what is typed of a command, which the key itself has dropped.
    pub(super) fn escape(&mut self) {
        let clear = |filter: &mut String| !std::mem::take(filter).is_empty();
        if self.text.has_hits() && (self.walk == Walk::Hits || self.active.is_none()) {
            self.seek(PaneId::Text, "");
            self.walk = if self.active.is_some() { Walk::Actor } else { Walk::Nothing };
        } else if self.active.is_some() {
            self.leave_active();
        } else if !self.briefings.selected.is_empty() {
            self.briefings.selected.clear();
        } else if clear(&mut self.entities.filter) {
            self.entities.arrange(self.height(PaneId::Entities));
        } else if clear(&mut self.timeline.filter) {
            self.timeline.arrange(&self.corpus, self.height(PaneId::Timeline));
        } else if !self.lens.query.is_empty() {
            self.drop_last_term();
        } else if self.zoomed {
            self.toggle_zoom();
        } else {
            let key = self.keymap.keys_of("quit", self.scope()).into_iter().next();
            self.say(key.map(|key| format!("nothing to leave · {key} quits")).unwrap_or_default());
        }
    }

    pub(super) fn scroll_prompt_list(&mut self, motion: Motion) {
        let height = self.overlay_height();
        match self.overlays.last_mut() {
            Some(Overlay::Commands(list)) => list.go(motion, height),
            Some(Overlay::Picker(picker)) => picker.go(motion, height),
            _ => {}
        }
    }
}
