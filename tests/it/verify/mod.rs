//! Proof that a replacement does what the original did.

mod command;
mod generate;
