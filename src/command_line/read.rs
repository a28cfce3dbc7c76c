//! `chancery [PATH…]`: the reader.

use std::process::ExitCode;

use clap::ColorChoice;

use super::arguments::{ReadArguments, SharedArguments};
use super::config_file::{ConfigFile, desk_file};
use super::failure::Failure;
use super::origin;
use crate::terminal::{self, ColourChoice, ReadOptions};

/// Opens the reader.
pub fn run(arguments: &ReadArguments, shared: &SharedArguments) -> Result<ExitCode, Failure> {
    let config = ConfigFile::read(shared.config.as_deref())?;
    let origin = origin::to_read(&arguments.paths, &config)?;
    let notice = config.notice();
    let mut settings = config.reading.settings;
    settings.theme = arguments.theme.unwrap_or(settings.theme);
    settings.watch &= !arguments.no_watch;
    let colours = match shared.color {
        ColorChoice::Auto => ColourChoice::Auto,
        ColorChoice::Always => ColourChoice::Always,
        ColorChoice::Never => ColourChoice::Never,
    };
    let options = ReadOptions {
        corpus_key: origin.key(),
        origin,
        settings,
        keymap: config.reading.keymap,
        notice,
        colours,
        desk_file: desk_file(),
        cache: shared.cache_folder(),
    };
    match terminal::read(options) {
        Ok(ending) => Ok(ending.conclude()),
        Err(error) => Err(Failure::new(error.to_string())),
    }
}
