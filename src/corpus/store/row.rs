//! What stands in an index, as values.

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::super::stamp::Stamp;

/// A path as a corpus knows it wherever it is moved to.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RootedPath {
    /// Which of the corpus' roots, from 0 in the order in which they were given to
    /// [`Store::open`](super::Store::open).
    pub root: usize,
    /// The way from there; empty where the root is the file itself.
    pub rest: PathBuf,
}

/// By what a file is known to be as it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptSeal {
    /// Where it is.
    pub path: RootedPath,
    /// What the system said of it as it was read.
    pub stamp: Stamp,
    /// The number of its bytes.
    pub fingerprint: u64,
    /// Whether the stamp alone tells that it is unchanged.
    pub settled: bool,
}

/// What is kept of a file, so that it is not opened again while it is as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// Where it is.
    pub path: RootedPath,
    /// What the system said of it as it was read.
    pub stamp: Stamp,
    /// The number of its bytes.
    pub fingerprint: u64,
    /// Whether the stamp alone tells that it is unchanged.
    pub settled: bool,
    /// The texts that stand in it. One that stands in no file any more is retired.
    pub texts: Vec<TextId>,
    /// What it says by itself, as whoever wrote it packed it.
    pub reading: Vec<u8>,
}

/// The number of a briefing's text: ascending, and never given to another text of one index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TextId(pub u32);

/// The number of a segment: ascending, and never given to another segment of one index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SegmentId(pub u32);

/// Some briefings whose words were put in order together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Its number.
    pub id: SegmentId,
    /// How many briefings; they are numbered from 0 in its words.
    pub briefings: u32,
    /// Which texts they are, as whoever wrote it packed it.
    pub texts: Vec<u8>,
    /// How many words each has, as whoever wrote it packed it.
    pub lengths: Vec<u8>,
}

/// A word of one part of the briefings of a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As it was folded.
    pub word: String,
    /// Which briefings have it, as whoever wrote it packed it.
    pub briefings: Vec<u8>,
    /// Where in them, likewise.
    pub places: Vec<u8>,
}

/// What an index holds, for its owner to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// The database.
    pub file: PathBuf,
    /// The corpus' folders, as they were found at opening.
    pub roots: Vec<PathBuf>,
    /// How many files it knows.
    pub files: usize,
    /// How many briefings' texts it holds.
    pub briefings: usize,
    /// In how many segments their words lie.
    pub segments: usize,
    /// Bytes on the disk, with the log beside it.
    pub bytes: u64,
    /// When it was written last, since the epoch.
    pub written: Duration,
}
