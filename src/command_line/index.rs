//! `chancery index`: what was read of a corpus is kept, so that it opens at once.

mod amounts;
mod progress;
mod status;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use super::arguments::{IndexArguments, SharedArguments};
use super::corpus::{configured_origin, since_epoch, warn_of_trouble};
use super::failure::Failure;
use super::output::print_all;
use crate::corpus::index::Index;
use crate::corpus::store::{Store, StoreError};
use crate::corpus::{Differences, Memory, Origin};
use crate::text::clean_line;
use amounts::{bytes, several};
use progress::Progress;

/// Brings it up to date, or says how it stands.
///
/// # Errors
/// Where it cannot be kept or read, or there is nothing to be kept.
pub fn run(arguments: &IndexArguments, shared: &SharedArguments) -> Result<ExitCode, Failure> {
    let origin = configured_origin(&arguments.paths, shared)?;
    let Origin::Paths(roots) = &origin else {
        return Err(Failure::new("the sample corpus is part of the program and has no index")
            .help("name what is to be indexed: chancery index PATH"));
    };
    let folder = folder(shared)?;
    if arguments.status {
        return status::run(&origin, roots, &folder);
    }
    if arguments.rebuild {
        Store::remove(&folder, roots).map_err(|error| cannot(&error))?;
    }
    let index = Index::open(&folder, roots).map_err(|error| cannot(&error))?;
    let began = Instant::now();
    let mut memory = Memory::kept_in(origin.clone(), index);
    let mut differences = bring_up(&mut memory);
    if let Some(trouble) = memory.trouble() {
        if !trouble.is_loss() {
            return Err(cannot(&trouble));
        }
        warn_of_trouble(&trouble);
        memory = memory.renewed();
        differences = bring_up(&mut memory);
    }
    let index = memory.index().map(Arc::clone);
    index.iter().filter(|index| index.is_written()).for_each(|index| index.tidy());
    if let Some(trouble) = memory.trouble() {
        return Err(cannot(&trouble));
    }
    let Some(index) = index else { return Err(Failure::new("the index cannot be made anew")) };
    let holds = holds(&index).map_err(|error| cannot(&error))?;
    let told = if index.is_written() {
        let seconds = began.elapsed().as_secs_f64();
        format!("{}{holds}, {seconds:.1} s\n", of(&differences))
    } else {
        format!("nothing to do: {holds}\n")
    };
    print_all(&told)?;
    Ok(ExitCode::SUCCESS)
}

/// Where indexes are kept.
fn folder(shared: &SharedArguments) -> Result<PathBuf, Failure> {
    shared.cache_folder().ok_or_else(|| {
        if shared.no_cache {
            Failure::new("with `--no-cache` there is no index").help("leave it out")
        } else {
            Failure::new("there is no home folder in which an index could be kept")
                .help("name a folder: --cache DIR")
        }
    })
}

fn bring_up(memory: &mut Memory) -> Differences {
    let differences = memory.differences().unwrap_or_default();
    let progress = Progress::start(!differences.is_none());
    let _ = memory.bring_up(since_epoch(), &|read, found| progress.tell(read, found));
    progress.finish();
    differences
}

/// What an index holds and where it is, in one line.
fn holds(index: &Index) -> Result<String, StoreError> {
    let status = index.store().status()?;
    Ok(format!(
        "{} in {}, {} in {}",
        several(status.briefings, "briefing"),
        several(status.files, "file"),
        bytes(status.bytes),
        shown(&status.file)
    ))
}

fn of(differences: &Differences) -> String {
    let told = in_words(differences);
    if told.is_empty() { told } else { format!("{told}: ") }
}

/// As in `3 new, 1 changed`; empty where there is none.
fn in_words(differences: &Differences) -> String {
    let Differences { new, changed, gone, refused } = differences;
    let all = [(new, "new"), (changed, "changed"), (gone, "gone"), (refused, "not to be read")];
    let told = all.iter().filter(|(count, _)| **count > 0);
    let told = told.map(|(count, what)| format!("{} {what}", amounts::grouped(**count as u64)));
    told.collect::<Vec<_>>().join(", ")
}

/// A path as it is shown: `~` for the home folder.
fn shown(path: &Path) -> String {
    let home = etcetera::home_dir().ok();
    let below = home.and_then(|home| Some(Path::new("~").join(path.strip_prefix(home).ok()?)));
    clean_line(&below.as_deref().unwrap_or(path).to_string_lossy()).into_owned()
}

fn cannot(error: &StoreError) -> Failure {
    let told = error.to_string();
    // That is said to who reads; here it was to be made.
    Failure::new(told.strip_suffix("; chancery goes on without it").unwrap_or(&told))
}
