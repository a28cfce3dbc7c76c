//! `chancery actors`: who is mentioned, how often and when.

use std::process::ExitCode;

use super::arguments::{ActorsArguments, ListFormat, SharedArguments};
use super::corpus::read_corpus;
use super::failure::Failure;
use super::lens::LensQuery;
use super::output::print_all;
use crate::export::actors::{as_jsonl, as_text, records};

/// Prints them, the most mentioned first; exit status 1 where there is none.
pub fn run(arguments: &ActorsArguments, shared: &SharedArguments) -> Result<ExitCode, Failure> {
    let lens = LensQuery::read(arguments.lens.lens.as_deref())?;
    let corpus = read_corpus(&arguments.paths, shared)?;
    let (corpus, lens) = lens.find(corpus)?;
    let actors = records(&corpus, &lens);
    print_all(&match arguments.format {
        ListFormat::Text => as_text(&actors),
        ListFormat::Jsonl => as_jsonl(&actors),
    })?;
    Ok(if actors.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
