//! `chancery timeline`: the events of briefings in the order in which they happened.

use std::process::ExitCode;

use super::arguments::{EventFormat, SharedArguments, TimelineArguments};
use super::corpus::read_corpus;
use super::failure::Failure;
use super::lens::LensQuery;
use super::output::print_all;
use crate::export::timeline::{as_csv, as_jsonl, as_markdown, as_text, records, told};

/// Prints them; exit status 1 where there is none. What could not be read is said on standard error.
pub fn run(arguments: &TimelineArguments, shared: &SharedArguments) -> Result<ExitCode, Failure> {
    let lens = LensQuery::read(arguments.lens.lens.as_deref())?;
    let corpus = read_corpus(&arguments.paths, shared)?;
    let (corpus, lens) = lens.find(corpus)?;
    let timeline = corpus.timeline.filtered(|at| lens.has_event(at));
    print_all(&match arguments.format {
        EventFormat::Text => as_text(&told(&corpus, &timeline)),
        EventFormat::Jsonl => as_jsonl(&records(&corpus, &timeline)),
        EventFormat::Csv => as_csv(&records(&corpus, &timeline)),
        EventFormat::Md => as_markdown(&told(&corpus, &timeline)),
    })?;
    Ok(if timeline.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
