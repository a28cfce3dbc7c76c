//! A line that is typed: its text, its cursor, and how keys change it.

use unicode_segmentation::UnicodeSegmentation;

use super::command::Action;
use super::history::View;
use super::layout::PaneId;

/// A line of text with a cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    text: String,
    cursor: usize,
}

/// Longest line that is taken, in bytes: a paste of a whole file is no search.
const MAX_LINE: usize = 1_000;

impl Line {
    /// A line with the cursor at its end.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { cursor: text.len(), text }
    }

    /// What is typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Byte offset of the cursor in the text, on a grapheme boundary.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Types a text; newlines and tabs of a paste become spaces, other controls are left out.
    pub fn insert(&mut self, text: &str) {
        for c in text.chars() {
            let c = if matches!(c, '\n' | '\t') { ' ' } else { c };
            if c.is_control() || self.text.len() + c.len_utf8() > MAX_LINE {
                continue;
            }
            self.text.insert(self.cursor, c);
            self.cursor += c.len_utf8();
        }
    }

    /// Edits the line; `false` where the action is no editing.
    pub fn edit(&mut self, action: Action) -> bool {
        match action {
            Action::CursorLeft => self.cursor = self.before(),
            Action::CursorRight => self.cursor = self.after(),
            Action::CursorStart => self.cursor = 0,
            Action::CursorEnd => self.cursor = self.text.len(),
            Action::EraseLeft => self.erase(self.before()),
            Action::EraseAll => self.erase(0),
            Action::EraseWord => self.erase(self.word_start()),
            Action::EraseRight => {
                let end = self.after();
                self.text.replace_range(self.cursor..end, "");
            }
            _ => return false,
        }
        true
    }

    fn erase(&mut self, from: usize) {
        self.text.replace_range(from..self.cursor, "");
        self.cursor = from;
    }

    fn before(&self) -> usize {
        self.text[..self.cursor].grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        self.cursor + self.text[self.cursor..].graphemes(true).next().map_or(0, str::len)
    }

    fn word_start(&self) -> usize {
        let left = self.text[..self.cursor].trim_end();
        left.rfind(char::is_whitespace)
            .map_or(0, |at| at + left[at..].chars().next().map_or(0, char::len_utf8))
    }
}

/// The prompt of `/`: finds in the text, or filters the rows of another pane, as one types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// The pane that it works in.
    pub pane: PaneId,
    /// What is typed.
    pub line: Line,
    /// What was sought before it opened, put back by `Esc`.
    pub before: String,
    /// What was on the screen before it opened, to come back to.
    pub view: View,
    /// How far back in the list of earlier searches; 0 is the line itself.
    pub recalled: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editing_goes_by_grapheme_and_by_word() {
        let mut line = Line::new("Recep Tayyip Erdog\u{306}an");
        line.edit(Action::CursorLeft);
        line.edit(Action::CursorLeft);
        line.edit(Action::EraseLeft);
        assert_eq!(line.text(), "Recep Tayyip Erdoan");
        line.edit(Action::EraseWord);
        assert_eq!(line.text(), "Recep Tayyip an");
        line.edit(Action::EraseWord);
        line.edit(Action::CursorEnd);
        line.edit(Action::EraseAll);
        assert_eq!(line, Line::default());
        assert!(
            line.edit(Action::EraseLeft)
                && line.edit(Action::EraseRight)
                && line.edit(Action::EraseWord)
        );
        assert!(!line.edit(Action::Down));
    }

    #[test]
    fn a_paste_becomes_one_clean_line_of_bounded_length() {
        let mut line = Line::default();
        line.insert("Xi\n\tin\u{1b}[31m Moscow");
        assert_eq!(line.text(), "Xi  in[31m Moscow");
        line.insert(&"я".repeat(5_000));
        assert!(line.text().len() <= MAX_LINE);
    }
}
