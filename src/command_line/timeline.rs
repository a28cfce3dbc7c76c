//! `chancery timeline`: the events of briefings in the order in which they happened.

use std::path::PathBuf;
use std::process::ExitCode;

use super::arguments::{EventFormat, SharedArguments, TimelineArguments};
use super::config_file::ConfigFile;
use super::failure::{Failure, say};
use super::lens::LensQuery;
use super::origin::to_read;
use super::output::print_all;
use crate::corpus::{Corpus, load};
use crate::export::timeline::{as_csv, as_jsonl, as_markdown, as_text, records, told};
use crate::text::clean_line;

/// Prints them; exit status 1 where there is none. What could not be read is said on standard error.
pub fn run(arguments: &TimelineArguments, shared: &SharedArguments) -> Result<ExitCode, Failure> {
    let lens = LensQuery::read(arguments.lens.lens.as_deref())?;
    // Whose name is whose is known from the survey, and only then which reports tell of the same.
    let corpus = read_corpus(&arguments.paths, shared)?.with_gazetteer().surveyed();
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

/// Reads what a listing command is asked about; what could not be read is said on standard error.
pub fn read_corpus(paths: &[PathBuf], shared: &SharedArguments) -> Result<Corpus, Failure> {
    let config = ConfigFile::read(shared.config.as_deref())?;
    if let Some(notice) = config.notice() {
        say(&format!("warning: {}\n", clean_line(&notice)));
    }
    let corpus = load(&to_read(paths, &config)?, &|_, _| ());
    warn_of_unread(&corpus);
    Ok(corpus)
}

fn warn_of_unread(corpus: &Corpus) {
    let unread: Vec<_> = corpus.entries.iter().filter(|entry| entry.unreadable).collect();
    let Some(first) = unread.first().and_then(|entry| corpus.file(entry.file)) else { return };
    let more = match unread.len() {
        1 => String::new(),
        n => format!(" and {} more", n - 1),
    };
    say(&format!("warning: {}{more} could not be read; `chancery check` says why\n", first.shown));
}
