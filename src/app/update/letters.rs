//! Following an actor by his letter.

use crate::app::chord::Chord;
use crate::app::keyboard::latin_in_place_of;
use crate::app::letters::Lettering;
use crate::app::state::{Active, App, Walk};

impl App {
    /// Paints the letters and waits for one.
    pub(super) fn ask_letter(&mut self) {
        if self.entities.actors.is_empty() {
            self.say("this briefing declares no actors");
            return;
        }
        self.lettering = Some(Lettering::default());
    }

    /// Takes a letter; any other key gives it up.
    pub(super) fn type_letter(&mut self, chord: Chord) {
        let Some(mut lettering) = self.lettering.take() else { return };
        let Some(letter) = chord.typed() else { return };
        let letter = latin_in_place_of(letter).unwrap_or(letter);
        lettering.typed.extend(letter.to_lowercase());
        let letters = &self.entities.letters;
        if let Some(actor) = letters.iter().position(|letters| *letters == lettering.typed) {
            self.follow(actor);
        } else if letters.iter().any(|letters| letters.starts_with(&lettering.typed)) {
            self.lettering = Some(lettering);
        } else {
            self.warn(format!("no actor here has the letter {}", lettering.typed));
        }
    }

    /// Makes an actor active and shows his next mention.
    fn follow(&mut self, actor: usize) {
        let Some(found) = self.entities.actors.get(actor) else { return };
        let active = Active { id: found.id.clone(), name: found.name.clone() };
        let before = self.view();
        let again = self.active.as_ref() == Some(&active);
        self.walk = Walk::Actor;
        if again {
            self.walk(true, 1);
        } else {
            self.active = Some(active);
            self.light_active();
            self.text.show_mention();
            self.say_walk();
        }
        self.note_jump(before);
    }
}
