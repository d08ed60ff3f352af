//! `requests`: what of its functions' keywords is known.
//!
//! Exact: `params`, `data`, `json`, `headers`, `auth`, `timeout`, `allow_redirects`, `verify=True`;
//! redirects; the texts of exceptions but for those of TLS. Refused: files, cookies, proxies, streams,
//! certificates, hooks.

use ruff_text_size::TextRange;

use super::Mapping;
use crate::compiler::ir::Expr;
use crate::compiler::lower::{Arguments, Lowerer};
use crate::diagnostic::Code;

/// The mapping.
pub(super) struct Requests;

const VERBS: [&str; 8] = [
    "delete", "get", "head", "options", "patch", "post", "put", "request",
];

const KEYWORDS: [&str; 10] = [
    "allow_redirects",
    "auth",
    "data",
    "headers",
    "json",
    "method",
    "params",
    "timeout",
    "url",
    "verify",
];

impl Mapping for Requests {
    fn knows(&self, module: &str) -> bool {
        matches!(module, "requests" | "aws_requests_auth")
    }

    fn canonical(&self, name: &str) -> Option<String> {
        let name = name.strip_prefix("requests.api.")?;
        Some(format!("requests.{name}"))
    }

    fn call(
        &self,
        lowerer: &mut Lowerer<'_, '_>,
        name: &str,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Option<Expr> {
        let verb = name.strip_prefix("requests.")?;
        if !VERBS.contains(&verb) {
            return None;
        }
        if let Some(spread) = &arguments.spread {
            let range = spread.value.range;
            let what = "`**` in a call of requests";
            return Some(lowerer.unsupported_with(range, what, "write the arguments out"));
        }
        let unknown = arguments
            .keywords
            .iter()
            .find(|(keyword, _)| !KEYWORDS.contains(&keyword.as_str()))?;
        let message = format!(
            "the argument `{}` of `{name}` is not mapped to Rust",
            unknown.0
        );
        Some(lowerer.refuse(range, Code::UnmappedArgument, message, ""))
    }
}
