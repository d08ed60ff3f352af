//! Tests of `plan`: what it refuses, its views, and that the tree is old, new or repaired.

#![allow(clippy::unwrap_used, clippy::panic)]

mod command;
mod faults;
mod kill;
pub(crate) mod project;
mod random;
mod refusals;
mod undo;
mod views;
