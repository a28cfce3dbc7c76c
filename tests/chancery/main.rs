//! The one test binary: what holds of the whole.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod architecture;
mod check;
mod corpus;
mod dossier;
mod end_to_end;
mod index;
mod keystrokes;
mod large;
mod lens;
mod live;
mod mentions;
mod pictures;
mod program;
mod properties;
mod pty;
mod reader;
mod reading;
mod schema;
mod screens;
mod search;
mod timeline;
mod timeline_screens;
