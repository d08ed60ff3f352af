//! What a function's modules do: calls of AWS and HTTP, environment, work at import, definitions.
//!
//! In: a [`ModuleGraph`] and the catalogue. Out: [`Facts`]. A call inside a function that nobody
//! calls counts: it is in the module, and who calls it may be out of sight. A call on a value
//! that was not traced to boto3 does not count.
//!
//! Places: the span of a call goes from the name of the method (or function) to the call's end,
//! so that in a chain broken over lines the line is the method's own.

mod collect;
mod flags;
mod http;
mod read;

pub use read::Step;
use serde::Serialize;

use crate::aws::Catalogue;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

use super::graph::ModuleGraph;

/// How a call reaches AWS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Via {
    /// A client's method.
    Client,
    /// A resource object's method.
    Resource,
    /// `paginate()` of a paginator; it calls as often as there are pages.
    Paginator,
    /// A waiter; it calls until the state is reached.
    Waiter,
    /// A collection that is listed, or a batch action on it.
    Collection,
    /// `load()`, `reload()` or the read of an attribute that loads the object.
    Attribute,
    /// One of S3's transfer methods; large files go in several calls.
    Transfer,
    /// A utility of Powertools.
    Powertools,
    /// A persistence layer of Powertools, placed where it is made; it calls when the function that
    /// it guards is called.
    Persistence,
}

/// What is known of an argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Argument {
    /// A constant.
    Text(String),
    /// The value of an environment variable.
    Environment(String),
    /// A part of the handler's event.
    Event,
    /// Anything else.
    Unknown,
}

/// A call of an AWS operation.
#[derive(Debug, Clone)]
pub struct AwsCall {
    /// boto3's name of the service.
    pub service: String,
    /// The operation, such as `GetItem`.
    pub operation: String,
    /// How it is called.
    pub via: Via,
    /// Index of its module.
    pub module: usize,
    /// From the method's name to the end of the call.
    pub span: Span,
    /// The enclosing function's qualified name; `None` at module level.
    pub function: Option<String>,
    /// Whether it stands in a loop or comprehension, or in a function that is called in one. The
    /// repetition within `map`, `sorted` or an executor's `map` is no loop of the code.
    pub in_loop: bool,
    /// Whether it runs together with other calls: in an executor, a thread, or gathered.
    pub concurrent: bool,
    /// Whether it runs when the handler's module is loaded.
    pub at_import: bool,
    /// Whether it is awaited.
    pub awaited: bool,
    /// By API member name, the identifiers of the resource object included.
    pub arguments: Vec<(String, Argument)>,
}

/// An outgoing HTTP request.
#[derive(Debug, Clone)]
pub struct HttpCall {
    /// The library, such as `requests`.
    pub library: String,
    /// The method in capitals, where it is known.
    pub method: Option<String>,
    /// The URL, where it is constant.
    pub url: Option<String>,
    /// Index of its module.
    pub module: usize,
    /// The call.
    pub span: Span,
    /// The enclosing function's qualified name; `None` at module level.
    pub function: Option<String>,
    /// Whether it stands in a loop, or in a function that is called in one.
    pub in_loop: bool,
    /// Whether it runs when the handler's module is loaded.
    pub at_import: bool,
}

/// A read of an environment variable.
#[derive(Debug, Clone)]
pub struct EnvironmentUse {
    /// Its name; `None` where it is computed.
    pub name: Option<String>,
    /// The constant used where it is not set.
    pub default: Option<String>,
    /// Whether the code fails where it is not set.
    pub required: bool,
    /// Index of its module.
    pub module: usize,
    /// The read.
    pub span: Span,
}

/// What runs when the handler's module is loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ImportWorkKind {
    /// A client or resource is made.
    Client,
    /// AWS is called.
    AwsCall,
    /// An HTTP request is sent.
    Http,
    /// A file is opened.
    File,
    /// A loop runs at module level.
    Loop,
}

/// Work done when the handler's module is loaded.
#[derive(Debug, Clone)]
pub struct ImportWork {
    /// What it is.
    pub kind: ImportWorkKind,
    /// Index of its module.
    pub module: usize,
    /// Its place.
    pub span: Span,
}

/// A function of the code.
#[derive(Debug, Clone)]
pub struct Definition {
    /// Its dotted name within the module.
    pub qualified: String,
    /// Index of its module.
    pub module: usize,
    /// The whole definition.
    pub span: Span,
    /// How many lines it has.
    pub lines: usize,
    /// Whether it was written `async def`.
    pub is_async: bool,
    /// Local functions that it calls: module and qualified name.
    pub calls: Vec<(usize, String)>,
    /// Whether it, or a function that it calls, calls AWS.
    pub calls_aws: bool,
    /// Loop statements in it.
    pub loops: usize,
}

/// A call on something of boto3 whose service or operation is not known.
#[derive(Debug, Clone)]
pub struct UnresolvedAwsCall {
    /// Why.
    pub reason: String,
    /// Index of its module.
    pub module: usize,
    /// The call.
    pub span: Span,
    /// The enclosing function's qualified name; `None` at module level.
    pub function: Option<String>,
}

/// Everything that was found, each list in the order of modules and places.
#[derive(Debug, Default)]
pub struct Facts {
    /// Calls of AWS.
    pub aws_calls: Vec<AwsCall>,
    /// Outgoing HTTP.
    pub http_calls: Vec<HttpCall>,
    /// Environment variables read.
    pub environment: Vec<EnvironmentUse>,
    /// Work at import.
    pub import_work: Vec<ImportWork>,
    /// Functions.
    pub definitions: Vec<Definition>,
    /// Calls of boto3 that were not understood.
    pub unresolved: Vec<UnresolvedAwsCall>,
    /// What is doubtful.
    pub diagnostics: Vec<Diagnostic>,
}

/// Takes the facts of a graph.
pub fn facts(graph: &ModuleGraph, catalogue: &Catalogue) -> Facts {
    collect::collect(super::solve::solve(graph, catalogue))
}
