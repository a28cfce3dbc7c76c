//! Where the configuration and the desk lie, by the XDG base directory specification.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use etcetera::{BaseStrategy, choose_base_strategy};

use super::failure::Failure;
use crate::app::config::{ConfigReading, read_config};
use crate::briefing::MAX_FILE_BYTES;
use crate::briefing::encoding::decode;
use crate::diagnostic::Diagnostic;

/// A configuration with the file that it came from.
#[derive(Debug)]
pub struct ConfigFile {
    /// What it says; defaults where there is no file.
    pub reading: ConfigReading,
    /// The file; `None` where there is none.
    pub file: Option<PathBuf>,
    /// Why the file could not be read.
    trouble: Option<String>,
}

impl ConfigFile {
    /// Reads the file that was named, else the one in its usual place, if it is there.
    ///
    /// # Errors
    /// Where the file that was named cannot be read. Mistakes in it are no failure.
    pub fn read(named: Option<&Path>) -> Result<Self, Failure> {
        if let Some(file) = named {
            let text = read_text(file).map_err(|error| {
                let file = file.display();
                Failure::new(format!("the configuration {file} cannot be read: {error}"))
            })?;
            return Ok(Self {
                reading: read_config(&text),
                file: Some(file.to_owned()),
                trouble: None,
            });
        }
        let folder = choose_base_strategy().ok().map(|folders| folders.config_dir());
        let file = folder.map(|folder| folder.join("chancery").join("config.yaml"));
        let read = file.as_deref().map(read_text);
        let (text, trouble) = match read {
            None => (None, None),
            Some(Err(error)) if error.kind() == ErrorKind::NotFound => (None, None),
            Some(Err(error)) => (None, Some(format!("it cannot be read: {error}"))),
            Some(Ok(text)) => (Some(text), None),
        };
        let file = file.filter(|_| text.is_some() || trouble.is_some());
        Ok(Self { reading: read_config(&text.unwrap_or_default()), file, trouble })
    }

    /// The corpus that it names: relative to its own folder, `~/` for the home folder.
    pub fn corpus(&self) -> Option<PathBuf> {
        let path = self.reading.corpus.as_deref()?;
        if let Ok(rest) = path.strip_prefix("~") {
            return Some(etcetera::home_dir().ok()?.join(rest));
        }
        let folder = self.file.as_deref().and_then(Path::parent);
        Some(folder.map_or_else(|| path.to_owned(), |folder| folder.join(path)))
    }

    /// What is wrong with it in one line: the first mistake with its place, and how many more.
    pub fn notice(&self) -> Option<String> {
        let file = self.file.as_deref()?.display();
        if let Some(trouble) = &self.trouble {
            return Some(format!("{file}: {trouble}"));
        }
        let (first, others) = self.reading.diagnostics.split_first()?;
        let more = match others.len() {
            0 => String::new(),
            n => format!(" (and {n} more)"),
        };
        Some(format!("{file}{}{more}", sentence(first)))
    }
}

fn sentence(finding: &Diagnostic) -> String {
    let place = finding
        .place
        .as_ref()
        .map_or_else(String::new, |place| format!(":{}:{}", place.start.line, place.start.column));
    let help = finding.help.as_ref().map_or_else(String::new, |help| format!("; {help}"));
    format!("{place}: {}{help}", finding.message)
}

/// The file of a reader's marks: `$XDG_STATE_HOME/chancery/desk.sqlite`. `None` without a home.
pub fn desk_file() -> Option<PathBuf> {
    let folder = choose_base_strategy().ok()?.state_dir()?;
    Some(folder.join("chancery").join("desk.sqlite"))
}

/// The folder of indexes: `$XDG_CACHE_HOME/chancery`. `None` without a home.
pub fn cache_folder() -> Option<PathBuf> {
    Some(choose_base_strategy().ok()?.cache_dir().join("chancery"))
}

fn read_text(file: &Path) -> io::Result<String> {
    let mut bytes = Vec::new();
    File::open(file)?.take(MAX_FILE_BYTES).read_to_end(&mut bytes)?;
    Ok(decode(&bytes).text)
}
