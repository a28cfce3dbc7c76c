//! The session loop and all that knows a terminal.

mod encode;
mod glyph;
mod pen;
