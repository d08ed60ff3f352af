//! The modules that generated crates take what they use from.

pub mod python;
