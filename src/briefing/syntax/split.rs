//! A file may hold several documents; each is read by itself, so that a bad one costs only itself.

use std::ops::Range;

/// The byte spans of the documents of a text, separators included, those without any content left
/// out. In YAML a line that begins with `---` or `...` ends whatever is open, block scalars and
/// quotes too (YAML 1.2.2, rule 206, `c-forbidden`), so lines are enough to find them.
#[must_use]
pub fn split_documents(text: &str) -> Vec<Range<usize>> {
    let mut documents = Vec::new();
    let mut start = 0;
    for line_start in line_starts(text) {
        let line = &text[line_start..];
        if line_start > start && is_marker(line, "---") && !is_prologue(&text[start..line_start]) {
            documents.push(start..line_start);
            start = line_start;
        } else if is_marker(line, "...") {
            documents.push(start..line_start);
            start =
                memchr::memchr(b'\n', line.as_bytes()).map_or(text.len(), |at| line_start + at + 1);
        }
    }
    documents.push(start..text.len());
    documents.retain(|span| has_content(&text[span.clone()]));
    documents
}

fn line_starts(text: &str) -> impl Iterator<Item = usize> {
    let breaks = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
    std::iter::once(0).chain(breaks).filter(|&at| at < text.len())
}

fn is_marker(line: &str, marker: &str) -> bool {
    line.strip_prefix(marker)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']))
}

/// Nothing but comments and directives, which belong to the document that follows.
fn is_prologue(text: &str) -> bool {
    text.lines().all(|line| {
        let trimmed = line.trim_start();
        trimmed.is_empty() || trimmed.starts_with('#') || line.starts_with('%')
    })
}

fn has_content(text: &str) -> bool {
    text.lines().any(|line| {
        let rest = if is_marker(line, "---") { &line[3..] } else { line };
        let trimmed = rest.trim_start();
        !(trimmed.is_empty() || trimmed.starts_with('#') || line.starts_with('%'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_parted_at_marker_lines_only() {
        let cases: [(&str, &[&str]); 8] = [
            ("a: 1\n", &["a: 1\n"]),
            ("", &[]),
            ("# only a comment\n---\n\n", &[]),
            ("---\na: 1\n---\nb: 2\n", &["---\na: 1\n", "---\nb: 2\n"]),
            ("a: |\n  x\n  ---\n  y\n", &["a: |\n  x\n  ---\n  y\n"]),
            ("a: 1\n---x\n", &["a: 1\n---x\n"]),
            ("# head\n%YAML 1.2\n---\na: 1\n...\n# tail\n", &["# head\n%YAML 1.2\n---\na: 1\n"]),
            ("a: 1\r\n---\r\nb: 2", &["a: 1\r\n", "---\r\nb: 2"]),
        ];
        for (text, expected) in cases {
            let found: Vec<_> = split_documents(text).into_iter().map(|span| &text[span]).collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }
}
