//! From a block to what it shows: its words without their marks, how they are set, and where each
//! stands in the body.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{Block, BlockKind, Style};

/// What a block shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inline {
    /// The words, their marks taken away; a newline is a break that was asked for.
    pub text: String,
    /// How stretches of `text` are set.
    pub spans: Vec<(Range<usize>, Style)>,
    /// Where its links lead, as written.
    pub links: Vec<String>,
    /// Stretches of `text` and where they stand in the body, both ascending.
    runs: Vec<Run>,
    body: Range<usize>,
}

/// A stretch that stands in the body as it is shown; of no length where it is shown otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    shown: usize,
    body: usize,
    length: usize,
}

impl Inline {
    /// The byte of the body that a byte of the shown text stands for; the nearest before it where
    /// it stands for none.
    #[must_use]
    pub fn to_body(&self, shown: usize) -> usize {
        let after = self.runs.partition_point(|run| run.shown <= shown);
        let Some(run) = after.checked_sub(1).and_then(|at| self.runs.get(at)) else {
            return self.body.start;
        };
        run.body + (shown - run.shown).min(run.length)
    }

    /// The byte of the shown text that shows a byte of the body, or the next that is shown; `None`
    /// outside the block.
    #[must_use]
    pub fn to_shown(&self, body: usize) -> Option<usize> {
        if body < self.body.start || body > self.body.end {
            return None;
        }
        let after = self.runs.partition_point(|run| run.body <= body);
        let next = self.runs.get(after).map_or(self.text.len(), |run| run.shown);
        let run = after.checked_sub(1).and_then(|at| self.runs.get(at));
        let within = run.filter(|run| body - run.body <= run.length);
        let shown = within.map_or(next, |run| run.shown + (body - run.body));
        // White space at the end is not shown.
        Some(shown.min(self.text.len()))
    }
}

/// Stands before the words while they are parsed, so that they cannot begin a block.
const GUARD: &str = "x ";

/// Parses the words of a block of `body`.
#[must_use]
pub fn inline(body: &str, block: &Block) -> Inline {
    let Some(words) = body.get(block.range.clone()) else { return Inline::default() };
    match block.kind {
        BlockKind::Rule => Inline { body: block.range.clone(), ..Inline::default() },
        BlockKind::Code => Inline {
            text: words.to_owned(),
            spans: vec![(0..words.len(), Style::Code)],
            runs: vec![Run { shown: 0, body: block.range.start, length: words.len() }],
            body: block.range.clone(),
            ..Inline::default()
        },
        _ => Parsing::new(body, block).finish(),
    }
}

/// The words of a block in one line, and where its parts stand in the body.
struct Joined {
    text: String,
    parts: Vec<(usize, usize)>,
}

fn joined(body: &str, block: &Block) -> Joined {
    let mut joined = Joined {
        text: GUARD.to_owned(),
        parts: vec![(0, block.range.start), (GUARD.len(), block.range.start)],
    };
    let mut at = block.range.start;
    let mut first = true;
    for line in body[block.range.clone()].split('\n') {
        let start = at;
        at += line.len() + 1;
        let unmarked = match block.kind {
            BlockKind::Quote { .. } if !first => {
                line.trim_start_matches(|c: char| c == '>' || c.is_whitespace())
            }
            _ => line.trim_start(),
        };
        let skipped = line.len() - unmarked.len();
        if !first {
            joined.parts.push((joined.text.len(), start.saturating_sub(1)));
            let hard = joined.text.ends_with("  ") || joined.text.ends_with('\\');
            joined.text.push(if hard { '\n' } else { ' ' });
        }
        joined.parts.push((joined.text.len(), start + skipped));
        joined.text.push_str(unmarked.strip_suffix('\r').unwrap_or(unmarked));
        first = false;
    }
    joined
}

impl Joined {
    fn to_body(&self, at: usize) -> usize {
        let after = self.parts.partition_point(|(joined, _)| *joined <= at);
        self.parts.get(after.saturating_sub(1)).map_or(0, |(joined, body)| body + (at - joined))
    }

    /// Where the next part begins behind a byte.
    fn next_part(&self, at: usize) -> Option<usize> {
        let after = self.parts.partition_point(|(joined, _)| *joined <= at);
        self.parts.get(after).map(|(joined, _)| *joined)
    }
}

struct Parsing {
    joined: Joined,
    shown: Inline,
    open: Vec<(usize, Style)>,
}

impl Parsing {
    fn new(body: &str, block: &Block) -> Self {
        let shown = Inline { body: block.range.clone(), ..Inline::default() };
        Self { joined: joined(body, block), shown, open: Vec::new() }
    }

    fn finish(mut self) -> Inline {
        let source = std::mem::take(&mut self.joined.text);
        for (event, range) in Parser::new_ext(&source, Options::empty()).into_offset_iter() {
            self.take(&event, &range, &source);
        }
        let trimmed = self.shown.text.trim_end().len();
        self.shown.text.truncate(trimmed);
        for (range, _) in &mut self.shown.spans {
            range.end = range.end.min(trimmed);
        }
        self.shown.spans.retain(|(range, _)| range.start < range.end);
        self.mark_bare_links();
        self.shown.spans.sort_by_key(|(range, _)| (range.start, range.end));
        self.shown
    }

    fn take(&mut self, event: &Event<'_>, range: &Range<usize>, source: &str) {
        let begins = self.shown.text.len();
        match event {
            Event::Start(Tag::Emphasis) => self.open.push((begins, Style::Emphasis)),
            Event::Start(Tag::Strong) => self.open.push((begins, Style::Strong)),
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                self.open.push((begins, Style::Link(self.shown.links.len())));
                self.shown.links.push(dest_url.to_string());
            }
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image) => {
                if let Some((start, style)) = self.open.pop() {
                    self.shown.spans.push((start..begins, style));
                }
            }
            Event::Code(code) => {
                self.show(code, range, source);
                self.shown.spans.push((begins..self.shown.text.len(), Style::Code));
            }
            Event::HardBreak => self.show("\n", range, source),
            Event::SoftBreak => self.show(" ", range, source),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                self.show(text, range, source);
            }
            _ => {}
        }
    }

    /// Shows a text that stands at `range` of the joined words, with marks around it or not.
    fn show(&mut self, text: &str, range: &Range<usize>, source: &str) {
        let guarded = GUARD.len().saturating_sub(range.start).min(text.len());
        let text = text.get(guarded..).unwrap_or_default();
        let start = range.start.max(GUARD.len());
        let within = source
            .get(start..range.end)
            .and_then(|source| if source.starts_with(text) { Some(0) } else { source.find(text) });
        let Some(within) = within else {
            self.run(start, 0);
            self.shown.text.push_str(text);
            return;
        };
        let mut at = start + within;
        let end = at + text.len();
        while at < end {
            let upto = self.joined.next_part(at).unwrap_or(end).min(end);
            self.run(at, upto - at);
            self.shown.text.push_str(source.get(at..upto).unwrap_or_default());
            at = upto;
        }
    }

    fn run(&mut self, joined: usize, length: usize) {
        self.shown.runs.push(Run {
            shown: self.shown.text.len(),
            body: self.joined.to_body(joined),
            length,
        });
    }

    /// Addresses that stand in the words without any mark.
    fn mark_bare_links(&mut self) {
        let text = std::mem::take(&mut self.shown.text);
        let mut from = 0;
        while let Some(start) =
            ["https://", "http://"].iter().filter_map(|scheme| text[from..].find(scheme)).min()
        {
            let start = from + start;
            let end = text[start..]
                .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"'))
                .map_or(text.len(), |length| start + length);
            let url = text[start..end]
                .trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '’', '”']);
            let range = start..start + url.len();
            let known = self.shown.spans.iter().any(|(span, style)| {
                matches!(style, Style::Link(_)) && span.start < range.end && range.start < span.end
            });
            if !known {
                self.shown.spans.push((range, Style::Link(self.shown.links.len())));
                self.shown.links.push(url.to_owned());
            }
            from = end.max(start + 1);
        }
        self.shown.text = text;
    }
}

#[cfg(test)]
mod tests {
    use super::super::blocks;
    use super::*;
    use proptest::prelude::*;

    fn first(body: &str) -> Inline {
        inline(body, &blocks(body)[0])
    }

    fn set(body: &str) -> Vec<(String, Style)> {
        let shown = first(body);
        shown
            .spans
            .iter()
            .map(|(range, style)| (shown.text[range.clone()].to_owned(), *style))
            .collect()
    }

    #[test]
    fn marks_are_taken_away_and_words_are_set() {
        let cases: &[(&str, &str)] = &[
            ("plain words", "plain words"),
            ("one\ntwo\n  three", "one two three"),
            ("*Global Times* and **Pravda**", "Global Times and Pravda"),
            ("2023. It began", "2023. It began"),
            ("# Xi in *Moscow*", "Xi in Moscow"),
            ("see [the readout](https://example.org/a)", "see the readout"),
            ("> said\n> *he*", "said he"),
            ("break  \nhere\\\nand here", "break\nhere\nand here"),
            ("a &amp; b <script>x</script>", "a & b <script>x</script>"),
            ("snake_case and 2 * 3 * 4", "snake_case and 2 * 3 * 4"),
            ("`a*b*` \\*no\\*", "a*b* *no*"),
            ("a `\n`", "a"),
        ];
        for (body, text) in cases {
            assert_eq!(first(body).text, *text, "{body:?}");
        }
        assert_eq!(
            set("*a* **b** `c`"),
            [("a".into(), Style::Emphasis), ("b".into(), Style::Strong), ("c".into(), Style::Code)]
        );
    }

    #[test]
    fn links_are_shown_and_gathered() {
        let shown =
            first("[a](https://example.org/a), https://example.org/b. and <https://example.org/c>");
        assert_eq!(shown.text, "a, https://example.org/b. and https://example.org/c");
        let mut links = shown.links.clone();
        links.sort();
        assert_eq!(
            links,
            ["https://example.org/a", "https://example.org/b", "https://example.org/c"]
        );
        assert_eq!(shown.spans.len(), 3);
    }

    #[test]
    fn every_word_knows_where_it_stands_in_the_body() {
        let body =
            "intro\n\n> when *Xi* met\n> [Putin](https://example.org) in\n> Moscow &amp; left";
        let block = &blocks(body)[1];
        let shown = inline(body, block);
        for word in ["when", "Xi", "Putin", "Moscow", "left"] {
            let (at, there) = (shown.text.find(word).unwrap(), body.find(word).unwrap());
            assert_eq!(shown.to_body(at), there, "{word}");
            assert_eq!(shown.to_shown(there), Some(at), "{word}");
        }
        assert_eq!(shown.to_shown(0), None);
    }

    proptest! {
        #[test]
        fn no_word_is_lost_and_places_are_on_characters(body in "([a-zäЖ习]{1,4}|[*_`>#\\[\\]()<&!\\\\-]|\n| |1\\. |https://x|\n\n){0,40}") {
            let found = blocks(&body);
            let mut end = 0;
            for block in &found {
                prop_assert!(block.range.start >= end && body.get(block.range.clone()).is_some(), "{block:?}");
                end = block.range.end;
                let shown = inline(&body, block);
                for (at, _) in shown.text.char_indices() {
                    let there = shown.to_body(at);
                    prop_assert!(body.is_char_boundary(there) && there <= block.range.end);
                }
                for (at, _) in body.char_indices().filter(|(at, _)| block.range.contains(at)) {
                    let there = shown.to_shown(at).unwrap();
                    prop_assert!(shown.text.is_char_boundary(there), "{at} → {there} in {:?}", shown.text);
                }
                for (range, _) in &shown.spans {
                    prop_assert!(shown.text.get(range.clone()).is_some());
                }
            }
            let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
            let shown: usize = found.iter().map(|block| { let shown = inline(&body, block); letters(&shown.text) + shown.links.iter().map(|l| letters(l)).sum::<usize>() }).sum();
            let fences = body.matches("```").count();
            prop_assert!(fences > 0 || shown >= letters(&body), "{shown} of {}", letters(&body));
        }
    }
}
