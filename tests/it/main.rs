//! Integration tests, one module a part of the tool; one binary, so that they link once.

// Tests fail by panicking, say what they skip, and make the projects that they read.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    unreachable_pub
)]

mod aws;
mod battery;
mod bench;
mod common;
mod compiler;
mod doctor;
mod edit;
mod examples;
mod lambda;
mod plan;
mod python;
mod rewrite;
mod sam;
mod scan;
mod scan_input;
mod verify;
mod yaml;
