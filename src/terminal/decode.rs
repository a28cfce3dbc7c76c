//! Bytes that a terminal sends into messages: keys and pastes. What is no key (reports, replies,
//! mouse) is swallowed, so that nothing a terminal says by itself is taken for typing.
//!
//! One decoder for every door. It does no I/O: whoever reads the bytes says when it has become
//! quiet, for only time tells a pressed Esc from the beginning of an arrow. (crossterm's reader
//! was weighed: it spins for ever on a terminal that has hung up, and blocks inside a sequence
//! that was cut, so it can be neither paused nor ended.)

use super::keys::{self, Press};
use crate::app::Msg;
use crate::app::chord::{Chord, Key};

/// Bytes of a paste that are kept: more is no search term.
const MAX_PASTE: usize = 1 << 20;
/// Bytes of a control sequence or a reply; a longer one is none.
const MAX_SEQUENCE: usize = 4096;
const ESC: u8 = 0x1b;
const PASTE_END: &[u8] = b"\x1b[201~";

/// Where in a sequence the bytes have ended so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Ground,
    /// In a character of several bytes.
    Utf8,
    /// After `ESC`.
    Escape,
    /// After `ESC O`.
    Ss3,
    /// After `ESC [`.
    Csi,
    /// After `ESC [ [`.
    Console,
    /// After `ESC ]`, `ESC P` or `ESC _`: in what may be a reply.
    Reply,
    /// Between the brackets of a paste.
    Paste,
}

/// Decodes the input of one terminal.
#[derive(Debug, Default)]
pub struct Decoder {
    state: State,
    /// The bytes since the beginning of what is not yet complete.
    held: Vec<u8>,
}

impl Decoder {
    /// Decodes what has come, however it was cut.
    pub fn feed(&mut self, bytes: &[u8], out: &mut Vec<Msg>) {
        for byte in bytes {
            self.step(*byte, out);
        }
    }

    /// Whether what came last means something else when nothing follows: call [`Self::settle`]
    /// when nothing has come for some 20 ms.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        match self.state {
            State::Escape | State::Ss3 | State::Console | State::Reply => true,
            State::Csi => self.held.len() == 2,
            State::Ground | State::Utf8 | State::Paste => false,
        }
    }

    /// Nothing follows: what looked like the beginning of a sequence was typed.
    pub fn settle(&mut self, out: &mut Vec<Msg>) {
        if self.is_waiting() {
            self.was_typed(out);
        }
    }

    fn step(&mut self, byte: u8, out: &mut Vec<Msg>) {
        match self.state {
            State::Ground => self.begin(byte, out),
            State::Utf8 => self.character(byte, out),
            State::Escape => self.escape(byte, out),
            State::Ss3 => self.finish(byte, keys::of_ss3(byte), out),
            State::Console => self.finish(byte, keys::of_console(byte), out),
            State::Csi => self.csi(byte, out),
            State::Reply => self.reply(byte, out),
            State::Paste => self.paste(byte, out),
        }
    }

    fn go(&mut self, state: State, byte: u8) {
        self.state = state;
        self.held.push(byte);
    }

    fn reset(&mut self) {
        self.state = State::Ground;
        self.held.clear();
    }

    fn begin(&mut self, byte: u8, out: &mut Vec<Msg>) {
        match byte {
            ESC => self.go(State::Escape, byte),
            0..0x80 => key(keys::of_char(byte.into()), out),
            // The first bytes that UTF-8 can have (RFC 3629); others say nothing.
            0xc2..=0xf4 => self.go(State::Utf8, byte),
            _ => {}
        }
    }

    fn character(&mut self, byte: u8, out: &mut Vec<Msg>) {
        if !(0x80..0xc0).contains(&byte) {
            self.reset();
            return self.begin(byte, out);
        }
        self.held.push(byte);
        match std::str::from_utf8(&self.held) {
            Ok(text) => {
                // C1 controls are no characters that a key types.
                if let Some(c) = text.chars().find(|c| !c.is_control()) {
                    key(Chord::char(c), out);
                }
                self.reset();
            }
            Err(error) if error.error_len().is_some() => self.reset(),
            Err(_) => {}
        }
    }

    fn escape(&mut self, byte: u8, out: &mut Vec<Msg>) {
        match byte {
            b'[' => self.go(State::Csi, byte),
            b'O' => self.go(State::Ss3, byte),
            b']' | b'P' | b'_' => self.go(State::Reply, byte),
            // Alt and a key, or Esc and a key: over a line nothing tells them apart.
            _ => {
                self.reset();
                key(Chord::of(Key::Esc), out);
                self.begin(byte, out);
            }
        }
    }

    /// The byte ends a sequence that is a key, or shows that there was none.
    fn finish(&mut self, byte: u8, press: Option<Press>, out: &mut Vec<Msg>) {
        if let Some(press) = press {
            self.reset();
            return pressed(press, out);
        }
        self.was_typed(out);
        self.step(byte, out);
    }

    fn csi(&mut self, byte: u8, out: &mut Vec<Msg>) {
        let bare = self.held.len() == 2;
        match byte {
            b'[' if bare => self.go(State::Console, byte),
            0x20..0x40 if self.held.len() < MAX_SEQUENCE => self.held.push(byte),
            0x40..0x7f => {
                let parameters = std::str::from_utf8(&self.held[2..]).unwrap_or_default();
                let press = keys::of_csi(parameters, byte);
                let paste = parameters == "200" && byte == b'~';
                // Focus reports are the only ones without parameters.
                let swallowed = !bare || matches!(byte, b'I' | b'O');
                if press.is_none() && !swallowed {
                    return self.finish(byte, None, out);
                }
                self.reset();
                if let Some(press) = press {
                    pressed(press, out);
                }
                if paste {
                    self.state = State::Paste;
                }
            }
            _ if bare => self.finish(byte, None, out),
            _ => {
                self.reset();
                self.begin(byte, out);
            }
        }
    }

    /// A reply begins as replies do: `ESC ] 11;`, `ESC P >|`, `ESC P 1+r`, `ESC _ G`. Anything
    /// else was typed, and it ends with BEL or `ESC \`.
    fn reply(&mut self, byte: u8, out: &mut Vec<Msg>) {
        let begins = match self.held.get(1) {
            Some(b'_') => byte == b'G',
            Some(b'P') => byte.is_ascii_digit() || b"!+>|=$?".contains(&byte),
            _ => byte.is_ascii_digit(),
        };
        if self.held.len() == 2 && !begins {
            return self.finish(byte, None, out);
        }
        let ended = byte == 0x07 || (byte == b'\\' && self.held.last() == Some(&ESC));
        if ended || self.held.len() >= MAX_SEQUENCE {
            self.reset();
        } else {
            self.held.push(byte);
        }
    }

    fn paste(&mut self, byte: u8, out: &mut Vec<Msg>) {
        self.held.push(byte);
        if self.held.ends_with(PASTE_END) {
            self.held.truncate(self.held.len() - PASTE_END.len());
            out.push(Msg::Paste(pasted(&self.held)));
            self.reset();
        } else if self.held.len() >= MAX_PASTE + PASTE_END.len() {
            // The tail may be the beginning of the end.
            self.held.remove(MAX_PASTE - 1);
        }
    }

    /// What is held was typed, unless it is the body of a reply.
    fn was_typed(&mut self, out: &mut Vec<Msg>) {
        let held = std::mem::take(&mut self.held);
        self.state = State::Ground;
        let typed = if held.len() > 3 { &[] } else { held.as_slice() };
        for byte in typed {
            key(keys::of_char((*byte).into()), out);
        }
    }
}

fn key(chord: Chord, out: &mut Vec<Msg>) {
    out.push(Msg::Key(chord));
}

fn pressed(press: Press, out: &mut Vec<Msg>) {
    if press.alt {
        key(Chord::of(Key::Esc), out);
    }
    key(press.chord, out);
}

/// A pasted text with its lines ended by `\n` and without what a terminal would obey.
fn pasted(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(messages: &[Msg]) -> String {
        let shown = messages.iter().map(|message| match message {
            Msg::Key(chord) => chord.to_string(),
            Msg::Paste(text) => format!("paste({text})"),
            other => panic!("{other:?} is not typed"),
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    /// All at once, then quiet.
    fn decoded(bytes: &[u8]) -> String {
        let (mut decoder, mut out) = (Decoder::default(), Vec::new());
        decoder.feed(bytes, &mut out);
        decoder.settle(&mut out);
        shown(&out)
    }

    const CASES: &[(&str, &str)] = &[
        ("j", "j"),
        ("G", "G"),
        (" ", "Space"),
        ("о习ü", "о 习 ü"),
        ("\r", "Enter"),
        ("\n", "Ctrl-j"),
        ("\t", "Tab"),
        ("\x7f", "Backspace"),
        ("\x08", "Backspace"),
        ("\x04", "Ctrl-d"),
        ("\x00", "Ctrl-Space"),
        ("\x1d", "Ctrl-]"),
        ("\x1f", "Ctrl-_"),
        ("\x1b", "Esc"),
        ("\x1b\x1b", "Esc Esc"),
        ("\x1bj", "Esc j"),
        ("\x1bя", "Esc я"),
        ("\x1b\r", "Esc Enter"),
        ("\x1b[", "Esc ["),
        ("\x1bO", "Esc O"),
        ("\x1b]", "Esc ]"),
        ("\x1b]jj", "Esc ] j j"),
        ("\x1bPj", "Esc P j"),
        ("\x1b_", "Esc _"),
        ("\x1b[j", "Esc [ j"),
        ("\x1b[\x1b[A", "Esc [ Up"),
        ("\x1bOj", "Esc O j"),
        ("\x1b[A\x1b[B\x1b[C\x1b[D", "Up Down Right Left"),
        ("\x1bOA\x1bOB\x1bOH\x1bOF", "Up Down Home End"),
        ("\x1b\x1b[A", "Esc Up"),
        ("\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[7~\x1b[8~", "Home End Home End Home End"),
        ("\x1b[2~\x1b[3~\x1b[5~\x1b[6~", "Insert Delete PgUp PgDn"),
        ("\x1bOP\x1b[[B\x1b[13~\x1b[15~\x1b[17~\x1b[24~", "F1 F2 F3 F5 F6 F12"),
        ("\x1b[1;5C\x1b[1;2A\x1b[1;3D", "Ctrl-Right Up Esc Left"),
        ("\x1b[5;5~\x1b[5^", "Ctrl-PgUp Ctrl-PgUp"),
        ("\x1b[Z\x1b[9;2u\x1b[27;2;9~", "S-Tab S-Tab S-Tab"),
        ("\x1b[27u\x1b[13u\x1b[127u\x1b[32;5u", "Esc Enter Backspace Ctrl-Space"),
        ("\x1b[100;5u\x1b[68;6u\x1b[106;3u\x1b[103;2u", "Ctrl-d Ctrl-d Esc j G"),
        ("\x1b[106;1:3u\x1b[106;1:2u", "j"),
        ("\x1b[57441u", ""),
        ("\x1b[I\x1b[O", ""),
        ("\x1b[<0;10;5M\x1b[<0;10;5m", ""),
        ("\x1b[12;40R\x1b[?1;2c\x1b[>0;276;0c\x1b[?2026;2$y", ""),
        ("\x1b]11;rgb:0000/0000/0000\x07j\x1b]11;rgb:ffff/ffff/ffff\x1b\\k", "j k"),
        ("\x1bP>|xterm(390)\x1b\\j\x1b_Gi=1;OK\x1b\\k", "j k"),
        ("\x1b[200~a\r\nb\rc\x1b[31m\td\x1b[201~j", "paste(a\nb\nc[31m\td) j"),
        ("\x1b[200~\x1b[201~", "paste()"),
        ("\u{85}j", "j"),
    ];

    #[test]
    fn what_a_terminal_sends_becomes_the_key_that_was_pressed() {
        for (bytes, expected) in CASES {
            assert_eq!(decoded(bytes.as_bytes()), *expected, "{bytes:?}");
        }
        assert_eq!(decoded(b"\xff\xc3j\xe4\xb8k\xed\xa0\x80l"), "j k l", "not UTF-8");
    }

    #[test]
    fn a_cut_anywhere_changes_nothing() {
        for (bytes, expected) in CASES {
            for cut in 0..=bytes.len() {
                let (mut decoder, mut out) = (Decoder::default(), Vec::new());
                let (left, right) = bytes.as_bytes().split_at(cut);
                decoder.feed(left, &mut out);
                decoder.feed(right, &mut out);
                decoder.settle(&mut out);
                assert_eq!(shown(&out), *expected, "{bytes:?} cut at {cut}");
            }
        }
    }

    #[test]
    fn a_lone_esc_waits_only_until_it_is_quiet() {
        let (mut decoder, mut out) = (Decoder::default(), Vec::new());
        decoder.feed(b"j", &mut out);
        assert!(!decoder.is_waiting());
        decoder.feed(b"\x1b", &mut out);
        assert!(decoder.is_waiting());
        decoder.settle(&mut out);
        assert_eq!(shown(&out), "j Esc");
        assert!(!decoder.is_waiting());
    }

    #[test]
    fn an_arrow_that_was_cut_by_a_slow_line_types_nothing_else() {
        let (mut decoder, mut out) = (Decoder::default(), Vec::new());
        decoder.feed(b"\x1b[1", &mut out);
        decoder.settle(&mut out);
        decoder.feed(b";5A", &mut out);
        assert_eq!(shown(&out), "Ctrl-Up");
    }

    #[test]
    fn a_paste_without_end_takes_bounded_room() {
        let (mut decoder, mut out) = (Decoder::default(), Vec::new());
        decoder.feed(b"\x1b[200~", &mut out);
        decoder.held = vec![b'x'; MAX_PASTE + 5];
        decoder.feed(b"more and more\x1b[201~j", &mut out);
        let [Msg::Paste(text), Msg::Key(_)] = out.as_slice() else { panic!("{}", out.len()) };
        assert_eq!(text.len(), MAX_PASTE);
    }

    proptest! {
        #[test]
        fn any_bytes_decode_and_a_key_is_heard_again_afterwards(
            bytes in prop::collection::vec(any::<u8>(), 0..64)
        ) {
            let (mut decoder, mut out) = (Decoder::default(), Vec::new());
            decoder.feed(&bytes, &mut out);
            // Ends whatever may have begun: a paste, a reply, a sequence.
            decoder.feed(b"\x1b[201~\x1b\\", &mut out);
            decoder.settle(&mut out);
            out.clear();
            decoder.feed(b"j", &mut out);
            prop_assert_eq!(shown(&out), "j");
        }
    }
}
