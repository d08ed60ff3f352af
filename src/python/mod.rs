//! The Python of a function: its modules, its names, and what it does.
//!
//! In: a project's files, a handler's name and the folders of `sys.path`. Out: a [`ModuleGraph`]
//! and the [`Facts`] of it. Never runs Python, and never reports what it did not resolve.
//!
//! Four steps, each on the result of the one before:
//! [`Sources`] reads and parses files, each once; `lower` turns a tree into flat [`code`] with
//! scopes resolved; [`load`] follows imports to a graph; `solve` computes which values each
//! name can hold, over all modules together; [`facts`] reads off calls, environment and
//! definitions.

pub mod code;
mod facts;
mod graph;
mod lower;
mod solve;
mod source;
mod stdlib;

pub use facts::{
    Argument, AwsCall, Definition, EnvironmentUse, Facts, HttpCall, ImportWork, ImportWorkKind,
    Step, UnresolvedAwsCall, Via, facts,
};
pub use graph::{
    HandlerDef, Import, ImportKind, Module, ModuleGraph, Origin, SearchPath, load, load_inline,
};
pub use source::{Source, Sources};
