//! A function as its callers see it: HTTP requests of concurrent clients over the loopback
//! interface, each handed to an idle sandbox or to a new one, as Lambda does.
//!
//! A sandbox is idle only when its extensions are done too, so their work after the answer costs
//! callers nothing until they outnumber the idle sandboxes.

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{Request, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::serve::ListenerExt;
use axum::{Router, serve};
use http_body_util::BodyExt;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde::Serialize;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::{JoinHandle, JoinSet};

use super::measure::milliseconds;
use crate::lambda::{FunctionError, Launch, Outcome, Sandbox};

/// How it is called.
#[derive(Debug, Clone, Serialize)]
pub struct Plan {
    /// Memory in MB.
    pub memory: u32,
    /// Clients at the same time. Each waits for its answer before it calls again.
    pub clients: usize,
    /// Requests of all clients in one round.
    pub requests: usize,
    /// How long a client waits between an answer and its next request, in milliseconds.
    pub pause_ms: u64,
    /// Rounds; each begins without a sandbox.
    pub rounds: usize,
    /// The most sandboxes at a time; a request beyond waits for one.
    pub sandboxes: usize,
    /// The most seconds that one round may take; what was not requested by then is not.
    pub seconds: u64,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            memory: 512,
            clients: 4,
            requests: 100,
            pause_ms: 20,
            rounds: 3,
            sandboxes: 16,
            seconds: 60,
        }
    }
}

/// What was seen of the calls to one variant.
#[derive(Debug, Default)]
pub(super) struct Calls {
    /// Milliseconds until the client had its answer.
    pub(super) latency: Vec<f64>,
    /// Milliseconds that the sandbox was busy after its answer.
    pub(super) after: Vec<f64>,
    /// Requests that met a cold start.
    pub(super) cold: usize,
    /// Requests that waited for a sandbox.
    pub(super) waited: usize,
    /// The most sandboxes at a time.
    pub(super) sandboxes: usize,
}

/// The HTTP server before a function. Dropping it ends everything at once.
pub(super) struct Front {
    address: SocketAddr,
    pool: Arc<Pool>,
    server: JoinHandle<io::Result<()>>,
}

struct Pool {
    launch: Launch,
    most: usize,
    state: Mutex<Sandboxes>,
    changed: Notify,
}

#[derive(Default)]
struct Sandboxes {
    idle: Vec<Sandbox>,
    alive: usize,
    calls: Calls,
    error: Option<FunctionError>,
}

impl Front {
    /// Listens on a free port of the loopback interface.
    pub(super) async fn start(launch: Launch, most: usize) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        // As servers of HTTP do: the body must not wait for the header's receipt.
        let listener = listener.tap_io(|stream| {
            let _slower = stream.set_nodelay(true);
        });
        let pool = Arc::new(Pool {
            launch,
            most: most.max(1),
            state: Mutex::default(),
            changed: Notify::new(),
        });
        let router = Router::new().fallback(invoke).with_state(Arc::clone(&pool));
        Ok(Self {
            address,
            pool,
            server: tokio::spawn(async move { serve(listener, router).await }),
        })
    }

    /// Calls it as planned. Ends early when the function fails or the time is over.
    pub(super) async fn call(&self, events: &[Value], plan: &Plan, calls: &mut Calls) {
        let left = Arc::new(AtomicUsize::new(plan.requests));
        let deadline = Instant::now() + Duration::from_secs(plan.seconds);
        let bodies: Arc<[Bytes]> = events.iter().map(|it| it.to_string().into()).collect();
        let mut clients = JoinSet::new();
        for _ in 0..plan.clients.max(1) {
            let caller = Caller {
                uri: format!("http://{}/", self.address),
                bodies: Arc::clone(&bodies),
                left: Arc::clone(&left),
                pause: Duration::from_millis(plan.pause_ms),
                deadline,
            };
            clients.spawn(caller.call());
        }
        for latency in clients.join_all().await {
            calls.latency.extend(latency);
        }
    }

    /// Waits until all sandboxes are idle, and stops them. The first error of the function, if
    /// there was any.
    pub(super) async fn stop(self, calls: &mut Calls) -> Option<FunctionError> {
        loop {
            let changed = self.pool.changed.notified();
            let (sandboxes, done) = {
                let mut state = self.pool.lock();
                let sandboxes = std::mem::take(&mut state.idle);
                state.alive -= sandboxes.len();
                (sandboxes, state.alive == 0)
            };
            for sandbox in sandboxes {
                sandbox.stop().await;
            }
            // Each ends by the function's timeout at the latest.
            if done {
                break;
            }
            let _again = tokio::time::timeout(Duration::from_millis(50), changed).await;
        }
        let mut state = self.pool.lock();
        calls.after.append(&mut state.calls.after);
        calls.cold += state.calls.cold;
        calls.waited += state.calls.waited;
        calls.sandboxes = calls.sandboxes.max(state.calls.sandboxes);
        state.error.take()
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// One client.
struct Caller {
    uri: String,
    bodies: Arc<[Bytes]>,
    left: Arc<AtomicUsize>,
    pause: Duration,
    deadline: Instant,
}

impl Caller {
    async fn call(self) -> Vec<f64> {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let client: Client<_, Body> = Client::builder(TokioExecutor::new()).build(connector);
        let mut latencies = Vec::new();
        while let Some(number) = self.take() {
            let body = self.bodies[number % self.bodies.len()].clone();
            let Ok(request) = Request::post(&self.uri).body(Body::from(body)) else {
                break;
            };
            let start = Instant::now();
            let answered = async {
                let response = client.request(request).await.ok()?;
                let status = response.status();
                response.into_body().collect().await.ok()?;
                (status == StatusCode::OK).then(|| start.elapsed())
            };
            // One that fails makes the figures invalid, and the front knows why.
            let Some(latency) = answered.await else {
                self.left.store(0, Ordering::Relaxed);
                break;
            };
            latencies.push(milliseconds(latency));
            tokio::time::sleep(self.pause).await;
        }
        latencies
    }

    /// The number of the next request, while there is one.
    fn take(&self) -> Option<usize> {
        if Instant::now() >= self.deadline {
            return None;
        }
        self.left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                left.checked_sub(1)
            })
            .ok()
    }
}

/// A sandbox at work; whoever gives it up half way frees its place.
struct Lease {
    pool: Arc<Pool>,
    sandbox: Option<Sandbox>,
}

impl Drop for Lease {
    fn drop(&mut self) {
        let mut state = self.pool.lock();
        match self.sandbox.take() {
            Some(sandbox) if sandbox.is_alive() => state.idle.push(sandbox),
            _ => state.alive -= 1,
        }
        drop(state);
        self.pool.changed.notify_waiters();
    }
}

impl Pool {
    fn lock(&self) -> std::sync::MutexGuard<'_, Sandboxes> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An idle sandbox, the last that was used, or the place for a new one.
    async fn lease(self: &Arc<Self>) -> Lease {
        let mut waited = false;
        loop {
            let changed = self.changed.notified();
            tokio::pin!(changed);
            // Before looking, so that nothing is missed.
            changed.as_mut().enable();
            {
                let mut state = self.lock();
                let idle = state.idle.pop();
                if idle.is_some() || state.alive < self.most {
                    state.calls.waited += usize::from(waited);
                    if idle.is_none() {
                        state.alive += 1;
                        state.calls.cold += 1;
                        state.calls.sandboxes = state.calls.sandboxes.max(state.alive);
                    }
                    return Lease {
                        pool: Arc::clone(self),
                        sandbox: idle,
                    };
                }
            }
            waited = true;
            changed.await;
        }
    }

    fn fail(&self, error: FunctionError) -> Response {
        let text = format!("{}: {}", error.kind, error.message);
        self.lock().error.get_or_insert(error);
        (StatusCode::BAD_GATEWAY, text).into_response()
    }
}

async fn invoke(State(pool): State<Arc<Pool>>, body: Bytes) -> Response {
    let Ok(event) = serde_json::from_slice(&body) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    // A task of its own, so that a client that leaves does not leave a sandbox half way.
    let (sender, answer) = tokio::sync::oneshot::channel();
    tokio::spawn(async move {
        let mut lease = pool.lease().await;
        if lease.sandbox.is_none() {
            match Sandbox::start(pool.launch.clone()).await {
                Ok(sandbox) => lease.sandbox = Some(sandbox),
                Err(error) => {
                    let error = FunctionError {
                        kind: "not started".to_owned(),
                        message: error.to_string(),
                    };
                    let _left = sender.send(pool.fail(error));
                    return;
                }
            }
        }
        let Some(sandbox) = &mut lease.sandbox else {
            return;
        };
        let invocation = sandbox.answer(event).await;
        let response = match invocation.outcome {
            Outcome::Answer(answer) => answer.to_string().into_response(),
            Outcome::Error(error) => pool.fail(error),
        };
        let _left = sender.send(response);
        if let Some(busy) = sandbox.settle().await {
            let after = busy.saturating_sub(invocation.duration);
            pool.lock().calls.after.push(milliseconds(after));
        }
    });
    match answer.await {
        Ok(response) => response,
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
