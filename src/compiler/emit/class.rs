//! Classes of the program in Rust: structs, enums, and how they are values of unknown type.

use super::module::doc_of;
use super::{Effects, Emitter, Source};
use crate::compiler::ir::Kind;
use crate::compiler::lower::{Enumeration, Lowered, LoweredClass};
use crate::compiler::program::{Program, rust_name};
use crate::compiler::types::Ty;

/// A class: its type, its methods, and how it is a value of unknown type.
pub(super) fn class(
    program: &Program<'_>,
    class: &LoweredClass,
    lowered: &Lowered,
    effects: &Effects,
    source: &mut Source,
) {
    match &class.enumeration {
        Some(found) => enumeration(program, class, found, source),
        None => structure(program, class, lowered, effects, source),
    }
    let it = &program.classes[class.index];
    let mut methods = String::new();
    for function in &lowered.functions {
        if program.functions[function.index].class == Some(class.index) {
            methods.push_str(&super::module::function(
                program, lowered, effects, function, source,
            ));
        }
    }
    if !methods.is_empty() {
        source
            .text
            .push_str(&format!("impl {} {{\n{methods}}}\n\n", it.name));
    }
}

fn structure(
    program: &Program<'_>,
    class: &LoweredClass,
    lowered: &Lowered,
    effects: &Effects,
    source: &mut Source,
) {
    let it = &program.classes[class.index];
    if !class.is_made {
        let doc = doc_of(&it.def.body, "");
        source.text.push_str(&format!(
            "{doc}#[allow(dead_code, reason = \"a place for functions\")]\npub struct {};\n\n",
            it.name
        ));
        return;
    }
    let body = &crate::compiler::ir::Body::default();
    let mut emitter = Emitter::new(program, lowered, effects, body, it.module);
    let mut fields = String::new();
    if class.is_open {
        fields.push_str("    pub attributes: Dict,\n");
    }
    let known = class.fields.iter().filter(|_| !class.is_open);
    for (name, ty, is_rebound) in known {
        let ty_text = emitter.owned_type(ty);
        let ty_text = match (is_rebound, ty.is_copy()) {
            (false, _) => ty_text,
            (true, true) => format!("Cell<{ty_text}>"),
            (true, false) => format!("RefCell<{ty_text}>"),
        };
        fields.push_str(&format!("    pub {}: {ty_text},\n", rust_name(name)));
    }
    let name = &it.name;
    let doc = doc_of(&it.def.body, "");
    let mut text = format!("{doc}pub struct {name} {{\n{fields}}}\n\n");
    if class.is_open {
        text.push_str(&format!(
            "impl {name} {{\n/// The value of an attribute.\n\
             pub fn attribute(&self, name: &str) -> Result<Value> {{\n\
             self.attributes.find(name).ok_or_else(|| error::attribute_error({name:?}, name))\n}}\n}}\n\n"
        ));
    }
    if class.is_dynamic {
        text.push_str(&super::object::instance(
            program,
            class,
            effects,
            &mut emitter,
        ));
    }
    source.needs.append(&mut emitter.needs);
    source.text.push_str(&text);
}

/// An enum of the members, with what is asked of them.
fn enumeration(
    program: &Program<'_>,
    class: &LoweredClass,
    found: &Enumeration,
    source: &mut Source,
) {
    let it = &program.classes[class.index];
    let name = &it.name;
    let variants: Vec<&str> = found.members.iter().map(|it| it.variant.as_str()).collect();
    let doc = doc_of(&it.def.body, "");
    source.text.push_str(&format!(
        "{doc}#[allow(dead_code, reason = \"members that nothing names\")]\n\
         #[derive(Debug, Clone, Copy, PartialEq, Eq)]\npub enum {name} {{ {} }}\n\n",
        variants.join(", ")
    ));
    let is_used = |what: &str| class.used.contains(what);
    let looks_up = is_used("of_value") || is_used("of_name");
    let mut parts = String::new();
    if is_used("ALL") || looks_up {
        let all: Vec<String> = variants.iter().map(|it| format!("Self::{it}")).collect();
        parts.push_str(&format!(
            "/// The members, in order.\npub const ALL: [Self; {}] = [{}];\n\n",
            all.len(),
            all.join(", ")
        ));
    }
    let arms = |value: &dyn Fn(&crate::compiler::lower::Member) -> String| {
        let arms = found.members.iter();
        let arms = arms.map(|it| format!("Self::{} => {},\n", it.variant, value(it)));
        arms.collect::<String>()
    };
    if is_used("name") || is_used("of_name") || class.is_dynamic {
        parts.push_str(&format!(
            "/// The member's name.\npub fn name(self) -> &'static str {{ match self {{ {} }} }}\n\n",
            arms(&|it| format!("{:?}", it.name))
        ));
    }
    if is_used("value") || is_used("of_value") || class.is_dynamic {
        parts.push_str(&format!(
            "/// The member's value.\npub fn value(self) -> {} {{ match self {{ {} }} }}\n\n",
            value_type(&found.value),
            arms(&|it| constant(&it.value.kind, found.value == Ty::Value))
        ));
    }
    if is_used("of_value") {
        parts.push_str(&of_value(name, class.is_dynamic, &found.value));
    }
    if is_used("of_name") {
        parts.push_str(&of_name(found));
    }
    if !parts.is_empty() {
        source
            .text
            .push_str(&format!("impl {name} {{\n{parts}}}\n\n"));
    }
    if class.is_dynamic {
        source
            .text
            .push_str(&member_as_value(program, class, &found.value));
    }
}

/// An expression of a type as a value of unknown type.
fn dynamic(text: &str, ty: &Ty) -> String {
    match ty {
        Ty::Value => text.to_owned(),
        _ => format!("Value::from({text})"),
    }
}

fn value_type(ty: &Ty) -> &'static str {
    match ty {
        Ty::Int => "i64",
        Ty::Float => "f64",
        Ty::Bool => "bool",
        Ty::Str => "&'static str",
        _ => "Value",
    }
}

/// A member's value, which may be one of several types.
fn constant(kind: &Kind, is_unknown: bool) -> String {
    let text = match kind {
        Kind::Int(value) => value.to_string(),
        Kind::Float(value) => format!("{value:?}"),
        Kind::Bool(value) => value.to_string(),
        Kind::Str(text) => format!("{text:?}"),
        _ => return "Value::None".to_owned(),
    };
    match (kind, is_unknown) {
        (_, false) => text,
        (Kind::Int(_), true) => format!("Value::Int({text})"),
        (Kind::Float(_), true) => format!("Value::Float({text})"),
        (Kind::Bool(_), true) => format!("Value::Bool({text})"),
        (_, true) => format!("Value::from({text})"),
    }
}

/// The look-up of a member by its value; a member is its own.
fn of_value(name: &str, is_dynamic: bool, ty: &Ty) -> String {
    let value = match ty {
        Ty::Float => "Value::Float(it.value())",
        _ => "it.value()",
    };
    let own = match is_dynamic {
        true => "if let Some(member) = object::instance(value) { return Ok(*member); }\n",
        false => "",
    };
    format!(
        "/// As `{name}(value)`.\npub fn of_value(value: &Value) -> Result<Self> {{\n{own}\
         let mut members = Self::ALL.into_iter();\n\
         let member = members.find(|it| *value == {value});\n\
         member.ok_or_else(|| error::value_error(format!(\"{{}} is not a valid {name}\", ops::repr(value))))\n}}\n\n"
    )
}

/// The look-up of a member by any of its names.
fn of_name(found: &Enumeration) -> String {
    let aliases: String = found
        .aliases
        .iter()
        .map(|(alias, at)| {
            let variant = &found.members[*at].variant;
            format!("if *name == {alias:?} {{ return Ok(Self::{variant}); }}\n")
        })
        .collect();
    format!(
        "/// The member of a name.\npub fn of_name(name: &Value) -> Result<Self> {{\n\
         equal::check_hashable(name)?;\n{aliases}\
         let mut members = Self::ALL.into_iter();\n\
         members.find(|it| *name == it.name()).ok_or_else(|| error::key_error(name))\n}}\n\n"
    )
}

/// Members as values of unknown type.
fn member_as_value(program: &Program<'_>, class: &LoweredClass, ty: &Ty) -> String {
    let value = dynamic("self.value()", ty);
    let copied = match class.gives_fields {
        true => "fn is_its_copy(&self) -> bool { true }\n\n",
        false => "",
    };
    let it = &program.classes[class.index];
    let name = &it.name;
    let methods: Vec<String> = it.methods.keys().map(|it| format!("{it:?}")).collect();
    let methods = match methods.is_empty() {
        true => String::new(),
        false => format!(
            "fn read_attribute(&self, name: &str) -> Result<Value> {{ match name {{\n\
             {} => Err(error::untranslated(format!(\"the attribute {{name}} of a {name}\"))),\n\
             _ => self.attribute(name).ok_or_else(|| error::attribute_error({name:?}, name)),\n}} }}\n\n",
            methods.join(" | ")
        ),
    };
    format!(
        "impl object::Object for {name} {{\n\
         fn type_name(&self) -> &'static str {{ {name:?} }}\n\n\
         fn attribute(&self, name: &str) -> Option<Value> {{ match name {{\n\
         \"name\" | \"_name_\" => Some(self.name().into()),\n\
         \"value\" | \"_value_\" => Some({value}),\n_ => None,\n}} }}\n\n{methods}\
         fn is_true(&self) -> bool {{ true }}\n\n{copied}\
         fn equals(&self, other: &Value) -> Option<bool> {{ Some(object::instance(other) == Some(self)) }}\n\n\
         fn hash_key(&self) -> Option<Value> {{ Some(self.name().into()) }}\n\n\
         fn representation(&self) -> String {{\n\
         let value = ops::repr(&{value});\n\
         format!(\"<{name}.{{}}: {{value}}>\", self.name())\n}}\n\n\
         fn text(&self) -> String {{ format!(\"{name}.{{}}\", self.name()) }}\n\n\
         fn format(&self, spec: &str) -> Result<String> {{ format::format(&self.text().into(), spec) }}\n}}\n\n\
         impl From<{name}> for Value {{\nfn from(member: {name}) -> Self {{ Self::Object(Rc::new(member)) }}\n}}\n\n"
    )
}
