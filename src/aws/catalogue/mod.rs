mod load;
mod model;

pub use load::{Catalogue, catalogue};
pub use model::{
    Action, Collection, Identifier, Member, Operation, Paginator, Reference, ResourceDef,
    Resources, Service, Shape, Waiter,
};
