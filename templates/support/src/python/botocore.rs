//! botocore's exceptions.

use super::error::{Class, EXCEPTION, VALUE_ERROR};

/// `botocore.exceptions.BotoCoreError`
pub static BOTO_CORE_ERROR: Class = class("BotoCoreError", &[&EXCEPTION]);

/// `botocore.exceptions.ClientError`
pub static CLIENT_ERROR: Class = class("ClientError", &[&EXCEPTION]);

/// `botocore.exceptions.HTTPClientError`
pub static HTTP_CLIENT_ERROR: Class = class("HTTPClientError", &[&BOTO_CORE_ERROR]);

/// `botocore.exceptions.ConnectionError`
pub static CONNECTION_ERROR: Class = class("ConnectionError", &[&BOTO_CORE_ERROR]);

/// `botocore.exceptions.EndpointConnectionError`
pub static ENDPOINT_CONNECTION_ERROR: Class =
    class("EndpointConnectionError", &[&CONNECTION_ERROR]);

/// `botocore.exceptions.ConnectionClosedError`
pub static CONNECTION_CLOSED_ERROR: Class = class("ConnectionClosedError", &[&HTTP_CLIENT_ERROR]);

/// `botocore.exceptions.ConnectTimeoutError`
pub static CONNECT_TIMEOUT_ERROR: Class = class("ConnectTimeoutError", &[&CONNECTION_ERROR]);

/// `botocore.exceptions.ReadTimeoutError`
pub static READ_TIMEOUT_ERROR: Class = class("ReadTimeoutError", &[&HTTP_CLIENT_ERROR]);

/// `botocore.exceptions.ResponseStreamingError`
pub static RESPONSE_STREAMING_ERROR: Class = class("ResponseStreamingError", &[&HTTP_CLIENT_ERROR]);

/// `botocore.exceptions.NoCredentialsError`
pub static NO_CREDENTIALS_ERROR: Class = class("NoCredentialsError", &[&BOTO_CORE_ERROR]);

/// `botocore.exceptions.PartialCredentialsError`
pub static PARTIAL_CREDENTIALS_ERROR: Class = class("PartialCredentialsError", &[&BOTO_CORE_ERROR]);

/// `botocore.exceptions.NoRegionError`
pub static NO_REGION_ERROR: Class = class("NoRegionError", &[&BOTO_CORE_ERROR]);

/// `botocore.exceptions.ParamValidationError`
pub static PARAM_VALIDATION_ERROR: Class = class("ParamValidationError", &[&BOTO_CORE_ERROR]);

/// `botocore.exceptions.PaginationError`
pub static PAGINATION_ERROR: Class = class("PaginationError", &[&BOTO_CORE_ERROR]);

/// `botocore.exceptions.WaiterError`
pub static WAITER_ERROR: Class = class("WaiterError", &[&BOTO_CORE_ERROR]);

/// `botocore.parsers.ResponseParserError`
pub static RESPONSE_PARSER_ERROR: Class = class("ResponseParserError", &[&EXCEPTION]);

/// `botocore.exceptions.UnknownEndpointError`
pub static UNKNOWN_ENDPOINT_ERROR: Class =
    class("UnknownEndpointError", &[&BOTO_CORE_ERROR, &VALUE_ERROR]);

const fn class(name: &'static str, bases: &'static [&'static Class]) -> Class {
    Class::new(name, bases)
}
