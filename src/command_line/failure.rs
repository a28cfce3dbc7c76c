//! Why a command could not run at all.

use std::io::Write;
use std::process::ExitCode;

use crate::text::clean_text;

/// A sentence on what is in the way, and perhaps a way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    message: String,
    help: Option<String>,
}

impl Failure {
    /// What is in the way.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    /// The same with a way out.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says so on standard error; the exit status is 2.
    pub fn report(self) -> ExitCode {
        say(&format!("error: {}\n", clean_text(&self.message)));
        if let Some(help) = &self.help {
            say(&format!("help: {}\n", clean_text(help)));
        }
        ExitCode::from(2)
    }
}

/// Writes to standard error, wherever that goes; nobody is left to be told if it goes nowhere.
pub fn say(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}
