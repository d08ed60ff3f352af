//! Edits of the user's files, as data: which bytes of which file become what, and why.
//!
//! In: a file as it was read and what it should say. Out: [`Edit`]s that change the bytes they
//! must and no others. [`yaml`] (JSON included), [`toml`], [`requirements`] and [`python`] each
//! parse the edited text again and compare it with what was meant; where the two differ there is
//! an [`EditError`] and no edit. Never writes to disk: that is [`crate::plan`]'s.

mod error;
mod lines;
pub mod python;
pub mod requirements;
mod text;
pub mod toml;
pub mod yaml;

pub use error::EditError;
pub use text::{Conflict, Edit, apply};

pub(crate) use text::Pending;
