//! An item without the part that makes it one.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Source};

/// The finding at the first line of the item.
pub fn finding(source: &Source<'_>, item: Range<usize>, message: &str) -> Diagnostic {
    let written = source.slice(item.clone());
    let first = written.lines().next().map_or(0, str::len);
    Diagnostic::new(Code::MISSING_PART, message)
        .at(source.place(item.start..item.start + first))
        .help("add it; until then the item is not used")
}

#[cfg(test)]
mod tests {
    use crate::briefing::rule::carets::carets;

    #[test]
    fn an_item_without_its_part_costs_only_itself() {
        let text = "events:\n  - date: 2023-03-17\n    class: CONSULT\n  - what: talks\n";
        assert_eq!(carets(text), "E023 |  - date: 2023-03-17\n     |    ^^^^^^^^^^^^^^^^\n");
        let read = crate::briefing::read_file("x", text.as_bytes());
        assert_eq!(read.briefings[0].events.len(), 1);
        for missing in [
            "links:\n  - rel: follows\n",
            "entities:\n  - kind: state\n",
            "relations:\n  - from: x\n",
        ] {
            assert!(carets(missing).starts_with("E023"), "{missing}");
        }
    }
}
