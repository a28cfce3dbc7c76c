//! `--lens QUERY`: a listing command prints only what a query finds.

use std::fmt::Write;

use crate::corpus::Corpus;
use crate::corpus::lens::{Lens, NoMarks, blame, find_lens};
use crate::corpus::query::{FIELDS, Query, QueryProblem, parse_query};
use crate::text::{clean_line, display_width};

use super::failure::Failure;

/// A query as typed, read.
pub struct LensQuery<'a> {
    typed: &'a str,
    query: Query,
}

impl<'a> LensQuery<'a> {
    /// Reads a query before anything else is done; none asks for everything.
    pub fn read(typed: Option<&'a str>) -> Result<Self, Failure> {
        let typed = typed.unwrap_or_default();
        let query = parse_query(typed).map_err(|problem| failure(typed, &problem))?;
        if let Some(span) = query.asks_for_marks() {
            let message = "what has been read or starred is known in the reader alone";
            let problem = QueryProblem {
                span,
                message: message.to_owned(),
                help: Some("leave `is:` out on the command line".to_owned()),
            };
            return Err(failure(typed, &problem));
        }
        Ok(Self { typed, query })
    }

    /// What was read.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Finds what it asks for. Where that is nothing, it is told which term is to blame.
    pub fn find(&self, corpus: Corpus) -> Result<(Corpus, Lens, String), Failure> {
        if self.query.is_empty() {
            let everything = Lens::everything(&corpus);
            return Ok((corpus, everything, String::new()));
        }
        let corpus = if corpus.is_surveyed() { corpus } else { corpus.surveyed() };
        let lens = find_lens(&corpus, &self.query, &NoMarks)
            .map_err(|problem| failure(self.typed, &problem))?;
        let is_any = !lens.briefings.is_empty();
        let said = if is_any { String::new() } else { self.what_is_to_blame(&corpus) };
        Ok((corpus, lens, said))
    }

    fn what_is_to_blame(&self, corpus: &Corpus) -> String {
        let mut said = "no briefing is found".to_owned();
        for (at, term) in blame(corpus, &self.query, &NoMarks).iter().enumerate() {
            let before = if at == 0 { ": " } else { ", " };
            let shown = term.conjunct.to_string();
            let _ = write!(said, "{before}{} alone finds {}", clean_line(&shown), term.alone);
        }
        said.push('\n');
        said
    }
}

/// A mistake with a caret under the very characters.
fn failure(typed: &str, problem: &QueryProblem) -> Failure {
    let part = |range| clean_line(typed.get(range).unwrap_or_default()).into_owned();
    let before = part(0..problem.span.start);
    let carets = display_width(&part(problem.span.clone())).max(1);
    let carets = format!("{}{}", " ".repeat(display_width(&before)), "^".repeat(carets));
    let message = format!("{}\n  {}\n  {carets}", problem.message, clean_line(typed));
    let failure = Failure::new(message);
    match &problem.help {
        Some(help) => failure.help(help),
        None => failure,
    }
}

/// The whole help of `--lens`, from the table of fields.
pub fn long_help() -> String {
    help("Print only what a query finds", "; the timeline then prints only the events that match")
}

/// The whole help of what `search` looks for.
pub fn search_help() -> String {
    help("What to look for, such as `\"grain corridor\" by:turkey date:2023`", "")
}

fn help(title: &str, ending: &str) -> String {
    let mut help = format!(
        "{title}\n\nWords, \"phrases\", prefix*, and the fields below. Side by \
         side is and; `or`, `-` for not, parentheses. Dates are EDTF, or as written by hand in \
         quotes, and may stand behind <, <=, > or >=. All that is said of events holds of one and \
         the same event{ending}.\n",
    );
    for row in FIELDS {
        let _ = write!(help, "\n{:<18} {}", row.example, row.doc);
    }
    help
}
