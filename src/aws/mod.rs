//! What is known of AWS: the catalogue of all services with their operations and shapes.
//!
//! In: names as boto3 uses them. Out: [`Service`]s with operations, shapes, paginators, waiters
//! and resources, derived from the published botocore and boto3 packages. Never asks the network.

mod catalogue;
pub mod iam;
pub mod names;

pub use catalogue::{
    Action, Catalogue, Collection, Identifier, Member, Operation, Paginator, Reference,
    ResourceDef, Resources, Service, Shape, Waiter, catalogue,
};
