//! Tests of `edit`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::disallowed_methods
)]

pub(crate) mod generate;
mod golden;
mod promise;
mod property;
mod templates;
