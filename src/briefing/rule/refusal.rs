//! A document that could not be read at all.

use std::ops::Range;

use super::super::recovery::words_for;
use super::super::syntax::{MAX_DEPTH, Refusal};
use crate::diagnostic::{Code, Diagnostic, Source};

/// The finding; `document` is where the document stands in the file.
pub fn finding(source: &Source<'_>, document: &Range<usize>, refusal: &Refusal) -> Diagnostic {
    let (base, end) = (document.start, document.end);
    let at = (refusal.at() + base).min(end);
    let at = if source.slice(at..end).trim().is_empty() {
        left_open(source.slice(base..at)).map_or(at, |open| base + open)
    } else {
        at
    };
    let next = source.slice(at..end).chars().next().filter(|c| !c.is_whitespace());
    let place = source.place(at..at + next.map_or(0, char::len_utf8));
    match refusal {
        Refusal::TooDeep { .. } => {
            Diagnostic::new(Code::TOO_DEEP, "values are nested too deep here").at(place).help(
                format!("lists and maps within each other are read down to {MAX_DEPTH} levels"),
            )
        }
        Refusal::TooLarge { .. } => Diagnostic::new(
            Code::TOO_LARGE,
            "there are too many values, or aliases repeat too many",
        )
        .at(place)
        .help("split the file, and write out what aliases (*name) repeat"),
        Refusal::Syntax { info, .. } => {
            let line = source.lines().line(place.start.line).unwrap_or_default();
            let (message, help) = words_for(info, source.slice(line));
            Diagnostic::new(Code::BAD_SYNTAX, message).at(place).help(help)
        }
    }
}

/// Where the innermost bracket was opened that is never closed: an end of the text that nobody
/// expected says nothing about the place of the mistake.
fn left_open(text: &str) -> Option<usize> {
    let mut open: Vec<usize> = Vec::new();
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(opened), c) if c == opened => quote = None,
            (Some(_), _) => {}
            (None, '"') => quote = Some(c),
            (None, '[' | '{') => open.push(at),
            (None, ']' | '}') => {
                open.pop();
            }
            (None, _) => {}
        }
    }
    open.pop()
}

#[cfg(test)]
mod tests {
    use crate::briefing::rule::carets::raw_carets;

    #[test]
    fn a_document_that_is_not_understood_is_pointed_into() {
        let text = "title: t\nevents: [a, b\nbody: x\n";
        assert!(raw_carets(text).starts_with("E012 |"), "{}", raw_carets(text));
        let first = raw_carets("title: t\nevents: [a, b\n---\ntitle: u\ndate: 2023\nbody: c\n");
        assert_eq!(first, "E012 |events: [a, b\n     |        ^\n");
        let bomb = format!("title: t\nbody: {}", "[".repeat(100_000));
        assert!(raw_carets(&bomb).starts_with("E013 |body: [[["));
    }
}
