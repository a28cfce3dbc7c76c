//! `chancery schema`: the file format for editors and validators.

use std::process::ExitCode;

use super::arguments::SchemaArguments;
use super::failure::Failure;
use super::output::print_all;
use crate::briefing::schema;

/// Prints the JSON Schema (draft 2020-12) of a briefing, or of `actors.yaml`.
pub fn run(arguments: &SchemaArguments) -> Result<ExitCode, Failure> {
    let schema = if arguments.actors { schema::actors() } else { schema::briefing() };
    print_all(&format!("{schema:#}\n"))?;
    Ok(ExitCode::SUCCESS)
}
