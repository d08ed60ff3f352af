//! The ARNs of API Gateway's routes, as Powertools for AWS Lambda parses them.

use super::error::{self, Result};
use super::value::Value;

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayRouteArn`
#[derive(Debug, Clone)]
pub struct ApiGatewayRouteArn {
    partition: String,
    region: String,
    account: String,
    api: String,
    stage: String,
    /// None of a WebSocket API's.
    method: Option<String>,
    resource: String,
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.parse_api_gateway_arn(arn, is_websocket_authorizer=False)`.
pub fn parse(arn: &str, is_websocket_authorizer: bool) -> Result<ApiGatewayRouteArn> {
    let parts: Vec<&str> = arn.split(':').collect();
    let part = |parts: &[&str], index: usize| {
        let part = parts.get(index).map(|part| (*part).to_owned());
        part.ok_or_else(|| error::index_error("list index out of range"))
    };
    let route = part(&parts, 5)?;
    let route: Vec<&str> = route.split('/').collect();
    let method = match is_websocket_authorizer {
        true => None,
        false => Some(part(&route, 2)?),
    };
    let resource = route.get(if method.is_some() { 3 } else { 2 }..);
    Ok(ApiGatewayRouteArn {
        partition: part(&parts, 1)?,
        region: part(&parts, 3)?,
        account: part(&parts, 4)?,
        api: part(&route, 0)?,
        stage: part(&route, 1)?,
        method,
        resource: resource
            .unwrap_or_default()
            .join("/")
            .trim_start_matches('/')
            .to_owned(),
    })
}

/// The ARN of a request that an authorizer is asked for.
pub fn parse_value(arn: &Value) -> Result<ApiGatewayRouteArn> {
    parse(arn.expect_str("split")?, false)
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayRouteArn.partition`
pub fn partition(arn: &ApiGatewayRouteArn) -> String {
    arn.partition.clone()
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayRouteArn.region`
pub fn region(arn: &ApiGatewayRouteArn) -> String {
    arn.region.clone()
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayRouteArn.aws_account_id`
pub fn aws_account_id(arn: &ApiGatewayRouteArn) -> String {
    arn.account.clone()
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayRouteArn.api_id`
pub fn api_id(arn: &ApiGatewayRouteArn) -> String {
    arn.api.clone()
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayRouteArn.stage`
pub fn stage(arn: &ApiGatewayRouteArn) -> String {
    arn.stage.clone()
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayRouteArn.http_method`
pub fn http_method(arn: &ApiGatewayRouteArn) -> Option<String> {
    arn.method.clone()
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayRouteArn.resource`
pub fn resource(arn: &ApiGatewayRouteArn) -> String {
    arn.resource.clone()
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayRouteArn.arn`
pub fn arn(arn: &ApiGatewayRouteArn) -> String {
    let ApiGatewayRouteArn {
        partition,
        region,
        account,
        api,
        stage,
        method,
        resource,
    } = arn;
    let stage = format!("arn:{partition}:execute-api:{region}:{account}:{api}/{stage}");
    match method {
        Some(method) => format!("{stage}/{method}/{resource}"),
        None => format!("{stage}/{resource}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns_are_those_of_powertools() -> Result<()> {
        let text = "arn:aws:execute-api:us-east-1:123456789012:abcdef123/test/GET/request/a";
        let parsed = parse(text, false)?;
        let parts =
            [partition, region, aws_account_id, api_id, stage, resource].map(|part| part(&parsed));
        let expected = [
            "aws",
            "us-east-1",
            "123456789012",
            "abcdef123",
            "test",
            "request/a",
        ];
        assert_eq!(parts, expected);
        assert_eq!(http_method(&parsed).as_deref(), Some("GET"));
        assert_eq!(arn(&parsed), text);
        let socket = parse("arn:aws:execute-api:r:1:abc/dev/$connect", true)?;
        assert_eq!(
            (http_method(&socket), resource(&socket)),
            (None, "$connect".to_owned())
        );
        assert_eq!(arn(&socket), "arn:aws:execute-api:r:1:abc/dev/$connect");
        assert_eq!(resource(&parse("a:b:c:d:e:f/s/GET", false)?), "");
        for wrong in ["", "a:b:c:d:e:f/s"] {
            let raised = parse(wrong, false).map_err(|error| error.to_string());
            assert_eq!(
                raised.map(|_| ()),
                Err("list index out of range".to_owned())
            );
        }
        Ok(())
    }
}
