//! The loop between a scene that counts and an outside that plays a script.

use std::collections::VecDeque;

use super::*;
use crate::app::chord::{Chord, Key};

/// Shows how many keys were pressed; `q` quits, `r` repaints, `e` edits, `w` asks to be woken.
#[derive(Default)]
struct Counter {
    keys: usize,
    woken: usize,
    settled: usize,
    rested: usize,
    deadline: Option<Duration>,
    not_yet: bool,
    heard: Vec<&'static str>,
}

impl Scene for Counter {
    fn hear(&mut self, message: Msg, now: Duration) -> Vec<Task> {
        match message {
            Msg::Wake => {
                self.woken += 1;
                self.deadline = None;
            }
            Msg::Hangup => {
                self.heard.push("hangup");
                return vec![Task::Copy("kept".to_owned()), Task::Quit];
            }
            Msg::Key(Chord { key: Key::Char('q'), .. }) => return vec![Task::Quit, Task::Load],
            Msg::Key(Chord { key: Key::Char('r'), .. }) => return vec![Task::Repaint],
            Msg::Key(Chord { key: Key::Char('w'), .. }) => {
                self.deadline = Some(now + Duration::from_secs(1));
            }
            Msg::Key(_) => self.keys += 1,
            _ => {}
        }
        Vec::new()
    }

    fn settle(&mut self, _: Duration) {
        self.settled += 1;
    }

    fn rest(&mut self) {
        self.rested += 1;
    }

    fn deadline(&self) -> Option<Duration> {
        self.deadline
    }

    fn wants_frame(&self) -> bool {
        !self.not_yet
    }

    fn draw(&self, buffer: &mut Buffer) -> Option<Position> {
        buffer.set_string(0, 0, format!("{} keys", self.keys), ratatui::style::Style::new());
        None
    }
}

/// Each step is what waits when the loop looks; between two steps it slept.
#[derive(Default)]
struct Script {
    steps: VecDeque<Vec<Msg>>,
    waiting: VecDeque<Msg>,
    now: Duration,
    /// For how long the loop was ready to sleep, each time.
    sleeps: Vec<Option<Duration>>,
    frames: Vec<String>,
    tasks: Vec<Task>,
    away: bool,
    dead: bool,
    /// What taking a message costs.
    slow: Duration,
}

impl Outside for Script {
    fn now(&self) -> Duration {
        self.now
    }

    fn wait(&mut self, until: Option<Duration>) -> Option<Msg> {
        self.sleeps.push(until);
        if let Some(until) = until {
            self.now = until;
            return None;
        }
        if let Some(message) = self.waiting.pop_front() {
            return Some(message);
        }
        self.waiting = self.steps.pop_front().map_or_else(|| [Msg::Hangup].into(), Into::into);
        self.waiting.pop_front()
    }

    fn take(&mut self) -> Option<Msg> {
        self.now += self.slow;
        self.waiting.pop_front()
    }

    fn owns_screen(&self) -> bool {
        !self.away
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.frames.push(String::from_utf8_lossy(bytes).into_owned());
        if self.dead { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(()) }
    }

    fn carry_out(&mut self, task: Task) {
        self.tasks.push(task);
    }
}

fn keys(text: &str) -> Vec<Msg> {
    text.chars().map(|c| Msg::Key(Chord::char(c))).collect()
}

fn script(steps: impl IntoIterator<Item = Vec<Msg>>) -> Script {
    Script { steps: steps.into_iter().collect(), ..Script::default() }
}

fn play(scene: &mut Counter, outside: &mut Script) -> End {
    run(scene, outside, Size::clamped(20, 2))
}

#[test]
fn a_hundred_keys_that_wait_make_one_frame() {
    let mut outside = script([keys(&"j".repeat(100))]);
    let mut scene = Counter::default();
    play(&mut scene, &mut outside);
    assert_eq!(outside.frames.len(), 1);
    assert!(outside.frames[0].contains("100 keys"), "{:?}", outside.frames);
    assert_eq!(scene.settled, 2, "after them, and after the hangup");
}

#[test]
fn a_flood_of_slow_keys_does_not_stop_the_screen() {
    let slow = Duration::from_millis(10);
    let mut outside = Script { slow, ..script([keys(&"j".repeat(100))]) };
    let mut scene = Counter::default();
    play(&mut scene, &mut outside);
    assert_eq!(scene.keys, 100);
    assert_eq!(outside.frames.len(), 10);
    let mut outside = script([keys(&"j".repeat(BATCH + 1))]);
    let mut scene = Counter::default();
    play(&mut scene, &mut outside);
    assert_eq!((scene.keys, outside.frames.len()), (BATCH + 1, 2));
    assert_eq!(scene.rested, 1, "not while keys wait");
}

#[test]
fn keys_that_come_one_by_one_make_a_frame_each() {
    let mut outside = script(["j", "j", "j"].map(keys));
    play(&mut Counter::default(), &mut outside);
    assert_eq!(outside.frames[1..], ["\r2", "\r3"]);
}

#[test]
fn idle_costs_no_byte_and_no_wake_up() {
    let unmoved = Msg::Done(Done::Loading { read: 1, found: 2 });
    let mut outside = script([keys("j"), vec![unmoved], vec![Msg::Paste(String::new())]]);
    let mut scene = Counter::default();
    play(&mut scene, &mut outside);
    assert_eq!(outside.frames.len(), 1, "nothing changed after the first");
    assert_eq!(outside.sleeps, [None; 4], "slept until there was a message, never for a time");
    assert_eq!(scene.woken, 0);
}

#[test]
fn a_deadline_wakes_once() {
    let mut outside = script([keys("w"), keys("j")]);
    let mut scene = Counter::default();
    play(&mut scene, &mut outside);
    assert_eq!(scene.woken, 1);
    assert_eq!(outside.sleeps, [None, Some(Duration::from_secs(1)), None, None]);
}

#[test]
fn nothing_is_drawn_before_there_is_anything() {
    let mut outside = script([keys("j")]);
    play(&mut Counter { not_yet: true, ..Counter::default() }, &mut outside);
    assert!(outside.frames.is_empty());
}

#[test]
fn nothing_is_drawn_while_somebody_else_has_the_screen() {
    let mut outside = Script { away: true, ..script([keys("j")]) };
    play(&mut Counter::default(), &mut outside);
    assert!(outside.frames.is_empty());
}

#[test]
fn what_spoils_the_screen_is_painted_over() {
    let whole = |frame: &str| frame.contains("\x1b[2J") && frame.contains("1 keys");
    let resize = Msg::Resize(Size::clamped(30, 3));
    let edited = Msg::Done(Done::Edited(None));
    for message in [Msg::Resumed, edited, resize, keys("r").remove(0)] {
        let mut outside = script([keys("j"), vec![message.clone()]]);
        play(&mut Counter::default(), &mut outside);
        assert!(whole(&outside.frames[1]), "{message:?}: {:?}", outside.frames);
    }
}

#[test]
fn quitting_carries_out_what_was_asked_with_it_and_draws_no_more() {
    let mut outside = script([keys("jqjjj")]);
    let mut scene = Counter::default();
    assert_eq!(play(&mut scene, &mut outside), End::Quit);
    assert_eq!(outside.tasks, [Task::Load]);
    assert!(outside.frames.is_empty());
    assert_eq!(scene.keys, 1, "what was typed after it is not heard");
}

#[test]
fn a_hangup_lets_the_scene_keep_what_is_to_be_kept() {
    let mut outside = script([vec![Msg::Hangup]]);
    assert_eq!(play(&mut Counter::default(), &mut outside), End::Hangup);
    assert_eq!(outside.tasks, [Task::Copy("kept".to_owned())]);
}

#[test]
fn a_dead_line_is_written_to_once_and_is_a_hangup() {
    let mut outside = Script { dead: true, ..script(["j", "j"].map(keys)) };
    let mut scene = Counter::default();
    assert_eq!(play(&mut scene, &mut outside), End::Hangup);
    assert_eq!(outside.frames.len(), 1);
    assert_eq!(scene.heard, ["hangup"]);
    assert_eq!(outside.tasks, [Task::Copy("kept".to_owned())]);
}
