//! Words and cells: everything that knows what a grapheme is and what it takes on a screen.
//!
//! Uses nothing of this crate. Deliberately absent: colours, and what a text means.
//!
//! Ranges are byte ranges into the text that was given; columns are terminal columns.

pub mod breaks;
pub mod cells;
pub mod clean;
pub mod find;
pub mod fold;
mod grapheme;
mod letters;
pub mod position;
pub mod rtl;
#[cfg(test)]
pub(crate) mod samples;
pub mod sentence;
pub mod span;
pub mod verbatim;
pub mod width;
pub mod wrap;

pub use breaks::breaks;
pub use cells::{Cell, Cells, Piece, cells, prose_cells, verbatim_cells};
pub use clean::{clean_line, clean_text, visible};
pub use find::Needle;
pub use fold::{Folded, Folding, WayBack, fold, fold_key};
pub use position::LineIndex;
pub(crate) use position::floor_boundary;
pub use rtl::{ISOLATE_END, ISOLATE_START, is_rtl, rtl_runs};
pub use sentence::{sentences, words};
pub use span::{Segment, Span, merge};
pub use verbatim::wrap_verbatim;
pub use width::{display_width, ellipsize, ellipsize_middle, fitting, pad};
pub use wrap::{Columns, Line, soft_cuts, wrap};
