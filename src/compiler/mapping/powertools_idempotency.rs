//! `idempotent` and `idempotent_function` of AWS Lambda Powertools.
//!
//! Exact: functions whose results DynamoDB keeps, with a store and a configuration that are
//! variables of a module.
//! Refused: serializers, a local cache, the validation of payloads.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Expr as PyExpr, ExprCall};
use ruff_text_size::TextRange;

use super::Mapping;
use crate::compiler::aws::{Reason, Use, Wrappers};
use crate::compiler::ir::{Expr, Kind, Mode, Need};
use crate::compiler::lower::{
    Arguments, Decorated, Decoration, Decorator, Lowerer, Wrapped, parameter_names,
};
use crate::compiler::program::Entity;
use crate::compiler::types::Ty;
use crate::diagnostic::Code;

/// The mapping.
pub(super) struct Idempotency;

const PACKAGE: &str = "aws_lambda_powertools.utilities.idempotency.";
const LAYER: &str = "powertools_idempotency_store::Layer";
const CONFIG: &str = "powertools_idempotency::IdempotencyConfig";

/// The DynamoDB calls: the operation, boto3's name of it, the parameters.
const OPERATIONS: [(&str, &str, &[&str]); 4] = [
    (
        "GetItem",
        "get_item",
        &["TableName", "Key", "ConsistentRead"],
    ),
    (
        "PutItem",
        "put_item",
        &[
            "TableName",
            "Item",
            "ConditionExpression",
            "ExpressionAttributeNames",
            "ExpressionAttributeValues",
            "ReturnValuesOnConditionCheckFailure",
        ],
    ),
    (
        "UpdateItem",
        "update_item",
        &[
            "TableName",
            "Key",
            "UpdateExpression",
            "ExpressionAttributeNames",
            "ExpressionAttributeValues",
        ],
    ),
    ("DeleteItem", "delete_item", &["TableName", "Key"]),
];

impl Mapping for Idempotency {
    fn knows(&self, module: &str) -> bool {
        module == "aws_lambda_powertools"
    }

    fn decorate(
        &self,
        lowerer: &mut Lowerer<'_, '_>,
        decorator: &Decorator<'_>,
        decorated: &mut Decorated,
    ) -> Option<Decoration> {
        let name = decorator.name.strip_prefix(PACKAGE)?.rsplit('.').next()?;
        let data = match name {
            "idempotent" => decorated.arguments.first()?.clone(),
            "idempotent_function" => argument(lowerer, decorator, decorated)?,
            _ => return None,
        };
        let context = (name == "idempotent").then(|| decorated.arguments.get(1).cloned());
        let run = run(lowerer, decorator, decorated, data, context.flatten())?;
        Some(Decoration::Around(Box::new(move |lowerer, wrapped| {
            let range = wrapped.value.range;
            if !wrapped.stmts.is_empty() {
                lowerer.unsupported(range, "an idempotent function with decorators within");
            }
            let value = lowerer.dynamic(wrapped.value);
            let body = Expr::new(Kind::Closure(Vec::new(), Box::new(value)), Ty::Never, range);
            let mut operands = run.operands;
            operands.push((body, Mode::Owned));
            let value = Expr::op(&run.template, operands, Ty::Value, range)
                .raising()
                .awaiting();
            Wrapped {
                stmts: run.stmts,
                value: run.needs.into_iter().fold(value, Expr::needing),
            }
        })))
    }
}

/// The argument of a function that its results are known by, which all calls name.
fn argument(
    lowerer: &mut Lowerer<'_, '_>,
    decorator: &Decorator<'_>,
    decorated: &Decorated,
) -> Option<Expr> {
    let keyword = decorator
        .arguments
        .text(usize::MAX, "data_keyword_argument")?
        .to_owned();
    let program = lowerer.program;
    let outer = program.functions[decorated.function].decorated?;
    let names = parameter_names(&program.functions[outer].def.parameters);
    let at = names.iter().position(|name| *name == keyword)?;
    for (index, module) in program.modules.iter().enumerate() {
        let mut calls = Calls::default();
        calls.visit_body(&module.syntax.syntax().body);
        for call in calls.0 {
            let callee = lowerer.within_module(index, |it| it.module_value(&call.func));
            let is_called = callee.is_some_and(
                |it| matches!(it.ty, Ty::Static(found) if *found == Entity::Function(outer)),
            );
            if is_called && call.arguments.find_keyword(&keyword).is_none() {
                let what = "a call of an idempotent function that does not name its data";
                lowerer.unsupported_with(decorator.range, what, "give it by keyword");
                return None;
            }
        }
    }
    decorated.arguments.get(at).cloned()
}

#[derive(Default)]
struct Calls<'a>(Vec<&'a ExprCall>);

impl<'a> Visitor<'a> for Calls<'a> {
    fn visit_expr(&mut self, expr: &'a PyExpr) {
        if let PyExpr::Call(call) = expr {
            self.0.push(call);
        }
        visitor::walk_expr(self, expr);
    }
}

/// What runs an idempotent function, but for the function itself.
struct Run {
    stmts: Vec<crate::compiler::ir::Stmt>,
    template: String,
    operands: Vec<(Expr, Mode)>,
    needs: Vec<Need>,
}

/// A variable of a module of a type.
fn variable(arguments: &Arguments<'_>, name: &str, path: &str) -> Option<Expr> {
    let value = arguments.get(usize::MAX, name)?;
    let is_variable = matches!(value.kind, Kind::Global(_));
    (is_variable && value.ty == Ty::opaque(path)).then(|| value.clone())
}

fn run(
    lowerer: &mut Lowerer<'_, '_>,
    decorator: &Decorator<'_>,
    decorated: &Decorated,
    data: Expr,
    context: Option<Expr>,
) -> Option<Run> {
    let arguments = &decorator.arguments;
    let range = decorator.range;
    let known = [
        "persistence_store",
        "config",
        "key_prefix",
        "data_keyword_argument",
    ];
    let mut names = arguments.keywords.iter().map(|(name, _)| name.as_str());
    if !names.all(|name| known.contains(&name)) || !arguments.positional.is_empty() {
        return None;
    }
    let layer = variable(arguments, "persistence_store", LAYER)?;
    let config = match arguments.get(usize::MAX, "config") {
        Some(_) => variable(arguments, "config", CONFIG)?,
        None => {
            let template = "powertools_idempotency::idempotency_config(\"\", false, 3600, None)";
            let made = Expr::op(template, Vec::new(), Ty::opaque(CONFIG), range);
            made.item("powertools_idempotency", "idempotency_config")
        }
    };
    let prefix = match arguments.get(usize::MAX, "key_prefix").map(|it| &it.kind) {
        None | Some(Kind::None) => "None".to_owned(),
        Some(Kind::Str(prefix)) => format!("Some({prefix:?})"),
        Some(_) => return None,
    };
    let name = qualified(lowerer, decorated.function, range)?;
    let mut stmts = Vec::new();
    if let Some(context) = context {
        if context.ty != Ty::opaque("lambda_context::LambdaContext") {
            return None;
        }
        let template = "powertools_idempotency::register_lambda_context({0}, {1})";
        let operands = vec![(config.clone(), Mode::Ref), (context, Mode::Ref)];
        let registered = Expr::op(template, operands, Ty::None, range)
            .item("powertools_idempotency", "register_lambda_context");
        stmts.push(crate::compiler::ir::Stmt {
            kind: crate::compiler::ir::StmtKind::Expr(registered),
            range,
        });
    }
    let (client, mut needs) = match client() {
        Ok(client) => client,
        Err(Reason(reason)) => {
            lowerer.refuse(range, Code::UnmappedCall, reason, "");
            return None;
        }
    };
    for item in ["run", "Function"] {
        let module = "powertools_idempotency".to_owned();
        needs.push(Need::Item(module, item.to_owned()));
    }
    let data = lowerer.dynamic(data);
    let template = format!(
        "powertools_idempotency::run(&powertools_idempotency::Function {{ name: {name:?}, \
         key_prefix: {prefix}, layer: {{0}}, config: {{1}} }}, {{2}}, {client}, async {{3}})"
    );
    let operands = vec![(layer, Mode::Ref), (config, Mode::Ref), (data, Mode::Ref)];
    Some(Run {
        stmts,
        template,
        operands,
        needs,
    })
}

/// The name of a function with its module's.
fn qualified(lowerer: &mut Lowerer<'_, '_>, function: usize, range: TextRange) -> Option<String> {
    let program = lowerer.program;
    let it = &program.functions[function];
    if it.class.is_some() || it.parent.is_some() {
        lowerer.unsupported(range, "an idempotent function that is not of a module");
        return None;
    }
    Some(format!("{}.{}", program.modules[it.module].name, it.name))
}

/// The closure that makes the DynamoDB calls with a client of its own, and what it needs.
fn client() -> Result<(String, Vec<Need>), Reason> {
    let service = "dynamodb";
    let mut wrappers = Wrappers::default();
    let module = wrappers.client(service)?.module;
    let mut arms = String::new();
    let mut needs = vec![
        Need::Config,
        Need::Client(service.to_owned()),
        Need::Item("botocore_client".to_owned(), "ClientOptions".to_owned()),
    ];
    for (operation, method, members) in OPERATIONS {
        let members = Some(members.iter().map(|it| (*it).to_owned()).collect());
        let use_ = Use {
            members: Clone::clone(&members),
            ..Use::default()
        };
        let function = wrappers.operation(service, method, use_)?.function;
        let pattern = match method {
            "delete_item" => "_".to_owned(),
            _ => format!("{operation:?}"),
        };
        arms.push_str(&format!(
            "{pattern} => aws::{module}::{function}(&client, &parameters).await, "
        ));
        needs.push(Need::Operation {
            service: service.to_owned(),
            method: method.to_owned(),
            members,
            resource: false,
            pages: false,
        });
    }
    let client = format!(
        "async |operation, parameters| {{ \
         let client = aws::{module}::client(config, botocore_client::ClientOptions::default())?; \
         let answer = match operation {{ {arms} }}; \
         answer.map(Value::from) }}"
    );
    Ok((client, needs))
}
