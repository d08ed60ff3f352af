//! IAM: which actions an operation needs, and which ones SAM's policy templates, connectors and
//! well-known managed policies grant.
//!
//! In most services an action has the operation's name behind the service's prefix; where it is
//! another, [`exceptions`] says so. Resources and conditions of policies are not looked at.

mod exceptions;
mod grants;

pub use exceptions::{IamAction, actions};
pub use grants::{connector, grants, managed_policy, policy_template};
