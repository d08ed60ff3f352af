//! Proof that a replacement does what the original did.
//!
//! In: a function of a project, a replacement, and cases. Both sides run in the local Lambda, each
//! before its own stand-in for AWS, the original twice. Out: for each case whether the replacement
//! did the same, and where not, what it did otherwise.

pub mod case;
pub mod compare;
pub mod generate;
pub mod observe;
pub mod trace;
