//! Who is active, and whom a letter means.

use crate::app::chord::Chord;
use crate::app::keyboard::latin_in_place_of;
use crate::app::layout::PaneId;
use crate::app::letters::{LetterFor, Lettering};
use crate::app::pane::entities::{EntitiesOf, FacetField};
use crate::app::pane::text::Stops;
use crate::app::state::{Active, App, Walk};

impl App {
    /// Makes the actor under the cursor or at the point active; once more, and he is not.
    pub(super) fn make_active(&mut self) {
        let Some(active) = self.actor_here() else {
            self.say("no actor here");
            return;
        };
        if self.active.as_ref() == Some(&active) && self.focus == PaneId::Entities {
            self.leave_active();
            return;
        }
        self.activate(active);
        self.say_walk(None);
    }

    /// The actor under the cursor of the entities, else the one at the point of the text.
    pub(super) fn actor_here(&self) -> Option<Active> {
        if self.focus == PaneId::Entities {
            let facet = self.entities.under_cursor()?;
            let is_actor = facet.field == FacetField::Actor;
            return is_actor.then_some(Active { id: facet.value, name: facet.name });
        }
        self.active_at(self.text.mention_at_point()?.actor)
    }

    fn active_at(&self, actor: usize) -> Option<Active> {
        let actor = self.entities.actors.get(actor)?;
        Some(Active { id: actor.id.clone(), name: actor.name.clone() })
    }

    pub(super) fn activate(&mut self, active: Active) {
        self.active = Some(active);
        self.walk = Walk::Actor;
        self.light_active();
    }

    pub(super) fn leave_active(&mut self) {
        self.active = None;
        self.across = None;
        self.walk = if self.text.has_hits() { Walk::Hits } else { Walk::Nothing };
        self.light_active();
    }

    /// Lights the active actor's mentions in the open text.
    pub(super) fn light_active(&mut self) {
        let active = self.active.as_ref();
        let at = active
            .and_then(|active| self.entities.actors.iter().position(|actor| actor.id == active.id));
        self.text.light_actor(at);
        self.count_across_soon();
    }

    /// Paints the letters and waits for one.
    pub(super) fn ask_letter(&mut self, purpose: LetterFor) {
        if self.entities.actors.is_empty() {
            self.say("this briefing has no actors");
            return;
        }
        if purpose == LetterFor::Dyad && self.active.is_none() {
            let key = self.keymap.keys_of("follow", self.scope()).into_iter().next();
            let key = key.map(|key| format!(": {key} and his letter")).unwrap_or_default();
            self.say(format!("two actors together: first make one active{key}"));
            return;
        }
        self.lettering = Some(Lettering { purpose, typed: String::new() });
    }

    /// Takes a letter; any other key gives it up.
    pub(super) fn type_letter(&mut self, chord: Chord) {
        let Some(mut lettering) = self.lettering.take() else { return };
        let Some(letter) = chord.typed() else { return };
        let letter = latin_in_place_of(letter).unwrap_or(letter);
        lettering.typed.extend(letter.to_lowercase());
        let letters = &self.entities.letters;
        if let Some(actor) = letters.iter().position(|letters| *letters == lettering.typed) {
            self.use_letter(lettering.purpose, actor);
        } else if letters.iter().any(|letters| letters.starts_with(&lettering.typed)) {
            self.lettering = Some(lettering);
        } else {
            self.warn(format!("no actor here has the letter {}", lettering.typed));
        }
    }

    fn use_letter(&mut self, purpose: LetterFor, actor: usize) {
        let Some(actor) = self.active_at(actor) else { return };
        match purpose {
            LetterFor::Follow => {
                let before = self.view();
                self.follow(actor);
                self.note_jump(before);
            }
            LetterFor::Dyad => self.narrow_to_dyad(&actor),
            LetterFor::Dossier => self.open_dossier(&actor),
        }
    }

    /// Makes an actor active and shows his next mention.
    fn follow(&mut self, active: Active) {
        if self.active.as_ref() == Some(&active) {
            self.walk = Walk::Actor;
            self.walk(true, 1);
            return;
        }
        self.activate(active);
        self.text.step_from_view(Stops::Active);
        self.say_walk(None);
    }

    /// Shows what is inferred, or no longer.
    pub(super) fn toggle_inferred(&mut self) {
        self.inferred = !self.inferred;
        self.recast_open();
        self.say(if self.inferred {
            "inferred mentions are shown: surnames, roles, peoples, seats of government"
        } else {
            "only mentions by name or alias are shown"
        });
    }

    /// Shows the entities of something else.
    pub(super) fn turn_entities(&mut self) {
        self.entities.turn(self.height(PaneId::Entities));
        self.count_entities();
        if self.entities.of != EntitiesOf::Briefing && !self.corpus.is_surveyed() {
            self.say("the texts are still being looked through for actors");
        }
    }
}
