//! `chancery [PATH…]`: the reader.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::ColorChoice;

use super::arguments::{ReadArguments, SharedArguments};
use super::config_file::{ConfigFile, desk_file};
use super::failure::Failure;
use super::origin;
use crate::app::config::Settings;
use crate::app::keymap::Keymap;
use crate::corpus::Origin;

/// Everything that a session on this terminal begins with.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// What is read.
    pub origin: Origin,
    /// What the reader chose.
    pub settings: Settings,
    /// Which keys mean what.
    pub keymap: Keymap,
    /// What is to be said at once, such as a mistake in the configuration.
    pub notice: Option<String>,
    /// Whether to use colour; `None` leaves it to what the terminal takes.
    pub colours: Option<bool>,
    /// Where the reader's marks are kept; `None` keeps them in memory.
    pub desk_file: Option<PathBuf>,
    /// What they are kept under.
    pub corpus_key: String,
}

/// Opens the reader.
pub fn run(arguments: &ReadArguments, shared: &SharedArguments) -> Result<ExitCode, Failure> {
    let config = ConfigFile::read(shared.config.as_deref())?;
    let origin = origin::to_read(&arguments.paths, &config)?;
    let notice = config.notice();
    let mut settings = config.reading.settings;
    settings.theme = arguments.theme.unwrap_or(settings.theme);
    let colours = match shared.color {
        ColorChoice::Auto => None,
        ColorChoice::Always => Some(true),
        ColorChoice::Never => Some(false),
    };
    open(&ReadOptions {
        corpus_key: origin.key(),
        origin,
        settings,
        keymap: config.reading.keymap,
        notice,
        colours,
        desk_file: desk_file(),
    })
}

fn open(options: &ReadOptions) -> Result<ExitCode, Failure> {
    let shown = options.origin.name();
    Err(Failure::new(format!("no reader is built in that could open `{shown}`")))
}
