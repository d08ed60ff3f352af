//! Modules of the generated crate: one for each Python module, and the state of all.

use std::collections::{BTreeMap, BTreeSet};

use ruff_python_ast::token::TokenKind;
use ruff_python_ast::{Expr as PyExpr, Stmt as PyStmt};
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::{Effects, Emitter};
use crate::compiler::ir::Need;
use crate::compiler::lower::{Lowered, LoweredFunction};
use crate::compiler::program::{Program, rust_name};
use crate::compiler::support::support;
use crate::compiler::types::Ty;

/// A source file without its imports, and what it needs.
#[derive(Debug, Default)]
pub struct Source {
    /// Documentation of the module.
    pub doc: String,
    /// The text below the imports.
    pub text: String,
    /// What it needs.
    pub needs: BTreeSet<Need>,
    /// Modules of the program that it names.
    pub modules: BTreeSet<usize>,
}

/// Whether a method takes no instance.
pub(super) fn is_static(program: &Program<'_>, function: usize) -> bool {
    let def = program.functions[function].def;
    program.functions[function].name == "__init__"
        || def.decorator_list.iter().any(|it| {
            matches!(&it.expression, PyExpr::Name(name) if matches!(name.id.as_str(), "staticmethod" | "classmethod"))
        })
}

/// The sources of the program's modules, by index.
pub fn modules(
    program: &Program<'_>,
    lowered: &Lowered,
    effects: &Effects,
) -> BTreeMap<usize, Source> {
    let mut found: BTreeMap<usize, Source> = BTreeMap::new();
    for (index, bases) in &lowered.exceptions {
        let class = &program.classes[*index];
        let source = found.entry(class.module).or_default();
        let mut paths = Vec::new();
        for base in bases {
            source.needs.extend(base.need.clone());
            let own = format!("{}::", program.modules[class.module].rust_name);
            let path = base.path.strip_prefix(&own).unwrap_or(&base.path);
            paths.push(format!("&{path}"));
        }
        source
            .needs
            .insert(Need::Item("error".into(), "Class".into()));
        let doc = doc_of(&class.def.body, "");
        source.text.push_str(&format!(
            "{doc}pub static {}: Class = Class {{ name: {:?}, bases: &[{}] }};\n\n",
            crate::compiler::lower::constant_name(&class.name),
            class.name,
            paths.join(", "),
        ));
    }
    for class in &lowered.classes {
        let it = &program.classes[class.index];
        let source = found.entry(it.module).or_default();
        super::class::class(program, class, lowered, effects, source);
    }
    for function in &lowered.functions {
        let it = &program.functions[function.index];
        let is_exception = |class: usize| lowered.exceptions.iter().any(|(it, _)| *it == class);
        if it.class.is_some_and(|class| !is_exception(class)) {
            continue;
        }
        let source = found.entry(it.module).or_default();
        let text = self::function(program, lowered, effects, function, source);
        source.text.push_str(&text);
    }
    for (module, source) in &mut found {
        let body = &program.modules[*module].syntax.syntax().body;
        source.doc = doc_of(body, "!");
    }
    found
}

pub(super) fn function(
    program: &Program<'_>,
    lowered: &Lowered,
    effects: &Effects,
    function: &LoweredFunction,
    source: &mut Source,
) -> String {
    let it = &program.functions[function.index];
    let effect = effects.of(function.index);
    let mut emitter = Emitter::new(program, lowered, effects, &function.body, it.module);
    emitter.raises = effect.raises;
    emitter.begin_comments(it.def.parameters.range().end());
    let mut parameters = Vec::new();
    let mut first = String::new();
    let first_local = function.parameters.first();
    let has_instance =
        first_local.is_none_or(|it| !matches!(function.body.locals[*it].ty, Ty::Static(_)));
    let is_method = it.class.is_some() && !is_static(program, function.index) && has_instance;
    if is_method {
        let this = function.parameters.first();
        let is_member = this.is_some_and(|it| function.body.locals[*it].ty.is_copy());
        let is_shared = it
            .class
            .map(|class| super::object::shared_methods(program, lowered, class))
            .is_some_and(|it| it.contains(&function.index));
        let this = match (is_member, is_shared) {
            (true, _) => "self",
            (_, true) => "self: &Rc<Self>",
            _ => "&self",
        };
        parameters.push(this.to_owned());
    }
    if effect.state {
        parameters.push("state: &State".to_owned());
    }
    if effect.config {
        parameters.push("config: &SdkConfig".to_owned());
        emitter.needs.insert(Need::Config);
    }
    for (at, local) in function.parameters.iter().enumerate() {
        let ty = function.body.locals[*local].ty.clone();
        if matches!(ty, Ty::Static(_)) || at == 0 && is_method {
            emitter.declared.insert(*local);
            continue;
        }
        let name = emitter.names[*local].clone();
        let is_read = emitter.uses.get(local).is_some_and(|it| it.reads > 0);
        let is_read = is_read && ty != Ty::None;
        let shown = match is_read || emitter.is_rebound_parameter(*local) {
            true => name.clone(),
            false => format!("_{}", name.trim_start_matches('_')),
        };
        parameters.push(format!("{shown}: {}", emitter.parameter_type(&ty)));
        let is_rebound = emitter.is_rebound_parameter(*local);
        // What a generator's body uses is its own.
        let is_kept = function.sink.is_some() && is_read && !ty.is_copy();
        if is_rebound || is_kept {
            let mutable = if is_rebound { "mut " } else { "" };
            let owned = super::text::owned(&name, &ty);
            let owned = if ty.is_copy() { name.clone() } else { owned };
            first.push_str(&format!("let {mutable}{name} = {owned};\n"));
        }
        emitter.declared.insert(*local);
    }
    if let Some(class) = it.class
        && it.name == "__init__"
    {
        // The local of `self`, which the constructor makes at its end.
        let _ = class;
        if function.body.locals[0].parameter {
            emitter.declared.insert(0);
        }
    }
    if let Some(sink) = function.sink {
        emitter.raises = true;
        emitter.declared.insert(sink);
    }
    let mut body = emitter.block(&function.body.stmts, true);
    let mut ending = emitter.ending(&function.body.stmts);
    let returns = match (&function.returns, effect.raises) {
        (Ty::None | Ty::Never, true) => " -> Result<()>".to_owned(),
        (Ty::None | Ty::Never, false) => String::new(),
        (ty, true) => format!(" -> Result<{}>", emitter.owned_type(ty)),
        (ty, false) => format!(" -> {}", emitter.owned_type(ty)),
    };
    let (mut generic, mut returns) = ("", returns);
    if let Some(sink) = function.sink {
        let items = &emitter.names[sink];
        let item = emitter.owned_type(&function.returns);
        body =
            format!("generator::Generator::new(move |{items}| async move {{\n{body}{ending}\n}})");
        ending = "";
        let is_lent = parameters.iter().any(|it| {
            matches!(
                it.as_str(),
                "&self" | "state: &State" | "config: &SdkConfig"
            )
        });
        returns = format!(" -> generator::Generator<'static, {item}>");
        if is_lent {
            generic = "<'a>";
            returns = format!(" -> generator::Generator<'a, {item}>");
            for it in &mut parameters {
                if matches!(
                    it.as_str(),
                    "&self" | "state: &State" | "config: &SdkConfig"
                ) {
                    *it = it.replacen('&', "&'a ", 1);
                }
            }
        }
    }
    let name = match (it.class, it.name.as_str()) {
        (Some(class), "__init__") => match lowered.exceptions.iter().any(|(it, _)| *it == class) {
            true => rust_name(&program.classes[class].name),
            false => "new".to_owned(),
        },
        _ => it.rust_name.clone(),
    };
    let is_async = effect.awaits && function.sink.is_none();
    let keyword = if is_async { "async fn" } else { "fn" };
    source.needs.append(&mut emitter.needs);
    source.modules.append(&mut emitter.modules);
    let doc = match function.wrapped {
        Some(inner) => decorated_doc(program, function.index, inner),
        None => doc_of(&it.def.body, ""),
    };
    let many = match parameters.len() > MOST_PARAMETERS {
        true => "#[expect(clippy::too_many_arguments, reason = \"as in Python\")]\n",
        false => "",
    };
    format!(
        "{doc}{many}pub {keyword} {name}{generic}({}){returns} {{\n{first}{body}{ending}\n}}\n\n",
        parameters.join(", ")
    )
}

/// What clippy takes for enough.
const MOST_PARAMETERS: usize = 7;

/// The documentation of what decorators make of a function.
fn decorated_doc(program: &Program<'_>, decorated: usize, inner: usize) -> String {
    let it = &program.functions[decorated];
    let file = &program.modules[it.module].file;
    let text = &file.text()[file.bom_len()..];
    let decorators = it.def.decorator_list.iter().map(|decorator| {
        let callee = match &decorator.expression {
            PyExpr::Call(call) => &*call.func,
            callee => callee,
        };
        let name = text.get(callee.range().to_std_range()).unwrap_or_default();
        format!("`@{name}`")
    });
    let decorators: Vec<String> = decorators.collect();
    let around = &program.functions[inner].rust_name;
    format!("/// `{around}` with {} around it.\n", decorators.join(", "))
}

/// The struct of the modules' variables and how it is made.
pub fn state(program: &Program<'_>, lowered: &Lowered, effects: &Effects) -> Source {
    let mut source = Source::default();
    let body = &lowered.import;
    let mut emitter = Emitter::new(program, lowered, effects, body, 0);
    emitter.is_import = true;
    let effect = effects.of_body(body);
    emitter.raises = true;
    let used = used_globals(lowered);
    let mut fields = String::new();
    let mut inits = String::new();
    for (index, global) in program.globals.iter().enumerate() {
        let Some(local) = lowered
            .globals
            .get(&index)
            .filter(|_| used.contains(&index))
        else {
            continue;
        };
        let ty = body.locals[*local].ty.clone();
        let mut ty_text = emitter.owned_type(&ty);
        let mut value = emitter.names[*local].clone();
        if emitter.unbound.contains(local) {
            continue;
        }
        if global.is_rebound {
            let cell = if ty.is_copy() { "Cell" } else { "RefCell" };
            ty_text = format!("{cell}<{ty_text}>");
            value = format!("{cell}::new({value})");
        }
        fields.push_str(&format!("    pub {}: {ty_text},\n", global.rust_name));
        match value == global.rust_name {
            true => inits.push_str(&format!("{value}, ")),
            false => inits.push_str(&format!("{}: {value}, ", global.rust_name)),
        }
        // The struct takes it.
        emitter.uses.taken(*local);
    }
    let text = emitter.block(&body.stmts, false);
    let keyword = if effect.awaits { "async fn" } else { "fn" };
    let parameter = if effect.config {
        "config: &SdkConfig"
    } else {
        ""
    };
    if effect.config {
        emitter.needs.insert(Need::Config);
    }
    source.text = format!(
        "/// The variables of the modules.\npub struct State {{\n{fields}}}\n\n\
         impl State {{\n/// Runs what the modules run when they are imported.\n\
         pub {keyword} new({parameter}) -> Result<Self> {{\n{text}Ok(Self {{ {inits} }})\n}}\n}}\n"
    );
    source.needs.append(&mut emitter.needs);
    source.modules.append(&mut emitter.modules);
    source
}

/// The modules' variables that functions read or bind.
fn used_globals(lowered: &Lowered) -> BTreeSet<usize> {
    use crate::compiler::ir::visit::Visitor;
    use crate::compiler::ir::{Expr, Kind, Stmt, StmtKind};
    #[derive(Default)]
    struct Globals(BTreeSet<usize>);
    impl Visitor for Globals {
        fn stmt(&mut self, stmt: &Stmt) {
            if let StmtKind::SetGlobal(global, _) = &stmt.kind {
                self.0.insert(*global);
            }
            self.walk_stmt(stmt);
        }
        fn expr(&mut self, expr: &Expr) {
            if let Kind::Global(global) = &expr.kind {
                self.0.insert(*global);
            }
            self.walk_expr(expr);
        }
    }
    let mut found = Globals::default();
    for function in &lowered.functions {
        found.body(&function.body);
    }
    found.0
}

/// A docstring as documentation.
pub(super) fn doc_of(body: &[PyStmt], mark: &str) -> String {
    let Some(PyStmt::Expr(it)) = body.first() else {
        return String::new();
    };
    let PyExpr::StringLiteral(text) = &*it.value else {
        return String::new();
    };
    let mark = if mark == "!" { "//!" } else { "///" };
    let text = text.value.to_str();
    let lines = text.trim().lines().map(|line| {
        let line = line.trim();
        match line.is_empty() {
            true => format!("{mark}\n"),
            false => format!("{mark} {}\n", escape_doc(line)),
        }
    });
    lines.collect()
}

/// What Markdown would read otherwise.
fn escape_doc(line: &str) -> String {
    line.replace('[', "\\[").replace('<', "\\<")
}

impl Emitter<'_, '_> {
    /// Comments before this place were another's.
    pub(super) fn begin_comments(&mut self, at: TextSize) {
        self.comment_cursor = at;
    }

    /// Comments of the module that stand before a place and were not written yet.
    pub(super) fn comments(&mut self, range: TextRange) -> String {
        let text = self.comments_before(range);
        if range.start() > self.comment_cursor {
            self.comment_cursor = range.start();
        }
        text
    }

    pub(super) fn comments_before(&self, range: TextRange) -> String {
        if self.is_import || range.is_empty() {
            return String::new();
        }
        let module = &self.program.modules[self.module];
        let file_text = module.file.text();
        let file_text = &file_text[module.file.bom_len()..];
        let mut found = String::new();
        for token in module.syntax.tokens() {
            if token.kind() != TokenKind::Comment
                || token.start() < self.comment_cursor
                || token.start() >= range.start()
            {
                continue;
            }
            let comment = file_text
                .get(token.range().to_std_range())
                .unwrap_or_default();
            let comment = comment.trim_start_matches('#').trim();
            let is_pragma = ["noqa", "type:", "pylint", "nosec", "fmt:", "pragma"]
                .iter()
                .any(|it| comment.starts_with(it));
            if !comment.is_empty() && !is_pragma {
                found.push_str(&format!("// {comment}\n"));
            }
        }
        found
    }

    /// A type in Rust, owned.
    pub(super) fn owned_type(&self, ty: &Ty) -> String {
        match ty {
            Ty::Never | Ty::None => "()".to_owned(),
            Ty::Bool => "bool".to_owned(),
            Ty::Int => "i64".to_owned(),
            Ty::Float => "f64".to_owned(),
            Ty::Str => "String".to_owned(),
            Ty::Bytes => "Vec<u8>".to_owned(),
            Ty::List => "List".to_owned(),
            Ty::Dict => "Dict".to_owned(),
            Ty::Set => "Set".to_owned(),
            Ty::Value => "Value".to_owned(),
            Ty::Error => "Error".to_owned(),
            Ty::Tuple(items) => {
                let items: Vec<String> = items.iter().map(|it| self.owned_type(it)).collect();
                let comma = if items.len() == 1 { "," } else { "" };
                format!("({}{comma})", items.join(", "))
            }
            Ty::Option(inner) => format!("Option<{}>", self.owned_type(inner)),
            Ty::Opaque(path) => path.to_string(),
            Ty::Run(item) => format!("Vec<{}>", self.owned_type(item)),
            Ty::Instance(class) => {
                let class = &self.program.classes[*class];
                format!("Rc<{}>", self.class_path(class.module, &class.name))
            }
            Ty::Member(class, _) => {
                let class = &self.program.classes[*class];
                self.class_path(class.module, &class.name)
            }
            Ty::Client(service) => match crate::aws::catalogue().service(service) {
                Some(service) => {
                    let name = crate::aws::names::crate_name(service);
                    format!("{}::Client", name.replace('-', "_"))
                }
                None => "()".to_owned(),
            },
            Ty::Resource(service, kind) => match &**kind {
                "Table" | "Table meta" => "Table<aws_sdk_dynamodb::Client>".to_owned(),
                "BatchWriter" => "aws::dynamodb::BatchWriter".to_owned(),
                "Bucket" => "S3Bucket<aws_sdk_s3::Client>".to_owned(),
                "Object" => "S3Object<aws_sdk_s3::Client>".to_owned(),
                kind => match kind.strip_prefix("pages ") {
                    Some(method) => crate::compiler::aws::pages_type(service, method),
                    None => self.owned_type(&Ty::Client(service.clone())),
                },
            },
            Ty::Outcome(inner) => format!("Result<{}>", self.owned_type(inner)),
            Ty::Static(_) => "()".to_owned(),
        }
    }

    fn class_path(&self, module: usize, name: &str) -> String {
        match module == self.module && !self.is_import {
            true => name.to_owned(),
            false => format!("{}::{name}", self.program.modules[module].rust_name),
        }
    }

    /// The path of a class of exceptions from the module that is written.
    pub(super) fn class_from_here(&mut self, path: &str) -> String {
        let Some((module, name)) = path.split_once("::") else {
            return path.to_owned();
        };
        let own = self
            .program
            .modules
            .iter()
            .position(|it| it.rust_name == module);
        match own {
            Some(index) if index == self.module && !self.is_import => name.to_owned(),
            Some(index) => {
                self.modules.insert(index);
                path.to_owned()
            }
            None => path.to_owned(),
        }
    }

    /// A type in Rust, as a parameter.
    pub(super) fn parameter_type(&self, ty: &Ty) -> String {
        match ty {
            ty if ty.is_copy() => self.owned_type(ty),
            Ty::Str => "&str".to_owned(),
            Ty::Bytes => "&[u8]".to_owned(),
            Ty::Option(inner) => match &**inner {
                Ty::Str => "Option<&str>".to_owned(),
                Ty::Bytes => "Option<&[u8]>".to_owned(),
                inner => format!("Option<&{}>", self.owned_type(inner)),
            },
            ty => format!("&{}", self.owned_type(ty)),
        }
    }
}

/// The imports of a source: of the support modules, of the program's modules, of Rust's library.
pub fn imports(program: &Program<'_>, source: &Source, own: Option<usize>) -> String {
    let words = heads(&source.text);
    let mut python: BTreeSet<String> = BTreeSet::new();
    for name in support().modules.keys() {
        if words.paths.contains(name) {
            python.insert(name.clone());
        }
    }
    for (module, item) in [
        ("value", "Value"),
        ("dict", "Dict"),
        ("list", "List"),
        ("set", "Set"),
        ("error", "Class"),
        ("error", "Error"),
        ("error", "Result"),
        ("error", "or_break"),
        ("dynamodb_table", "Table"),
        ("s3_resource", "S3Bucket"),
        ("s3_resource", "S3Object"),
    ] {
        if words.names.contains(item) {
            python.insert(format!("{module}::{item}"));
        }
    }
    let mut lines = Vec::new();
    if words.names.contains("RefCell") && words.names.contains("Cell") {
        lines.push("use std::cell::{Cell, RefCell};".to_owned());
    } else if words.names.contains("RefCell") {
        lines.push("use std::cell::RefCell;".to_owned());
    } else if words.names.contains("Cell") {
        lines.push("use std::cell::Cell;".to_owned());
    }
    if words.names.contains("Rc") {
        lines.push("use std::rc::Rc;".to_owned());
    }
    if words.names.contains("SdkConfig") {
        lines.push("use aws_config::SdkConfig;".to_owned());
    }
    if words.paths.contains("aws") {
        lines.push("use crate::aws;".to_owned());
    }
    for module in &program.modules {
        if words.paths.contains(&module.rust_name) {
            lines.push(format!("use crate::{};", module.rust_name));
        }
    }
    if !python.is_empty() {
        let items: Vec<String> = python.into_iter().collect();
        lines.push(format!("use crate::python::{{{}}};", items.join(", ")));
    }
    if own.is_some() && words.names.contains("State") {
        lines.push("use crate::state::State;".to_owned());
    }
    lines.join("\n")
}

struct Heads {
    /// What paths begin with.
    paths: BTreeSet<String>,
    /// All words.
    names: BTreeSet<String>,
}

fn heads(text: &str) -> Heads {
    use proc_macro2::{TokenStream, TokenTree};
    fn walk(tokens: TokenStream, found: &mut Heads) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Ident(word) => {
                    let sign = |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(it)) if it.as_char() == ':');
                    let is_path = sign(at + 1) && sign(at + 2);
                    let is_head = !(at >= 2 && sign(at - 1) && sign(at - 2));
                    if is_head {
                        found.names.insert(word.to_string());
                        if is_path {
                            found.paths.insert(word.to_string());
                        }
                    }
                }
                TokenTree::Group(group) => walk(group.stream(), found),
                _ => {}
            }
        }
    }
    let mut found = Heads {
        paths: BTreeSet::new(),
        names: BTreeSet::new(),
    };
    if let Ok(tokens) = text.parse() {
        walk(tokens, &mut found);
    }
    found
}
