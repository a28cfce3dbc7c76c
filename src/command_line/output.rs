//! Standard output: coloured where that is wanted, and quiet when whoever read it has gone.

use std::io::{self, BufWriter, ErrorKind, Stdout, Write};

use anstream::AutoStream;
use clap::ColorChoice;

use super::failure::Failure;

/// Standard output, buffered.
pub struct Output {
    stream: BufWriter<Stdout>,
    closed: bool,
}

impl Output {
    /// The process's.
    pub fn new() -> Self {
        Self { stream: BufWriter::new(io::stdout()), closed: false }
    }

    /// Writes text; nothing once the reading end is closed (`| head`).
    pub fn print(&mut self, text: &str) -> Result<(), Failure> {
        if self.closed {
            return Ok(());
        }
        let written = self.stream.write_all(text.as_bytes());
        self.heed(written)
    }

    /// Writes what is still in the buffer.
    pub fn finish(mut self) -> Result<(), Failure> {
        let flushed = if self.closed { Ok(()) } else { self.stream.flush() };
        self.heed(flushed)
    }

    fn heed(&mut self, result: io::Result<()>) -> Result<(), Failure> {
        match result {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            Err(error) => Err(Failure::new(format!("the output could not be written: {error}"))),
            Ok(()) => Ok(()),
        }
    }
}

/// Writes a whole text to standard output.
pub fn print_all(text: &str) -> Result<(), Failure> {
    let mut output = Output::new();
    output.print(text)?;
    output.finish()
}

/// Whether standard output is to be coloured.
pub fn wants_colour(choice: ColorChoice) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never,
    }
}
