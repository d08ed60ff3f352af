//! Calls in Rust, closures, and calls that run at once.

use super::text::{atomic, is_atomic};
use super::{Emitter, Raise};
use crate::compiler::ir::{Ahead, Call, Expr, Generator, LocalId, Mode};
use crate::compiler::types::Ty;

impl Emitter<'_, '_> {
    pub(super) fn call(&mut self, call: &Call) -> String {
        let effect = self.effects.of(call.function);
        let function = &self.program.functions[call.function];
        let lowered = self
            .lowered
            .functions
            .iter()
            .find(|it| it.index == call.function);
        let mut receiver = None;
        let mut arguments = Vec::new();
        if effect.state {
            arguments.push(if self.is_import { "&state" } else { "state" }.to_owned());
        }
        if effect.config {
            arguments.push("config".to_owned());
        }
        let is_method =
            function.class.is_some() && !super::module::is_static(self.program, call.function);
        for (at, argument) in call.arguments.iter().enumerate() {
            if matches!(argument.ty, Ty::Static(_)) {
                continue;
            }
            if at == 0 && is_method {
                receiver = Some(self.expr(argument, Mode::Receiver));
                continue;
            }
            let parameter = lowered.and_then(|it| {
                let local = *it.parameters.get(at)?;
                Some(it.body.locals[local].ty.clone())
            });
            let mode = match parameter.as_ref().unwrap_or(&argument.ty) {
                ty if ty.is_copy() => Mode::Owned,
                Ty::Option(_) => Mode::OptionRef,
                _ => Mode::Ref,
            };
            arguments.push(self.expr(argument, mode));
        }
        let arguments = arguments.join(", ");
        let path = self.function_path(call.function);
        let mut text = match receiver {
            Some(receiver) => format!("{}.{}({arguments})", atomic(&receiver), function.rust_name),
            None => format!("{path}({arguments})"),
        };
        if lowered.is_some_and(|it| it.sink.is_some()) {
            return text;
        }
        if effect.awaits {
            if effect.recurses {
                text = format!("Box::pin({text})");
            }
            text.push_str(".await");
        }
        if effect.raises {
            text = self.raised(text);
        }
        text
    }

    /// The path of a function from the module that is written.
    pub(super) fn function_path(&mut self, index: usize) -> String {
        let function = &self.program.functions[index];
        let name = match function.class {
            Some(class) if function.name == "__init__" => {
                let class = &self.program.classes[class];
                match self
                    .lowered
                    .exceptions
                    .iter()
                    .any(|(it, _)| self.program.classes[*it].name == class.name)
                {
                    true => crate::compiler::program::rust_name(&class.name),
                    false => format!("{}::new", class.name),
                }
            }
            Some(class) => {
                format!(
                    "{}::{}",
                    self.program.classes[class].name, function.rust_name
                )
            }
            None => function.rust_name.clone(),
        };
        match function.module == self.module && !self.is_import {
            true => name,
            false => {
                self.modules.insert(function.module);
                format!(
                    "{}::{name}",
                    self.program.modules[function.module].rust_name
                )
            }
        }
    }

    /// Coroutines that run together borrow what is around them.
    pub(super) fn gather(&mut self, generator: &Generator, body: &Expr) -> String {
        self.need("asyncio", "gather");
        let (around, tasks) = self.tasks(generator, body, None);
        let gathered = self.raised(format!("asyncio::gather({tasks}).await"));
        within(&around, gathered)
    }

    pub(super) fn ahead(&mut self, it: &Ahead) -> String {
        let (around, tasks) = self.tasks(&it.generator, &it.value, it.item);
        let limit = it.limit;
        let text = if it.item.is_some() {
            self.need("asyncio", "ahead");
            format!("asyncio::ahead({limit}, {tasks})")
        } else {
            self.need("asyncio", "at_once");
            self.raised(format!("asyncio::at_once({limit}, {tasks}).await"))
        };
        within(&around, text)
    }

    /// A future for each item of a loop, beside the item if that is wanted, and what must stand
    /// before them.
    pub(super) fn tasks(
        &mut self,
        generator: &Generator,
        body: &Expr,
        item: Option<LocalId>,
    ) -> (String, String) {
        let over = self.expr(&generator.iterable.expr, Mode::Owned);
        let (pattern, first) = self.pattern(&generator.target, &generator.iterable.item);
        let own = super::declare::targets(&generator.target);
        let mut around = String::new();
        for local in super::declare::mentioned_in(body) {
            if !own.contains(&local) && !self.is_borrowed(local) && !self.type_of(local).is_copy() {
                let name = self.names[local].clone();
                around.push_str(&format!("let {name} = &{name}; "));
                self.lent.insert(local);
            }
        }
        let raise = std::mem::replace(&mut self.raise, Raise::Function);
        let body = self.expr(body, Mode::Owned);
        self.raise = raise;
        self.lent.clear();
        // What ends in `?` is a result already.
        let body = match body.strip_suffix('?') {
            Some(result) if is_atomic(&body) => result.to_owned(),
            _ => format!("Ok({body})"),
        };
        let task = format!("async move {{ {first} {body} }}");
        let task = match item {
            Some(item) => format!("({}.clone(), {task})", self.names[item]),
            None => task,
        };
        (around, format!("{over}.map(|{pattern}| {task})"))
    }

    pub(super) fn closure(&mut self, parameters: &[LocalId], body: &Expr) -> String {
        let names: Vec<String> = parameters
            .iter()
            .map(
                |it| match self.uses.get(it).is_some_and(|it| it.reads > 0) {
                    true => self.names[*it].clone(),
                    false => format!("_{}", self.names[*it]),
                },
            )
            .collect();
        let raise = std::mem::replace(&mut self.raise, Raise::Function);
        let body = self.expr(body, Mode::Owned);
        self.raise = raise;
        // What ends in `?` is a result already.
        let body = match body.strip_suffix('?') {
            Some(result) if is_atomic(&body) => result.to_owned(),
            _ => format!("Ok({body})"),
        };
        format!("|{}| {body}", names.join(", "))
    }
}

/// A value after statements, if there are any.
fn within(statements: &str, value: String) -> String {
    match statements.is_empty() {
        true => value,
        false => format!("{{ {statements} {value} }}"),
    }
}
