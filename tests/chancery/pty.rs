//! The built binary in a real pseudo-terminal, with an emulator that reads its screen.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::num::NonZeroU16;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system};
use rustix::process::{Pid, Signal};
use rustix::termios::LocalModes;

/// How long anything may take before a test fails: much more than it ever does.
const PATIENCE: Duration = Duration::from_secs(30);

/// How keys are written in a test, and what a terminal sends for them.
const KEYS: &[(&str, &str)] = &[
    ("<Enter>", "\r"),
    ("<Esc>", "\x1b"),
    ("<Tab>", "\t"),
    ("<S-Tab>", "\x1b[Z"),
    ("<Space>", " "),
    ("<BS>", "\x7f"),
    ("<Up>", "\x1b[A"),
    ("<Down>", "\x1b[B"),
    ("<PgDn>", "\x1b[6~"),
    ("<PgUp>", "\x1b[5~"),
    ("<Ctrl-c>", "\x03"),
    ("<Ctrl-d>", "\x04"),
    ("<Ctrl-l>", "\x0c"),
    ("<Ctrl-z>", "\x1a"),
];

/// What the terminal was told and what modes it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a mode of its own")]
pub struct Modes {
    pub alternate_screen: bool,
    pub bracketed_paste: bool,
    pub cursor_hidden: bool,
    /// Typed characters are echoed, and lines edited, by the kernel.
    pub cooked: bool,
}

impl Modes {
    /// A terminal that nobody has taken.
    pub const WHOLE: Self = Self {
        alternate_screen: false,
        bracketed_paste: false,
        cursor_hidden: false,
        cooked: true,
    };
    /// A terminal in which one reads.
    pub const READING: Self =
        Self { alternate_screen: true, bracketed_paste: true, cursor_hidden: true, cooked: false };
}

struct Seen {
    bytes: Vec<u8>,
    emulator: vt100::Parser,
    status: Option<ExitStatus>,
}

struct Shared {
    seen: Mutex<Seen>,
    changed: Condvar,
}

impl Shared {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        // A test that fails while it looks must not fail the threads beside it.
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A reader's own folders: home, state, configuration. Sessions may follow one another in it.
pub struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file below, with the folders on the way to it.
    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let file = self.path().join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, text).unwrap();
        file
    }

    /// The program as every test runs it: nothing of the surroundings but where programs are.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let below = |name: &str| self.path().join(name).display().to_string();
        vec![
            ("PATH", std::env::var("PATH").unwrap_or_default()),
            ("HOME", self.path().display().to_string()),
            ("XDG_STATE_HOME", below("state")),
            ("XDG_CONFIG_HOME", below("config")),
            ("XDG_CACHE_HOME", below("cache")),
            ("TERM", "xterm-256color".to_owned()),
            ("LANG", "C.UTF-8".to_owned()),
            ("CHANCERY", env!("CARGO_BIN_EXE_chancery").to_owned()),
        ]
    }
}

/// The program, or a shell that runs it, on a terminal.
pub struct Session {
    master: Box<dyn MasterPty + Send>,
    /// Held open, so that the terminal outlives the program.
    slave: Option<Box<dyn SlavePty + Send>>,
    keyboard: Box<dyn std::io::Write + Send>,
    shared: Arc<Shared>,
    pid: Pid,
    listener: Option<JoinHandle<()>>,
    at_end: Option<Modes>,
}

impl Session {
    /// Starts the program with these arguments.
    pub fn start(home: &Home, arguments: &[&str], columns: u16, rows: u16) -> Self {
        Self::start_with(home, arguments, columns, rows, &[])
    }

    /// Starts the program in an environment with more in it.
    pub fn start_with(
        home: &Home,
        arguments: &[&str],
        columns: u16,
        rows: u16,
        more: &[(&str, &str)],
    ) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_chancery"));
        command.args(arguments);
        Self::spawn(home, command, columns, rows, more)
    }

    /// Starts a shell with job control that runs a script, in which `$CHANCERY` is the program.
    pub fn start_shell(home: &Home, script: &str, columns: u16, rows: u16) -> Self {
        let mut command = CommandBuilder::new("bash");
        command.args(["-c", &format!("set -m\n{script}")]);
        Self::spawn(home, command, columns, rows, &[])
    }

    fn spawn(
        home: &Home,
        mut command: CommandBuilder,
        columns: u16,
        rows: u16,
        more: &[(&str, &str)],
    ) -> Self {
        command.env_clear();
        command.cwd(home.path());
        for (name, value) in home.environment() {
            command.env(name, value);
        }
        for (name, value) in more {
            command.env(name, value);
        }
        let pair = native_pty_system().openpty(size(columns, rows)).unwrap();
        let mut child = pair.slave.spawn_command(command).unwrap();
        let pid = child.process_id().and_then(|id| Pid::from_raw(id.cast_signed())).unwrap();
        let emulator = vt100::Parser::new(side(rows), side(columns), 0);
        let seen = Seen { bytes: Vec::new(), emulator, status: None };
        let shared = Arc::new(Shared { seen: Mutex::new(seen), changed: Condvar::new() });
        let ended = Arc::clone(&shared);
        thread::spawn(move || {
            let status = child.wait().unwrap();
            ended.seen().status = Some(status);
            ended.changed.notify_all();
        });
        let listener = listen(pair.master.try_clone_reader().unwrap(), Arc::clone(&shared));
        Self {
            keyboard: pair.master.take_writer().unwrap(),
            master: pair.master,
            slave: Some(pair.slave),
            shared,
            pid,
            listener: Some(listener),
            at_end: None,
        }
    }

    /// Types keys, written as in `jj<Enter>`.
    pub fn keys(&mut self, keys: &str) {
        let mut rest = keys;
        let mut bytes = String::new();
        while let Some(first) = rest.chars().next() {
            let named = KEYS.iter().find(|(name, _)| rest.starts_with(name));
            let (name, sent) = named.map_or((&rest[..first.len_utf8()], ""), |key| *key);
            bytes.push_str(if sent.is_empty() { name } else { sent });
            rest = &rest[name.len()..];
        }
        self.keyboard.write_all(bytes.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// Waits until the screen is so, and gives its text.
    pub fn wait_for(&self, what: &str, so: impl Fn(&vt100::Screen) -> bool) -> String {
        let seen = self.wait(what, |seen| so(seen.emulator.screen()));
        seen.emulator.screen().contents()
    }

    /// Waits until the screen has this text.
    pub fn wait_for_text(&self, text: &str) -> String {
        self.wait_for(text, |screen| screen.contents().contains(text))
    }

    fn wait(&self, what: &str, so: impl Fn(&Seen) -> bool) -> MutexGuard<'_, Seen> {
        let until = Instant::now() + PATIENCE;
        let mut seen = self.shared.seen();
        while !so(&seen) {
            let left = until.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "waited for {what} in vain:\n{}", describe(&seen));
            seen = self.shared.changed.wait_timeout(seen, left).unwrap().0;
        }
        seen
    }

    /// The text on the screen now.
    pub fn screen(&self) -> String {
        self.shared.seen().emulator.screen().contents()
    }

    /// Everything that was written to the terminal so far.
    pub fn raw_output(&self) -> Vec<u8> {
        self.shared.seen().bytes.clone()
    }

    /// Waits until `part` is written to the terminal after its first `from` bytes.
    pub fn wait_for_output(&self, from: usize, part: &str) {
        drop(self.wait(part, |seen| {
            let new = seen.bytes.get(from..).unwrap_or_default();
            new.windows(part.len()).any(|bytes| bytes == part.as_bytes())
        }));
    }

    /// Another size of the window.
    pub fn resize(&self, columns: u16, rows: u16) {
        // The emulator first: what the program draws for the new size must fit.
        self.shared.seen().emulator.set_size(side(rows), side(columns));
        self.master.resize(size(columns, rows)).unwrap();
    }

    /// The process that was started.
    pub fn pid(&self) -> Pid {
        self.pid
    }

    /// Sends the process that was started a signal.
    pub fn signal(&self, signal: Signal) {
        rustix::process::kill_process(self.pid, signal).unwrap();
    }

    /// Waits for the end: everything that was written until then has been read.
    pub fn wait_exit(&mut self) -> ExitStatus {
        let status = self.wait("the end", |seen| seen.status.is_some()).status.clone().unwrap();
        if self.slave.is_some() {
            let cooked = self.cooked();
            self.slave = None;
            self.listener.take().into_iter().for_each(|listener| listener.join().unwrap());
            self.at_end = Some(Modes { cooked, ..self.told() });
        }
        status
    }

    /// The modes of the terminal now, or at the end.
    pub fn modes(&self) -> Modes {
        self.at_end.unwrap_or_else(|| Modes { cooked: self.cooked(), ..self.told() })
    }

    fn told(&self) -> Modes {
        let seen = self.shared.seen();
        let screen = seen.emulator.screen();
        Modes {
            alternate_screen: screen.alternate_screen(),
            bracketed_paste: screen.bracketed_paste(),
            cursor_hidden: screen.hide_cursor(),
            cooked: false,
        }
    }

    fn cooked(&self) -> bool {
        let name = self.master.tty_name().unwrap();
        // Without making it the terminal of the tests themselves.
        let flags = rustix::fs::OFlags::NOCTTY.bits().cast_signed();
        let terminal = File::options().read(true).custom_flags(flags).open(name).unwrap();
        let modes = rustix::termios::tcgetattr(&terminal).unwrap().local_modes;
        modes.contains(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if self.shared.seen().status.is_none() {
            // It may end at this very moment.
            let _ = rustix::process::kill_process(self.pid, Signal::KILL);
        }
    }
}

fn listen(mut reader: Box<dyn std::io::Read + Send>, shared: Arc<Shared>) -> JoinHandle<()> {
    thread::spawn(move || {
        let mut bytes = [0; 4096];
        // An error is the end: nobody has the terminal any more.
        while let Ok(count @ 1..) = reader.read(&mut bytes) {
            let mut seen = shared.seen();
            seen.bytes.extend_from_slice(&bytes[..count]);
            seen.emulator.process(&bytes[..count]);
            drop(seen);
            shared.changed.notify_all();
        }
    })
}

fn describe(seen: &Seen) -> String {
    let mut text = String::new();
    let screen = seen.emulator.screen();
    for row in screen.contents().lines() {
        let _ = writeln!(text, "  |{row}");
    }
    let _ = write!(text, "  second screen {}, ", screen.alternate_screen());
    let _ = write!(text, "{} bytes so far, status {:?}", seen.bytes.len(), seen.status);
    text
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

fn side(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).unwrap()
}
