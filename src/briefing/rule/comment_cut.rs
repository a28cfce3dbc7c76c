//! `title: Xi #1 visit`: YAML drops all from the ` #` on.

use super::super::recovery::quoted;
use super::super::syntax::{Content, Node, Style};
use crate::diagnostic::{Code, Diagnostic, Fix, Source};

/// At most this many are pointed at.
const AT_MOST: usize = 50;

/// Findings for values that a comment without a blank behind its `#` cuts short. Where a figure
/// follows the `#`, a text was certainly meant.
pub fn check(source: &Source<'_>, node: &Node) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if source.text().contains('#') {
        walk(source, node, &mut found);
    }
    found
}

fn walk(source: &Source<'_>, node: &Node, found: &mut Vec<Diagnostic>) {
    if found.len() >= AT_MOST || source.slice(node.span.clone()).starts_with(['[', '{']) {
        return;
    }
    match &node.content {
        Content::Scalar(scalar) if scalar.style == Style::Plain => found.extend(cut(source, node)),
        Content::Scalar(_) => {}
        Content::List(items) => items.iter().for_each(|item| walk(source, item, found)),
        Content::Map(entries) => {
            for (key, value) in entries {
                if value.is_absent() {
                    found.extend(cut_at_once(source, key));
                } else {
                    walk(source, value, found);
                }
            }
        }
    }
}

fn cut(source: &Source<'_>, node: &Node) -> Option<Diagnostic> {
    let end = source.lines().line(source.position(node.span.end).line)?.end;
    let rest = source.slice(node.span.end..end);
    let comment = rest.trim_start_matches([' ', '\t']);
    let next = comment.strip_prefix('#')?.chars().next()?;
    if rest.len() == comment.len() || !(next.is_alphanumeric()) {
        return None;
    }
    let span = node.span.start..node.span.end + rest.trim_end().len();
    let whole = source.slice(span.clone());
    let is_prose = node.text().is_some_and(|text| text.chars().any(char::is_alphabetic));
    let certain = next.is_ascii_digit() && is_prose && !whole.contains('\n');
    Some(finding(source, end - comment.len(), span, whole, certain))
}

/// `title: #1 visit`
fn cut_at_once(source: &Source<'_>, key: &Node) -> Option<Diagnostic> {
    let end = source.lines().line(source.position(key.span.end).line)?.end;
    let rest = source.slice(key.span.end..end).trim_start().strip_prefix(':')?;
    let comment = rest.trim_start();
    let is_number = comment.strip_prefix('#')?.starts_with(|c: char| c.is_ascii_digit());
    let span = end - comment.len()..end - (comment.len() - comment.trim_end().len());
    is_number.then(|| finding(source, span.start, span.clone(), source.slice(span.clone()), true))
}

fn finding(
    source: &Source<'_>,
    sign: usize,
    span: std::ops::Range<usize>,
    whole: &str,
    certain: bool,
) -> Diagnostic {
    let end = span.end;
    let mut finding = Diagnostic::new(
        Code::COMMENT_CUT,
        "from the # on this is a comment, not part of the value",
    )
    .at(source.place(sign..end))
    .label("not read");
    finding.help = Some(if whole.len() <= 100 && !whole.contains('\n') {
        format!("quote it: {}; or put a blank behind the # of a comment", quoted(whole))
    } else {
        "quote the value, or put a blank behind the # of a comment".to_owned()
    });
    finding.fix = certain.then(|| Fix { place: source.place(span), text: quoted(whole) });
    finding
}

#[cfg(test)]
mod tests {
    use crate::briefing::rule::carets::{carets, raw_carets, raw_fixed};

    #[test]
    fn a_number_sign_is_no_comment() {
        let text = "title: Xi #1 visit\ndate: 2023\nbody: b\nevents:\n  - what: #2 talks\n    place: Moscow #todo\n  - what: x  # a comment\n";
        assert_eq!(
            raw_carets(text),
            "E007 |title: Xi #1 visit\n     |          ^^^^^^^^\n\
             E023 |  - what: #2 talks\n     |    ^^^^^^^^^^^^^^\n\
             E007 |  - what: #2 talks\n     |          ^^^^^^^^\n\
             E007 |    place: Moscow #todo\n     |                  ^^^^^\n"
        );
        let mended = raw_fixed(text);
        assert!(
            mended.contains("title: \"Xi #1 visit\"\n") && mended.contains("what: \"#2 talks\"\n")
        );
        assert!(mended.contains("place: Moscow #todo\n"));
        assert_eq!(carets("lang: en # as usual\n"), "");
    }
}
