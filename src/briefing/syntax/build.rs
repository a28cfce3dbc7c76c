//! Parser events become nodes, within the limits.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Tag};

use super::node::{Content, Node, Scalar, Style};
use super::offsets::Offsets;
use super::{MAX_ALIAS_BYTES, MAX_DEPTH, MAX_NODES};

/// A document that YAML accepts.
#[derive(Debug)]
pub struct Parsed {
    /// Its root; `None` where the document is empty.
    pub node: Option<Node>,
    /// What YAML lets pass and a reader should know.
    pub remarks: Vec<Remark>,
}

/// Something that YAML lets pass, with its span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Where.
    pub span: Range<usize>,
    /// What.
    pub kind: RemarkKind,
}

/// What YAML lets pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RemarkKind {
    /// A tag before a value.
    Tag {
        /// Span of the value.
        value: Range<usize>,
    },
    /// An anchor before a scalar that no alias repeats: perhaps a text that begins with `&`.
    UnusedAnchor {
        /// Span of the value.
        value: Range<usize>,
    },
    /// A key that the map already has; the entry is left out.
    DuplicateKey {
        /// Span of the first one.
        first: Range<usize>,
    },
    /// A list or a map as a key; the entry is left out.
    OddKey,
}

/// Why a document is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// More levels than [`MAX_DEPTH`].
    TooDeep {
        /// Byte at which the limit was met.
        at: usize,
    },
    /// More nodes than [`MAX_NODES`], or aliases beyond [`MAX_ALIAS_BYTES`].
    TooLarge {
        /// Byte at which the limit was met.
        at: usize,
    },
    /// Not YAML.
    Syntax {
        /// Byte at which the parser gave up.
        at: usize,
        /// The parser's words.
        info: String,
    },
}

impl Refusal {
    /// Byte at which reading stopped.
    #[must_use]
    pub fn at(&self) -> usize {
        match self {
            Self::TooDeep { at } | Self::TooLarge { at } | Self::Syntax { at, .. } => *at,
        }
    }
}

impl Remark {
    /// Gives every span anew.
    pub fn map_spans(&mut self, map: &impl Fn(Range<usize>) -> Range<usize>) {
        self.span = map(self.span.clone());
        match &mut self.kind {
            RemarkKind::Tag { value } | RemarkKind::UnusedAnchor { value } => {
                *value = map(value.clone());
            }
            RemarkKind::DuplicateKey { first } => *first = map(first.clone()),
            RemarkKind::OddKey => {}
        }
    }
}

/// Reads one document.
///
/// # Errors
/// Where the text is not YAML or goes beyond a limit.
pub fn parse_document(text: &str) -> Result<Parsed, Refusal> {
    let offsets = Offsets::new(text);
    let mut parser = Parser::new_from_str(text);
    let mut builder = Builder::new(text);
    while let Some(next) = parser.next_event() {
        let (event, span) = next.map_err(|error| refusal(&error, &offsets))?;
        let start = offsets.byte(span.start.index());
        let end = offsets.byte(span.end.index()).max(start);
        builder.take(event, start..end)?;
    }
    Ok(builder.finish())
}

/// The parser has a limit of its own for brackets, which it meets while looking ahead.
fn refusal(error: &ScanError, offsets: &Offsets<'_>) -> Refusal {
    let at = offsets.byte(error.marker().index());
    match error.info() {
        "recursion limit exceeded" => Refusal::TooDeep { at },
        info => Refusal::Syntax { at, info: info.to_owned() },
    }
}

/// A node together with what repeating it costs.
#[derive(Clone)]
struct Built {
    node: Node,
    cost: Cost,
}

#[derive(Clone, Copy, Default)]
struct Cost {
    nodes: usize,
    bytes: usize,
    height: usize,
}

impl Cost {
    fn add(&mut self, other: Self) {
        self.nodes += other.nodes;
        self.bytes += other.bytes;
        self.height = self.height.max(other.height + 1);
    }
}

/// A list or map that is still open.
struct Frame {
    span: Range<usize>,
    anchor: usize,
    cost: Cost,
    content: Open,
}

enum Open {
    List(Vec<Node>),
    Map { entries: Vec<(Node, Node)>, key: Option<Node> },
}

struct Builder<'a> {
    text: &'a str,
    stack: Vec<Frame>,
    root: Option<Node>,
    anchors: HashMap<usize, Built>,
    suspects: Vec<(usize, Remark)>,
    used: HashSet<usize>,
    nodes: usize,
    alias_bytes: usize,
    remarks: Vec<Remark>,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            stack: Vec::new(),
            root: None,
            anchors: HashMap::new(),
            suspects: Vec::new(),
            used: HashSet::new(),
            nodes: 0,
            alias_bytes: 0,
            remarks: Vec::new(),
        }
    }

    fn take(&mut self, event: Event<'_>, span: Range<usize>) -> Result<(), Refusal> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let text = text.into_owned();
                let cost = Cost { nodes: 1, bytes: text.len(), height: 0 };
                let style = style_of(style);
                let span = self.trim(span, style);
                self.note_properties(&span, anchor, tag.is_some().then_some(()));
                let node = Node { span, content: Content::Scalar(Scalar { text, style }) };
                self.count(1, node.span.start)?;
                self.close(Built { node, cost }, anchor)
            }
            Event::SequenceStart(anchor, tag) => {
                self.open(Open::List(Vec::new()), span, anchor, tag.as_deref())
            }
            Event::MappingStart(anchor, tag) => self.open(
                Open::Map { entries: Vec::new(), key: None },
                span,
                anchor,
                tag.as_deref(),
            ),
            Event::SequenceEnd | Event::MappingEnd => self.close_frame(span),
            Event::Alias(anchor) => self.alias(anchor, span),
            _ => Ok(()),
        }
    }

    fn open(
        &mut self,
        content: Open,
        span: Range<usize>,
        anchor: usize,
        tag: Option<&Tag>,
    ) -> Result<(), Refusal> {
        if self.stack.len() >= MAX_DEPTH {
            return Err(Refusal::TooDeep { at: span.start });
        }
        self.count(1, span.start)?;
        if tag.is_some() {
            self.note_properties(&span, 0, Some(()));
        }
        let cost = Cost { nodes: 1, bytes: 0, height: 0 };
        self.stack.push(Frame { span, anchor, cost, content });
        Ok(())
    }

    fn close_frame(&mut self, span: Range<usize>) -> Result<(), Refusal> {
        let Some(frame) = self.stack.pop() else { return Ok(()) };
        let (content, last) = match frame.content {
            Open::List(items) => {
                let last = items.last().map(|item| item.span.end);
                (Content::List(items), last)
            }
            Open::Map { entries, .. } => {
                let last = entries.last().map(|(_, value)| value.span.end);
                (Content::Map(self.settle(entries)), last)
            }
        };
        // A flow collection ends with its bracket, a block collection with its last child: the
        // parser closes it only where something else begins.
        let end = if span.is_empty() { last.unwrap_or(frame.span.end) } else { span.end };
        let node = Node { span: frame.span.start..end.max(frame.span.start), content };
        self.close(Built { node, cost: frame.cost }, frame.anchor)
    }

    fn close(&mut self, built: Built, anchor: usize) -> Result<(), Refusal> {
        if anchor != 0 {
            self.spend(built.cost, built.node.span.start)?;
            self.anchors.insert(anchor, built.clone());
        }
        let Some(frame) = self.stack.last_mut() else {
            self.root.get_or_insert(built.node);
            return Ok(());
        };
        frame.cost.add(built.cost);
        match &mut frame.content {
            Open::List(items) => items.push(built.node),
            Open::Map { entries, key } => match key.take() {
                None => *key = Some(built.node),
                Some(name) => entries.push((name, built.node)),
            },
        }
        Ok(())
    }

    fn alias(&mut self, anchor: usize, span: Range<usize>) -> Result<(), Refusal> {
        let Some(cost) = self.anchors.get(&anchor).map(|built| built.cost) else {
            let info = "an alias stands inside what it repeats".to_owned();
            return Err(Refusal::Syntax { at: span.start, info });
        };
        self.spend(cost, span.start)?;
        if self.stack.len() + cost.height > MAX_DEPTH {
            return Err(Refusal::TooDeep { at: span.start });
        }
        self.used.insert(anchor);
        let Some(mut built) = self.anchors.get(&anchor).cloned() else { return Ok(()) };
        built.node.span = span;
        self.close(built, 0)
    }

    fn count(&mut self, nodes: usize, at: usize) -> Result<(), Refusal> {
        self.nodes = self.nodes.saturating_add(nodes);
        if self.nodes > MAX_NODES { Err(Refusal::TooLarge { at }) } else { Ok(()) }
    }

    /// What anchors keep and aliases repeat is paid before it is copied.
    fn spend(&mut self, cost: Cost, at: usize) -> Result<(), Refusal> {
        self.alias_bytes = self.alias_bytes.saturating_add(cost.bytes);
        if self.alias_bytes > MAX_ALIAS_BYTES {
            return Err(Refusal::TooLarge { at });
        }
        self.count(cost.nodes, at)
    }

    /// Blanks and comments behind a scalar are not part of it.
    fn trim(&self, span: Range<usize>, style: Style) -> Range<usize> {
        let Some(text) = self.text.get(span.clone()) else { return span };
        match style {
            Style::Plain => span.start..span.start + text.trim_end().len(),
            Style::Quoted => span,
            Style::Literal | Style::Folded => {
                span.start..span.start + text.trim_end_matches(['\n', '\r', ' ']).len()
            }
        }
    }

    /// Remembers the tag and the anchor that stand before a value.
    fn note_properties(&mut self, value: &Range<usize>, anchor: usize, tag: Option<()>) {
        if tag.is_none() && anchor == 0 {
            return;
        }
        let before = self.text.get(..value.start).unwrap_or_default();
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        let sign = if tag.is_some() { '!' } else { '&' };
        let found = before[line..].find(sign).map(|at| line + at);
        let start = found.unwrap_or(value.start);
        let span = start..value.end.max(start);
        let value = value.clone();
        if tag.is_some() {
            self.remarks.push(Remark { span, kind: RemarkKind::Tag { value } });
        } else {
            self.suspects.push((anchor, Remark { span, kind: RemarkKind::UnusedAnchor { value } }));
        }
    }

    /// Merges `<<`, leaves out keys that are no text or stand there already.
    fn settle(&mut self, entries: Vec<(Node, Node)>) -> Vec<(Node, Node)> {
        let mut settled = Settled::of(entries.len());
        let mut merged = Vec::new();
        for (key, value) in entries {
            let Some(name) = key.text() else {
                self.remarks.push(Remark { span: key.span, kind: RemarkKind::OddKey });
                continue;
            };
            if name == "<<" && is_mergeable(&value) {
                merged.push(value);
            } else if let Some(first) = settled.find(name) {
                let kind = RemarkKind::DuplicateKey { first: first.span.clone() };
                self.remarks.push(Remark { span: key.span, kind });
            } else {
                settled.push(key, value);
            }
        }
        for (key, value) in merged.into_iter().flat_map(merge_entries) {
            if settled.find(key.text().unwrap_or_default()).is_none() {
                settled.push(key, value);
            }
        }
        settled.entries
    }

    fn finish(mut self) -> Parsed {
        let unused = self.suspects.into_iter().filter(|(anchor, _)| !self.used.contains(anchor));
        self.remarks.extend(unused.map(|(_, remark)| remark));
        self.remarks.sort_by_key(|remark| remark.span.start);
        Parsed { node: self.root.filter(|node| !node.is_absent()), remarks: self.remarks }
    }
}

/// Entries of a map, each key once: a few are looked through, of many it is known where they are.
struct Settled {
    entries: Vec<(Node, Node)>,
    places: HashMap<String, usize>,
}

impl Settled {
    const FEW: usize = 32;

    fn of(count: usize) -> Self {
        Self { entries: Vec::with_capacity(count), places: HashMap::new() }
    }

    fn find(&self, name: &str) -> Option<&Node> {
        let at = if self.entries.len() <= Self::FEW {
            self.entries.iter().position(|(key, _)| key.text() == Some(name))
        } else {
            self.places.get(name).copied()
        };
        self.entries.get(at?).map(|(key, _)| key)
    }

    fn push(&mut self, key: Node, value: Node) {
        self.entries.push((key, value));
        if self.entries.len() > Self::FEW {
            let names = self.entries.iter().map(|(key, _)| key.text().unwrap_or_default());
            for (at, name) in names.enumerate().skip(self.places.len()) {
                self.places.insert(name.to_owned(), at);
            }
        }
    }
}

fn is_mergeable(value: &Node) -> bool {
    match &value.content {
        Content::Map(_) => true,
        Content::List(items) => items.iter().all(|item| matches!(item.content, Content::Map(_))),
        Content::Scalar(_) => false,
    }
}

fn merge_entries(value: Node) -> Vec<(Node, Node)> {
    match value.content {
        Content::Map(entries) => entries,
        Content::List(items) => items.into_iter().flat_map(merge_entries).collect(),
        Content::Scalar(_) => Vec::new(),
    }
}

fn style_of(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
        ScalarStyle::Literal => Style::Literal,
        ScalarStyle::Folded => Style::Folded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slices<'a>(node: &Node, text: &'a str, found: &mut Vec<&'a str>) {
        match &node.content {
            Content::Scalar(_) => found.push(&text[node.span.clone()]),
            Content::List(items) => items.iter().for_each(|item| slices(item, text, found)),
            Content::Map(entries) => {
                for (key, value) in entries {
                    slices(key, text, found);
                    slices(value, text, found);
                }
            }
        }
    }

    #[test]
    fn spans_hold_on_multibyte_text() {
        let text = "ключ: Эрдоган → Xi  # note\r\nlist: [é, \"ü: x\", 'y']\r\nbody: |\r\n  Ça va\r\n\r\n  bien\r\nlast: ☂\n";
        let parsed = parse_document(text).unwrap().node.unwrap();
        let mut found = Vec::new();
        slices(&parsed, text, &mut found);
        assert_eq!(
            found,
            [
                "ключ",
                "Эрдоган → Xi",
                "list",
                "é",
                "\"ü: x\"",
                "'y'",
                "body",
                "Ça va\r\n\r\n  bien",
                "last",
                "☂"
            ]
        );
        assert_eq!(parsed.get("body").unwrap().text(), Some("Ça va\n\nbien\n"));
        assert_eq!(&text[parsed.get("list").unwrap().span.clone()], "[é, \"ü: x\", 'y']");
    }

    #[test]
    fn scalars_stay_text() {
        let text = "a: NO\nb: 1e3\nc: 2023-03-17\nd: 0x1F\ne: ~\nf:\ng: 'null'\n";
        let node = parse_document(text).unwrap().node.unwrap();
        for (key, value) in [("a", "NO"), ("b", "1e3"), ("c", "2023-03-17"), ("d", "0x1F")] {
            assert_eq!(node.get(key).unwrap().text(), Some(value));
            assert!(!node.get(key).unwrap().is_absent());
        }
        assert!(node.get("e").unwrap().is_absent() && node.get("f").unwrap().is_absent());
        assert!(!node.get("g").unwrap().is_absent());
    }

    #[test]
    fn aliases_and_merge_keys_are_resolved() {
        let text = "base: &b {kind: state, name: x}\none:\n  <<: *b\n  name: y\ntwo: *b\n";
        let node = parse_document(text).unwrap().node.unwrap();
        let one = node.get("one").unwrap();
        assert_eq!(one.get("name").unwrap().text(), Some("y"));
        assert_eq!(one.get("kind").unwrap().text(), Some("state"));
        let two = node.get("two").unwrap();
        assert_eq!(two.get("name").unwrap().text(), Some("x"));
        assert_eq!(&text[two.span.clone()], "*b");
    }

    #[test]
    fn the_first_of_two_keys_wins_and_both_are_known() {
        let text = "title: a\ntitle: b\n";
        let parsed = parse_document(text).unwrap();
        assert_eq!(parsed.node.unwrap().get("title").unwrap().text(), Some("a"));
        let remark = Remark { span: 9..14, kind: RemarkKind::DuplicateKey { first: 0..5 } };
        assert_eq!(parsed.remarks, [remark]);
        let many =
            (0..3 * Settled::FEW).fold(String::new(), |text, key| format!("{text}k{key:02}: v\n"));
        let parsed = parse_document(&many.repeat(2)).unwrap();
        assert_eq!(parsed.node.unwrap().entries().unwrap().len(), 3 * Settled::FEW);
        for (at, remark) in parsed.remarks.iter().enumerate() {
            let first = at * 7..at * 7 + 3;
            assert_eq!(remark.kind, RemarkKind::DuplicateKey { first });
        }
        assert_eq!(parsed.remarks.len(), 3 * Settled::FEW);
    }

    #[test]
    fn bombs_are_refused() {
        let mut aliases = "a: &a [x,x,x,x,x,x,x,x,x]\n".to_owned();
        for (name, of) in ('b'..='j').zip('a'..='i') {
            let items = vec![format!("*{of} "); 9].join(",");
            let line = format!("{name}: &{name} [{items}]\n");
            aliases.push_str(&line);
        }
        assert!(matches!(parse_document(&aliases), Err(Refusal::TooLarge { .. })));
        for open in ["[", "- ", "{a: ", "? "] {
            let refused = parse_document(&open.repeat(100_000));
            assert!(matches!(refused, Err(Refusal::TooDeep { .. })), "{open}");
        }
        let deep = format!(
            "a: &a {}{}\nb: {}*a{}\n",
            "[".repeat(60),
            "]".repeat(60),
            "[".repeat(60),
            "]".repeat(60)
        );
        assert!(matches!(parse_document(&deep), Err(Refusal::TooDeep { .. })));
        let wide = format!("a: [{}]", "x,".repeat(MAX_NODES));
        assert!(matches!(parse_document(&wide), Err(Refusal::TooLarge { .. })));
        assert!(matches!(parse_document("a: &a [*a]"), Err(Refusal::Syntax { at: 7, .. })));
        let scalar = "s".repeat(10 << 20);
        let read = parse_document(&format!("a: &a {scalar}\n")).unwrap().node.unwrap();
        assert_eq!(read.get("a").unwrap().text().map(str::len), Some(scalar.len()));
    }
}
