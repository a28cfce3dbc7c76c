//! What keys do while something lies over the panes.

use super::moving::motion;
use super::places::may_jump;
use crate::app::command::{Action, Scope};
use crate::app::dossier::Subject;
use crate::app::layout::PaneId;
use crate::app::message::Task;
use crate::app::overlay::{Chosen, CommandList, Details, Overlay, Problems};
use crate::app::state::App;
use crate::corpus::BriefingId;

impl App {
    /// Carries out an action where it was asked for.
    pub(super) fn act_in(
        &mut self,
        scope: Scope,
        action: Action,
        count: Option<usize>,
    ) -> Vec<Task> {
        match action {
            Action::Redraw | Action::Suspend => return self.act_on_program(action),
            _ if scope == Scope::Prompt && self.prompt.is_some() => {
                return self.act_in_prompt(action);
            }
            _ if scope == Scope::Prompt => return self.act_in_command_list(action),
            _ if scope == Scope::Picker => return self.act_in_picker(action),
            _ if scope == Scope::Dossier => return self.act_in_dossier(action, count),
            _ if scope == Scope::Overlay => return self.act_in_overlay(action, count),
            _ => {}
        }
        let before = may_jump(action).then(|| self.view());
        let tasks = self.act(action, count);
        if let Some(before) = before {
            self.catch_up();
            self.note_jump(before);
        }
        tasks
    }

    pub(super) fn type_text(&mut self, text: &str) {
        if self.prompt.is_some() {
            return self.type_in_prompt(text);
        }
        let height = self.overlay_height();
        match self.overlays.last_mut() {
            Some(Overlay::Commands(list)) => {
                list.line.insert(text);
                list.search(&self.corpus, height);
            }
            Some(Overlay::Picker(picker)) => {
                picker.line.insert(text);
                picker.search(&self.corpus, &self.lens.briefings, height);
            }
            _ => {}
        }
    }

    fn act_in_command_list(&mut self, action: Action) -> Vec<Task> {
        let height = self.overlay_height();
        let Some(Overlay::Commands(list)) = self.overlays.last_mut() else { return Vec::new() };
        match action {
            Action::Accept => return self.run_chosen(),
            Action::Cancel | Action::Interrupt => {
                self.overlays.pop();
            }
            Action::EraseLeft if list.line.text().is_empty() => {
                self.overlays.pop();
            }
            Action::Up | Action::Down => self.scroll_prompt_list(motion(action, None, height)),
            Action::Complete => {
                if let Some(Chosen::Command(command)) = list.chosen() {
                    list.line = crate::app::prompt::Line::new(command.name);
                    list.search(&self.corpus, height);
                }
            }
            _ => {
                if list.line.edit(action) {
                    list.search(&self.corpus, height);
                }
            }
        }
        Vec::new()
    }

    fn run_chosen(&mut self) -> Vec<Task> {
        let Some(Overlay::Commands(list)) = self.overlays.pop() else { return Vec::new() };
        let command = match list.chosen() {
            Some(Chosen::Command(command)) => command,
            Some(Chosen::Actor(actor)) => {
                self.show_dossier(Subject::Actor(actor));
                return Vec::new();
            }
            None => return Vec::new(),
        };
        let runs_here =
            command.scopes.contains(&list.scope) || command.scopes.contains(&Scope::Everywhere);
        if runs_here {
            return self.act_in(list.scope, command.action, None);
        }
        let pane = PaneId::ALL.into_iter().find(|pane| command.scopes.contains(&Scope::of(*pane)));
        if let Some(pane) = pane {
            self.focus_on(pane);
            self.act(command.action, None)
        } else {
            self.say(format!("`{}` works only where it is typed", command.name));
            Vec::new()
        }
    }

    fn act_in_overlay(&mut self, action: Action, count: Option<usize>) -> Vec<Task> {
        let height = self.overlay_height();
        match action {
            Action::Escape | Action::Quit | Action::Interrupt => {
                self.overlays.pop();
            }
            Action::Help | Action::Palette => self.open_commands(action == Action::Help),
            Action::Edit => return self.edit(),
            Action::Open => self.open_in_overlay(),
            _ => {
                let list_height = self.problem_rows();
                match self.overlays.last_mut() {
                    Some(Overlay::Problems(problems)) => {
                        problems.go(motion(action, count, list_height), list_height);
                    }
                    Some(Overlay::Details(details)) => {
                        details.go(motion(action, count, height), height);
                    }
                    Some(Overlay::Places(places)) => {
                        places.go(motion(action, count, height), height);
                    }
                    Some(Overlay::Lenses(lenses)) => {
                        lenses.go(motion(action, count, height), height);
                    }
                    Some(Overlay::Commands(_) | Overlay::Picker(_)) | None => {}
                }
            }
        }
        Vec::new()
    }

    /// Rows of the list of problems; the rest shows the one under the cursor.
    #[must_use]
    pub fn problem_rows(&self) -> usize {
        (self.overlay_height() / 2).max(1)
    }

    pub(super) fn open_commands(&mut self, help: bool) {
        let list =
            CommandList::new(help, self.scope(), &self.keymap, &self.corpus, self.overlay_height());
        self.overlays.push(Overlay::Commands(list));
    }

    pub(super) fn open_problems(&mut self) {
        let problems = Problems::of(&self.corpus);
        if problems.rows.is_empty() {
            self.say("no problems: every file was read as it was meant");
            return;
        }
        self.overlays.push(Overlay::Problems(problems));
    }

    /// After a reload the list of problems shows what is still wrong.
    pub(super) fn refresh_problems(&mut self) {
        let height = self.problem_rows();
        for overlay in &mut self.overlays {
            if let Overlay::Problems(problems) = overlay {
                let at = problems.cursor.at;
                *problems = Problems::of(&self.corpus);
                problems.cursor.at = at.min(problems.rows.len().saturating_sub(1));
                problems.cursor.keep_in_view(problems.rows.len(), height, |_| true);
            }
        }
        self.overlays.retain(
            |overlay| !matches!(overlay, Overlay::Problems(problems) if problems.rows.is_empty()),
        );
    }

    pub(super) fn open_details(&mut self) {
        if let Some((_, entry)) = self.open() {
            let details = Details::of(&self.corpus, entry);
            self.overlays.push(Overlay::Details(details));
        }
    }

    /// From a problem to the briefing that it is in.
    fn open_in_overlay(&mut self) {
        match self.overlays.last() {
            Some(Overlay::Places(_)) => return self.open_place(),
            Some(Overlay::Lenses(_)) => return self.open_lens(),
            _ => {}
        }
        let Some(Overlay::Problems(problems)) = self.overlays.last() else {
            self.overlays.pop();
            return;
        };
        let Some((file, _, _)) = problems.under_cursor(&self.corpus) else { return };
        let found = self
            .corpus
            .ids()
            .find(|id: &BriefingId| self.corpus.entry(*id).is_some_and(|entry| entry.file == file));
        match found {
            Some(id) => {
                let before = self.view();
                self.overlays.clear();
                self.open_briefing(id);
                self.focus_on(PaneId::Text);
                self.note_jump(before);
            }
            None => self.say("this file is no briefing: e edits it"),
        }
    }
}
