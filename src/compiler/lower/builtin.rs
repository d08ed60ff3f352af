//! Builtins that are decided while compiling; the others are mapped like any function.

use ruff_python_ast::{Expr as PyExpr, ExprCall};
use ruff_text_size::{Ranged, TextRange};

use super::Lowerer;
use crate::compiler::ir::{Collection, Cond, Entry, Expr, Kind, Mode, Stmt, StmtKind, Target};
use crate::compiler::program::{Entity, entity};
use crate::compiler::support::Kind as SignatureKind;
use crate::compiler::types::{Ty, VALUES};
use crate::diagnostic::Code;

impl Lowerer<'_, '_> {
    /// Whether a name stands for Python's builtin.
    pub fn is_builtin(&self, name: &str) -> bool {
        self.local_named(name).is_none()
            && !self.own_names.contains(name)
            && !self.outer_names.contains(name)
            && !self.program.modules[self.module]
                .bindings
                .contains_key(name)
    }

    /// A builtin that is read, not called.
    pub fn builtin_name(&mut self, name: &str, range: TextRange) -> Expr {
        match name {
            "__name__" => {
                let module = self.program.modules[self.module].name.clone();
                Expr::text(module, range)
            }
            "__file__" => self.unsupported(range, "`__file__`"),
            _ => {
                let found = Entity::External(name.to_owned());
                let known = self.support.overloads(name).iter();
                let is_known = known.clone().count() > 0
                    || ["isinstance", "hasattr", "super", "object", "type"].contains(&name);
                if let Some(constant) = known.clone().find(|it| it.kind == SignatureKind::Constant)
                {
                    return self.invoke(constant, Vec::new(), range);
                }
                if is_known || is_type_name(name) {
                    return Expr::new(Kind::Static, entity(found), range);
                }
                let message = format!("`{name}` is not bound here, and no builtin that is mapped");
                self.refuse(range, Code::UnmappedCall, message, "")
            }
        }
    }

    /// A call of a builtin.
    pub fn builtin_call(&mut self, name: &str, it: &ExprCall) -> Expr {
        let range = it.range();
        if let Some(cond) = self.builtin_condition(name, it) {
            return Expr::new(Kind::Cond(Box::new(cond)), Ty::Bool, range);
        }
        let plain = it.arguments.keywords.is_empty()
            && !it.arguments.args.iter().any(PyExpr::is_starred_expr);
        if let Some(found) = self.lazy_call(name, it) {
            return found;
        }
        match (name, &*it.arguments.args) {
            ("str", []) if plain => return Expr::text("", range),
            ("str", [value]) if plain => {
                let value = self.expr(value);
                return self.str(value);
            }
            ("repr", [value]) if plain => {
                let value = self.expr(value);
                return self.repr(value);
            }
            ("list", []) if plain => return self.items(Collection::List, &[], range),
            ("dict", []) => {
                let arguments = self.arguments(&it.arguments);
                let members: Vec<_> = arguments.keywords.iter().collect();
                let spread = arguments.spread.as_ref();
                if let Some((dict, _)) = self.keyword_dict(&members, spread, &[], range) {
                    if matches!(dict.kind, Kind::Collect(..)) {
                        return dict;
                    }
                    let copy = Entry::Spread(dict);
                    return Expr::new(Kind::Collect(Collection::Dict, vec![copy]), Ty::Dict, range);
                }
            }
            ("set", []) if plain => return self.items(Collection::Set, &[], range),
            ("list", [items]) if plain => {
                if let Some(lazy) = self.lazily(items) {
                    return self.all_of(lazy, Collection::List, range);
                }
                // What a pool of threads gives is a new list already.
                if let PyExpr::Call(call) = items
                    && matches!(&*call.func, PyExpr::Attribute(it) if it.attr.as_str() == "map")
                {
                    let value = self.taken(items);
                    if value.ty == Ty::List && matches!(value.kind, Kind::Block(..)) {
                        return value;
                    }
                    let iterable = self.iterable_of(value);
                    return self.collected(iterable, range);
                }
                let iterable = self.iterable(items);
                return self.collected(iterable, range);
            }
            ("tuple", [items]) if plain => {
                let list = match self.lazily(items) {
                    Some(lazy) => self.all_of(lazy, Collection::List, range),
                    None => {
                        let value = self.expr(items);
                        if matches!(value.ty, Ty::Tuple(_)) {
                            return value;
                        }
                        let iterable = self.iterable_of(value);
                        self.collected(iterable, range)
                    }
                };
                return Expr::op(
                    "Value::from(tuple::tuple({0}.iter()))",
                    vec![(list, Mode::Receiver)],
                    Ty::Value,
                    range,
                )
                .item("tuple", "tuple");
            }
            ("int", [value]) if plain => {
                let value = self.expr(value);
                let value = self.underlying(value);
                if value.ty == Ty::Int {
                    return value;
                }
            }
            ("float", [value]) if plain => {
                let value = self.expr(value);
                if matches!(value.ty, Ty::Int | Ty::Float) {
                    return self.coerce(value, &Ty::Float);
                }
            }
            ("bool", [value]) if plain => {
                let value = self.expr(value);
                let cond = self.truth(value);
                return Expr::new(Kind::Cond(Box::new(cond)), Ty::Bool, range);
            }
            ("getattr", [value, name, rest @ ..]) if plain => {
                return self.getattr(value, name, rest, range);
            }
            ("vars", [value]) if plain => {
                let value = self.expr(value);
                return self.members_of_value(value, true, range);
            }
            ("type", [value]) if plain => {
                let value = self.expr(value);
                return self.type_of(value, range);
            }
            ("len", [value]) if plain => {
                let value = self.expr(value);
                if let Ty::Static(found) = &value.ty
                    && let Entity::Class(class) = **found
                    && let Some(found) = self.enumeration(class)
                {
                    let length = i64::try_from(found.members.len()).unwrap_or(i64::MAX);
                    return Expr::new(Kind::Int(length), Ty::Int, range);
                }
                if let Ty::Tuple(items) = &value.ty {
                    let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
                    return Expr::new(Kind::Int(length), Ty::Int, range);
                }
            }
            _ => {}
        }
        if is_exception_name(name) {
            let arguments = self.arguments(&it.arguments);
            return self.exception_of(name, &arguments, range);
        }
        let arguments = self.arguments(&it.arguments);
        self.external_call_with(name, &arguments, range)
    }

    /// Calls that make items one by one, or take such.
    fn lazy_call(&mut self, name: &str, it: &ExprCall) -> Option<Expr> {
        let range = it.range();
        let arguments = &it.arguments;
        let whole = PyExpr::Call(it.clone());
        if let Some(lazy) = self.lazily(&whole) {
            return Some(self.eager(lazy, range));
        }
        if crate::compiler::program::is_lazy(name) || name == "range" {
            let what = format!("`{name}(…)`");
            if !self.check_kept(it, &what) {
                return Some(Expr::new(Kind::None, Ty::Never, range));
            }
        }
        let plain = arguments.keywords.is_empty();
        if name == "next" && plain {
            return match &*arguments.args {
                [items] => Some(self.first(items, None, range)),
                [items, default] => Some(self.first(items, Some(default), range)),
                _ => None,
            };
        }
        let lazy = self.lazily(arguments.args.first()?)?;
        match (name, &arguments.args[1..]) {
            ("any" | "all", []) if plain => Some(self.decided(lazy, name == "any", range)),
            ("set", []) if plain => Some(self.all_of(lazy, Collection::Set, range)),
            ("dict", []) if plain => match lazy {
                super::lazy::Lazy::Generator(it) => match &*it.elt {
                    PyExpr::Tuple(pair) if pair.elts.len() == 2 => Some(self.comprehension(
                        Collection::Dict,
                        &pair.elts[0],
                        Some(&pair.elts[1]),
                        &it.generators,
                        range,
                    )),
                    _ => None,
                },
                _ => None,
            },
            ("sum" | "min" | "max", rest) => {
                let is_quiet = self.quietly(|this| {
                    let list = this.all_of(lazy, Collection::List, range);
                    super::lazy::is_quiet(&list)
                });
                let start = match (rest, &*arguments.keywords) {
                    ([], []) => None,
                    ([start], []) => Some(start),
                    ([], [start]) if start.arg.as_deref() == Some("start") => Some(&start.value),
                    _ => return None,
                };
                match (name, start) {
                    _ if is_quiet => None,
                    ("sum", start) => Some(self.summed(lazy, start, range)),
                    (_, None) => Some(self.extreme(lazy, name, range)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Items as a list.
    pub fn collected(&mut self, iterable: crate::compiler::ir::Iterable, range: TextRange) -> Expr {
        let local = self.inner("item", iterable.item.clone());
        let item = Expr::new(Kind::Local(local), iterable.item.clone(), range);
        let entry = Entry::Item(self.dynamic(item));
        let comprehension = crate::compiler::ir::Comprehension {
            makes: Collection::List,
            loops: vec![crate::compiler::ir::Generator {
                iterable,
                target: crate::compiler::ir::Target::Local(local),
                conditions: Vec::new(),
            }],
            entry,
        };
        Expr::new(
            Kind::Comprehension(Box::new(comprehension)),
            Ty::List,
            range,
        )
    }

    /// A function, by its name or as a lambda, applied to a value.
    pub fn applied(&mut self, function: &PyExpr, value: Expr, range: TextRange) -> Expr {
        if let PyExpr::Lambda(it) = function {
            let Some(name) = it.parameters.iter().flat_map(|it| it.iter()).next() else {
                return self.unsupported(range, "a lambda without a parameter here");
            };
            let name = name.name().to_string();
            let local = match value.kind {
                Kind::Local(local) => local,
                _ => return self.unsupported(range, "a lambda here"),
            };
            return self.scoped(|this| {
                this.bind_inner(&name, local);
                this.expr(&it.body)
            });
        }
        let callee = self.expr(function);
        let mut arguments = super::Arguments::default();
        arguments
            .positional
            .push(super::Argument { ast: None, value });
        match &callee.ty {
            Ty::Static(found) => match &*found.clone() {
                Entity::Function(function) => {
                    self.call_function(*function, None, &arguments, range)
                }
                Entity::Class(class) => self.construct(*class, &arguments, range),
                Entity::External(name) if name == "str" => {
                    let value = arguments.positional.remove(0).value;
                    self.str(value)
                }
                Entity::External(name) => {
                    let name = name.clone();
                    self.external_call_with(&name, &arguments, range)
                }
                _ => self.unsupported(range, "this function here"),
            },
            Ty::Never => self.unknown(range),
            _ => self.unsupported(range, "this function here"),
        }
    }

    fn type_of(&mut self, value: Expr, range: TextRange) -> Expr {
        // Only its name can be asked for; see `Made` attributes.
        let value = self.dynamic(value);
        Expr::op(
            "{0}.type_name()",
            vec![(value, Mode::Receiver)],
            Ty::opaque("builtins::Type"),
            range,
        )
        .borrowing()
    }

    fn getattr(
        &mut self,
        value: &PyExpr,
        name: &PyExpr,
        rest: &[PyExpr],
        range: TextRange,
    ) -> Expr {
        let Some(name) = super::literal_text(name).map(str::to_owned) else {
            return self.unsupported(range, "`getattr` of a name that is not known");
        };
        let value = self.expr(value);
        match rest {
            [] => self.attribute_of(value, &name, range),
            [default] => {
                let default = self.expr(default);
                self.attribute_or(value, &name, default, range)
            }
            _ => self.unsupported(range, "this `getattr`"),
        }
    }

    /// Builtins that are conditions.
    pub fn builtin_condition(&mut self, name: &str, it: &ExprCall) -> Option<Cond> {
        let range = it.range();
        match (name, &*it.arguments.args) {
            ("isinstance", [value, class]) => {
                let value = self.expr(value);
                Some(self.is_instance(value, class, range))
            }
            ("any" | "all", [PyExpr::Generator(_)]) => None,
            ("callable", [value]) => Some(Cond::Expr(self.callable(value, range))),
            ("hasattr", [value, attribute]) => {
                let value = self.expr(value);
                if let Ty::Static(found) = &value.ty
                    && let Entity::Class(class) = **found
                {
                    let attribute = self.expr(attribute);
                    return Some(self.class_has(class, attribute, range));
                }
                let attribute = super::literal_text(attribute)?.to_owned();
                self.has_attribute(value, &attribute, range)
            }
            _ => None,
        }
    }

    fn callable(&mut self, value: &PyExpr, range: TextRange) -> Expr {
        let value = self.expr(value);
        match &value.ty {
            Ty::Static(found) if matches!(**found, Entity::Function(_) | Entity::Class(_)) => {
                Expr::new(Kind::Bool(true), Ty::Bool, range)
            }
            Ty::Value => {
                let operands = vec![(value, Mode::Ref)];
                let found = Expr::op("function::is_callable({0})", operands, Ty::Bool, range);
                found.raising().item("function", "is_callable")
            }
            _ => self.unsupported(range, "`callable` of this"),
        }
    }

    fn has_attribute(&mut self, value: Expr, name: &str, range: TextRange) -> Option<Cond> {
        let known = |holds| Some(Cond::Expr(Expr::new(Kind::Bool(holds), Ty::Bool, range)));
        match &value.ty {
            Ty::Never => known(true),
            Ty::Instance(class) if !self.is_open(*class) && value.is_simple() => {
                let class = *class;
                match self.has_known_attribute(class, name) {
                    Some(holds) => known(holds),
                    None => Some(Cond::Expr(self.unsupported(range, "this `hasattr`"))),
                }
            }
            ty if ty.is_dynamic() => {
                self.types.ask(name);
                let value = self.dynamic(value);
                let operands = vec![(value, Mode::Receiver)];
                let template = format!("{{0}}.has_attribute({name:?})");
                let found = Expr::op(&template, operands, Ty::Bool, range);
                let found = found.raising().item("value", "Value::has_attribute");
                Some(Cond::Expr(found))
            }
            _ => None,
        }
    }

    /// Whether values of a type are instances of a class outside of the program.
    fn is_of(&self, ty: &Ty, class: &str) -> Option<bool> {
        let python = self.python_type(ty);
        if class == "object" || python == class {
            return Some(true);
        }
        let is_known = value_pattern(class).is_some() || self.support.has_type(class);
        match ty {
            Ty::Bool => is_known.then_some(class == "bool"),
            Ty::Opaque(path) if &**path == "datetime::DateTime" => {
                is_known.then_some(class == "datetime.date")
            }
            Ty::Dict if class == "collections.abc.Mapping" => Some(true),
            Ty::Opaque(path) if VALUES.contains(&&**path) => is_known.then_some(false),
            Ty::Opaque(_) | Ty::Client(_) | Ty::Resource(..) => {
                // What else such an object inherits from is not known.
                let plain = ["str", "int", "float", "bool", "list", "bytes", "set"];
                plain.contains(&class).then_some(false)
            }
            Ty::Member(_, mixin) if *mixin != crate::compiler::types::Mixin::None => None,
            _ => is_known.then_some(false),
        }
    }

    pub(super) fn is_instance(&mut self, value: Expr, class: &PyExpr, range: TextRange) -> Cond {
        if let PyExpr::Tuple(it) = class {
            if !value.is_simple() {
                return Cond::Expr(self.unsupported_with(
                    range,
                    "`isinstance` of an expression with several classes",
                    "give the value a name first",
                ));
            }
            let each = it.elts.iter();
            return Cond::Or(
                each.map(|class| self.is_instance(value.clone(), class, range))
                    .collect(),
            );
        }
        let found = self.expr(class);
        let Ty::Static(class_entity) = &found.ty else {
            return Cond::Expr(self.unsupported(range, "this class"));
        };
        let known = |holds| Cond::Expr(Expr::new(Kind::Bool(holds), Ty::Bool, range));
        if value.ty == Ty::Error {
            return match self.class_test(class) {
                Some(test) => {
                    let template = format!("{{0}}.is(&{})", test.path);
                    let mut found =
                        Expr::op(&template, vec![(value, Mode::Receiver)], Ty::Bool, range);
                    if let Some(need) = test.need {
                        found = found.needing(need);
                    }
                    Cond::Expr(found)
                }
                None => Cond::Expr(self.unsupported(range, "this class")),
            };
        }
        match (&**class_entity, &value.ty) {
            (_, Ty::Never) => known(true),
            (Entity::External(name), Ty::Value | Ty::Option(_)) => {
                let Some(pattern) = value_pattern(name) else {
                    let message = format!("`isinstance` with `{name}` is not mapped to Rust");
                    return Cond::Expr(self.refuse(range, Code::UnmappedCall, message, ""));
                };
                let value = self.dynamic(value);
                let operands = vec![(value, Mode::Receiver)];
                let template = format!("matches!({{0}}, {pattern})");
                let mut found = Expr::op(&template, operands, Ty::Bool, range);
                if let Some(module) = feature_of(name) {
                    found = found.item(module, "");
                }
                Cond::Expr(found)
            }
            (Entity::External(name), ty) => match self.is_of(ty, name) {
                Some(holds) if value.is_simple() => known(holds),
                Some(holds) => {
                    let stmt = Stmt {
                        kind: StmtKind::Assign(Target::Ignore, value),
                        range,
                    };
                    let holds = Expr::new(Kind::Bool(holds), Ty::Bool, range);
                    let block = Kind::Block(vec![stmt], Box::new(holds));
                    Cond::Expr(Expr::new(block, Ty::Bool, range))
                }
                None => Cond::Expr(self.unsupported(range, "this `isinstance`")),
            },
            (Entity::Class(class), Ty::Instance(other) | Ty::Member(other, _))
                if value.is_simple() =>
            {
                known(class == other)
            }
            (Entity::Class(class), Ty::Value | Ty::Option(_)) if value.ty.is_dynamic() => {
                let class = *class;
                self.types.use_class(class);
                let value = self.dynamic(value);
                let path = self.class_path(class);
                let template = format!("object::is_instance::<{path}>({{0}})");
                let found = Expr::op(&template, vec![(value, Mode::Ref)], Ty::Bool, range);
                Cond::Expr(found.item("object", "is_instance"))
            }
            _ => Cond::Expr(self.unsupported(range, "this `isinstance`")),
        }
    }
}

fn is_type_name(name: &str) -> bool {
    matches!(
        name,
        "str"
            | "int"
            | "float"
            | "bool"
            | "list"
            | "dict"
            | "set"
            | "tuple"
            | "bytes"
            | "frozenset"
            | "complex"
            | "print"
            | "map"
            | "filter"
            | "zip"
            | "enumerate"
    ) || is_exception_name(name)
}

/// Whether a name is a builtin exception's.
fn is_exception_name(name: &str) -> bool {
    crate::compiler::support::support()
        .overloads(name)
        .iter()
        .any(|it| it.kind == SignatureKind::Static)
}

/// The pattern of a `Value` that is an instance of a builtin class.
fn value_pattern(name: &str) -> Option<&'static str> {
    Some(match name {
        "str" => "Value::Str(_)",
        "bool" => "Value::Bool(_)",
        "int" => "Value::Int(_) | Value::Bool(_)",
        "float" => "Value::Float(_)",
        "list" => "Value::List(_)",
        "dict" | "collections.abc.Mapping" => "Value::Dict(_)",
        "set" => "Value::Set(_)",
        "tuple" => "Value::Tuple(_)",
        "bytes" => "Value::Bytes(_)",
        "decimal.Decimal" => "Value::Decimal(_)",
        "datetime.datetime" => "Value::DateTime(_)",
        "datetime.date" => "Value::Date(_) | Value::DateTime(_)",
        "datetime.timedelta" => "Value::TimeDelta(_)",
        _ => return None,
    })
}

fn feature_of(name: &str) -> Option<&'static str> {
    Some(match name {
        "set" => "set",
        "tuple" => "tuple",
        "bytes" => "bytes",
        "decimal.Decimal" => "decimal",
        "datetime.datetime" | "datetime.date" | "datetime.timedelta" => "datetime",
        _ => return None,
    })
}
