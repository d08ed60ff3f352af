//! A function's layers: those of the project, and those of others that PyPI has too.

use std::path::PathBuf;

use crate::sam::{Function, LayerRef, Project, Template};
use crate::source::resolve_within;

/// Layers that AWS publishes, by a part of their ARN or of the SSM parameter that holds it, and the
/// packages of PyPI that they hold. The first that fits counts.
const PUBLISHED: &[(&str, &str)] = &[
    (
        ":layer:AWSLambdaPowertoolsPythonV2",
        "aws-lambda-powertools[all]>=2,<3",
    ),
    (
        ":layer:AWSLambdaPowertoolsPythonV3",
        "aws-lambda-powertools[all]>=3,<4",
    ),
    (
        ":layer:AWSLambdaPowertoolsPython",
        "aws-lambda-powertools[pydantic]>=1,<2",
    ),
    (
        "/aws/service/powertools/python/",
        "aws-lambda-powertools[all]>=3,<4",
    ),
    (":layer:AWSSDKPandas-Python", "awswrangler>=3,<4"),
];

fn requirement(layer: &str) -> Option<&'static str> {
    let found = PUBLISHED.iter().find(|(part, _)| layer.contains(part));
    found.map(|(_, requirement)| *requirement)
}

/// What a function's local layers bring.
#[derive(Default)]
pub(super) struct Layers {
    /// Folders for `sys.path`, in the order of the layers.
    pub(super) path: Vec<PathBuf>,
    pub(super) sources: Vec<PathBuf>,
    pub(super) manifests: Vec<PathBuf>,
    /// Layers of others whose content is a package of PyPI, and its requirement.
    pub(super) published: Vec<(String, &'static str)>,
}

impl Layers {
    pub(super) fn of(
        project: &Project,
        template: &Template,
        function: &Function,
        notes: &mut Vec<String>,
    ) -> Self {
        let mut all = Self::default();
        for layer in &function.layers {
            let id = match layer {
                LayerRef::Local(id) => id,
                LayerRef::External(value) => {
                    let value = value.to_string();
                    if let Some(requirement) = requirement(&value) {
                        all.published.push((value, requirement));
                        continue;
                    }
                    notes.push(format!("the layer `{value}` is not here, and is left out"));
                    continue;
                }
            };
            let layer = template.layers.iter().find(|layer| layer.id == *id);
            let content = layer.and_then(|layer| layer.content.as_ref());
            let Some(content) = content.and_then(|it| resolve_within(&project.root, it).ok())
            else {
                notes.push(format!("the layer `{id}` is not here, and is left out"));
                continue;
            };
            let built = layer
                .and_then(|layer| layer.build_method.as_deref())
                .is_some_and(|method| method.starts_with("python"));
            // SAM puts the content of a layer that it builds into `python/`.
            if built {
                all.path.push(content.clone());
                all.manifests.push(content.join("requirements.txt"));
            }
            all.path.push(content.join("python"));
            all.sources.push(content);
        }
        all.path.retain(|folder| folder.is_dir());
        all
    }
}

#[cfg(test)]
mod tests {
    use super::requirement;

    #[test]
    fn published_layers_are_known_by_their_names() {
        let powertools = |version: &str| {
            format!(
                "arn:aws:lambda:us-east-1:017000801446:layer:AWSLambdaPowertoolsPython{version}"
            )
        };
        for (layer, expected) in [
            (
                powertools(":9"),
                Some("aws-lambda-powertools[pydantic]>=1,<2"),
            ),
            (
                powertools("V2:68"),
                Some("aws-lambda-powertools[all]>=2,<3"),
            ),
            (
                powertools("V3-python313-arm64:7"),
                Some("aws-lambda-powertools[all]>=3,<4"),
            ),
            ("arn:aws:lambda:us-east-1:1:layer:Own:1".to_owned(), None),
        ] {
            assert_eq!(requirement(&layer), expected, "{layer}");
        }
    }
}
