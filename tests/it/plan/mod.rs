//! Tests of `plan`: what it refuses, its views, and that the tree is old, new or repaired.

mod kill;
mod project;
mod random;
mod refusals;
