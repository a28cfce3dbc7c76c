//! The door: arguments in, exit status out.
//!
//! May use everything. One file a command; `arguments` is the one table of what can be asked, from
//! which help, completions and man page come. Exit status: 0 clean or done, 1 findings, 2 could
//! not run.

mod actors;
mod arguments;
mod check;
mod completions;
mod config_file;
mod corpus;
mod dossier;
mod failure;
mod lens;
mod man;
mod mentions;
mod origin;
mod output;
mod read;
mod schema;
mod search;
mod timeline;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
use failure::Failure;

/// Runs the program with the process's arguments.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(asked) => {
            // Help and version come this way too; a reader who closed the pipe has read enough.
            let _ = asked.print();
            return ExitCode::from(u8::try_from(asked.exit_code()).unwrap_or(2));
        }
    };
    run(arguments).unwrap_or_else(Failure::report)
}

fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let Arguments { shared, read, command } = arguments;
    if let (Some(command), Some(stray)) = (&command, read.stray()) {
        return Err(Failure::new(format!("{stray} is of no use to `{}`", command.name())).help(
            format!(
                "leave it out, or put it behind the command; `chancery {} --help` says what is",
                command.name()
            ),
        ));
    }
    match command {
        None => read::run(&read, &shared),
        Some(Command::Read(read)) => read::run(&read, &shared),
        Some(Command::Check(check)) => check::run(&check, &shared),
        Some(Command::Search(search)) => search::run(&search, &shared),
        Some(Command::Timeline(timeline)) => timeline::run(&timeline, &shared),
        Some(Command::Actors(actors)) => actors::run(&actors, &shared),
        Some(Command::Mentions(mentions)) => mentions::run(&mentions, &shared),
        Some(Command::Dossier(dossier)) => dossier::run(&dossier, &shared),
        Some(Command::Schema(schema)) => schema::run(&schema),
        Some(Command::Completions { shell }) => completions::run(shell),
        Some(Command::Man) => man::run(),
    }
}
