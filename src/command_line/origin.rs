//! Which briefings are meant.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::CommandFactory;

use super::arguments::{Arguments, SharedArguments};
use super::config_file::ConfigFile;
use super::failure::Failure;
use crate::briefing::words::nearest;
use crate::corpus::Origin;

/// The folder that is taken where none is named.
const USUAL: &str = "briefings";

/// What to read: the paths that were named, else `./briefings`, else the configuration's corpus,
/// else the sample corpus.
///
/// # Errors
/// Where one of the paths does not exist.
pub fn to_read(paths: &[PathBuf], config: &ConfigFile) -> Result<Origin, Failure> {
    Ok(named_or_usual(paths, || Ok(config.corpus()))?.unwrap_or(Origin::BuiltIn))
}

/// What to check: the same but for the sample corpus, in which nobody can mend anything. The
/// configuration is read only where it decides.
///
/// # Errors
/// Where one of the paths does not exist, or there is none.
pub fn to_check(paths: &[PathBuf], shared: &SharedArguments) -> Result<Origin, Failure> {
    let configured = || {
        let config = ConfigFile::read(shared.config.as_deref())?;
        if let Some(notice) = config.notice() {
            super::failure::say(&format!("warning: {}\n", crate::text::clean_line(&notice)));
        }
        Ok(config.corpus())
    };
    named_or_usual(paths, configured)?.ok_or_else(|| {
        Failure::new("there is no folder `briefings` here, and no path was named")
            .help("name what is to be checked: chancery check PATH")
    })
}

fn named_or_usual(
    paths: &[PathBuf],
    configured: impl FnOnce() -> Result<Option<PathBuf>, Failure>,
) -> Result<Option<Origin>, Failure> {
    if !paths.is_empty() {
        paths.iter().try_for_each(|path| exists(path))?;
        return Ok(Some(Origin::Paths(paths.to_vec())));
    }
    if Path::new(USUAL).is_dir() {
        return Ok(Some(Origin::Paths(vec![USUAL.into()])));
    }
    let Some(corpus) = configured()? else { return Ok(None) };
    match exists(&corpus) {
        Ok(()) => Ok(Some(Origin::Paths(vec![corpus]))),
        Err(failure) => Err(failure.help("it is the `corpus` of the configuration")),
    }
}

fn exists(path: &Path) -> Result<(), Failure> {
    match fs::metadata(path) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            let failure = Failure::new(format!("there is no `{}`", path.display()));
            Err(match likely_command(path) {
                Some(command) => failure.help(format!("did you mean the command `{command}`?")),
                None => failure,
            })
        }
        _ => Ok(()),
    }
}

fn likely_command(path: &Path) -> Option<String> {
    let command = Arguments::command();
    let names = command.get_subcommands().map(clap::Command::get_name);
    nearest(path.to_str()?, names).map(str::to_owned)
}
