//! Environment variables that nothing reads any more.

use super::{Target, keys, node};
use crate::edit::EditError;
use crate::edit::yaml::YamlEditor;

/// Prefixes of variables that Lambda, the AWS SDK or an extension may read.
const KEPT: &[&str] = &[
    "AWS_",
    "_",
    "LAMBDA_",
    "POWERTOOLS_",
    "RUST_",
    "LD_",
    "SSL_",
    "TZ",
];

/// Variables that only Python, or Lambda's managed runtimes, read.
const OF_PYTHON: &[&str] = &["PYTHON", "AWS_LAMBDA_EXEC_WRAPPER", "BOTO_"];

/// Takes the function's own variables away that the program does not read. Where it keeps layers,
/// an extension in one may read any of them.
pub(super) fn remove(
    editor: &mut YamlEditor,
    target: &Target<'_>,
    keeps_layers: bool,
    notes: &mut Vec<String>,
) -> Result<(), EditError> {
    let environment = target.properties().join("Environment");
    let variables = environment.join("Variables");
    let is_plain = node(editor, &variables).is_some_and(|it| it.is_mapping() && it.tag.is_none());
    if !is_plain {
        return Ok(());
    }
    let names = keys(editor, &variables);
    let is_intrinsic = |name: &String| name.starts_with("Fn::") || name == "Ref";
    if names.iter().any(is_intrinsic) {
        return Ok(());
    }
    let mut unread = Vec::new();
    for name in &names {
        if OF_PYTHON.iter().any(|prefix| name.starts_with(prefix)) {
            unread.push((name, "only Python reads it"));
        } else if !is_read(target, name) {
            unread.push((name, "nothing reads it"));
        }
    }
    if keeps_layers {
        let kept = |(_, why): &(&String, &str)| *why == "nothing reads it";
        let spared: Vec<&str> = unread
            .iter()
            .filter(|it| kept(it))
            .map(|it| it.0.as_str())
            .collect();
        if !spared.is_empty() {
            notes.push(format!(
                "the program does not read {}; the variables stay, since an extension in a layer \
                 may",
                spared.join(", ")
            ));
        }
        unread.retain(|it| !kept(it));
    }
    if unread.len() == names.len() && !unread.is_empty() {
        let reason = format!("{}: nothing reads them", names.join(", "));
        let is_alone = keys(editor, &environment).len() == 1;
        let place = if is_alone { environment } else { variables };
        return editor.remove(place, &reason);
    }
    for (name, why) in unread {
        editor.remove(variables.join(name.as_str()), &format!("{name}: {why}"))?;
    }
    Ok(())
}

fn is_read(target: &Target<'_>, name: &str) -> bool {
    let read = target.environment.is_none_or(|read| read.contains(name));
    read || KEPT.iter().any(|prefix| name.starts_with(prefix))
}
