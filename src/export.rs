//! What leaves as text, Markdown, CSV and JSON.
//!
//! May use `corpus` and below. Deliberately absent: files and the terminal; everything here writes to
//! whatever it is given.

pub mod actors;
pub mod dossier;
pub mod mentions;
pub mod search;
pub mod timeline;

mod columns;
mod json_line;
