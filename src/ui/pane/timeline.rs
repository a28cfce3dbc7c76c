//! stub
use crate::app::App;
use crate::ui::theme::Theme;
pub fn draw(_: &App, _: &Theme, _: ratatui::layout::Rect, _: &mut ratatui::buffer::Buffer) {}
