//! The one test binary: what holds of the whole.

mod architecture;
