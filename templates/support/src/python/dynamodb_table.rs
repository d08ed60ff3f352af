//! boto3's `Table` of the DynamoDB resource.

/// A table: the client that its requests go through, and its name.
#[derive(Debug, Clone)]
pub struct Table<C> {
    pub client: C,
    pub name: String,
}
