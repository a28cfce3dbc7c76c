//! One JSON object a line, safe to print on a terminal without losing a character.

use std::fmt::Write;

use serde::Serialize;

use crate::text::visible;

/// Records as lines of JSON.
pub(super) fn json_lines<T: Serialize>(records: &[T]) -> String {
    records.iter().map(json_line).collect()
}

/// A value as one line, with its newline. Characters that a terminal would obey, or that are not
/// seen, are escaped (`\u009b`), which a reader of JSON undoes. Empty for a value that JSON cannot
/// express, such as a map whose keys are no texts.
pub(super) fn json_line(value: &impl Serialize) -> String {
    serde_json::to_string(value).map(|json| escaped(&json) + "\n").unwrap_or_default()
}

fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if visible(c).is_none() {
            out.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            let _ = write!(out, "\\u{unit:04x}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::clean_line;

    #[test]
    fn what_a_terminal_obeys_is_escaped() {
        for (text, json) in [
            ("Xi’s \"visit\"", "\"Xi’s \\\"visit\\\"\"\n"),
            ("\u{1b}[m", "\"\\u001b[m\"\n"),
            ("\u{9b}m\u{202e}", "\"\\u009bm\\u202e\"\n"),
            ("two\nlines", "\"two\\nlines\"\n"),
            ("\u{10ffff}", "\"\\udbff\\udfff\"\n"),
        ] {
            assert_eq!(json_line(&text), json, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text in any::<String>()) {
            let line = json_line(&text);
            prop_assert_eq!(serde_json::from_str::<String>(&line).unwrap(), text);
            let json = line.trim_end_matches('\n');
            prop_assert_eq!(clean_line(json), json);
        }
    }
}
