//! The program as its readers meet it: one test binary.

mod end_to_end;
mod pty;
