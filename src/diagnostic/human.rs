//! A diagnostic as a compiler prints it: place, source line, caret, help, and the line as mended.

mod excerpt;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet,
};

use super::{Diagnostic, Severity};
use crate::text::{clean_line, clean_text};
use excerpt::{Excerpt, excerpt};

/// Columns of a printed line, unless the source needs more.
const WIDTH: usize = 100;

/// Prints a diagnostic of a file. `source` is the file's decoded text; without it (or without a
/// place) only the words are printed. Nothing of the file reaches the output that a terminal would
/// obey; with `colour` the output holds colours of its own.
#[must_use]
pub fn render(file: &str, source: &str, diagnostic: &Diagnostic, colour: bool) -> String {
    let file = clean_line(file).into_owned();
    let shown = diagnostic.place.as_ref().and_then(|place| excerpt(source, place));
    let fixed = diagnostic
        .fix
        .as_ref()
        .and_then(|fix| Some((excerpt(source, &fix.place)?, clean_text(&fix.text).into_owned())));
    let message = clean_line(&diagnostic.message).into_owned();
    let label = diagnostic.label.as_deref().map(|label| clean_line(label).into_owned());
    let help = diagnostic.help.as_deref().map(|help| clean_text(help).into_owned());

    let title =
        level(diagnostic.severity()).primary_title(message.as_str()).id(diagnostic.code.as_str());
    let mut report: Vec<Group<'_>> = vec![match &shown {
        None => Group::with_title(title).element(origin(&file, diagnostic)),
        Some(shown) => {
            let snippet = snippet(shown).annotation(annotation(shown, label.as_deref()));
            if shown.faithful {
                Group::with_title(title).element(snippet.path(file.as_str()))
            } else {
                Group::with_title(title).element(origin(&file, diagnostic)).element(snippet)
            }
        }
    }];
    report.extend(helping(help.as_deref(), fixed.as_ref()));
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let printed = renderer.decor_style(DecorStyle::Ascii).term_width(WIDTH).render(&report);
    without_marks_of_omission(&printed)
}

/// The renderer parts a place in words from its excerpt by a line `:::`, as if lines were left out.
fn without_marks_of_omission(printed: &str) -> String {
    let without_colours = |line: &str| -> String {
        let mut parts = line.split('\u{1b}');
        let first = parts.next().unwrap_or_default();
        let rest = parts.map(|part| part.split_once('m').map_or(part, |(_, text)| text));
        std::iter::once(first).chain(rest).collect()
    };
    let says = |line: &&str| without_colours(line).trim() != ":::";
    printed.lines().filter(says).collect::<Vec<_>>().join("\n")
}

/// The place in words: where the excerpt's own columns are not those of the file.
fn origin<'a>(file: &'a str, diagnostic: &Diagnostic) -> Origin<'a> {
    let origin = Origin::path(file);
    match &diagnostic.place {
        Some(place) => origin.line(place.start.line).char_column(place.start.column),
        None => origin,
    }
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

fn snippet<T: Clone>(shown: &Excerpt) -> Snippet<'_, T> {
    Snippet::source(shown.text.as_str()).line_start(shown.first_line).fold(false)
}

fn annotation<'a>(shown: &Excerpt, label: Option<&'a str>) -> Annotation<'a> {
    let annotation = AnnotationKind::Primary.span(shown.span.clone());
    match label {
        Some(label) => annotation.label(label),
        None => annotation,
    }
}

/// Longest fix that is shown in its place, in bytes.
const LONGEST_FIX: usize = 400;

/// The way out: in words, and as the line would stand. A line that the words give already is not
/// shown a second time, unless only its place tells what changes: an indent, or more lines.
fn helping<'a>(help: Option<&'a str>, fixed: Option<&'a (Excerpt, String)>) -> Option<Group<'a>> {
    let fixed = fixed.filter(|(_, text)| text.len() <= LONGEST_FIX);
    let (words, fixed) = match (help, fixed) {
        (Some(help), Some((shown, text))) => match told(help, shown, text) {
            Some(words) if is_layout(shown, text) => (words, fixed),
            Some(_) => (help, None),
            None => (help, fixed),
        },
        (help, fixed) => (help.or(fixed.map(|_| "write it so"))?, fixed),
    };
    let group = Group::with_title(Level::HELP.secondary_title(words));
    Some(match fixed {
        Some((shown, text)) => {
            group.element(snippet(shown).patch(Patch::new(shown.span.clone(), text.as_str())))
        }
        None => group,
    })
}

/// Where the words of the help give the fix or the fixed line: the words without them.
fn told<'a>(help: &'a str, shown: &Excerpt, text: &str) -> Option<&'a str> {
    let (before, after) = (&shown.text[..shown.span.start], &shown.text[shown.span.end..]);
    let whole = format!("{before}{text}{after}");
    let line = whole.lines().next().unwrap_or_default().trim();
    let rest = help.strip_suffix(line).filter(|_| !line.is_empty());
    let words = rest.and_then(|words| words.trim_end().strip_suffix(':'));
    words.or_else(|| (!text.trim().is_empty() && help.contains(text)).then_some(help))
}

fn is_layout(shown: &Excerpt, text: &str) -> bool {
    let indents = text.trim().is_empty() && shown.text[..shown.span.start].trim().is_empty();
    indents || text.contains('\n')
}

#[cfg(test)]
mod tests {
    use super::super::{Code, Fix, Source};
    use super::*;
    use proptest::prelude::*;

    fn diagnostic(source: &str, span: std::ops::Range<usize>, fix: Option<&str>) -> Diagnostic {
        let source = Source::new(source);
        let place = source.place(span);
        let found = Diagnostic::new(Code("E003"), "a headline with a colon needs quotes")
            .at(place.clone())
            .label("YAML reads a map here")
            .help("put it in quotes");
        match fix {
            Some(text) => found.fix(Fix { place, text: text.into() }),
            None => found,
        }
    }

    #[test]
    fn the_line_stands_with_a_caret_and_the_line_as_mended() {
        let source = "title: Xi in Beijing: third term\ndate: 2023-03-10\n";
        let printed = render(
            "a.yaml",
            source,
            &diagnostic(source, 7..32, Some("\"Xi in Beijing: third term\"")),
            false,
        );
        let expected = r#"
warning[E003]: a headline with a colon needs quotes
 --> a.yaml:1:8
  |
1 | title: Xi in Beijing: third term
  |        ^^^^^^^^^^^^^^^^^^^^^^^^^ YAML reads a map here
  |
help: put it in quotes
  |
1 - title: Xi in Beijing: third term
1 + title: "Xi in Beijing: third term"
  |"#;
        assert_eq!(printed, expected.trim_start());
    }

    #[test]
    fn a_fixed_line_is_shown_once() {
        let cases = [
            ("title:t\n", 6..6, " ", "write: title: t", "help: write: title: t", 1),
            ("tags:\n\t- a\n", 6..7, "  ", "indent: - a", "help: indent\n", 2),
            ("body: a\n", 6..6, "|\n  ", "write: body: |", "help: write\n", 3),
            (
                "titel: t\n",
                0..5,
                "title",
                "did you mean `title`?",
                "help: did you mean `title`?",
                1,
            ),
        ];
        for (source, span, fix, help, expected, shown) in cases {
            let found = diagnostic(source, span, Some(fix)).help(help);
            let printed = render("a.yaml", source, &found, false) + "\n";
            assert!(printed.contains(expected), "{printed}");
            let lines =
                printed.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
            assert_eq!(lines.count(), shown, "{printed}");
        }
    }

    #[test]
    fn behind_a_tab_nothing_seems_left_out() {
        for colour in [false, true] {
            let printed =
                render("a.yaml", "\ttitle: t\n", &diagnostic("\ttitle: t\n", 1..6, None), colour);
            assert!(!printed.contains(":::") && printed.contains("a.yaml:1:2"), "{printed}");
        }
    }

    #[test]
    fn a_long_line_is_shown_around_the_place() {
        let source = format!("{}HERE{}", "before ".repeat(200), " after".repeat(200));
        let printed = render("a.yaml", &source, &diagnostic(&source, 1400..1404, None), false);
        assert!(printed.contains("1:1401"), "{printed}");
        assert!(
            printed.contains("HERE") && printed.lines().all(|line| line.chars().count() < 200),
            "{printed}"
        );
    }

    #[test]
    fn nothing_that_a_terminal_obeys_is_printed() {
        let source = "title: \u{1b}[31mred\u{7}\u{9b}2J \u{202e}x\r\n";
        let printed =
            render("\u{1b}]0;x\u{7}.yaml", source, &diagnostic(source, 7..8, None), false);
        assert!(
            printed.chars().all(|c| c == '\n' || !c.is_control() && c != '\u{202e}'),
            "{printed:?}"
        );
        assert!(printed.contains('␛'));
    }

    proptest! {
        #[test]
        fn any_place_of_any_text_is_printed(source in "([a-c: \n\t]|\u{1b}|\r\n|ж|习|e\u{301}|👩‍👩‍👧){0,60}", a in 0usize..200, b in 0usize..200, fix in "[a-z\n]{0,9}") {
            let printed = render("a.yaml", &source, &diagnostic(&source, a.min(b)..a.max(b), Some(&fix)), false);
            let escapes = printed.contains('\u{1b}');
            prop_assert!(printed.contains("E003") && !escapes);
        }
    }
}
