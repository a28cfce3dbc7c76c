//! The one test binary: what holds of the whole.

mod architecture;
mod check;
mod corpus;
mod program;
mod schema;
