//! Enumerations of the program: classes whose members are known while compiling.
//!
//! A member is a variant of a Rust enum. One of a class that is a `str` or an `int` too is taken for
//! its value where a value is asked for; as a value of unknown type it would have to be both, so
//! that is refused.

use std::collections::BTreeSet;
use std::rc::Rc;

use heck::ToUpperCamelCase;
use ruff_python_ast::{Expr as PyExpr, Stmt as PyStmt};
use ruff_text_size::{Ranged, TextRange};

use super::Lowerer;
use super::arguments::Arguments;
use crate::compiler::ir::{Cond, Expr, Iterable, Kind, Mode};
use crate::compiler::program::{Entity, is_immutable, unique};
use crate::compiler::types::{Mixin, Ty};
use crate::diagnostic::Code;

/// A class of members.
#[derive(Debug, Clone)]
pub struct Enumeration {
    /// What its members are besides.
    pub mixin: Mixin,
    /// Whether `str()` of a member is that of its value (`IntEnum`, `StrEnum`).
    pub is_plain_text: bool,
    /// The members, in order.
    pub members: Vec<Member>,
    /// Other names of members, by index.
    pub aliases: Vec<(String, usize)>,
    /// The type of the members' values.
    pub value: Ty,
}

/// A member.
#[derive(Debug, Clone)]
pub struct Member {
    /// Its name in Python.
    pub name: String,
    /// Its name in Rust.
    pub variant: String,
    /// Its value.
    pub value: Expr,
}

impl Enumeration {
    /// The index of a member, by any of its names.
    pub fn member(&self, name: &str) -> Option<usize> {
        let by_name = self.members.iter().position(|it| it.name == name);
        let alias = || self.aliases.iter().find(|(alias, _)| alias == name);
        by_name.or_else(|| alias().map(|(_, at)| *at))
    }
}

/// What a class inherits from makes it.
fn kind(bases: &[Entity]) -> Option<(Mixin, bool)> {
    let names: Vec<&str> = bases
        .iter()
        .filter_map(|base| match base {
            Entity::External(name) => Some(name.as_str()),
            _ => None,
        })
        .collect();
    match names[..] {
        ["enum.Enum"] => Some((Mixin::None, false)),
        ["enum.IntEnum"] => Some((Mixin::Int, true)),
        ["enum.StrEnum"] => Some((Mixin::Str, true)),
        ["str", "enum.Enum"] => Some((Mixin::Str, false)),
        ["int", "enum.Enum"] => Some((Mixin::Int, false)),
        _ => None,
    }
}

impl Lowerer<'_, '_> {
    /// A class as an enumeration, if it is one that can be translated.
    pub fn enumeration(&mut self, class: usize) -> Option<Rc<Enumeration>> {
        if let Some(known) = self.types.enumerations.get(&class) {
            return known.clone();
        }
        let bases = self.bases(class);
        let found = kind(&bases).and_then(|(mixin, is_plain_text)| {
            let outer = std::mem::replace(&mut self.module, self.program.classes[class].module);
            let names = std::mem::take(&mut self.names);
            let found = self.quietly(|this| this.members_of(class, mixin, is_plain_text));
            self.names = names;
            self.module = outer;
            found.map(Rc::new)
        });
        self.types.enumerations.insert(class, found.clone());
        found
    }

    /// Whether a class inherits from one of the module `enum`.
    pub fn is_enumeration(&mut self, class: usize) -> bool {
        self.bases(class).iter().any(|base| match base {
            Entity::External(name) => name.starts_with("enum."),
            Entity::Class(base) => *base != class && self.is_enumeration(*base),
            _ => false,
        })
    }

    fn members_of(
        &mut self,
        class: usize,
        mixin: Mixin,
        is_plain_text: bool,
    ) -> Option<Enumeration> {
        let def = self.program.classes[class].def;
        let is_unique = |decorator: &ruff_python_ast::Decorator| {
            self.names_external(self.module, &decorator.expression, "enum.unique")
        };
        let unique_only = def.decorator_list.iter().map(is_unique).collect::<Vec<_>>();
        if def.arguments.iter().any(|it| !it.keywords.is_empty()) || unique_only.contains(&false) {
            return None;
        }
        let mut found = Enumeration {
            mixin,
            is_plain_text,
            members: Vec::new(),
            aliases: Vec::new(),
            value: Ty::Never,
        };
        let mut variants = BTreeSet::from(["Self".to_owned()]);
        let mut autos = 0;
        for stmt in &def.body {
            let (name, value) = match stmt {
                PyStmt::Assign(it) => match &it.targets[..] {
                    [PyExpr::Name(name)] => (name.id.as_str(), &*it.value),
                    _ => return None,
                },
                PyStmt::AnnAssign(it) => match (&*it.target, &it.value) {
                    (PyExpr::Name(name), Some(value)) => (name.id.as_str(), &**value),
                    _ => return None,
                },
                PyStmt::FunctionDef(it) if is_plain_method(&it.name) => continue,
                PyStmt::Pass(_) => continue,
                PyStmt::Expr(it) if it.value.is_string_literal_expr() => continue,
                _ => return None,
            };
            if name.starts_with('_') || name == "mro" {
                return None;
            }
            let is_auto = matches!(value, PyExpr::Call(call) if call.arguments.is_empty()
                && self.names_external(self.module, &call.func, "enum.auto"));
            autos += usize::from(is_auto);
            let value = match is_auto {
                true => {
                    let number = i64::try_from(found.members.len()).ok()? + 1;
                    Expr::new(Kind::Int(number), Ty::Int, value.range())
                }
                false => self.member_value(value)?,
            };
            let fits = match mixin {
                Mixin::None => true,
                Mixin::Str => value.ty == Ty::Str,
                Mixin::Int => value.ty == Ty::Int,
            };
            if !fits || found.member(name).is_some() {
                return None;
            }
            let same = |it: &Member| is_same_value(&it.value, &value);
            if let Some(at) = found.members.iter().position(same) {
                found.aliases.push((name.to_owned(), at));
                continue;
            }
            found.members.push(Member {
                name: name.to_owned(),
                variant: unique(name.to_upper_camel_case(), &mut variants),
                value,
            });
        }
        let is_odd = autos > 0 && (autos != found.members.len() || mixin != Mixin::None)
            || found.members.is_empty()
            || !unique_only.is_empty() && !found.aliases.is_empty()
            || found
                .members
                .iter()
                .any(|it| !it.variant.starts_with(|it: char| it.is_ascii_uppercase()));
        if is_odd {
            return None;
        }
        let mut types = found.members.iter().map(|it| &it.value.ty);
        let first = types.next()?.clone();
        found.value = types
            .try_fold(first, |ty, other| (ty == *other).then_some(ty))
            .filter(|ty| !matches!(ty, Ty::Tuple(_) | Ty::None))
            .unwrap_or(Ty::Value);
        Some(found)
    }

    fn member_value(&mut self, value: &PyExpr) -> Option<Expr> {
        let is_constant =
            is_immutable(value) && !value.is_tuple_expr() || value.is_none_literal_expr();
        is_constant.then(|| self.expr(value))
    }

    /// `Class.name` of an enumeration.
    pub fn enumeration_attribute(&mut self, class: usize, name: &str, range: TextRange) -> Expr {
        let found = &self.program.classes[class];
        if let Some(enumeration) = self.enumeration(class) {
            if let Some(at) = enumeration.member(name) {
                return self.member(class, &enumeration, at, range);
            }
            if name == "__name__" {
                return Expr::text(found.name.clone(), range);
            }
            if let Some(method) = found.methods.get(name) {
                return Expr::new(
                    Kind::Static,
                    crate::compiler::program::entity(Entity::Function(*method)),
                    range,
                );
            }
            let message = format!("`{}` has no member `{name}`", found.name);
            return self.refuse(range, Code::UnknownType, message, "");
        }
        self.refuse_enumeration(class, range)
    }

    fn refuse_enumeration(&mut self, class: usize, range: TextRange) -> Expr {
        let what = format!("the enumeration `{}`", self.program.classes[class].name);
        self.unsupported_with(
            range,
            &what,
            "let it inherit from `Enum`, `IntEnum`, `StrEnum` or `str, Enum`, with constants as members and without special methods",
        )
    }

    fn member(&mut self, class: usize, found: &Enumeration, at: usize, range: TextRange) -> Expr {
        self.types.use_class(class);
        let path = self.class_path(class);
        let template = format!("{path}::{}", found.members[at].variant);
        Expr::op(&template, Vec::new(), Ty::Member(class, found.mixin), range)
    }

    /// The members as what a loop runs over.
    pub fn run_over(&mut self, class: usize, range: TextRange) -> Option<Iterable> {
        let found = self.enumeration(class)?;
        self.types.use_class(class);
        self.types.use_members(class, "ALL");
        let template = format!("{}::ALL.into_iter()", self.class_path(class));
        Some(Iterable {
            expr: Expr::op(&template, Vec::new(), Ty::Never, range),
            item: Ty::Member(class, found.mixin),
            steps: crate::compiler::ir::Steps::Plain,
        })
    }

    /// `Class(value)`, `Class[name]`.
    pub fn member_of(
        &mut self,
        class: usize,
        value: Expr,
        by_name: bool,
        range: TextRange,
    ) -> Expr {
        let Some(found) = self.enumeration(class) else {
            return self.refuse_enumeration(class, range);
        };
        if value.ty == Ty::Member(class, found.mixin) && !by_name {
            return value;
        }
        if let (true, Kind::Str(name)) = (by_name, &value.kind)
            && let Some(at) = found.member(name)
        {
            return self.member(class, &found, at, range);
        }
        self.types.use_class(class);
        let function = if by_name { "of_name" } else { "of_value" };
        self.types.use_members(class, function);
        let path = self.class_path(class);
        let value = self.dynamic(value);
        let template = format!("{path}::{function}({{0}})");
        let ty = Ty::Member(class, found.mixin);
        Expr::op(&template, vec![(value, Mode::Ref)], ty, range).raising()
    }

    /// `Class(…)` of an enumeration.
    pub fn construct_member(
        &mut self,
        class: usize,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Expr {
        match &arguments.positional[..] {
            [only]
                if arguments.len() == 1
                    && arguments.rest.is_none()
                    && arguments.spread.is_none() =>
            {
                self.member_of(class, only.value.clone(), false, range)
            }
            _ => self.unsupported(
                range,
                "a call of an enumeration that is no look-up of a member",
            ),
        }
    }

    /// An attribute of a member.
    pub fn member_attribute(
        &mut self,
        value: Expr,
        class: usize,
        name: &str,
        range: TextRange,
    ) -> Expr {
        let Some(found) = self.enumeration(class) else {
            return self.refuse_enumeration(class, range);
        };
        match name {
            "value" | "_value_" => {
                self.member_part(value, class, "value", found.value.clone(), range)
            }
            "name" | "_name_" => self.member_part(value, class, "name", Ty::Str, range),
            _ => {
                let method = self.program.classes[class].methods.get(name).copied();
                match method {
                    Some(method) if self.is_property(method) => {
                        self.call_function(method, Some(value), &Arguments::default(), range)
                    }
                    _ => {
                        let what = format!("the attribute `{name}` of a member");
                        self.unsupported(range, &what)
                    }
                }
            }
        }
    }

    fn member_part(
        &mut self,
        value: Expr,
        class: usize,
        part: &str,
        ty: Ty,
        range: TextRange,
    ) -> Expr {
        self.types.use_members(class, part);
        let is_text = ty == Ty::Str;
        let found = Expr::op(
            &format!("{{0}}.{part}()"),
            vec![(value, Mode::Receiver)],
            ty,
            range,
        );
        if is_text { found.borrowing() } else { found }
    }

    /// What a member that is a `str` or an `int` too is besides; other values as they are.
    pub fn underlying(&mut self, value: Expr) -> Expr {
        match value.ty {
            Ty::Member(class, Mixin::Str) => {
                let range = value.range;
                self.member_part(value, class, "value", Ty::Str, range)
            }
            Ty::Member(class, Mixin::Int) => {
                let range = value.range;
                self.member_part(value, class, "value", Ty::Int, range)
            }
            Ty::Static(ref found) => match crate::compiler::mapping::underlying(found) {
                Some(number) => Expr::new(Kind::Int(number), Ty::Int, value.range),
                None => value,
            },
            _ => value,
        }
    }

    /// What is formatted where a member is.
    pub fn member_shown(&mut self, value: Expr, class: usize) -> Expr {
        match self.shows_value(class, true) {
            true => self.underlying(value),
            false => self.member_name(value, class),
        }
    }

    /// `str(member)`.
    pub fn member_text(&mut self, value: Expr, class: usize) -> Expr {
        match self.shows_value(class, false) {
            true => {
                let value = self.underlying(value);
                self.str(value)
            }
            false => self.member_name(value, class),
        }
    }

    /// Whether the text of a member is that of its value. Up to Python 3.10, a format shows the value
    /// of what is mixed in, and `str()` never does.
    fn shows_value(&mut self, class: usize, is_format: bool) -> bool {
        let is_new = self.program.python_minor >= 11;
        let Some(found) = self.enumeration(class) else {
            return false;
        };
        match (found.mixin, found.is_plain_text) {
            (Mixin::None, _) => false,
            (Mixin::Str, true) => true,
            (Mixin::Int, true) => is_new || is_format,
            (_, false) => is_format && !is_new,
        }
    }

    /// `Class.NAME` of a member.
    fn member_name(&mut self, value: Expr, class: usize) -> Expr {
        let range = value.range;
        let class_name = &self.program.classes[class].name;
        let name = self.member_part(value, class, "name", Ty::Str, range);
        let pieces = vec![
            crate::compiler::ir::Piece::Text(format!("{class_name}.")),
            crate::compiler::ir::Piece::Plain(name),
        ];
        self.formatted(pieces, range)
    }

    /// Whether two members are the same, where both are of plain enumerations.
    pub fn same_member(&mut self, left: &Expr, right: &Expr, range: TextRange) -> Option<Cond> {
        match (&left.ty, &right.ty) {
            (Ty::Member(one, _), Ty::Member(other, _)) if one == other => {
                if let (Some(one), Some(other)) = (literal(left), literal(right)) {
                    return Some(Cond::Expr(Expr::new(
                        Kind::Bool(one == other),
                        Ty::Bool,
                        range,
                    )));
                }
                let operands = vec![
                    (left.clone(), Mode::Receiver),
                    (right.clone(), Mode::Receiver),
                ];
                Some(Cond::Expr(Expr::op(
                    "{0} == {1}",
                    operands,
                    Ty::Bool,
                    range,
                )))
            }
            _ => None,
        }
    }
}

/// The Rust path of a member that is named.
pub(super) fn literal(value: &Expr) -> Option<&str> {
    match (&value.kind, &value.ty) {
        (Kind::Op(op), Ty::Member(..)) if op.operands.is_empty() => Some(&op.template),
        _ => None,
    }
}

/// Whether a method is no special one, and hides nothing that members have.
fn is_plain_method(name: &str) -> bool {
    !name.starts_with('_') && !["name", "value", "of_name", "of_value"].contains(&name)
}

/// Whether Python takes two constants for equal.
fn is_same_value(one: &Expr, other: &Expr) -> bool {
    let number = |it: &Expr| match it.kind {
        Kind::Int(value) => Some(value as f64),
        Kind::Float(value) => Some(value),
        Kind::Bool(value) => Some(f64::from(u8::from(value))),
        _ => None,
    };
    match (&one.kind, &other.kind) {
        (Kind::Str(a), Kind::Str(b)) => a == b,
        (Kind::None, Kind::None) => true,
        (Kind::Int(a), Kind::Int(b)) => a == b,
        _ => number(one).is_some() && number(one) == number(other),
    }
}
