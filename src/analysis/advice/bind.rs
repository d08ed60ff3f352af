//! `bind`: hot Python functions move to a PyO3 module, the handler stays Python.

use super::{Effort, Evidence, Gain, Verdict, heavy_imports};
use crate::analysis::{DefinitionFinding, FunctionFindings};

/// The oldest Python that the module's stable ABI (abi3-py39) serves.
const OLDEST_MINOR: u32 = 9;

pub(super) fn verdict(function: &FunctionFindings) -> Verdict {
    if let Some(obstacle) = obstacle(function) {
        return Verdict::no(obstacle);
    }
    let looping: Vec<&DefinitionFinding> = function
        .definitions
        .iter()
        .filter(|definition| definition.calls_in_loop)
        .collect();
    let calling: Vec<&DefinitionFinding> = function
        .definitions
        .iter()
        .filter(|definition| definition.aws_calls > 0)
        .collect();
    let (moved, reason) = match (looping.as_slice(), calling.as_slice()) {
        ([], []) => return Verdict::no("no function of its own calls AWS"),
        ([], calling) => (calling, format!("all AWS work is in {}", names(calling))),
        (looping, _) => (looping, format!("AWS calls in a loop: {}", names(looping))),
    };
    Verdict {
        fits: true,
        effort: Some(Effort::of(
            moved.iter().map(|definition| definition.lines).sum(),
        )),
        reasons: vec![reason],
        obstacles: Vec::new(),
        gains: gains(function),
    }
}

fn obstacle(function: &FunctionFindings) -> Option<&'static str> {
    if function.package_type == "Image" {
        return Some("it is packaged as a container image");
    }
    let source = function.source.as_deref()?;
    if source == function.template {
        return Some("inline code cannot carry a compiled module");
    }
    let minor = function
        .runtime
        .as_deref()?
        .strip_prefix("python3.")?
        .parse::<u32>();
    match minor {
        Ok(minor) if minor < OLDEST_MINOR => Some("its Python is older than 3.9"),
        _ => None,
    }
}

fn names(definitions: &[&DefinitionFinding]) -> String {
    const SHOWN: usize = 3;
    let short = |name: &str| name.rsplit('.').next().unwrap_or(name).to_owned();
    let mut names: Vec<String> = definitions
        .iter()
        .take(SHOWN)
        .map(|definition| short(&definition.name))
        .collect();
    if definitions.len() > SHOWN {
        names.push(format!("{} more", definitions.len() - SHOWN));
    }
    names.join(", ")
}

fn gains(function: &FunctionFindings) -> Vec<Gain> {
    let mut gains = vec![Gain::new(
        "the article's bucket list: cold start about 3 times faster, cost about a third",
        Evidence::Article,
    )];
    let sdk = ["boto3", "botocore", "aioboto3", "aiobotocore"];
    let heaviest = heavy_imports(function)
        .into_iter()
        .find(|p| sdk.contains(&p.import.as_str()));
    gains.extend(heaviest.and_then(|package| {
        let text = format!(
            "importing {} {} took {:.0} ms, which falls away once nothing else needs it",
            package.import,
            package.version.as_deref()?,
            package.import_ms?
        );
        Some(Gain::new(text, Evidence::Measured))
    }));
    if function
        .definitions
        .iter()
        .any(|definition| definition.calls_in_loop)
    {
        gains.push(Gain::new(
            "calls of a loop can run beside each other",
            Evidence::Code,
        ));
    }
    gains
}
