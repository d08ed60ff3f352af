//! Proof that a replacement does what the original did: cases, their runs, the comparison.

pub mod generate;
