//! The tree: scalars, lists, maps, each with its byte span.

use std::ops::Range;

/// A value of a YAML document. Trees are at most [`MAX_DEPTH`](super::MAX_DEPTH) deep, so walking
/// or dropping one by recursion is safe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Bytes of the text that it was read from.
    pub span: Range<usize>,
    /// What it is.
    pub content: Content,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A text.
    Scalar(Scalar),
    /// A list.
    List(Vec<Node>),
    /// A map in the order of the file, keys unique.
    Map(Vec<(Node, Node)>),
}

/// A text, never typed: `NO`, `1e3` and `2023-03-17` stay as they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar {
    /// The text after unquoting, unescaping and folding.
    pub text: String,
    /// How it was written.
    pub style: Style,
}

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// In `'` or `"`.
    Quoted,
    /// Under `|`.
    Literal,
    /// Under `>`.
    Folded,
}

impl Node {
    /// A plain scalar.
    #[must_use]
    pub fn plain(text: impl Into<String>, span: Range<usize>) -> Self {
        let scalar = Scalar { text: text.into(), style: Style::Plain };
        Self { span, content: Content::Scalar(scalar) }
    }

    /// Its text, if it is a scalar.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Scalar(scalar) => Some(&scalar.text),
            Content::List(_) | Content::Map(_) => None,
        }
    }

    /// Whether nothing stands there: plain `null`, `~` or no text at all.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        matches!(&self.content, Content::Scalar(Scalar { text, style: Style::Plain })
            if matches!(text.as_str(), "" | "~" | "null"))
    }

    /// The entries of a map.
    #[must_use]
    pub fn entries(&self) -> Option<&[(Node, Node)]> {
        match &self.content {
            Content::Map(entries) => Some(entries),
            Content::Scalar(_) | Content::List(_) => None,
        }
    }

    /// The value of a key, if it is a map that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        let entries = self.entries()?;
        entries.iter().find(|(name, _)| name.text() == Some(key)).map(|(_, value)| value)
    }

    /// Gives every span of the tree anew.
    pub fn map_spans(&mut self, map: &impl Fn(Range<usize>) -> Range<usize>) {
        self.span = map(self.span.clone());
        match &mut self.content {
            Content::Scalar(_) => {}
            Content::List(items) => items.iter_mut().for_each(|item| item.map_spans(map)),
            Content::Map(entries) => {
                for (key, value) in entries {
                    key.map_spans(map);
                    value.map_spans(map);
                }
            }
        }
    }
}
