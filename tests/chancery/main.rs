//! The one test binary: what holds of the whole.

mod architecture;
mod check;
mod corpus;
mod end_to_end;
mod program;
mod pty;
mod reader;
mod reading;
mod schema;
mod screens;
