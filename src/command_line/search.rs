//! `chancery search`: the briefings that a query finds, the best first.

use std::process::ExitCode;

use super::arguments::{ListFormat, SearchArguments, SearchOrder, SharedArguments};
use super::corpus::read_corpus;
use super::failure::Failure;
use super::lens::LensQuery;
use super::output::{print_all, wants_colour};
use crate::corpus::BriefingId;
use crate::corpus::words::rank;
use crate::export::search::{as_jsonl, as_text, records};

/// Prints them; exit status 1 where there is none, as grep's.
pub fn run(arguments: &SearchArguments, shared: &SharedArguments) -> Result<ExitCode, Failure> {
    let asked = LensQuery::read(Some(&arguments.query))?;
    let query = asked.query();
    let corpus = read_corpus(&arguments.paths, shared)?;
    let (corpus, lens) = asked.find(corpus)?;
    let found = lens.briefings.len();
    if arguments.count {
        print_all(&format!("{found}\n"))?;
    } else {
        let mut order: Vec<BriefingId> = match arguments.sort {
            SearchOrder::Relevance => {
                rank(&corpus, query, &lens.briefings).into_iter().map(|(id, _)| id).collect()
            }
            SearchOrder::Date => corpus.newest_of(&lens.briefings),
        };
        order.truncate(arguments.limit.unwrap_or(usize::MAX));
        let records = records(&corpus, query, &order);
        print_all(&match arguments.format {
            ListFormat::Text => as_text(&records, query, wants_colour(shared.color)),
            ListFormat::Jsonl => as_jsonl(&records),
        })?;
    }
    Ok(if found == 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
