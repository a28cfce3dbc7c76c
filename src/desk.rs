//! One reader's own: where he is in each text, what he has read and starred; kept durably.
//!
//! May use `briefing` and `date`; one of the rooms that may touch files. It refers to briefings
//! by slug and to places by byte offset and the words that stand there, so that what it keeps
//! outlives a reload.
