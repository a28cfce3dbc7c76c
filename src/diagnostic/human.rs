//! stub
use super::Diagnostic;
pub fn render(file: &str, _source: &str, d: &Diagnostic, _colour: bool) -> String {
    format!("{}: {}", file, d.message)
}
