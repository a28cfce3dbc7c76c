//! The one test binary: what holds of the whole.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod architecture;
mod end_to_end;
mod pty;
mod reader;
mod reading;
mod screens;
