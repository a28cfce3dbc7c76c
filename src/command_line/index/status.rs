//! `chancery index --status`: where the index is, what it holds, and whether it is up to date.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use jiff::Timestamp;

use super::amounts::{bytes, several};
use super::{cannot, in_words, shown};
use crate::command_line::failure::{Failure, say};
use crate::command_line::output::print_all;
use crate::corpus::index::Index;
use crate::corpus::store::{Status, Store};
use crate::corpus::{Differences, Memory, Origin};

/// Prints it; exit status 1 where there is none.
pub fn run(origin: &Origin, roots: &[PathBuf], folder: &Path) -> Result<ExitCode, Failure> {
    let index = Index::open_existing(folder, roots).map_err(|error| cannot(&error))?;
    let Some(index) = index else {
        let file = Store::file_of(folder, roots);
        say(&format!("there is no index; `chancery index` makes it: {}\n", shown(&file)));
        return Ok(ExitCode::FAILURE);
    };
    let status = index.store().status().map_err(|error| cannot(&error))?;
    let memory = Memory::kept_in(origin.clone(), index);
    let Some(differences) = memory.differences() else {
        return Err(memory.trouble().map_or_else(
            || Failure::new("the index cannot be read"),
            |trouble| cannot(&trouble).help("make it anew: chancery index --rebuild"),
        ));
    };
    print_all(&as_text(&status, differences))?;
    Ok(ExitCode::SUCCESS)
}

fn as_text(status: &Status, differences: Differences) -> String {
    let roots: Vec<String> = status.roots.iter().map(|root| shown(root)).collect();
    let words = in_words(&differences);
    let state = if !differences.is_none() {
        format!("{words}; `chancery index` brings it up to date")
    } else if words.is_empty() {
        "up to date".to_owned()
    } else {
        format!("up to date, {words}")
    };
    let rows = [
        ("corpus", roots.join(" ")),
        ("index", shown(&status.file)),
        ("size", bytes(status.bytes)),
        (
            "holds",
            format!(
                "{} in {}",
                several(status.briefings, "briefing"),
                several(status.files, "file")
            ),
        ),
        ("written", moment(status)),
        ("files", state),
    ];
    rows.map(|(name, value)| format!("{name:<8} {value}\n")).concat()
}

fn moment(status: &Status) -> String {
    let seconds = i64::try_from(status.written.as_secs()).unwrap_or_default();
    let moment = Timestamp::from_second(seconds);
    moment.map_or_else(|_| "?".to_owned(), |at| at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string())
}
