//! Clients, resources and sessions, and the arguments that they are made with.

use ruff_python_ast::Stmt as PyStmt;
use ruff_text_size::TextRange;

use crate::compiler::aws::{Reason, Wrappers};
use crate::compiler::ir::{Entry, Expr, Kind, Mode, Need};
use crate::compiler::lower::{Arguments, Decorator, Lowerer, Place, parameter_names};
use crate::compiler::program::{Entity, entity};
use crate::compiler::types::Ty;
use crate::diagnostic::Code;

/// The type of a session that was made with options.
pub(super) const SESSION: &str = "botocore_client::Session";
/// The type of a `Config`.
const CONFIG: &str = "botocore_client::ClientOptions";
/// What a client is made with, in order.
const PARAMETERS: [&str; 10] = [
    "service_name",
    "region_name",
    "api_version",
    "use_ssl",
    "verify",
    "endpoint_url",
    "aws_access_key_id",
    "aws_secret_access_key",
    "aws_session_token",
    "config",
];
/// What a session is made with, in order.
const SESSION_PARAMETERS: [&str; 4] = [
    "aws_access_key_id",
    "aws_secret_access_key",
    "aws_session_token",
    "region_name",
];

/// Fields of `ClientOptions` in Rust, and what they take.
#[derive(Default)]
struct Options {
    operands: Vec<(Expr, Mode)>,
    fields: Vec<String>,
    /// The options that hold where these say nothing, the nearest first.
    behind: Vec<Expr>,
}

impl Options {
    fn field(&mut self, name: &str, value: Expr) {
        self.fields
            .push(format!("{name}: {{{}}}", self.operands.len()));
        self.operands.push((value, Mode::Owned));
    }

    /// The Rust of the options, and the operands of its holes.
    fn finish(mut self) -> (String, Vec<(Expr, Mode)>) {
        let default = "botocore_client::ClientOptions::default()";
        let mut text = match self.fields.is_empty() {
            true => default.to_owned(),
            false => format!(
                "botocore_client::ClientOptions {{ {}, ..{default} }}",
                self.fields.join(", ")
            ),
        };
        for behind in self.behind {
            let at = self.operands.len();
            let field = match &behind.ty {
                Ty::Opaque(path) if &**path == SESSION => ".options",
                _ => "",
            };
            text = format!("botocore_client::merged({text}, &{{{at}}}{field})");
            self.operands.push((behind, Mode::Receiver));
        }
        (text, self.operands)
    }
}

/// `boto3.client(...)`, or that of a session.
pub(super) fn client(
    lowerer: &mut Lowerer<'_, '_>,
    arguments: &Arguments<'_>,
    session: Option<Expr>,
    range: TextRange,
) -> Expr {
    let service = match service(lowerer, arguments, "client", range) {
        Ok(service) => service,
        Err(refused) => return refused,
    };
    if let Err(Reason(reason)) = Wrappers::default().client(&service) {
        return lowerer.refuse(range, Code::UnmappedCall, reason, "");
    }
    let ty = Ty::Client(service.as_str().into());
    made(lowerer, &service, ty, arguments, session, range)
}

/// `boto3.resource(...)`, or that of a session.
pub(super) fn resource(
    lowerer: &mut Lowerer<'_, '_>,
    arguments: &Arguments<'_>,
    session: Option<Expr>,
    range: TextRange,
) -> Expr {
    let service = match service(lowerer, arguments, "resource", range) {
        Ok(service) => service,
        Err(refused) => return refused,
    };
    if matches!(service.as_str(), "dynamodb" | "s3") {
        let ty = Ty::Resource(service.as_str().into(), "ServiceResource".into());
        return made(lowerer, &service, ty, arguments, session, range);
    }
    let message = format!("boto3's resource of {service} is not mapped to Rust");
    let help = format!("use the client: `boto3.client(\"{service}\")`");
    lowerer.refuse(range, Code::UnmappedCall, message, &help)
}

/// The service that is asked for, where it is known while compiling.
fn service(
    lowerer: &mut Lowerer<'_, '_>,
    arguments: &Arguments<'_>,
    what: &str,
    range: TextRange,
) -> Result<String, Expr> {
    let given = arguments.get(0, "service_name");
    match given.map(|it| lowerer.known_text(it)) {
        Some(Some(Some(service))) => Ok(service),
        Some(None) => Err(lowerer.unknown(range)),
        _ => Err(lowerer.refuse(
            range,
            Code::UnknownType,
            format!("the service of this {what} is not known while compiling"),
            &format!("name it: `boto3.{what}(\"dynamodb\")`"),
        )),
    }
}

/// The arguments by name, where each is one of the parameters.
fn named(
    lowerer: &mut Lowerer<'_, '_>,
    arguments: &Arguments<'_>,
    parameters: &[&str],
    range: TextRange,
) -> Option<Vec<(String, Expr)>> {
    if arguments.positional.len() > parameters.len()
        || arguments.spread.is_some()
        || arguments.rest.is_some()
    {
        lowerer.unsupported(range, "this way to make a client");
        return None;
    }
    let positional = parameters.iter().map(|it| (*it).to_owned());
    let mut found: Vec<(String, Expr)> = positional
        .zip(arguments.positional.iter().map(|it| it.value.clone()))
        .collect();
    for (name, argument) in &arguments.keywords {
        found.push((name.clone(), argument.value.clone()));
    }
    Some(found)
}

fn made(
    lowerer: &mut Lowerer<'_, '_>,
    service: &str,
    ty: Ty,
    arguments: &Arguments<'_>,
    session: Option<Expr>,
    range: TextRange,
) -> Expr {
    let Some(arguments) = named(lowerer, arguments, &PARAMETERS, range) else {
        return Expr::new(Kind::None, Ty::Never, range);
    };
    let mut options = Options::default();
    for (name, value) in arguments {
        match name.as_str() {
            "service_name" => {}
            "config" if value.ty == Ty::None => {}
            "config" => {
                let value = lowerer.coerce(value, &Ty::opaque(CONFIG));
                options.behind.push(value);
            }
            _ if is_default(&name, &value) => {}
            _ => {
                if let Err(refused) = option(lowerer, &mut options, &name, value) {
                    return refused;
                }
            }
        }
    }
    options.behind.extend(session);
    let module = match Wrappers::default().client(service) {
        Ok(wrapper) => wrapper.module,
        Err(_) => service.to_owned(),
    };
    let (options, operands) = options.finish();
    let template = format!("aws::{module}::client(config, {options})");
    let made = Expr::op(&template, operands, ty, range)
        .raising()
        .needing(Need::Config)
        .needing(Need::Client(service.to_owned()));
    used(made, &template)
}

/// What the text of the options uses of the support modules.
fn used(mut expr: Expr, template: &str) -> Expr {
    for item in ["merged", "ClientOptions"] {
        if template.contains(&format!("botocore_client::{item}")) {
            expr = expr.item("botocore_client", item);
        }
    }
    expr
}

/// Arguments that say what holds anyway.
fn is_default(name: &str, value: &Expr) -> bool {
    match name {
        "api_version" => matches!(value.kind, Kind::None),
        "use_ssl" => matches!(value.kind, Kind::Bool(true)),
        "verify" => matches!(value.kind, Kind::None | Kind::Bool(true)),
        _ => false,
    }
}

/// An argument that is a string or None.
fn option(
    lowerer: &mut Lowerer<'_, '_>,
    options: &mut Options,
    name: &str,
    value: Expr,
) -> Result<(), Expr> {
    const KNOWN: [&str; 5] = [
        "region_name",
        "endpoint_url",
        "aws_access_key_id",
        "aws_secret_access_key",
        "aws_session_token",
    ];
    if !KNOWN.contains(&name) {
        let message = format!("the argument `{name}` of a client is not mapped to Rust");
        return Err(lowerer.refuse(value.range, Code::UnmappedArgument, message, ""));
    }
    let value = match value.ty {
        Ty::Value => text(value),
        _ => lowerer.coerce(value, &Ty::Str.option()),
    };
    options.field(name, value);
    Ok(())
}

/// A value as a string or None.
fn text(value: Expr) -> Expr {
    let range = value.range;
    let operands = vec![(value, Mode::Ref)];
    let text = Expr::op(
        "botocore_client::text({0})",
        operands,
        Ty::Str.option(),
        range,
    );
    text.raising().item("botocore_client", "text")
}

/// `boto3.Session(...)`. One without arguments exists only while compiling.
pub(super) fn session(
    lowerer: &mut Lowerer<'_, '_>,
    arguments: &Arguments<'_>,
    range: TextRange,
) -> Option<Expr> {
    if arguments.is_empty() {
        let made = Entity::Made(super::SESSION.to_owned(), Vec::new());
        return Some(Expr::new(Kind::Static, entity(made), range));
    }
    let mut options = Options::default();
    for (name, value) in named(lowerer, arguments, &SESSION_PARAMETERS, range)? {
        let known = SESSION_PARAMETERS.contains(&name.as_str());
        if !known {
            let message = format!("the argument `{name}` of a session is not mapped to Rust");
            return Some(lowerer.refuse(value.range, Code::UnmappedArgument, message, ""));
        }
        if let Err(refused) = option(lowerer, &mut options, &name, value) {
            return Some(refused);
        }
    }
    let (options, operands) = options.finish();
    let template = format!("botocore_client::session({options})");
    let made = Expr::op(&template, operands, Ty::opaque(SESSION), range);
    let made = made.raising().item("botocore_client", "session");
    Some(used(made, &template))
}

/// `botocore.config.Config(...)`.
pub(super) fn config(
    lowerer: &mut Lowerer<'_, '_>,
    arguments: &Arguments<'_>,
    range: TextRange,
) -> Expr {
    let mut options = Options::default();
    for (name, value) in named(lowerer, arguments, &[], range).unwrap_or_default() {
        match (name.as_str(), &value.kind) {
            ("region_name", _) => {
                if let Err(refused) = option(lowerer, &mut options, &name, value) {
                    return refused;
                }
            }
            ("connect_timeout" | "read_timeout", _) => {
                let value = lowerer.coerce(value, &Ty::Float);
                let value = lowerer.coerce(value, &Ty::Float.option());
                options.field(&name, value);
            }
            ("retries", Kind::Collect(_, entries)) => {
                for entry in entries.clone() {
                    if let Err(refused) = retry(lowerer, &mut options, entry, range) {
                        return refused;
                    }
                }
            }
            // How many connections are kept is seen by nobody.
            ("max_pool_connections", Kind::Int(_)) => {}
            // The signature that all but few services have.
            ("signature_version", Kind::Str(text)) if matches!(text.as_str(), "v4" | "s3v4") => {}
            _ => {
                let message = format!("the argument `{name}` of `Config` is not mapped to Rust");
                return lowerer.refuse(value.range, Code::UnmappedArgument, message, "");
            }
        }
    }
    let (template, operands) = options.finish();
    let made = Expr::op(&template, operands, Ty::opaque(CONFIG), range);
    used(made, &template)
}

/// A member of `retries`.
fn retry(
    lowerer: &mut Lowerer<'_, '_>,
    options: &mut Options,
    entry: Entry,
    range: TextRange,
) -> Result<(), Expr> {
    if let Entry::Pair(key, value) = entry
        && let Kind::Str(name) = &key.kind
    {
        let (field, ty) = match name.as_str() {
            "max_attempts" => ("max_retries", Ty::Int),
            "total_max_attempts" => ("total_max_attempts", Ty::Int),
            "mode" => ("retry_mode", Ty::Str),
            _ => ("", Ty::Never),
        };
        if !field.is_empty() {
            let value = match value.kind {
                Kind::Widen(inner) => *inner,
                _ => value,
            };
            let value = lowerer.coerce(value, &ty);
            let value = lowerer.coerce(value, &ty.option());
            options.field(field, value);
            return Ok(());
        }
    }
    Err(lowerer.refuse(
        range,
        Code::UnmappedArgument,
        "these `retries` are not mapped to Rust",
        "",
    ))
}

/// `session.region_name`.
pub(super) fn region_name(session: Option<Expr>, range: TextRange) -> Expr {
    let (template, operands) = match session {
        Some(session) => (
            "botocore_client::region_name(&{0})",
            vec![(session, Mode::Receiver)],
        ),
        None => ("botocore_client::default_region()", Vec::new()),
    };
    let item = match operands.is_empty() {
        true => "default_region",
        false => "region_name",
    };
    let found = Expr::op(template, operands, Ty::Str.option(), range);
    found.item("botocore_client", item)
}

/// Whether a decorator keeps what a function returns, of a function that only makes a client, a
/// resource or a table: such are not told from one another.
pub(super) fn is_kept(lowerer: &Lowerer<'_, '_>, decorator: &Decorator<'_>) -> bool {
    const KEEP: [&str; 2] = ["functools.lru_cache", "functools.cache"];
    let Some(function) = lowerer.function else {
        return false;
    };
    if !KEEP.contains(&&*decorator.name) {
        return false;
    }
    let def = lowerer.program.functions[function].def;
    let stmts = def
        .body
        .iter()
        .filter(|it| !matches!(it, PyStmt::Expr(it) if it.value.is_string_literal_expr()));
    let stmts: Vec<&PyStmt> = stmts.collect();
    let [PyStmt::Return(_)] = stmts[..] else {
        return false;
    };
    let hashable = (0..parameter_names(&def.parameters).len()).all(|at| {
        let ty = lowerer.types.of(&Place::Parameter(function, at));
        ty == Ty::Never || ty.option() == Ty::Str.option()
    });
    let returned = lowerer.types.of(&Place::Return(function));
    hashable && matches!(returned, Ty::Never | Ty::Client(_) | Ty::Resource(..))
}
