//! Calls of what lies outside of the graph: Python's builtins, executors, sessions, Powertools.

use super::call::{Argument, Passing};
use super::{Event, Site, Solver, Symbol, Value, ValueId};

/// Longest chain of calls on something external whose name is kept.
const MAX_CALLS: usize = 3;

/// Whether a name is one of Python's builtins, where a star import leaves the choice.
pub(super) fn is_builtin(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "Exception",
        "ValueError",
        "KeyError",
        "TypeError",
        "print",
        "len",
        "str",
        "int",
        "dict",
        "list",
        "set",
        "tuple",
        "bool",
        "float",
        "range",
        "open",
        "isinstance",
        "getattr",
        "setattr",
        "hasattr",
        "enumerate",
        "zip",
        "map",
        "filter",
        "sorted",
        "sum",
        "min",
        "max",
        "any",
        "all",
        "super",
        "type",
        "property",
        "staticmethod",
        "classmethod",
        "iter",
        "next",
        "reversed",
        "vars",
        "repr",
        "bytes",
        "abs",
        "round",
        "format",
        "object",
        "id",
        "dir",
    ];
    NAMES.contains(&name)
}

impl Solver<'_> {
    pub(super) fn call_external(
        &mut self,
        path: Symbol,
        arguments: &[Argument],
        site: Site,
    ) -> Vec<ValueId> {
        let text = self.pool.text(path).to_owned();
        if let Some(builtin) = text.strip_prefix("builtins.")
            && let Some(results) = self.builtin(builtin, arguments, site)
        {
            return results;
        }
        if let Some(results) = self.session(&text, arguments, site) {
            return results;
        }
        if let Some(results) = self.environment_call(&text, arguments, site) {
            return results;
        }
        self.note(site, Event::External(path));
        if let Some(utility) = text.strip_prefix("aws_lambda_powertools.utilities.") {
            let via = super::powertools::via(utility);
            for (service, operation) in super::powertools::operations(utility) {
                self.powertools_event(site, via, service, operation);
            }
        }
        if let Some(results) = self.concurrency(&text, arguments, site) {
            return results;
        }
        if text == "functools.partial" {
            return self.make_partial(arguments, site);
        }
        if text.ends_with(".enter_context") || text.ends_with(".enter_async_context") {
            let contexts = arguments.first().map(|it| it.values.clone());
            return self.entered(&contexts.unwrap_or_default(), site);
        }
        if matches!(
            text.as_str(),
            "typing.cast"
                | "copy.copy"
                | "copy.deepcopy"
                | "contextlib.closing"
                | "contextlib.aclosing"
                | "contextlib.nullcontext"
        ) {
            let position = usize::from(text == "typing.cast");
            return arguments
                .get(position)
                .map(|it| it.values.clone())
                .unwrap_or_default();
        }
        self.external_result(&text, arguments)
    }

    /// The result of something unknown: its name with `()`, and a function that it was given,
    /// since most of what takes a function and is called at once wraps it.
    fn external_result(&mut self, text: &str, arguments: &[Argument]) -> Vec<ValueId> {
        let mut results: Vec<ValueId> = Vec::new();
        let last = text.rsplit('.').next().unwrap_or(text);
        let wraps = matches!(
            last,
            "lru_cache" | "lru_cache()" | "cache" | "capture_method" | "capture_lambda_handler"
        );
        if wraps {
            for argument in arguments {
                let functions = argument.values.iter().copied().filter(|&it| {
                    matches!(
                        self.pool.value(it),
                        Value::Function { .. } | Value::Method { .. }
                    )
                });
                results.extend(functions);
            }
        }
        if text.matches("()").count() >= MAX_CALLS || text.len() > 120 {
            results.push(self.opaque);
            return results;
        }
        let result = self.pool.symbol(&format!("{text}()"));
        results.push(self.pool.id(Value::External(result)));
        results
    }

    fn session(&mut self, text: &str, arguments: &[Argument], site: Site) -> Option<Vec<ValueId>> {
        let resource = match text {
            "boto3.client" | "aioboto3.client" => false,
            "boto3.resource" | "aioboto3.resource" => true,
            "boto3.Session"
            | "boto3.session.Session"
            | "aioboto3.Session"
            | "aioboto3.session.Session"
            | "botocore.session.get_session"
            | "botocore.session.Session"
            | "boto3.setup_default_session"
            | "boto3._get_default_session"
            | "aiobotocore.session.get_session"
            | "aiobotocore.get_session"
            | "aiobotocore.session.AioSession" => {
                return Some(vec![self.pool.id(Value::Session)]);
            }
            _ => return None,
        };
        Some(self.make_client(arguments, resource, site))
    }

    fn environment_call(
        &mut self,
        text: &str,
        arguments: &[Argument],
        site: Site,
    ) -> Option<Vec<ValueId>> {
        if !matches!(
            text,
            "os.getenv" | "os.environ.get" | "os.environ.pop" | "os.environ.setdefault"
        ) {
            return None;
        }
        let keys = self.argument(arguments, 0, "key", site.instance)?;
        let default = self.argument(arguments, 1, "default", site.instance);
        let default_text = default.as_deref().and_then(|it| match it {
            [one] => match self.pool.value(*one) {
                Value::Text(text) => Some(text),
                _ => None,
            },
            _ => None,
        });
        let required = text == "os.environ.pop" && default.is_none();
        Some(self.environment(site, &keys, default_text, required))
    }

    fn builtin(&mut self, name: &str, arguments: &[Argument], site: Site) -> Option<Vec<ValueId>> {
        let first = arguments
            .first()
            .map(|it| it.values.clone())
            .unwrap_or_default();
        match name {
            "getattr" => {
                let names = arguments
                    .get(1)
                    .map(|it| it.values.clone())
                    .unwrap_or_default();
                let mut found = Vec::new();
                for object in first {
                    for &name in &names {
                        match self.pool.value(name) {
                            Value::Text(name) => self.attribute(object, name, site, &mut found),
                            _ => found.extend(self.unknown_attribute(object)),
                        }
                    }
                }
                found.extend(
                    arguments
                        .get(2)
                        .into_iter()
                        .flat_map(|it| it.values.clone()),
                );
                Some(found)
            }
            "super" => {
                let instance = self.instances[site.instance as usize];
                let class = self.function(instance.module, instance.function).class?;
                let receiver = instance.receiver?;
                let outer = instance.outer;
                let class = self.pool.id(Value::Class {
                    module: instance.module,
                    class,
                    outer,
                });
                Some(vec![self.pool.id(Value::Super { class, receiver })])
            }
            "list" | "tuple" | "set" | "sorted" | "reversed" | "iter" | "frozenset" | "aiter" => {
                if let Some(listed) = first
                    .iter()
                    .copied()
                    .find(|&it| matches!(self.pool.value(it), Value::Collection { .. }))
                {
                    let container = self.pool.id(Value::Container(site));
                    let items = self.elements(&[listed], site);
                    self.store(container, &[], &items);
                    return Some(vec![container]);
                }
                let key = self.argument(arguments, 1, "key", site.instance);
                for function in key.unwrap_or_default() {
                    let items = self.elements(&first, site);
                    self.call_value(function, &[Argument::positional(items)], site, false);
                }
                match first.is_empty() {
                    true => Some(vec![self.pool.id(Value::Container(site))]),
                    false => Some(first),
                }
            }
            "next" | "anext" => Some(self.elements(&first, site)),
            "enumerate" | "zip" => {
                let all: Vec<ValueId> = arguments.iter().flat_map(|it| it.values.clone()).collect();
                Some(vec![self.pairs(&all, site)])
            }
            "map" | "filter" => {
                let items = arguments
                    .get(1)
                    .map(|it| it.values.clone())
                    .unwrap_or_default();
                let items = self.elements(&items, site);
                let container = self.pool.id(Value::Container(site));
                for function in first {
                    let given = [Argument::positional(items.clone())];
                    let results = self.call_value(function, &given, site, false);
                    self.store(container, &[], &results);
                }
                Some(vec![container])
            }
            "dict" => {
                let container = self.pool.id(Value::Container(site));
                for argument in arguments {
                    if let Passing::Keyword(name) = argument.how {
                        let key = self.pool.id(Value::Text(name));
                        self.store(container, &[key], &argument.values);
                    }
                }
                let mut found = vec![container];
                found.extend(
                    first
                        .into_iter()
                        .filter(|&it| matches!(self.pool.value(it), Value::Container(_))),
                );
                Some(found)
            }
            "object.__new__" => {
                let mut classes = first;
                classes.retain(|&it| matches!(self.pool.value(it), Value::Class { .. }));
                Some(classes.into_iter().map(|it| self.object(it, &[])).collect())
            }
            "type" if arguments.len() == 1 => Some(
                first
                    .into_iter()
                    .map(|it| match self.pool.value(it) {
                        Value::Object { class, .. } => class,
                        _ => self.opaque,
                    })
                    .collect(),
            ),
            "open" => None,
            "str" => Some(
                first
                    .into_iter()
                    .map(|it| match self.pool.value(it) {
                        Value::Text(_) | Value::Environment(_) | Value::Event => it,
                        _ => self.opaque,
                    })
                    .collect(),
            ),
            "print" | "len" | "int" | "isinstance" | "hasattr" | "float" | "bool" | "range"
            | "type" | "repr" | "sum" | "min" | "max" | "any" | "all" => Some(vec![self.opaque]),
            _ => None,
        }
    }

    /// A method of an AWS object whose name is not a constant.
    fn unknown_attribute(&mut self, object: ValueId) -> Option<ValueId> {
        match self.pool.value(object) {
            Value::Client(_) => {
                // Calling it is noted as unresolved, as on a client of an unknown service.
                let base = self.pool.id(Value::Client(None));
                let name = self.pool.symbol("?");
                Some(self.pool.id(Value::Bound { base, name }))
            }
            _ => Some(self.opaque),
        }
    }

    /// Executors, threads and asyncio.
    fn concurrency(
        &mut self,
        text: &str,
        arguments: &[Argument],
        site: Site,
    ) -> Option<Vec<ValueId>> {
        let (owner, method) = text.rsplit_once('.').unwrap_or(("", text));
        let pool = owner.ends_with("PoolExecutor()")
            || owner.ends_with("Pool()")
            || owner.ends_with("Executor()");
        let results = match method {
            "submit" | "apply_async" if pool => {
                let (function, given) = arguments.split_first()?;
                self.call_concurrently(function, 0, given, site)
            }
            "map" | "imap" | "imap_unordered" | "starmap" if pool => {
                let (function, given) = arguments.split_first()?;
                let mut items = Vec::new();
                for argument in given.iter().filter(|it| it.how == Passing::Positional) {
                    let values = self.elements(&argument.values, site);
                    items.push(Argument::positional(values));
                }
                self.call_concurrently(function, 0, &items, site)
            }
            "Thread" | "Timer" | "Process"
                if owner == "threading" || owner.starts_with("multiprocessing") =>
            {
                let name = if method == "Timer" {
                    "function"
                } else {
                    "target"
                };
                let target = self.argument(arguments, 1, name, site.instance)?;
                let given = self.argument(arguments, 3, "args", site.instance);
                let given = given.map(|values| Argument {
                    how: Passing::Star,
                    values,
                });
                let keyword = self.pool.symbol(name);
                let position = arguments
                    .iter()
                    .position(|it| it.how == Passing::Keyword(keyword))
                    .unwrap_or(1);
                let target = Argument::positional(target);
                let given: Vec<Argument> = given.into_iter().collect();
                self.call_concurrently(&target, position, &given, site)
            }
            "run_in_executor" => {
                let (function, given) = arguments.get(1..)?.split_first()?;
                self.call_concurrently(function, 1, given, site);
                return None;
            }
            "to_thread" if owner == "asyncio" => {
                let (function, given) = arguments.split_first()?;
                self.call_concurrently(function, 0, given, site);
                return None;
            }
            "gather" | "create_task" | "ensure_future" | "wait" | "as_completed"
                if owner.starts_with("asyncio") =>
            {
                for argument in arguments {
                    self.gather(&argument.values, site.instance, 0);
                }
                return Some(vec![self.opaque]);
            }
            "run" | "run_until_complete" if owner.starts_with("asyncio") => {
                let values = arguments.first()?.values.clone();
                return Some(self.awaited(&values, site.instance));
            }
            _ => return None,
        };
        let _ = results;
        match method {
            "Thread" | "Timer" | "Process" => None,
            _ => Some(vec![self.opaque]),
        }
    }
}
