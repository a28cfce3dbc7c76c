//! What crossterm reports of a terminal into messages of a session.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::app::Msg;
use crate::app::chord::{Chord, Key};
use crate::app::layout::Size;

/// The messages that an event is: none for what is not typed (focus, mouse, a key let go), two
/// for Alt and a key, which over a line cannot be told from Esc and then the key.
#[must_use]
pub fn messages(event: Event) -> Vec<Msg> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => pressed(key),
        Event::Paste(text) => vec![Msg::Paste(pasted(&text))],
        Event::Resize(columns, rows) => {
            vec![Msg::Resize(Size::clamped(columns.into(), rows.into()))]
        }
        _ => Vec::new(),
    }
}

fn pressed(event: KeyEvent) -> Vec<Msg> {
    let held = |modifiers| event.modifiers.intersects(modifiers);
    let Some(key) = key(event.code, held(KeyModifiers::SHIFT)) else { return Vec::new() };
    let chord = chord(key, held(KeyModifiers::CONTROL));
    let esc = held(KeyModifiers::ALT | KeyModifiers::META).then_some(Chord::of(Key::Esc));
    esc.into_iter().chain([chord]).map(Msg::Key).collect()
}

fn key(code: KeyCode, shift: bool) -> Option<Key> {
    Some(match code {
        KeyCode::Char(c) if shift => Key::Char(c.to_uppercase().next().unwrap_or(c)),
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Null => Key::Char(' '),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab if shift => Key::BackTab,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Insert => Key::Insert,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::F(n) => Key::F(n),
        _ => return None,
    })
}

/// Control and a letter are the same with shift and without. The bytes 0x1c to 0x1f, which
/// crossterm takes for Ctrl-4 to Ctrl-7, are what these keys are named after (ECMA-48, C0).
fn chord(key: Key, ctrl: bool) -> Chord {
    let key = match key {
        Key::Char('4') if ctrl => Key::Char('\\'),
        Key::Char('5') if ctrl => Key::Char(']'),
        Key::Char('6') if ctrl => Key::Char('^'),
        Key::Char('7') if ctrl => Key::Char('_'),
        Key::Char(c) if ctrl => Key::Char(c.to_lowercase().next().unwrap_or(c)),
        key => key,
    };
    Chord { key, ctrl }
}

/// A pasted text with its lines ended by `\n` and without what a terminal would obey.
fn pasted(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(event: Event) -> String {
        let shown = messages(event).into_iter().map(|message| match message {
            Msg::Key(chord) => chord.to_string(),
            Msg::Paste(text) => format!("paste({text})"),
            Msg::Resize(size) => format!("{}x{}", size.columns, size.rows),
            other => panic!("{other:?} is not typed"),
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_key_is_the_chord_that_a_keymap_names() {
        const NONE: KeyModifiers = KeyModifiers::NONE;
        const SHIFT: KeyModifiers = KeyModifiers::SHIFT;
        const CTRL: KeyModifiers = KeyModifiers::CONTROL;
        const ALT: KeyModifiers = KeyModifiers::ALT;
        let cases = [
            (KeyCode::Char('j'), NONE, "j"),
            (KeyCode::Char('G'), SHIFT, "G"),
            (KeyCode::Char('g'), SHIFT, "G"),
            (KeyCode::Char('?'), SHIFT, "?"),
            (KeyCode::Char('о'), NONE, "о"),
            (KeyCode::Char(' '), NONE, "Space"),
            (KeyCode::Char('d'), CTRL, "Ctrl-d"),
            (KeyCode::Char('D'), CTRL | SHIFT, "Ctrl-d"),
            (KeyCode::Char(' '), CTRL, "Ctrl-Space"),
            (KeyCode::Null, CTRL, "Ctrl-Space"),
            (KeyCode::Char('5'), CTRL, "Ctrl-]"),
            (KeyCode::Char('7'), CTRL, "Ctrl-_"),
            (KeyCode::Char('j'), ALT, "Esc j"),
            (KeyCode::Char('J'), ALT | SHIFT, "Esc J"),
            (KeyCode::Char('x'), ALT | CTRL, "Esc Ctrl-x"),
            (KeyCode::Up, ALT, "Esc Up"),
            (KeyCode::Esc, NONE, "Esc"),
            (KeyCode::Enter, NONE, "Enter"),
            (KeyCode::Tab, NONE, "Tab"),
            (KeyCode::Tab, SHIFT, "S-Tab"),
            (KeyCode::BackTab, SHIFT, "S-Tab"),
            (KeyCode::Backspace, NONE, "Backspace"),
            (KeyCode::Delete, NONE, "Delete"),
            (KeyCode::Left, CTRL, "Ctrl-Left"),
            (KeyCode::Down, SHIFT, "Down"),
            (KeyCode::PageUp, NONE, "PgUp"),
            (KeyCode::PageDown, NONE, "PgDn"),
            (KeyCode::Home, NONE, "Home"),
            (KeyCode::End, NONE, "End"),
            (KeyCode::F(12), NONE, "F12"),
            (KeyCode::CapsLock, NONE, ""),
        ];
        for (code, modifiers, expected) in cases {
            let mut key = KeyEvent::new(code, modifiers);
            assert_eq!(shown(Event::Key(key)), expected, "{code:?} {modifiers:?}");
            key.kind = KeyEventKind::Repeat;
            assert_eq!(shown(Event::Key(key)), expected, "{code:?} held");
            key.kind = KeyEventKind::Release;
            assert_eq!(shown(Event::Key(key)), "", "{code:?} let go");
        }
    }

    #[test]
    fn what_is_not_a_key_is_what_it_is_or_nothing() {
        let cases = [
            (Event::Paste("a\r\nb\rc\u{1b}[31m\td\u{9b}".to_owned()), "paste(a\nb\nc[31m\td)"),
            (Event::Resize(120, 40), "120x40"),
            (Event::Resize(0, 60_000), "1x1000"),
            (Event::FocusGained, ""),
            (Event::FocusLost, ""),
        ];
        for (event, expected) in cases {
            assert_eq!(shown(event.clone()), expected, "{event:?}");
        }
    }
}
