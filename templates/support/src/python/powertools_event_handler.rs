//! The event handler of Powertools for AWS Lambda: which function answers a request, and what
//! its answer becomes. Middlewares, validation and debugging are refused.
//!
//! The program adds its routes with the names of its functions; for each event it finds the route,
//! calls the function of that name, and makes its result the answer. What a function raises may be
//! handled by another:
//!
//! ```ignore
//! let call = find_route(&app, event, context)?;
//! let result = match call.handler {
//!     Some("get_order") => get_order(&call.argument("order_id")).await.map(simple),
//!     _ => missing(&app, &call),
//! };
//! let result = match raised(&call, result, &[&VALUE_ERROR]) {
//!     (Some(0), Err(error)) => on_value_error(&error),
//!     (_, result) => result,
//! };
//! respond(&app, &call, result)
//! ```

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use super::dict::Dict;
use super::error::{self, Class, Error, Result};
use super::lambda_context::LambdaContext;
use super::list::List;
use super::powertools_cors::{CorsConfig, joined};
use super::powertools_data_class::{CaseInsensitiveDict, header};
use super::powertools_event_headers::serialized;
use super::powertools_http_errors::{SERVICE_ERROR, default_not_found_error};
use super::powertools_proxy_event::{
    AlbEvent, ApiGatewayProxyEvent, ApiGatewayProxyEventV2, LambdaFunctionUrlEvent,
};
use super::powertools_response::{Response, encoded_body, of_json};
use super::powertools_routed::Routed;
use super::powertools_rule::Rule;
use super::powertools_settings as settings;
use super::value::Value;

/// What finds the function that answers a request. Clones share the routes.
#[derive(Debug, Clone)]
pub struct Resolver<E>(Rc<Shared<E>>);

/// `aws_lambda_powertools.event_handler.APIGatewayRestResolver`
pub type ApiGatewayRestResolver = Resolver<ApiGatewayProxyEvent>;
/// `aws_lambda_powertools.event_handler.ApiGatewayResolver`
pub type ApiGatewayResolver = Resolver<ApiGatewayProxyEvent>;
/// `aws_lambda_powertools.event_handler.APIGatewayHttpResolver`
pub type ApiGatewayHttpResolver = Resolver<ApiGatewayProxyEventV2>;
/// `aws_lambda_powertools.event_handler.LambdaFunctionUrlResolver`
pub type LambdaFunctionUrlResolver = Resolver<ApiGatewayProxyEventV2>;
/// `aws_lambda_powertools.event_handler.ALBResolver`
pub type AlbResolver = Resolver<AlbEvent>;

#[derive(Debug)]
struct Shared<E> {
    /// Whether the routes are those of a REST API, in which slashes at the end do not count.
    is_rest: bool,
    cors: Option<CorsConfig>,
    strip_prefixes: Vec<String>,
    routes: RefCell<Vec<Route>>,
    /// The methods that a browser may use.
    methods: RefCell<BTreeSet<String>>,
    current: RefCell<Option<(E, LambdaContext)>>,
}

/// A route of the program.
#[derive(Debug, Clone)]
struct Route {
    method: String,
    rule: Rule,
    handler: &'static str,
    options: Options,
}

/// What a route says beside its rule.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Whether browsers may ask from other origins; as the resolver has it, where it is not said.
    pub cors: Option<bool>,
    /// Whether the answer is compressed.
    pub compress: bool,
    /// How long the answer may be kept.
    pub cache_control: Option<&'static str>,
}

/// A request and what answers it.
#[derive(Debug)]
pub struct Call<E> {
    /// The name of the function that answers; none where no route fits.
    pub handler: Option<&'static str>,
    /// The parts of the path that the function takes.
    arguments: Dict,
    event: E,
    method: String,
    options: Options,
    /// The classes of exceptions that other functions handle.
    handled: RefCell<Vec<&'static Class>>,
}

impl<E> Call<E> {
    /// A part of the path by its name.
    pub fn argument(&self, name: &str) -> String {
        let found = self.arguments.find(name);
        found.map_or_else(String::new, |value| value.to_string())
    }
}

/// A resolver without routes.
fn resolver<E>(cors: Option<&CorsConfig>, prefixes: &Value, is_rest: bool) -> Result<Resolver<E>> {
    if settings::is_development()? {
        return Err(error::untranslated("the debugging of routes"));
    }
    let prefixes = match prefixes {
        Value::List(prefixes) => prefixes.to_vec(),
        _ => Vec::new(),
    };
    let prefix = |prefix: Value| match prefix {
        Value::Str(prefix) => Ok(prefix),
        _ => Err(error::untranslated("a prefix that is not a str")),
    };
    Ok(Resolver(Rc::new(Shared {
        is_rest,
        cors: cors.cloned(),
        strip_prefixes: prefixes.into_iter().map(prefix).collect::<Result<_>>()?,
        routes: RefCell::default(),
        methods: RefCell::new(BTreeSet::from(["OPTIONS".to_owned()])),
        current: RefCell::new(None),
    })))
}

/// `aws_lambda_powertools.event_handler.APIGatewayRestResolver(cors=None, *, strip_prefixes=None)`.
pub fn rest_resolver(
    cors: Option<&CorsConfig>,
    strip_prefixes: &Value,
) -> Result<ApiGatewayRestResolver> {
    resolver(cors, strip_prefixes, true)
}

/// `aws_lambda_powertools.event_handler.ApiGatewayResolver(*, cors=None, strip_prefixes=None)`.
/// That of the payloads of REST APIs.
pub fn gateway_resolver(
    cors: Option<&CorsConfig>,
    strip_prefixes: &Value,
) -> Result<ApiGatewayResolver> {
    resolver(cors, strip_prefixes, false)
}

/// `aws_lambda_powertools.event_handler.APIGatewayHttpResolver(cors=None, *, strip_prefixes=None)`.
pub fn http_resolver(
    cors: Option<&CorsConfig>,
    strip_prefixes: &Value,
) -> Result<ApiGatewayHttpResolver> {
    resolver(cors, strip_prefixes, false)
}

/// `aws_lambda_powertools.event_handler.LambdaFunctionUrlResolver(cors=None, *, strip_prefixes=None)`.
pub fn url_resolver(
    cors: Option<&CorsConfig>,
    strip_prefixes: &Value,
) -> Result<LambdaFunctionUrlResolver> {
    resolver(cors, strip_prefixes, false)
}

/// `aws_lambda_powertools.event_handler.ALBResolver(cors=None, *, strip_prefixes=None)`.
pub fn alb_resolver(cors: Option<&CorsConfig>, strip_prefixes: &Value) -> Result<AlbResolver> {
    resolver(cors, strip_prefixes, false)
}

/// Adds a route. That of a router has the router's prefix before its rule, which is `prefixed`.
pub fn add_route<E>(
    resolver: &Resolver<E>,
    method: &str,
    rule: &str,
    handler: &'static str,
    options: Options,
) -> Result<()> {
    let shared = &resolver.0;
    let method = method.to_uppercase();
    let options = Options {
        cors: Some(options.cors.unwrap_or(shared.cors.is_some())),
        ..options
    };
    if options.cors == Some(true) {
        shared.methods.borrow_mut().insert(method.clone());
    }
    let rule = match shared.is_rest {
        true => rule.trim_end_matches('/'),
        false => rule,
    };
    shared.routes.borrow_mut().push(Route {
        method,
        rule: Rule::new(rule, shared.is_rest)?,
        handler,
        options,
    });
    Ok(())
}

/// The rule of a router's route, where the router is included with a prefix.
pub fn prefixed(prefix: &str, rule: &str) -> String {
    match rule {
        "/" if !prefix.is_empty() => prefix.to_owned(),
        rule => format!("{prefix}{rule}"),
    }
}

/// `aws_lambda_powertools.event_handler.APIGatewayRestResolver.current_event`
pub fn rest_current_event(resolver: &ApiGatewayRestResolver) -> Result<ApiGatewayProxyEvent> {
    current(resolver).map(|(event, _)| event)
}

/// `aws_lambda_powertools.event_handler.ApiGatewayResolver.current_event`
pub fn gateway_current_event(resolver: &ApiGatewayResolver) -> Result<ApiGatewayProxyEvent> {
    current(resolver).map(|(event, _)| event)
}

/// `aws_lambda_powertools.event_handler.LambdaFunctionUrlResolver.current_event`
pub fn url_current_event(resolver: &LambdaFunctionUrlResolver) -> Result<LambdaFunctionUrlEvent> {
    current(resolver).map(|(event, _)| event)
}

/// `aws_lambda_powertools.event_handler.APIGatewayHttpResolver.current_event`
pub fn http_current_event(resolver: &ApiGatewayHttpResolver) -> Result<ApiGatewayProxyEventV2> {
    current(resolver).map(|(event, _)| event)
}

/// `aws_lambda_powertools.event_handler.ALBResolver.current_event`
pub fn alb_current_event(resolver: &AlbResolver) -> Result<AlbEvent> {
    current(resolver).map(|(event, _)| event)
}

/// The `lambda_context` of any resolver.
pub fn lambda_context<E: Routed>(resolver: &Resolver<E>) -> Result<LambdaContext> {
    current(resolver).map(|(_, context)| context)
}

/// The request that is being answered.
fn current<E: Routed>(resolver: &Resolver<E>) -> Result<(E, LambdaContext)> {
    let current = resolver.0.current.borrow().clone();
    current.ok_or_else(|| error::untranslated("the current event before there is one"))
}

/// Finds the function that answers an event: the first of the routes without names that fits, or
/// else of those with names.
pub fn find_route<E: Routed>(
    resolver: &Resolver<E>,
    event: &Value,
    context: &LambdaContext,
) -> Result<Call<E>> {
    let shared = &resolver.0;
    let event = E::wrap(event);
    *shared.current.borrow_mut() = Some((event.clone(), context.clone()));
    let method = event.method()?.expect_str("upper")?.to_uppercase();
    let path = event.path()?;
    let Value::Str(path) = &path else {
        return Err(error::untranslated("a path that is not a str"));
    };
    let path = without_prefix(&shared.strip_prefixes, path);
    let routes = shared.routes.borrow();
    for is_dynamic in [false, true] {
        for route in routes
            .iter()
            .filter(|it| it.rule.is_dynamic() == is_dynamic)
        {
            if route.method == method
                && let Some(arguments) = route.rule.find(path)
            {
                return Ok(Call {
                    handler: Some(route.handler),
                    arguments,
                    event,
                    method,
                    options: route.options.clone(),
                    handled: RefCell::default(),
                });
            }
        }
    }
    let cors = Some(shared.cors.is_some());
    Ok(Call {
        handler: None,
        arguments: Dict::new(),
        event,
        method,
        options: Options {
            cors,
            ..Options::default()
        },
        handled: RefCell::default(),
    })
}

/// The path without the first of the prefixes that it has.
fn without_prefix<'a>(prefixes: &[String], path: &'a str) -> &'a str {
    for prefix in prefixes {
        if path == prefix {
            return "/";
        }
        let rest = path.strip_prefix(prefix.as_str());
        if let Some(rest) = rest.filter(|rest| !prefix.is_empty() && rest.starts_with('/')) {
            return rest;
        }
    }
    path
}

/// As `not_found`, where a function handles that no route fits: the exception that it handles.
pub fn missing<E>(resolver: &Resolver<E>, call: &Call<E>) -> Result<Response> {
    match resolver.0.cors.is_some() && call.method == "OPTIONS" {
        true => Ok(not_found(resolver, call)),
        false => Err(default_not_found_error()),
    }
}

/// Which of the functions that handle exceptions of some classes handles what was raised: that of
/// the class that comes first among those that its own inherits from.
pub fn raised<E>(
    call: &Call<E>,
    result: Result<Response>,
    classes: &[&'static Class],
) -> (Option<usize>, Result<Response>) {
    *call.handled.borrow_mut() = classes.to_vec();
    let handler = match &result {
        Err(error) if error.is(&error::EXCEPTION) => {
            let line = error.class().line().into_iter();
            let place = |class: &'static Class| {
                classes.iter().position(|known| std::ptr::eq(*known, class))
            };
            line.filter_map(place).next()
        }
        _ => None,
    };
    (handler, result)
}

/// The response to a request that no route fits.
pub fn not_found<E>(resolver: &Resolver<E>, call: &Call<E>) -> Response {
    if resolver.0.cors.is_some() && call.method == "OPTIONS" {
        let headers = Dict::new();
        let methods = joined(&resolver.0.methods.borrow());
        headers.insert("Access-Control-Allow-Methods", methods);
        return Response {
            headers,
            ..Response::empty(204)
        };
    }
    let body = Dict::new();
    body.insert("statusCode", 404);
    body.insert("message", "Not found");
    of_json(404.into(), body.into())
}

/// The response to an exception of the event handler's own.
fn of_error(error: Error) -> Result<Response> {
    let attribute = |name: &str| error.attribute(name);
    if !error.is(&SERVICE_ERROR) {
        return Err(error);
    }
    let (Some(status), Some(msg)) = (attribute("status_code"), attribute("msg")) else {
        return Err(error::untranslated("a ServiceError without a status"));
    };
    let body = Dict::new();
    body.insert("statusCode", &status);
    body.insert("message", msg);
    Ok(of_json(status, body.into()))
}

/// The answer to a request, of what the function returned or raised.
pub fn respond<E: Routed>(
    resolver: &Resolver<E>,
    call: &Call<E>,
    result: Result<Response>,
) -> Result<Value> {
    let mut response = match result {
        Ok(response) => E::adapted(response),
        Err(error) => {
            let is_handled = |class: &&'static Class| error.is(class);
            if call.handler.is_none() && call.handled.borrow().iter().any(is_handled) {
                let text = "what is raised where it is handled that no route fits";
                return Err(error::untranslated(text));
            }
            of_error(error)?
        }
    };
    response.body = encoded_body(&response)?;
    let request_headers = call.event.headers()?;
    if call.options.cors == Some(true) {
        let cors = resolver.0.cors.clone().unwrap_or_default();
        cors.add_headers(&response.headers, &origin(&request_headers)?);
    }
    if let Some(cache_control) = call.options.cache_control.filter(|it| !it.is_empty()) {
        let is_kept = response.status_code == Value::from(200);
        let value = if is_kept { cache_control } else { "no-cache" };
        response.headers.insert("Cache-Control", value);
    }
    let compress = response.compress.unwrap_or(call.options.compress);
    if compress && accepts_gzip(&request_headers)? {
        return Err(error::untranslated("a response that is compressed"));
    }
    let (body, is_base64) = match &response.body {
        #[cfg(feature = "bytes")]
        Value::Bytes(bytes) => {
            let encoded = super::base64::b64encode(bytes);
            (
                super::bytes::decode(&encoded, "ascii", "strict")?.into(),
                true,
            )
        }
        body => (body.clone(), false),
    };
    let answer = Dict::new();
    answer.insert("statusCode", &response.status_code);
    answer.insert("body", body);
    answer.insert("isBase64Encoded", is_base64);
    serialized(&answer, &response, call.event.layout()?)?;
    Ok(answer.into())
}

/// The origin of a request.
fn origin(headers: &CaseInsensitiveDict) -> Result<Value> {
    match header(headers, "origin", Value::None) {
        Value::List(origins) => Value::from(origins).item(0),
        origin => Ok(origin),
    }
}

/// Whether a request takes an answer that is compressed.
fn accepts_gzip(headers: &CaseInsensitiveDict) -> Result<bool> {
    Ok(match header(headers, "accept-encoding", "".into()) {
        Value::Str(encodings) => encodings.contains("gzip"),
        Value::List(encodings) => {
            let encodings: List = encodings;
            super::string_split::join(",", &encodings)?.contains("gzip")
        }
        _ => false,
    })
}
