//! From a key to an action: counts, sequences, prompts, other keyboard layouts.

use std::time::Duration;

use super::lagging::may_wait;

use crate::app::chord::{Chord, Key};
use crate::app::command::Scope;
use crate::app::keyboard::latin_in_place_of;
use crate::app::keymap::{Lookup, written};
use crate::app::message::Task;
use crate::app::state::App;

/// How long a prefix is left alone before its menu opens.
const MENU_AFTER: Duration = Duration::from_millis(300);
/// Largest count that is taken.
const MAX_COUNT: usize = 1_000_000;

/// Works whatever is being typed.
const SUSPEND: Chord = Chord::ctrl('z');

impl App {
    pub(super) fn key(&mut self, chord: Chord, now: Duration) -> Vec<Task> {
        self.notice = None;
        let scope = self.scope();
        if self.lettering.is_some() && chord != SUSPEND {
            self.catch_up();
            self.type_letter(chord);
            return Vec::new();
        }
        if self.pending.keys.is_empty() && !scope.is_typing() && self.digit(chord, scope) {
            return Vec::new();
        }
        let mut keys = std::mem::take(&mut self.pending.keys);
        self.close_menu();
        keys.push(chord);
        let mut found = self.keymap.look_up(scope, &keys);
        if matches!(found, Lookup::Unbound) && !scope.is_typing() {
            found = self.latin(scope, &mut keys).unwrap_or(found);
        }
        match found {
            Lookup::Found(command) => {
                let count = self.pending.count.take();
                if !may_wait(scope, command.action) {
                    self.catch_up();
                }
                self.act_in(scope, command.action, count)
            }
            Lookup::Prefix => {
                self.pending.keys = keys;
                self.deadlines.menu = Some(now + MENU_AFTER);
                Vec::new()
            }
            Lookup::Unbound => self.unbound(scope, &keys, chord),
        }
    }

    /// Takes a digit as part of a count; `0` only goes on with one.
    fn digit(&mut self, chord: Chord, scope: Scope) -> bool {
        let Some(digit) = chord.typed().and_then(|c| c.to_digit(10)).map(|digit| digit as usize)
        else {
            return false;
        };
        if scope == Scope::Overlay || digit == 0 && self.pending.count.is_none() {
            return false;
        }
        let count = self.pending.count.unwrap_or(0).saturating_mul(10).saturating_add(digit);
        self.pending.count = Some(count.min(MAX_COUNT));
        true
    }

    fn latin(&self, scope: Scope, keys: &mut [Chord]) -> Option<Lookup> {
        let last = keys.last_mut()?;
        let Key::Char(c) = last.key else { return None };
        last.key = Key::Char(latin_in_place_of(c)?);
        Some(self.keymap.look_up(scope, keys))
    }

    fn unbound(&mut self, scope: Scope, keys: &[Chord], chord: Chord) -> Vec<Task> {
        self.pending.count = None;
        if scope.is_typing() {
            if let Some(c) = chord.typed() {
                if !self.is_typing_lens() {
                    self.catch_up();
                }
                self.type_text(c.encode_utf8(&mut [0; 4]));
            }
        } else if keys.len() > 1 && chord.key == Key::Esc {
            self.notice = None;
        } else {
            let help = self
                .keymap
                .keys_of("help", scope)
                .into_iter()
                .next()
                .unwrap_or_else(|| "F1".into());
            self.warn(format!("{} does nothing here · {help} lists all keys", written(keys)));
        }
        Vec::new()
    }

    pub(super) fn close_menu(&mut self) {
        self.pending.menu = false;
        self.deadlines.menu = None;
    }

    pub(super) fn paste(&mut self, text: &str) -> Vec<Task> {
        self.notice = None;
        if self.scope().is_typing() {
            self.type_text(text);
        } else {
            self.warn("nothing to paste into: / opens a prompt");
        }
        Vec::new()
    }
}
