//! What is refused of classes, because it would be something else in Rust.

use ruff_python_ast::{Expr as PyExpr, Stmt as PyStmt};
use ruff_text_size::{Ranged, TextRange};

use super::Lowerer;
use super::fixpoint::stored_in;
use crate::compiler::ir::Expr;
use crate::compiler::program::{Class, assigned_names};

impl<'a> Lowerer<'_, 'a> {
    /// The refusal of a class whose instances cannot be translated.
    pub fn refuse_class(&mut self, class: usize, range: TextRange) -> Option<Expr> {
        let program = self.program;
        let found = &program.classes[class];
        let name = &found.name;
        if !self.bases(class).is_empty() || self.has_unknown_base(class) {
            let what = format!("`{name}`, which inherits from another class,");
            return Some(self.unsupported_with(range, &what, "write it as a class of its own"));
        }
        let keywords = found.def.arguments.iter().flat_map(|it| &it.keywords);
        if let Some(keyword) = keywords.clone().next() {
            return Some(self.unsupported(keyword.range(), "a metaclass"));
        }
        let is_data = self.has_decorator(found, "dataclasses.dataclass");
        for decorator in &found.def.decorator_list {
            let expr = &decorator.expression;
            let is_bare = match expr {
                PyExpr::Call(it) => it.arguments.is_empty(),
                _ => true,
            };
            if !is_bare || !is_data {
                let what = format!("the class decorator `@{}`", self.source(expr));
                return Some(self.unsupported(expr.range(), &what));
            }
        }
        let is_special = |it: &str| it.starts_with("__") && it.ends_with("__");
        let mut methods = found.methods.keys();
        if let Some(method) = methods.find(|it| is_special(it) && (is_data || *it != "__init__")) {
            let what = format!("`{name}`, which has `{method}`,");
            return Some(self.unsupported(range, &what));
        }
        if let Some(what) = odd_statement(found) {
            let what = format!("`{name}`, whose body has {what},");
            return Some(self.unsupported(range, &what));
        }
        let bound = assigned_names(&found.def.body);
        let is_set = |it: &&String| is_special(it) && !found.methods.contains_key(*it);
        if let Some(attribute) = bound.iter().find(is_set) {
            let what = format!("`{name}`, which sets `{attribute}`,");
            return Some(self.unsupported(range, &what));
        }
        let stored = self.own_stores(class);
        if let Some(attribute) = stored.iter().find(|it| found.methods.contains_key(*it)) {
            let what = format!("`{attribute}`, which is an attribute and a method of `{name}`,");
            return Some(self.unsupported_with(range, &what, "use two names"));
        }
        let is_private = |it: &&String| it.starts_with("__") && !is_special(it);
        if self.is_open(class)
            && let Some(attribute) = stored.iter().find(is_private)
        {
            let what =
                format!("`{attribute}`, whose name Python changes, in the dict of attributes,");
            return Some(self.unsupported_with(range, &what, "begin its name with one underscore"));
        }
        is_data.then(|| self.refuse_data(class)).flatten()
    }

    /// Whether a base is nothing that is known.
    fn has_unknown_base(&mut self, class: usize) -> bool {
        let arguments = self.program.classes[class].def.arguments.iter();
        let count = arguments.map(|it| it.args.len()).sum::<usize>();
        count > 1 || count == 1 && !self.inherits_from_object(class)
    }

    fn inherits_from_object(&mut self, class: usize) -> bool {
        let program = self.program;
        let found = &program.classes[class];
        let bases = found.def.arguments.iter().flat_map(|it| &it.args);
        bases
            .into_iter()
            .all(|base| self.names_external(found.module, base, "object"))
    }

    /// The attributes that a class's methods set of their instance.
    fn own_stores(&self, class: usize) -> Vec<String> {
        let program = self.program;
        let methods = program.classes[class].methods.values();
        let stores = methods.flat_map(|method| {
            let def = program.functions[*method].def;
            let names = super::parameter_names(&def.parameters);
            let this = names.first().cloned();
            this.map(|this| stored_in(&def.body, Some(&this)))
                .unwrap_or_default()
        });
        stores.collect()
    }

    /// The refusal of a dataclass that is more than its fields and their defaults.
    fn refuse_data(&mut self, class: usize) -> Option<Expr> {
        let program = self.program;
        let found = &program.classes[class];
        for stmt in &found.def.body {
            let PyStmt::AnnAssign(it) = stmt else {
                continue;
            };
            let annotation = self.source(&*it.annotation);
            let odd = ["ClassVar", "InitVar", "KW_ONLY"];
            if odd.iter().any(|odd| annotation.contains(odd)) {
                let what = format!("the field `{}`", self.source(&*it.target));
                return Some(self.unsupported(it.range, &what));
            }
            let Some(PyExpr::Call(call)) = it.value.as_deref() else {
                if let Some(value) = it.value.as_deref()
                    && !(crate::compiler::program::is_immutable(value)
                        || value.is_none_literal_expr())
                    && self.member_default(class, value).is_none()
                {
                    return Some(self.unsupported(value.range(), "this default of a field"));
                }
                continue;
            };
            let is_field = self.names_external(found.module, &call.func, "dataclasses.field");
            let known = ["default", "default_factory"];
            let keywords = &call.arguments.keywords;
            let mut names = keywords
                .iter()
                .map(|it| it.arg.as_deref().unwrap_or_default());
            if !is_field || !call.arguments.args.is_empty() || !names.all(|it| known.contains(&it))
            {
                let what = format!("`{}` as a field", self.source(call));
                return Some(self.unsupported(call.range(), &what));
            }
        }
        None
    }
}

/// A statement of a class's body that is neither a definition nor a plain binding.
fn odd_statement(class: &Class<'_>) -> Option<&'static str> {
    class.def.body.iter().find_map(|stmt| match stmt {
        PyStmt::FunctionDef(_) | PyStmt::AnnAssign(_) | PyStmt::Pass(_) => None,
        PyStmt::Assign(it) => match &it.targets[..] {
            [PyExpr::Name(_)] => None,
            _ => Some("a binding of several names"),
        },
        PyStmt::Expr(it) => {
            let value = &it.value;
            let is_text = value.is_string_literal_expr() || value.is_ellipsis_literal_expr();
            (!is_text).then_some("an expression")
        }
        PyStmt::ClassDef(_) => Some("a class"),
        _ => Some("a statement"),
    })
}
