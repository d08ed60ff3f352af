//! Python source (stand-in until the model is merged).
#![allow(missing_docs)]
use crate::aws::Catalogue;
use crate::diagnostic::Diagnostic;
use crate::source::{SourceFile, Span};
use std::path::{Path, PathBuf};
use std::sync::Arc;
pub struct Sources;
pub struct Source {
    pub file: Arc<SourceFile>,
}
impl Sources {
    pub fn new(_: &Path) -> Self {
        Self
    }
}
#[derive(Clone, Debug)]
pub enum Origin {
    Code,
    Layer(String),
}
pub struct SearchPath {
    pub dir: PathBuf,
    pub origin: Origin,
}
pub struct HandlerDef {
    pub module: usize,
    pub span: Span,
}
pub struct Module {
    pub name: String,
    pub origin: Origin,
    pub source: Arc<Source>,
}
pub enum ImportKind {
    Stdlib,
    Runtime,
    ThirdParty,
    Unresolved,
}
pub struct Import {
    pub package: String,
    pub qualified: String,
    pub module: usize,
    pub span: Span,
    pub kind: ImportKind,
    pub at_import: bool,
    pub guarded: bool,
}
#[derive(Default)]
pub struct ModuleGraph {
    pub modules: Vec<Module>,
    pub handler: Option<HandlerDef>,
    pub imports: Vec<Import>,
    pub diagnostics: Vec<Diagnostic>,
}
pub fn load(_: &Sources, _: &str, _: &[SearchPath]) -> ModuleGraph {
    ModuleGraph::default()
}
pub fn load_inline(
    _: &Sources,
    _: &Arc<SourceFile>,
    _: Span,
    _: &str,
    _: &str,
    _: &[SearchPath],
) -> ModuleGraph {
    ModuleGraph::default()
}
#[derive(Default)]
pub struct Facts {
    pub aws_calls: Vec<AwsCall>,
    pub http_calls: Vec<HttpCall>,
    pub environment: Vec<EnvironmentUse>,
    pub import_work: Vec<ImportWork>,
    pub definitions: Vec<Definition>,
    pub unresolved: Vec<UnresolvedAwsCall>,
    pub diagnostics: Vec<Diagnostic>,
}
pub fn facts(_: &ModuleGraph, _: &Catalogue) -> Facts {
    Facts::default()
}
pub struct AwsCall {
    pub service: String,
    pub operation: String,
    pub via: String,
    pub module: usize,
    pub span: Span,
    pub function: Option<String>,
    pub in_loop: bool,
    pub concurrent: bool,
    pub at_import: bool,
    pub awaited: bool,
    pub arguments: Vec<(String, Argument)>,
}
pub enum Argument {
    Text(String),
    Environment(String),
    Event,
    Unknown,
}
pub struct EnvironmentUse {
    pub name: Option<String>,
    pub default: Option<String>,
    pub required: bool,
    pub module: usize,
    pub span: Span,
}
pub struct HttpCall {
    pub library: String,
    pub method: Option<String>,
    pub url: Option<String>,
    pub module: usize,
    pub span: Span,
}
pub struct ImportWork {
    pub what: String,
    pub module: usize,
    pub span: Span,
}
pub struct Definition {
    pub name: String,
    pub module: usize,
    pub span: Span,
    pub lines: usize,
    pub is_async: bool,
}
pub struct UnresolvedAwsCall {
    pub module: usize,
    pub span: Span,
}
