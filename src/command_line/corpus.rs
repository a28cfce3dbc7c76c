//! The corpus that a listing command is asked about, looked through.

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use super::arguments::SharedArguments;
use super::config_file::ConfigFile;
use super::failure::{Failure, say};
use super::origin::to_read;
use crate::corpus::index::Index;
use crate::corpus::{Corpus, Memory, Origin};
use crate::text::clean_line;

/// Reads it, from its index as far as that is kept. What could not be read is said on standard error.
///
/// # Errors
/// Where one of the paths does not exist, or the configuration cannot be read.
pub fn read_corpus(paths: &[PathBuf], shared: &SharedArguments) -> Result<Corpus, Failure> {
    let config = ConfigFile::read(shared.config.as_deref())?;
    if let Some(notice) = config.notice() {
        warn(&notice);
    }
    let origin = to_read(paths, &config)?;
    let mut memory = memory_of(origin, shared);
    let corpus = memory.bring_up(since_epoch(), &|_, _| ());
    if let Some(trouble) = memory.trouble() {
        warn(&trouble.to_string());
    }
    warn_of_unread(&corpus);
    Ok(corpus)
}

/// A memory of what was read, in an index where one can be kept.
pub fn memory_of(origin: Origin, shared: &SharedArguments) -> Memory {
    let (Origin::Paths(roots), Some(folder)) = (&origin, shared.cache_folder()) else {
        return Memory::new(origin);
    };
    match Index::open(&folder, roots) {
        Ok(index) => Memory::kept_in(origin, index),
        Err(error) => {
            warn(&error.to_string());
            Memory::new(origin)
        }
    }
}

/// The time since the epoch.
pub fn since_epoch() -> Duration {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()
}

fn warn(what: &str) {
    say(&format!("warning: {}\n", clean_line(what)));
}

fn warn_of_unread(corpus: &Corpus) {
    let unread: Vec<_> = corpus.entries.iter().filter(|entry| entry.unreadable).collect();
    let Some(first) = unread.first().and_then(|entry| corpus.file(entry.file)) else { return };
    let more = match unread.len() {
        1 => String::new(),
        n => format!(" and {} more", n - 1),
    };
    warn(&format!("{}{more} could not be read; `chancery check` says why", first.shown));
}
