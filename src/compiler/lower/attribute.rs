//! Attributes, subscripts and calls of methods.

use ruff_python_ast::{Expr as PyExpr, ExprAttribute, ExprCall, ExprSlice, ExprSubscript};
use ruff_text_size::{Ranged, TextRange};

use super::Lowerer;
use super::arguments::Arguments;
use crate::compiler::ir::{Expr, Kind, Mode};
use crate::compiler::mapping;
use crate::compiler::program::{Entity, entity};
use crate::compiler::support::{Kind as SignatureKind, Passing, Signature};
use crate::compiler::types::{Mixin, Ty, VALUES};
use crate::diagnostic::Code;

/// Builtin types that a `Value` may hold, in the order in which methods are looked for.
const DYNAMIC: [&str; 6] = ["dict", "str", "list", "set", "bytes", "tuple"];

impl<'a> Lowerer<'_, 'a> {
    /// `value.name`.
    pub fn attribute(&mut self, it: &ExprAttribute) -> Expr {
        let range = it.range();
        if &*it.attr == "__name__"
            && let Some(value) = self.asked_for_class(&it.value)
        {
            let value = self.expr(value);
            return self.class_name(value, range);
        }
        let value = self.expr(&it.value);
        self.attribute_of(value, &it.attr, range)
    }

    /// The value in `type(value)` or `value.__class__`.
    fn asked_for_class<'e>(&self, class: &'e PyExpr) -> Option<&'e PyExpr> {
        match class {
            PyExpr::Attribute(it) if &*it.attr == "__class__" => Some(&it.value),
            PyExpr::Call(it) => match (&*it.func, &*it.arguments.args) {
                (PyExpr::Name(name), [value])
                    if name.id == "type" && self.is_builtin("type") && it.arguments.len() == 1 =>
                {
                    Some(value)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// `type(value).__name__`.
    fn class_name(&mut self, value: Expr, range: TextRange) -> Expr {
        if matches!(value.ty, Ty::Static(_)) {
            return self.unsupported(range, "the class of a class or function");
        }
        let value = self.dynamic(value);
        let operands = vec![(value, Mode::Receiver)];
        let found = Expr::op("{0}.class_name()", operands, Ty::Str, range);
        found.borrowing().item("value", "Value::class_name")
    }

    /// An attribute of a value.
    pub fn attribute_of(&mut self, value: Expr, name: &str, range: TextRange) -> Expr {
        match value.ty.clone() {
            Ty::Never => self.unknown(range),
            Ty::Static(found) => self.static_attribute(&found, name, range),
            Ty::Instance(class) => self.field(value, class, name, range),
            Ty::Member(class, _) => self.member_attribute(value, class, name, range),
            Ty::Error if value.is_this() && self.is_constructor().is_some() => {
                self.read_of_exception(name, range)
            }
            Ty::Error => {
                let value = self.dynamic(value);
                self.attribute_of(value, name, range)
            }
            Ty::Value => {
                if name == "__dict__" {
                    return self.members_of_value(value, false, range);
                }
                if let Some(found) = self.dynamic_property(&value, name, range) {
                    return found;
                }
                if name.starts_with("__") && name != "__cause__" {
                    return self.unmapped_attribute(&format!("object.{name}"), range);
                }
                self.types.ask(name);
                let operands = vec![(value, Mode::Receiver)];
                let template = format!("{{0}}.attribute({name:?})");
                let found = Expr::op(&template, operands, Ty::Value, range);
                let found = found.raising().item("value", "Value::attribute");
                match name {
                    // Those of an exception are a tuple.
                    "args" => found.item("tuple", "tuple"),
                    _ => found,
                }
            }
            Ty::Option(inner) => match inner.is_dynamic() {
                true => {
                    let value = self.dynamic(value);
                    self.attribute_of(value, name, range)
                }
                false => {
                    let value = self.present(value, &inner, name, range);
                    self.attribute_of(value, name, range)
                }
            },
            ty => {
                if let Some(found) = mapping::attribute(self, &value, name, range) {
                    return found;
                }
                let python = self.python_type(&ty);
                let (qualified, overloads) = self.support.member(&python, name);
                let attribute = overloads
                    .iter()
                    .find(|it| it.kind == SignatureKind::Attribute);
                match attribute {
                    Some(signature) => {
                        let none = Arguments::default();
                        match self.try_overload(signature, Some(&value), &none, range) {
                            Some(found) => found,
                            None => self.unmapped_call(&qualified, range),
                        }
                    }
                    None => self.unmapped_attribute(&qualified, range),
                }
            }
        }
    }

    fn unmapped_attribute(&mut self, name: &str, range: TextRange) -> Expr {
        let message = format!("the attribute `{name}` is not mapped to Rust");
        self.refuse(range, Code::UnmappedCall, message, "")
    }

    /// A property of one of the types that a `Value` may hold, such as `decimal.Decimal.real`.
    fn dynamic_property(&mut self, value: &Expr, name: &str, range: TextRange) -> Option<Expr> {
        let mut found = None;
        for path in VALUES {
            let python = self.support.python_name(path)?;
            let overloads = self.support.overloads(&format!("{python}.{name}"));
            for signature in overloads {
                let takes = matches!(&signature.receiver, Some(Passing::Value(Ty::Value, _)));
                if signature.kind == SignatureKind::Attribute && takes {
                    let none = Arguments::default();
                    found = self.try_overload(signature, Some(value), &none, range);
                }
            }
        }
        found
    }

    /// What an option holds, where Python would raise that `None` has no such attribute.
    pub fn present(&mut self, value: Expr, inner: &Ty, name: &str, range: TextRange) -> Expr {
        // A parameter is an option of a reference.
        let borrowed = match (&value.kind, self.function) {
            (Kind::Local(local), Some(function)) if self.locals[*local].parameter => {
                let body = &self.program.functions[function].def.body;
                let stored = crate::compiler::program::assigned_names(body);
                !stored.contains(&self.locals[*local].source)
            }
            _ => false,
        };
        let reference = if borrowed { "" } else { ".as_ref()" };
        let template = format!(
            "{{0}}{reference}.ok_or_else(|| error::attribute_error(\"NoneType\", {name:?}))"
        );
        let operands = vec![(value, Mode::Receiver)];
        Expr::op(&template, operands, inner.clone(), range)
            .raising()
            .borrowing()
            .item("error", "attribute_error")
    }

    /// The Python name of a type.
    pub fn python_type(&self, ty: &Ty) -> String {
        match ty {
            Ty::None => "NoneType".to_owned(),
            Ty::Bool | Ty::Int => "int".to_owned(),
            Ty::Float => "float".to_owned(),
            Ty::Str => "str".to_owned(),
            Ty::Bytes => "bytes".to_owned(),
            Ty::List => "list".to_owned(),
            Ty::Dict => "dict".to_owned(),
            Ty::Set => "set".to_owned(),
            Ty::Tuple(_) => "tuple".to_owned(),
            Ty::Opaque(path) => self.support.python_name(path).unwrap_or(path).to_owned(),
            Ty::Client(service) => format!("boto3.client({service:?})"),
            Ty::Resource(service, kind) => format!("boto3.{service}.{kind}"),
            other => self.describe(other),
        }
    }

    fn static_attribute(&mut self, found: &Entity, name: &str, range: TextRange) -> Expr {
        match found {
            Entity::Module(module) => {
                let binding = self.program.modules[*module].bindings.get(name).cloned();
                match binding {
                    Some(binding) => self.bound(&binding, range),
                    None => {
                        let dotted = format!("{}.{name}", self.program.modules[*module].name);
                        match self.program.module_named(&dotted) {
                            Some(module) => {
                                Expr::new(Kind::Static, entity(Entity::Module(module)), range)
                            }
                            None => self.unmapped_attribute(&dotted, range),
                        }
                    }
                }
            }
            Entity::External(module) => {
                let dotted = format!("{module}.{name}");
                if let Some(index) = self.program.module_named(&dotted) {
                    return Expr::new(Kind::Static, entity(Entity::Module(index)), range);
                }
                self.external(&dotted, range)
            }
            Entity::Class(class) => self.class_attribute(*class, name, range),
            Entity::Function(function) if name == "__name__" => {
                Expr::text(self.program.functions[*function].name.clone(), range)
            }
            Entity::Made(what, parts) => {
                match mapping::made_attribute(self, what, parts, name, range) {
                    Some(found) => found,
                    None => self.unmapped_attribute(&format!("{what}.{name}"), range),
                }
            }
            _ => self.unmapped_attribute(name, range),
        }
    }

    /// Something outside of the program that is read: a constant, or a name still.
    pub fn external(&mut self, name: &str, range: TextRange) -> Expr {
        let canonical = mapping::canonical(name);
        let name = canonical.as_deref().unwrap_or(name);
        if let Some(found) = mapping::read(self, name, range) {
            return found;
        }
        // What is a value and a function is here what it is called as.
        let overloads = self.support.overloads(name);
        let is_called = self.callee == Some(range)
            && overloads
                .iter()
                .any(|it| it.kind == SignatureKind::Function);
        for signature in overloads.iter().filter(|_| !is_called) {
            let is_value = match signature.kind {
                SignatureKind::Constant => true,
                SignatureKind::Attribute => signature.receiver.is_none(),
                _ => false,
            };
            if is_value {
                return self
                    .invoke(signature, Vec::new(), range)
                    .borrowing_constant(signature);
            }
        }
        Expr::new(
            Kind::Static,
            entity(Entity::External(name.to_owned())),
            range,
        )
    }

    /// `value[key]`.
    pub fn subscript(&mut self, it: &ExprSubscript) -> Expr {
        let range = it.range();
        let value = self.expr(&it.value);
        if let PyExpr::Slice(slice) = &*it.slice {
            return self.slice_of(value, slice, range);
        }
        if let Some(found) = mapping::subscript(self, &value, &it.slice, range) {
            return found;
        }
        let key = self.expr(&it.slice);
        if let Ty::Static(found) = &value.ty
            && let Entity::Class(class) = **found
            && self.is_enumeration(class)
        {
            return self.member_of(class, key, true, range);
        }
        let key = self.underlying(key);
        if let Some(found) = self.special(&value, "__getitem__", vec![key.clone()], range) {
            return found;
        }
        self.item_of(value, key, range)
    }

    /// A special method of a mapped object or type, such as `os.environ.__getitem__`.
    pub fn special(
        &mut self,
        value: &Expr,
        method: &str,
        values: Vec<Expr>,
        range: TextRange,
    ) -> Option<Expr> {
        let (owner, receiver) = match &value.ty {
            Ty::Static(found) => match &**found {
                Entity::External(name) => (name.clone(), None),
                _ => return None,
            },
            Ty::Opaque(_) => (self.python_type(&value.ty), Some(value)),
            _ => return None,
        };
        let mut arguments = Arguments::default();
        for value in values {
            let argument = super::Argument { ast: None, value };
            arguments.positional.push(argument);
        }
        let (_, overloads) = self.support.member(&owner, method);
        let mut each = overloads.iter();
        each.find_map(|it| self.try_overload(it, receiver, &arguments, range))
    }

    /// An item of a value.
    pub fn item_of(&mut self, value: Expr, key: Expr, range: TextRange) -> Expr {
        if let (Ty::Tuple(types), Kind::Int(at)) = (&value.ty, &key.kind) {
            let index = if *at < 0 {
                *at + types.len() as i64
            } else {
                *at
            };
            let found = usize::try_from(index)
                .ok()
                .and_then(|at| types.get(at).cloned());
            if let (Some(ty), true) = (found, index >= 0) {
                if let Kind::Tuple(items) = &value.kind
                    && items.iter().all(Expr::is_simple)
                {
                    return items[index as usize].clone();
                }
                let operands = vec![(value, Mode::Receiver)];
                let item = Expr::op(&format!("{{0}}.{index}"), operands, ty, range);
                return item.borrowing_place();
            }
        }
        match &value.ty {
            Ty::Never => return self.unknown(range),
            Ty::Option(inner) if !inner.is_dynamic() || matches!(**inner, Ty::Tuple(_)) => {
                let inner = (**inner).clone();
                let template = "{0}.as_ref().ok_or_else(|| error::not_subscriptable(\"NoneType\"))";
                let operands = vec![(value, Mode::Receiver)];
                let value = Expr::op(template, operands, inner, range)
                    .raising()
                    .borrowing()
                    .item("error", "not_subscriptable");
                return self.item_of(value, key, range);
            }
            _ => {}
        }
        if value.ty == Ty::Dict && key.ty == Ty::Str {
            let operands = vec![(value, Mode::Receiver), (key, Mode::Str)];
            let found = Expr::op("{0}.member({1})", operands, Ty::Value, range);
            return found.raising().item("dict", "Dict::member");
        }
        if value.ty == Ty::Dict {
            let key = self.dynamic(key);
            let operands = vec![(value, Mode::Receiver), (key, Mode::Ref)];
            let found = Expr::op("{0}.get_item({1})", operands, Ty::Value, range);
            return found.raising().item("dict", "Dict::get_item");
        }
        let receiver = self.dynamic(value);
        let key = match key.ty {
            Ty::Str => (key, Mode::Str),
            _ => (self.dynamic(key), Mode::Owned),
        };
        let operands = vec![(receiver, Mode::Receiver), key];
        let found = Expr::op("{0}.item({1})", operands, Ty::Value, range);
        found.raising().item("value", "Value::item")
    }

    fn slice_of(&mut self, value: Expr, slice: &ExprSlice, range: TextRange) -> Expr {
        let mut operands = Vec::new();
        let bounds = [&slice.lower, &slice.upper, &slice.step];
        let bounds = bounds.map(|bound| match bound {
            Some(bound) => self.expr(bound),
            None => Expr::none(range),
        });
        let int = Ty::Int.option();
        let is_known = bounds
            .iter()
            .all(|it| matches!(it.ty, Ty::Int | Ty::None | Ty::Never) || it.ty == int);
        if !is_known {
            let is_text = value.ty == Ty::Str;
            operands.push(match is_text {
                true => (value, Mode::Str),
                false => (self.dynamic(value), Mode::Receiver),
            });
            for bound in bounds {
                operands.push((self.dynamic(bound), Mode::Ref));
            }
            if is_text {
                let template = "string::slice_by({0}, {1}, {2}, {3})";
                let found = Expr::op(template, operands, Ty::Str, range);
                return found.raising().item("string", "slice_by");
            }
            let template = "{0}.slice_by({1}, {2}, {3})";
            let found = Expr::op(template, operands, Ty::Value, range);
            return found.raising().item("value", "Value::slice_by");
        }
        let is_text = value.ty == Ty::Str;
        let value = if is_text { value } else { self.dynamic(value) };
        operands.push((value, Mode::Receiver));
        for bound in bounds {
            operands.push((self.coerce(bound, &int), Mode::Owned));
        }
        if is_text {
            operands[0].1 = Mode::Str;
            let found = Expr::op(
                "string::slice({0}, {1}, {2}, {3})",
                operands,
                Ty::Str,
                range,
            );
            return found.raising().item("string", "slice");
        }
        let found = Expr::op("{0}.slice({1}, {2}, {3})", operands, Ty::Value, range);
        found.raising().item("value", "Value::slice")
    }

    /// `value.name(…)`.
    pub fn method_call(&mut self, receiver: Expr, name: &str, it: &ExprCall) -> Expr {
        let range = it.range();
        if let Some(found) = mapping::method_syntax(self, &receiver, name, it) {
            return found;
        }
        let is_view = matches!(name, "keys" | "values" | "items") && it.arguments.is_empty();
        let is_lazy = is_view && matches!(receiver.ty, Ty::Dict | Ty::Value) || name == "finditer";
        if is_lazy && !self.check_kept(it, &format!("`.{name}()`")) {
            return Expr::new(Kind::None, Ty::Never, range);
        }
        let arguments = self.arguments(&it.arguments);
        self.method_call_with(receiver, name, &arguments, range)
    }

    /// A call of a method with arguments that are lowered.
    pub fn method_call_with(
        &mut self,
        receiver: Expr,
        name: &str,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Expr {
        match receiver.ty.clone() {
            Ty::Never => self.unknown(range),
            Ty::Instance(class) => self.call_method(receiver, class, name, arguments, range),
            Ty::Member(class, mixin) => {
                let is_own = self.program.classes[class].methods.contains_key(name);
                match mixin == Mixin::None || is_own {
                    true => self.call_method(receiver, class, name, arguments, range),
                    false => {
                        let receiver = self.underlying(receiver);
                        self.method_call_with(receiver, name, arguments, range)
                    }
                }
            }
            Ty::Value => self.dynamic_method(receiver, name, arguments, range),
            Ty::Option(inner) => {
                let by_value = inner.is_dynamic();
                let receiver = match by_value {
                    true => self.dynamic(receiver),
                    false => self.present(receiver, &inner, name, range),
                };
                self.method_call_with(receiver, name, arguments, range)
            }
            ty => {
                if let Some(found) = mapping::method(self, &receiver, name, arguments, range) {
                    return found;
                }
                let (qualified, overloads) = self.support.member(&self.python_type(&ty), name);
                if overloads.is_empty() && matches!(ty, Ty::Tuple(_) | Ty::Set) {
                    let receiver = self.dynamic(receiver);
                    return self.dynamic_method(receiver, name, arguments, range);
                }
                self.overloaded(&qualified, overloads, Some(&receiver), arguments, range)
            }
        }
    }

    fn dynamic_method(
        &mut self,
        receiver: Expr,
        name: &str,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Expr {
        let owners = self.owners(name);
        // First what takes any value and finds the type by itself.
        for owner in &owners {
            for signature in self.support.overloads(&format!("{owner}.{name}")) {
                let takes = matches!(&signature.receiver, Some(Passing::Value(Ty::Value, _)));
                if takes
                    && let Some(found) =
                        self.try_overload(signature, Some(&receiver), arguments, range)
                {
                    return found;
                }
            }
        }
        if owners.is_empty()
            && let Some(found) = self.method_of_instance(&receiver, name, arguments, range)
        {
            return found;
        }
        let Some(owner) = owners.first() else {
            return match self.method_of_held(&receiver, name, arguments, range) {
                Some(found) => found,
                None => self.unmapped_call(&format!("….{name}"), range),
            };
        };
        // Bytes have most of the methods of str; what is neither raises, what is bytes is refused at
        // run time.
        let taking = match owners.len() {
            0..=2 => owners.clone(),
            _ => self.taking_owners(&owners, name, arguments, range),
        };
        if let [_, other, ..] = &owners[..]
            && owners != ["str", "bytes"]
            && taking != ["str", "bytes"]
            && taking != ["str"]
        {
            let message = format!(
                "`.{name}()` of a value that may be a {owner} or a {other} is not mapped to Rust"
            );
            let help = "convert it to a known type first, such as `str(…)`";
            return self.refuse(range, Code::UnknownType, message, help);
        }
        let qualified = format!("{owner}.{name}");
        let overloads: &'static [Signature] = self.support.overloads(&qualified);
        let owner = owner.clone();
        match self.expect(receiver, &owner, name) {
            Some(receiver) => {
                self.overloaded(&qualified, overloads, Some(&receiver), arguments, range)
            }
            None => self.unmapped_call(&qualified, range),
        }
    }

    /// A method of an object of a package that the program imports, where just one type of these has
    /// such a method.
    fn method_of_held(
        &mut self,
        receiver: &Expr,
        name: &str,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Option<Expr> {
        let support = self.support;
        let types = support.values.keys().filter(|path| {
            let python = support.python_name(path).unwrap_or_default();
            let (_, overloads) = support.member(python, name);
            !VALUES.contains(&path.as_str())
                && overloads.iter().any(|it| it.receiver.is_some())
                && self.imports_package_of(python)
        });
        let types: Vec<&String> = types.collect();
        let [path] = types[..] else {
            return None;
        };
        let template = format!("object::receiver::<{path}>({{0}}, {name:?})");
        let operands = vec![(receiver.clone(), Mode::Ref)];
        let held = Expr::op(&template, operands, Ty::opaque(path), range);
        let (module, item) = path.split_once("::")?;
        let held = held.raising().item("object", "receiver").item(module, item);
        Some(self.method_call_with(held, name, arguments, range))
    }

    /// Whether a module of the program imports what gives objects of a type.
    fn imports_package_of(&self, python: &str) -> bool {
        let packages: &[&str] = match python.split('.').next() {
            Some("botocore") => &["boto3", "botocore", "aiobotocore"],
            Some("http") => &["urllib.request"],
            Some(package) => &[package],
            None => &[],
        };
        let mut texts = self.program.modules.iter().map(|it| it.file.text());
        texts.any(|text| {
            packages.iter().any(|it| {
                text.contains(&format!("import {it}")) || text.contains(&format!("from {it}"))
            })
        })
    }

    /// The types whose method takes the arguments; of the others it would raise, or is refused when the
    /// program runs.
    fn taking_owners(
        &mut self,
        owners: &[String],
        name: &str,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Vec<String> {
        let mut found = owners.to_vec();
        found.retain(|owner| {
            let mut overloads = self.support.overloads(&format!("{owner}.{name}")).iter();
            overloads.any(|it| self.quietly(|this| this.fit(it, arguments, range).is_some()))
        });
        found
    }

    /// The types that a `Value` may hold and that have a mapped method.
    fn owners(&self, name: &str) -> Vec<String> {
        let builtin = DYNAMIC.iter().map(|it| (*it).to_owned());
        let opaque = VALUES
            .iter()
            .filter_map(|path| self.support.python_name(path));
        builtin
            .chain(opaque.map(str::to_owned))
            .filter(|owner| {
                !self
                    .support
                    .overloads(&format!("{owner}.{name}"))
                    .is_empty()
            })
            .collect()
    }

    /// A `Value` as what has a method, or the exception that it has none.
    pub fn expect(&mut self, value: Expr, owner: &str, method: &str) -> Option<Expr> {
        let (name, ty) = match owner {
            "str" => ("expect_str", Ty::Str),
            "list" => ("expect_list", Ty::List),
            "dict" => ("expect_dict", Ty::Dict),
            "bytes" => ("expect_bytes", Ty::Bytes),
            "set" => ("expect_set", Ty::Set),
            "decimal.Decimal" => ("expect_decimal", Ty::opaque("decimal::Decimal")),
            "datetime.datetime" => ("expect_datetime", Ty::opaque("datetime::DateTime")),
            "datetime.date" => ("expect_date", Ty::opaque("date::Date")),
            "datetime.timedelta" => ("expect_timedelta", Ty::opaque("timedelta::TimeDelta")),
            _ => return None,
        };
        let range = value.range;
        let template = format!("{{0}}.{name}({method:?})");
        let found = Expr::op(&template, vec![(value, Mode::Receiver)], ty, range);
        Some(
            found
                .raising()
                .borrowing()
                .item("value", &format!("Value::{name}")),
        )
    }
}

impl Expr {
    /// A constant's string is a reference.
    fn borrowing_constant(self, signature: &Signature) -> Self {
        match (signature.kind, &signature.returns) {
            (SignatureKind::Constant, Ty::Str | Ty::Bytes) => self.borrowing(),
            _ => self,
        }
    }
}
