//! What the patterns of `match` capture.

use ruff_python_ast::Pattern;

/// The names that this pattern itself captures, inner patterns aside.
pub(super) fn captured<'a>(pattern: &'a Pattern, names: &mut Vec<&'a str>) {
    let name = match pattern {
        Pattern::MatchAs(it) => it.name.as_ref(),
        Pattern::MatchStar(it) => it.name.as_ref(),
        Pattern::MatchMapping(it) => it.rest.as_ref(),
        _ => None,
    };
    names.extend(name.map(|name| name.as_str()));
}

/// The patterns directly inside.
pub(super) fn inner(pattern: &Pattern) -> Vec<&Pattern> {
    match pattern {
        Pattern::MatchSequence(it) => it.patterns.iter().collect(),
        Pattern::MatchMapping(it) => it.patterns.iter().collect(),
        Pattern::MatchOr(it) => it.patterns.iter().collect(),
        Pattern::MatchAs(it) => it.pattern.as_deref().into_iter().collect(),
        Pattern::MatchClass(it) => {
            let named = it.arguments.keywords.iter().map(|keyword| &keyword.pattern);
            it.arguments.patterns.iter().chain(named).collect()
        }
        _ => Vec::new(),
    }
}
