//! `finally` in Rust: a labelled block that says how it was left, what is done in any case, and
//! then the leaving itself.

use super::{Emitter, Finally, Leave, Raise};
use crate::compiler::ir::{Stmt, StmtKind, Try};
use crate::compiler::lower::{ends, jumps};

/// How a block before a `finally` is left, besides at its end.
struct Left {
    label: String,
    /// By an exception.
    raises: bool,
    /// By `return`.
    returns: bool,
    /// By `break` and `continue` of the loop around it, and the flag that says so.
    jumps: Vec<(&'static str, String)>,
    /// Whether its end is never reached.
    always: bool,
}

impl Emitter<'_, '_> {
    pub(super) fn finally(&mut self, it: &Try, tail: bool) -> String {
        let stmts = guarded(it);
        let always = ends(&stmts);
        let label = self.label("finally");
        let attempt = self.label("attempt");
        let optional = !always || jumps(&stmts);
        let raise = std::mem::replace(&mut self.raise, Raise::Label(attempt.clone()));
        let inner = Leave::Label {
            label: label.clone(),
            optional,
        };
        let leave = std::mem::replace(&mut self.leave, inner);
        let block = Finally {
            label: label.clone(),
            flags: ["breaks", "continues"].map(|it| self.spare(it)),
            jumps: Vec::new(),
        };
        self.spared.extend(block.flags.clone());
        if let Some(innermost) = self.loops.last_mut() {
            innermost.finally.push(block);
        }
        let body = self.within(|this| this.within(|this| this.block(&stmts, false)));
        let block = self.loops.last_mut().and_then(|it| it.finally.pop());
        self.spared.truncate(self.spared.len() - 2);
        self.raise = raise;
        self.leave = leave;
        let left = Left {
            raises: uses(&body, &attempt),
            returns: returns(&body, &label),
            jumps: block.map_or_else(Vec::new, |it| it.jumps),
            always,
            label,
        };
        let finally = self.block(&it.finally, false);
        let error = self.names[it.error].clone();
        let tried = match left.raises {
            true => {
                let done = match always {
                    true => String::new(),
                    false => format!("break {} None;\n", left.label),
                };
                let raised = match optional {
                    true => format!("Some(Err({error}))"),
                    false => format!("Err({error})"),
                };
                format!("let {error} = {attempt}: {{\n{body}{done}}};\n{raised}")
            }
            false if always => body,
            false => format!("{body}None"),
        };
        self.assembled(&left, &tried, &finally, optional, tail)
    }

    fn assembled(
        &mut self,
        left: &Left,
        tried: &str,
        finally: &str,
        optional: bool,
        tail: bool,
    ) -> String {
        let label = &left.label;
        let flags: String = left
            .jumps
            .iter()
            .map(|(_, flag)| format!("let mut {flag} = false;\n"))
            .collect();
        let jumps = self.put_off(left);
        if !left.raises && !left.returns {
            let body = tried.strip_suffix("None").unwrap_or(tried);
            if left.jumps.is_empty() {
                return format!("{body}{finally}");
            }
            let body = body.replace(&format!("break {label} None;"), &format!("break {label};"));
            return format!("{flags}{label}: {{\n{body}}}\n{finally}{jumps}");
        }
        let labelled = match uses(tried, label) {
            true => format!("{label}: {{\n{tried}\n}}"),
            false => format!("{{\n{tried}\n}}"),
        };
        let (name, result) = (self.spare("left"), self.spare("result"));
        if !optional {
            let leaving = self.leaving(&result, tail);
            return format!("let {result} = {labelled};\n{finally}{leaving}");
        }
        let leaving = self.leaving(&result, false);
        format!(
            "{flags}let {name} = {labelled};\n{finally}if let Some({result}) = {name} {{\n{leaving}\n}}\n{jumps}"
        )
    }

    /// The jumps that were put off.
    fn put_off(&mut self, left: &Left) -> String {
        let mut text = String::new();
        for (at, (word, flag)) in left.jumps.iter().enumerate() {
            let jump = self.jump(word);
            text.push_str(&match left.always && at + 1 == left.jumps.len() {
                true => jump,
                false => format!("if {flag} {{\n{jump}\n}}\n"),
            });
        }
        text.truncate(text.trim_end().len());
        text
    }

    /// The `return` or `raise` that was put off.
    fn leaving(&mut self, result: &str, tail: bool) -> String {
        let (leave, optional) = match &self.leave {
            Leave::Function => ("return".to_owned(), false),
            Leave::Label { label, optional } => (format!("break {label}"), *optional),
        };
        let raises = self.raises;
        let wrapped = |value: &str| match (optional, raises) {
            (true, true) => format!("Some(Ok({value}))"),
            (true, false) => format!("Some({value})"),
            (false, true) => format!("Ok({value})"),
            (false, false) => value.to_owned(),
        };
        if !self.raises {
            return match &self.leave {
                Leave::Function if tail => result.to_owned(),
                _ => format!("{leave} {};", wrapped(result)),
            };
        }
        if (&self.leave, &self.raise) == (&Leave::Function, &Raise::Function) {
            return match tail {
                true => result.to_owned(),
                false => format!("return {result};"),
            };
        }
        let raised = self.raise_error("error", false);
        let raised = raised.trim_end_matches(';');
        let value = wrapped("value");
        format!("match {result} {{ Ok(value) => {leave} {value}, Err(error) => {raised} }}")
    }
}

/// What a `finally` follows, as statements.
fn guarded(it: &Try) -> Vec<Stmt> {
    if it.handlers.is_empty() {
        return it.body.iter().chain(&it.orelse).cloned().collect();
    }
    let inner = Try {
        finally: Vec::new(),
        ..it.clone()
    };
    vec![Stmt {
        range: it.body.first().map(|it| it.range).unwrap_or_default(),
        kind: StmtKind::Try(Box::new(inner)),
    }]
}

/// Whether a text breaks out of a label.
pub(super) fn uses(text: &str, label: &str) -> bool {
    let ends = |rest: &str| !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_');
    text.match_indices(label)
        .any(|(at, _)| ends(&text[at + label.len()..]))
}

/// Whether a text leaves a label with a value.
fn returns(text: &str, label: &str) -> bool {
    let leave = format!("break {label} ");
    text.match_indices(&leave)
        .any(|(at, _)| !text[at + leave.len()..].starts_with("None;"))
}
