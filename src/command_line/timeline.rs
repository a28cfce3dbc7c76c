//! `chancery timeline`: the events of briefings in the order in which they happened.

use std::process::ExitCode;

use super::arguments::{EventFormat, SharedArguments, TimelineArguments};
use super::corpus::{Told, print_answer};
use super::failure::Failure;
use super::lens::LensQuery;
use crate::export::timeline::{as_csv, as_jsonl, as_markdown, as_text, records, told};

/// Prints them; exit status 1 where there is none. What could not be read is said on standard error.
pub fn run(arguments: &TimelineArguments, shared: &SharedArguments) -> Result<ExitCode, Failure> {
    let lens = LensQuery::read(arguments.lens.lens.as_deref())?;
    print_answer(&arguments.paths, shared, |corpus| {
        let (corpus, lens, said) = lens.find(corpus)?;
        let timeline = corpus.timeline.filtered(|at| lens.has_event(at));
        let printed = match arguments.format {
            EventFormat::Text => as_text(&told(&corpus, &timeline)),
            EventFormat::Jsonl => as_jsonl(&records(&corpus, &timeline)),
            EventFormat::Csv => as_csv(&records(&corpus, &timeline)),
            EventFormat::Md => as_markdown(&told(&corpus, &timeline)),
        };
        let code = if timeline.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS };
        Ok(Told { printed, said, code })
    })
}
