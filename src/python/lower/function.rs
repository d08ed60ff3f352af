//! Functions, lambdas, decorators and annotations.

use ruff_python_ast::{Decorator, Expr, ExprLambda, Operator, Parameters, StmtFunctionDef};
use ruff_text_size::{Ranged, TextRange};

use super::super::code::{
    Call, FIRST_FREE, Function, How, Kind, NOTHING, Parameter, Passed, RETURNED, Slot,
};
use super::{Lowering, ScopeKind, bindings, span};

impl<'a> Lowering<'a> {
    pub(super) fn function_definition(&mut self, statement: &'a StmtFunctionDef) {
        let decorators = self.decorators(&statement.decorator_list);
        let returns = statement.returns.as_deref().map(|it| {
            let annotation = self.annotation(it);
            self.value(it.range(), Kind::Annotated(annotation))
        });
        let name = statement.name.as_str();
        let index = self.open_function(
            name,
            span(statement.range),
            span(statement.name.range()),
            Some(&statement.parameters),
        );
        let function = &mut self.code.functions[index as usize];
        function.is_async = statement.is_async;
        function.returns = returns;
        let value = self.value(statement.name.range(), Kind::Function(index));
        let names = bindings::bound(&statement.body);
        self.within(index, name, Some(&statement.parameters), names, |this| {
            this.block(&statement.body);
        });
        let decorated = self.decorate(value, &decorators);
        self.bind(name, decorated, statement.name.range());
    }

    pub(super) fn lambda(&mut self, expression: &'a ExprLambda) -> Slot {
        let parameters = expression.parameters.as_deref();
        let place = span(expression.range);
        let index = self.open_function("<lambda>", place, place, parameters);
        let value = self.value(expression.range, Kind::Function(index));
        let body = |this: &mut Self| {
            let result = this.expression(&expression.body);
            this.push(RETURNED, span(expression.body.range()), Kind::Copy(result));
        };
        self.within(index, "<lambda>", parameters, Vec::new(), body);
        value
    }

    /// Adds the function with its parameters; defaults and annotations are evaluated outside.
    fn open_function(
        &mut self,
        name: &str,
        place: crate::source::Span,
        name_span: crate::source::Span,
        parameters: Option<&'a Parameters>,
    ) -> u32 {
        let mut listed = Vec::new();
        let mut slots = FIRST_FREE;
        let mut next = || {
            slots += 1;
            slots - 1
        };
        let mut variadic = None;
        let mut keywords = None;
        if let Some(parameters) = parameters {
            let ordinary = parameters.posonlyargs.iter().chain(&parameters.args);
            let all = ordinary
                .map(|it| (it, false))
                .chain(parameters.kwonlyargs.iter().map(|it| (it, true)));
            for (parameter, keyword_only) in all {
                let default = parameter.default.as_deref().map(|it| self.expression(it));
                let annotation = parameter.parameter.annotation.as_deref();
                let annotation = annotation.map(|it| {
                    let annotation = self.annotation(it);
                    self.value(it.range(), Kind::Annotated(annotation))
                });
                listed.push(Parameter {
                    name: self.name(parameter.parameter.name.as_str()),
                    slot: next(),
                    keyword_only,
                    default,
                    annotation,
                });
            }
            variadic = parameters.vararg.as_ref().map(|_| next());
            keywords = parameters.kwarg.as_ref().map(|_| next());
        }
        let index = self.code.functions.len() as u32;
        let qualified = self.qualified_name(name);
        let class = self
            .scopes
            .last()
            .filter(|scope| scope.kind == ScopeKind::Class)
            .and(self.classes.last().copied());
        self.code.functions.push(Function {
            name: name.to_owned(),
            qualified,
            span: place,
            name_span,
            is_async: false,
            is_generator: false,
            parent: Some(self.function),
            class,
            parameters: listed,
            variadic,
            keywords,
            returns: None,
            slots,
            operations: Vec::new(),
            loops: Vec::new(),
        });
        index
    }

    fn qualified_name(&self, name: &str) -> String {
        let mut qualified = self.qualified.join(".");
        if !qualified.is_empty() {
            qualified.push('.');
        }
        qualified.push_str(name);
        qualified
    }

    /// Lowers a function's body in its own scope.
    fn within(
        &mut self,
        index: u32,
        name: &str,
        parameters: Option<&'a Parameters>,
        names: Vec<&'a str>,
        body: impl FnOnce(&mut Self),
    ) {
        let outer = std::mem::replace(&mut self.function, index);
        let loops = std::mem::take(&mut self.loops);
        let guarded = std::mem::take(&mut self.guarded);
        self.enter_scope(ScopeKind::Function, index, std::iter::empty());
        if let Some(parameters) = parameters {
            self.bind_parameters(index, parameters);
        }
        for name in names {
            let known = self
                .scopes
                .last()
                .is_some_and(|scope| scope.variables.contains_key(name));
            if !known {
                let slot = self.fresh();
                if let Some(scope) = self.scopes.last_mut() {
                    scope.variables.insert(name, slot);
                }
            }
        }
        self.qualified.push(name.to_owned());
        self.qualified.push("<locals>".to_owned());
        body(self);
        self.qualified.pop();
        self.qualified.pop();
        self.scopes.pop();
        self.guarded = guarded;
        self.loops = loops;
        self.function = outer;
    }

    /// Binds the parameters' names to the slots that [`Self::open_function`] gave them.
    fn bind_parameters(&mut self, index: u32, parameters: &'a Parameters) {
        let function = &self.code.functions[index as usize];
        let ordinary = parameters.posonlyargs.iter().chain(&parameters.args);
        let names = ordinary
            .chain(&parameters.kwonlyargs)
            .map(|it| it.parameter.name.as_str());
        let slots = function.parameters.iter().map(|it| it.slot);
        let mut bound: Vec<(&'a str, Slot)> = names.zip(slots).collect();
        let variadic = parameters.vararg.as_deref().zip(function.variadic);
        let keywords = parameters.kwarg.as_deref().zip(function.keywords);
        for (parameter, slot) in variadic.into_iter().chain(keywords) {
            bound.push((parameter.name.as_str(), slot));
        }
        if let Some(scope) = self.scopes.last_mut() {
            scope.variables.extend(bound);
        }
    }

    /// The values of decorators, evaluated before what they decorate.
    pub(super) fn decorators(&mut self, list: &'a [Decorator]) -> Vec<(Slot, TextRange)> {
        list.iter()
            .map(|it| (self.expression(&it.expression), it.expression.range()))
            .collect()
    }

    /// Applies decorators, the last first.
    pub(super) fn decorate(&mut self, value: Slot, list: &[(Slot, TextRange)]) -> Slot {
        list.iter().rev().fold(value, |value, &(callee, range)| {
            let argument = Passed {
                how: How::Positional,
                value,
                span: span(range),
            };
            let call = Call {
                callee,
                arguments: Box::new([argument]),
                decorator: true,
                awaited: false,
            };
            self.value(range, Kind::Call(call))
        })
    }

    /// The values that an annotation names; every class in it, as in `Optional[X]` or `X | Y`.
    pub(super) fn annotation(&mut self, expression: &'a Expr) -> Slot {
        self.deeper(expression.range(), |this| match expression {
            Expr::Name(_) | Expr::Attribute(_) => this.expression(expression),
            Expr::StringLiteral(text) => this.quoted(text.value.to_str(), expression.range()),
            Expr::BinOp(it) if it.op == Operator::BitOr => {
                let sides = [this.annotation(&it.left), this.annotation(&it.right)];
                this.join(it.range, &sides)
            }
            Expr::Subscript(it) if is_wrapper(&it.value) => this.annotation(&it.slice),
            Expr::Tuple(it) => {
                let parts: Vec<Slot> = it.elts.iter().map(|part| this.annotation(part)).collect();
                this.join(it.range, &parts)
            }
            _ => NOTHING,
        })
        .unwrap_or(NOTHING)
    }

    /// A quoted annotation that is a dotted name; others are not needed.
    fn quoted(&mut self, text: &'a str, range: TextRange) -> Slot {
        let mut parts = text.trim().split('.');
        let plain =
            |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_');
        if !text.trim().split('.').all(plain) {
            return NOTHING;
        }
        let mut value = match parts.next() {
            Some(first) => self.read(first, range),
            None => return NOTHING,
        };
        for part in parts {
            let name = self.name(part);
            let kind = Kind::Attribute {
                object: value,
                name,
            };
            value = self.value(range, kind);
        }
        value
    }
}

/// Whether a generic stands for its argument's own values, as `Optional` does and `List` not.
fn is_wrapper(expression: &Expr) -> bool {
    let name = match expression {
        Expr::Name(name) => name.id.as_str(),
        Expr::Attribute(attribute) => attribute.attr.as_str(),
        _ => return false,
    };
    matches!(
        name,
        "Optional" | "Union" | "Annotated" | "Final" | "ClassVar"
    )
}
