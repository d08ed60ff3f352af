//! Tests of `edit`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods)]

mod golden;
