//! What lies over the panes, one file each; the topmost one has the keys.

pub mod commands;
pub mod details;
pub mod problems;

pub use commands::CommandList;
pub use details::Details;
pub use problems::Problems;

/// A list or page over the panes.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// All keys (`?`) or the palette (`:`).
    Commands(CommandList),
    /// Problems found in the files.
    Problems(Problems),
    /// Everything the file says of the open briefing.
    Details(Details),
}
