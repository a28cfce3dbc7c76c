//! A key with its modifiers, as every door of the program delivers it, and how it is written.

use std::fmt;
use std::str::FromStr;

/// A key without modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// A character as typed: upper case says that shift was held.
    Char(char),
    /// Return.
    Enter,
    /// Escape.
    Esc,
    /// Tab, which is also what `Ctrl-i` sends on a classic terminal.
    Tab,
    /// Shift and Tab.
    BackTab,
    /// Deletes to the left.
    Backspace,
    /// Deletes to the right.
    Delete,
    /// Insert.
    Insert,
    /// Arrow.
    Up,
    /// Arrow.
    Down,
    /// Arrow.
    Left,
    /// Arrow.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Function key, from 1.
    F(u8),
}

/// A key and whether Control was held. Alt is never used: over SSH it is Esc and a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Chord {
    /// The key.
    pub key: Key,
    /// Whether Control was held.
    pub ctrl: bool,
}

/// The names of keys that are not characters, as written in a keymap.
const NAMES: &[(&str, Key)] = &[
    ("Enter", Key::Enter),
    ("Esc", Key::Esc),
    ("Tab", Key::Tab),
    ("S-Tab", Key::BackTab),
    ("Space", Key::Char(' ')),
    ("Backspace", Key::Backspace),
    ("Delete", Key::Delete),
    ("Insert", Key::Insert),
    ("Up", Key::Up),
    ("Down", Key::Down),
    ("Left", Key::Left),
    ("Right", Key::Right),
    ("Home", Key::Home),
    ("End", Key::End),
    ("PgUp", Key::PageUp),
    ("PgDn", Key::PageDown),
];

impl Chord {
    /// A key alone.
    #[must_use]
    pub const fn of(key: Key) -> Self {
        Self { key, ctrl: false }
    }

    /// A character alone.
    #[must_use]
    pub const fn char(c: char) -> Self {
        Self::of(Key::Char(c))
    }

    /// A character with Control.
    #[must_use]
    pub const fn ctrl(c: char) -> Self {
        Self { key: Key::Char(c), ctrl: true }
    }

    /// The character that this chord types, if it types one.
    #[must_use]
    pub fn typed(self) -> Option<char> {
        match self {
            Self { key: Key::Char(c), ctrl: false } if !c.is_control() => Some(c),
            _ => None,
        }
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if let Some((name, _)) = NAMES.iter().find(|(_, key)| *key == self.key) {
            return f.write_str(name);
        }
        match self.key {
            Key::Char(c) => write!(f, "{c}"),
            Key::F(n) => write!(f, "F{n}"),
            other => write!(f, "{other:?}"),
        }
    }
}

impl FromStr for Chord {
    type Err = String;

    /// Reads `j`, `G`, `Ctrl-d`, `PgDn`, `F1`, `Space`; names whatever the case.
    fn from_str(text: &str) -> Result<Self, String> {
        let (ctrl, rest) = match text.strip_prefix("Ctrl-").or_else(|| text.strip_prefix("C-")) {
            Some(rest) if !rest.is_empty() => (true, rest),
            _ => (false, text),
        };
        let mut chars = rest.chars();
        if let (Some(c), None) = (chars.next(), chars.next()) {
            if c.is_control() || c == ' ' {
                return Err(format!(
                    "`{}` is not written so: write `Space`, `Tab`",
                    c.escape_debug()
                ));
            }
            let c = if ctrl { c.to_ascii_lowercase() } else { c };
            return Ok(Self { key: Key::Char(c), ctrl });
        }
        if let Some((_, key)) = NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(rest)) {
            return Ok(Self { key: *key, ctrl });
        }
        if let Some(n) =
            rest.strip_prefix('F').and_then(|n| n.parse().ok()).filter(|n| (1..=24).contains(n))
        {
            return Ok(Self { key: Key::F(n), ctrl });
        }
        Err(format!(
            "`{rest}` is no key: write a character, `Ctrl-d`, `F1`, or one of Enter, Esc, Tab, S-Tab, Space, Backspace, Delete, Insert, Up, Down, Left, Right, Home, End, PgUp, PgDn"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chord_is_read_as_it_is_written() {
        for text in [
            "j",
            "G",
            "Ctrl-d",
            "Space",
            "S-Tab",
            "PgDn",
            "F1",
            "-",
            "Ctrl-l",
            "о",
            "/",
            "Ctrl-Left",
        ] {
            let chord: Chord = text.parse().unwrap_or_else(|e| panic!("{text}: {e}"));
            assert_eq!(chord.to_string(), text);
        }
        for text in ["", "Hyper-x", "F99", " ", "jj"] {
            assert!(text.parse::<Chord>().is_err(), "{text:?} is no chord");
        }
    }

    #[test]
    fn only_a_plain_character_types_one() {
        assert_eq!(Chord::char('я').typed(), Some('я'));
        assert_eq!(Chord::ctrl('a').typed(), None);
        assert_eq!(Chord::of(Key::Enter).typed(), None);
    }
}
