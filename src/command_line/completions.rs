//! `chancery completions SHELL`.

use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::{Shell, generate};

use super::arguments::Arguments;
use super::failure::Failure;
use super::output::print_all;

/// Prints what a shell needs to complete this program's arguments.
pub fn run(shell: Shell) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    generate(shell, &mut Arguments::command(), "chancery", &mut script);
    print_all(&String::from_utf8_lossy(&script))?;
    Ok(ExitCode::SUCCESS)
}
