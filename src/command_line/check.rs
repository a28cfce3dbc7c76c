//! `chancery check`: what is wrong in files of briefings, and mending it.

mod fixing;
mod tally;

use std::process::ExitCode;

use super::arguments::{CheckArguments, Format, SharedArguments};
use super::failure::{Failure, say};
use super::origin::to_check;
use super::output::{Output, wants_colour};
use crate::corpus::{CorpusFile, Origin, load, scan};
use crate::diagnostic::{github, human, jsonl};
use crate::text::clean_line;
use fixing::{Mended, mend};
use tally::Tally;

/// Checks, after mending if that was asked for. Findings go to standard output, file by file; of
/// what was mended, and of a clean corpus, people are told, programs are not.
pub fn run(arguments: &CheckArguments, shared: &SharedArguments) -> Result<ExitCode, Failure> {
    let origin = to_check(&arguments.paths, shared)?;
    let mut output = Output::new();
    if arguments.fix {
        mend_all(&origin, arguments.format, &mut output)?;
    }
    let corpus = load(&origin, &|_, _| ()).with_gazetteer();
    if corpus.files.is_empty() {
        return Err(no_files(&origin));
    }
    let colour = wants_colour(shared.color);
    for file in corpus.files.iter() {
        print_file(file, arguments.format, colour, &mut output)?;
    }
    let tally = Tally::of(&corpus);
    if arguments.format == Format::Human {
        if tally.is_empty() {
            say(&format!("{tally}\n"));
        } else {
            output.print(&format!("{tally}\n"))?;
        }
    }
    output.finish()?;
    Ok(if tally.fails() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn print_file(
    file: &CorpusFile,
    format: Format,
    colour: bool,
    output: &mut Output,
) -> Result<(), Failure> {
    let source = file.source.as_deref().unwrap_or_default();
    for found in &file.diagnostics {
        let text = match format {
            Format::Human => human::render(&file.shown, source, found, colour) + "\n",
            Format::Jsonl => jsonl::render(&file.path.to_string_lossy(), found),
            Format::Github => github::render(&file.shown, found),
        };
        output.print(text.trim_end())?;
        output.print(if format == Format::Human { "\n\n" } else { "\n" })?;
    }
    Ok(())
}

fn mend_all(origin: &Origin, format: Format, output: &mut Output) -> Result<(), Failure> {
    let Origin::Paths(paths) = origin else { return Ok(()) };
    for found in scan(paths).into_iter().filter(|found| found.trouble.is_none()) {
        let shown = found.path.to_string_lossy();
        let shown = clean_line(&shown);
        let line = match mend(&found.path) {
            Mended::Nothing => continue,
            Mended::Done(1) => format!("mended {shown}: 1 change\n"),
            Mended::Done(n) => format!("mended {shown}: {n} changes\n"),
            Mended::Left(why) => format!("left {shown} as it is: {}\n", clean_line(&why)),
        };
        if format == Format::Human { output.print(&line)? } else { say(&line) }
    }
    Ok(())
}

fn no_files(origin: &Origin) -> Failure {
    let Origin::Paths(paths) = origin else { return Failure::new("there is nothing to check") };
    let names: Vec<String> = paths.iter().map(|path| format!("`{}`", path.display())).collect();
    Failure::new(format!("there are no briefings in {}", names.join(", ")))
        .help("briefings are files named *.yaml or *.yml")
}
