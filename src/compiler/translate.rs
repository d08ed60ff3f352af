//! The whole way of one function: its modules in, the sources of a crate out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use ruff_python_ast::ModModule;
use ruff_python_ast::token::TokenKind;
use ruff_python_parser::Parsed;
use ruff_text_size::{Ranged, TextRange};

use super::aws::{Botocore, Use, Wrappers};
use super::code;
use super::emit::{self, Effects, Glue, Source};
use super::ir::Need;
use super::lower::{Lowered, lower};
use super::program::{Program, lambdas};
use super::support::{prune, support};
use super::types::Ty;
use crate::diagnostic::{Code, Diagnostic};
use crate::python::Sources;
use crate::sam::{Function, Project};
use crate::source::Span;

/// What the caller may choose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// How many independent AWS reads of a loop may be on their way at once; `None` for one after
    /// the other.
    pub concurrent: Option<u16>,
}

/// A function in Rust.
#[derive(Debug, Clone, Default)]
pub struct Translation {
    /// The sources: paths from the crate's folder, and formatted text.
    pub files: Vec<(PathBuf, String)>,
    /// The crates that they use, beyond the standard library.
    pub crates: BTreeSet<String>,
    /// The environment variables that they read; `None` where that is not known.
    pub environment: Option<BTreeSet<String>>,
    /// What became of what, and what differs, for the README.
    pub notes: Vec<String>,
}

/// Translates a function.
///
/// # Errors
/// Every reason why it cannot be translated.
pub fn translate(
    project: &Project,
    function: &Function,
    options: &Options,
) -> Result<Translation, Vec<Diagnostic>> {
    if options.concurrent.is_some() {
        let message = "concurrent reads of a loop are not translated yet";
        return Err(vec![
            Diagnostic::error(Code::UnsupportedSyntax, message)
                .with_help("leave `--concurrent` out: calls then follow one another, as in Python"),
        ]);
    }
    let ensure_ascii = escapes_answers(function);
    let botocore = botocore(project, function);
    deeply(|| {
        lowered(project, function, |program, lowered| {
            emitted(program, lowered, ensure_ascii, botocore)
        })?
    })
}

/// The version of botocore that a function has by its requirements.
fn botocore(project: &Project, function: &Function) -> Botocore {
    let manifest = match &function.code {
        crate::sam::Code::Local { path, .. } => code::manifest(project, path),
        _ => None,
    };
    Botocore::of(manifest.as_deref())
}

/// Whether the function's runtime escapes what is not ASCII in answers: up to Python 3.11, by the
/// runtime client's marshaller.
fn escapes_answers(function: &Function) -> bool {
    python_minor(function).is_none_or(|minor| minor < 12)
}

/// The version of Python 3 that a function's runtime has.
fn python_minor(function: &Function) -> Option<u32> {
    let runtime = function.runtime.as_ref()?.value.as_text()?;
    runtime.strip_prefix("python3.")?.parse().ok()
}

/// Whether a function can be translated.
///
/// # Errors
/// Every reason why it cannot.
pub fn check(project: &Project, function: &Function) -> Result<(), Vec<Diagnostic>> {
    deeply(|| lowered(project, function, |_, _| ()))
}

/// Works on a stack that takes what is nested as deep as is let through.
fn deeply<T: Send>(
    work: impl FnOnce() -> Result<T, Vec<Diagnostic>> + Send,
) -> Result<T, Vec<Diagnostic>> {
    const STACK_BYTES: usize = 256 * 1024 * 1024;
    let failed = |what: &str| {
        let message = format!("the translation of the function {what}");
        vec![Diagnostic::error(Code::DoesNotCompile, message)]
    };
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(STACK_BYTES);
        match builder.spawn_scoped(scope, work) {
            Ok(thread) => thread.join().unwrap_or_else(|_| Err(failed("broke off"))),
            Err(_) => Err(failed("could not be started")),
        }
    })
}

/// Deepest nesting of brackets and blocks, and longest logical line in tokens, that is translated.
const MAX_NESTING: usize = 60;
const MAX_LINE_TOKENS: usize = 5_000;

/// Where code nests deeper, or a line is longer, than anybody writes.
fn too_deep(syntax: &Parsed<ModModule>) -> Option<TextRange> {
    let (mut brackets, mut blocks, mut tokens) = (0_usize, 0_usize, 0_usize);
    for token in syntax.tokens() {
        tokens += 1;
        match token.kind() {
            TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => brackets += 1,
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => {
                brackets = brackets.saturating_sub(1);
            }
            TokenKind::Indent => blocks += 1,
            TokenKind::Dedent => blocks = blocks.saturating_sub(1),
            TokenKind::Newline => tokens = 0,
            _ => {}
        }
        if brackets + blocks > MAX_NESTING || tokens > MAX_LINE_TOKENS {
            return Some(token.range());
        }
    }
    None
}

fn lowered<T>(
    project: &Project,
    function: &Function,
    then: impl FnOnce(&Program<'_>, &Lowered) -> T,
) -> Result<T, Vec<Diagnostic>> {
    let sources = Sources::new(&project.root);
    let mut diagnostics = Vec::new();
    let mut declared = project
        .functions()
        .filter(|(_, it)| std::ptr::eq(*it, function));
    let template = declared.next().map(|(template, _)| template);
    let loaded = template
        .and_then(|template| code::load(project, template, function, &sources, &mut diagnostics));
    let Some(graph) = loaded.map(|it| it.graph) else {
        if diagnostics.is_empty() {
            let message = format!("the code of `{}` is not at hand", function.id);
            diagnostics.push(Diagnostic::error(Code::MissingCode, message));
        }
        return Err(diagnostics);
    };
    let broken: Vec<Diagnostic> = graph
        .diagnostics
        .iter()
        .chain(&diagnostics)
        .filter(|it| it.severity == crate::diagnostic::Severity::Error)
        .cloned()
        .collect();
    if !broken.is_empty() {
        return Err(broken);
    }
    let syntax = Program::parse(&graph);
    if syntax.len() != graph.modules.len() {
        let message = "a module of the function could not be parsed";
        return Err(vec![Diagnostic::error(Code::PythonSyntax, message)]);
    }
    for (module, syntax) in graph.modules.iter().zip(&syntax) {
        if let Some(range) = too_deep(syntax) {
            let skip = module.source.file.bom_len();
            let place = Span::new(
                range.start().to_usize() + skip,
                range.end().to_usize() + skip,
            );
            let message = "this nests deeper, or is longer, than what is translated";
            return Err(vec![
                Diagnostic::error(Code::UnsupportedSyntax, message)
                    .at(&module.source.file, place)
                    .with_help("keep data in a data file, and give parts of an expression names"),
            ]);
        }
    }
    let lambdas: Vec<_> = syntax.iter().map(lambdas).collect();
    let mut program = Program::bind(&graph, &syntax, &lambdas)?;
    program.python_minor = python_minor(function).unwrap_or(program.python_minor);
    let required = template.map(|it| code::requirements(project, it, function));
    program.required = required.unwrap_or_default();
    check_handler(&program)?;
    let handler = [Ty::Value, Ty::opaque("lambda_context::LambdaContext")];
    let lowered = lower(&program, &handler)?;
    check_import(&program, &lowered)?;
    Ok(then(&program, &lowered))
}

/// Refuses a handler that Lambda could not call with an event and a context.
fn check_handler(program: &Program<'_>) -> Result<(), Vec<Diagnostic>> {
    let handler = &program.functions[program.handler];
    let parameters = program.parameters(program.handler);
    let plain = parameters.posonlyargs.len() + parameters.args.len();
    let is_plain = parameters.vararg.is_none()
        && parameters.kwarg.is_none()
        && parameters.kwonlyargs.is_empty();
    let place = handler.def.name.range();
    if handler.def.is_async {
        let message = "the handler is a coroutine, which Lambda does not await";
        let found = program.diagnostic(handler.module, place, Code::UnsupportedSyntax, message);
        return Err(vec![
            found.with_help("write `def`, and `asyncio.run(…)` in it"),
        ]);
    }
    if plain == 2 && is_plain {
        return Ok(());
    }
    let message = "the handler does not take an event and a context, and nothing else";
    let found = program.diagnostic(handler.module, place, Code::UnsupportedSyntax, message);
    Err(vec![found.with_help(format!(
        "write `def {}(event, context):`",
        handler.name
    ))])
}

/// Refuses modules that call, while they are imported, functions that need what they make.
fn check_import(program: &Program<'_>, lowered: &Lowered) -> Result<(), Vec<Diagnostic>> {
    if !Effects::new(lowered).of_body(&lowered.import).state {
        return Ok(());
    }
    let message = "a function that uses variables of modules is called while they are imported";
    let place = TextRange::default();
    let found = program.diagnostic(0, place, Code::UnsupportedSyntax, message);
    Err(vec![found.with_help(
        "give the function what it needs as arguments, or call it in the handler",
    )])
}

fn emitted(
    program: &Program<'_>,
    lowered: &Lowered,
    ensure_ascii: bool,
    botocore: Botocore,
) -> Result<Translation, Vec<Diagnostic>> {
    let effects = Effects::new(lowered);
    let modules = emit::modules(program, lowered, &effects);
    let state = emit::state(program, lowered, &effects);
    let mut needs: BTreeSet<Need> = state.needs.clone();
    needs.extend(modules.values().flat_map(|it| it.needs.iter().cloned()));
    let has_state = !lowered.import.stmts.is_empty();
    let mut wrappers = wrapped(&needs, botocore)?;
    let has_aws = wrappers.is_some() || needs.contains(&Need::Config);
    let main = emit::main(
        program,
        lowered,
        &effects,
        Glue {
            state: has_state,
            aws: has_aws,
            ensure_ascii,
        },
    );
    for (module, item) in [
        ("json", "loads_event"),
        ("lambda_context", "LambdaContext::new"),
        ("runtime", "invocation"),
        ("runtime", "Failure"),
        ("runtime", "event"),
        ("runtime", "answer"),
        ("error", "Result"),
        ("value", "Value"),
    ] {
        needs.insert(Need::Item(module.to_owned(), item.to_owned()));
    }
    if has_state {
        needs.insert(Need::Item("runtime".to_owned(), "init_failed".to_owned()));
    }
    let mut translation = Translation::default();
    let crates = ["lambda_runtime", "serde_json/raw_value", "tokio"];
    translation.crates.extend(crates.map(str::to_owned));
    let mut push = |path: String, text: String| {
        translation.files.push((PathBuf::from(path), text));
    };
    push("src/main.rs".to_owned(), main);
    if has_state {
        push("src/state.rs".to_owned(), whole(program, &state, None));
    }
    for (index, source) in &modules {
        let name = &program.modules[*index].rust_name;
        push(
            format!("src/{name}.rs"),
            whole(program, source, Some(*index)),
        );
    }
    if let Some(wrappers) = wrappers.take() {
        translation.crates.extend(wrappers.crates());
        translation.crates.insert("aws-config".to_owned());
        for file in wrappers.emit() {
            translation
                .files
                .push((PathBuf::from(file.path), file.source));
        }
    }
    check_syntax(&translation.files)?;
    for (_, text) in &translation.files {
        needs.extend(mentioned(text));
    }
    let pruned = prune(support(), &needs);
    let mut declared = String::from(
        "//! What Python does and Rust does not, in the parts that this program uses.\n\n\
         #![allow(\n    dead_code,\n    unused_imports,\n    clippy::single_match,\n    \
         clippy::match_single_binding,\n    \
         clippy::match_like_matches_macro,\n    clippy::collapsible_match,\n    \
         clippy::needless_return,\n    clippy::unnecessary_wraps,\n    clippy::large_enum_variant,\n    \
         reason = \"types are taken whole: not every variant and field of theirs is used\"\n)]\n\n",
    );
    for name in pruned.modules.keys() {
        declared.push_str(&format!("pub mod {name};\n"));
    }
    translation
        .files
        .push((PathBuf::from("src/python/mod.rs"), declared));
    for (name, text) in pruned.modules {
        translation
            .files
            .push((PathBuf::from(format!("src/python/{name}.rs")), text));
    }
    translation
        .crates
        .extend(pruned.crates.iter().cloned().filter_map(crate_of));
    if pruned.crates.contains("hyper") {
        let features = CONNECTING.map(str::to_owned);
        translation.crates.extend(features);
    }
    translation.notes = notes();
    Ok(translation)
}

/// What connections of the program's own need.
const CONNECTING: [&str; 3] = ["tokio/io-util", "tokio/net", "tokio/time"];

/// What differs for every function.
fn notes() -> Vec<String> {
    [
        "an integer that needs more than 64 bits, and input that is not translated, end the invocation with the error `Untranslated`",
        "the Python's functions have the same names here; `src/python` holds what Python does and Rust does not",
    ]
    .map(str::to_owned)
    .to_vec()
}

/// The package of a crate that a path begins with, of those that the support modules need.
fn crate_of(head: String) -> Option<String> {
    const MANIFEST: &str = include_str!("../../templates/support/Cargo.toml");
    let (_, dependencies) = MANIFEST.split_once("[dependencies]")?;
    let mut packages = dependencies
        .lines()
        .filter_map(|line| line.split_once(" = "));
    packages
        // The crate of `md-5` is `md5`.
        .find(|(package, _)| ["_", ""].iter().any(|it| package.replace('-', it) == head))
        .map(|(package, _)| package.to_owned())
}

fn whole(program: &Program<'_>, source: &Source, own: Option<usize>) -> String {
    let imports = emit::imports(program, source, own);
    emit::tidy(&format!("{}\n{imports}\n\n{}", source.doc, source.text))
}

/// A mistake of this tool, as it is told.
fn mistake(message: impl Into<String>) -> Vec<Diagnostic> {
    vec![
        Diagnostic::error(Code::DoesNotCompile, message)
            .with_help("this is a mistake of the tool; please report it"),
    ]
}

/// Refuses sources that are not Rust.
fn check_syntax(files: &[(PathBuf, String)]) -> Result<(), Vec<Diagnostic>> {
    for (path, text) in files {
        if let Err(error) = syn::parse_file(text) {
            let message = format!("the generated `{}` is not Rust: {error}", path.display());
            return Err(mistake(message));
        }
    }
    Ok(())
}

/// The wrappers of the AWS operations that are needed.
fn wrapped(
    needs: &BTreeSet<Need>,
    botocore: Botocore,
) -> Result<Option<Wrappers>, Vec<Diagnostic>> {
    let mut wrappers = Wrappers::new(botocore);
    let mut any = false;
    for need in needs {
        let asked = match need {
            Need::Client(service) => wrappers.client(service),
            Need::Operation {
                service,
                method,
                members,
                resource,
                pages,
            } => {
                let use_ = Use {
                    members: members.clone(),
                    read: None,
                    resource: *resource,
                };
                match pages {
                    true => wrappers.pages(service, method, use_),
                    false => wrappers.operation(service, method, use_),
                }
            }
            Need::BatchWriter(method) => wrappers.batch_writer(method),
            Need::Exception(service, name) => wrappers.exception(service, name),
            Need::Item(..) | Need::Config => continue,
        };
        // Each was asked for by itself while lowering, where a refusal has a place.
        asked.map_err(|reason| mistake(reason.to_string()))?;
        any = true;
    }
    Ok(any.then_some(wrappers))
}

/// The items of support modules that a generated file names.
fn mentioned(text: &str) -> BTreeSet<Need> {
    let mut found = BTreeSet::new();
    let Ok(file) = syn::parse_file(text) else {
        return found;
    };
    let mut imported: BTreeMap<String, (String, String)> = BTreeMap::new();
    let mut aliases: BTreeMap<String, String> = BTreeMap::new();
    for item in &file.items {
        if let syn::Item::Use(it) = item {
            renamed(&it.tree, "", &mut aliases);
            uses(&it.tree, &mut Vec::new(), &mut imported);
        }
    }
    for (module, item) in imported.values() {
        found.insert(Need::Item(module.clone(), item.clone()));
    }
    let words: Vec<&str> = text
        .split(|it: char| !(it.is_alphanumeric() || it == '_'))
        .collect();
    for pair in words.windows(3) {
        // `module::item` splits into the module, nothing, the item.
        if let [module, "", item] = pair {
            let module = aliases.get(*module).map_or(*module, String::as_str);
            if support().modules.contains_key(module) {
                found.insert(Need::Item(module.to_owned(), (*item).to_owned()));
            } else if module.starts_with(char::is_uppercase) {
                found.insert(Need::Item("value".to_owned(), format!("Value::{item}")));
            }
        }
    }
    // Methods may be of any type of the support modules.
    for method in text.split('.').skip(1) {
        let name: String = method
            .chars()
            .take_while(|it| it.is_alphanumeric() || *it == '_')
            .collect();
        found.insert(Need::Item("value".to_owned(), format!("Value::{name}")));
    }
    found
}

/// Other names of support modules.
fn renamed(tree: &syn::UseTree, parent: &str, found: &mut BTreeMap<String, String>) {
    match tree {
        syn::UseTree::Path(it) => renamed(&it.tree, &it.ident.to_string(), found),
        syn::UseTree::Group(it) => it.items.iter().for_each(|it| renamed(it, parent, found)),
        syn::UseTree::Rename(it) => {
            let name = match it.ident == "self" {
                true => parent.to_owned(),
                false => it.ident.to_string(),
            };
            found.insert(it.rename.to_string(), name);
        }
        _ => {}
    }
}

fn uses(
    tree: &syn::UseTree,
    path: &mut Vec<String>,
    found: &mut BTreeMap<String, (String, String)>,
) {
    match tree {
        syn::UseTree::Path(it) => {
            path.push(it.ident.to_string());
            uses(&it.tree, path, found);
            path.pop();
        }
        syn::UseTree::Name(it) => {
            if let [root, python, module] = &path[..]
                && root == "crate"
                && python == "python"
            {
                let item = it.ident.to_string();
                let item = if item == "or_break" {
                    "or_break!".to_owned()
                } else {
                    item
                };
                let item = if item == "self" { String::new() } else { item };
                found.insert(format!("{module}::{item}"), (module.clone(), item));
            }
        }
        syn::UseTree::Rename(it) => {
            if let [root, python, module] = &path[..]
                && root == "crate"
                && python == "python"
            {
                let item = it.ident.to_string();
                found.insert(format!("{module}::{item}"), (module.clone(), item));
            }
        }
        syn::UseTree::Group(it) => it.items.iter().for_each(|it| uses(it, path, found)),
        _ => {}
    }
}
