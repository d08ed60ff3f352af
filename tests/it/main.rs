//! Integration tests, one module a part of the tool; one binary, so that they link once.

mod aws;
mod common;
mod edit;
mod examples;
mod plan;
mod python;
mod sam;
mod scan;
mod yaml;
