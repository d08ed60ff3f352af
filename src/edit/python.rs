//! Edits of Python source by span.
//!
//! In: a file that parses. Out: [`Edit`]s that replace a span, add an import where Python wants
//! it, or take one imported name away. The edited text is parsed again; after an edit of imports
//! it must import the names meant and no others. Line breaks and a byte order mark stay.

use std::sync::Arc;

use ruff_python_ast::visitor::{Visitor, walk_stmt};
use ruff_python_ast::{Alias, ModModule, Stmt};
use ruff_python_parser::parse_module;
use ruff_text_size::{Ranged, TextRange};

use super::lines::{line_end, line_start, newline, next_line};
use super::text::Change;
use super::{Edit, EditError, Pending};
use crate::source::{SourceFile, Span};

/// A Python file under edit.
#[derive(Debug, Clone)]
pub struct PythonEditor {
    pending: Pending,
    bom: usize,
}

/// A name as an import statement binds it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Imported {
    qualified: String,
    bound_as: Option<String>,
}

impl PythonEditor {
    /// An editor of a file as it was read.
    ///
    /// # Errors
    /// [`EditError::Unreadable`] where the file is not valid Python.
    pub fn new(file: &Arc<SourceFile>) -> Result<Self, EditError> {
        let editor = Self {
            pending: Pending::new(file.path(), file.text()),
            bom: file.bom_len(),
        };
        editor.parsed(file.text())?;
        Ok(editor)
    }

    /// The text as it stands now.
    pub fn text(&self) -> &str {
        self.pending.current()
    }

    /// The edits that lead from the original text to [`PythonEditor::text`].
    pub fn into_edits(self) -> Vec<Edit> {
        self.pending.into_edits()
    }

    /// Puts `new_text` in the place of `span`, which counts in [`PythonEditor::text`].
    ///
    /// # Errors
    /// [`EditError::NotVerified`] where the result is not valid Python,
    /// [`EditError::Conflict`] where the span does not fit the text.
    pub fn replace(&mut self, span: Span, new_text: &str, reason: &str) -> Result<(), EditError> {
        let pending = self.changed(&[Change::replace(span, new_text)], reason, reason)?;
        self.pending = pending;
        Ok(())
    }

    /// Adds an import statement behind the module's docstring and `from __future__` imports,
    /// before the first other statement. Does nothing where every name is imported so already at
    /// the module's top level.
    ///
    /// # Errors
    /// [`EditError::Unwritable`] where `statement` is not one import on one line.
    pub fn add_import(&mut self, statement: &str, reason: &str) -> Result<(), EditError> {
        let new = one_import(statement)?;
        let module = self.parsed(self.text())?;
        let top: Vec<Imported> = module.body.iter().flat_map(imported).collect();
        if new.iter().all(|name| top.contains(name)) {
            return Ok(());
        }
        let mut intended = all_imported(&module);
        intended.extend(new);
        intended.sort();
        let change = self.import_change(&module, statement);
        let pending = self.changed(&[change], reason, statement)?;
        self.check_imports(&pending, &intended, statement)?;
        self.pending = pending;
        Ok(())
    }

    fn import_change(&self, module: &ModModule, statement: &str) -> Change {
        let (text, line_break) = (self.text(), newline(self.text()));
        let head = module
            .body
            .iter()
            .enumerate()
            .take_while(|(at, stmt)| (*at == 0 && is_docstring(stmt)) || is_future(stmt))
            .count();
        let last_head = head.checked_sub(1).and_then(|last| module.body.get(last));
        let head_end = last_head.map(|stmt| line_end(text, self.span(stmt.range()).end));
        let next = module
            .body
            .get(head)
            .map(|stmt| self.span(stmt.range()).start);
        match (head_end, next) {
            (None, None) => Change::insert(self.bom, format!("{statement}{line_break}")),
            (Some(end), Some(next)) if next < end => {
                Change::insert(end, format!("{line_break}{statement}"))
            }
            (_, Some(next)) => {
                Change::insert(line_start(text, next), format!("{statement}{line_break}"))
            }
            (Some(end), None) => {
                Change::insert(end, format!("{line_break}{line_break}{statement}"))
            }
        }
    }

    /// Takes an imported name away, such as `boto3` or `aws_lambda_powertools.Logger`, from every
    /// statement of the file that imports it; a statement left without names goes as a whole.
    ///
    /// # Errors
    /// [`EditError::Missing`] where nothing imports it; [`EditError::Unwritable`] where its
    /// statement is the only one of a block or shares its line.
    pub fn remove_import(&mut self, qualified: &str, reason: &str) -> Result<(), EditError> {
        let module = self.parsed(self.text())?;
        let mut found = Imports::default();
        found.visit_body(&module.body);
        let mut intended = all_imported(&module);
        let before = intended.len();
        intended.retain(|name| name.qualified != qualified);
        if intended.len() == before {
            return Err(EditError::Missing {
                path: qualified.to_owned(),
                span: Span::at(self.bom),
            });
        }
        let mut changes = Vec::new();
        for (stmt, is_alone) in &found.statements {
            changes.extend(self.removal(stmt, *is_alone, qualified)?);
        }
        let pending = self.changed(&changes, reason, qualified)?;
        self.check_imports(&pending, &intended, qualified)?;
        self.pending = pending;
        Ok(())
    }

    fn removal(
        &self,
        stmt: &Stmt,
        is_alone: bool,
        qualified: &str,
    ) -> Result<Vec<Change>, EditError> {
        let aliases = aliases(stmt);
        let goes: Vec<bool> = imported(stmt)
            .iter()
            .map(|name| name.qualified == qualified)
            .collect();
        if !goes.contains(&true) {
            return Ok(Vec::new());
        }
        if goes.iter().all(|goes| *goes) {
            return self
                .statement_removal(stmt, is_alone, qualified)
                .map(|change| vec![change]);
        }
        let spans: Vec<Span> = aliases
            .iter()
            .map(|alias| self.span(alias.range()))
            .collect();
        let first = spans.first().map_or(0, |first| first.start);
        let lead = self
            .text()
            .get(self.span(stmt.range()).start..first)
            .unwrap_or_default();
        let in_parentheses = lead.contains('(');
        let mut changes = Vec::new();
        // A run of names at the end goes with the comma before it.
        let kept_last = goes.iter().rposition(|goes| !goes).unwrap_or_default();
        for (at, span) in spans
            .iter()
            .enumerate()
            .filter(|(at, _)| goes.get(*at) == Some(&true))
        {
            let next = spans.get(at + 1).map_or(span.end, |next| next.start);
            let own_lines = self.own_line(*span, spans.get(at + 1).map(|next| next.start));
            let own_lines = own_lines.filter(|_| in_parentheses);
            let previous = at.checked_sub(1).and_then(|before| spans.get(before));
            changes.push(Change::remove(match (own_lines, previous) {
                (Some(lines), _) => lines,
                (None, Some(previous)) if at > kept_last => Span::new(previous.end, span.end),
                (None, _) => Span::new(span.start, next),
            }));
        }
        Ok(changes)
    }

    /// The whole line of an imported name that has one to itself, its comma included.
    fn own_line(&self, name: Span, next: Option<usize>) -> Option<Span> {
        let text = self.text();
        let start = line_start(text, name.start);
        let end = line_end(text, name.end);
        let lead = text.get(start..name.start)?;
        let behind = text.get(name.end..end)?.trim();
        let behind = behind.strip_prefix(',').unwrap_or(behind).trim_start();
        let alone = lead.trim().is_empty()
            && (behind.is_empty() || behind.starts_with('#'))
            && next.is_none_or(|next| next > end);
        alone.then(|| Span::new(start, next_line(text, end)))
    }

    fn statement_removal(
        &self,
        stmt: &Stmt,
        is_alone: bool,
        qualified: &str,
    ) -> Result<Change, EditError> {
        let unwritable = |why: &str| EditError::Unwritable {
            path: qualified.to_owned(),
            why: why.to_owned(),
        };
        if is_alone {
            return Err(unwritable("its import is the only statement of a block"));
        }
        let text = self.text();
        let span = self.span(stmt.range());
        let (start, end) = (line_start(text, span.start), line_end(text, span.end));
        let before = text.get(start..span.start).unwrap_or_default();
        let behind = text.get(span.end..end).unwrap_or_default().trim_start();
        if !before.trim().is_empty() || !(behind.is_empty() || behind.starts_with('#')) {
            return Err(unwritable(
                "its import shares its line with other statements",
            ));
        }
        Ok(Change::remove(Span::new(start, next_line(text, end))))
    }

    fn span(&self, range: TextRange) -> Span {
        Span::new(
            range.start().to_usize() + self.bom,
            range.end().to_usize() + self.bom,
        )
    }

    fn parsed(&self, text: &str) -> Result<ModModule, EditError> {
        let source = text.get(self.bom..).unwrap_or_default();
        parse_module(source)
            .map(ruff_python_parser::Parsed::into_syntax)
            .map_err(|error| EditError::Unreadable {
                why: format!("it is not valid Python: {}", error.error),
                span: self.span(error.location),
            })
    }

    fn changed(&self, changes: &[Change], reason: &str, path: &str) -> Result<Pending, EditError> {
        let mut pending = self.pending.clone();
        pending.change(changes, reason)?;
        self.parsed(pending.current())
            .map_err(|error| EditError::NotVerified {
                path: path.to_owned(),
                why: error.to_string(),
            })?;
        Ok(pending)
    }

    fn check_imports(
        &self,
        pending: &Pending,
        intended: &[Imported],
        path: &str,
    ) -> Result<(), EditError> {
        let after = all_imported(&self.parsed(pending.current())?);
        if after == intended {
            return Ok(());
        }
        Err(EditError::NotVerified {
            path: path.to_owned(),
            why: "the file would import other names than intended".to_owned(),
        })
    }
}

/// Every import statement, and whether it is the only statement of a block.
#[derive(Default)]
struct Imports<'a> {
    statements: Vec<(&'a Stmt, bool)>,
    depth: usize,
}

impl<'a> Visitor<'a> for Imports<'a> {
    fn visit_body(&mut self, body: &'a [Stmt]) {
        for stmt in body {
            if !aliases(stmt).is_empty() {
                self.statements
                    .push((stmt, self.depth > 0 && body.len() == 1));
            }
            self.depth += 1;
            walk_stmt(self, stmt);
            self.depth -= 1;
        }
    }
}

fn aliases(stmt: &Stmt) -> &[Alias] {
    match stmt {
        Stmt::Import(import) => &import.names,
        Stmt::ImportFrom(import) => &import.names,
        _ => &[],
    }
}

/// The names that an import statement binds.
fn imported(stmt: &Stmt) -> Vec<Imported> {
    let prefix = match stmt {
        Stmt::ImportFrom(import) => {
            let module = import.module.as_ref().map_or("", |module| module.as_str());
            let dots = ".".repeat(import.level as usize);
            let dot = if module.is_empty() { "" } else { "." };
            format!("{dots}{module}{dot}")
        }
        _ => String::new(),
    };
    aliases(stmt)
        .iter()
        .map(|alias| Imported {
            qualified: format!("{prefix}{}", alias.name),
            bound_as: alias.asname.as_ref().map(ToString::to_string),
        })
        .collect()
}

/// The names that all import statements of a module bind, sorted.
fn all_imported(module: &ModModule) -> Vec<Imported> {
    let mut found = Imports::default();
    found.visit_body(&module.body);
    let mut names: Vec<Imported> = found
        .statements
        .iter()
        .flat_map(|(stmt, _)| imported(stmt))
        .collect();
    names.sort();
    names
}

fn one_import(statement: &str) -> Result<Vec<Imported>, EditError> {
    let names = match parse_module(statement).map(|parsed| parsed.into_syntax().body) {
        Ok(body) if body.len() == 1 && !statement.contains(['\n', '\r']) => {
            body.first().map(imported).unwrap_or_default()
        }
        _ => Vec::new(),
    };
    if names.is_empty() {
        return Err(EditError::Unwritable {
            path: statement.to_owned(),
            why: "it is not one import statement on one line".to_owned(),
        });
    }
    Ok(names)
}

fn is_docstring(stmt: &Stmt) -> bool {
    matches!(stmt, Stmt::Expr(expression) if expression.value.is_string_literal_expr())
}

fn is_future(stmt: &Stmt) -> bool {
    match stmt {
        Stmt::ImportFrom(import) => {
            import.level == 0
                && import
                    .module
                    .as_ref()
                    .is_some_and(|module| module == "__future__")
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn editor(text: &str) -> PythonEditor {
        PythonEditor::new(&SourceFile::from_text("app.py", text)).unwrap()
    }

    fn added(text: &str, statement: &str) -> String {
        let mut edited = editor(text);
        edited.add_import(statement, "r").unwrap();
        edited.text().to_owned()
    }

    fn removed(text: &str, name: &str) -> String {
        let mut edited = editor(text);
        edited.remove_import(name, "r").unwrap();
        edited.text().to_owned()
    }

    #[test]
    fn an_import_goes_behind_docstring_and_future() {
        assert_eq!(
            added(
                "#!/usr/bin/env python\n\"\"\"Doc.\"\"\"\nfrom __future__ import annotations\n\nimport os\n",
                "import native"
            ),
            "#!/usr/bin/env python\n\"\"\"Doc.\"\"\"\nfrom __future__ import annotations\n\nimport native\nimport os\n"
        );
        assert_eq!(
            added("# c\nimport os\n", "import native"),
            "# c\nimport native\nimport os\n"
        );
        assert_eq!(added("'''d'''\n", "import a"), "'''d'''\n\nimport a\n");
        assert_eq!(
            added("'''d'''; import os\n", "import a"),
            "'''d'''; import os\nimport a\n"
        );
        assert_eq!(added("", "import a"), "import a\n");
        assert_eq!(
            added("\u{feff}@d\r\ndef f(): pass\r\n", "from a import b"),
            "\u{feff}from a import b\r\n@d\r\ndef f(): pass\r\n"
        );
    }

    #[test]
    fn an_import_that_is_there_is_not_added() {
        assert_eq!(
            added("from a import (b, c)\n", "from a import c"),
            "from a import (b, c)\n"
        );
    }

    #[test]
    fn a_name_leaves_the_others() {
        for (before, name, after) in [
            ("import a, b, c\n", "a", "import b, c\n"),
            ("import a, b, c\n", "b", "import a, c\n"),
            ("import a, b as x, c\n", "c", "import a, b as x\n"),
            (
                "from m import (\n    a,  # one\n    b,\n    c  # three\n)\n",
                "m.c",
                "from m import (\n    a,  # one\n    b,\n)\n",
            ),
            (
                "from m import (\n    a,  # one\n    b,\n)\n",
                "m.a",
                "from m import (\n    b,\n)\n",
            ),
            ("from m import a, \\\n    b\n", "m.b", "from m import a\n"),
            ("from m import (a, b,)\n", "m.b", "from m import (a,)\n"),
            (
                "import os\nimport a  # c\nx = 1\n",
                "a",
                "import os\nx = 1\n",
            ),
            ("from . import a, b\r\n", ".a", "from . import b\r\n"),
            (
                "def f():\n    import a\n    return a\n",
                "a",
                "def f():\n    return a\n",
            ),
        ] {
            assert_eq!(removed(before, name), after, "{before:?}");
        }
    }

    #[test]
    fn what_cannot_go_is_refused() {
        for (text, name) in [
            (
                "try:\n    import a\nexcept ImportError:\n    a = None\n",
                "a",
            ),
            ("import a; import b\n", "a"),
        ] {
            let error = editor(text).remove_import(name, "r").unwrap_err();
            assert!(matches!(error, EditError::Unwritable { .. }), "{error}");
        }
        let error = editor("import a\n").remove_import("b", "r").unwrap_err();
        assert!(matches!(error, EditError::Missing { .. }), "{error}");
    }

    #[test]
    fn a_replacement_must_stay_python() {
        let mut edited = editor("x = f(1)\n");
        edited.replace(Span::new(4, 5), "g", "r").unwrap();
        assert_eq!(edited.text(), "x = g(1)\n");
        assert!(edited.replace(Span::new(5, 6), "", "r").is_err());
        assert_eq!(edited.text(), "x = g(1)\n");
    }
}
