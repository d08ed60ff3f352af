//! Proof that a replacement does what the original did.

mod cases;
mod command;
mod field;
mod generate;
mod kills;
mod mutants;
mod reach;
mod trace;
