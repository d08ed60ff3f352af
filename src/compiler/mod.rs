//! The compiler: from a function's Python modules to the sources of a Rust Lambda.
//!
//! In: the project, a function and its module graph. Out: [`Translation`], or every reason why not.
//! Passes, each over the whole program: names are bound ([`program`]), bodies get types and become
//! the intermediate representation ([`lower`], [`ir`]), that becomes Rust ([`emit`]). What Python
//! does and Rust does not is taken from the support modules ([`support`]); what a Python package
//! stands for is said by these or by a [`mapping`].

pub mod aws;
pub(crate) mod code;
mod concurrent;
pub mod emit;
pub mod ir;
pub mod lower;
pub mod mapping;
pub mod program;
pub mod support;
pub mod types;

mod translate;

pub use translate::{Options, Translation, check, translate};
