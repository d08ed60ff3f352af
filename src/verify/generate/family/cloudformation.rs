//! Requests of CloudFormation to custom resources. After "Custom resource request objects".

use serde_json::{Map, Value, json};

use super::edit::{set, setting};
use super::{Base, Source, Variation};
use crate::sam;

pub(super) fn bases(source: Source<'_>) -> Vec<Base> {
    let token = format!(
        "arn:aws:lambda:{}:{}:function:{}",
        source.region(),
        source.account(),
        source
            .surroundings
            .name(source.template, &source.function.id)
    );
    let kind = source
        .template
        .resource(&source.event.name)
        .map_or("Custom::Resource", |it| &it.kind);
    let mut own = Map::new();
    own.insert("ServiceToken".to_owned(), json!(token));
    if let sam::Value::Map(entries) = source.properties() {
        let entries = entries
            .into_iter()
            .filter(|(name, _)| name != "ServiceToken");
        own.extend(entries.map(|(name, value)| (name, texts(source, &value))));
    }
    let request = |kind_of_request: &str| {
        let mut event = json!({
            "RequestType": kind_of_request,
            "ServiceToken": token,
            "ResponseURL": "https://cloudformation-custom-resource-response-useast1.s3.amazonaws.com/a%3Ab",
            "StackId": format!(
                "arn:aws:cloudformation:{}:{}:stack/stack/51af3dc0-da77-11e4-872e-1234567db123",
                source.region(), source.account()
            ),
            "RequestId": "5cb2e1a1-d2a0-4dfb-ab1f-0123456789ab",
            "LogicalResourceId": source.event.name,
        });
        if kind_of_request != "Create" {
            let id = format!("stack-{}-1A2B3C4D5E6F", source.event.name);
            set(&mut event, &["PhysicalResourceId"], json!(id));
        }
        set(&mut event, &["ResourceType"], json!(kind));
        set(&mut event, &["ResourceProperties"], json!(own));
        if kind_of_request == "Update" {
            let mut old = json!(own);
            set(&mut old, &["Version"], json!("0"));
            set(&mut event, &["OldResourceProperties"], old);
        }
        let why = "a step in the life of the template's own resource";
        Base::new(kind_of_request, why, event)
    };
    ["Create", "Update", "Delete"].map(request).into()
}

/// CloudFormation hands every scalar on as text.
fn texts(source: Source<'_>, value: &sam::Value) -> Value {
    match value {
        sam::Value::List(items) => items.iter().map(|it| texts(source, it)).collect(),
        sam::Value::Map(entries) => {
            let entries = entries
                .iter()
                .map(|(name, it)| (name.clone(), texts(source, it)));
            Value::Object(entries.collect())
        }
        other => json!(source.surroundings.text(source.template, other)),
    }
}

pub(super) fn variations() -> Vec<Variation> {
    vec![
        setting(
            "unknown request",
            "a type that the code does not know",
            &["RequestType"],
            json!("Import"),
        ),
        setting(
            "no own properties",
            "the token alone",
            &["ResourceProperties"],
            json!({}),
        ),
        setting(
            "unicode property",
            "properties are texts",
            &["ResourceProperties", "Note"],
            json!("Grüße 👋"),
        ),
        setting(
            "boolean as text",
            "CloudFormation makes texts of scalars",
            &["ResourceProperties", "Enabled"],
            json!("true"),
        ),
        setting(
            "list property",
            "properties may be lists",
            &["ResourceProperties", "Items"],
            json!(["1", "2"]),
        ),
        Variation::new(
            "failed creation",
            "CloudFormation deletes what was never made",
            |event| {
                set(event, &["RequestType"], json!("Delete"))
                    && set(
                        event,
                        &["PhysicalResourceId"],
                        json!("stack-Resource-FAILED"),
                    )
            },
        ),
        Variation::new("nothing changed", "an update to the same", |event| {
            let own = event.get("ResourceProperties").cloned().unwrap_or_default();
            event.get("OldResourceProperties").is_some()
                && set(event, &["OldResourceProperties"], own)
        }),
        super::edit::without("no old properties", "by hand", &["OldResourceProperties"]),
        super::edit::without("no physical id", "by hand", &["PhysicalResourceId"]),
    ]
}
