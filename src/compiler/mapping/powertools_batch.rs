//! The batches of AWS Lambda Powertools, whose records succeed or fail one by one.
//!
//! Exact: `process_partial_response` and `@batch_processor` with a function of the program and a
//! processor whose kind of event is known while compiling.
//! Refused: processors that are subclasses, models of records, processing at once.

use ruff_python_ast::{Expr as PyExpr, ExprCall, Stmt as PyStmt};
use ruff_text_size::TextRange;

use super::Mapping;
use crate::compiler::ir::{Cond, Expr, Iterable, Kind, Mode, Stmt, StmtKind, Target};
use crate::compiler::lower::{
    Argument, Arguments, Decorated, Decoration, Decorator, Lowerer, Wrapped, parameter_names,
};
use crate::compiler::program::{Entity, walk_statements};
use crate::compiler::types::Ty;

/// The mapping.
pub(super) struct Batch;

const PACKAGE: &str = "aws_lambda_powertools.utilities.batch.";
const CLASSES: &str = "aws_lambda_powertools.utilities.data_classes.";
const PROCESSORS: [&str; 2] = [
    "powertools_batch::BatchProcessor",
    "powertools_batch::SqsFifoPartialProcessor",
];

impl Mapping for Batch {
    fn knows(&self, module: &str) -> bool {
        module == "aws_lambda_powertools"
    }

    fn call(
        &self,
        lowerer: &mut Lowerer<'_, '_>,
        name: &str,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Option<Expr> {
        if name.strip_prefix(PACKAGE)?.rsplit('.').next()? != "process_partial_response" {
            return None;
        }
        let event = arguments.get(0, "event")?.clone();
        let batch = Handled {
            handler: arguments.get(1, "record_handler")?.clone(),
            processor: arguments.get(2, "processor")?.clone(),
            context: arguments.get(3, "context").cloned(),
        };
        let is_plain = arguments.rest.is_none() && arguments.spread.is_none();
        if !is_plain || arguments.len() != 3 + usize::from(batch.context.is_some()) {
            return None;
        }
        let stmts = batch.stmts(lowerer, "begin", event, range)?;
        let answer = function(
            "finish",
            vec![(batch.processor, Mode::Ref)],
            Ty::Dict,
            range,
        );
        let kind = Kind::Block(stmts, Box::new(answer.raising()));
        Some(Expr::new(kind, Ty::Dict, range))
    }

    fn decorate(
        &self,
        lowerer: &mut Lowerer<'_, '_>,
        decorator: &Decorator<'_>,
        decorated: &mut Decorated,
    ) -> Option<Decoration> {
        if decorator.name.strip_prefix(PACKAGE)?.rsplit('.').next()? != "batch_processor" {
            return None;
        }
        let arguments = &decorator.arguments;
        if !arguments.positional.is_empty() || arguments.len() != 2 {
            return None;
        }
        let batch = Handled {
            handler: arguments.get(0, "record_handler")?.clone(),
            processor: arguments.get(1, "processor")?.clone(),
            context: decorated.arguments.get(1).cloned(),
        };
        let event = decorated.arguments.first()?.clone();
        let range = decorator.range;
        let mut stmts = batch.stmts(lowerer, "start", event, range)?;
        let finish = function(
            "finish",
            vec![(batch.processor, Mode::Ref)],
            Ty::Dict,
            range,
        );
        stmts.push(Stmt {
            kind: StmtKind::Expr(finish.raising()),
            range,
        });
        Some(Decoration::before(stmts))
    }
}

/// How the records of a batch are handled.
struct Handled {
    /// The function of a record.
    handler: Expr,
    /// The processor.
    processor: Expr,
    /// The context of the invocation.
    context: Option<Expr>,
}

impl Handled {
    /// Statements that handle the records of an event.
    fn stmts(
        &self,
        lowerer: &mut Lowerer<'_, '_>,
        begin: &str,
        event: Expr,
        range: TextRange,
    ) -> Option<Vec<Stmt>> {
        let is_processor =
            matches!(&self.processor.ty, Ty::Opaque(path) if PROCESSORS.contains(&&**path));
        if !is_processor {
            return None;
        }
        let Ty::Static(handler) = &self.handler.ty else {
            return None;
        };
        let Entity::Function(handler) = **handler else {
            lowerer.unsupported(
                range,
                "a batch whose records no function of the program handles",
            );
            return None;
        };
        let class = self.class(lowerer, range)?;
        let event = lowerer.dynamic(event);
        let processor = (self.processor.clone(), Mode::Ref);
        let begun = function(
            begin,
            vec![processor.clone(), (event, Mode::Ref)],
            Ty::Never,
            range,
        );
        let local = lowerer.fresh("record", Ty::Value);
        let record = Expr::new(Kind::Local(local), Ty::Value, range);
        let operands = vec![processor.clone(), (record.clone(), Mode::Ref)];
        let takes = function("takes", operands, Ty::Bool, range).raising();
        let answer = self.answer(lowerer, handler, &class, record.clone(), range)?;
        let wrapped = Wrapped {
            stmts: Vec::new(),
            value: answer,
        };
        let (captured, result) = lowerer.captured(wrapped, range);
        let operands = vec![processor, (record, Mode::Ref), (result, Mode::Owned)];
        let settled = function("settle", operands, Ty::None, range).raising();
        let stmt = |kind| Stmt { kind, range };
        let body = vec![captured, stmt(StmtKind::Expr(settled))];
        let body = match self.is_fifo() {
            true => vec![stmt(StmtKind::If(Cond::Expr(takes), body, Vec::new()))],
            false => body,
        };
        let records = Iterable {
            expr: begun.raising(),
            item: Ty::Value,
            steps: crate::compiler::ir::Steps::Plain,
        };
        let kind = StmtKind::For(Target::Local(local), records, body, Vec::new());
        Some(vec![stmt(kind)])
    }

    fn is_fifo(&self) -> bool {
        self.processor.ty == Ty::opaque(PROCESSORS[1])
    }

    /// What the function makes of a record.
    fn answer(
        &self,
        lowerer: &mut Lowerer<'_, '_>,
        handler: usize,
        class: &str,
        record: Expr,
        range: TextRange,
    ) -> Option<Expr> {
        let argument = |value| Argument { ast: None, value };
        let mut arguments = Arguments::default();
        arguments.positional.push(argument(record));
        let record = lowerer.external_call_with(class, &arguments, range);
        let mut arguments = Arguments::default();
        arguments
            .keywords
            .push(("record".to_owned(), argument(record)));
        let parameters = &lowerer.program.functions[handler].def.parameters;
        if parameter_names(parameters)
            .iter()
            .any(|it| it == "lambda_context")
        {
            let Some(context) = &self.context else {
                lowerer.unsupported(range, "a handler of records that is given no context");
                return None;
            };
            let context = argument(context.clone());
            arguments
                .keywords
                .push(("lambda_context".to_owned(), context));
        }
        Some(lowerer.call_function(handler, None, &arguments, range))
    }

    /// The data class of the records, by the kind of event that the processor is made for.
    fn class(&self, lowerer: &mut Lowerer<'_, '_>, range: TextRange) -> Option<String> {
        let class = match self.is_fifo() {
            true => Some("SQSRecord"),
            false => event_type(lowerer, &self.processor).and_then(|it| match it.as_str() {
                "powertools_batch::SQS" => Some("SQSRecord"),
                "powertools_batch::KINESIS_DATA_STREAMS" => {
                    Some("kinesis_stream_event.KinesisStreamRecord")
                }
                "powertools_batch::DYNAMODB_STREAMS" => {
                    Some("dynamo_db_stream_event.DynamoDBRecord")
                }
                _ => None,
            }),
        };
        if class.is_none() {
            lowerer.unsupported_with(
                range,
                "a batch processor whose kind of event is not known while compiling",
                "make it at the top of the module: `BatchProcessor(event_type=EventType.SQS)`",
            );
        }
        class.map(|it| format!("{CLASSES}{it}"))
    }
}

/// A call of a function of the batches.
fn function(name: &str, operands: Vec<(Expr, Mode)>, ty: Ty, range: TextRange) -> Expr {
    let holes: Vec<String> = (0..operands.len()).map(|at| format!("{{{at}}}")).collect();
    let template = format!("powertools_batch::{name}({})", holes.join(", "));
    Expr::op(&template, operands, ty, range).item("powertools_batch", name)
}

/// The constant of the kind of event that a module's processor is made for.
fn event_type(lowerer: &mut Lowerer<'_, '_>, processor: &Expr) -> Option<String> {
    let Kind::Global(global) = processor.kind else {
        return None;
    };
    let program = lowerer.program;
    let global = &program.globals[global];
    let mut made: Vec<&ExprCall> = Vec::new();
    let mut times = 0;
    let body = &program.modules[global.module].syntax.syntax().body;
    walk_statements(body, &mut |stmt| {
        let (target, value) = match stmt {
            PyStmt::Assign(it) => (it.targets.first(), Some(&*it.value)),
            PyStmt::AnnAssign(it) => (Some(&*it.target), it.value.as_deref()),
            _ => return,
        };
        if matches!(target, Some(PyExpr::Name(name)) if name.id == global.name.as_str()) {
            times += 1;
            if let Some(PyExpr::Call(call)) = value {
                made.push(call);
            }
        }
    });
    let ([call], 1, false) = (&*made, times, global.is_rebound) else {
        return None;
    };
    let keyword = call
        .arguments
        .find_keyword("event_type")
        .map(|it| &it.value);
    let given = call.arguments.args.first().or(keyword)?;
    let value = lowerer.within_module(global.module, |it| it.expr(given));
    match value.kind {
        Kind::Op(op) => Some(op.template),
        Kind::Const(path) => Some(path),
        _ => None,
    }
}
