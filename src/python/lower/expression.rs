//! Expressions.

use ruff_python_ast::{
    CmpOp, Comprehension, Expr, ExprCall, ExprFString, InterpolatedStringElement, Operator,
};
use ruff_text_size::{Ranged, TextRange};

use super::super::code::{Call, How, Kind, Member, NOTHING, OPAQUE, Passed, Slot, YIELDED};
use super::{Lowering, MAX_TEXT, ScopeKind, bindings, span};
use crate::source::Span;

impl<'a> Lowering<'a> {
    pub(super) fn expression(&mut self, expression: &'a Expr) -> Slot {
        self.deeper(expression.range(), |this| this.within_depth(expression))
            .unwrap_or(OPAQUE)
    }

    fn within_depth(&mut self, expression: &'a Expr) -> Slot {
        let range = expression.range();
        match expression {
            Expr::Name(it) => self.read(it.id.as_str(), range),
            Expr::Attribute(it) => {
                let object = self.expression(&it.value);
                let name = self.name(it.attr.as_str());
                self.value(it.attr.range(), Kind::Attribute { object, name })
            }
            Expr::Call(it) => self.call(it, false),
            Expr::Subscript(it) => self.subscript(&it.value, &it.slice, range),
            Expr::StringLiteral(it) => self.text(it.value.to_str(), range),
            Expr::NoneLiteral(_) => NOTHING,
            Expr::Named(it) => {
                let value = self.expression(&it.value);
                self.assign(&it.target, value);
                value
            }
            Expr::BoolOp(it) => {
                let slots: Vec<Slot> = it.values.iter().map(|it| self.expression(it)).collect();
                self.join(range, &slots)
            }
            Expr::If(it) => {
                self.expression(&it.test);
                let sides = [self.expression(&it.body), self.expression(&it.orelse)];
                self.join(range, &sides)
            }
            Expr::BinOp(_) => self.binary(expression),
            Expr::Lambda(it) => self.lambda(it),
            Expr::Await(it) => {
                let value = match &*it.value {
                    Expr::Call(call) => self.call(call, true),
                    other => self.expression(other),
                };
                self.value(range, Kind::Await(value))
            }
            Expr::Yield(it) => {
                let value = it
                    .value
                    .as_deref()
                    .map_or(NOTHING, |it| self.expression(it));
                self.yields(range, Kind::Copy(value))
            }
            Expr::YieldFrom(it) => {
                let value = self.expression(&it.value);
                self.yields(range, Kind::Elements(value))
            }
            Expr::Starred(it) => self.expression(&it.value),
            Expr::Compare(it) => self.compare(it),
            Expr::UnaryOp(it) => {
                self.expression(&it.operand);
                OPAQUE
            }
            Expr::FString(it) => self.formatted(it, range),
            Expr::List(it) => self.sequence(&it.elts, range),
            Expr::Tuple(it) => self.sequence(&it.elts, range),
            Expr::Set(it) => self.sequence(&it.elts, range),
            Expr::Dict(it) => self.dictionary(it),
            Expr::ListComp(it) => self.comprehension(&it.generators, &it.elt, None, range),
            Expr::SetComp(it) => self.comprehension(&it.generators, &it.elt, None, range),
            Expr::Generator(it) => self.comprehension(&it.generators, &it.elt, None, range),
            Expr::DictComp(it) => {
                self.comprehension(&it.generators, &it.value, it.key.as_deref(), range)
            }
            Expr::Slice(it) => {
                for part in it.lower.iter().chain(&it.upper).chain(&it.step) {
                    self.expression(part);
                }
                OPAQUE
            }
            Expr::NumberLiteral(it) => match it.value.as_int().and_then(|int| int.as_u8()) {
                Some(number) => self.index(usize::from(number), range),
                None => OPAQUE,
            },
            Expr::TString(_)
            | Expr::BytesLiteral(_)
            | Expr::BooleanLiteral(_)
            | Expr::EllipsisLiteral(_)
            | Expr::IpyEscapeCommand(_) => OPAQUE,
        }
    }

    fn text(&mut self, text: &str, range: TextRange) -> Slot {
        if text.len() > MAX_TEXT {
            return OPAQUE;
        }
        let name = self.name(text);
        self.value(range, Kind::Text(name))
    }

    fn yields(&mut self, range: TextRange, kind: Kind) -> Slot {
        self.code.functions[self.function as usize].is_generator = true;
        self.push(YIELDED, span(range), kind);
        OPAQUE
    }

    fn subscript(&mut self, value: &'a Expr, slice: &'a Expr, range: TextRange) -> Slot {
        let object = self.expression(value);
        let key = self.expression(slice);
        if matches!(slice, Expr::Slice(_)) {
            return object;
        }
        self.value(range, Kind::Item { object, key })
    }

    fn compare(&mut self, it: &'a ruff_python_ast::ExprCompare) -> Slot {
        let mut left = self.expression(&it.left);
        for (operator, right) in it.ops.iter().zip(&it.comparators) {
            let right = self.expression(right);
            if matches!(operator, CmpOp::In | CmpOp::NotIn) {
                let kind = Kind::Contains {
                    item: left,
                    container: right,
                };
                self.push(NOTHING, span(it.range), kind);
            }
            left = right;
        }
        OPAQUE
    }

    /// A chain of operators leans to the left and may be long: it is walked, not recursed into.
    fn binary(&mut self, expression: &'a Expr) -> Slot {
        let mut parts = Vec::new();
        let mut leftmost = expression;
        while let Expr::BinOp(it) = leftmost {
            parts.push(it);
            leftmost = &it.left;
        }
        let mut left = self.expression(leftmost);
        for it in parts.into_iter().rev() {
            let right = self.expression(&it.right);
            left = match it.op {
                Operator::Add | Operator::BitOr | Operator::Mult => {
                    self.value(it.range, Kind::Combine(left, right))
                }
                _ => OPAQUE,
            };
        }
        left
    }

    fn formatted(&mut self, expression: &'a ExprFString, range: TextRange) -> Slot {
        let mut constant = Some(String::new());
        for element in expression.value.elements() {
            match element {
                InterpolatedStringElement::Literal(literal) => {
                    if let Some(text) = &mut constant {
                        text.push_str(&literal.value);
                    }
                }
                InterpolatedStringElement::Interpolation(inner) => {
                    constant = None;
                    self.expression(&inner.expression);
                }
            }
        }
        // `elements` leaves out the plain parts of an implicit concatenation.
        match constant {
            Some(text) if expression.value.as_slice().len() == 1 => self.text(&text, range),
            _ => OPAQUE,
        }
    }

    fn sequence(&mut self, elements: &'a [Expr], range: TextRange) -> Slot {
        let container = self.value(range, Kind::Container);
        let mut exact = true;
        for (index, element) in elements.iter().enumerate() {
            let mut value = self.expression(element);
            if matches!(element, Expr::Starred(_)) {
                exact = false;
                value = self.value(element.range(), Kind::Elements(value));
            }
            let key = if exact {
                self.index(index, element.range())
            } else {
                OPAQUE
            };
            self.set_item(container, key, value, element.range());
        }
        container
    }

    fn dictionary(&mut self, it: &'a ruff_python_ast::ExprDict) -> Slot {
        let mut container = self.value(it.range, Kind::Container);
        for item in &it.items {
            let key = item.key.as_ref().map(|key| self.expression(key));
            let value = self.expression(&item.value);
            match key {
                Some(key) => self.set_item(container, key, value, item.value.range()),
                None => container = self.value(it.range, Kind::Combine(container, value)),
            }
        }
        container
    }

    fn set_item(&mut self, object: Slot, key: Slot, value: Slot, range: TextRange) {
        let kind = Kind::SetItem { object, key, value };
        self.push(NOTHING, span(range), kind);
    }

    fn comprehension(
        &mut self,
        generators: &'a [Comprehension],
        element: &'a Expr,
        key: Option<&'a Expr>,
        range: TextRange,
    ) -> Slot {
        let container = self.value(range, Kind::Container);
        // The first iterable is evaluated once and outside of the comprehension's scope.
        let first = generators.first().map(|it| self.expression(&it.iter));
        let mut names = Vec::new();
        for generator in generators {
            bindings::targets(&generator.target, &mut names);
        }
        self.enter_scope(ScopeKind::Comprehension, self.function, names.into_iter());
        self.loops += 1;
        for (index, generator) in generators.iter().enumerate() {
            let iterable = match first {
                Some(first) if index == 0 => first,
                _ => self.expression(&generator.iter),
            };
            let item = self.value(generator.iter.range(), Kind::Elements(iterable));
            self.assign(&generator.target, item);
            for test in &generator.ifs {
                self.expression(test);
            }
        }
        let key = key.map_or(OPAQUE, |key| self.expression(key));
        let value = self.expression(element);
        self.set_item(container, key, value, element.range());
        self.loops -= 1;
        self.scopes.pop();
        container
    }

    fn call(&mut self, call: &'a ExprCall, awaited: bool) -> Slot {
        self.deeper(call.range(), |this| this.call_within(call, awaited))
            .unwrap_or(OPAQUE)
    }

    fn call_within(&mut self, call: &'a ExprCall, awaited: bool) -> Slot {
        if let Some(module) = imported_by_literal(call) {
            return self.imported(0, module, Member::Whole, call.arguments.range());
        }
        let callee = self.expression(&call.func);
        let mut arguments = Vec::with_capacity(call.arguments.len());
        for argument in &call.arguments.args {
            let how = match argument {
                Expr::Starred(_) => How::Star,
                _ => How::Positional,
            };
            arguments.push(self.passed(how, argument));
        }
        for keyword in &call.arguments.keywords {
            let how = match &keyword.arg {
                Some(name) => How::Keyword(self.name(name.as_str())),
                None => How::DoubleStar,
            };
            arguments.push(self.passed(how, &keyword.value));
        }
        let kind = Kind::Call(Call {
            callee,
            arguments: arguments.into_boxed_slice(),
            decorator: false,
            awaited,
        });
        let start = method_start(&call.func);
        let into = self.fresh();
        self.push(into, Span::new(start, call.range().end().to_usize()), kind);
        into
    }

    fn passed(&mut self, how: How, argument: &'a Expr) -> Passed {
        let value = self.expression(argument);
        let start = method_start(argument);
        Passed {
            how,
            value,
            span: Span::new(start, argument.range().end().to_usize()),
        }
    }
}

/// Where the name stands that is called: in a chain broken over lines, the method's own line.
fn method_start(expression: &Expr) -> usize {
    let start = match expression {
        Expr::Attribute(attribute) => attribute.attr.range().start(),
        other => other.range().start(),
    };
    start.to_usize()
}

/// The module in `importlib.import_module("literal")` and `__import__("literal")`.
fn imported_by_literal(call: &ExprCall) -> Option<&str> {
    let imports = match &*call.func {
        Expr::Attribute(it) => {
            it.attr.as_str() == "import_module"
                && matches!(&*it.value, Expr::Name(name) if name.id.as_str() == "importlib")
        }
        Expr::Name(it) => matches!(it.id.as_str(), "import_module" | "__import__"),
        _ => false,
    };
    match (&*call.arguments.args, call.arguments.keywords.is_empty()) {
        ([Expr::StringLiteral(text)], true) if imports => {
            let text = text.value.to_str();
            let dotted = text.split('.').all(|part| !part.is_empty());
            dotted.then_some(text)
        }
        _ => None,
    }
}
