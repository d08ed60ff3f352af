//! SAM and CloudFormation projects as SAM reads them.
//!
//! In: a folder. Out: a [`Project`] of [`Template`]s and their functions, with Globals merged,
//! intrinsics resolved where their values are known, and each value's span in its file. Reads
//! only; knows nothing of Python or of AWS services' operations.

mod authorizer;
mod cloudformation;
mod code;
mod discover;
mod event;
mod foreach;
mod function;
mod globals;
mod lookup;
mod openapi;
mod policy;
mod project;
mod samconfig;
mod scope;
mod statemachine;
mod template;
mod value;

pub use code::Code;
pub use event::{Event, EventKind, Payload};
pub use function::{Function, FunctionKind, LayerRef, Package, Variable};
pub use policy::{Grant, GrantSource};
pub use project::{Failure, Project};
pub use samconfig::SamConfig;
pub use template::{Layer, Nested, Resource, Template};
pub use value::{Reference, Spanned, Symbol, Value};
