//! What scan knows of a project: what each function is made of and does, what it may and may
//! not do in AWS, and which of the three ways to Rust fits it.
//!
//! In: a [`Project`](crate::sam::Project), its Python source, the AWS catalogue. Out: a [`Scan`],
//! plain data with a versioned JSON form that [`crate::report`] shows. Never writes, never runs
//! the user's code. What was not understood is said, not guessed.

mod advice;
mod environment;
mod findings;
mod function;
mod iam;
mod packages;
mod policies;
mod ranking;
mod scan;
mod sends;
mod target;

pub use advice::{Advice, Effort, Evidence, Gain, Verdict, Way};
pub use findings::{
    AwsCallFinding, DefinitionFinding, EnvironmentFinding, EventFinding, FunctionFindings,
    HttpCallFinding, IamFinding, ImportWorkFinding, ModuleFinding, NeededAction, PackageFinding,
    Ranked, Resolution, RewriteFinding, SCHEMA, Scan, SharedSend, TemplateFindings, UnneededAction,
    VariableUse,
};
pub use scan::scan;
