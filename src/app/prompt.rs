//! A line that is typed: its text, its cursor, and how keys change it.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::command::Action;
use super::history::View;
use super::layout::PaneId;
use super::list::ListCursor;
use crate::corpus::lens::Completion;
use crate::corpus::query::Query;

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

    /// Puts a text in the place of some bytes, which stand on character boundaries, with the cursor
    /// behind it.
    pub fn replace(&mut self, range: Range<usize>, text: &str) {
        if self.text.get(range.clone()).is_some() {
            self.text.replace_range(range.clone(), text);
            self.cursor = range.start + text.len();
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

/// What a prompt asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// Words in the text, or that rows of the entities or the timeline must have.
    Words(PaneId),
    /// Words that rows of the dossier must have.
    Rows,
    /// What the lens is to be; or what is to be added to it.
    Lens {
        /// Whether it is added.
        within: bool,
    },
    /// A date, by which the lens is narrowed.
    Date {
        /// Whether by when briefings were issued, rather than by when things happened.
        issued: bool,
    },
}

/// Why what is typed means nothing yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// Bytes of the line at fault; empty where something is missing.
    pub span: Range<usize>,
    /// What is so, and a way out.
    pub message: String,
}

/// A line at the foot of the screen that acts as one types: the lens, a search, a date.
#[derive(Clone, Debug, PartialEq)]
pub struct Prompt {
    /// What it asks for.
    pub asks: Asks,
    /// What is typed.
    pub line: Line,
    /// What was sought before it opened, put back by `Esc`.
    pub before: String,
    /// What was on the screen before it opened, to come back to.
    pub view: View,
    /// Where the list's cursor was then.
    pub list: ListCursor,
    /// The lens before it opened.
    pub lens: Query,
    /// How far back in the list of earlier searches; 0 is the line itself.
    pub recalled: usize,
    /// What could stand where the cursor is, best first.
    pub completions: Vec<Completion>,
    /// Which of them was filled in last, while nothing else was typed.
    pub completed: Option<usize>,
    /// What is wrong with what is typed; then the last good lens holds.
    pub slip: Option<Slip>,
    /// Whether the lens as typed finds nothing; then the last one that finds something holds.
    pub finds_nothing: bool,
    /// The text whose lens is looked through.
    pub shown: Option<String>,
    /// What it comes to, such as the days that a date took.
    pub outcome: String,
}

impl Prompt {
    /// A prompt over what is on the screen.
    #[must_use]
    pub fn new(
        asks: Asks,
        line: Line,
        before: String,
        view: View,
        list: ListCursor,
        lens: Query,
    ) -> Self {
        Self {
            asks,
            line,
            before,
            view,
            list,
            lens,
            recalled: 0,
            completions: Vec::new(),
            completed: None,
            slip: None,
            finds_nothing: false,
            shown: None,
            outcome: String::new(),
        }
    }
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
