//! The state of one session, changed only by [`update`]: one message in, tasks out.
//!
//! May use `corpus`, `desk` and below. Deliberately absent: the terminal, the clock (the time is
//! handed in), files, threads, colours, and anything that is drawn.

pub mod chord;
pub mod command;
pub mod config;
pub mod dossier;
pub mod history;
pub mod keyboard;
pub mod keymap;
pub mod layout;
pub mod letters;
pub mod list;
pub mod loading;
mod message;
pub mod overlay;
pub mod pane;
pub mod prompt;
mod state;
mod update;

pub use message::{Done, Msg, Task};
pub use prompt::Prompt;
pub use state::{App, Notice, Start};
pub use update::ahead::look_ahead;
pub use update::{hear, settle, update};
