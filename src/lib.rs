//! gammaray-migrate moves a Python AWS SAM application to Rust, one function at a time, and
//! proves each step.
//!
//! Data flows one way, and a part knows only parts before it:
//! [`source`], [`diagnostic`], [`yaml`] → [`sam`], [`python`], [`aws`] → [`analysis`] →
//! [`report`]; [`edit`] → [`plan`], which alone writes to the user's project;
//! [`sam`], [`python`] → [`compiler`] → [`generate`] → [`plan`], by way of [`rewrite`];
//! [`sam`], [`python`] → [`verify`]. [`lambda`] runs a function as AWS Lambda would, with the
//! programs that [`tools`] finds and installs; [`bench`] measures what it runs.

pub mod diagnostic;
pub mod source;
pub mod yaml;

pub mod aws;
pub mod python;
pub mod sam;

pub mod analysis;
pub mod edit;
pub mod plan;
pub mod tools;

pub mod compiler;
pub mod generate;
pub mod rewrite;

pub mod bench;
pub mod lambda;
pub mod verify;

pub mod report;
