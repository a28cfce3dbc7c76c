//! A folder of briefings as loaded: one immutable snapshot.
