//! Which key an escape sequence stands for: the tables of xterm, rxvt, the Linux console and the
//! `CSI u` forms (fixterms, kitty).

use crate::app::chord::{Chord, Key};

/// A key as a terminal reports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Press {
    /// Alt was held: it counts as Esc before the key.
    pub(super) alt: bool,
    pub(super) chord: Chord,
}

impl Press {
    fn plain(key: Key) -> Self {
        Self { alt: false, chord: Chord::of(key) }
    }

    /// `modifiers` is 1 and a sum: 1 Shift, 2 Alt, 4 Control (xterm's ctlseqs, "PC-Style Function Keys").
    fn modified(key: Key, modifiers: u32) -> Self {
        let held = modifiers.saturating_sub(1);
        let shift = held & 1 != 0;
        let key = match key {
            Key::Tab if shift => Key::BackTab,
            Key::Char(c) if shift => Key::Char(c.to_uppercase().next().unwrap_or(c)),
            key => key,
        };
        Self { alt: held & 2 != 0, chord: held_with(key, held & 4 != 0) }
    }
}

/// Control and a letter say the same whether shift was held or not.
fn held_with(key: Key, ctrl: bool) -> Chord {
    let key = match key {
        Key::Char(c) if ctrl => Key::Char(c.to_lowercase().next().unwrap_or(c)),
        key => key,
    };
    Chord { key, ctrl }
}

/// A character or a control byte as it is typed. `^H` is Backspace: there are terminals whose
/// Backspace sends it, and none on which Ctrl-h can be told from it.
pub(super) fn of_char(c: char) -> Chord {
    match c {
        '\r' => Chord::of(Key::Enter),
        '\t' => Chord::of(Key::Tab),
        '\x08' | '\x7f' => Chord::of(Key::Backspace),
        '\x1b' => Chord::of(Key::Esc),
        '\0' => Chord::ctrl(' '),
        '\x01'..='\x1f' => {
            let c = char::from(u8::try_from(c).unwrap_or_default() | 0x40);
            held_with(Key::Char(c), true)
        }
        c => Chord::char(c),
    }
}

/// `ESC O` and a letter (SS3): what arrows send in application mode, F1 to F4, the keypad.
pub(super) fn of_ss3(last: u8) -> Option<Press> {
    match last {
        b'M' => Some(Press::plain(Key::Enter)),
        b'A'..=b'D' | b'F' | b'H' | b'P'..=b'S' => letter(last).map(Press::plain),
        _ => None,
    }
}

/// `ESC [ [` and a letter: F1 to F5 on the Linux console.
pub(super) fn of_console(last: u8) -> Option<Press> {
    matches!(last, b'A'..=b'E').then(|| Press::plain(Key::F(last - b'A' + 1)))
}

/// A control sequence of a key: its parameters (between `ESC [` and the last byte) and its last
/// byte. `None` for what is no key: releases, reports, replies, mouse.
pub(super) fn of_csi(parameters: &str, last: u8) -> Option<Press> {
    let mut numbers = parameters.split(';');
    let first = number(numbers.next().unwrap_or_default())?;
    let mut second = numbers.next().unwrap_or_default().split(':');
    let modifiers = number(second.next().unwrap_or_default())?;
    if second.next() == Some("3") {
        return None;
    }
    match last {
        b'~' if first == 27 => of_code(number(numbers.next()?)?, modifiers),
        b'~' => tilde(first).map(|key| Press::modified(key, modifiers)),
        b'^' => tilde(first).map(|key| Press::modified(key, 5)),
        b'u' => of_code(first, modifiers),
        b'Z' => Some(Press::plain(Key::BackTab)),
        // With other first numbers these are reports, as of the cursor's place.
        _ if first <= 1 => letter(last).map(|key| Press::modified(key, modifiers)),
        _ => None,
    }
}

/// The first of the numbers parted by colons; 0 where there is none; `None` for what is no number.
fn number(text: &str) -> Option<u32> {
    let text = text.split(':').next().unwrap_or_default();
    if text.is_empty() { Some(0) } else { text.parse().ok() }
}

fn letter(last: u8) -> Option<Key> {
    Some(match last {
        b'A' => Key::Up,
        b'B' => Key::Down,
        b'C' => Key::Right,
        b'D' => Key::Left,
        b'F' => Key::End,
        b'H' => Key::Home,
        b'P'..=b'S' => Key::F(last - b'P' + 1),
        _ => return None,
    })
}

fn tilde(number: u32) -> Option<Key> {
    let f = |first: u32, key: u32| u8::try_from(number - first + key).ok().map(Key::F);
    match number {
        1 | 7 => Some(Key::Home),
        2 => Some(Key::Insert),
        3 => Some(Key::Delete),
        4 | 8 => Some(Key::End),
        5 => Some(Key::PageUp),
        6 => Some(Key::PageDown),
        11..=15 => f(11, 1),
        17..=21 => f(17, 6),
        23..=26 => f(23, 11),
        28..=29 => f(28, 15),
        31..=34 => f(31, 17),
        _ => None,
    }
}

/// A key by its code point, as in `CSI u`.
fn of_code(code: u32, modifiers: u32) -> Option<Press> {
    // From 57344 on kitty numbers keys that have no character.
    let c = char::from_u32(code).filter(|c| !('\u{e000}'..='\u{f8ff}').contains(c))?;
    let chord = of_char(c);
    // A control character here names its key, not Control and a letter.
    if chord.ctrl { None } else { Some(Press::modified(chord.key, modifiers)) }
}
