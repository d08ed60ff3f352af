use serde::Serialize;

use super::advice::{Advice, Effort, Way};
use crate::diagnostic::Diagnostic;
use crate::python::Via;
use crate::rewrite::Status;

/// Version of the JSON form of [`Scan`]. It grows when a field changes its meaning or goes;
/// new fields do not change it.
pub const SCHEMA: u32 = 1;

/// Everything that a scan found. Paths are relative to the scanned folder, with forward slashes.
#[derive(Debug, Serialize)]
pub struct Scan {
    /// [`SCHEMA`].
    pub schema: u32,
    /// Version of the botocore package that the AWS catalogue was made from.
    pub botocore: String,
    /// The templates in the order of their paths.
    pub templates: Vec<TemplateFindings>,
    /// The functions in the order of templates and, in each, of the file.
    pub functions: Vec<FunctionFindings>,
    /// Which functions to move first.
    pub ranking: Vec<Ranked>,
    /// Sends that several functions repeat.
    pub shared_sends: Vec<SharedSend>,
    /// How many calls on boto3 objects were resolved to an operation, and how many were not.
    pub resolution: Resolution,
    /// What belongs to no function: templates and their layers.
    pub diagnostics: Vec<Diagnostic>,
}

impl Scan {
    /// Every diagnostic, those of functions last.
    pub fn all_diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        let functions = self
            .functions
            .iter()
            .flat_map(|function| &function.diagnostics);
        self.diagnostics.iter().chain(functions)
    }
}

/// How many calls on boto3 objects the scan understood.
#[derive(Debug, Default, Clone, Copy, Serialize)]
pub struct Resolution {
    /// Calls whose service and operation are known, each place in the source counted once.
    pub resolved: usize,
    /// Calls on boto3 objects whose service or operation is not known.
    pub unresolved: usize,
}

/// A template, read or not.
#[derive(Debug, Serialize)]
pub struct TemplateFindings {
    /// Its path.
    pub path: String,
    /// Whether it could be read.
    pub read: bool,
    /// How many functions it declares.
    pub functions: usize,
    /// How many of them are Python.
    pub python_functions: usize,
    /// How many layers it declares.
    pub layers: usize,
}

/// What is known of one function. For runtimes other than Python all that the template says,
/// and no analysis.
#[derive(Debug, Serialize)]
pub struct FunctionFindings {
    /// The logical id.
    pub id: String,
    /// `AWS::Serverless::Function` or `AWS::Lambda::Function`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The template's path.
    pub template: String,
    /// The line on which the resource begins.
    pub line: usize,
    /// The runtime; `null` for an image or where the template does not say.
    pub runtime: Option<String>,
    /// `Zip` or `Image`.
    pub package_type: &'static str,
    /// The handler as the template names it.
    pub handler: Option<String>,
    /// The file that holds the handler; the template itself for inline code; `null` where it
    /// was not found.
    pub source: Option<String>,
    /// The architectures.
    pub architectures: Vec<String>,
    /// Memory in MB; `null` where an intrinsic leaves it open.
    pub memory_mb: Option<i64>,
    /// Time limit in seconds; `null` where an intrinsic leaves it open.
    pub timeout_s: Option<i64>,
    /// What invokes it.
    pub events: Vec<EventFinding>,
    /// The layers, local ones by logical id.
    pub layers: Vec<String>,
    /// The handler's module and every local module that it imports.
    pub modules: Vec<ModuleFinding>,
    /// Lines of all modules together.
    pub lines: usize,
    /// The functions and methods of the modules.
    pub definitions: Vec<DefinitionFinding>,
    /// Calls of AWS operations.
    pub aws_calls: Vec<AwsCallFinding>,
    /// Outgoing HTTP requests.
    pub http_calls: Vec<HttpCallFinding>,
    /// Packages from outside the project and the standard library.
    pub packages: Vec<PackageFinding>,
    /// Environment variables.
    pub environment: EnvironmentFinding,
    /// What runs at import beyond definitions.
    pub import_work: Vec<ImportWorkFinding>,
    /// IAM actions; `null` for functions that were not analysed.
    pub iam: Option<IamFinding>,
    /// What to do with it; `null` for functions that were not analysed.
    pub advice: Option<Advice>,
    /// Whether `rewrite` would do it; absent for runtimes other than Python.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rewrite: Option<RewriteFinding>,
    /// What was wrong or not understood.
    pub diagnostics: Vec<Diagnostic>,
}

/// Whether a function can be translated to Rust.
#[derive(Debug, Serialize)]
pub struct RewriteFinding {
    /// The verdict.
    pub status: Status,
    /// Every reason for a refusal.
    pub diagnostics: Vec<Diagnostic>,
}

impl FunctionFindings {
    /// Whether its runtime is a Python one.
    pub fn is_python(&self) -> bool {
        self.runtime
            .as_deref()
            .is_some_and(|runtime| runtime.starts_with("python"))
    }
}

/// One source of events.
#[derive(Debug, Serialize)]
pub struct EventFinding {
    /// The event's name in the template, or how the function is found as a target.
    pub name: String,
    /// The kind, such as `Api`, `SQS` or `Authorizer`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The shape of the event that the function receives.
    pub payload: String,
    /// What it is about, such as `GET /orders` or a queue.
    pub detail: Option<String>,
    /// The line in the template.
    pub line: usize,
}

/// One module of a function.
#[derive(Debug, Serialize)]
pub struct ModuleFinding {
    /// The dotted name.
    pub name: String,
    /// The file.
    pub file: String,
    /// Its lines.
    pub lines: usize,
    /// The logical id of the layer that it comes from; `null` for the function's own code.
    pub layer: Option<String>,
}

/// One function or method of a module.
#[derive(Debug, Serialize)]
pub struct DefinitionFinding {
    /// The module's name and the name within it.
    pub name: String,
    /// The file.
    pub file: String,
    /// The line of its `def`.
    pub line: usize,
    /// Its lines.
    pub lines: usize,
    /// Whether it is an `async def`.
    pub is_async: bool,
    /// How many AWS calls its body makes itself.
    pub aws_calls: usize,
    /// Whether a loop calls AWS in it, directly or through functions that it calls.
    pub calls_in_loop: bool,
}

/// One call of an AWS operation.
#[derive(Debug, Clone, Serialize)]
pub struct AwsCallFinding {
    /// boto3's name of the service, such as `dynamodb`.
    pub service: String,
    /// The API's name of the operation, such as `GetItem`.
    pub operation: String,
    /// The file.
    pub file: String,
    /// The line of the method's name, from 1.
    pub line: usize,
    /// The column of the method's name in code points, from 1.
    pub column: usize,
    /// The function or method that it stands in; `null` at module level.
    pub function: Option<String>,
    /// How it is called: `client`, `resource`, `paginator` and so on.
    pub via: Via,
    /// What it is about where that is known: the queue, table, topic or bucket.
    pub target: Option<String>,
    /// Whether it runs in a loop.
    pub in_loop: bool,
    /// Whether it runs beside others in threads or tasks.
    pub concurrent: bool,
    /// Whether it runs when the module is imported.
    pub at_import: bool,
}

/// One outgoing HTTP request.
#[derive(Debug, Serialize)]
pub struct HttpCallFinding {
    /// The package that sends it.
    pub library: String,
    /// The method, where known.
    pub method: Option<String>,
    /// The URL, where it is a constant.
    pub url: Option<String>,
    /// The file.
    pub file: String,
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// A package from outside.
#[derive(Debug, Clone, Serialize)]
pub struct PackageFinding {
    /// The name under which it is imported, at its top level.
    pub import: String,
    /// The name under which it is published, where known.
    pub package: Option<String>,
    /// Whether importing the handler imports it.
    pub at_import: bool,
    /// Size on disk with its dependencies, in bytes, as measured for `version`.
    pub bytes: Option<u64>,
    /// Time to import it, in milliseconds, as measured for `version`.
    pub import_ms: Option<f64>,
    /// The version that was measured; not necessarily the one the project uses.
    pub version: Option<String>,
}

/// Environment variables used by the code and defined by the template.
#[derive(Debug, Default, Serialize)]
pub struct EnvironmentFinding {
    /// Variables that the code reads.
    pub used: Vec<VariableUse>,
    /// Variables that the template defines.
    pub defined: Vec<String>,
    /// Read without a default, and neither defined nor set by Lambda itself.
    pub missing: Vec<String>,
    /// Defined, and read neither by the code nor by a known package.
    pub unused: Vec<String>,
    /// Whether the code reads names that are not constants, so that the lists are incomplete.
    pub dynamic: bool,
}

/// One read of an environment variable.
#[derive(Debug, Serialize)]
pub struct VariableUse {
    /// The name.
    pub name: String,
    /// The file of the first read.
    pub file: String,
    /// Its line.
    pub line: usize,
    /// The default, where it is a constant.
    pub default: Option<String>,
    /// Whether the code fails without it.
    pub required: bool,
}

/// Work done at import.
#[derive(Debug, Serialize)]
pub struct ImportWorkFinding {
    /// What is done, in a few words.
    pub what: String,
    /// The file.
    pub file: String,
    /// The line.
    pub line: usize,
}

/// IAM actions that the calls need, against those granted.
#[derive(Debug, Serialize)]
pub struct IamFinding {
    /// Actions needed.
    pub needed: Vec<NeededAction>,
    /// Needed actions that nothing grants; empty where `complete` is false.
    pub missing: Vec<String>,
    /// Granted actions that no call needs.
    pub unneeded: Vec<UnneededAction>,
    /// Whether every grant was understood. A role from elsewhere or an unknown managed policy
    /// makes it false, and then nothing is called missing.
    pub complete: bool,
    /// The grants that were not understood.
    pub unknown: Vec<String>,
}

/// An action and why it is needed.
#[derive(Debug, Serialize)]
pub struct NeededAction {
    /// The action, such as `dynamodb:GetItem`.
    pub action: String,
    /// The operation that needs it.
    pub operation: String,
    /// Whether only the general rule (service and operation name) says so.
    pub by_rule: bool,
}

/// A granted action that no call needs.
#[derive(Debug, Serialize)]
pub struct UnneededAction {
    /// The action or pattern as granted.
    pub action: String,
    /// What grants it.
    pub grant: String,
    /// The line in the template.
    pub line: usize,
    /// Of a pattern that is needed in part: the needed actions it could be narrowed to.
    pub narrow_to: Vec<String>,
}

/// A place in the ranking.
#[derive(Debug, Serialize)]
pub struct Ranked {
    /// The function's logical id.
    pub id: String,
    /// Its template.
    pub template: String,
    /// The way that fits best.
    pub way: Way,
    /// Its effort.
    pub effort: Effort,
    /// The points that made the order; comparable within one scan only.
    pub score: u32,
    /// Why, in a few words each.
    pub reasons: Vec<String>,
}

/// The same target, sent to by several functions.
#[derive(Debug, Serialize)]
pub struct SharedSend {
    /// boto3's name of the service.
    pub service: String,
    /// The operations used.
    pub operations: Vec<String>,
    /// The target: a logical id, or the text that names it.
    pub target: String,
    /// The template, or `null` where functions of several templates send to it.
    pub template: Option<String>,
    /// The functions that send.
    pub functions: Vec<String>,
    /// Where.
    pub calls: Vec<AwsCallFinding>,
}
