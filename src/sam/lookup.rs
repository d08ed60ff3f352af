//! A function by the name that a person calls it.

use std::collections::BTreeSet;

use heck::ToKebabCase;

use super::code::Code;
use super::{Function, Project, Template};
use crate::diagnostic::{Code as DiagnosticCode, Diagnostic};
use crate::source::display_path;

impl Function {
    /// The names that people call it by: the logical id, its kebab-case with and without
    /// `-function`, and the kebab-case of its code folder's name.
    #[must_use]
    pub fn names(&self) -> BTreeSet<String> {
        let id = self.id.to_kebab_case();
        let mut names = BTreeSet::from([self.id.clone()]);
        names.extend(id.strip_suffix("-function").map(str::to_owned));
        names.insert(id);
        names.extend(self.folder_name());
        names
    }

    /// The shortest name that is made from its logical id: `list-buckets`.
    #[must_use]
    pub fn short_name(&self) -> String {
        let id = self.id.to_kebab_case();
        id.strip_suffix("-function").unwrap_or(&id).to_owned()
    }

    fn folder_name(&self) -> Option<String> {
        let Code::Local { path, .. } = &self.code else {
            return None;
        };
        Some(path.file_name()?.to_str()?.to_kebab_case())
    }
}

impl Project {
    /// The function of a name. A logical id comes before all other names.
    ///
    /// # Errors
    /// Where there is none of that name, or several.
    pub fn function(&self, name: &str) -> Result<(&Template, &Function), Diagnostic> {
        match self.functions_named(name).as_slice() {
            [one] => Ok(*one),
            [] => Err(self.unknown(name)),
            several => Err(ambiguous(name, several)),
        }
    }

    /// The functions of a name, in the order of the templates: those with that logical id or, if
    /// there is none, those that people call so.
    #[must_use]
    pub fn functions_named(&self, name: &str) -> Vec<(&Template, &Function)> {
        let by_id: Vec<_> = self.functions().filter(|(_, it)| it.id == name).collect();
        if by_id.is_empty() {
            self.functions()
                .filter(|(_, it)| it.names().contains(name))
                .collect()
        } else {
            by_id
        }
    }

    fn unknown(&self, name: &str) -> Diagnostic {
        if let Some(failure) = self.failures.first() {
            return failure.diagnostic.clone();
        }
        let known: BTreeSet<String> = self.functions().map(|(_, it)| it.short_name()).collect();
        let known: Vec<String> = known.into_iter().collect();
        let help = if known.is_empty() {
            "there is no function in any template here; name the folder with `--project`".to_owned()
        } else {
            format!("the functions here are {}", known.join(", "))
        };
        let message = format!("there is no function `{name}`");
        Diagnostic::error(DiagnosticCode::UnknownFunction, message).with_help(help)
    }
}

fn ambiguous(name: &str, several: &[(&Template, &Function)]) -> Diagnostic {
    let listed: Vec<String> = several
        .iter()
        .map(|(template, function)| {
            format!(
                "`{}` of `{}`",
                function.id,
                display_path(template.file.path())
            )
        })
        .collect();
    let message = format!("`{name}` may be {}", listed.join(" or "));
    let ids: BTreeSet<&str> = several.iter().map(|(_, it)| it.id.as_str()).collect();
    let help = if ids.len() == several.len() {
        "name it by its logical id"
    } else {
        "choose a template with `--template`"
    };
    Diagnostic::error(DiagnosticCode::AmbiguousFunction, message).with_help(help)
}
