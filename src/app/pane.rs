//! The four views, one file each with its state and what it answers.

pub mod briefings;
pub mod entities;
pub mod text;
pub mod timeline;

pub use briefings::Briefings;
pub use entities::Entities;
pub use text::Text;
pub use timeline::Timeline;
