//! The picker of actors and the list of saved lenses: what their keys do.

use super::moving::motion;
use crate::app::command::Action;
use crate::app::message::Task;
use crate::app::overlay::{Lenses, Overlay, Picker};
use crate::app::pane::text::Stops;
use crate::app::state::{Active, App};
use crate::corpus::query::Query;

impl App {
    pub(super) fn open_picker(&mut self) {
        let picker = Picker::new(&self.corpus, &self.lens.briefings, self.overlay_height());
        self.overlays.push(Overlay::Picker(picker));
    }

    pub(super) fn act_in_picker(&mut self, action: Action) -> Vec<Task> {
        let height = self.overlay_height();
        let Some(Overlay::Picker(picker)) = self.overlays.last_mut() else { return Vec::new() };
        match action {
            Action::Cancel | Action::Interrupt => {
                self.overlays.pop();
            }
            Action::EraseLeft if picker.line.text().is_empty() => {
                self.overlays.pop();
            }
            Action::Down | Action::Up | Action::PageDown | Action::PageUp => {
                picker.go(motion(action, None, height), height);
            }
            Action::Accept | Action::MakeActive | Action::Narrow => self.pick(action),
            _ => {
                if picker.line.edit(action) {
                    picker.search(&self.corpus, &self.lens.briefings, height);
                }
            }
        }
        Vec::new()
    }

    fn pick(&mut self, action: Action) {
        let Some(Overlay::Picker(picker)) = self.overlays.last() else { return };
        let known = picker.under_cursor().and_then(|id| self.corpus.concordance.actor(id));
        let Some(actor) = known.map(|known| &known.actor) else { return };
        let active = Active { id: actor.id.clone(), name: actor.name.clone() };
        self.overlays.pop();
        match action {
            Action::Narrow => {
                self.set_query(&self.lens.query.clone().and(Query::actor(&active.id)));
            }
            Action::Accept => self.open_dossier(&active),
            _ => {
                let before = self.view();
                self.activate(active);
                self.text.step_from_view(Stops::Active);
                self.say_walk(None);
                self.note_jump(before);
            }
        }
    }

    /// Shows the lenses that are saved, with what each finds now.
    pub(super) fn open_lenses(&mut self) {
        if self.settings.lenses.is_empty() {
            self.say("no lens is saved: `lenses:` in the configuration gives queries names");
            return;
        }
        let lenses = self.saved_lenses();
        self.overlays.push(Overlay::Lenses(lenses));
    }

    fn saved_lenses(&self) -> Lenses {
        let count = |query: &Query| self.find_through(query).map(|lens| lens.briefings.len()).ok();
        Lenses::new(&self.settings.lenses, &count)
    }

    /// Looks through the lens under the cursor.
    pub(super) fn open_lens(&mut self) {
        let Some(Overlay::Lenses(lenses)) = self.overlays.last() else { return };
        let Some(row) = lenses.under_cursor() else { return };
        let query = row.lens.query.clone();
        self.overlays.pop();
        self.set_query(&query);
    }

    /// What lies over the panes shows what is known now.
    pub(super) fn refresh_overlays(&mut self) {
        let height = self.overlay_height();
        let mut overlays = std::mem::take(&mut self.overlays);
        for overlay in &mut overlays {
            match overlay {
                Overlay::Picker(picker) => {
                    picker.refresh(&self.corpus, &self.lens.briefings, height);
                }
                Overlay::Lenses(old) => {
                    *old = Lenses { cursor: old.cursor, ..self.saved_lenses() };
                }
                _ => {}
            }
        }
        self.overlays = overlays;
    }
}
