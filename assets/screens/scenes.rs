//! The scenes that the README shows: a size and the keys that lead there on the sample corpus.

/// File name, columns, rows, keys.
pub const SCENES: &[(&str, u32, u32, &str)] = &[
    ("reading", 160, 44, "/in:title \"visit Moscow\"<Enter><Esc><Enter>g3*"),
    ("narrow", 80, 24, "/in:title \"visit Moscow\"<Enter><Esc><Enter>"),
    ("dossier", 120, 36, "Fs"),
    ("lens", 120, 32, "fs&a@2023-03<Enter>"),
    ("timeline", 100, 30, "/in:title \"visit Moscow\"<Enter><Esc>g4"),
    ("help", 100, 28, "?star"),
];
