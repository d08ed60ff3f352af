//! `try` in Rust: a labelled block that an error breaks out of.

use super::{Emitter, Leave, Raise};
use crate::compiler::ir::{Handler, Stmt, Try};
use crate::compiler::lower::ends;

impl Emitter<'_, '_> {
    pub(super) fn tried(&mut self, it: &Try, tail: bool) -> String {
        if it.finally.is_empty() {
            self.handled(it, tail)
        } else {
            self.finally(it)
        }
    }

    /// Writes within a labelled block.
    pub(super) fn within<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        if let Some(innermost) = self.loops.last_mut() {
            innermost.blocks += 1;
        }
        let found = work(self);
        if let Some(innermost) = self.loops.last_mut() {
            innermost.blocks -= 1;
        }
        found
    }

    fn handled(&mut self, it: &Try, tail: bool) -> String {
        let label = self.label("attempt");
        let raise = std::mem::replace(&mut self.raise, Raise::Label(label.clone()));
        let declared = self.declared.clone();
        let body = self.within(|this| this.within(|this| this.block(&it.body, false)));
        self.declared = declared;
        self.raise = raise;
        let body = match body.strip_prefix("return Ok(") {
            // A block that is nothing but a `return` looks as if it never came to its end.
            Some(value) if it.body.len() == 1 && value.contains("or_break!") => {
                let value = value.trim_end().trim_end_matches(");");
                let name = self.spare("value");
                format!("let {name} = {value};\nreturn Ok({name});\n")
            }
            _ => body,
        };
        if !body.contains(&format!("{label}, ")) && !body.contains(&format!("break {label} ")) {
            // Nothing in it raises.
            let orelse = self.block(&it.orelse, tail);
            let body = self.block(&it.body, tail && it.orelse.is_empty());
            return format!("{body}{orelse}");
        }
        let is_left = ends(&it.body) || ends(&it.orelse) && !it.orelse.is_empty();
        let done = self.label("done");
        let orelse = self.within(|this| this.within(|this| this.block(&it.orelse, false)));
        let leave = if is_left {
            String::new()
        } else {
            format!("break {done};\n")
        };
        if let Some(name) = it.handlers.iter().find_map(|it| it.name) {
            self.names[it.error] = self.names[name].clone();
        }
        let error = self.names[it.error].clone();
        for handler in &it.handlers {
            if let Some(name) = handler.name {
                self.names[name].clone_from(&error);
            }
        }
        let handlers = self.within(|this| this.handlers(&it.handlers, &error, tail && is_left));
        let attempt = format!("let {error} = {label}: {{\n{body}{orelse}{leave}}};\n{handlers}");
        match is_left {
            true => attempt,
            false => format!("{done}: {{\n{attempt}}}"),
        }
    }

    fn handlers(&mut self, handlers: &[Handler], error: &str, tail: bool) -> String {
        let mut text = String::new();
        for handler in handlers {
            let test = self.test(handler, error);
            let body = self.block(&handler.body, tail);
            text.push_str(&format!("if {test} {{\n{body}}} else "));
        }
        let again = self.raise_error(error, tail);
        text.push_str(&format!("{{\n{again}\n}}"));
        text
    }

    fn test(&mut self, handler: &Handler, error: &str) -> String {
        if handler.classes.is_empty() {
            self.need("error", "UNTRANSLATED");
            return format!("!{error}.is(&error::UNTRANSLATED)");
        }
        self.need("error", "Error::is");
        let mut tests = Vec::new();
        for class in &handler.classes {
            if let Some(need) = &class.need {
                self.needs.insert(need.clone());
            }
            let path = self.class_from_here(&class.path);
            tests.push(format!("{error}.is(&{path})"));
        }
        tests.join(" || ")
    }

    fn finally(&mut self, it: &Try) -> String {
        let inner = Try {
            finally: Vec::new(),
            ..it.clone()
        };
        let label = self.label("finally");
        let attempt = self.label("attempt");
        let raise = std::mem::replace(&mut self.raise, Raise::Label(attempt.clone()));
        let leave = std::mem::replace(&mut self.leave, Leave::Label(label.clone()));
        let stmts: Vec<Stmt> = match inner.handlers.is_empty() {
            true => it.body.iter().chain(&it.orelse).cloned().collect(),
            false => vec![Stmt {
                range: it.body.first().map(|it| it.range).unwrap_or_default(),
                kind: crate::compiler::ir::StmtKind::Try(Box::new(inner)),
            }],
        };
        let body = self.within(|this| this.within(|this| this.block(&stmts, false)));
        self.raise = raise;
        self.leave = leave;
        let done = match ends(&stmts) {
            true => String::new(),
            false => format!("break {label} None;\n"),
        };
        let (left_name, result) = (self.spare("left"), self.spare("result"));
        self.spared.extend([left_name.clone(), result.clone()]);
        let finally = self.block(&it.finally, false);
        self.spared.truncate(self.spared.len() - 2);
        let error = self.names[it.error].clone();
        let tried = match body.contains(&format!("{attempt}, "))
            || body.contains(&format!("break {attempt} "))
        {
            true => format!("let {error} = {attempt}: {{\n{body}{done}}};\nSome(Err({error}))"),
            false => body.clone() + "None",
        };
        let left = match (&self.leave, &self.raise) {
            (Leave::Function, Raise::Function) => format!("return {result};"),
            (leave, _) => {
                let returned = match leave {
                    Leave::Function if self.raises => "return Ok(value)".to_owned(),
                    Leave::Function => "return value".to_owned(),
                    Leave::Label(label) => format!("break {label} Some(Ok(value))"),
                };
                let raised = self.raise_error("error", false);
                let raised = raised.trim_end_matches(';').to_owned();
                format!("match {result} {{ Ok(value) => {returned}, Err(error) => {raised} }}")
            }
        };
        format!(
            "let {left_name} = {label}: {{\n{tried}\n}};\n{finally}if let Some({result}) = {left_name} {{\n{left}\n}}"
        )
    }
}
