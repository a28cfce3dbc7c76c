//! `chancery search`: the briefings that a query finds, the best first.

use std::process::ExitCode;

use super::arguments::{ListFormat, SearchArguments, SearchOrder, SharedArguments};
use super::corpus::{Told, print_answer};
use super::failure::Failure;
use super::lens::LensQuery;
use super::output::wants_colour;
use crate::corpus::BriefingId;
use crate::corpus::words::rank;
use crate::export::search::{as_jsonl, as_text, records};

/// Prints them; exit status 1 where there is none, as grep's.
pub fn run(arguments: &SearchArguments, shared: &SharedArguments) -> Result<ExitCode, Failure> {
    let asked = LensQuery::read(Some(&arguments.query))?;
    let query = asked.query();
    print_answer(&arguments.paths, shared, |corpus| {
        let (corpus, lens, said) = asked.find(corpus)?;
        let found = lens.briefings.len();
        let printed = if arguments.count {
            format!("{found}\n")
        } else {
            let mut order: Vec<BriefingId> = match arguments.sort {
                SearchOrder::Relevance => {
                    rank(&corpus, query, &lens.briefings).into_iter().map(|(id, _)| id).collect()
                }
                SearchOrder::Date => corpus.newest_of(&lens.briefings),
            };
            order.truncate(arguments.limit.unwrap_or(usize::MAX));
            let records = records(&corpus, query, &order);
            match arguments.format {
                ListFormat::Text => as_text(&records, query, wants_colour(shared.color)),
                ListFormat::Jsonl => as_jsonl(&records),
            }
        };
        let code = if found == 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS };
        Ok(Told { printed, said, code })
    })
}
