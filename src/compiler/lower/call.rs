//! Calls.

use ruff_python_ast::{Expr as PyExpr, ExprCall};
use ruff_text_size::{Ranged, TextRange};

use super::arguments::{Argument, Arguments};
use super::types::Place;
use super::{Lowerer, Scope};
use crate::compiler::ir::{Cond, Expr, Kind, Mode};
use crate::compiler::mapping;
use crate::compiler::program::Entity;
use crate::compiler::support::{Kind as SignatureKind, ParameterKind, Passing, Signature};
use crate::compiler::types::Ty;
use crate::diagnostic::Code;

/// Whether a signature takes an argument among others that another overload has by its name.
fn leaves_out(signature: &Signature, overloads: &[Signature], arguments: &Arguments<'_>) -> bool {
    let names = |signature: &Signature, name: &str| {
        let mut parameters = signature.parameters.iter();
        parameters.any(|it| it.kind != ParameterKind::Keywords && it.name == name)
    };
    arguments.keywords.iter().any(|(keyword, _)| {
        !names(signature, keyword) && overloads.iter().any(|it| names(it, keyword))
    })
}

/// Whether the exception that is handled is asked for: not where `exc_info` says it is not.
fn wants_handled(signature: &Signature, operands: &[(Expr, Mode)]) -> bool {
    let mut parameters = signature.parameters.iter();
    let Some(at) = parameters.position(|it| it.name == "exc_info") else {
        return true;
    };
    let at = at + usize::from(signature.receiver.is_some());
    let mut value = operands.get(at).map(|(value, _)| value);
    while let Some(Expr {
        kind: Kind::Widen(inner),
        ..
    }) = value
    {
        value = Some(inner);
    }
    !value.is_some_and(|it| matches!(it.kind, Kind::None | Kind::Bool(false)))
}

impl<'a> Lowerer<'_, 'a> {
    /// A call.
    pub fn call(&mut self, it: &ExprCall) -> Expr {
        let range = it.range();
        if let PyExpr::Attribute(attribute) = &*it.func {
            if let PyExpr::Call(inner) = &*attribute.value
                && matches!(&*inner.func, PyExpr::Name(name) if name.id == "super")
            {
                return self.super_call(&attribute.attr, it);
            }
            let receiver = self.expr(&attribute.value);
            if !matches!(receiver.ty, Ty::Static(_)) {
                return self.method_call(receiver, &attribute.attr, it);
            }
            if let Some(found) = mapping::static_syntax(self, &receiver, &attribute.attr, it) {
                return found;
            }
            if let Some(method) = self.class_method(&receiver, &attribute.attr) {
                let arguments = self.arguments(&it.arguments);
                return self.call_function(method, Some(receiver), &arguments, range);
            }
        }
        if let PyExpr::Name(name) = &*it.func
            && self.is_builtin(&name.id)
        {
            return self.builtin_call(&name.id.clone(), it);
        }
        self.callee = Some(it.func.range());
        let callee = self.expr(&it.func);
        self.callee = None;
        match &callee.ty {
            Ty::Static(found) => {
                let found = found.clone();
                self.static_call(&found, it)
            }
            Ty::Never => {
                self.arguments(&it.arguments);
                self.unknown(range)
            }
            Ty::Value => {
                let arguments = self.arguments(&it.arguments);
                self.call_value(callee, &arguments, range)
            }
            ty => {
                let message = format!("{} is called", self.describe(ty));
                let help = "call a function by its name";
                self.refuse(range, Code::UnknownType, message, help)
            }
        }
    }

    fn static_call(&mut self, callee: &Entity, it: &ExprCall) -> Expr {
        let range = it.range();
        match callee {
            Entity::Function(function) => {
                let arguments = self.arguments(&it.arguments);
                self.call_function(*function, None, &arguments, range)
            }
            Entity::Class(class) => {
                let arguments = self.arguments(&it.arguments);
                self.construct(*class, &arguments, range)
            }
            Entity::External(name) => {
                let name = name.clone();
                self.external_call(&name, it)
            }
            Entity::Made(..) | Entity::Method(_) => {
                let arguments = self.arguments(&it.arguments);
                match mapping::call_made(self, callee, &arguments, range) {
                    Some(found) => found,
                    None => self.unmapped_call(&self.source(&*it.func), range),
                }
            }
            Entity::Module(_) => self.unsupported(range, "a call of a module"),
        }
    }

    /// A call of something outside of the program.
    fn external_call(&mut self, name: &str, it: &ExprCall) -> Expr {
        let range = it.range();
        if let ("json.dumps", [first, ..]) = (name, &*it.arguments.args) {
            self.encode(first);
        }
        if let Some(found) = mapping::call_syntax(self, name, it) {
            return found;
        }
        let is_lazy = name.starts_with("itertools.") || name == "re.finditer";
        if is_lazy && !self.check_kept(it, &format!("`{name}(…)`")) {
            return Expr::new(Kind::None, Ty::Never, range);
        }
        let arguments = self.arguments(&it.arguments);
        self.external_call_with(name, &arguments, range)
    }

    /// A call of something outside of the program, with arguments that are lowered.
    pub fn external_call_with(
        &mut self,
        name: &str,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Expr {
        if let Some(found) = mapping::call(self, name, arguments, range) {
            return found;
        }
        let overloads = self.support.overloads(name);
        self.overloaded(name, overloads, None, arguments, range)
    }

    /// A call by the first overload that takes the arguments.
    pub fn overloaded(
        &mut self,
        name: &str,
        overloads: &'static [Signature],
        receiver: Option<&Expr>,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Expr {
        if overloads.is_empty() {
            return self.unmapped_call(name, range);
        }
        if self.has_unknown(receiver, arguments) {
            let ty = overloads.first().map(|it| it.returns.clone());
            return self.unknown_of(ty.unwrap_or_default(), range);
        }
        for signature in overloads {
            let is_value = signature.kind == SignatureKind::Constant;
            if is_value || leaves_out(signature, overloads, arguments) {
                continue;
            }
            if let Some(found) = self.try_overload(signature, receiver, arguments, range) {
                return found;
            }
        }
        self.unfitting(name, overloads, arguments, range)
    }

    fn has_unknown(&self, receiver: Option<&Expr>, arguments: &Arguments<'_>) -> bool {
        let unknown = |value: &Expr| value.ty == Ty::Never && !matches!(value.kind, Kind::Static);
        receiver.is_some_and(unknown)
            || arguments.positional.iter().any(|it| unknown(&it.value))
            || arguments.keywords.iter().any(|(_, it)| unknown(&it.value))
    }

    /// A call by one signature, where it takes the arguments.
    pub fn try_overload(
        &mut self,
        signature: &Signature,
        receiver: Option<&Expr>,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Option<Expr> {
        let (diagnostics, left_out) = (self.diagnostics.len(), self.left_out.len());
        let found = self.overload(signature, receiver, arguments, range);
        if found.is_none() {
            self.diagnostics.truncate(diagnostics);
            self.left_out.truncate(left_out);
        }
        found
    }

    fn overload(
        &mut self,
        signature: &Signature,
        receiver: Option<&Expr>,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Option<Expr> {
        let mut operands = Vec::new();
        let is_called = matches!(
            signature.kind,
            SignatureKind::Function | SignatureKind::Attribute
        );
        if !is_called || signature.calls {
            return None;
        }
        match (&signature.receiver, receiver) {
            (Some(Passing::Value(ty, mode)), Some(receiver)) => {
                if *ty == Ty::Value && receiver.ty != Ty::Value && !receiver.ty.is_dynamic() {
                    return None;
                }
                let receiver = self.try_coerce(receiver.clone(), ty)?;
                operands.push((receiver, *mode));
            }
            (None, None) => {}
            _ => return None,
        }
        operands.extend(self.fit(signature, arguments, range)?);
        let before = self.in_order(operands.iter_mut().map(|(it, _)| it).collect(), range);
        Some(self.invoke(signature, operands, range).after(before))
    }

    /// The operation of a signature with its operands.
    pub fn invoke(
        &mut self,
        signature: &Signature,
        mut operands: Vec<(Expr, Mode)>,
        range: TextRange,
    ) -> Expr {
        if let Some(required) = mapping::other_version(self, &signature.python) {
            let message = format!(
                "`{}` is mapped as it is in another version than `{required}`",
                signature.python
            );
            return self.refuse(
                range,
                Code::UnmappedCall,
                message,
                "move to the newest version first",
            );
        }
        let given = operands.len();
        if signature.handled && wants_handled(signature, &operands) {
            operands.extend(self.handled_error(range).map(|it| (it, Mode::Ref)));
        }
        let holes = |from: usize| {
            let mut holes: Vec<String> = Vec::new();
            holes.extend((from..given).map(|at| format!("{{{at}}}")));
            if let Some(at) = signature.located {
                holes.insert(at - from, format!("{:?}", self.location(range)));
            }
            if signature.handled {
                let is_known = operands.len() > given;
                holes.push(match is_known {
                    true => format!("Some({{{given}}})"),
                    false => "None".to_owned(),
                });
            }
            holes.join(", ")
        };
        let name = signature
            .item
            .rsplit("::")
            .next()
            .unwrap_or(&signature.item);
        let template = match signature.kind {
            SignatureKind::Constant | SignatureKind::Static => {
                format!("{}::{}", signature.module, signature.item)
            }
            _ if signature.is_method => format!("{{0}}.{name}({})", holes(1)),
            _ => format!("{}::{}({})", signature.module, signature.item, holes(0)),
        };
        let op = Expr::op(&template, operands, signature.returns.clone(), range);
        let mut op = op.item(&signature.module, &signature.item);
        if signature.raises {
            op = op.raising();
        }
        if signature.awaits {
            op = op.awaiting();
        }
        op
    }

    /// The exception that the code around a place handles, where there is one.
    fn handled_error(&mut self, range: TextRange) -> Option<Expr> {
        if let Some(local) = self.handled.last() {
            return Some(Expr::new(Kind::Local(*local), Ty::Error, range));
        }
        let program = self.program;
        let function = self
            .function
            .map(|it| program.functions[it].decorated.unwrap_or(it));
        if function.is_some_and(|it| it != program.handler) {
            // A caller may handle one.
            self.unsupported_with(
                range,
                "an exception that is logged outside of the `except` that handles it",
                "log it there, or give it by `exc_info=error`",
            );
        }
        None
    }

    /// `name:line` of a call, as log lines give it.
    pub fn location(&self, range: TextRange) -> String {
        let file = &self.program.modules[self.module].file;
        let at = file.location(range.start().to_usize() + file.bom_len());
        let name = match self.function {
            Some(function) => {
                let found = &self.program.functions[function];
                match found.given.is_empty() {
                    true => &found.name,
                    false => found.def.name.as_str(),
                }
            }
            None => "<module>",
        };
        format!("{name}:{}", at.line)
    }

    /// A refusal of something that no mapping knows.
    pub fn unmapped_call(&mut self, name: &str, range: TextRange) -> Expr {
        let module = name.split('.').next().unwrap_or(name);
        let known = self.support.knows_module(module) || mapping::knows(module);
        let (code, message) = if known || !name.contains('.') {
            (
                Code::UnmappedCall,
                format!("`{name}` is not mapped to Rust"),
            )
        } else {
            (
                Code::UnmappedModule,
                format!("`{name}`: the module `{module}` is not mapped to Rust"),
            )
        };
        let help = "leave this function in Python, or move what can be moved with `bind`";
        self.refuse(range, code, message, help)
    }

    fn unfitting(
        &mut self,
        name: &str,
        overloads: &[Signature],
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Expr {
        let known: Vec<&str> = overloads
            .iter()
            .flat_map(|it| it.parameters.iter().map(|it| it.name.as_str()))
            .collect();
        let mut keywords = arguments.keywords.iter();
        if let Some((keyword, argument)) = keywords.find(|(name, _)| !known.contains(&&**name)) {
            let message = format!("the argument `{keyword}` of `{name}` is not mapped to Rust");
            let place = argument.value.range;
            return self.refuse(
                place,
                Code::UnmappedArgument,
                message,
                "leave it out if you can",
            );
        }
        let types: Vec<String> = arguments
            .positional
            .iter()
            .map(|it| &it.value)
            .chain(arguments.keywords.iter().map(|(_, it)| &it.value))
            .map(|value| self.describe(&value.ty))
            .collect();
        let given = match types.is_empty() {
            true => "no arguments".to_owned(),
            false => types.join(", "),
        };
        let message = format!("`{name}` is not mapped to Rust for {given}");
        let help = "convert the argument to a known type first, such as `str(…)`";
        self.refuse(range, Code::UnmappedArgument, message, help)
    }

    /// The string of a value that is known while compiling, also where it is a parameter that is
    /// given the same at each call: nothing where no call was seen yet.
    pub fn known_text(&self, value: &Expr) -> Option<Option<String>> {
        match &value.kind {
            Kind::Str(text) => Some(Some(text.clone())),
            _ if value.ty == Ty::Never => None,
            Kind::Local(local) if self.locals[*local].parameter => {
                let Some(function) = self.function else {
                    return Some(None);
                };
                let def = &self.program.functions[function];
                let name = &self.locals[*local].source;
                let skip = usize::from(def.class.is_some() && def.name == "__init__");
                let parameters = self.program.parameters(function);
                let names = super::fixpoint::parameter_names(parameters);
                let at = names.iter().skip(skip).position(|it| it == name);
                let stored = crate::compiler::program::assigned_names(&def.def.body);
                match at {
                    Some(at) if !stored.contains(name) => {
                        self.types.text(&Place::Parameter(function, at))
                    }
                    _ => Some(None),
                }
            }
            _ => Some(None),
        }
    }

    /// An argument that is a function, as a closure of so many arguments.
    pub fn callback(&mut self, argument: &Argument<'_>, count: usize) -> Option<(Expr, Mode)> {
        let range = argument.value.range;
        if let Some(PyExpr::Lambda(it)) = argument.ast {
            let parameters: Vec<&str> = it
                .parameters
                .iter()
                .flat_map(|it| it.iter())
                .map(|it| it.name().as_str())
                .collect();
            if parameters.len() != count {
                return None;
            }
            let (locals, body) = self.scoped(|this| {
                let mut locals = Vec::new();
                for name in parameters {
                    let local = this.inner(name, Ty::Value);
                    this.bind_inner(name, local);
                    locals.push(local);
                }
                let body = this.expr(&it.body);
                (locals, body)
            });
            let body = self.try_coerce(body, &Ty::Value)?;
            let kind = Kind::Closure(locals, Box::new(body));
            return Some((Expr::new(kind, Ty::Never, range), Mode::Owned));
        }
        if !matches!(argument.value.ty, Ty::Static(_) | Ty::Value) {
            return None;
        }
        let mut locals = Vec::new();
        let mut values = Arguments::default();
        for at in 0..count {
            let name = if count == 1 {
                "value".to_owned()
            } else {
                format!("value_{at}")
            };
            let local = self.inner(&name, Ty::Value);
            self.locals[local].is_made = true;
            locals.push(local);
            values.positional.push(Argument {
                ast: None,
                value: Expr::new(Kind::Local(local), Ty::Value, range),
            });
        }
        let Ty::Static(callee) = argument.value.ty.clone() else {
            let body = self.call_value(argument.value.clone(), &values, range);
            let kind = Kind::Closure(locals, Box::new(body));
            return Some((Expr::new(kind, Ty::Never, range), Mode::Owned));
        };
        let body = match &*callee {
            Entity::Function(function) => self.call_function(*function, None, &values, range),
            Entity::Class(class) => self.construct(*class, &values, range),
            Entity::External(name) if name == "str" && count == 1 => {
                let value = values.positional.remove(0).value;
                self.str(value)
            }
            Entity::External(name) => self.external_call_with(name, &values, range),
            Entity::Made(..) => mapping::call_made(self, &callee, &values, range)?,
            _ => return None,
        };
        let body = self.try_coerce(body, &Ty::Value)?;
        let kind = Kind::Closure(locals, Box::new(body));
        Some((Expr::new(kind, Ty::Never, range), Mode::Owned))
    }

    /// The scope of the body.
    pub fn scope(&self) -> Scope {
        match self.function {
            Some(function) => Scope::Function(function),
            None => Scope::Import,
        }
    }

    /// Calls that are conditions in Rust, such as `isinstance`.
    pub fn condition_call(&mut self, it: &ExprCall) -> Option<Cond> {
        let PyExpr::Name(name) = &*it.func else {
            return None;
        };
        if !self.is_builtin(&name.id) {
            return None;
        }
        self.builtin_condition(&name.id, it)
    }
}
