use std::collections::BTreeMap;

use serde::Deserialize;

/// One service as botocore describes it.
#[derive(Debug, Deserialize)]
pub struct Service {
    /// boto3's name, such as `dynamodb`.
    pub name: String,
    /// The service id, such as `DynamoDB`; the Rust crate's name follows from it.
    pub service_id: String,
    /// The version of the API.
    pub api_version: String,
    /// First label of the endpoint's host name.
    pub endpoint_prefix: String,
    /// Name used in signatures where it is not the endpoint's prefix.
    #[serde(default)]
    pub signing_name: Option<String>,
    /// Protocols that the service speaks, botocore's preference first.
    pub protocols: Vec<String>,
    /// Version of the JSON protocols.
    #[serde(default)]
    pub json_version: Option<String>,
    /// First part of the `X-Amz-Target` header of the JSON protocols.
    #[serde(default)]
    pub target_prefix: Option<String>,
    /// Operations in alphabetical order.
    operations: Vec<Operation>,
    #[serde(default)]
    shapes: BTreeMap<String, Shape>,
    #[serde(default)]
    paginators: Vec<Paginator>,
    #[serde(default)]
    waiters: Vec<Waiter>,
    #[serde(default)]
    resources: Option<Resources>,
}

impl Service {
    /// All operations, in alphabetical order.
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// The operation of an API name, such as `GetItem`.
    pub fn operation(&self, name: &str) -> Option<&Operation> {
        let found = self
            .operations
            .binary_search_by(|operation| operation.name.as_str().cmp(name));
        self.operations.get(found.ok()?)
    }

    /// The operation behind a method of the boto3 client, such as `get_item`.
    pub fn operation_by_method(&self, method: &str) -> Option<&Operation> {
        self.operations
            .iter()
            .find(|operation| operation.method == method)
    }

    /// The paginator that `get_paginator(method)` gives.
    pub fn paginator(&self, method: &str) -> Option<&Paginator> {
        let operation = self.operation_by_method(method)?;
        self.paginators
            .iter()
            .find(|paginator| paginator.operation == operation.name)
    }

    /// The waiter that `get_waiter(method)` gives, such as `bucket_exists`.
    pub fn waiter(&self, method: &str) -> Option<&Waiter> {
        self.waiters.iter().find(|waiter| waiter.method == method)
    }

    /// All waiters.
    pub fn waiters(&self) -> &[Waiter] {
        &self.waiters
    }

    /// A shape by its name.
    pub fn shape(&self, name: &str) -> Option<&Shape> {
        self.shapes.get(name)
    }

    /// All shapes by name.
    pub fn shapes(&self) -> &BTreeMap<String, Shape> {
        &self.shapes
    }

    /// boto3's resource objects, for the nine services that have them.
    pub fn resources(&self) -> Option<&Resources> {
        self.resources.as_ref()
    }
}

/// One operation.
#[derive(Debug, Deserialize)]
pub struct Operation {
    /// The API's name, such as `GetItem`.
    pub name: String,
    /// The boto3 client's method, such as `get_item`.
    pub method: String,
    /// HTTP method.
    pub http_method: String,
    /// URI with labels.
    pub uri: String,
    /// Shape of the input.
    #[serde(default)]
    pub input: Option<String>,
    /// Shape of the output.
    #[serde(default)]
    pub output: Option<String>,
    /// Element that wraps the output in the query protocol.
    #[serde(default)]
    pub output_wrapper: Option<String>,
    /// Shapes of the errors that the model names.
    #[serde(default)]
    pub errors: Vec<String>,
    /// Whether it is marked as deprecated.
    #[serde(default)]
    pub deprecated: bool,
}

/// One shape.
#[derive(Debug, Default, Deserialize)]
pub struct Shape {
    /// `structure`, `list`, `map`, `string`, `integer` and so on.
    #[serde(rename = "type")]
    pub kind: String,
    /// Members of a structure in the model's order.
    #[serde(default)]
    pub members: Vec<Member>,
    /// Names of required members.
    #[serde(default)]
    pub required: Vec<String>,
    /// The member that is the HTTP body.
    #[serde(default)]
    pub payload: Option<String>,
    /// Element of a list.
    #[serde(default)]
    pub member: Option<Reference>,
    /// Key of a map.
    #[serde(default)]
    pub key: Option<Reference>,
    /// Value of a map.
    #[serde(default)]
    pub value: Option<Reference>,
    /// Values of an enum.
    #[serde(default)]
    pub values: Vec<String>,
    /// The least length, number of items or number.
    #[serde(default)]
    pub min: Option<serde_json::Number>,
    /// Format of a timestamp where it is not the protocol's.
    #[serde(default)]
    pub timestamp_format: Option<String>,
    /// Code of an error where it is not the shape's name.
    #[serde(default)]
    pub error_code: Option<String>,
    /// HTTP status of an error.
    #[serde(default)]
    pub http_status: Option<u16>,
    /// Whether it is an error.
    #[serde(default)]
    pub exception: bool,
    /// Whether it is a union.
    #[serde(default)]
    pub union: bool,
    /// Whether it is a JSON document.
    #[serde(default)]
    pub document: bool,
    /// Whether it is a stream of events.
    #[serde(default)]
    pub eventstream: bool,
    /// Whether a blob is streamed.
    #[serde(default)]
    pub streaming: bool,
    /// Whether a list or map has no element of its own in XML.
    #[serde(default)]
    pub flattened: bool,
}

/// One member of a structure.
#[derive(Debug, Deserialize)]
pub struct Member {
    /// Its name in the API and in boto3.
    pub name: String,
    /// Its shape.
    pub shape: String,
    /// Where in the HTTP message it goes, if not in the body.
    #[serde(default)]
    pub location: Option<String>,
    /// Its name in the message where it is another.
    #[serde(default)]
    pub location_name: Option<String>,
    /// Its name in the EC2 protocol where it is another.
    #[serde(default)]
    pub query_name: Option<String>,
    /// Whether it is a part of the host's name.
    #[serde(default)]
    pub host_label: bool,
    /// Whether its value is written as JSON.
    #[serde(default)]
    pub json_value: bool,
    /// Whether it has no element of its own in XML, where that is not said by its shape.
    #[serde(default)]
    pub flattened: bool,
    /// Whether it is an attribute in XML.
    #[serde(default)]
    pub xml_attribute: bool,
    /// Whether it is filled with a random token where it is left out.
    #[serde(default)]
    pub idempotency_token: bool,
    /// Whether it is streamed.
    #[serde(default)]
    pub streaming: bool,
    /// Format of a timestamp where it is not the shape's.
    #[serde(default)]
    pub timestamp_format: Option<String>,
}

/// A shape that another refers to.
#[derive(Debug, Deserialize)]
pub struct Reference {
    /// The shape's name.
    pub shape: String,
    /// The name in the message where it is another.
    #[serde(default)]
    pub location_name: Option<String>,
}

/// How an operation's pages follow one another.
#[derive(Debug, Deserialize)]
pub struct Paginator {
    /// The operation.
    pub operation: String,
    /// Members of the input that carry the token.
    #[serde(default)]
    pub input_tokens: Vec<String>,
    /// Paths in the output that give it.
    #[serde(default)]
    pub output_tokens: Vec<String>,
    /// Paths in the output that hold the results.
    #[serde(default)]
    pub result_keys: Vec<String>,
    /// Member of the input that limits a page.
    #[serde(default)]
    pub limit_key: Option<String>,
    /// Path in the output that says whether there is more.
    #[serde(default)]
    pub more_results: Option<String>,
}

/// A waiter.
#[derive(Debug, Deserialize)]
pub struct Waiter {
    /// Its name in the model, such as `BucketExists`.
    pub name: String,
    /// Its name for `get_waiter`, such as `bucket_exists`.
    pub method: String,
    /// The operation that it calls.
    pub operation: String,
    /// Seconds between two calls.
    pub delay: u32,
    /// How often it calls at most.
    pub max_attempts: u32,
}

/// boto3's resource objects of a service.
#[derive(Debug, Deserialize)]
pub struct Resources {
    /// What `boto3.resource(name)` gives.
    pub service: ResourceDef,
    /// The other types by name, such as `Table`.
    pub types: BTreeMap<String, ResourceDef>,
}

/// One type of resource object. Names are as in Python: `get_item`, `Table`, `objects`.
#[derive(Debug, Default, Deserialize)]
pub struct ResourceDef {
    /// What identifies it.
    #[serde(default)]
    pub identifiers: Vec<Identifier>,
    /// The shape whose members are its attributes.
    #[serde(default)]
    pub shape: Option<String>,
    /// The operation that `load()`, `reload()` and the first read of an attribute call.
    #[serde(default)]
    pub load: Option<String>,
    /// Methods that call an operation.
    #[serde(default)]
    pub actions: BTreeMap<String, Action>,
    /// Methods of a collection of these that call an operation for many.
    #[serde(default)]
    pub batch_actions: BTreeMap<String, Action>,
    /// Factories (`Table(...)`) and references (`bucket`) by name, and the type that they give.
    #[serde(default)]
    pub has: BTreeMap<String, String>,
    /// Collections by name.
    #[serde(default)]
    pub collections: BTreeMap<String, Collection>,
    /// `wait_until_exists` and its like, and the waiter's name in the model.
    #[serde(default)]
    pub waiters: BTreeMap<String, String>,
}

/// What identifies a resource object.
#[derive(Debug, Deserialize)]
pub struct Identifier {
    /// The attribute in Python, such as `name`.
    pub name: String,
    /// The member of the API, such as `TableName`.
    pub member: String,
}

/// A method of a resource object.
#[derive(Debug, Deserialize)]
pub struct Action {
    /// The operation that it calls.
    pub operation: String,
    /// The type of the resource object that it returns, if it does.
    #[serde(default)]
    pub returns: Option<String>,
}

/// A collection of resource objects.
#[derive(Debug, Deserialize)]
pub struct Collection {
    /// The operation that lists them.
    pub operation: String,
    /// Their type.
    #[serde(default)]
    pub item: Option<String>,
}
