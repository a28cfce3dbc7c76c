//! The session loop: waits for a message, takes all that have come, then draws one frame if it
//! differs from the last. Knows neither a tty nor a channel nor the clock: those are [`Outside`].

use std::io;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::encode::Encoder;
use crate::app::layout::Size;
use crate::app::{Done, Msg, Task};

/// Messages taken, and time spent on them, before a frame is drawn even if more wait: a flood must
/// not stop the screen.
const BATCH: usize = 4096;
const BATCH_TIME: Duration = Duration::from_millis(100);

/// What is read in a session and drawn: the state of the app.
pub trait Scene {
    /// One message in, tasks out. `now` is the time since the session began.
    fn hear(&mut self, message: Msg, now: Duration) -> Vec<Task>;
    /// Does what follows of all that was heard: once, however much that was, and before all else that
    /// is asked of it here.
    fn settle(&mut self, now: Duration);
    /// Makes the next key ready, and gives back what the frame that was shown does not need: nobody waits
    /// for it.
    fn rest(&mut self) {}
    /// When [`Msg::Wake`] is wanted, since the session began.
    fn deadline(&self) -> Option<Duration>;
    /// Whether there is anything to draw yet.
    fn wants_frame(&self) -> bool;
    /// Draws into a blank buffer of the screen's size; says where the cursor is to show.
    fn draw(&self, buffer: &mut Buffer) -> Option<Position>;
}

/// What is around a session: where messages come from, where bytes and tasks go, the clock.
pub trait Outside {
    /// The time since the session began.
    fn now(&self) -> Duration;
    /// The next message, as soon as there is one. Waits until that moment at most, and then gives
    /// `None`; without one as long as it takes. A line that is gone is [`Msg::Hangup`].
    fn wait(&mut self, until: Option<Duration>) -> Option<Msg>;
    /// A message that has come already.
    fn take(&mut self) -> Option<Msg>;
    /// Whether the screen is this session's: not while an editor runs or the process is stopped.
    fn owns_screen(&self) -> bool;
    /// Shows a frame, or the change to one.
    ///
    /// # Errors
    /// When the line is gone.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Sets a task going. [`Task::Quit`] and [`Task::Repaint`] do not come here.
    fn carry_out(&mut self, task: Task);
}

/// Why a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The reader wished so.
    Quit,
    /// It was ended from outside, or the line is gone.
    Hangup,
}

/// Runs a session on a screen of this size to its end.
pub fn run(scene: &mut impl Scene, outside: &mut impl Outside, size: Size) -> End {
    let (encoder, frame) = (Encoder::default(), Buffer::empty(Rect::ZERO));
    let mut session = Session { scene, outside, size, encoder, frame, end: None };
    let mut waiting = None;
    loop {
        session.hear(waiting);
        if session.end.is_none() {
            session.show();
        }
        if let Some(end) = session.end {
            return end;
        }
        waiting = session.outside.take();
        if waiting.is_none() {
            session.scene.rest();
        }
    }
}

struct Session<'a, S, O> {
    scene: &'a mut S,
    outside: &'a mut O,
    size: Size,
    encoder: Encoder,
    /// Drawn into for each frame anew.
    frame: Buffer,
    end: Option<End>,
}

impl<S: Scene, O: Outside> Session<'_, S, O> {
    /// Takes all messages that have come, after the first, for which it waits where there is none yet.
    fn hear(&mut self, first: Option<Msg>) {
        let deadline = self.scene.deadline();
        let mut message = first.or_else(|| self.outside.wait(deadline));
        let until = self.outside.now() + BATCH_TIME;
        let mut heard = 0;
        while let Some(next) = message {
            self.update(next);
            heard += 1;
            if self.end.is_some() || heard == BATCH || self.outside.now() >= until {
                break;
            }
            message = self.outside.take();
        }
        if heard > 0 {
            self.settle();
        }
        let due = self.scene.deadline().is_some_and(|at| at <= self.outside.now());
        if due && self.end.is_none() {
            self.update(Msg::Wake);
            self.settle();
        }
    }

    fn settle(&mut self) {
        self.scene.settle(self.outside.now());
    }

    fn update(&mut self, message: Msg) {
        match &message {
            Msg::Resize(size) => self.size = *size,
            // Somebody else had the screen.
            Msg::Resumed | Msg::Done(Done::Edited(_)) => self.encoder.forget(),
            Msg::Hangup => self.end = Some(End::Hangup),
            _ => {}
        }
        for task in self.scene.hear(message, self.outside.now()) {
            match task {
                Task::Quit => self.end = self.end.or(Some(End::Quit)),
                Task::Repaint => self.encoder.forget(),
                task => self.outside.carry_out(task),
            }
        }
    }

    fn show(&mut self) {
        if !self.outside.owns_screen() || !self.scene.wants_frame() {
            return;
        }
        let area = Rect::new(0, 0, self.size.columns, self.size.rows);
        if self.frame.area == area {
            self.frame.reset();
        } else {
            self.frame = Buffer::empty(area);
        }
        let cursor = self.scene.draw(&mut self.frame);
        let bytes = self.encoder.encode(&self.frame, cursor);
        if !bytes.is_empty() && self.outside.write(bytes).is_err() {
            self.update(Msg::Hangup);
            self.settle();
        }
    }
}

#[cfg(test)]
mod tests;
