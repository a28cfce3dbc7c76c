//! What can be asked on the command line. The documentation here is the help that is printed.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum, ValueHint};

use super::config_file::cache_folder;
use crate::app::config::ThemeName;

/// Read geopolitical briefings in the terminal
///
/// Opens a folder of briefings (YAML files) in four linked panes: the list, the text, its actors
/// and a timeline of events. Press `?` there for the keys.
#[derive(Debug, Parser)]
#[command(
    name = "chancery",
    version,
    override_usage = "chancery [OPTIONS] [PATH]...\n       chancery [OPTIONS] <COMMAND>",
    after_help = "A folder that is named like a command is written with `./` before it: chancery ./check"
)]
pub struct Arguments {
    #[command(flatten)]
    pub read: ReadArguments,
    #[command(flatten)]
    pub shared: SharedArguments,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What every command takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options of every command")]
pub struct SharedArguments {
    /// Read the configuration from this file
    ///
    /// Without it, `chancery/config.yaml` in `$XDG_CONFIG_HOME` (`~/.config`) is read if it is there.
    #[arg(long, value_name = "FILE", global = true, value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,
    /// Whether to use colour
    ///
    /// `auto` does where the output takes it and `NO_COLOR` is not set.
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub color: ColorChoice,
    /// Keep indexes in this folder
    ///
    /// Without it, in `chancery` in `$XDG_CACHE_HOME` (`~/.cache`). An index holds what the briefings
    /// say, so that they need not be read again; only its owner may read it, and it may be deleted.
    #[arg(long, value_name = "DIR", global = true, value_hint = ValueHint::DirPath)]
    pub cache: Option<PathBuf>,
    /// Keep no index: read all files at each start
    #[arg(long, global = true, conflicts_with = "cache")]
    pub no_cache: bool,
}

impl SharedArguments {
    /// The folder in which indexes are kept, if they are.
    pub fn cache_folder(&self) -> Option<PathBuf> {
        let folder = || self.cache.clone().or_else(cache_folder);
        if self.no_cache { None } else { folder() }
    }
}

/// What reading takes.
#[derive(Debug, Args)]
pub struct ReadArguments {
    /// Files and folders to read; without any, `./briefings`, else `corpus:` of the configuration,
    /// else the sample corpus inside the program
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    /// Which colours to use
    #[arg(long, value_name = "NAME", value_parser = theme_parser())]
    pub theme: Option<ThemeName>,
    /// Do not read what changes in the files until asked to (`gr`)
    #[arg(long)]
    pub no_watch: bool,
}

/// What is asked for.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read briefings; what happens without a command
    Read(ReadArguments),
    /// Say what is wrong in files of briefings, and mend it
    Check(CheckArguments),
    /// Print the briefings that a query finds, the best first
    Search(SearchArguments),
    /// Print the events of briefings in the order in which they happened
    Timeline(TimelineArguments),
    /// Print who is mentioned in briefings, how often and when
    Actors(ActorsArguments),
    /// Print where briefings mention actors
    Mentions(MentionsArguments),
    /// Print everything that briefings have of one actor, or of two together
    Dossier(DossierArguments),
    /// Print the JSON Schema of the file format
    Schema(SchemaArguments),
    /// Print completions for a shell
    Completions {
        /// Which shell
        #[arg(value_name = "SHELL")]
        shell: clap_complete::Shell,
    },
    /// Print the manual page, as for `chancery man | man -l -`
    Man,
}

/// What `check` takes.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit status: 0 clean (or notes only), 1 errors or warnings, 2 could not run."
)]
pub struct CheckArguments {
    /// Files and folders to check; without any, `./briefings`, else `corpus:` of the configuration
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    /// How to print what is found
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Mend what can be mended beyond doubt, then check
    ///
    /// Every byte outside the mended places stays as it is. A file is replaced whole or not at all.
    #[arg(long)]
    pub fix: bool,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// As a compiler does: the line, a caret, a way out
    #[value(name = "text", alias = "human")]
    Human,
    /// One JSON object a line
    Jsonl,
    /// Annotations for GitHub Actions
    Github,
}

/// What narrows a list.
#[derive(Debug, Args)]
pub struct LensArguments {
    /// Print only what a query finds, such as `actor:xi-jinping on:2023-03`
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true, long_help = super::lens::long_help())]
    pub lens: Option<String>,
}

/// What `search` takes.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit status, as grep's: 0 briefings were found, 1 none was, 2 could not run."
)]
pub struct SearchArguments {
    /// What to look for, such as `"grain corridor" by:turkey date:2023`
    #[arg(value_name = "QUERY", allow_hyphen_values = true, long_help = super::lens::search_help())]
    pub query: String,
    /// Files and folders to read; without any, `./briefings`, else `corpus:` of the configuration,
    /// else the sample corpus inside the program
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    /// How to print them: `text` is `file:line: title — snippet`, to which editors jump
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub format: ListFormat,
    /// Print this many at most
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Print how many there are, and nothing else
    #[arg(long, conflicts_with = "limit")]
    pub count: bool,
    /// What comes first
    #[arg(long, value_enum, default_value_t = SearchOrder::Relevance)]
    pub sort: SearchOrder,
}

/// In which order briefings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SearchOrder {
    /// What answers the words best (BM25); without words the newest
    Relevance,
    /// The newest
    Date,
}

/// What `timeline` takes.
#[derive(Debug, Args)]
#[command(after_help = "Exit status: 0 events were found, 1 none was, 2 could not run.")]
pub struct TimelineArguments {
    /// Files and folders to read; without any, `./briefings`, else `corpus:` of the configuration,
    /// else the sample corpus inside the program
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    /// How to print the events
    #[arg(long, value_enum, default_value_t = EventFormat::Text)]
    pub format: EventFormat,
    #[command(flatten)]
    pub lens: LensArguments,
}

/// How events are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EventFormat {
    /// Columns for people
    Text,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values for spreadsheets
    Csv,
    /// A table of Markdown
    Md,
}

/// What `actors` takes.
#[derive(Debug, Args)]
#[command(after_help = "Exit status: 0 actors were found, 1 none was, 2 could not run.")]
pub struct ActorsArguments {
    /// Files and folders to read; without any, `./briefings`, else `corpus:` of the configuration,
    /// else the sample corpus inside the program
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    /// How to print them
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub format: ListFormat,
    #[command(flatten)]
    pub lens: LensArguments,
}

/// What `mentions` takes.
#[derive(Debug, Args)]
#[command(after_help = "Exit status: 0 mentions were found, 1 none was, 2 could not run.")]
pub struct MentionsArguments {
    /// Files and folders to read; without any, `./briefings`, else `corpus:` of the configuration,
    /// else the sample corpus inside the program
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    /// How to print them
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub format: ListFormat,
    #[command(flatten)]
    pub lens: LensArguments,
}

/// What `dossier` takes.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit status: 0 briefings were found, 1 none has the actor, 2 could not run, or nobody or several are called so."
)]
pub struct DossierArguments {
    /// The actor: his id, name or an alias, in any script; case and diacritics do not matter
    #[arg(value_name = "ACTOR")]
    pub actor: String,
    /// Files and folders to read; without any, `./briefings`, else `corpus:` of the configuration,
    /// else the sample corpus inside the program
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    /// A second actor: what briefings have of the two together
    #[arg(long, value_name = "ACTOR")]
    pub with: Option<String>,
    /// Leave out mentions that are inferred from a surname, an office or a people
    #[arg(long)]
    pub named: bool,
    /// How to print it
    #[arg(long, value_enum, default_value_t = DossierFormat::Text)]
    pub format: DossierFormat,
}

/// How a dossier is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DossierFormat {
    /// As on the screen, 100 columns wide
    Text,
    /// Markdown with citations, to be put into a report
    Md,
    /// One JSON object
    Json,
}

/// How a list is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// Columns for people
    Text,
    /// One JSON object a line
    Jsonl,
}

/// What `schema` takes.
#[derive(Debug, Args)]
pub struct SchemaArguments {
    /// The schema of `actors.yaml` instead
    #[arg(long)]
    pub actors: bool,
}

impl ReadArguments {
    /// What was written before a command and means nothing to it.
    pub fn stray(&self) -> Option<String> {
        let path = self.paths.first().map(|path| format!("`{}`", path.display()));
        path.or_else(|| self.theme.map(|_| "`--theme`".to_owned()))
    }
}

impl Command {
    /// Its name as typed.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Read(_) => "read",
            Self::Check(_) => "check",
            Self::Search(_) => "search",
            Self::Timeline(_) => "timeline",
            Self::Actors(_) => "actors",
            Self::Mentions(_) => "mentions",
            Self::Dossier(_) => "dossier",
            Self::Schema(_) => "schema",
            Self::Completions { .. } => "completions",
            Self::Man => "man",
        }
    }
}

fn theme_parser() -> impl TypedValueParser<Value = ThemeName> {
    let names = ThemeName::NAMED.map(|(name, _)| name);
    PossibleValuesParser::new(names).try_map(|chosen| {
        let found = ThemeName::NAMED.iter().find(|(name, _)| *name == chosen);
        found.map(|(_, theme)| *theme).ok_or_else(|| format!("there is no theme `{chosen}`"))
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn parse(line: &str) -> Arguments {
        Arguments::try_parse_from(line.split(' ')).unwrap_or_else(|error| panic!("{line}: {error}"))
    }

    #[test]
    fn the_definitions_hold_together_and_are_all_documented() {
        let mut command = Arguments::command();
        command.build();
        command.clone().debug_assert();
        let commands = std::iter::once(&command).chain(command.get_subcommands());
        for command in commands.filter(|command| command.get_name() != "help") {
            assert!(command.get_about().is_some(), "{}", command.get_name());
            for argument in command.get_arguments() {
                assert!(
                    argument.get_help().is_some(),
                    "{} of {}",
                    argument.get_id(),
                    command.get_name()
                );
            }
        }
    }

    #[test]
    fn a_word_is_a_command_first_and_a_path_otherwise() {
        let paths = |line: &str| match parse(line).command {
            None => ("", parse(line).read.paths),
            Some(Command::Check(check)) => ("check", check.paths),
            Some(Command::Read(read)) => ("read", read.paths),
            Some(other) => (other.name(), Vec::new()),
        };
        let cases: [(&str, &str, &[&str]); 8] = [
            ("chancery", "", &[]),
            ("chancery a b", "", &["a", "b"]),
            ("chancery ./check", "", &["./check"]),
            ("chancery check", "check", &[]),
            ("chancery check check", "check", &["check"]),
            ("chancery --color never check a", "check", &["a"]),
            ("chancery a check", "", &["a", "check"]),
            ("chancery read --theme dark read", "read", &["read"]),
        ];
        for (line, name, expected) in cases {
            let expected: Vec<PathBuf> = expected.iter().map(PathBuf::from).collect();
            assert_eq!(paths(line), (name, expected), "{line}");
        }
        assert_eq!(
            parse("chancery --theme dark schema").read.stray().as_deref(),
            Some("`--theme`")
        );
        assert_eq!(parse("chancery check --color never").shared.color, ColorChoice::Never);
    }
}
