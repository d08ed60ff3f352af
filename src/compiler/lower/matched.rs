//! `match`: a chain of conditions over what the patterns ask of the subject.
//!
//! Refused: alternatives that bind names, classes that say themselves how they are matched.

use ruff_python_ast::{CmpOp, MatchCase, Pattern, Singleton, StmtMatch};
use ruff_text_size::{Ranged, TextRange};

use super::Lowerer;
use crate::compiler::ir::{Cond, Expr, Kind, Mode, Stmt, StmtKind};
use crate::compiler::program::Entity;
use crate::compiler::types::Ty;

/// What a pattern asks of a subject, and the names that it binds to parts of it.
#[derive(Default)]
struct Asked {
    conditions: Vec<Cond>,
    bound: Vec<(String, Expr)>,
}

/// Builtin classes whose one argument is the subject itself.
const WHOLE: [&str; 9] = [
    "bool", "bytes", "dict", "float", "int", "list", "set", "str", "tuple",
];

impl Lowerer<'_, '_> {
    /// A `match` statement.
    pub(super) fn match_statement(&mut self, it: &StmtMatch, found: &mut Vec<Stmt>) {
        let subject = self.expr(&it.subject);
        let subject = self.seen_by_patterns(subject);
        let subject = match subject.kind {
            Kind::Tuple(items) => {
                let items = items.into_iter();
                let items = items.map(|item| {
                    let item = self.seen_by_patterns(item);
                    self.bound_once(item, "subject", found)
                });
                let items: Vec<Expr> = items.collect();
                let ty = Ty::Tuple(items.iter().map(|it| it.ty.clone()).collect());
                Expr::new(Kind::Tuple(items), ty, subject.range)
            }
            kind => {
                let value = Expr::new(kind, subject.ty, subject.range);
                self.bound_once(value, "subject", found)
            }
        };
        self.cases(&it.cases, &subject, found);
    }

    /// Containers are asked as values.
    fn seen_by_patterns(&mut self, subject: Expr) -> Expr {
        match subject.ty {
            Ty::List | Ty::Dict | Ty::Set => self.dynamic(subject),
            _ => subject,
        }
    }

    fn cases(&mut self, cases: &[MatchCase], subject: &Expr, found: &mut Vec<Stmt>) {
        let Some((case, others)) = cases.split_first() else {
            return;
        };
        let range = case.range;
        let mut asked = Asked::default();
        self.pattern(&case.pattern, subject, &mut asked);
        let holds = |cond: &Cond, value: bool| matches!(cond, Cond::Expr(Expr { kind: Kind::Bool(it), .. }) if *it == value);
        if asked.conditions.iter().any(|it| holds(it, false)) {
            self.cases(others, subject, found);
            return;
        }
        let mut conditions = asked.conditions;
        conditions.retain(|it| !holds(it, true));
        let mut bound = Vec::new();
        for (name, value) in asked.bound {
            self.assign_name(&name, value, range, &mut bound);
        }
        if let Some(guard) = &case.guard {
            let guard = self.cond(guard);
            conditions.push(match bound.is_empty() {
                true => guard,
                false => {
                    let guard = Expr::new(Kind::Cond(Box::new(guard)), Ty::Bool, range);
                    let kind = Kind::Block(std::mem::take(&mut bound), Box::new(guard));
                    Cond::Expr(Expr::new(kind, Ty::Bool, range))
                }
            });
        }
        let cond = match conditions.len() {
            0 => {
                found.extend(bound);
                found.extend(self.stmts(&case.body));
                return;
            }
            1 => conditions.remove(0),
            _ => Cond::And(conditions),
        };
        let then = self.under(&cond, true, |this| {
            bound.extend(this.stmts(&case.body));
            bound
        });
        let otherwise = self.under(&cond, false, |this| {
            let mut otherwise = Vec::new();
            this.cases(others, subject, &mut otherwise);
            otherwise
        });
        found.push(Stmt {
            kind: StmtKind::If(cond, then, otherwise),
            range,
        });
    }

    fn pattern(&mut self, pattern: &Pattern, subject: &Expr, asked: &mut Asked) {
        let range = pattern.range();
        if subject.ty == Ty::Never && !matches!(subject.kind, Kind::Tuple(_)) {
            self.unknown(range);
        }
        match pattern {
            Pattern::MatchValue(it) => {
                let value = self.expr(&it.value);
                let equal = self.compared(subject.clone(), CmpOp::Eq, value, range);
                asked.conditions.push(equal);
            }
            Pattern::MatchSingleton(it) => {
                let value = match it.value {
                    Singleton::None => Expr::none(range),
                    Singleton::True => Expr::new(Kind::Bool(true), Ty::Bool, range),
                    Singleton::False => Expr::new(Kind::Bool(false), Ty::Bool, range),
                };
                let same = self.compared(subject.clone(), CmpOp::Is, value, range);
                asked.conditions.push(same);
            }
            Pattern::MatchAs(it) => {
                if let Some(inner) = &it.pattern {
                    self.pattern(inner, subject, asked);
                }
                if let Some(name) = &it.name {
                    asked.bound.push((name.to_string(), subject.clone()));
                }
            }
            Pattern::MatchOr(it) => {
                let mut any = Vec::new();
                for inner in &it.patterns {
                    let mut found = Asked::default();
                    self.pattern(inner, subject, &mut found);
                    if !found.bound.is_empty() {
                        self.unsupported(range, "a pattern with alternatives that bind names");
                    }
                    any.push(Cond::And(found.conditions).plain(range));
                }
                asked.conditions.push(Cond::Or(any));
            }
            Pattern::MatchSequence(it) => self.sequence(&it.patterns, subject, range, asked),
            Pattern::MatchMapping(it) => {
                let subject = self.dynamic(subject.clone());
                let is_dict = self.asked_of("matches!({0}, Value::Dict(_))", &subject, range);
                asked.conditions.push(is_dict);
                let mut keys = Vec::new();
                for (key, inner) in it.keys.iter().zip(&it.patterns) {
                    let key = self.expr(key);
                    let key = self.dynamic(key);
                    let operands = vec![(subject.clone(), Mode::Ref), (key.clone(), Mode::Ref)];
                    let has = Expr::op("matching::has_key({0}, {1})", operands, Ty::Bool, range);
                    let has = has.raising().item("matching", "has_key");
                    asked.conditions.push(Cond::Expr(has));
                    let item = self.item_of(subject.clone(), key.clone(), inner.range());
                    self.pattern(inner, &item, asked);
                    keys.push(key);
                }
                if let Some(rest) = &it.rest {
                    let holes: Vec<String> =
                        (1..=keys.len()).map(|it| format!("{{{it}}}")).collect();
                    let template = format!("matching::without({{0}}, &[{}])", holes.join(", "));
                    let mut operands = vec![(subject, Mode::Ref)];
                    operands.extend(keys.into_iter().map(|it| (it, Mode::Owned)));
                    let rest_of = Expr::op(&template, operands, Ty::Dict, range);
                    let rest_of = rest_of.raising().item("matching", "without");
                    asked.bound.push((rest.to_string(), rest_of));
                }
            }
            Pattern::MatchClass(it) => self.class_pattern(it, subject, asked),
            Pattern::MatchStar(it) => {
                self.unsupported(it.range, "this pattern");
            }
        }
    }

    /// A condition that a piece of Rust asks of a subject.
    fn asked_of(&self, template: &str, subject: &Expr, range: TextRange) -> Cond {
        let operands = vec![(subject.clone(), Mode::Ref)];
        Cond::Expr(Expr::op(template, operands, Ty::Bool, range))
    }

    fn sequence(
        &mut self,
        patterns: &[Pattern],
        subject: &Expr,
        range: TextRange,
        asked: &mut Asked,
    ) {
        let star = patterns
            .iter()
            .position(|it| matches!(it, Pattern::MatchStar(_)));
        let count = patterns.len();
        if let (Ty::Tuple(items), None) = (&subject.ty, star) {
            let fits = Kind::Bool(items.len() == count);
            let fits = Expr::new(fits, Ty::Bool, range);
            asked.conditions.push(Cond::Expr(fits));
            if items.len() != count {
                return;
            }
            for (at, inner) in patterns.iter().enumerate() {
                let at = Expr::new(Kind::Int(at as i64), Ty::Int, inner.range());
                let item = self.item_of(subject.clone(), at, inner.range());
                self.pattern(inner, &item, asked);
            }
            return;
        }
        let subject = self.dynamic(subject.clone());
        let (name, least) = match star {
            Some(_) => ("has_items", count - 1),
            None => ("is_sequence", count),
        };
        let template = format!("matching::{name}({{0}}, {least})");
        let operands = vec![(subject.clone(), Mode::Ref)];
        let fits = Expr::op(&template, operands, Ty::Bool, range).item("matching", name);
        asked.conditions.push(Cond::Expr(fits));
        for (at, inner) in patterns.iter().enumerate() {
            if let Pattern::MatchStar(it) = inner {
                let Some(name) = &it.name else {
                    continue;
                };
                let template = format!("matching::rest({{0}}, {at}, {})", count - at - 1);
                let operands = vec![(subject.clone(), Mode::Ref)];
                let rest = Expr::op(&template, operands, Ty::List, it.range);
                let rest = rest.raising().item("matching", "rest");
                asked.bound.push((name.to_string(), rest));
                continue;
            }
            let index = match star {
                Some(star) if at > star => at as i64 - count as i64,
                _ => at as i64,
            };
            let index = Expr::new(Kind::Int(index), Ty::Int, inner.range());
            let item = self.item_of(subject.clone(), index, inner.range());
            self.pattern(inner, &item, asked);
        }
    }

    fn class_pattern(
        &mut self,
        it: &ruff_python_ast::PatternMatchClass,
        subject: &Expr,
        asked: &mut Asked,
    ) {
        let range = it.range;
        let class = self.expr(&it.cls);
        let Ty::Static(found) = class.ty else {
            self.unsupported(range, "this class");
            return;
        };
        let (subject, mut attributes) = (subject.clone(), Vec::new());
        let subject = match subject.is_simple() || matches!(subject.ty, Ty::Value | Ty::Option(_)) {
            true => subject,
            false => self.dynamic(subject),
        };
        let is = self.is_instance(subject.clone(), &it.cls, range);
        asked.conditions.push(is);
        let patterns = &it.arguments.patterns;
        match &*found {
            Entity::External(name) if WHOLE.contains(&name.as_str()) => match &patterns[..] {
                [] => {}
                [inner] => self.pattern(inner, &subject, asked),
                _ => {
                    self.unsupported(range, "this pattern");
                }
            },
            Entity::Class(class) if !patterns.is_empty() => {
                let Some(fields) = self.data_field_names(*class) else {
                    self.unsupported(range, "a class that is matched by position");
                    return;
                };
                if fields.len() < patterns.len() {
                    self.unsupported(range, "this pattern");
                    return;
                }
                attributes.extend(fields.into_iter().zip(patterns));
            }
            Entity::Class(_) => {}
            _ if patterns.is_empty() && it.arguments.keywords.is_empty() => {}
            _ => {
                self.unsupported(range, "this pattern of a class");
            }
        }
        let keywords = it.arguments.keywords.iter();
        attributes.extend(keywords.map(|it| (it.attr.to_string(), &it.pattern)));
        for (name, inner) in attributes {
            let Entity::Class(class) = *found else {
                self.unsupported(range, "this pattern of a class");
                return;
            };
            if self.is_open(class) || self.has_known_attribute(class, &name) != Some(true) {
                self.unsupported(range, "an attribute that may be missing, in a pattern,");
                return;
            }
            let item = self.attribute_of(subject.clone(), &name, inner.range());
            self.pattern(inner, &item, asked);
        }
    }
}

impl Cond {
    /// The same, where it is of one part or none.
    fn plain(self, range: TextRange) -> Self {
        match self {
            Self::And(all) if all.is_empty() => {
                Self::Expr(Expr::new(Kind::Bool(true), Ty::Bool, range))
            }
            Self::And(mut all) if all.len() == 1 => all.remove(0),
            other => other,
        }
    }
}
