//! The state of one session, changed only by `update`.
