//! Import statements.

use ruff_python_ast::{Stmt, StmtImport, StmtImportFrom};
use ruff_text_size::{Ranged, TextRange};

use super::super::code::{ImportedName, Kind, MODULE_BODY, Member, Slot};
use super::{Lowering, span};

impl<'a> Lowering<'a> {
    pub(super) fn import(&mut self, statement: &'a StmtImport) {
        for alias in &statement.names {
            let module = alias.name.as_str();
            let (member, bound) = match &alias.asname {
                Some(name) => (Member::Whole, name.as_str()),
                None => (Member::Root, module.split('.').next().unwrap_or(module)),
            };
            let value = self.imported(0, module, member, alias.name.range());
            self.bind(bound, value, alias.range());
        }
    }

    pub(super) fn import_from(&mut self, statement: &'a StmtImportFrom) {
        let module = statement.module.as_ref().map_or("", |name| name.as_str());
        for alias in &statement.names {
            let name = alias.name.as_str();
            if name == "*" {
                self.imported(statement.level, module, Member::Star, alias.range());
                continue;
            }
            let member = Member::Name(name.to_owned());
            let value = self.imported(statement.level, module, member, alias.name.range());
            let bound = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
            self.bind(bound, value, alias.range());
        }
    }

    /// Notes an imported name and gives its value.
    pub(super) fn imported(
        &mut self,
        level: u32,
        module: &str,
        member: Member,
        range: TextRange,
    ) -> Slot {
        let index = self.code.imports.len() as u32;
        self.code.imports.push(ImportedName {
            level,
            module: module.to_owned(),
            member,
            span: span(range),
            top_level: self.function == MODULE_BODY && !self.main_only,
            guarded: self.guarded > 0,
        });
        self.value(range, Kind::Import(index))
    }
}

/// Whether a `try` is there to survive a missing module.
pub(super) fn catches_import_errors(statement: &ruff_python_ast::StmtTry) -> bool {
    use ruff_python_ast::{ExceptHandler, Expr};
    fn names_it(expression: &Expr) -> bool {
        match expression {
            Expr::Name(name) => matches!(
                name.id.as_str(),
                "ImportError" | "ModuleNotFoundError" | "Exception" | "BaseException"
            ),
            Expr::Tuple(tuple) => tuple.elts.iter().any(names_it),
            _ => false,
        }
    }
    let imports = |body: &[Stmt]| {
        body.iter()
            .any(|it| matches!(it, Stmt::Import(_) | Stmt::ImportFrom(_)))
    };
    imports(&statement.body)
        && statement.handlers.iter().any(|handler| {
            let ExceptHandler::ExceptHandler(handler) = handler;
            handler.type_.as_deref().is_none_or(names_it)
        })
}

/// Whether an `if` is taken only in the main program.
pub(super) fn is_main_guard(test: &ruff_python_ast::Expr) -> bool {
    use ruff_python_ast::Expr;
    let Expr::Compare(compare) = test else {
        return false;
    };
    let named = |it: &Expr| matches!(it, Expr::Name(name) if name.id.as_str() == "__name__");
    let main = |it: &Expr| matches!(it, Expr::StringLiteral(it) if it.value.to_str() == "__main__");
    let left = &*compare.left;
    compare
        .comparators
        .iter()
        .any(|right| (named(left) && main(right)) || (main(left) && named(right)))
        && matches!(&*compare.ops, [ruff_python_ast::CmpOp::Eq])
}

/// Whether an `if` is never taken when the program runs.
pub(super) fn is_type_checking(test: &ruff_python_ast::Expr) -> bool {
    use ruff_python_ast::Expr;
    match test {
        Expr::Name(name) => name.id.as_str() == "TYPE_CHECKING",
        Expr::Attribute(attribute) => attribute.attr.as_str() == "TYPE_CHECKING",
        _ => false,
    }
}
