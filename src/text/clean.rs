//! Nothing that a terminal would obey leaves here: control characters and what reorders or hides
//! text become visible stand-ins, or nothing where they only ever were invisible hints.

use std::borrow::Cow;

/// Pictures of the C0 controls U+0000–U+001F, by code (the Unicode block Control Pictures).
const C0: [&str; 32] = [
    "␀", "␁", "␂", "␃", "␄", "␅", "␆", "␇", "␈", "␉", "␊", "␋", "␌", "␍", "␎", "␏", "␐", "␑", "␒",
    "␓", "␔", "␕", "␖", "␗", "␘", "␙", "␚", "␛", "␜", "␝", "␞", "␟",
];

/// The C1 controls U+0080–U+009F, by code, as the escape sequence that ECMA-48 §5.3 gives for the
/// same function in seven bits: U+009B, which begins a control sequence, is `ESC [`.
const C1: [&str; 32] = [
    "␛@", "␛A", "␛B", "␛C", "␛D", "␛E", "␛F", "␛G", "␛H", "␛I", "␛J", "␛K", "␛L", "␛M", "␛N", "␛O",
    "␛P", "␛Q", "␛R", "␛S", "␛T", "␛U", "␛V", "␛W", "␛X", "␛Y", "␛Z", "␛[", "␛\\", "␛]", "␛^",
    "␛_",
];

/// What stands for a character that is none (a noncharacter) or that nobody should meet.
const NO_CHARACTER: &str = "\u{FFFD}";

/// The visible stand-in of a character that must not reach a terminal; `None` for all others.
///
/// | characters | shown as |
/// | --- | --- |
/// | C0, DEL | their control picture: `␛`, `␀`, `␇`, `␡` |
/// | C1 | the same function in seven bits: U+009B as `␛[` |
/// | embeddings, overrides, isolates (U+202A–E, U+2066–9) | `⇒` to the right, `⇐` to the left, `⇔` by first strong, `⇑` the two that end one |
/// | line and paragraph separator | `␤`, `¶` |
/// | direction marks, zero width space, word joiner, byte order mark, soft hyphen, other invisible format characters, tags | nothing (`""`) |
/// | noncharacters, reserved invisible ones, interlinear annotation | `�` |
///
/// Direction marks are harmless in right-to-left text, but can move a frame, and say nothing in a
/// text that is painted in logical order. The joiners ZWJ and ZWNJ, variation selectors and
/// combining marks are no business of this function: [`cells`](crate::text::cells()) keeps
/// them in their grapheme. An unassigned character passes: it may be tomorrow's emoji.
///
/// No stand-in is wider than two columns.
#[must_use]
pub fn visible(c: char) -> Option<&'static str> {
    let code = u32::from(c);
    match code {
        0x20..=0x7E | 0xA0..=0xAC | 0xAE..=0x061B => None,
        0x00..=0x1F => C0.get(code as usize).copied(),
        0x7F => Some("␡"),
        0x80..=0x9F => C1.get((code - 0x80) as usize).copied(),
        0x202A | 0x202D | 0x2066 => Some("⇒"),
        0x202B | 0x202E | 0x2067 => Some("⇐"),
        0x2068 => Some("⇔"),
        0x202C | 0x2069 => Some("⇑"),
        0x2028 => Some("␤"),
        0x2029 => Some("¶"),
        0xAD
        | 0x061C
        | 0x180E
        | 0x200B
        | 0x200E
        | 0x200F
        | 0x2060..=0x2064
        | 0x206A..=0x206F
        | 0xFEFF
        | 0x1_BCA0..=0x1_BCA3
        | 0x1_D173..=0x1_D17A
        | 0xE_0020..=0xE_007F => Some(""),
        0x2065
        | 0xFDD0..=0xFDEF
        | 0xFFF0..=0xFFFB
        | 0xE_0000..=0xE_001F
        | 0xE_0080..=0xE_00FF
        | 0xE_01F0..=0xE_0FFF => Some(NO_CHARACTER),
        _ if code & 0xFFFE == 0xFFFE => Some(NO_CHARACTER),
        _ => None,
    }
}

/// The text for a place of one line (a title, a name, a message): each newline (`\r\n` is one) and
/// each tab is a space, all else as [`visible`] shows it. Borrowed when there is nothing to do.
#[must_use]
pub fn clean_line(text: &str) -> Cow<'_, str> {
    clean(text, |c| matches!(c, '\n' | '\t').then_some(" "))
}

/// The text for several lines on a terminal's standard output: newlines and tabs stay, `\r\n`
/// becomes `\n`, all else as [`visible`] shows it. Borrowed when there is nothing to do.
#[must_use]
pub fn clean_text(text: &str) -> Cow<'_, str> {
    clean(text, |c| match c {
        '\n' => Some("\n"),
        '\t' => Some("\t"),
        _ => None,
    })
}

fn clean(text: &str, own: impl Fn(char) -> Option<&'static str>) -> Cow<'_, str> {
    let shown = |c: char| own(c).or_else(|| visible(c));
    let is_kept = |c: char| shown(c).is_none_or(|stand_in| stand_in.chars().eq([c]));
    let Some((dirty, _)) = text.char_indices().find(|&(_, c)| !is_kept(c)) else {
        return Cow::Borrowed(text);
    };
    let (kept, rest) = text.split_at(dirty);
    let mut out = String::with_capacity(text.len() + 16);
    out.push_str(kept);
    let mut chars = rest.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\r' && chars.peek() == Some(&'\n') {
            continue;
        }
        match shown(c) {
            Some(stand_in) => out.push_str(stand_in),
            None => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Whether a terminal would obey or a reordering start at this character: what no text that has
/// been through this room may hold.
#[cfg(test)]
pub(crate) fn is_obeyed(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}')
        || matches!(c, '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn stand_ins() {
        for (text, line) in [
            ("", ""),
            ("plain, ‘quoted’ – 習近平", "plain, ‘quoted’ – 習近平"),
            ("\u{1b}[31mred\u{1b}]0;t\u{7}", "␛[31mred␛]0;t␇"),
            ("a\0b\u{7f}\u{8}", "a␀b␡␈"),
            ("\u{9b}2J\u{80}\u{9f}", "␛[2J␛@␛_"),
            ("one\ntwo\r\nthree\rfour\tfive", "one two three␍four five"),
            ("\u{202e}cba\u{202c}\u{2066}x\u{2069}\u{2068}", "⇐cba⇑⇒x⇑⇔"),
            ("\u{feff}zero\u{200b}width\u{ad}\u{2060}\u{200f}", "zerowidth"),
            ("a\u{2028}b\u{2029}", "a␤b¶"),
            ("\u{fffe}\u{10ffff}\u{fdd0}\u{fff9}", "����"),
            ("می\u{200c}خواهم 👨\u{200d}👩 e\u{301}", "می\u{200c}خواهم 👨\u{200d}👩 e\u{301}"),
        ] {
            assert_eq!(clean_line(text), line, "{text:?}");
        }
    }

    #[test]
    fn lines_stay_in_text() {
        assert_eq!(clean_text("a\tb\r\nc\n\u{1b}c\rd"), "a\tb\nc\n␛c␍d");
        assert!(matches!(clean_text("a\tb\nc"), Cow::Borrowed(_)));
        assert!(matches!(clean_line("Xi’s visit"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn nothing_obeyed_leaves(text in any::<String>(), odd in "[\\x00-\\x9f\u{200b}-\u{206f}]{0,20}") {
            let text = text + &odd;
            prop_assert!(!clean_line(&text).chars().any(is_obeyed));
            let left = clean_text(&text);
            prop_assert!(!left.chars().any(|c| is_obeyed(c) && !matches!(c, '\n' | '\t')));
            let line = clean_line(&text);
            prop_assert_eq!(clean_line(&line), line.as_ref());
        }
    }
}
