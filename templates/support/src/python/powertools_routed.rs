//! What the event handler of Powertools for AWS Lambda must know of a request.

use super::error::Result;
use super::powertools_data_class::{CaseInsensitiveDict, header_count};
use super::powertools_event_headers::Layout;
use super::powertools_proxy_event::{
    self as event, AlbEvent, ApiGatewayProxyEvent, ApiGatewayProxyEventV2,
};
use super::powertools_response::Response;
use super::value::Value;

/// A request that has routes.
pub trait Routed: Clone {
    /// The request of an event.
    fn wrap(event: &Value) -> Self;

    /// Its method.
    fn method(&self) -> Result<Value>;

    /// Its path.
    fn path(&self) -> Result<Value>;

    /// Its headers.
    fn headers(&self) -> Result<CaseInsensitiveDict>;

    /// How the answer has its headers.
    fn layout(&self) -> Result<Layout>;

    /// A response as this kind of request can have it.
    fn adapted(response: Response) -> Response {
        response
    }
}

impl Routed for ApiGatewayProxyEvent {
    fn wrap(event: &Value) -> Self {
        event::api_gateway_proxy_event(event)
    }

    fn method(&self) -> Result<Value> {
        event::method(self)
    }

    fn path(&self) -> Result<Value> {
        event::path(self)
    }

    fn headers(&self) -> Result<CaseInsensitiveDict> {
        event::resolved_headers_field(self)
    }

    fn layout(&self) -> Result<Layout> {
        Ok(Layout::Many)
    }
}

impl Routed for ApiGatewayProxyEventV2 {
    fn wrap(event: &Value) -> Self {
        event::api_gateway_proxy_event_v2(event)
    }

    fn method(&self) -> Result<Value> {
        event::method_v2(self)
    }

    fn path(&self) -> Result<Value> {
        event::path_v2(self)
    }

    fn headers(&self) -> Result<CaseInsensitiveDict> {
        event::resolved_headers_field_v2(self)
    }

    fn layout(&self) -> Result<Layout> {
        Ok(Layout::Http)
    }
}

impl Routed for AlbEvent {
    fn wrap(event: &Value) -> Self {
        event::alb_event(event)
    }

    fn method(&self) -> Result<Value> {
        event::method(self)
    }

    fn path(&self) -> Result<Value> {
        event::path(self)
    }

    fn headers(&self) -> Result<CaseInsensitiveDict> {
        event::alb_resolved_headers_field(self)
    }

    fn layout(&self) -> Result<Layout> {
        match header_count(&event::alb_multi_value_headers(self)?) {
            0 => Ok(Layout::One),
            _ => Ok(Layout::Many),
        }
    }

    /// A load balancer wants a body.
    fn adapted(mut response: Response) -> Response {
        if response.body.is_none() {
            response.body = "".into();
        }
        response
    }
}
