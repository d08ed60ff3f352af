//! The recorder's server: an endpoint for AWS calls and a proxy for everything else.

use std::collections::HashMap;
use std::convert::Infallible;
use std::io;
use std::io::Cursor;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::http::request::Parts;
use axum::http::{Method, Request, Response, StatusCode, Uri, header};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use serde_json::{Map, Value};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use super::http::{is_aws, recorded, ruled};
use super::identify::{Identified, identify};
use super::upstream::{BODY, Upstream};
use super::{Authority, Call, Fault, Recording, Rules, Span, fault};

type Answer = Response<Full<Bytes>>;

/// How much longer an answer takes under [`Fault::Slow`].
const SLOW: Duration = Duration::from_millis(500);

/// Records what one function sends. Dropping it closes all connections.
pub struct Recorder {
    address: SocketAddr,
    shared: Arc<Shared>,
    server: JoinHandle<()>,
}

struct Shared {
    upstream: Upstream,
    authority: Arc<Authority>,
    region: String,
    tape: Mutex<Tape>,
}

/// What was recorded since the last [`Recorder::begin`].
struct Tape {
    /// Which recording this is, so that an answer that comes late does not touch the next one.
    number: u64,
    began: Instant,
    rules: Rules,
    /// How much later answers come.
    delay: Duration,
    recording: Recording,
    /// Places in the recording by the id that SDKs give to a call and all its retries.
    invocations: HashMap<String, usize>,
}

impl Recorder {
    /// Serves on a free port of the loopback interface. `upstream` is the base URL of the stand-in;
    /// `region` is told to it where a request does not name one.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start(
        upstream: String,
        region: &str,
        authority: Arc<Authority>,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            upstream: Upstream::new(upstream),
            authority,
            region: region.to_owned(),
            tape: Mutex::new(Tape::new(0, Rules::default())),
        });
        Ok(Self {
            address,
            server: tokio::spawn(accept(listener, shared.clone())),
            shared,
        })
    }

    /// What a function must have in its environment for all that it sends to come here.
    #[must_use]
    pub fn environment(&self) -> Vec<(String, String)> {
        let here = format!("http://{}", self.address);
        let authority = self.shared.authority.path().display().to_string();
        let mut environment = vec![("AWS_ENDPOINT_URL".to_owned(), here.clone())];
        for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
            environment.push((name.to_owned(), here.clone()));
            environment.push((name.to_lowercase(), here.clone()));
        }
        for name in ["NO_PROXY", "no_proxy"] {
            environment.push((name.to_owned(), "127.0.0.1,localhost".to_owned()));
        }
        // OpenSSL and rustls-native-certs, requests, botocore, curl, Node.js.
        let files = [
            "SSL_CERT_FILE",
            "REQUESTS_CA_BUNDLE",
            "AWS_CA_BUNDLE",
            "CURL_CA_BUNDLE",
            "NODE_EXTRA_CA_CERTS",
        ];
        environment.extend(files.map(|name| (name.to_owned(), authority.clone())));
        environment
    }

    /// Forgets what was recorded and begins anew, with rules for the answers.
    pub fn begin(&self, rules: Rules) {
        let mut tape = self.shared.tape();
        *tape = Tape {
            delay: tape.delay,
            ..Tape::new(tape.number + 1, rules)
        };
    }

    /// Makes all answers come later by so much from now on: what a function sends at once is then
    /// seen to overlap, however fast the answers are.
    pub fn delay(&self, delay: Duration) {
        self.shared.tape().delay = delay;
    }

    /// What was recorded since the beginning. A call without an answer so far ends now.
    #[must_use]
    pub fn take(&self) -> Recording {
        let mut tape = self.shared.tape();
        let now = tape.began.elapsed();
        let number = tape.number + 1;
        let next = Tape {
            delay: tape.delay,
            ..Tape::new(number, Rules::default())
        };
        let mut recording = std::mem::replace(&mut *tape, next);
        let calls = recording
            .recording
            .calls
            .iter_mut()
            .map(|call| &mut call.span);
        let requests = recording
            .recording
            .requests
            .iter_mut()
            .map(|it| &mut it.span);
        for span in calls.chain(requests).filter(|span| span.end.is_zero()) {
            span.end = now;
        }
        recording.recording
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Tape {
    fn new(number: u64, rules: Rules) -> Self {
        Self {
            number,
            began: Instant::now(),
            rules,
            delay: Duration::ZERO,
            recording: Recording::default(),
            invocations: HashMap::new(),
        }
    }

    /// Notes a call, or another attempt of one; its place in the recording.
    fn note(&mut self, call: Call, id: Option<String>) -> usize {
        if let Some(&place) = id.as_ref().and_then(|id| self.invocations.get(id)) {
            self.recording.calls[place].attempts += 1;
            return place;
        }
        let place = self.recording.calls.len();
        self.recording.calls.push(call);
        if let Some(id) = id {
            self.invocations.insert(id, place);
        }
        place
    }

    fn fault(&self, place: usize) -> Option<Fault> {
        let calls = &self.recording.calls;
        let same = |it: &&Call| {
            it.service == calls[place].service && it.operation == calls[place].operation
        };
        let number = calls[..=place].iter().filter(same).count();
        let rule = self.rules.faults.iter().find(|rule| {
            rule.service == calls[place].service
                && rule.operation == calls[place].operation
                && rule.call.is_none_or(|call| call as usize == number)
                && has(&calls[place].parameters, &rule.parameters)
        });
        rule.map(|rule| rule.fault)
    }
}

impl Shared {
    fn tape(&self) -> std::sync::MutexGuard<'_, Tape> {
        self.tape.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers a request. `tunnel` is the authority that a client asked to be connected with, and
    /// the scheme that it speaks there.
    async fn answer(&self, request: Request<Incoming>, tunnel: Option<(&str, &str)>) -> Answer {
        let (mut head, body) = request.into_parts();
        let Ok(body) = Limited::new(body, BODY).collect().await else {
            return plain(StatusCode::PAYLOAD_TOO_LARGE);
        };
        let body = body.to_bytes();
        let host = tunnel
            .map(|(_, authority)| authority)
            .or(head.uri.authority().map(|it| it.as_str()))
            .map(str::to_owned);
        match &host {
            Some(host) if !is_aws(host) => {
                let scheme = tunnel.map_or("http", |(scheme, _)| scheme);
                return self.other(scheme, host, &head, &body).await;
            }
            Some(host) => {
                if let Ok(value) = host.trim_end_matches(":443").parse() {
                    head.headers.insert(header::HOST, value);
                }
            }
            None => {}
        }
        // Through a proxy the URL is whole; from here on only path and query count.
        let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
        head.uri = Uri::try_from(path).unwrap_or_default();
        self.aws(head, body, host).await
    }

    async fn aws(&self, mut head: Parts, mut body: Bytes, host: Option<String>) -> Answer {
        let identified = identify(&head, &body);
        let id = head.headers.get("amz-sdk-invocation-id");
        let id = id.and_then(|id| id.to_str().ok()).map(str::to_owned);
        let (number, place, fault, delay) = {
            let mut tape = self.tape();
            let start = tape.began.elapsed();
            let place = tape.note(call(&identified, &head, &body, start), id);
            (tape.number, place, tape.fault(place), tape.delay)
        };
        tokio::time::sleep(delay).await;
        let known = identified.service.zip(identified.decoded.as_ref());
        let failure = match (fault, known) {
            (Some(Fault::Timeout), _) => std::future::pending().await,
            (Some(Fault::Slow), _) => {
                tokio::time::sleep(SLOW).await;
                None
            }
            (Some(Fault::Truncated), Some((service, decoded))) => {
                fault::truncate(service, decoded, &mut head, &mut body);
                None
            }
            (Some(fault), Some((service, decoded))) => {
                fault::answer(fault, service, decoded.protocol)
            }
            _ => None,
        };
        let answer = match failure {
            Some(failure) => Some(failure),
            None => {
                let prefix = identified
                    .service
                    .map(|service| service.endpoint_prefix.as_str());
                let prefix = prefix.unwrap_or(&identified.name);
                let region = identified.region.as_deref().unwrap_or(&self.region);
                let own = format!("{prefix}.{region}.amazonaws.com");
                let host = host.unwrap_or(own);
                self.upstream.send(&head, Some(&host), body).await
            }
        };
        let mut tape = self.tape();
        if tape.number == number {
            let end = tape.began.elapsed();
            let call = &mut tape.recording.calls[place];
            call.span.end = end;
            call.status = answer.as_ref().map(|(head, _)| head.status().as_u16());
        }
        match answer {
            Some((head, body)) => head.map(|()| Full::new(body)),
            None => plain(StatusCode::BAD_GATEWAY),
        }
    }

    /// Something that is not AWS.
    async fn other(&self, scheme: &str, host: &str, head: &Parts, body: &Bytes) -> Answer {
        let (number, place, answer, delay) = {
            let mut tape = self.tape();
            let start = tape.began.elapsed();
            let span = Span {
                start,
                end: Duration::ZERO,
            };
            let request = recorded(scheme, host, head, body, span);
            let answer = ruled(&tape.rules, &request);
            tape.recording.requests.push(request);
            (
                tape.number,
                tape.recording.requests.len() - 1,
                answer,
                tape.delay,
            )
        };
        tokio::time::sleep(delay).await;
        let mut tape = self.tape();
        if tape.number == number {
            tape.recording.requests[place].span.end = tape.began.elapsed();
        }
        answer.map(Full::new)
    }
}

/// Whether parameters are among a call's.
fn has(parameters: &Value, wanted: &Map<String, Value>) -> bool {
    let has = |(name, value): (&String, &Value)| parameters.get(name) == Some(value);
    wanted.iter().all(has)
}

fn call(identified: &Identified, head: &Parts, body: &Bytes, start: Duration) -> Call {
    let (operation, parameters) = match &identified.decoded {
        Some(decoded) => (decoded.operation.name.clone(), decoded.parameters.clone()),
        None => (
            format!("{} {}", head.method, head.uri),
            super::http::text(body).into(),
        ),
    };
    Call {
        service: identified.name.clone(),
        operation,
        parameters,
        recognised: identified.decoded.is_some(),
        status: None,
        attempts: 1,
        span: Span {
            start,
            end: Duration::ZERO,
        },
    }
}

fn plain(status: StatusCode) -> Answer {
    let mut answer = Response::new(Full::default());
    *answer.status_mut() = status;
    answer
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => drop(connections.spawn(connection(stream, shared.clone()))),
                // Too many open files, for one: others may close theirs.
                Err(_) => tokio::time::sleep(Duration::from_millis(5)).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

/// A client's connection: plain requests, and perhaps a tunnel at its end.
async fn connection(stream: TcpStream, shared: Arc<Shared>) {
    let tunnel: Arc<Mutex<Option<(String, OnUpgrade)>>> = Arc::default();
    let service = service_fn(|mut request: Request<Incoming>| {
        let (shared, tunnel) = (shared.clone(), tunnel.clone());
        async move {
            if request.method() != Method::CONNECT {
                return Ok::<_, Infallible>(shared.answer(request, None).await);
            }
            let Some(authority) = request.uri().authority().map(ToString::to_string) else {
                return Ok(plain(StatusCode::BAD_REQUEST));
            };
            let upgrade = hyper::upgrade::on(&mut request);
            *tunnel.lock().unwrap_or_else(PoisonError::into_inner) = Some((authority, upgrade));
            Ok(plain(StatusCode::OK))
        }
    });
    let served = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let _closed = served.await;
    let tunnel = tunnel.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some((authority, upgrade)) = tunnel
        && let Ok(stream) = upgrade.await
    {
        tunnelled(TokioIo::new(stream), &authority, &shared).await;
    }
}

/// What comes through a tunnel is TLS, with the recorder as the other end, or plain HTTP. Nothing
/// else is let through: it would leave the machine unseen.
async fn tunnelled<S>(mut stream: S, authority: &str, shared: &Arc<Shared>)
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let mut first = [0];
    if stream.read_exact(&mut first).await.is_err() {
        return;
    }
    let (reader, writer) = tokio::io::split(stream);
    let stream = tokio::io::join(Cursor::new(first).chain(reader), writer);
    if first != [HANDSHAKE] {
        return served(stream, ("http", authority), shared).await;
    }
    let host = authority
        .rsplit_once(':')
        .map_or(authority, |(host, _)| host);
    let Ok(acceptor) = shared.authority.acceptor(host) else {
        return;
    };
    if let Ok(stream) = acceptor.accept(stream).await {
        served(stream, ("https", authority), shared).await;
    }
}

/// What a TLS connection begins with.
const HANDSHAKE: u8 = 0x16;

async fn served<S>(stream: S, tunnel: (&str, &str), shared: &Arc<Shared>)
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let service = service_fn(|request: Request<Incoming>| async {
        Ok::<_, Infallible>(shared.answer(request, Some(tunnel)).await)
    });
    let _closed = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await;
}
