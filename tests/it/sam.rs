//! Tests of `sam`.
