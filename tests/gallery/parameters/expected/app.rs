//! Reads what is configured: a secret and parameters.

use crate::aws;
use crate::python::{
    botocore_client, dict, dict::Dict, environ, error::Result, lambda_context, list::List, numbers,
    powertools_parameters, value::Value,
};
use aws_config::SdkConfig;

pub async fn handler(
    config: &SdkConfig,
    event: &Value,
    _context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    let limit = powertools_parameters::get_parameter(
        &environ::item("LIMIT")?,
        None,
        None,
        false,
        None,
        async |parameters| {
            let client = aws::ssm::client(config, botocore_client::ClientOptions::default())?;
            aws::ssm::get_parameter(&client, &parameters)
                .await
                .map(Value::from)
        },
    )
    .await?;
    let config_ = powertools_parameters::get_parameter(
        &environ::item("CONFIG")?,
        Some("json"),
        Some(true),
        false,
        None,
        async |parameters| {
            let client = aws::ssm::client(config, botocore_client::ClientOptions::default())?;
            aws::ssm::get_parameter(&client, &parameters)
                .await
                .map(Value::from)
        },
    )
    .await?;
    if dict::get(event.expect_dict("get")?, "missing", Value::None).is_true() {
        // Nothing is kept of what failed.
        config_.set_item(
            "more",
            powertools_parameters::get_parameter(
                "/app/missing",
                None,
                None,
                false,
                None,
                async |parameters| {
                    let client =
                        aws::ssm::client(config, botocore_client::ClientOptions::default())?;
                    aws::ssm::get_parameter(&client, &parameters)
                        .await
                        .map(Value::from)
                },
            )
            .await?,
        )?;
    }
    Ok(Dict::from([
        (
            "partner",
            partner_of(
                config,
                &dict::get(event.expect_dict("get")?, "key", Value::from("k-1")),
            )
            .await?,
        ),
        ("limit", Value::from(numbers::int_of(&limit)?)),
        ("config", config_),
        (
            "all",
            powertools_parameters::get_parameters(
                "/app",
                None,
                true,
                None,
                Some(5),
                async |parameters| {
                    let client =
                        aws::ssm::client(config, botocore_client::ClientOptions::default())?;
                    let mut pages = aws::ssm::get_parameters_by_path_pages(&client, &parameters)?;
                    let found = List::new();
                    while let Some(page) = pages.next().await? {
                        found.push(page);
                    }
                    Ok(Value::from(found))
                },
            )
            .await?,
        ),
    ]))
}

/// The partner of a key, or None.
pub async fn partner_of(config: &SdkConfig, key: &Value) -> Result<Value> {
    let keys = powertools_parameters::get_secret(
        &environ::item("KEYS")?,
        Some("json"),
        false,
        Some(60),
        async |parameters| {
            let client =
                aws::secretsmanager::client(config, botocore_client::ClientOptions::default())?;
            aws::secretsmanager::get_secret_value(&client, &parameters)
                .await
                .map(Value::from)
        },
    )
    .await?;
    dict::get_value(keys.expect_dict("get")?, key, Value::None)
}
