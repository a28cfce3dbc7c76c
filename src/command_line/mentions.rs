//! `chancery mentions`: where briefings name actors.

use std::process::ExitCode;

use super::arguments::{ListFormat, MentionsArguments, SharedArguments};
use super::corpus::read_corpus;
use super::failure::Failure;
use super::lens::LensQuery;
use super::output::print_all;
use crate::export::mentions::{as_jsonl, as_text, records};

/// Prints them, briefing by briefing; exit status 1 where there is none.
pub fn run(arguments: &MentionsArguments, shared: &SharedArguments) -> Result<ExitCode, Failure> {
    let lens = LensQuery::read(arguments.lens.lens.as_deref())?;
    let corpus = read_corpus(&arguments.paths, shared)?;
    let (corpus, lens) = lens.find(corpus)?;
    let mentions = records(&corpus, &lens);
    print_all(&match arguments.format {
        ListFormat::Text => as_text(&mentions),
        ListFormat::Jsonl => as_jsonl(&mentions),
    })?;
    Ok(if mentions.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
