//! Drawing: a function of the state that changes nothing.
