//! What the stand-in refuses of a template, found by trying, so that the rest is made.
//!
//! In: resources, and outputs for the function's variables. The whole is tried first, and where it
//! is refused its halves, down to single ones: those are tried with what they cannot be without,
//! and then left out.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json, json};

use super::cloudformation::{NAME, core};
use super::{Server, StandinError};

/// The most of the stand-in's words that are shown.
const WORDS: usize = 200;

/// How a resource is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As the template says.
    Whole,
    /// With its name and what it cannot be without.
    Core,
}

/// What the stand-in refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Its CloudFormation type; that of a variable is empty.
    pub kind: String,
    /// How it is made all the same; absent where it is not.
    pub form: Option<Form>,
    /// The stand-in's words.
    pub why: String,
}

impl Refusal {
    /// A line for people.
    pub(super) fn note(&self, id: &str) -> String {
        let Self { kind, form, why } = self;
        match form {
            Some(_) => format!("`{id}` ({kind}) has only its main properties here, since: {why}"),
            None => format!("`{id}` ({kind}) is not there, since moto refuses it: {why}"),
        }
    }
}

/// A variable that the stand-in must fill in.
pub(super) struct Output {
    pub(super) variable: String,
    pub(super) value: Json,
}

/// What is to be made.
pub(super) struct Draft<'a> {
    pub(super) resources: &'a Map<String, Json>,
    pub(super) outputs: &'a BTreeMap<String, Output>,
}

/// What is tried together: resources and outputs, by their ids.
type Parts<'a> = BTreeMap<&'a str, Form>;

impl<'a> Draft<'a> {
    /// Makes all that the stand-in takes. Gives its description of the stack, in which a variable
    /// that it refuses has no value, and the resources that it refuses.
    pub(super) async fn make(
        &self,
        server: &Server,
        region: &str,
        known: &BTreeMap<String, Refusal>,
    ) -> Result<(String, BTreeMap<String, Refusal>), StandinError> {
        let form = |id: &str| known.get(id).map_or(Some(Form::Whole), |it| it.form);
        let parts = self.ids().filter_map(|id| Some((id, form(id)?)));
        match self.attempt(server, region, &parts.collect()).await {
            Ok(described) => return Ok((described, known.clone())),
            Err(StandinError::Refused { message, .. })
                if !message.contains("<Code>AlreadyExistsException</Code>") => {}
            Err(error) => return Err(error),
        }
        self.settle(server, region).await
    }

    async fn settle(
        &self,
        server: &Server,
        region: &str,
    ) -> Result<(String, BTreeMap<String, Refusal>), StandinError> {
        let (mut kept, mut refused) = (Parts::new(), BTreeMap::new());
        let mut waiting = vec![(self.ids().collect::<Vec<_>>(), Form::Whole)];
        while let Some((group, form)) = waiting.pop() {
            let mut parts = kept.clone();
            parts.extend(group.iter().map(|&id| (id, form)));
            server.reset().await?;
            let message = match self.attempt(server, region, &parts).await {
                Ok(_) => {
                    kept = parts;
                    continue;
                }
                Err(StandinError::Refused { message, .. }) => message,
                Err(error) => return Err(error),
            };
            let &[id] = group.as_slice() else {
                let (one, other) = group.split_at(group.len() / 2);
                waiting.push((other.to_vec(), form));
                waiting.push((one.to_vec(), form));
                continue;
            };
            let resource = self.resources.get(id);
            let again = form == Form::Whole && resource.is_some();
            if again {
                waiting.push((group, Form::Core));
            }
            let kind = resource.and_then(|it| it["Type"].as_str());
            let refusal = Refusal {
                kind: kind.unwrap_or_default().to_owned(),
                form: again.then_some(Form::Core),
                why: words(&message),
            };
            refused.insert(id.to_owned(), refusal);
        }
        server.reset().await?;
        let described = self.attempt(server, region, &kept).await?;
        Ok((described, refused))
    }

    /// Resources first: outputs need them.
    fn ids(&self) -> impl Iterator<Item = &'a str> {
        let resources = self.resources.keys().map(String::as_str);
        resources.chain(self.outputs.keys().map(String::as_str))
    }

    async fn attempt(
        &self,
        server: &Server,
        region: &str,
        parts: &Parts<'a>,
    ) -> Result<String, StandinError> {
        let there: BTreeSet<&str> = parts.keys().copied().collect();
        let (mut resources, mut outputs) = (Map::new(), Map::new());
        for (&id, form) in parts {
            if let Some(resource) = self.resources.get(id) {
                let whole = match form {
                    Form::Whole => resource.clone(),
                    Form::Core => core(resource),
                };
                resources.extend(without(&whole, &there).map(|it| (id.to_owned(), it)));
            } else if let Some(output) = self.outputs.get(id) {
                let value = without(&output.value, &there);
                outputs.extend(value.map(|it| (id.to_owned(), json!({"Value": it}))));
            }
        }
        if resources.is_empty() {
            // moto takes no stack without resources, and outputs may need none.
            resources.insert(
                "Nothing".to_owned(),
                json!({"Type": "AWS::CloudFormation::WaitConditionHandle"}),
            );
        }
        let template = json!({"Resources": resources, "Outputs": outputs}).to_string();
        let parameters = [("StackName", NAME), ("TemplateBody", &template)];
        let service = ("cloudformation", region);
        server.query(service, "CreateStack", &parameters).await?;
        // moto looks at outputs only here.
        server
            .query(service, "DescribeStacks", &parameters[..1])
            .await
    }
}

/// A value without what refers to resources that are not `there`.
fn without(value: &Json, there: &BTreeSet<&str>) -> Option<Json> {
    Some(match value {
        Json::Object(entries) => {
            if let Some(Json::String(text)) = entries.get("Fn::Sub")
                && !references(text).all(|id| there.contains(id) || id.starts_with("AWS::"))
            {
                return None;
            }
            let entries = entries.iter();
            entries
                .filter_map(|(name, value)| Some((name.clone(), without(value, there)?)))
                .collect()
        }
        Json::Array(items) => items.iter().filter_map(|it| without(it, there)).collect(),
        other => other.clone(),
    })
}

/// The ids that a substitution names.
fn references(text: &str) -> impl Iterator<Item = &str> {
    let names = text
        .split("${")
        .skip(1)
        .filter_map(|it| it.split('}').next());
    names.map(|name| name.split('.').next().unwrap_or(name))
}

/// What an answer says, without its markup.
fn words(answer: &str) -> String {
    let between = |open: &str, close: &str| {
        let (_, rest) = answer.split_once(open)?;
        Some(rest.split_once(close)?.0.trim().to_owned())
    };
    let said = between("<Message>", "</Message>")
        .or_else(|| between("<title>", "</title>"))
        .unwrap_or_else(|| answer.trim().to_owned());
    let said = quick_xml::escape::unescape(&said).map_or(said.clone(), Into::into);
    said.chars().take(WORDS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_refers_to_nothing_goes() {
        let queue = json!({"Properties": {
            "QueueName": "q",
            "Policy": {"dead": {"Fn::Sub": "${Dead.Arn}"}, "count": 3},
            "Own": {"Fn::Sub": "${AWS::StackName}-${Alive}"},
        }});
        let left = without(&queue, &BTreeSet::from(["Alive"])).expect("a value");
        let expected = json!({"Properties": {
            "QueueName": "q",
            "Policy": {"count": 3},
            "Own": {"Fn::Sub": "${AWS::StackName}-${Alive}"},
        }});
        assert_eq!(left, expected);
    }

    #[test]
    fn an_answer_is_told_in_its_words() {
        let xml = "<ErrorResponse><Error><Code>V</Code><Message>Value &apos;&apos; is too \
                   short</Message></Error></ErrorResponse>";
        assert_eq!(words(xml), "Value '' is too short");
        let page = "<!doctype html>\n<title>500 Internal Server Error</title>\n<h1>Oh</h1>";
        assert_eq!(words(page), "500 Internal Server Error");
        assert_eq!(words("no"), "no");
    }
}
