//! Bytes of a file become text: UTF-8, UTF-16 with a byte order mark, else Windows-1252 with a warning.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::diagnostic::{Code, Diagnostic, Source};

/// How a file's bytes were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8 without a byte order mark.
    #[default]
    Utf8,
    /// UTF-8 with a byte order mark.
    Utf8Bom,
    /// UTF-16, little end first, by its byte order mark.
    Utf16Le,
    /// UTF-16, big end first, by its byte order mark.
    Utf16Be,
    /// UTF-8 with a few bytes that are not; they were replaced.
    BrokenUtf8,
    /// Windows-1252 (which holds Latin-1), because the bytes are not UTF-8.
    Windows1252,
}

/// A decoded file.
#[derive(Clone, Debug)]
pub struct Decoded {
    /// The text without its byte order mark. Of a file that is not a text, what could be made of it.
    pub text: String,
    /// How it was read.
    pub encoding: Encoding,
    /// Whether it is a text at all.
    pub is_text: bool,
    /// At most one finding: not UTF-8, or not a text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads bytes as text; never fails. Byte order marks are told apart as the Unicode Standard's
/// table 2-4 has them.
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return from_utf8(rest, Encoding::Utf8Bom);
    }
    let utf16 = match bytes {
        [0xFF, 0xFE, rest @ ..] => Some((UTF_16LE, Encoding::Utf16Le, rest)),
        [0xFE, 0xFF, rest @ ..] => Some((UTF_16BE, Encoding::Utf16Be, rest)),
        _ => None,
    };
    let Some((reader, encoding, rest)) = utf16 else {
        return without_mark(bytes).unwrap_or_else(|| from_utf8(bytes, Encoding::Utf8));
    };
    let (text, broken) = reader.decode_without_bom_handling(rest);
    let mut decoded = checked(text.into_owned(), encoding);
    if broken && decoded.is_text {
        decoded.diagnostics.push(broken_utf16(&decoded.text));
    }
    decoded
}

fn from_utf8(bytes: &[u8], encoding: Encoding) -> Decoded {
    match std::str::from_utf8(bytes) {
        Ok(text) => checked(text.to_owned(), encoding),
        Err(error) if is_mostly_utf8(bytes) => {
            let mut decoded =
                checked(String::from_utf8_lossy(bytes).into_owned(), Encoding::BrokenUtf8);
            if decoded.is_text {
                decoded.diagnostics.push(broken_utf8(&decoded.text, &error));
            }
            decoded
        }
        Err(error) => {
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
            let mut decoded = checked(text.into_owned(), Encoding::Windows1252);
            if decoded.is_text {
                decoded.diagnostics.push(not_utf8(bytes, error.valid_up_to(), &decoded.text));
            }
            decoded
        }
    }
}

/// UTF-16 whose mark is missing: what is NUL lies at every other byte, as in no other text.
fn without_mark(bytes: &[u8]) -> Option<Decoded> {
    let head = bytes.get(..bytes.len().min(1024)).filter(|head| head.contains(&0))?;
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|&&byte| byte == 0).count();
    let (reader, encoding, many) = match (zeros(0), zeros(1)) {
        (0, many) => (UTF_16LE, Encoding::Utf16Le, many),
        (many, 0) => (UTF_16BE, Encoding::Utf16Be, many),
        _ => return None,
    };
    let (text, broken) = reader.decode_without_bom_handling(bytes);
    let is_likely = many * 8 >= head.len() && head.len() >= 8 && !broken && !text.contains('\0');
    is_likely.then(|| {
        let message = "the file is in UTF-16 and does not say so";
        let finding = Diagnostic::new(Code::NOT_UTF8, message)
            .at(Source::new(&text).place(0..0))
            .help("save the file as UTF-8");
        Decoded { text: text.into_owned(), encoding, is_text: true, diagnostics: vec![finding] }
    })
}

/// Whether more characters of several bytes are whole than broken: a Windows-1252 text forms such
/// characters by chance only, and to read a UTF-8 text as that would spoil them all.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken
}

/// Each broken place is one replacement character, and the text before the first is as it was.
fn broken_utf8(text: &str, error: &std::str::Utf8Error) -> Diagnostic {
    let at = error.valid_up_to();
    let message = if error.error_len().is_none() {
        "the file ends in the middle of a character"
    } else {
        "bytes here are not UTF-8, as the rest of the file is"
    };
    Diagnostic::new(Code::NOT_UTF8, message)
        .at(Source::new(text).place(at..at + '\u{FFFD}'.len_utf8()))
        .label("read as ‘\u{FFFD}’")
        .help("write the character anew, and save the file as UTF-8")
}

fn checked(text: String, encoding: Encoding) -> Decoded {
    let nul = memchr::memchr(0, text.as_bytes());
    let diagnostics = nul.map(|at| {
        let place = Source::new(&text).place(at..at + 1);
        Diagnostic::new(Code::NOT_TEXT, "the file holds NUL bytes, so it is not a text")
            .at(place)
            .label("the first is here")
    });
    Decoded {
        text,
        encoding,
        is_text: nul.is_none(),
        diagnostics: diagnostics.into_iter().collect(),
    }
}

/// The bytes before `at` are valid UTF-8, but were read as Windows-1252 like the rest: one
/// character each.
fn not_utf8(bytes: &[u8], at: usize, text: &str) -> Diagnostic {
    let byte = bytes.get(at).copied().unwrap_or_default();
    let Some((start, read)) = text.char_indices().nth(at) else {
        return Diagnostic::new(Code::NOT_UTF8, "the file is not in UTF-8");
    };
    let message = format!("byte 0x{byte:02X} is not UTF-8; the file was read as Windows-1252");
    Diagnostic::new(Code::NOT_UTF8, message)
        .at(Source::new(text).place(start..start + read.len_utf8()))
        .label(format!("read as ‘{read}’"))
        .help("save the file as UTF-8")
}

fn broken_utf16(text: &str) -> Diagnostic {
    let finding = Diagnostic::new(Code::NOT_UTF8, "the file's UTF-16 is broken");
    match text.find('\u{FFFD}') {
        Some(at) => finding
            .at(Source::new(text).place(at..at + '\u{FFFD}'.len_utf8()))
            .label("half a character")
            .help("save the file as UTF-8"),
        None => finding,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        let mark = '\u{FEFF}';
        std::iter::once(mark)
            .chain(text.chars())
            .collect::<String>()
            .encode_utf16()
            .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
            .collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "title: Erdoğan → Київ\r\n";
        let cases = [
            (text.as_bytes().to_vec(), Encoding::Utf8),
            ([b"\xEF\xBB\xBF", text.as_bytes()].concat(), Encoding::Utf8Bom),
            (utf16(text, false), Encoding::Utf16Le),
            (utf16(text, true), Encoding::Utf16Be),
        ];
        for (bytes, encoding) in cases {
            let decoded = decode(&bytes);
            assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding));
            assert!(decoded.diagnostics.is_empty() && decoded.is_text);
        }
    }

    #[test]
    fn windows_1252_names_the_byte_and_what_it_was_read_as() {
        let decoded = decode(b"a: \xE9t\xE9 \x96 x\n");
        assert_eq!(decoded.text, "a: été – x\n");
        assert_eq!(decoded.encoding, Encoding::Windows1252);
        let [finding] = decoded.diagnostics.as_slice() else { panic!("one finding") };
        assert_eq!(finding.code, Code::NOT_UTF8);
        assert!(finding.message.contains("0xE9"));
        assert_eq!(finding.label.as_deref(), Some("read as ‘é’"));
        assert_eq!(finding.place.as_ref().unwrap().start.column, 4);
    }

    #[test]
    fn the_place_is_right_behind_valid_multibyte_text() {
        let decoded = decode(b"\xC4\x8Dx \xE9");
        let place = decoded.diagnostics[0].place.clone().unwrap();
        assert_eq!(&decoded.text[place.span], "é");
    }

    #[test]
    fn nul_bytes_are_no_text_and_half_a_surrogate_is_told() {
        let binary = decode(b"\x7FELF\x02\x00\x00");
        assert!(!binary.is_text);
        assert_eq!(binary.diagnostics[0].code, Code::NOT_TEXT);
        let half = decode(b"\xFF\xFEa\x00\x00\xD8b\x00");
        assert_eq!(half.diagnostics[0].code, Code::NOT_UTF8);
    }

    #[test]
    fn a_broken_character_does_not_spoil_the_others() {
        let cases: [(&[u8], &str, usize); 3] = [
            ("title: Київ".as_bytes(), "title: Киї\u{FFFD}", 13),
            (b"a: \xD0\xB9\xD0\xB9 \xFF x", "a: йй \u{FFFD} x", 8),
            (b"a: \xC3\xA9\xC3\xA9\xE9", "a: éé\u{FFFD}", 7),
        ];
        for (at, (bytes, text, start)) in cases.into_iter().enumerate() {
            let bytes = if at == 0 { &bytes[..bytes.len() - 1] } else { bytes };
            let decoded = decode(bytes);
            assert_eq!((decoded.text.as_str(), decoded.encoding), (text, Encoding::BrokenUtf8));
            let place = decoded.diagnostics[0].place.clone().unwrap();
            assert_eq!((place.span.start, &decoded.text[place.span]), (start, "\u{FFFD}"));
        }
        assert_eq!(decode(b"a \xE9 b \xE9").encoding, Encoding::Windows1252);
    }

    #[test]
    fn utf16_without_its_mark_is_read_and_told() {
        let text = "title: Caf\u{e9} in Geneva\n";
        for (big, encoding) in [(false, Encoding::Utf16Le), (true, Encoding::Utf16Be)] {
            let decoded = decode(&utf16(text, big)[2..]);
            assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding));
            assert_eq!(decoded.diagnostics[0].code, Code::NOT_UTF8);
        }
        assert!(!decode(b"a\0b").is_text && !decode(b"\x7FELF\x02\x01\x01\0\0\0\0\0").is_text);
    }
}
