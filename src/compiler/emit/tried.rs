//! `try` in Rust: a labelled block that an error breaks out of.

use super::{Emitter, Raise};
use crate::compiler::ir::{Handler, Try};
use crate::compiler::lower::ends;

impl Emitter<'_, '_> {
    pub(super) fn tried(&mut self, it: &Try, tail: bool) -> String {
        if it.finally.is_empty() {
            self.handled(it, tail)
        } else {
            self.finally(it, tail)
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
        if !super::finally::uses(&body, &label) {
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
}
