//! What Python does and Rust does not, in the parts that this program uses.

#[cfg(feature = "bytes")]
pub mod bytes;
pub mod dict;
pub mod error;
pub mod list;
#[cfg(feature = "object")]
pub mod object;
pub mod ops;
#[cfg(feature = "set")]
pub mod set;
#[cfg(feature = "tuple")]
pub mod tuple;
pub mod value;
