//! The built program, run in a folder of its own with no configuration but the test's.

use std::fs;
use std::path::PathBuf;
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

/// A folder in which the program runs.
pub struct Program {
    folder: TempDir,
}

/// What a run came to.
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Program {
    /// Where the program looks for its configuration.
    pub const CONFIG: &'static str = ".home/.config/chancery/config.yaml";

    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, with the folders that it needs.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    /// The program with arguments parted by blanks, not run yet.
    pub fn command(&self, arguments: &str) -> Command {
        let mut command = Command::cargo_bin("chancery").unwrap();
        let home = self.path(".home");
        command.args(arguments.split_whitespace()).current_dir(self.folder.path());
        command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env("HOME", &home);
        let folders = [
            ("XDG_CONFIG_HOME", ".config"),
            ("XDG_STATE_HOME", ".state"),
            ("XDG_CACHE_HOME", ".cache"),
        ];
        for (variable, folder) in folders {
            command.env(variable, home.join(folder));
        }
        command
    }

    pub fn run(&self, arguments: &str) -> Run {
        Run::of(&self.command(arguments).output().unwrap())
    }
}

impl Run {
    pub fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("output is UTF-8");
        let code = output.status.code().expect("it ends by itself");
        Self { code, out: text(&output.stdout), err: text(&output.stderr) }
    }
}
