//! What keys do in a prompt: the line is edited, what it asks for follows at once, `Enter` keeps it
//! and `Esc` puts everything back.

use crate::app::command::Action;
use crate::app::layout::PaneId;
use crate::app::message::Task;
use crate::app::prompt::{Asks, Line, Prompt};
use crate::app::state::App;
use crate::corpus::lens::complete;

/// Searches that are remembered.
const MAX_SEARCHES: usize = 100;

impl App {
    /// What an action does while a prompt is open.
    pub(super) fn act_in_prompt(&mut self, action: Action) -> Vec<Task> {
        let Some(prompt) = &mut self.prompt else { return Vec::new() };
        match action {
            Action::Accept => self.accept_prompt(),
            Action::Cancel | Action::Interrupt => self.cancel_prompt(),
            Action::EraseLeft if prompt.line.text().is_empty() => self.cancel_prompt(),
            Action::Up | Action::Down => self.recall(action == Action::Up),
            Action::Complete => self.complete_prompt(),
            Action::TurnScope => self.turn_scope(),
            _ if prompt.line.edit(action) => self.prompt_changed(),
            _ => {}
        }
        Vec::new()
    }

    /// Types into the prompt.
    pub(super) fn type_in_prompt(&mut self, text: &str) {
        if let Some(prompt) = &mut self.prompt {
            prompt.line.insert(text);
            prompt.recalled = 0;
            self.prompt_changed();
        }
    }

    /// Does what the line asks for, as far as it goes.
    pub(super) fn prompt_changed(&mut self) {
        let Some(prompt) = &mut self.prompt else { return };
        prompt.completed = None;
        let (asks, text) = (prompt.asks, prompt.line.text().to_owned());
        match asks {
            Asks::Words(pane) => self.seek(pane, &text),
            Asks::Lens { .. } => {
                (self.outstanding.lens, self.outstanding.completions) = (true, true);
            }
            Asks::Date { .. } => self.try_date(),
            Asks::Rows => self.filter_dossier(&text),
        }
    }

    /// Finds how a lens that is being typed may go on, if that has not been done.
    pub(super) fn complete_what_is_typed(&mut self) {
        let is_outstanding = std::mem::take(&mut self.outstanding.completions);
        if let Some(prompt) = self.prompt.as_mut().filter(|_| is_outstanding) {
            prompt.completions = complete(&self.corpus, prompt.line.text(), prompt.line.cursor());
        }
    }

    fn accept_prompt(&mut self) {
        let Some(prompt) = self.prompt.take() else { return };
        if prompt.slip.is_some() {
            self.prompt = Some(prompt);
            return;
        }
        match prompt.asks {
            Asks::Words(pane) => self.accept_words(pane, prompt),
            Asks::Lens { .. } => self.accept_lens(prompt),
            Asks::Date { issued } => self.accept_date(&prompt, issued),
            Asks::Rows => {}
        }
    }

    fn cancel_prompt(&mut self) {
        let Some(prompt) = self.prompt.take() else { return };
        match prompt.asks {
            Asks::Words(pane) => {
                self.seek(pane, &prompt.before);
                self.text.release();
            }
            Asks::Rows => self.filter_dossier(&prompt.before),
            Asks::Lens { .. } | Asks::Date { .. } => {
                self.text.settle();
                self.restore(&prompt.view);
                let height = self.height(PaneId::Briefings);
                self.briefings.return_to(self.place_before(&prompt), height);
            }
        }
    }

    pub(super) fn remember_search(&mut self, words: String) {
        self.searches.retain(|search| *search != words);
        self.searches.push(words);
        if self.searches.len() > MAX_SEARCHES {
            self.searches.remove(0);
        }
    }

    fn recall(&mut self, older: bool) {
        let Some(prompt) = &mut self.prompt else { return };
        let recalled = if older { prompt.recalled + 1 } else { prompt.recalled.saturating_sub(1) };
        let words = match recalled {
            0 => Some(""),
            n => {
                let at = self.searches.len().checked_sub(n);
                at.and_then(|at| self.searches.get(at)).map(String::as_str)
            }
        };
        if let Some(words) = words.map(str::to_owned) {
            prompt.recalled = recalled;
            prompt.line = Line::new(words);
            self.prompt_changed();
        }
    }

    /// Fills in the best completion; pressed again, the next one.
    fn complete_prompt(&mut self) {
        self.complete_what_is_typed();
        let Some(prompt) = &mut self.prompt else { return };
        let at = prompt.completed.map_or(0, |at| at + 1) % prompt.completions.len().max(1);
        let Some(chosen) = prompt.completions.get(at).cloned() else { return };
        let before = prompt.completed.and_then(|at| prompt.completions.get(at));
        let end = before.map_or(chosen.range.end, |before| before.range.start + before.text.len());
        prompt.line.replace(chosen.range.start..end, &chosen.text);
        let completions = std::mem::take(&mut prompt.completions);
        self.prompt_changed();
        if let Some(prompt) = self.prompt.as_mut().filter(|_| completions.len() > 1) {
            prompt.completions = completions;
            prompt.completed = Some(at);
            self.outstanding.completions = false;
        }
    }

    fn turn_scope(&mut self) {
        let Some(Prompt { asks, line, lens, .. }) = &mut self.prompt else { return };
        match asks {
            Asks::Words(_) | Asks::Rows => return,
            Asks::Date { issued } => *issued = !*issued,
            Asks::Lens { within } => {
                let typed = line.text().trim().to_owned();
                let before = lens.to_string();
                *within = !*within && !lens.is_empty();
                *line = Line::new(match (*within, typed.strip_prefix(&before)) {
                    (true, Some(added)) => added.trim_start().to_owned(),
                    (true, None) => typed,
                    (false, _) if before.is_empty() => typed,
                    (false, _) => format!("{before} {typed}"),
                });
            }
        }
        self.prompt_changed();
    }
}
