//! Dossiers as they are printed.
