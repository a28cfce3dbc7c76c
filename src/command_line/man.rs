//! `chancery man`: one manual page with every command in it.

use std::io;
use std::process::ExitCode;

use clap::CommandFactory;
use clap_mangen::Man;

use super::arguments::Arguments;
use super::failure::Failure;
use super::output::print_all;

/// What the definitions of the arguments do not say.
const REST: &str = r".SH FILES
.TP
\fI$XDG_CONFIG_HOME/chancery/config.yaml\fR
theme, width of the text, layout, order of the list, corpus and keys
.TP
\fI$XDG_STATE_HOME/chancery/desk.sqlite\fR
what you have read and starred, and where you are in each text
.TP
\fI$XDG_CACHE_HOME/chancery/\fR
what was read of each corpus, so that it opens at once; may be deleted
.SH ENVIRONMENT
.TP
\fBNO_COLOR\fR
if set, no colour is used
.TP
\fBEDITOR\fR, \fBVISUAL\fR
what opens a briefing at a line
.SH EXIT STATUS
0 clean or done, 1 findings, 2 could not run.
";

/// Prints the page as roff.
pub fn run() -> Result<ExitCode, Failure> {
    let page =
        page().map_err(|error| Failure::new(format!("the manual page cannot be made: {error}")))?;
    print_all(&page)?;
    Ok(ExitCode::SUCCESS)
}

fn page() -> io::Result<String> {
    let mut command = Arguments::command();
    command.build();
    let mut roff = Vec::new();
    let man = Man::new(command.clone());
    man.render_title(&mut roff)?;
    man.render_name_section(&mut roff)?;
    roff.extend_from_slice(b".SH SYNOPSIS\n\\fBchancery\\fR [\\fIOPTIONS\\fR] [\\fIPATH\\fR]...\n.br\n\\fBchancery\\fR [\\fIOPTIONS\\fR] \\fICOMMAND\\fR\n");
    man.render_description_section(&mut roff)?;
    man.render_options_section(&mut roff)?;
    for part in command.get_subcommands().filter(|part| part.get_name() != "help") {
        roff.extend_from_slice(of_command(part)?.as_bytes());
    }
    roff.extend_from_slice(REST.as_bytes());
    Ok(String::from_utf8_lossy(&roff).into_owned())
}

/// A command's section: what it does and what it takes, under its own heading.
fn of_command(command: &clap::Command) -> io::Result<String> {
    let own = command.clone().mut_args(|argument| {
        let shared = argument.is_global_set() || argument.get_id() == "help";
        argument.hide(shared)
    });
    let man = Man::new(own);
    let mut about = Vec::new();
    man.render_description_section(&mut about)?;
    let mut options = Vec::new();
    man.render_options_section(&mut options)?;
    let heading = format!(".SH \"CHANCERY {}\"", command.get_name().to_uppercase());
    let about = String::from_utf8_lossy(&about).replace(".SH DESCRIPTION", &heading);
    Ok(format!("{about}{}", String::from_utf8_lossy(&options).replace(".SH OPTIONS\n", "")))
}
