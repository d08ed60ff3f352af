//! Proof that a replacement does what the original did.

mod generate;
mod trace;
