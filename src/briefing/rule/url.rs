//! An address that no browser would open.

use super::super::typing::Field;
use crate::diagnostic::{Code, Diagnostic, Source};

/// Checks the address of a source.
pub fn check(source: &Source<'_>, field: &Field<String>) -> Option<Diagnostic> {
    let text = field.0.as_ref()?;
    (!is_web_address(text.value.trim())).then(|| {
        Diagnostic::new(Code::BAD_URL, "this is not a web address")
            .at(source.place(text.span.clone()))
            .help("it begins with https:// or http://")
    })
}

/// Whether a text is an `http` or `https` address with a host and without blanks or control
/// characters; anything else is never opened.
#[must_use]
pub fn is_web_address(text: &str) -> bool {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    let rest = if lower.starts_with("https://") {
        &text[8..]
    } else if lower.starts_with("http://") {
        &text[7..]
    } else {
        return false;
    };
    let starts_well = rest.starts_with(|c: char| c.is_alphanumeric() || c == '[');
    starts_well && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::briefing::rule::carets::carets;

    #[test]
    fn only_web_addresses_pass() {
        for good in ["https://a.example/x?y#z", "HTTP://a.example", "http://[::1]/"] {
            assert!(is_web_address(good), "{good}");
        }
        for bad in [
            "",
            "https://",
            "http:///x",
            "ftp://a",
            "javascript:alert(1)",
            "https://a b",
            "www.a.example",
            "-x",
            "httpsé://",
        ] {
            assert!(!is_web_address(bad), "{bad}");
        }
        assert_eq!(
            carets("source: {name: x, url: www.mfa.example}\n"),
            "E027 |source: {name: x, url: www.mfa.example}\n     |                       ^^^^^^^^^^^^^^^\n"
        );
    }
}
