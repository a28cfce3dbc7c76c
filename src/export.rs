//! What leaves as Markdown, CSV and JSON.
