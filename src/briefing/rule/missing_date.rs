//! A briefing without a date, neither in the file nor in its name.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Source};

/// The finding at the head of the briefing.
pub fn finding(source: &Source<'_>, head: Range<usize>) -> Diagnostic {
    Diagnostic::new(Code::NO_DATE, "the briefing has no `date`")
        .at(source.place(head))
        .help("write `date: 2023-03-17`, or begin the file's name with it")
}

#[cfg(test)]
mod tests {
    use crate::briefing::read_file;
    use crate::briefing::rule::carets::raw_carets;

    #[test]
    fn a_file_name_stands_in() {
        let text = "title: t\nbody: b\n";
        assert_eq!(raw_carets(text), "E035 |title: t\n     |^\n");
        let read = read_file("2023-03-17-x", text.as_bytes());
        assert!(read.diagnostics.is_empty());
        assert_eq!(read.briefings[0].date.as_ref().unwrap().as_edtf(), "2023-03-17");
    }
}
