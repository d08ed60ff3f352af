//! Instances of the program's classes as values of unknown type.

use std::collections::BTreeSet;

use super::{Effects, Emitter};
use crate::compiler::ir::visit::Visitor;
use crate::compiler::ir::{Expr, Kind, Mode};
use crate::compiler::lower::{Lowered, LoweredClass};
use crate::compiler::program::{Program, rust_name};
use crate::compiler::types::Ty;

/// The implementation of `Object`, and the conversion to a `Value`.
pub(super) fn instance(
    program: &Program<'_>,
    class: &LoweredClass,
    effects: &Effects,
    emitter: &mut Emitter<'_, '_>,
) -> String {
    let it = &program.classes[class.index];
    let name = &it.name;
    let mut members = vec![format!(
        "fn type_name(&self) -> &'static str {{ {name:?} }}\n"
    )];
    let (read, refused) = attributes(program, class, effects, emitter);
    members.push(read);
    members.extend(refused);
    members.extend(stores(class));
    members.extend(shown(program, class));
    members.extend(fields(class));
    format!(
        "impl object::Object for {name} {{\n{}}}\n\n\
         impl From<Rc<{name}>> for Value {{\n\
         fn from(instance: Rc<{name}>) -> Self {{ Self::Object(instance) }}\n}}\n\n",
        members.join("\n")
    )
}

/// The accessor of attributes by their names, and that of those that may raise.
fn attributes(
    program: &Program<'_>,
    class: &LoweredClass,
    effects: &Effects,
    emitter: &mut Emitter<'_, '_>,
) -> (String, Option<String>) {
    let it = &program.classes[class.index];
    let name = &it.name;
    let mut arms = String::new();
    let mut raising = String::new();
    let mut refused = Vec::new();
    let shared = shared_methods(program, emitter.lowered, class.index);
    for (field, ty, is_rebound) in &class.fields {
        match ty.is_dynamic() {
            _ if class.is_open => {}
            true => {
                let value = field_value("self", field, ty, *is_rebound);
                arms.push_str(&format!("{field:?} => Some({value}),\n"));
            }
            false => refused.push(format!("{field:?}")),
        }
    }
    for (constant, value) in &class.constants {
        let value = Kind::Widen(Box::new(value.clone()));
        let value = Expr::new(value, Ty::Value, it.def.range);
        let value = emitter.expr(&value, Mode::Owned);
        arms.push_str(&format!("{constant:?} => Some({value}),\n"));
    }
    for (method, function) in it.methods.iter().filter(|(it, _)| !it.starts_with("__")) {
        let effect = effects.of(*function);
        let returns = class.properties.iter().find(|(it, _)| it == function);
        let is_plain = !(effect.awaits || effect.state || effect.config);
        let call = format!("self.{}()", program.functions[*function].rust_name);
        match returns {
            Some((_, ty)) if is_plain && ty.is_dynamic() && !shared.contains(function) => {
                match effect.raises {
                    true if *ty == Ty::Value => {
                        raising.push_str(&format!("{method:?} => {call},\n"));
                    }
                    true => raising.push_str(&format!("{method:?} => {call}.map(Value::from),\n")),
                    false => {
                        let value = converted(&call, ty);
                        arms.push_str(&format!("{method:?} => Some({value}),\n"));
                    }
                }
            }
            _ => refused.push(format!("{method:?}")),
        }
    }
    let found = match class.is_open {
        true => "self.attributes.find(name)",
        false => "None",
    };
    if class.is_open {
        arms.push_str("\"__dict__\" => Some(self.attributes.clone().into()),\n");
    }
    let read = match arms.is_empty() {
        true if class.is_open => {
            format!("fn attribute(&self, name: &str) -> Option<Value> {{ {found} }}\n")
        }
        true => format!("fn attribute(&self, _name: &str) -> Option<Value> {{ {found} }}\n"),
        false => format!(
            "fn attribute(&self, name: &str) -> Option<Value> {{ match name {{\n{arms}_ => {found},\n}} }}\n"
        ),
    };
    if !refused.is_empty() {
        raising.push_str(&format!(
            "{} => Err(error::untranslated(format!(\"the attribute {{name}} of a {name}\"))),\n",
            refused.join(" | ")
        ));
    }
    let raising = (!raising.is_empty()).then(|| {
        format!(
            "fn read_attribute(&self, name: &str) -> Result<Value> {{ match name {{\n{raising}\
             _ => object::Object::attribute(self, name).ok_or_else(|| object::lacks({name:?}, name)),\n}} }}\n"
        )
    });
    (read, raising)
}

/// Stores to attributes of values of unknown type.
fn stores(class: &LoweredClass) -> Option<String> {
    let head = "fn set_attribute(&self, name: &str, value: Value) -> Result<()>";
    if class.assigned.is_empty() {
        return None;
    }
    if class.is_open {
        return Some(format!(
            "{head} {{\nself.attributes.insert(name, value);\nOk(())\n}}\n"
        ));
    }
    let fields = class
        .fields
        .iter()
        .filter(|(it, ..)| class.assigned.contains(it));
    let arms: String = fields
        .map(|(field, ..)| {
            let place = rust_name(field);
            format!("{field:?} => {{ self.{place}.replace(value); }}\n")
        })
        .collect();
    if arms.is_empty() {
        let refused = "fn set_attribute(&self, name: &str, _value: Value) -> Result<()> {\n\
            Err(error::untranslated(format!(\"setting {name} of a {}\", self.type_name())))\n}\n";
        return Some(refused.to_owned());
    }
    Some(format!(
        "{head} {{\nmatch name {{\n{arms}_ => return Err(error::untranslated(format!(\"setting {{name}} of a {{}}\", self.type_name()))),\n}}\nOk(())\n}}\n"
    ))
}

/// How it is shown, and for a dataclass, what it equals.
fn shown(program: &Program<'_>, class: &LoweredClass) -> Vec<String> {
    let it = &program.classes[class.index];
    let name = &it.name;
    let Some(fields) = &class.data else {
        let module = &program.modules[it.module].name;
        return vec![format!(
            "fn representation(&self) -> String {{ format!(\"<{module}.{name} object at {{self:p}}>\") }}\n"
        )];
    };
    let value = |owner: &str, field: &str| match class.fields.iter().find(|(it, ..)| it == field) {
        _ if class.is_open => format!("{owner}.attributes.find({field:?})"),
        Some((_, Ty::Value, false)) => format!("{owner}.{}", rust_name(field)),
        Some((_, ty, is_rebound)) => field_value(owner, field, ty, *is_rebound),
        None => "Value::None".to_owned(),
    };
    let shown: Vec<String> = fields.iter().map(|it| format!("{it}={{}}")).collect();
    let reprs = fields.iter().map(|field| match class.is_open {
        true => format!(
            ", {}.as_ref().map(ops::repr).unwrap_or_default()",
            value("self", field)
        ),
        false => format!(", ops::repr(&{})", value("self", field)),
    });
    let equal: Vec<String> = fields
        .iter()
        .map(|field| format!("{} == {}", value("self", field), value("other", field)))
        .collect();
    let equal = match equal.is_empty() {
        true => "let _: &Self = object::instance(other)?;\nSome(true)".to_owned(),
        false => format!(
            "let other: &Self = object::instance(other)?;\nSome({})",
            equal.join(" && ")
        ),
    };
    vec![
        format!("fn equals(&self, other: &Value) -> Option<bool> {{\n{equal}\n}}\n"),
        format!(
            "fn representation(&self) -> String {{ format!(\"{name}({})\"{}) }}\n",
            shown.join(", "),
            reprs.collect::<String>()
        ),
    ]
}

/// The names of a dataclass's fields, where something asks for them.
fn fields(class: &LoweredClass) -> Option<String> {
    let fields = class.data.as_ref().filter(|_| class.gives_fields)?;
    let names: Vec<String> = fields.iter().map(|it| format!("{it:?}")).collect();
    Some(format!(
        "fn data_fields(&self) -> Option<&'static [&'static str]> {{ Some(&[{}]) }}\n",
        names.join(", ")
    ))
}

/// A field as a value of unknown type.
fn field_value(owner: &str, field: &str, ty: &Ty, is_rebound: bool) -> String {
    let place = format!("{owner}.{}", rust_name(field));
    let read = match (is_rebound, ty.is_copy()) {
        (false, true) => place,
        (false, false) => format!("{place}.clone()"),
        (true, true) => format!("{place}.get()"),
        (true, false) => format!("{place}.borrow().clone()"),
    };
    converted(&read, ty)
}

fn converted(text: &str, ty: &Ty) -> String {
    match ty {
        Ty::Value => text.to_owned(),
        Ty::None | Ty::Never => "Value::None".to_owned(),
        _ => format!("Value::from({text})"),
    }
}

/// The methods of a class that use the instance beyond its attributes and other such methods, so that
/// they take it as it is shared.
pub(super) fn shared_methods(
    program: &Program<'_>,
    lowered: &Lowered,
    class: usize,
) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    loop {
        let before = found.len();
        for function in &lowered.functions {
            let is_own = program.functions[function.index].class == Some(class)
                && !super::module::is_static(program, function.index);
            if !is_own {
                continue;
            }
            let mut uses = Shares {
                program,
                known: &found,
                found: false,
            };
            uses.body(&function.body);
            if uses.found {
                found.insert(function.index);
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

struct Shares<'p, 'a> {
    program: &'p Program<'a>,
    known: &'p BTreeSet<usize>,
    found: bool,
}

impl Visitor for Shares<'_, '_> {
    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            Kind::Local(0) => self.found = true,
            Kind::Op(op) => {
                for (operand, mode) in &op.operands {
                    if !(operand.is_this() && *mode == Mode::Receiver) {
                        self.expr(operand);
                    }
                }
            }
            Kind::Call(call) => {
                let is_method = !super::module::is_static(self.program, call.function)
                    && self.program.functions[call.function].class.is_some()
                    && !self.known.contains(&call.function);
                for (at, argument) in call.arguments.iter().enumerate() {
                    if !(at == 0 && is_method && argument.is_this()) {
                        self.expr(argument);
                    }
                }
            }
            _ => self.walk_expr(expr),
        }
    }
}
