//! Classes of the program: instances, their attributes and methods, exceptions with attributes.

use ruff_python_ast::{Expr as PyExpr, ExprCall, Stmt as PyStmt};
use ruff_text_size::{Ranged, TextRange};

use super::Lowerer;
use super::arguments::{Argument, Arguments};
use super::own_exception::is_usual_super;
use super::types::Place;
use crate::compiler::ir::{ClassTest, Collection, Expr, Kind, Mode};
use crate::compiler::mapping;
use crate::compiler::program::{Binding, Class, Entity, entity, is_immutable, rust_name};
use crate::compiler::types::Ty;
use crate::diagnostic::Code;

/// A field of a dataclass.
struct DataField<'a> {
    name: &'a str,
    default: Option<&'a PyExpr>,
}

impl<'a> Lowerer<'_, 'a> {
    /// The bases of a class, `object` left out.
    pub fn bases(&mut self, class: usize) -> Vec<Entity> {
        let program = self.program;
        let class = &program.classes[class];
        let arguments = class.def.arguments.iter();
        let bases: Vec<&PyExpr> = arguments.flat_map(|it| it.args.iter()).collect();
        let outer = std::mem::replace(&mut self.module, class.module);
        let names = std::mem::take(&mut self.names);
        let mut found = Vec::new();
        for base in bases {
            if let Ty::Static(entity) = self.quietly(|this| this.expr(base).ty)
                && *entity != Entity::External("object".to_owned())
            {
                found.push((*entity).clone());
            }
        }
        self.names = names;
        self.module = outer;
        found
    }

    /// Whether a class is one of exceptions.
    pub fn is_exception(&mut self, class: usize) -> bool {
        self.bases(class).iter().any(|base| match base {
            Entity::Class(base) => *base != class && self.is_exception(*base),
            base => self.exception_class(base).is_some(),
        })
    }

    /// The classes that a class of exceptions inherits from.
    pub fn exception_bases(&mut self, class: usize) -> Vec<ClassTest> {
        let bases = self.bases(class);
        bases
            .iter()
            .filter_map(|base| self.exception_class(base))
            .collect()
    }

    /// Whether a definition has a decorator of a qualified name.
    pub fn has_decorator(&mut self, class: &Class<'a>, name: &str) -> bool {
        let module = class.module;
        class.def.decorator_list.iter().any(|decorator| {
            let callee = match &decorator.expression {
                PyExpr::Call(call) => &*call.func,
                expr => expr,
            };
            self.names_external(module, callee, name)
        })
    }

    /// Whether an expression of a module names something outside of the program.
    pub fn names_external(&mut self, module: usize, expr: &PyExpr, name: &str) -> bool {
        let ty = self.within_module(module, |this| this.quietly(|this| this.expr(expr).ty));
        matches!(ty, Ty::Static(found) if *found == Entity::External(name.to_owned()))
    }

    /// Lowers something where only the names of a module are seen.
    pub fn within_module<T>(&mut self, module: usize, work: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.module, module);
        let names = std::mem::take(&mut self.names);
        let found = work(self);
        self.names = names;
        self.module = outer;
        found
    }

    /// What a dotted name of a module stands for: a variable of a module, or what exists only while
    /// compiling.
    pub fn module_value(&mut self, expr: &PyExpr) -> Option<Expr> {
        let range = expr.range();
        let binding = match expr {
            PyExpr::Name(name) => self.binding(&name.id).cloned()?,
            PyExpr::Attribute(it) => match self.module_value(&it.value)?.ty {
                Ty::Static(found) => match *found {
                    Entity::Module(module) => {
                        let bindings = &self.program.modules[module].bindings;
                        bindings.get(it.attr.as_str()).cloned()?
                    }
                    _ => return None,
                },
                _ => return None,
            },
            _ => return None,
        };
        match binding {
            Binding::Global(global) => {
                let ty = self.types.of(&Place::Global(global));
                let kind = match ty {
                    Ty::Static(_) => Kind::Static,
                    _ => Kind::Global(global),
                };
                Some(Expr::new(kind, ty, range))
            }
            Binding::Entity(found) => Some(Expr::new(Kind::Static, entity(found), range)),
            Binding::Constant(..) | Binding::Constants(..) | Binding::Ambiguous => None,
        }
    }

    /// `Class(…)`.
    pub fn construct(&mut self, class: usize, arguments: &Arguments<'_>, range: TextRange) -> Expr {
        let program = self.program;
        let found = &program.classes[class];
        if self.is_enumeration(class) {
            return self.construct_member(class, arguments, range);
        }
        if self.is_exception(class) {
            return self.construct_exception(class, arguments, range);
        }
        if let Some(refusal) = self.refuse_class(class, range) {
            return refusal;
        }
        self.types.use_class(class);
        self.types.constructed.insert(class);
        if self.is_irregular(class) {
            self.open(class);
        }
        if self.has_decorator(found, "dataclasses.dataclass") {
            return self.construct_data(class, arguments, range);
        }
        match found.methods.get("__init__") {
            Some(init) => self
                .call_function(*init, None, arguments, range)
                .typed(Ty::Instance(class)),
            None if arguments.is_empty() => self.construct_plain(class, range),
            None => self.unsupported(range, "arguments of a class without `__init__`"),
        }
    }

    /// `Class()` of a class without `__init__`.
    fn construct_plain(&mut self, class: usize, range: TextRange) -> Expr {
        let path = self.class_path(class);
        if self.is_open(class) {
            let template = format!("Rc::new({path} {{ attributes: Dict::new() }})");
            return Expr::op(&template, Vec::new(), Ty::Instance(class), range);
        }
        let mut operands = Vec::new();
        let mut inits = Vec::new();
        for (at, name) in self.field_names(class).iter().enumerate() {
            let place = Place::Field(class, name.clone());
            let value = self.class_attribute(class, name, range);
            self.types.flows(place.clone(), &value.ty);
            let ty = self.types.of(&place);
            operands.push((self.coerce(value, &ty), Mode::Owned));
            let hole = self.stored_form(class, name, &format!("{{{at}}}"));
            inits.push(format!("{}: {hole}", rust_name(name)));
        }
        let template = format!("Rc::new({path} {{ {} }})", inits.join(", "));
        Expr::op(&template, operands, Ty::Instance(class), range)
    }

    /// The Rust path of a class.
    pub fn class_path(&self, class: usize) -> String {
        let class = &self.program.classes[class];
        let module = &self.program.modules[class.module].rust_name;
        self.from_here(&format!("{module}::{}", class.name))
    }

    /// A path from the module whose function is lowered. What runs at import is in none.
    pub fn from_here(&self, path: &str) -> String {
        let own = format!("{}::", self.program.modules[self.module].rust_name);
        match (self.function, path.strip_prefix(&own)) {
            (Some(_), Some(inner)) => inner.to_owned(),
            _ => path.to_owned(),
        }
    }

    /// Whether a method is a property.
    pub fn is_property(&self, method: usize) -> bool {
        self.is_decorated(method, "property")
    }

    fn is_decorated(&self, method: usize, decorator: &str) -> bool {
        let decorators = &self.program.functions[method].def.decorator_list;
        decorators
            .iter()
            .any(|it| matches!(&it.expression, PyExpr::Name(name) if name.id == decorator))
    }

    /// The `classmethod` of a class that is read as an attribute of it.
    pub fn class_method(&self, value: &Expr, name: &str) -> Option<usize> {
        let Ty::Static(found) = &value.ty else {
            return None;
        };
        let Entity::Class(class) = **found else {
            return None;
        };
        let method = *self.program.classes[class].methods.get(name)?;
        self.is_decorated(method, "classmethod").then_some(method)
    }

    fn data_fields(&self, class: usize) -> Vec<DataField<'a>> {
        let body = &self.program.classes[class].def.body;
        let fields = body.iter().filter_map(|stmt| match stmt {
            PyStmt::AnnAssign(it) => match &*it.target {
                PyExpr::Name(name) => Some(DataField {
                    name: name.id.as_str(),
                    default: it.value.as_deref(),
                }),
                _ => None,
            },
            _ => None,
        });
        fields.collect()
    }

    /// The names of a dataclass's fields, in order.
    pub fn data_field_names(&mut self, class: usize) -> Option<Vec<String>> {
        let is_data = self.has_decorator(&self.program.classes[class], "dataclasses.dataclass");
        is_data.then(|| self.field_names(class))
    }

    /// The names of a class's fields, in order.
    pub fn field_names(&mut self, class: usize) -> Vec<String> {
        if self.has_decorator(&self.program.classes[class], "dataclasses.dataclass") {
            let fields = self.data_fields(class);
            return fields.iter().map(|it| it.name.to_owned()).collect();
        }
        super::fixpoint::stored_fields(self.program, class)
    }

    fn construct_data(
        &mut self,
        class: usize,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Expr {
        let fields = self.data_fields(class);
        let mut positional = arguments.positional.iter();
        let mut keywords: Vec<&(String, Argument<'_>)> = arguments.keywords.iter().collect();
        let mut operands = Vec::new();
        let mut inits = Vec::new();
        for (at, field) in fields.iter().enumerate() {
            let named = keywords.iter().position(|(name, _)| name == field.name);
            let value = match (positional.next(), named) {
                (Some(argument), None) => argument.value.clone(),
                (None, Some(at)) => keywords.remove(at).1.value.clone(),
                (None, None) => self.data_default(class, field, range),
                _ => self.unsupported(range, "an argument given twice"),
            };
            let place = Place::Field(class, field.name.to_owned());
            self.types.flows(place.clone(), &value.ty);
            let ty = self.types.of(&place);
            if self.is_open(class) {
                operands.push((self.dynamic(value), Mode::Owned));
                inits.push(format!("({:?}, {{{at}}})", field.name));
                continue;
            }
            operands.push((self.coerce(value, &ty), Mode::Owned));
            let hole = self.stored_form(class, field.name, &format!("{{{at}}}"));
            inits.push(format!("{}: {hole}", rust_name(field.name)));
        }
        if positional.next().is_some()
            || !keywords.is_empty()
            || arguments.rest.is_some()
            || arguments.spread.is_some()
        {
            return self.unsupported(range, "arguments that do not fit the dataclass");
        }
        let path = self.class_path(class);
        let inits = match self.is_open(class) {
            true => format!("attributes: Dict::from([{}])", inits.join(", ")),
            false => inits.join(", "),
        };
        let template = format!("Rc::new({path} {{ {inits} }})");
        Expr::op(&template, operands, Ty::Instance(class), range)
    }

    fn data_default(&mut self, class: usize, field: &DataField<'a>, range: TextRange) -> Expr {
        let Some(default) = field.default else {
            let message = format!("the field `{}` is not given", field.name);
            return self.refuse(range, Code::UnmappedArgument, message, "");
        };
        if is_immutable(default) || default.is_none_literal_expr() {
            return self.expr(default);
        }
        if let Some(member) = self.member_default(class, default) {
            return member;
        }
        if let PyExpr::Call(call) = default
            && self.names_external(
                self.program.classes[class].module,
                &call.func,
                "dataclasses.field",
            )
        {
            for keyword in &call.arguments.keywords {
                match (keyword.arg.as_deref(), &keyword.value) {
                    (Some("default"), value) if is_immutable(value) => return self.expr(value),
                    (Some("default_factory"), PyExpr::Name(name)) => match name.id.as_str() {
                        "list" => return self.items(Collection::List, &[], range),
                        "dict" => {
                            let kind = Kind::Collect(Collection::Dict, Vec::new());
                            return Expr::new(kind, Ty::Dict, range);
                        }
                        _ => {}
                    },
                    _ => {}
                }
            }
        }
        self.unsupported(default.range(), "this default of a field")
    }

    /// A member of an enumeration as the default of a field.
    pub(super) fn member_default(&mut self, class: usize, default: &PyExpr) -> Option<Expr> {
        if !default.is_attribute_expr() {
            return None;
        }
        let module = self.program.classes[class].module;
        let member = self.within_module(module, |this| this.quietly(|this| this.expr(default)));
        matches!(member.ty, Ty::Member(..)).then_some(member)
    }

    /// How a field's value is stored: in a cell where it is bound anew later.
    pub fn stored_form(&self, class: usize, name: &str, value: &str) -> String {
        if !super::fixpoint::is_rebound(self.program, class, name) {
            return value.to_owned();
        }
        match self
            .types
            .of(&Place::Field(class, name.to_owned()))
            .is_copy()
        {
            true => format!("Cell::new({value})"),
            false => format!("RefCell::new({value})"),
        }
    }

    /// Whether the body is a constructor, whose fields are variables until the end.
    pub fn is_constructor(&self) -> Option<usize> {
        let function = &self.program.functions[self.function?];
        let class = function.class.filter(|_| function.name == "__init__");
        class.filter(|class| !self.is_open(*class))
    }

    /// The key of a field's variable in a constructor.
    pub fn field_key(name: &str) -> String {
        format!("self.{name}")
    }

    /// `instance.name`.
    pub fn field(&mut self, value: Expr, class: usize, name: &str, range: TextRange) -> Expr {
        let program = self.program;
        let found = &program.classes[class];
        if let Some(method) = found.methods.get(name) {
            if self.is_property(*method) {
                return self.call_function(*method, Some(value), &Arguments::default(), range);
            }
            return self.unsupported_with(range, "a method that is not called", "call it here");
        }
        if name == "__dict__" {
            return self.instance_members(value, class, range);
        }
        if self.is_open(class) {
            return self.open_attribute(value, class, name, range);
        }
        if self.is_constructor() == Some(class) && value.is_this() {
            let key = Self::field_key(name);
            return match self.local_named(&key) {
                Some(local) => self.read(local, range),
                None => self.class_attribute(class, name, range),
            };
        }
        let place = Place::Field(class, name.to_owned());
        if !self.field_names(class).iter().any(|it| it == name) {
            return self.class_attribute(class, name, range);
        }
        let ty = self.types.of(&place);
        let field = rust_name(name);
        let operands = vec![(value, Mode::Receiver)];
        if !super::fixpoint::is_rebound(program, class, name) {
            let read = Expr::op(&format!("{{0}}.{field}"), operands, ty, range);
            return read.borrowing_place();
        }
        match ty.is_copy() {
            true => Expr::op(&format!("{{0}}.{field}.get()"), operands, ty, range),
            false => Expr::op(
                &format!("{{0}}.{field}.borrow().clone()"),
                operands,
                ty,
                range,
            ),
        }
    }

    /// `Class.name`: a constant, or a function.
    pub fn class_attribute(&mut self, class: usize, name: &str, range: TextRange) -> Expr {
        let program = self.program;
        let found = &program.classes[class];
        if self.is_enumeration(class) {
            return self.enumeration_attribute(class, name, range);
        }
        if name == "__name__" {
            return Expr::text(found.name.clone(), range);
        }
        if let Some(method) = found.methods.get(name) {
            return Expr::new(Kind::Static, entity(Entity::Function(*method)), range);
        }
        if let Some(value) = class_value(found, name) {
            if is_immutable(value) || value.is_none_literal_expr() {
                let mut value = self.expr(value);
                value.range = range;
                return value;
            }
            return self.unsupported_with(
                range,
                "an attribute of a class that is not a constant",
                "make it a variable of the module, or an attribute of the instance",
            );
        }
        let message = format!("`{}` has no attribute `{name}` that is known", found.name);
        self.refuse(range, Code::UnknownType, message, "set it in `__init__`")
    }

    /// Whether a class has an attribute of its own, methods left out.
    pub fn has_class_attribute(&self, class: usize, name: &str) -> bool {
        class_value(&self.program.classes[class], name).is_some()
    }

    /// `instance.name(…)`.
    pub fn call_method(
        &mut self,
        value: Expr,
        class: usize,
        name: &str,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Expr {
        let program = self.program;
        let Some(method) = program.classes[class].methods.get(name) else {
            if matches!(value.ty, Ty::Member(..)) {
                let what = format!("the method `{name}` of a member");
                return self.unsupported(range, &what);
            }
            let field = self.field(value, class, name, range);
            let what = match field.ty {
                Ty::Never => return field,
                _ => "a call of an attribute",
            };
            return self.unsupported(range, what);
        };
        if self.is_constructor() == Some(class) && value.is_this() {
            return self.unsupported_with(
                range,
                "a method called while the instance is made",
                "make it a function of the module",
            );
        }
        if self.is_decorated(*method, "staticmethod") {
            return self.call_function(*method, None, arguments, range);
        }
        if self.is_decorated(*method, "classmethod") {
            let this = Expr::new(Kind::Static, entity(Entity::Class(class)), range);
            return self.call_function(*method, Some(this), arguments, range);
        }
        self.call_function(*method, Some(value), arguments, range)
    }

    /// `super().name(…)`.
    pub fn super_call(&mut self, name: &str, it: &ExprCall) -> Expr {
        let range = it.range();
        let class = self.is_constructor();
        let own = self
            .function
            .and_then(|it| self.program.functions[it].class);
        if let (Some(own), PyExpr::Attribute(callee)) = (own, &*it.func)
            && let PyExpr::Call(inner) = &*callee.value
            && !is_usual_super(inner, &self.program.classes[own].name)
        {
            return self.unsupported(range, "`super` of another class");
        }
        if let Some(own) = own
            && name != "__init__"
        {
            let arguments = self.arguments(&it.arguments);
            if let Some(found) = mapping::super_call(self, own, name, &arguments, range) {
                return found;
            }
        }
        if name == "__init__"
            && let Some(class) = class
        {
            let arguments = self.arguments(&it.arguments);
            if self.is_exception(class) {
                return self.super_of_exception(class, &arguments, range);
            }
            if arguments.is_empty() && self.bases(class).is_empty() {
                return Expr::none(range);
            }
        }
        self.unsupported(range, "`super()`")
    }

    /// The binding of a module's name, for mappings.
    pub fn binding(&self, name: &str) -> Option<&Binding<'a>> {
        self.program.modules[self.module].bindings.get(name)
    }
}

/// What a class's body binds to constants.
pub(super) fn constants<'a>(class: &Class<'a>) -> Vec<(&'a str, &'a PyExpr)> {
    let names = class.def.body.iter().filter_map(|stmt| match stmt {
        PyStmt::Assign(it) => match &it.targets[..] {
            [PyExpr::Name(name)] => Some(name.id.as_str()),
            _ => None,
        },
        PyStmt::AnnAssign(it) => match &*it.target {
            PyExpr::Name(name) => Some(name.id.as_str()),
            _ => None,
        },
        _ => None,
    });
    let values = names.filter_map(|name| Some((name, class_value(class, name)?)));
    values
        .filter(|(_, value)| is_immutable(value) || value.is_none_literal_expr())
        .collect()
}

/// What a class's body binds a name to.
pub(super) fn class_value<'a>(class: &Class<'a>, name: &str) -> Option<&'a PyExpr> {
    class.def.body.iter().find_map(|stmt| {
        let (target, value) = match stmt {
            PyStmt::Assign(it) => match &it.targets[..] {
                [target] => (target, &*it.value),
                _ => return None,
            },
            PyStmt::AnnAssign(it) => (&*it.target, it.value.as_deref()?),
            _ => return None,
        };
        matches!(target, PyExpr::Name(target) if target.id == name).then_some(value)
    })
}

impl Expr {
    /// The same with another type.
    #[must_use]
    pub fn typed(mut self, ty: Ty) -> Self {
        if self.ty != Ty::Never || matches!(self.kind, Kind::Call(_)) {
            self.ty = ty;
        }
        self
    }
}
