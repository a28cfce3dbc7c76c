//! stub
use crate::app::list::{ListCursor, Motion};
use crate::corpus::{BriefingId, Corpus};
use crate::date::bucket::Unit;
#[derive(Debug, Clone)]
pub struct Timeline {
    pub filter: String,
    pub cursor: ListCursor,
    pub unit: Unit,
}
impl Default for Timeline {
    fn default() -> Self {
        Self { filter: String::new(), cursor: ListCursor::default(), unit: Unit::Month }
    }
}
impl Timeline {
    pub fn load(&mut self, _: &Corpus) {}
    pub fn arrange(&mut self, _: &Corpus, _: usize) {}
    pub fn follow(&mut self, _: &Corpus, _: Option<BriefingId>, _: usize) {}
    pub fn resize(&mut self, _: usize) {}
    pub fn go(&mut self, _: Motion, _: usize) {}
    pub fn zoom_in(&mut self, _: &Corpus) {}
    pub fn zoom_out(&mut self, _: &Corpus) {}
    pub fn zoom_fit(&mut self, _: &Corpus) {}
    pub fn under_cursor(&self) -> Option<(BriefingId, usize)> {
        None
    }
    pub fn position(&self) -> (usize, usize) {
        (0, 0)
    }
}
