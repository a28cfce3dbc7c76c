//! chancery: a terminal reader for geopolitical briefings.
//!
//! The rooms stand in the order in which they may know each other: each may use those above it.
//! `ARCHITECTURE.md` draws the map and `tests/chancery/architecture.rs` holds the code to it.

pub mod text;

pub mod date;

pub mod diagnostic;

pub mod briefing;

pub mod actor;

pub mod corpus;

pub mod desk;

pub mod app;

pub mod export;

pub mod ui;

pub mod terminal;

pub mod command_line;
