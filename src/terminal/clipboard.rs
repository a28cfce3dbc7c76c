//! Copying to the clipboard of the reader's own machine, wherever that is (OSC 52).
//!
//! The sequence goes through ssh and mosh 1.4; tmux passes it on since 3.3 with `set-clipboard
//! on` or `external` (its default), GNU screen never.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Bytes of text that are copied at most. Of a sequence of 100,000 bytes, where hterm and with it
/// other terminals stop, 7 are the header and 1 the end; the rest is the base64 of so many bytes
/// (hterm, `etc/osc52.sh`).
pub const MAX_COPY: usize = 74_994;

/// What a terminal is told in order to hold `text` on its clipboard: selector `c`, ended by BEL,
/// which more terminals understand than `ESC \`.
///
/// # Errors
/// A sentence for the reader, when the text is longer than [`MAX_COPY`].
pub fn copy_sequence(text: &str) -> Result<String, String> {
    if text.len() > MAX_COPY {
        let size = text.len().div_ceil(1000);
        let cap = MAX_COPY / 1000;
        return Err(format!("not copied: {size} kB, and terminals take at most {cap} kB at once"));
    }
    Ok(format!("\x1b]52;c;{}\x07", STANDARD.encode(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_told_to_the_terminal_in_base64() {
        assert_eq!(copy_sequence("Xi").as_deref(), Ok("\x1b]52;c;WGk=\x07"));
        assert_eq!(copy_sequence("習\n\x1b").as_deref(), Ok("\x1b]52;c;57+SChs=\x07"));
    }

    #[test]
    fn the_longest_text_makes_the_longest_sequence_that_terminals_take() {
        let longest = copy_sequence(&"x".repeat(MAX_COPY)).unwrap();
        assert_eq!(longest.len(), 100_000);
        let refused = copy_sequence(&"x".repeat(MAX_COPY + 1)).unwrap_err();
        assert_eq!(refused, "not copied: 75 kB, and terminals take at most 74 kB at once");
    }
}
