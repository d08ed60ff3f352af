//! Values in wider types.

use super::Lowerer;
use crate::compiler::ir::{Expr, Kind};
use crate::compiler::program::Entity;
use crate::compiler::types::Ty;
use crate::diagnostic::Code;

impl Lowerer<'_, '_> {
    /// The value in a type that it joins to; nothing where it does not.
    pub fn try_coerce(&mut self, expr: Expr, to: &Ty) -> Option<Expr> {
        if expr.ty == *to || matches!(expr.ty, Ty::Never) || matches!(to, Ty::Never) {
            return Some(expr);
        }
        let range = expr.range;
        match (expr.kind, expr.ty, to) {
            (Kind::Tuple(items), _, Ty::Tuple(types)) if items.len() == types.len() => {
                let items = items.into_iter().zip(types);
                let items = items.map(|(item, ty)| self.try_coerce(item, ty));
                let kind = Kind::Tuple(items.collect::<Option<_>>()?);
                Some(Expr::new(kind, to.clone(), range))
            }
            (kind, Ty::None, Ty::Option(_)) => Some(widen(Expr::new(kind, Ty::None, range), to)),
            (kind, ty, Ty::Option(inner)) if !matches!(ty, Ty::Option(_)) => {
                let value = self.try_coerce(Expr::new(kind, ty, range), inner)?;
                Some(widen(value, to))
            }
            (Kind::If(test, then, otherwise), _, to) => {
                let then = self.try_coerce(*then, to)?;
                let otherwise = self.try_coerce(*otherwise, to)?;
                let kind = Kind::If(test, Box::new(then), Box::new(otherwise));
                Some(Expr::new(kind, to.clone(), range))
            }
            (Kind::Block(stmts, last), _, to) => {
                let last = self.try_coerce(*last, to)?;
                Some(Expr::new(
                    Kind::Block(stmts, Box::new(last)),
                    to.clone(),
                    range,
                ))
            }
            // A reference to an instance is one to an instance of its base.
            (kind, Ty::Opaque(path), Ty::Opaque(base)) if self.support.inherits(&path, base) => {
                Some(Expr::new(kind, Ty::Opaque(path), range))
            }
            (_, Ty::Static(found), Ty::Value) => match *found {
                Entity::Function(function) => self.function_value(function, range),
                _ => None,
            },
            (kind, ty, Ty::Value) if ty.is_dynamic() => {
                self.types.be_dynamic(&ty);
                Some(widen(Expr::new(kind, ty, range), to))
            }
            (kind, Ty::Int, Ty::Float) => Some(match kind {
                Kind::Int(value) => Expr::new(Kind::Float(value as f64), Ty::Float, range),
                kind => Expr::op(
                    "({0} as f64)",
                    vec![(Expr::new(kind, Ty::Int, range), super::Mode::Owned)],
                    Ty::Float,
                    range,
                ),
            }),
            _ => None,
        }
    }

    /// The value in a type that it joins to, or a refusal.
    pub fn coerce(&mut self, expr: Expr, to: &Ty) -> Expr {
        let (range, from) = (expr.range, expr.ty.clone());
        if from == Ty::Never && *to != Ty::Never && matches!(expr.kind, Kind::Call(_)) {
            return self.unknown(range);
        }
        match self.try_coerce(expr, to) {
            Some(expr) => expr,
            None => {
                let help = match from {
                    Ty::Member(..) => "write `.value`",
                    _ => "give the two different names, or convert one of them",
                };
                let (from, to) = (self.describe(&from), self.describe(to));
                let message = format!("{from} is used where {to} is expected");
                self.refuse(range, Code::UnknownType, message, help)
            }
        }
    }

    /// The value as a `Value`.
    pub fn dynamic(&mut self, expr: Expr) -> Expr {
        self.coerce(expr, &Ty::Value)
    }

    /// A type in words that a Python programmer knows.
    pub fn describe(&self, ty: &Ty) -> String {
        match ty {
            Ty::Never => "nothing".to_owned(),
            Ty::None => "None".to_owned(),
            Ty::Bool => "a bool".to_owned(),
            Ty::Int => "an int".to_owned(),
            Ty::Float => "a float".to_owned(),
            Ty::Str => "a str".to_owned(),
            Ty::Bytes => "bytes".to_owned(),
            Ty::List => "a list".to_owned(),
            Ty::Dict => "a dict".to_owned(),
            Ty::Set => "a set".to_owned(),
            Ty::Tuple(_) => "a tuple".to_owned(),
            Ty::Option(inner) => format!("{} or None", self.describe(inner)),
            Ty::Opaque(path) => {
                let name = self.support.python_name(path).unwrap_or(path);
                format!("a `{name}`")
            }
            Ty::Run(item) => format!("a generator of {}", self.describe(item)),
            Ty::Instance(class) => format!("a `{}`", self.program.classes[*class].name),
            Ty::Member(class, _) => format!("a member of `{}`", self.program.classes[*class].name),
            Ty::Error => "an exception".to_owned(),
            Ty::Client(service) => format!("a client of {service}"),
            Ty::Resource(service, kind) => format!("boto3's {service} {kind}"),
            Ty::Value => "a value of unknown type".to_owned(),
            Ty::Outcome(inner) => format!("{} or an exception", self.describe(inner)),
            Ty::Static(found) => match &**found {
                Entity::Module(it) => {
                    format!("the module `{}`", self.program.modules[*it].name)
                }
                Entity::Function(it) => {
                    format!("the function `{}`", self.program.functions[*it].name)
                }
                Entity::Class(it) => format!("the class `{}`", self.program.classes[*it].name),
                Entity::External(name) | Entity::Method(name) | Entity::Made(name, _) => {
                    format!("`{name}`")
                }
            },
        }
    }
}

fn widen(expr: Expr, to: &Ty) -> Expr {
    let range = expr.range;
    Expr::new(Kind::Widen(Box::new(expr)), to.clone(), range)
}
