//! A diagnostic as a workflow command that annotates a pull request on GitHub.
//!
//! The form is that of GitHub's documentation, "Workflow commands for GitHub Actions": properties
//! escape `% \r \n : ,`, the message `% \r \n`.

use super::{Diagnostic, Severity};
use crate::text::clean_text;

/// One command without a newline.
#[must_use]
pub fn render(file: &str, diagnostic: &Diagnostic) -> String {
    let command = match diagnostic.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = vec![format!("file={}", property(file))];
    if let Some(place) = &diagnostic.place {
        properties.push(format!("line={}", place.start.line));
        properties.push(format!("endLine={}", place.end.line));
        // GitHub refuses columns on an annotation of several lines.
        if place.start.line == place.end.line {
            properties.push(format!("col={}", place.start.column));
            properties.push(format!("endColumn={}", place.end.column));
        }
    }
    properties.push(format!("title={}", diagnostic.code.as_str()));
    let help = diagnostic.help.as_deref().map(|help| format!("\n{help}")).unwrap_or_default();
    format!(
        "::{command} {}::{}",
        properties.join(","),
        message(&format!("{}{help}", diagnostic.message))
    )
}

fn message(text: &str) -> String {
    clean_text(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::{Code, Source};
    use super::*;

    #[test]
    fn what_would_end_a_command_is_escaped() {
        let place = Source::new("title: a: b\n").place(7..11);
        let found =
            Diagnostic::new(Code("E003"), "50% of it\n::error::x").at(place).help("quote it");
        let printed = render("a,b:c.yaml", &found);
        assert_eq!(
            printed,
            "::error file=a%2Cb%3Ac.yaml,line=1,endLine=1,col=8,endColumn=12,title=E003::50%25 of it%0A::error::x%0Aquote it"
        );
    }
}
