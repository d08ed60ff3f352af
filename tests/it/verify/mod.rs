//! Proof that a replacement does what the original did.

mod cases;
mod generate;
mod mutants;
mod reach;
