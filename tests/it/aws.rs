//! Tests of `aws`.
