//! `chancery mentions`: where briefings name actors.

use std::process::ExitCode;

use super::arguments::{ListFormat, MentionsArguments, SharedArguments};
use super::corpus::{Told, print_answer};
use super::failure::Failure;
use super::lens::LensQuery;
use crate::export::mentions::{as_jsonl, as_text, records};

/// Prints them, briefing by briefing; exit status 1 where there is none.
pub fn run(arguments: &MentionsArguments, shared: &SharedArguments) -> Result<ExitCode, Failure> {
    let lens = LensQuery::read(arguments.lens.lens.as_deref())?;
    print_answer(&arguments.paths, shared, |corpus| {
        let (corpus, lens, said) = lens.find(corpus)?;
        let mentions = records(&corpus, &lens);
        let printed = match arguments.format {
            ListFormat::Text => as_text(&mentions),
            ListFormat::Jsonl => as_jsonl(&mentions),
        };
        let code = if mentions.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS };
        Ok(Told { printed, said, code })
    })
}
