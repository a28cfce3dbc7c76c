//! The session loop and all that knows a terminal.
