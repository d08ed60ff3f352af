//! The wrappers of AWS operations that a generated crate calls.
//!
//! In: the operations that a program uses, as boto3 names them. Out: one Rust module a service,
//! whose functions take and give the dicts that boto3 takes and gives. Only what is used is
//! generated: the parameters and members by name where they are known, the shapes below them.
//!
//! Parameters go through the SDK's builders. Answers are read from the HTTP response as botocore
//! reads them, since the SDK's types lose the order of maps, the members that were absent and the
//! exact numbers.

mod batch;
mod botocore;
mod closure;
mod exceptions;
mod imports;
mod input;
mod operation;
mod pages;
mod print;
mod protocol;
mod service;
mod special;
mod tables;

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use crate::aws::{Operation, Service, catalogue, names};

pub use botocore::Botocore;
use service::Module;

/// How a program uses an operation.
#[derive(Debug, Clone, Default)]
pub struct Use {
    /// The names of the arguments, where they are known: what is left out cannot be given.
    pub members: Option<Vec<String>>,
    /// The top-level members of the answer that the program reads; none means all of them.
    pub read: Option<BTreeSet<String>>,
    /// Whether it is called on boto3's DynamoDB resource: attribute values are plain Python values.
    pub resource: bool,
}

/// What the generated crate calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrapper {
    /// The module below `crate::aws`, such as `dynamodb`.
    pub module: String,
    /// The function `(client: &Client, input: &Dict) -> Result<Dict>`, which is async.
    pub function: String,
    /// The operation's name in the API.
    pub operation: String,
}

/// Why an operation cannot be wrapped.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct Reason(pub String);

/// A file of the generated crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Below the crate's folder, such as `src/aws/dynamodb.rs`.
    pub path: String,
    /// Its source.
    pub source: String,
}

/// The wrappers of one generated crate.
#[derive(Debug, Default)]
pub struct Wrappers {
    services: BTreeMap<&'static str, Module>,
    botocore: Botocore,
}

impl Wrappers {
    /// Those of a function that has a version of botocore.
    pub fn new(botocore: Botocore) -> Self {
        Self {
            botocore,
            ..Self::default()
        }
    }

    /// Asks for the client of a service, such as `dynamodb`.
    ///
    /// # Errors
    /// When botocore has no such service.
    pub fn client(&mut self, service: &str) -> Result<Wrapper, Reason> {
        let service = known(service)?;
        self.module(service);
        Ok(Wrapper {
            module: module_name(service),
            function: "client".to_owned(),
            operation: String::new(),
        })
    }

    /// Asks for an operation by boto3's names of the service and the method.
    ///
    /// # Errors
    /// When there is no such operation, or it does what the wrappers cannot do exactly.
    pub fn operation(&mut self, service: &str, method: &str, use_: Use) -> Result<Wrapper, Reason> {
        let service = known(service)?;
        let operation = known_operation(service, method)?;
        special::refuse(service, operation, &use_)?;
        closure::refuse(service, operation, &use_)?;
        protocol::refuse(service, operation, &use_)?;
        let function = function_name(operation, use_.resource);
        self.module(service).ask(operation, use_);
        Ok(Wrapper {
            module: module_name(service),
            function,
            operation: operation.name.clone(),
        })
    }

    /// Asks for the pages of an operation: a function `(client: &Client, input: &Dict) ->
    /// Result<Pages>` whose value has an async `next() -> Result<Option<Dict>>`.
    ///
    /// # Errors
    /// When botocore has no paginator for it, or as for [`Wrappers::operation`].
    pub fn pages(&mut self, service: &str, method: &str, use_: Use) -> Result<Wrapper, Reason> {
        let known_service = known(service)?;
        let Some(paginator) = known_service.paginator(method) else {
            return Err(Reason(format!("`{method}` has no paginator")));
        };
        special::refuse_pages(paginator)?;
        // The tokens are read and written besides what the program names.
        let mut use_ = use_;
        if let Some(members) = &mut use_.members {
            members.retain(|it| it != "PaginationConfig");
            members.extend(paginator.input_tokens.iter().cloned());
            members.extend(paginator.limit_key.iter().cloned());
        }
        if let Some(read) = &mut use_.read {
            let paths = paginator
                .output_tokens
                .iter()
                .chain(&paginator.more_results);
            let paths = paths.chain(&paginator.result_keys);
            read.extend(paths.flat_map(|path| special::heads(path)));
        }
        let resource = use_.resource;
        let wrapper = self.operation(service, method, use_)?;
        self.module(known_service)
            .ask_pages(&wrapper.operation, resource);
        Ok(Wrapper {
            function: format!("{}_pages", wrapper.function),
            ..wrapper
        })
    }

    /// Asks for `table.batch_writer()` of boto3's DynamoDB resource: a function `(client: &Client,
    /// table: &str, overwrite_by_pkeys: &[Value]) -> BatchWriter` with async `put_item(&Value)`,
    /// `delete_item(&Value)`, those that are asked for, and `close()`, which is the end of the `with`.
    ///
    /// # Errors
    /// When it has no such method, or as for [`Wrappers::operation`].
    pub fn batch_writer(&mut self, method: &str) -> Result<Wrapper, Reason> {
        if !["put_item", "delete_item"].contains(&method) {
            return Err(Reason(format!("a batch writer has no method `{method}`")));
        }
        let use_ = Use {
            members: Some(vec!["RequestItems".to_owned()]),
            read: Some(std::iter::once("UnprocessedItems".to_owned()).collect()),
            resource: true,
        };
        let wrapper = self.operation("dynamodb", "batch_write_item", use_)?;
        self.module(known("dynamodb")?).ask_batch_writer(method);
        Ok(Wrapper {
            function: "batch_writer".to_owned(),
            ..wrapper
        })
    }

    /// Asks for one of a client's exceptions, such as `ConditionalCheckFailedException`; the class
    /// is then a static below `crate::aws::<module>::exceptions`.
    ///
    /// # Errors
    /// When the service has no such exception.
    pub fn exception(&mut self, service: &str, name: &str) -> Result<Wrapper, Reason> {
        let service = known(service)?;
        if !service.shape(name).is_some_and(|shape| shape.exception) {
            let name = &service.name;
            return Err(Reason(format!(
                "the client of {name} has no such exception"
            )));
        }
        self.module(service).ask_exception(name);
        Ok(Wrapper {
            module: module_name(service),
            function: names::constant(name),
            operation: String::new(),
        })
    }

    /// The crates that the generated crate needs for what it asked.
    pub fn crates(&self) -> Vec<String> {
        self.services
            .values()
            .map(|module| names::crate_name(module.service()))
            .collect()
    }

    /// The files.
    pub fn emit(self) -> Vec<File> {
        if self.services.is_empty() {
            return Vec::new();
        }
        let names = self
            .services
            .values()
            .map(|module| module_name(module.service()));
        let mut files = vec![service::root(&names.collect::<Vec<_>>())];
        files.extend(self.services.values().flat_map(Module::emit));
        files
    }

    fn module(&mut self, service: &'static Service) -> &mut Module {
        self.services
            .entry(&service.name)
            .or_insert_with(|| Module::new(service, self.botocore))
    }
}

fn known(service: &str) -> Result<&'static Service, Reason> {
    let found = catalogue().service(service);
    found.ok_or_else(|| Reason(format!("botocore has no service `{service}`")))
}

fn known_operation<'a>(service: &'a Service, method: &str) -> Result<&'a Operation, Reason> {
    let found = service.operation_by_method(method);
    found.ok_or_else(|| {
        Reason(format!(
            "the client of {} has no method `{method}`",
            service.name
        ))
    })
}

/// The type of the pages of an operation, as a path in the generated crate.
pub fn pages_type(service: &str, method: &str) -> String {
    let found = catalogue().service(service).and_then(|service| {
        let operation = service.operation_by_method(method)?;
        let name = names::type_name(&operation.name);
        Some(format!("aws::{}::{name}Pages", module_name(service)))
    });
    found.unwrap_or_else(|| "()".to_owned())
}

/// A service's module, such as `cognito_idp`.
fn module_name(service: &Service) -> String {
    names::function(&service.name.replace('-', "_"))
}

/// An operation's function.
fn function_name(operation: &Operation, resource: bool) -> String {
    let method = names::function(&operation.name);
    if resource {
        format!("resource_{}", method.trim_start_matches("r#"))
    } else {
        method
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some(members: &[&str], read: &[&str]) -> Use {
        Use {
            members: Some(members.iter().map(|&it| it.to_owned()).collect()),
            read: Some(read.iter().map(|&it| it.to_owned()).collect()),
            resource: false,
        }
    }

    fn source(wrappers: Wrappers, path: &str) -> String {
        let files = wrappers.emit().into_iter();
        let mut found = files.filter(|file| file.path == path);
        found.next().map(|file| file.source).unwrap_or_default()
    }

    fn refusal(service: &str, method: &str, use_: Use) -> String {
        let refused = Wrappers::default().operation(service, method, use_);
        refused.unwrap_err().to_string()
    }

    #[test]
    fn only_what_is_used_is_generated() {
        let mut wrappers = Wrappers::default();
        let use_ = some(&["QueueUrl", "MessageBody"], &["MessageId"]);
        let wrapper = wrappers.operation("sqs", "send_message", use_).unwrap();
        assert_eq!(
            (&*wrapper.module, &*wrapper.function),
            ("sqs", "send_message")
        );
        assert_eq!(wrappers.crates(), ["aws-sdk-sqs"]);
        insta::assert_snapshot!(source(wrappers, "src/aws/sqs.rs"));
    }

    #[test]
    fn what_is_not_known_to_be_right_is_checked_as_a_whole() {
        let shapes = |members: &[&str]| {
            let mut wrappers = Wrappers::default();
            let use_ = some(members, &[]);
            wrappers.operation("sts", "assume_role", use_).unwrap();
            source(wrappers, "src/aws/sts/shapes.rs")
        };
        let known = shapes(&["RoleArn", "RoleSessionName"]);
        assert!(
            !known.contains("required") && !known.contains("ExternalId"),
            "{known}"
        );
        let missing = shapes(&["RoleArn"]);
        assert!(
            missing.contains(".required(&[\"RoleArn\", \"RoleSessionName\"])"),
            "{missing}"
        );
        let unknown = shapes(&["RoleArn", "RoleSessionName", "Roll"]);
        assert!(unknown.contains("ExternalId"), "{unknown}");
    }

    #[test]
    fn uses_of_one_operation_are_joined() {
        let mut wrappers = Wrappers::default();
        for read in ["Item", "ConsumedCapacity"] {
            let mut use_ = some(&["TableName", "Key"], &[read]);
            use_.resource = read == "Item";
            wrappers.operation("dynamodb", "get_item", use_).unwrap();
        }
        let shapes = source(wrappers, "src/aws/dynamodb/shapes.rs");
        assert!(
            shapes.contains("ConsumedCapacity") && shapes.contains("\"Item\""),
            "{shapes}"
        );
    }

    #[test]
    fn a_client_without_operations_has_no_exceptions() {
        let mut wrappers = Wrappers::default();
        wrappers.client("ssm").unwrap();
        let files = wrappers.emit();
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["src/aws/mod.rs", "src/aws/ssm.rs"]);
    }

    #[test]
    fn says_what_it_cannot_do() {
        assert_eq!(
            refusal("s3", "select_object_content", Use::default()),
            "`SelectObjectContent`: botocore gives a stream of events"
        );
        assert_eq!(
            refusal("cloudwatch", "get_metric_data", Use::default()),
            "the SDK speaks CBOR with cloudwatch, whose answers are not read yet"
        );
        assert_eq!(
            refusal("iam", "get_role", Use::default()),
            "botocore decodes the policies in IAM's answers"
        );
        assert_eq!(
            refusal("dynamodb", "get_items", Use::default()),
            "the client of dynamodb has no method `get_items`"
        );
        let written = some(&["Namespace", "MetricData"], &[]);
        assert!(
            Wrappers::default()
                .operation("cloudwatch", "put_metric_data", written)
                .is_ok()
        );
    }
}
