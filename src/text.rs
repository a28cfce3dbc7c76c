//! Words and cells: everything that knows what a grapheme is and what it takes on a screen.
//!
//! Uses nothing of this crate. Deliberately absent: colours, and what a text means.
