//! Libraries for requests and tokens: what of their functions' keywords is known.
//!
//! Exact: of `requests`, `params`, `data`, `json`, `headers`, `auth`, `timeout`, `allow_redirects` and
//! `verify=True`; redirects; the texts of exceptions but for those of TLS. Refused: files, cookies,
//! proxies, streams, certificates, hooks.
//! Of `jose.jwt.decode`, all; keys on curves and in PEM fail when the program runs.

use ruff_text_size::TextRange;

use super::Mapping;
use crate::compiler::ir::Expr;
use crate::compiler::lower::{Arguments, Lowerer};
use crate::diagnostic::Code;

/// The mapping.
pub(super) struct Requests;

/// What takes any keywords in the support modules, and those that are known.
const KEYWORDS: [(&str, &[&str], &[&str]); 2] = [
    (
        "requests",
        &[
            "delete", "get", "head", "options", "patch", "post", "put", "request",
        ],
        &[
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
        ],
    ),
    (
        "jose.jwt",
        &["decode"],
        &[
            "access_token",
            "algorithms",
            "audience",
            "issuer",
            "key",
            "options",
            "subject",
            "token",
        ],
    ),
];

impl Mapping for Requests {
    fn knows(&self, module: &str) -> bool {
        matches!(module, "requests" | "aws_requests_auth" | "jose")
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
        let (module, function) = name.rsplit_once('.')?;
        let (.., keywords) = KEYWORDS
            .iter()
            .find(|(known, functions, _)| *known == module && functions.contains(&function))?;
        if let Some(spread) = &arguments.spread {
            let range = spread.value.range;
            let what = format!("`**` in a call of `{name}`");
            return Some(lowerer.unsupported_with(range, &what, "write the arguments out"));
        }
        let unknown = arguments
            .keywords
            .iter()
            .find(|(keyword, _)| !keywords.contains(&keyword.as_str()))?;
        let keyword = &unknown.0;
        let message = format!("the argument `{keyword}` of `{name}` is not mapped to Rust");
        Some(lowerer.refuse(range, Code::UnmappedArgument, message, ""))
    }
}
