//! The corpus that a listing command is asked about, looked through.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, SystemTime};

use super::arguments::SharedArguments;
use super::config_file::ConfigFile;
use super::failure::{Failure, say};
use super::origin::to_read;
use super::output::print_all;
use crate::corpus::index::Index;
use crate::corpus::store::StoreError;
use crate::corpus::{Corpus, Memory, Origin};
use crate::text::clean_line;

/// What a command has to say.
#[derive(Debug)]
pub struct Told {
    /// For standard output.
    pub printed: String,
    /// For standard error.
    pub said: String,
    /// The exit status.
    pub code: ExitCode,
}

/// Prints what a corpus answers, which is read from its index as far as that is kept. What could not
/// be read is said on standard error. Where the index turns out to be damaged it is made anew and
/// asked again, so `answer` may be called twice.
///
/// # Errors
/// Where one of the paths does not exist, or the configuration cannot be read; and those of `answer`.
pub fn print_answer(
    paths: &[PathBuf],
    shared: &SharedArguments,
    answer: impl Fn(Corpus) -> Result<Told, Failure>,
) -> Result<ExitCode, Failure> {
    let origin = configured_origin(paths, shared)?;
    let mut memory = memory_of(origin, shared);
    let mut asked = ask(&mut memory, &answer);
    if let Some(trouble) = memory.trouble() {
        warn_of_trouble(&trouble);
        if trouble.is_loss() {
            memory = memory.renewed();
            asked = ask(&mut memory, &answer);
            if memory.trouble().is_some_and(|trouble| trouble.is_loss()) {
                memory = memory.without_index();
                asked = ask(&mut memory, &answer);
            }
        }
    }
    let (corpus, told) = asked;
    warn_of_unread(&corpus);
    let told = told?;
    say(&told.said);
    print_all(&told.printed)?;
    Ok(told.code)
}

fn ask(
    memory: &mut Memory,
    answer: &impl Fn(Corpus) -> Result<Told, Failure>,
) -> (Corpus, Result<Told, Failure>) {
    let corpus = memory.bring_up(since_epoch(), &|_, _| ());
    let told = answer(corpus.clone());
    (corpus, told)
}

/// What is to be read; what is wrong in the configuration is said.
///
/// # Errors
/// Where one of the paths does not exist, or the configuration cannot be read.
pub fn configured_origin(paths: &[PathBuf], shared: &SharedArguments) -> Result<Origin, Failure> {
    let config = ConfigFile::read(shared.config.as_deref())?;
    if let Some(notice) = config.notice() {
        warn(&notice);
    }
    to_read(paths, &config)
}

/// A memory of what was read, in an index where one can be kept.
fn memory_of(origin: Origin, shared: &SharedArguments) -> Memory {
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

/// Says what went wrong with an index, and what comes of it.
pub fn warn_of_trouble(trouble: &StoreError) {
    let then = if trouble.is_loss() { "; it is made anew" } else { "" };
    warn(&format!("{trouble}{then}"));
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
