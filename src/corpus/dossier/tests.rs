//! Dossiers of a small corpus with known answers.

use super::*;
