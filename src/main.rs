//! The thin door: everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    chancery::command_line::main()
}
