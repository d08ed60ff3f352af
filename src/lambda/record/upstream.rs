//! On to the stand-in, as if it were AWS's own host.

use axum::body::Body;
use axum::http::{HeaderValue, Request, Response, Uri, header, request::Parts};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

/// The largest body that is passed on, in bytes: beyond what a Lambda function with the smallest
/// memory can hold.
pub(super) const BODY: usize = 128 << 20;

/// The place that answers AWS calls.
pub(super) struct Upstream {
    client: Client<HttpConnector, Full<Bytes>>,
    /// Its base URL, without a slash at the end.
    base: String,
}

impl Upstream {
    pub(super) fn new(base: String) -> Self {
        Self {
            client: Client::builder(TokioExecutor::new()).build_http(),
            base,
        }
    }

    /// Its answer to a request. `host` is what the stand-in is told, since moto makes the URLs in
    /// its answers from it.
    pub(super) async fn send(
        &self,
        head: &Parts,
        host: Option<&str>,
        body: Bytes,
    ) -> Option<(Response<()>, Bytes)> {
        let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
        let mut request = Request::new(Full::new(body.clone()));
        *request.method_mut() = head.method.clone();
        *request.uri_mut() = Uri::try_from(format!("{}{path}", self.base)).ok()?;
        *request.headers_mut() = head.headers.clone();
        let headers = request.headers_mut();
        for name in [
            "connection",
            "proxy-connection",
            "transfer-encoding",
            "expect",
        ] {
            headers.remove(name);
        }
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
        if let Some(host) = host.and_then(|host| HeaderValue::from_str(host).ok()) {
            headers.insert(header::HOST, host);
        }
        let (mut answer, body) = self.client.request(request).await.ok()?.into_parts();
        for name in ["connection", "transfer-encoding"] {
            answer.headers.remove(name);
        }
        let body = Limited::new(Body::new(body), BODY).collect().await.ok()?;
        Some((Response::from_parts(answer, ()), body.to_bytes()))
    }
}
