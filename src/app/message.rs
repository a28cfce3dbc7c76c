//! What comes into the state, and what it asks to be done outside.

use std::path::PathBuf;
use std::sync::Arc;

use super::chord::Chord;
use super::layout::Size;
use crate::corpus::Corpus;
use crate::desk::{Change, Shelf};

/// Everything that can happen to a session.
#[derive(Clone, Debug)]
pub enum Msg {
    /// A key was pressed.
    Key(Chord),
    /// A text was pasted (bracketed paste), possibly with newlines.
    Paste(String),
    /// The screen has another size now.
    Resize(Size),
    /// The moment named by `App::deadline` has come.
    Wake,
    /// The program was stopped and goes on: the screen holds somebody else's text.
    Resumed,
    /// The session is to end (SIGTERM, SIGHUP, a dropped line): keep what is to be kept.
    Hangup,
    /// A task is done.
    Done(Done),
}

/// What came of a task.
#[derive(Clone, Debug)]
pub enum Done {
    /// So many of so many files were read.
    Loading {
        /// Files read.
        read: usize,
        /// Files found.
        found: usize,
    },
    /// Others are known now than before: names were looked for again in so many of so many texts.
    Surveying {
        /// Texts looked through.
        looked: usize,
        /// Texts to be looked through.
        of: usize,
    },
    /// What was read so far of a corpus that is being read, the newest files first; after the first
    /// of these it comes surveyed.
    Part(Arc<Corpus>),
    /// The corpus was loaded, at the start or again: since it was asked for, or since something in
    /// it changed. Again it comes surveyed, and nothing on the screen moves but what changed.
    Loaded(Arc<Corpus>),
    /// The corpus that was loaded last, in which more actors are known now: the same briefings.
    Recast(Arc<Corpus>),
    /// The corpus that was given last, of which less is held in memory.
    Repacked(Arc<Corpus>),
    /// What this reader keeps of the corpus; an error message where it cannot be kept.
    Shelf(Shelf, Option<String>),
    /// Changes could not be kept, and why.
    NotKept(String),
    /// The editor has ended; an error message where it could not be started.
    Edited(Option<String>),
    /// What came of opening a link: a sentence for the footer.
    Said(String),
}

/// What the state asks the outside to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// Read the corpus again.
    Load,
    /// Keep these changes.
    Keep(Vec<Change>),
    /// Open the file in the reader's editor at a line (from 1), then report `Done::Edited`.
    Edit {
        /// The file.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
    },
    /// Open an http(s) link in a browser; where there is none, copy it.
    OpenLink(String),
    /// Put a text on the reader's own clipboard.
    Copy(String),
    /// Draw the whole screen afresh.
    Repaint,
    /// Stop the process as Ctrl-Z does.
    Suspend,
    /// End the session.
    Quit,
}
