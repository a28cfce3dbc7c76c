//! Values of keys that the format does not know: kept as YAML values, and written back as YAML.

use serde_yaml::Value;

use super::syntax::{Content, Node};

/// The value of a node; every scalar is a text, as it is everywhere here.
#[must_use]
pub fn value_of(node: &Node) -> Value {
    match &node.content {
        Content::Scalar(scalar) => Value::String(scalar.text.clone()),
        Content::List(items) => items.iter().map(value_of).collect(),
        Content::Map(entries) => Value::Mapping(
            entries.iter().map(|(key, value)| (value_of(key), value_of(value))).collect(),
        ),
    }
}

/// A value as YAML, without a newline at its end; a text as it is.
#[must_use]
pub fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => serde_yaml::to_string(other).unwrap_or_default().trim_end().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::briefing::read_file;

    #[test]
    fn an_unknown_value_is_kept_whole_and_written_as_yaml() {
        let text = "title: t\ndate: 2023\nbody: b\nregion: Eurasia\ndesk: {lead: Ann, code: NO}\nsee: [a, 'b: c']\n";
        let read = read_file("x", text.as_bytes());
        let kept: Vec<String> = read.briefings[0]
            .unknown
            .iter()
            .map(|(key, value)| format!("{key} = {}", super::written(value)))
            .collect();
        assert_eq!(kept, ["region = Eurasia", "desk = lead: Ann\ncode: NO", "see = - a\n- 'b: c'"]);
    }
}
