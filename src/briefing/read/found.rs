//! What was found in a file so far, never more than anybody reads.

use crate::diagnostic::{Code, Diagnostic};

/// Findings that are kept of one file. Each costs memory, and who has so many mends some and looks
/// again.
pub const AT_MOST: usize = 1_000;

/// Findings of one file.
#[derive(Debug, Default)]
pub struct Found {
    kept: Vec<Diagnostic>,
    more: bool,
}

impl Found {
    /// Adds one, if there is room.
    pub fn push(&mut self, finding: Diagnostic) {
        if self.kept.len() < AT_MOST {
            self.kept.push(finding);
        } else {
            self.more = true;
        }
    }

    /// All that were kept, in the order of the text; the last says whether there were more.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        self.kept.sort_by_key(|finding| {
            let span = finding.place.as_ref().map_or(0..0, |place| place.span.clone());
            (span.start, span.end, finding.code)
        });
        if self.more {
            let message = format!("more than {AT_MOST} findings; the rest are not told");
            let mut rest = Diagnostic::new(Code::TOO_MANY_FINDINGS, message)
                .help("mend some of them and look again");
            rest.place = self.kept.last().and_then(|last| last.place.clone());
            self.kept.push(rest);
        }
        self.kept
    }
}

impl Extend<Diagnostic> for Found {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, findings: I) {
        for finding in findings {
            self.push(finding);
            if self.more && self.kept.len() >= AT_MOST {
                break;
            }
        }
    }
}

impl Extend<Found> for Found {
    fn extend<I: IntoIterator<Item = Found>>(&mut self, findings: I) {
        for found in findings {
            self.more |= found.more;
            self.extend(found.kept);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::briefing::{read_actors, read_file};

    #[test]
    fn a_file_full_of_findings_gives_a_bounded_number_and_says_so() {
        let unknown = (0..3_000).fold(String::new(), |text, n| format!("{text}x{n}: y\n"));
        let twice = "title: t\n".repeat(3_000);
        let events = format!("events:\n{}", "- {what: w, class: NOPE}\n".repeat(3_000));
        let shapes = format!("tags:\n{}", "- {a: b}\n".repeat(3_000));
        let documents = "--- a\n".repeat(3_000);
        for text in [unknown, twice, events, shapes, documents] {
            let read = read_file("x", text.as_bytes());
            assert_eq!(read.diagnostics.len(), AT_MOST + 1);
            assert_eq!(read.diagnostics.last().unwrap().code, Code::TOO_MANY_FINDINGS);
        }
        let few = read_file("x", "--- a\n".repeat(AT_MOST).as_bytes());
        assert_eq!(few.diagnostics.len(), AT_MOST);
        let actors = read_actors("- {kind: x}\n".repeat(3_000).as_bytes());
        assert_eq!(actors.diagnostics.len(), AT_MOST + 1);
    }

    #[test]
    fn a_file_of_very_many_documents_is_read_up_to_a_limit() {
        let read = read_file("x", "---\ntitle: t\ndate: 2023\nbody: b\n".repeat(11_000).as_bytes());
        assert_eq!(read.briefings.len(), 10_000);
        let [finding] = read.diagnostics.as_slice() else { panic!("{:?}", read.diagnostics.len()) };
        assert_eq!(
            (finding.code, finding.place.clone().unwrap().start.line),
            (Code::TOO_LARGE, 40_001)
        );
    }
}
