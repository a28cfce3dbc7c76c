//! How far it is: a bar on a terminal, a line now and then elsewhere. Both go to standard error.

use std::io::IsTerminal as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use super::amounts::grouped;
use crate::command_line::failure::say;

const READING: &str = "{bar:30} {done} of {all} files \u{b7} {rate} a second \u{b7} {eta} left";
const ORDERING: &str = "{spinner} putting names and words in order";
/// How often what has no measure shows that it goes on.
const TICK: Duration = Duration::from_millis(100);
/// Lines of a whole run.
const LINES: usize = 10;

/// Says how far it is, to whoever looks on.
pub struct Progress {
    began: Instant,
    form: Form,
}

enum Form {
    Silent,
    Bar(ProgressBar),
    /// How many lines have been written.
    Lines(AtomicUsize),
}

impl Progress {
    /// Begins; where nothing is to be expected nothing is shown.
    pub fn start(is_worth_it: bool) -> Self {
        let form = if !is_worth_it {
            Form::Silent
        } else if std::io::stderr().is_terminal() {
            Form::Bar(ProgressBar::new(0).with_style(style(READING)))
        } else {
            Form::Lines(AtomicUsize::new(0))
        };
        Self { began: Instant::now(), form }
    }

    /// So many files of so many have been looked at. May be called by any thread.
    pub fn tell(&self, read: usize, found: usize) {
        match &self.form {
            Form::Silent => {}
            Form::Bar(bar) => {
                bar.set_length(found as u64);
                // Threads overtake each other.
                if bar.position() < read as u64 {
                    bar.set_position(read as u64);
                }
                if read >= found {
                    bar.set_style(style(ORDERING));
                    bar.enable_steady_tick(TICK);
                }
            }
            Form::Lines(told) => {
                let tenth = read.saturating_mul(LINES) / found.max(1);
                if told.fetch_max(tenth, Ordering::Relaxed) < tenth {
                    let rate = rate(read as u64, self.began.elapsed());
                    let (read, found) = (grouped(read as u64), grouped(found as u64));
                    say(&format!("indexed {read} of {found} files \u{b7} {rate} a second\n"));
                }
            }
        }
    }

    /// Ends; of a bar nothing is left.
    pub fn finish(self) {
        if let Form::Bar(bar) = self.form {
            bar.finish_and_clear();
        }
    }
}

fn rate(count: u64, took: Duration) -> String {
    let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX).max(1);
    grouped(count.saturating_mul(1_000) / milliseconds)
}

/// A template that is ours has no mistakes; the usual bar would do as well.
fn style(template: &str) -> ProgressStyle {
    let style =
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    style
        .progress_chars("=> ")
        .with_key("done", |state: &ProgressState, out: &mut dyn std::fmt::Write| {
            let _ = out.write_str(&grouped(state.pos()));
        })
        .with_key("all", |state: &ProgressState, out: &mut dyn std::fmt::Write| {
            let _ = write!(out, "{}", grouped(state.len().unwrap_or(0)));
        })
        .with_key("rate", |state: &ProgressState, out: &mut dyn std::fmt::Write| {
            let _ = out.write_str(&rate(state.pos(), state.elapsed()));
        })
}
