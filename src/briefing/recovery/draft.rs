//! A copy of a text with its edits, and the way back to the original's places.

use std::ops::Range;

use super::Repair;

/// A text with repairs applied.
#[derive(Clone, Debug)]
pub struct Draft<'a> {
    original: &'a str,
    /// Sorted by place, not overlapping, all places in the original.
    repairs: Vec<Repair>,
    /// For each repair, where its text stands in the copy.
    placed: Vec<Range<usize>>,
    text: Option<String>,
}

impl<'a> Draft<'a> {
    /// The text unchanged.
    pub fn new(original: &'a str) -> Self {
        Self { original, repairs: Vec::new(), placed: Vec::new(), text: None }
    }

    /// The text as it stands.
    pub fn text(&self) -> &str {
        self.text.as_deref().unwrap_or(self.original)
    }

    /// Whether anything was repaired.
    pub fn is_changed(&self) -> bool {
        self.text.is_some()
    }

    /// What was repaired, in the order of the text.
    pub fn into_repairs(self) -> Vec<Repair> {
        self.repairs
    }

    /// Applies repairs whose places are those of the text as it stands; those that touch another
    /// are left out. Whether any was applied; none is where they would be more than `most`.
    pub fn apply(&mut self, repairs: Vec<Repair>, most: usize) -> bool {
        let before = self.repairs.len();
        if repairs.is_empty() || before + repairs.len() > most {
            return false;
        }
        let mut all = self.repairs.clone();
        for mut repair in repairs {
            repair.span = self.original_span(repair.span);
            repair.focus = self.original_span(repair.focus);
            if !all.iter().any(|other| touches(&other.span, &repair.span)) {
                all.push(repair);
            }
        }
        all.sort_by_key(|repair| (repair.span.start, repair.span.end));
        self.repairs = all;
        self.rebuild();
        self.repairs.len() > before
    }

    /// The place in the original of a byte of the text as it stands.
    pub fn original(&self, byte: usize) -> usize {
        let index = self.placed.partition_point(|placed| placed.start <= byte);
        let Some(last) = index.checked_sub(1) else { return byte };
        let (placed, span) = (&self.placed[last], &self.repairs[last].span);
        if byte >= placed.end {
            return span.end + (byte - placed.end);
        }
        span.start + (byte - placed.start).min(span.len())
    }

    /// The span in the original of a span of the text as it stands.
    pub fn original_span(&self, span: Range<usize>) -> Range<usize> {
        let start = self.original(span.start);
        let end = self.original(span.end).max(start);
        floor(self.original, start)..floor(self.original, end)
    }

    fn rebuild(&mut self) {
        let mut text = String::with_capacity(self.original.len() + 64);
        let mut done = 0;
        self.placed.clear();
        for repair in &self.repairs {
            text.push_str(self.original.get(done..repair.span.start).unwrap_or_default());
            let start = text.len();
            text.push_str(&repair.text);
            self.placed.push(start..text.len());
            done = repair.span.end;
        }
        text.push_str(self.original.get(done..).unwrap_or_default());
        self.text = Some(text);
    }
}

fn touches(one: &Range<usize>, other: &Range<usize>) -> bool {
    one == other || (one.start < other.end && other.start < one.end)
}

fn floor(text: &str, byte: usize) -> usize {
    let byte = byte.min(text.len());
    (0..=byte).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    fn repair(span: Range<usize>, text: &str) -> Repair {
        Repair {
            focus: span.clone(),
            span,
            text: text.to_owned(),
            code: Code::COLON_IN_VALUE,
            message: String::new(),
            label: None,
            advice: "",
            certain: true,
        }
    }

    #[test]
    fn places_lead_back_to_the_original() {
        let mut draft = Draft::new("abcdefgh");
        assert!(draft.apply(vec![repair(1..3, "\"BC\""), repair(2..4, "x"), repair(5..5, "+")], 9));
        assert_eq!(draft.text(), "a\"BC\"de+fgh");
        assert_eq!(draft.original_span(1..5), 1..3);
        assert_eq!(draft.original(5), 3);
        assert_eq!(draft.original(8), 5);
        assert!(draft.apply(vec![repair(9..10, "GG")], 9));
        assert_eq!(draft.text(), "a\"BC\"de+fGGh");
        assert_eq!(draft.original(11), 7);
        assert!(!draft.apply(vec![repair(1..2, "no")], 9), "touches an edit");
    }
}
