//! Drawing of the four views, one file each under the same name as its state.

pub mod briefings;
pub mod entities;
pub mod text;
pub mod timeline;
