//! How much was found, in a line.

use std::fmt;

use crate::corpus::Corpus;
use crate::diagnostic::Severity;

/// Findings by severity, and files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    errors: usize,
    warnings: usize,
    notes: usize,
    concerned: usize,
    files: usize,
}

impl Tally {
    /// Counts a corpus' findings.
    pub fn of(corpus: &Corpus) -> Self {
        let mut tally = Self { files: corpus.files.len(), ..Self::default() };
        for file in corpus.files.iter() {
            tally.concerned += usize::from(!file.diagnostics.is_empty());
            for found in &file.diagnostics {
                match found.severity() {
                    Severity::Error => tally.errors += 1,
                    Severity::Warning => tally.warnings += 1,
                    Severity::Note => tally.notes += 1,
                }
            }
        }
        tally
    }

    /// Whether nothing was found.
    pub fn is_empty(self) -> bool {
        self.concerned == 0
    }

    /// Whether anything worse than a note was found.
    pub fn fails(self) -> bool {
        self.errors + self.warnings > 0
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let files = counted(self.files, "file");
        if self.is_empty() {
            return write!(f, "nothing wrong in {files}");
        }
        let found = [(self.errors, "error"), (self.warnings, "warning"), (self.notes, "note")];
        let words: Vec<String> =
            found.into_iter().filter(|(n, _)| *n > 0).map(|(n, word)| counted(n, word)).collect();
        write!(f, "{} in {} of {files}", words.join(", "), self.concerned)
    }
}

fn counted(n: usize, word: &str) -> String {
    if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_put_in_words() {
        let tally = |errors, warnings, notes, concerned, files| Tally {
            errors,
            warnings,
            notes,
            concerned,
            files,
        };
        let cases = [
            (tally(2, 1, 0, 2, 51), "2 errors, 1 warning in 2 of 51 files", true),
            (tally(0, 0, 3, 1, 1), "3 notes in 1 of 1 file", false),
            (tally(0, 0, 0, 0, 51), "nothing wrong in 51 files", false),
        ];
        for (tally, words, fails) in cases {
            assert_eq!((tally.to_string().as_str(), tally.fails()), (words, fails));
        }
    }
}
