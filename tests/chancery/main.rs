//! The one test binary: what holds of the whole.

mod architecture;
mod end_to_end;
mod pty;
mod reader;
mod reading;
mod screens;
