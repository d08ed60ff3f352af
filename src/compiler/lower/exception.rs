//! Exceptions: raised, caught, asked.

use ruff_python_ast::{Expr as PyExpr, StmtRaise};
use ruff_text_size::{Ranged, TextRange};

use super::Lowerer;
use super::arguments::Arguments;
use crate::compiler::ir::{ClassTest, Expr, Kind, Mode, Need};
use crate::compiler::mapping;
use crate::compiler::program::Entity;
use crate::compiler::support::Kind as SignatureKind;
use crate::compiler::types::Ty;
use crate::diagnostic::Code;

impl Lowerer<'_, '_> {
    /// The classes of an `except` clause.
    pub fn class_tests(&mut self, classes: &PyExpr) -> Vec<ClassTest> {
        let each = match classes {
            PyExpr::Tuple(it) => &it.elts[..],
            one => std::slice::from_ref(one),
        };
        let mut found = Vec::new();
        for class in each {
            match self.class_test(class) {
                Some(test) => found.push(test),
                None => {
                    let message = format!(
                        "`{}` is not a class of exceptions that is mapped",
                        self.source(class)
                    );
                    self.refuse(class.range(), Code::UnmappedCall, message, "");
                }
            }
        }
        found
    }

    /// A class of exceptions, as a static of Rust.
    pub fn class_test(&mut self, class: &PyExpr) -> Option<ClassTest> {
        let value = self.expr(class);
        let Ty::Static(found) = &value.ty else {
            return None;
        };
        self.exception_class(&found.clone())
    }

    /// An entity as a class of exceptions.
    pub fn exception_class(&mut self, found: &Entity) -> Option<ClassTest> {
        match found {
            Entity::External(name) => self.external_class(name),
            Entity::Class(class) if self.is_exception(*class) => {
                let class = &self.program.classes[*class];
                let module = &self.program.modules[class.module].rust_name;
                Some(ClassTest {
                    path: format!("{module}::{}", constant_name(&class.name)),
                    need: None,
                })
            }
            Entity::Made(what, parts) => mapping::made_class(what, parts),
            _ => None,
        }
    }

    fn external_class(&self, name: &str) -> Option<ClassTest> {
        let overloads = self.support.overloads(name).iter();
        let signature = overloads
            .clone()
            .find(|it| it.kind == SignatureKind::Static)?;
        Some(ClassTest {
            path: format!("{}::{}", signature.module, signature.item),
            need: Some(Need::Item(signature.module.clone(), signature.item.clone())),
        })
    }

    /// `Class(…)` of an exception outside of the program.
    pub fn exception_of(
        &mut self,
        name: &str,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Expr {
        if takes_more(name, arguments.positional.len()) {
            let what = format!("`{name}` with these arguments");
            return self.unsupported(range, &what);
        }
        match self.external_class(name) {
            Some(class) => self.exception(&class, arguments, range),
            None => self.unmapped_call(name, range),
        }
    }

    /// An exception of a class with its arguments.
    pub fn exception(
        &mut self,
        class: &ClassTest,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Expr {
        if !arguments.keywords.is_empty() || arguments.rest.is_some() || arguments.spread.is_some()
        {
            return self.unsupported(range, "an exception with keyword or unpacked arguments");
        }
        let values: Vec<Expr> = arguments
            .positional
            .iter()
            .map(|it| it.value.clone())
            .collect();
        let path = self.from_here(&class.path);
        let found = match &values[..] {
            [text] if text.ty == Ty::Str => {
                let template = format!("Error::new(&{path}, {{0}})");
                let operands = vec![(text.clone(), Mode::Owned)];
                Expr::op(&template, operands, Ty::Error, range).item("error", "Error::new")
            }
            _ => {
                let holes: Vec<String> = (0..values.len()).map(|at| format!("{{{at}}}")).collect();
                let template = format!("Error::with_args(&{path}, vec![{}])", holes.join(", "));
                let values = values.into_iter();
                let operands = values.map(|it| (self.dynamic(it), Mode::Owned)).collect();
                Expr::op(&template, operands, Ty::Error, range).item("error", "Error::with_args")
            }
        };
        match &class.need {
            Some(need) => found.needing(need.clone()),
            None => found,
        }
    }

    /// The error that a `raise` raises.
    pub fn raised(&mut self, it: &StmtRaise) -> Expr {
        let range = it.range();
        let Some(raised) = &it.exc else {
            return match self.handled.last() {
                Some(local) => Expr::new(Kind::Local(*local), Ty::Error, range),
                None => self.unsupported(range, "`raise` without an exception being handled"),
            };
        };
        let value = self.expr(raised);
        let cause = it.cause.as_ref().map(|cause| self.expr(cause));
        if cause.as_ref().is_some_and(|cause| !cause.is_simple()) {
            self.unsupported(range, "a cause that is not a name");
        }
        let error = self.raisable(value, range);
        // It shows in tracebacks alone, unless somebody asks for it.
        match cause.filter(|it| it.ty == Ty::Error && self.asks_for_cause()) {
            Some(cause) => {
                let operands = vec![(error, Mode::Receiver), (cause, Mode::Owned)];
                Expr::op("{0}.with_cause({1})", operands, Ty::Error, range)
                    .item("error", "Error::with_cause")
            }
            None => error,
        }
    }

    fn asks_for_cause(&self) -> bool {
        let modules = self.program.modules.iter();
        let mut texts = modules.map(|it| it.file.text());
        texts.any(|text| text.contains("__cause__"))
    }

    /// A value as the error that raising it gives.
    fn raisable(&mut self, value: Expr, range: TextRange) -> Expr {
        match &value.ty {
            Ty::Error | Ty::Never => value,
            Ty::Static(found) => {
                let found = found.clone();
                let none = Arguments::default();
                if let Entity::Class(class) = &*found
                    && self.is_exception(*class)
                {
                    return self.construct(*class, &none, range);
                }
                match self.exception_class(&found) {
                    Some(class) => self.exception(&class, &none, range),
                    None => self.unsupported(range, "this exception"),
                }
            }
            Ty::Option(inner) if **inner == Ty::Error => {
                let template = "{0}.unwrap_or_else(|| error::type_error(\
                    \"exceptions must derive from BaseException\"))";
                let operands = vec![(value, Mode::Owned)];
                let error = Expr::op(template, operands, Ty::Error, range);
                error.item("error", "type_error")
            }
            ty => {
                let message = format!("{} is raised", self.describe(ty));
                self.refuse(range, Code::UnknownType, message, "")
            }
        }
    }
}

/// A class's name as a static's.
pub fn constant_name(name: &str) -> String {
    use heck::ToShoutySnakeCase;
    name.to_shouty_snake_case()
}

/// Whether a class of exceptions makes something of so many arguments.
fn takes_more(name: &str, count: usize) -> bool {
    let is_of_text = [
        "UnicodeDecodeError",
        "UnicodeEncodeError",
        "UnicodeTranslateError",
    ]
    .contains(&name)
        || name.ends_with("ExceptionGroup");
    let is_of_system = name.ends_with("OSError")
        || [
            "IOError",
            "EnvironmentError",
            "TimeoutError",
            "InterruptedError",
        ]
        .contains(&name)
        || [
            "Connection",
            "File",
            "Permission",
            "Process",
            "Child",
            "BrokenPipe",
            "BlockingIO",
        ]
        .iter()
        .any(|it| name.starts_with(it));
    let is_of_source = ["SyntaxError", "IndentationError", "TabError"].contains(&name);
    is_of_text || (is_of_system || is_of_source) && count > 1
}
