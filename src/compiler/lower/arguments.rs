//! Arguments of calls, and how they meet parameters.

use ruff_python_ast::{Arguments as PyArguments, Expr as PyExpr};
use ruff_text_size::{Ranged, TextRange};

use super::Lowerer;
use crate::compiler::ir::{Entry, Expr, Kind, Mode, Stmt};
use crate::compiler::support::{Default, Parameter, ParameterKind, Passing, Signature};
use crate::compiler::types::Ty;

/// An argument.
#[derive(Debug, Clone)]
pub struct Argument<'e> {
    /// As it stands.
    pub ast: Option<&'e PyExpr>,
    /// Its value.
    pub value: Expr,
}

/// The arguments of a call.
#[derive(Debug, Clone, Default)]
pub struct Arguments<'e> {
    /// By position.
    pub positional: Vec<Argument<'e>>,
    /// By keyword, in order.
    pub keywords: Vec<(String, Argument<'e>)>,
    /// `*items`, the last positional one.
    pub rest: Option<Argument<'e>>,
    /// `**members`.
    pub spread: Option<Argument<'e>>,
}

impl Arguments<'_> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.positional.len() + self.keywords.len()
    }

    /// Whether there are none, unpacked ones neither.
    pub fn is_empty(&self) -> bool {
        self.len() == 0 && self.rest.is_none() && self.spread.is_none()
    }

    /// The value of an argument, by its position or name.
    pub fn get(&self, position: usize, name: &str) -> Option<&Expr> {
        let named = self.keywords.iter().find(|(keyword, _)| keyword == name);
        let found = self.positional.get(position).or(named.map(|(_, it)| it));
        found.map(|it| &it.value)
    }

    /// The string of an argument that is a literal.
    pub fn text(&self, position: usize, name: &str) -> Option<&str> {
        match &self.get(position, name)?.kind {
            Kind::Str(text) => Some(text),
            _ => None,
        }
    }
}

impl Lowerer<'_, '_> {
    /// The arguments of a call, each lowered once, in order.
    pub fn arguments<'e>(&mut self, arguments: &'e PyArguments) -> Arguments<'e> {
        let mut found = Arguments::default();
        for ast in &arguments.args {
            match ast {
                PyExpr::Starred(it) if self.is_forwarded(&it.value) => {
                    self.forward(arguments, &mut found);
                }
                PyExpr::Starred(it) => {
                    let value = self.expr(&it.value);
                    if let Ty::Tuple(items) = value.ty.clone() {
                        self.spread_tuple(&value, &items, &mut found);
                        continue;
                    }
                    if let Kind::Collect(_, entries) = &value.kind
                        && entries.iter().all(|it| matches!(it, Entry::Item(_)))
                    {
                        for entry in entries.clone() {
                            if let Entry::Item(value) = entry {
                                found.positional.push(Argument { ast: None, value });
                            }
                        }
                        continue;
                    }
                    let ast = Some(&*it.value);
                    found.rest = Some(Argument { ast, value });
                }
                ast if found.rest.is_some() => {
                    self.unsupported(ast.range(), "an argument after unpacked ones");
                }
                ast => {
                    let value = self.argument(ast);
                    found.positional.push(Argument {
                        ast: Some(ast),
                        value,
                    });
                }
            }
        }
        for keyword in &arguments.keywords {
            if keyword.arg.is_none() && self.is_forwarded(&keyword.value) {
                let mut args = arguments.args.iter().filter_map(PyExpr::as_starred_expr);
                if !args.any(|it| self.is_forwarded(&it.value)) {
                    self.unsupported(keyword.range(), "a part of what a wrapper is given");
                }
                continue;
            }
            let value = self.argument(&keyword.value);
            let ast = Some(&keyword.value);
            match &keyword.arg {
                Some(name) => {
                    found
                        .keywords
                        .push((name.to_string(), Argument { ast, value }));
                }
                None => self.spread_keywords(value, ast, &mut found),
            }
        }
        found
    }

    /// Whether an argument is all that a wrapper is given by position or name.
    fn is_forwarded(&self, value: &PyExpr) -> bool {
        let function = self.function.map(|it| &self.program.functions[it]);
        let (Some(function), PyExpr::Name(name)) = (function, value) else {
            return false;
        };
        let parameters = &function.def.parameters;
        let all = parameters.vararg.iter().chain(&parameters.kwarg);
        let mut names = all.map(|it| it.name.as_str());
        function.forwarded.is_some() && names.any(|it| it == name.id)
    }

    /// What a wrapper is given, handed on.
    fn forward(&mut self, arguments: &PyArguments, found: &mut Arguments<'_>) {
        let range = arguments.range();
        let spread = arguments.keywords.iter();
        let is_whole = spread
            .filter(|it| it.arg.is_none())
            .any(|it| self.is_forwarded(&it.value));
        let Some(function) = self.function.filter(|_| is_whole) else {
            self.unsupported(range, "a part of what a wrapper is given");
            return;
        };
        let parameters = self.program.parameters(function);
        let plain = parameters.posonlyargs.iter().chain(&parameters.args);
        let value = |this: &Self, name: &str| {
            let local = this.local_named(&format!("*{name}"))?;
            Some(this.read(local, range))
        };
        for parameter in plain {
            let value = value(self, &parameter.parameter.name);
            let given = value.map(|value| Argument { ast: None, value });
            found.positional.extend(given);
        }
        for parameter in &parameters.kwonlyargs {
            let name = parameter.parameter.name.to_string();
            let value = value(self, &name);
            let given = value.map(|value| (name, Argument { ast: None, value }));
            found.keywords.extend(given);
        }
    }

    fn spread_keywords<'e>(
        &mut self,
        value: Expr,
        ast: Option<&'e PyExpr>,
        found: &mut Arguments<'e>,
    ) {
        if let Kind::Collect(_, entries) = &value.kind {
            let pairs: Option<Vec<(String, Expr)>> = entries
                .iter()
                .map(|entry| match entry {
                    Entry::Pair(key, value) => match &key.kind {
                        Kind::Str(name) => Some((name.clone(), value.clone())),
                        _ => None,
                    },
                    _ => None,
                })
                .collect();
            if let Some(pairs) = pairs {
                for (name, value) in pairs {
                    found.keywords.push((name, Argument { ast: None, value }));
                }
                return;
            }
        }
        if found.spread.is_some() {
            self.unsupported(value.range, "`**` more than once");
        }
        found.spread = Some(Argument { ast, value });
    }

    fn spread_tuple(&mut self, value: &Expr, items: &[Ty], found: &mut Arguments<'_>) {
        if let Kind::Tuple(items) = &value.kind {
            for value in items.clone() {
                found.positional.push(Argument { ast: None, value });
            }
            return;
        }
        if !value.is_simple() {
            self.unsupported_with(
                value.range,
                "an unpacked argument that is not a name",
                "give it a name first",
            );
        }
        for (at, ty) in items.iter().enumerate() {
            let operands = vec![(value.clone(), Mode::Receiver)];
            let value = Expr::op(&format!("{{0}}.{at}"), operands, ty.clone(), value.range);
            found.positional.push(Argument {
                ast: None,
                value: value.borrowing_place(),
            });
        }
    }

    /// Binds arguments that Python evaluates in another order than they are passed in, where that
    /// can be seen: the statements that do, in Python's order.
    pub fn in_order(&mut self, values: Vec<&mut Expr>, call: TextRange) -> Vec<Stmt> {
        let mut given: Vec<&mut Expr> = values
            .into_iter()
            .filter(|it| it.range != call && call.contains_range(it.range) && !it.is_literal())
            .collect();
        let acts = given.iter().any(|it| it.acts());
        if !acts || given.is_sorted_by_key(|it| it.range.start()) {
            return Vec::new();
        }
        given.sort_by_key(|it| it.range.start());
        let mut stmts = Vec::new();
        for value in given {
            if matches!(value.ty, Ty::Never | Ty::Static(_)) {
                self.unsupported_with(
                    call,
                    "arguments in another order than the parameters, where one does something,",
                    "give them names before the call",
                );
                return Vec::new();
            }
            let taken = std::mem::replace(value, Expr::none(call));
            *value = self.bound_inside(taken, "argument", &mut stmts);
        }
        stmts
    }

    /// An argument; functions and lambdas are looked at again where they are taken.
    fn argument(&mut self, ast: &PyExpr) -> Expr {
        match ast {
            PyExpr::Lambda(it) => Expr::new(Kind::Static, Ty::Never, it.range()),
            PyExpr::Generator(it) => self.eager(super::lazy::Lazy::Generator(it), it.range()),
            ast => self.expr(ast),
        }
    }

    /// The operands of a signature's parameters, or nothing where the arguments do not fit it.
    pub fn fit(
        &mut self,
        signature: &Signature,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Option<Vec<(Expr, Mode)>> {
        let mut positional = arguments.positional.iter();
        let mut keywords: Vec<&(String, Argument<'_>)> = arguments.keywords.iter().collect();
        let mut rest = arguments.rest.as_ref();
        let mut spread = arguments.spread.as_ref();
        let mut operands = Vec::new();
        let mut named: Vec<&str> = Vec::new();
        for parameter in &signature.parameters {
            match parameter.kind {
                ParameterKind::Rest => {
                    let items: Vec<Expr> = positional.by_ref().map(|it| it.value.clone()).collect();
                    operands.push(self.slice(items, rest.take(), range)?);
                    continue;
                }
                ParameterKind::Keywords => {
                    let members = std::mem::take(&mut keywords);
                    operands.push(self.keyword_dict(&members, spread.take(), &named, range)?);
                    continue;
                }
                _ => {}
            }
            let by_position = match parameter.kind {
                ParameterKind::Keyword => None,
                _ => positional.next(),
            };
            let by_name = match parameter.kind {
                ParameterKind::Positional => None,
                _ => keywords
                    .iter()
                    .position(|(name, _)| *name == parameter.name),
            };
            // What is unpacked may hold it.
            if by_position.is_none() && rest.is_some() && parameter.kind != ParameterKind::Keyword {
                return None;
            }
            if parameter.kind != ParameterKind::Positional {
                named.push(&parameter.name);
            }
            let argument = match (by_position, by_name) {
                (Some(_), Some(_)) => return None,
                (Some(found), None) => Some(found),
                (None, Some(at)) => Some(&keywords.remove(at).1),
                (None, None) => None,
            };
            operands.push(match argument {
                Some(argument) => self.passed(argument, parameter)?,
                None => self.default(parameter, range)?,
            });
        }
        let is_whole = positional.next().is_none()
            && keywords.is_empty()
            && rest.is_none()
            && spread.is_none();
        is_whole.then_some(operands)
    }

    fn passed(&mut self, argument: &Argument<'_>, parameter: &Parameter) -> Option<(Expr, Mode)> {
        match &parameter.passing {
            Passing::Value(ty, mode) => {
                let mut value = match argument.ast {
                    // A lambda was not looked at yet.
                    Some(ast) if ast.is_lambda_expr() => self.expr(ast),
                    _ => argument.value.clone(),
                };
                if matches!(value.ty, Ty::Static(_)) && *ty != Ty::Value {
                    return None;
                }
                let is_none = matches!(value.ty, Ty::None | Ty::Option(_));
                if is_none && parameter.default == Some(Default::Absent) {
                    return None;
                }
                if let (Ty::Option(inner), Ty::Option(_)) = (&value.ty, ty)
                    && Ty::Option(inner.clone()) != *ty
                {
                    return None;
                }
                // Types that Python would convert by itself are not converted.
                if *ty == Ty::Float && value.ty == Ty::Int {
                    value = self.try_coerce(value, ty)?;
                }
                Some((self.try_coerce(value, ty)?, *mode))
            }
            Passing::Iterable => {
                let value = argument.value.clone();
                if matches!(value.ty, Ty::Static(_)) || !value.ty.is_dynamic() {
                    return None;
                }
                let iterable = self.iterable_of(value);
                (iterable.item == Ty::Value || iterable.item == Ty::Never)
                    .then_some((iterable.expr, Mode::Owned))
                    .or_else(|| {
                        let value = self.dynamic(argument.value.clone());
                        Some((self.iterable_of(value).expr, Mode::Owned))
                    })
            }
            Passing::Slice => None,
            Passing::Callback(count) => self.callback(argument, *count),
        }
    }

    fn default(&mut self, parameter: &Parameter, range: TextRange) -> Option<(Expr, Mode)> {
        let Passing::Value(ty, mode) = &parameter.passing else {
            return None;
        };
        let value = match parameter.default.as_ref()? {
            Default::None | Default::Absent => Expr::none(range),
            Default::Bool(value) => Expr::new(Kind::Bool(*value), Ty::Bool, range),
            Default::Int(value) => Expr::new(Kind::Int(*value), Ty::Int, range),
            Default::Float(value) => Expr::new(Kind::Float(*value), Ty::Float, range),
            Default::Str(text) => Expr::text(text.clone(), range),
            Default::Bytes(bytes) => Expr::new(Kind::Bytes(bytes.clone()), Ty::Bytes, range),
        };
        Some((self.try_coerce(value, ty)?, *mode))
    }

    /// `&[Value]` of items and what was unpacked behind them.
    fn slice(
        &mut self,
        items: Vec<Expr>,
        rest: Option<&Argument<'_>>,
        range: TextRange,
    ) -> Option<(Expr, Mode)> {
        if let Some(rest) = rest {
            if !items.is_empty() {
                return None;
            }
            let iterable = self.iterable_of(rest.value.clone());
            let operands = vec![(iterable.expr, Mode::Receiver)];
            let template = "&{0}.collect::<Vec<_>>()";
            return Some((Expr::op(template, operands, Ty::Never, range), Mode::Owned));
        }
        let holes: Vec<String> = (0..items.len()).map(|at| format!("{{{at}}}")).collect();
        let mut operands = Vec::new();
        for item in items {
            operands.push((self.try_coerce(item, &Ty::Value)?, Mode::Owned));
        }
        let template = format!("&[{}]", holes.join(", "));
        Some((Expr::op(&template, operands, Ty::Never, range), Mode::Owned))
    }

    /// A dict of keyword arguments, beside parameters that have names of their own.
    pub fn keyword_dict(
        &mut self,
        members: &[&(String, Argument<'_>)],
        spread: Option<&Argument<'_>>,
        named: &[&str],
        range: TextRange,
    ) -> Option<(Expr, Mode)> {
        let mut entries = Vec::new();
        for (name, argument) in members {
            let value = self.try_coerce(argument.value.clone(), &Ty::Value)?;
            entries.push(Entry::Pair(Expr::text(name.clone(), range), value));
        }
        if let Some(spread) = spread {
            let value = match spread.value.ty {
                Ty::Dict if named.is_empty() => spread.value.clone(),
                _ => {
                    let value = self.try_coerce(spread.value.clone(), &Ty::Value)?;
                    let template = format!("dict::keywords({{0}}, &{named:?})");
                    let operands = vec![(value, Mode::Ref)];
                    let dict = Expr::op(&template, operands, Ty::Dict, range);
                    dict.raising().item("dict", "keywords")
                }
            };
            if members.is_empty() {
                return Some((value, Mode::Ref));
            }
            entries.push(Entry::Spread(value));
        }
        let kind = Kind::Collect(crate::compiler::ir::Collection::Dict, entries);
        Some((Expr::new(kind, Ty::Dict, range), Mode::Ref))
    }
}

impl Expr {
    /// The same after statements.
    #[must_use]
    pub fn after(self, stmts: Vec<Stmt>) -> Self {
        if stmts.is_empty() {
            return self;
        }
        let (ty, range) = (self.ty.clone(), self.range);
        Self::new(Kind::Block(stmts, Box::new(self)), ty, range)
    }

    /// The same operation, which is a place that is cloned where it is owned.
    #[must_use]
    pub fn borrowing_place(mut self) -> Self {
        if let Kind::Op(op) = &mut self.kind {
            op.place = true;
        }
        self
    }
}
