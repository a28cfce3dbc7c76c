//! For screens that show no more than ASCII: what has a plain form is written so.

use ratatui::buffer::Buffer;

use crate::text::{Folding, fold};

/// Letters keep their case and lose their diacritics.
const PLAIN: Folding = Folding { case: false, diacritics: true };

/// Writes typography and Latin letters in ASCII, cell by cell. What has no plain form of the same
/// width (other scripts) stays as it is: a screen that cannot show it shows its own stand-in.
pub(super) fn transliterate(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if cell.symbol().is_ascii() {
            continue;
        }
        let plain = match cell.symbol() {
            "…" => "~".to_owned(),
            "·" => "-".to_owned(),
            "•" => "*".to_owned(),
            symbol => fold(symbol, PLAIN).text().to_owned(),
        };
        if plain.len() == 1 && plain.is_ascii() {
            cell.set_symbol(&plain);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typography_and_latin_letters_become_ascii_and_nothing_moves() {
        let mut buffer = Buffer::with_lines(["“Erdoğan” – 20–22 March… · Зе 习"]);
        transliterate(&mut buffer);
        assert_eq!(buffer, Buffer::with_lines(["\"Erdogan\" - 20-22 March~ - Зе 习"]));
    }
}
