//! Tests of `yaml`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::disallowed_methods
)]

mod pyyaml;
mod random;
mod real;
mod traps;
