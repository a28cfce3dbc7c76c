//! Problems found in the files: every diagnostic of the corpus, worst first.

use std::cmp::Reverse;

use crate::app::list::{ListCursor, Motion};
use crate::corpus::{Corpus, CorpusFile, FileId};
use crate::diagnostic::Diagnostic;

/// State of the list of problems.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    /// Which diagnostics, as file and index into its diagnostics.
    pub rows: Vec<(FileId, usize)>,
    /// Cursor over `rows`.
    pub cursor: ListCursor,
}

impl Problems {
    /// All problems of a corpus: errors before warnings before notes, then by file and place.
    #[must_use]
    pub fn of(corpus: &Corpus) -> Self {
        let rows = corpus.files.marked().flat_map(|(file, found)| {
            let file = FileId(u32::try_from(file).unwrap_or(u32::MAX));
            (0..found.diagnostics.len()).map(move |at| (file, at))
        });
        let mut rows: Vec<(FileId, usize)> = rows.collect();
        rows.sort_by_key(|(file, at)| {
            let severity = corpus
                .file(*file)
                .and_then(|file| file.diagnostics.get(*at))
                .map(Diagnostic::severity);
            (Reverse(severity), *file, *at)
        });
        Self { rows, cursor: ListCursor::default() }
    }

    /// The problem under the cursor, with its file.
    #[must_use]
    pub fn under_cursor<'a>(
        &self,
        corpus: &'a Corpus,
    ) -> Option<(FileId, &'a CorpusFile, &'a Diagnostic)> {
        let (id, at) = *self.rows.get(self.cursor.at)?;
        let file = corpus.file(id)?;
        Some((id, file, file.diagnostics.get(at)?))
    }

    /// Moves the cursor.
    pub fn go(&mut self, motion: Motion, height: usize) {
        self.cursor.go(motion, self.rows.len(), |_| true);
        self.cursor.keep_in_view(self.rows.len(), height, |_| true);
    }
}
