//! What stands in for a missing title or date.

use std::ops::Range;

use super::super::model::Briefing;
use crate::date::EdtfDate;
use crate::diagnostic::Source;

/// Longest title that is made from a body, in characters.
const TITLE_LENGTH: usize = 120;

/// The first line of a body without its Markdown marks, cut at a blank if it is long.
pub fn title_of(body: &str) -> Option<String> {
    let line = body
        .lines()
        .map(|line| line.trim_start_matches(['#', '>', ' ', '\t']).trim())
        .find(|line| !line.is_empty())?;
    let Some((cut, _)) = line.char_indices().nth(TITLE_LENGTH) else {
        return Some(line.to_owned());
    };
    let head = &line[..cut];
    let head = head.rfind(' ').map_or(head, |blank| &head[..blank]);
    Some(format!("{}…", head.trim_end()))
}

/// What stands for a document that could not be read: its raw text, without the line that begins it.
pub fn stand_in(source: &Source<'_>, document: &Range<usize>, stem: &str) -> Briefing {
    let raw = source.slice(document.clone());
    let head = if raw.starts_with("---")
        && raw[3..].trim_start_matches([' ', '\t']).starts_with(['\r', '\n'])
    {
        memchr::memchr(b'\n', raw.as_bytes()).map_or(0, |at| at + 1)
    } else {
        0
    };
    let line = source.position(document.start + head).line;
    Briefing {
        date: date_of(stem),
        body: raw[head..].to_owned(),
        body_line: Some(line),
        line,
        ..Briefing::default()
    }
}

/// The date with which a file's stem begins: `2023-03-17-xi` or `2023-03-xi`.
#[must_use]
pub fn date_of(stem: &str) -> Option<EdtfDate> {
    let length = stem.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(stem.len());
    let mut parts = stem[..length].split('-');
    let year = parts.next().filter(|year| year.len() == 4)?;
    let month = parts.next().filter(|month| month.len() == 2 && ("01"..="12").contains(month))?;
    let day = parts.next().filter(|day| day.len() == 2);
    day.and_then(|day| EdtfDate::parse(&format!("{year}-{month}-{day}")).ok())
        .or_else(|| EdtfDate::parse(&format!("{year}-{month}")).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stem_may_begin_with_a_date() {
        let cases = [
            ("2023-03-17-xi-to-visit-moscow", Some("2023-03-17")),
            ("2023-03-17", Some("2023-03-17")),
            ("2023-03-17_xi", Some("2023-03-17")),
            ("2023-03-third-term", Some("2023-03")),
            ("2023-13-17-x", None),
            ("2023-report", None),
            ("xi-2023-03-17", None),
            ("", None),
        ];
        for (stem, expected) in cases {
            let date = date_of(stem);
            assert_eq!(date.as_ref().map(EdtfDate::as_edtf), expected, "{stem}");
        }
    }

    #[test]
    fn a_title_is_one_line_of_bounded_length() {
        assert_eq!(title_of("\n\n# Xi in Moscow\ntext").as_deref(), Some("Xi in Moscow"));
        assert_eq!(title_of(" \n"), None);
        let long = title_of(&"naïve ".repeat(100)).unwrap();
        assert!(long.chars().count() <= TITLE_LENGTH + 1 && long.ends_with("naïve…"));
    }
}
