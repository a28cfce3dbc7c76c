//! `chancery actors`: who is mentioned, how often and when.

use std::process::ExitCode;

use super::arguments::{ActorsArguments, ListFormat, SharedArguments};
use super::corpus::{Told, print_answer};
use super::failure::Failure;
use super::lens::LensQuery;
use crate::export::actors::{as_jsonl, as_text, records};

/// Prints them, the most mentioned first; exit status 1 where there is none.
pub fn run(arguments: &ActorsArguments, shared: &SharedArguments) -> Result<ExitCode, Failure> {
    let lens = LensQuery::read(arguments.lens.lens.as_deref())?;
    print_answer(&arguments.paths, shared, |corpus| {
        let (corpus, lens, said) = lens.find(corpus)?;
        let actors = records(&corpus, &lens);
        let printed = match arguments.format {
            ListFormat::Text => as_text(&actors),
            ListFormat::Jsonl => as_jsonl(&actors),
        };
        let code = if actors.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS };
        Ok(Told { printed, said, code })
    })
}
