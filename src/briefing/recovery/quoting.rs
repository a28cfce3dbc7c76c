//! A text is put into quotes so that YAML reads it as it stands.

/// The text in double quotes where that needs no escapes, else in single ones, else escaped. Line
/// breaks stay: YAML folds them in quotes as it does without.
#[must_use]
pub fn quoted(text: &str) -> String {
    if text.contains(['"', '\\']) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        format!("\"{text}\"")
    }
}

/// The text without curly quotes around it, if it has them there and nowhere else.
#[must_use]
pub fn within_curly(text: &str) -> Option<&str> {
    let inner = text
        .strip_prefix(['“', '„', '”'])
        .and_then(|rest| rest.strip_suffix(['”', '“']))
        .or_else(|| text.strip_prefix('«').and_then(|rest| rest.strip_suffix('»')))?;
    (!inner.is_empty() && !inner.contains(['“', '”', '„', '«', '»'])).then_some(inner)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::briefing::syntax::parse_document;

    proptest! {
        #[test]
        fn what_is_quoted_reads_as_it_stands(text in "[a-z:#'\"\\\\ @*&!%\\[{é→-]{0,30}") {
            let yaml = format!("a: {}\n", quoted(&text));
            let node = parse_document(&yaml).unwrap().node.unwrap();
            prop_assert_eq!(node.get("a").unwrap().text(), Some(text.as_str()));
        }
    }

    #[test]
    fn curly_quotes_are_seen_only_around_the_whole() {
        assert_eq!(within_curly("“Xi: next”"), Some("Xi: next"));
        assert_eq!(within_curly("„Xi“"), Some("Xi"));
        assert_eq!(within_curly("«Си»"), Some("Си"));
        for text in ["“a” and “b”", "“a", "a”", "", "“”"] {
            assert_eq!(within_curly(text), None, "{text}");
        }
    }
}
