//! The Runtime API as the real clients expect it, in front of the simulator's.
//!
//! The simulator differs from the service in three ways that `awslambdaric` minds: the answer to
//! `/next` has no `Content-Type`, so that the event would stay a string; what is posted must have
//! that of JSON, which clients do not send; and `/init/error` is answered with 200, where the API's
//! specification says 202. Also counts what the runtime does, since those who wait for the
//! simulator's own notice can miss it.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::serve::ListenerExt;
use axum::{Router, serve};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// What the runtime has done so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Traffic {
    /// How often it asked for work.
    pub(super) asked: u64,
    /// How often it answered or reported an error, and the simulator knows of it.
    pub(super) posted: u64,
}

/// Passes requests on to the simulator until it is dropped.
pub(super) struct Relay {
    address: SocketAddr,
    traffic: watch::Receiver<Traffic>,
    server: JoinHandle<io::Result<()>>,
}

impl Relay {
    /// Listens on a free port of the loopback interface.
    pub(super) async fn start(simulator: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        // Whole messages are sent in parts, and the second must not wait for the first's receipt.
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let listener = listener.tap_io(|stream| {
            let _slower = stream.set_nodelay(true);
        });
        let client = Client::builder(TokioExecutor::new()).build(connector);
        let (sender, traffic) = watch::channel(Traffic::default());
        let upstream = Upstream {
            client,
            simulator,
            traffic: sender,
        };
        let router = Router::new().fallback(pass).with_state(upstream.into());
        Ok(Self {
            address,
            traffic,
            server: tokio::spawn(async move { serve(listener, router).await }),
        })
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(super) fn traffic(&self) -> watch::Receiver<Traffic> {
        self.traffic.clone()
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.server.abort();
    }
}

struct Upstream {
    client: Client<HttpConnector, Body>,
    simulator: SocketAddr,
    traffic: watch::Sender<Traffic>,
}

async fn pass(State(upstream): State<Arc<Upstream>>, mut request: Request) -> Response {
    let path = request
        .uri()
        .path_and_query()
        .map_or("/", |path| path.as_str());
    let (next, posted, init_error) = (
        path.ends_with("/invocation/next"),
        path.ends_with("/response") || path.ends_with("/error"),
        path.ends_with("/init/error"),
    );
    let Ok(uri) = Uri::try_from(format!("http://{}{path}", upstream.simulator)) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    *request.uri_mut() = uri;
    if request.method() != Method::GET {
        request.headers_mut().insert(CONTENT_TYPE, JSON);
    }
    if next {
        upstream.traffic.send_modify(|traffic| traffic.asked += 1);
    }
    let Ok(response) = upstream.client.request(request).await else {
        return StatusCode::BAD_GATEWAY.into_response();
    };
    let mut response = response.map(Body::new);
    if next {
        response.headers_mut().insert(CONTENT_TYPE, JSON);
    }
    if posted {
        upstream.traffic.send_modify(|traffic| traffic.posted += 1);
    }
    if init_error && response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::ACCEPTED;
    }
    response
}
