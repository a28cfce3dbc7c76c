//! One JSON object a line, with the keys that the command line promises.

use super::Record;
use crate::export::json_line::json_line;

/// The events as lines of JSON.
#[must_use]
pub fn as_jsonl(records: &[Record<'_>]) -> String {
    records.iter().map(json_line).collect()
}
