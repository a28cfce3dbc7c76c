//! What can be wrong with a briefing that YAML accepts: one rule a file, with its code and its tests.

pub mod clashing_id;
pub mod class;
pub mod comment_cut;
pub mod control_character;
pub mod curly_quotes;
pub mod date;
pub mod empty_body;
pub mod ends_before;
pub mod grade;
pub mod identifier;
pub mod marking;
pub mod missing_date;
pub mod missing_part;
pub mod missing_title;
pub mod refusal;
pub mod remark;
pub mod shape;
pub mod unknown_actor;
pub mod unknown_key;
pub mod unknown_link;
pub mod url;
pub mod word;

#[cfg(test)]
pub(crate) mod carets;
