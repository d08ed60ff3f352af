//! The recorder's server: an endpoint for AWS calls and a proxy for everything else.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io::{self, Cursor};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::http::request::Parts;
use axum::http::{Method, Request, Response, StatusCode, Uri, header};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use super::http::{is_aws, recorded, ruled};
use super::identify::{Identified, identify};
use super::tape::Tape;
use super::upstream::{BODY, Upstream};
use super::{Authority, Call, Exchange, Fault, Recording, Rules, Span, Wire, fault};

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

    /// Puts all that into an environment, and leads Python's clients here that know no proxy.
    pub fn surround(&self, environment: &mut BTreeMap<String, String>) {
        environment.extend(self.environment());
        let mut path = self.shared.authority.folder().display().to_string();
        if let Some(own) = environment.get("PYTHONPATH") {
            path = format!("{path}:{own}");
        }
        environment.insert("PYTHONPATH".to_owned(), path);
    }

    /// Forgets what was recorded and begins anew, with rules for the answers.
    pub fn begin(&self, rules: Rules) {
        let mut tape = self.shared.tape();
        *tape = tape.after(rules);
    }

    /// Makes all answers come later by so much from now on: what a function sends at once is then
    /// seen to overlap, however fast the answers are.
    pub fn delay(&self, delay: Duration) {
        self.shared.tape().delay = delay;
    }

    /// What becomes of the requests and answers of AWS calls themselves, from now on.
    pub fn set_wire(&self, wire: Wire) {
        self.shared.tape().wire = wire;
    }

    /// What was recorded since the beginning. A call without an answer so far ends now.
    #[must_use]
    pub fn take(&self) -> Recording {
        let mut tape = self.shared.tape();
        let rest = tape.after(Rules::default());
        std::mem::replace(&mut *tape, rest).ended()
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Shared {
    fn tape(&self) -> std::sync::MutexGuard<'_, Tape> {
        self.tape.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers a request. `tunnel` is the scheme and the authority that a client asked to be
    /// connected with.
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
                let host = host.trim_end_matches(":443").trim_end_matches(":80");
                if let Ok(value) = host.parse() {
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
        let (number, place, fault, delay, played) = {
            let mut tape = self.tape();
            let start = tape.began.elapsed();
            let place = tape.note(call(&identified, &head, &body, start), id);
            let played = match tape.wire {
                Wire::Played(_) => Some(tape.play(|exchange| exchange.asks(&head, &body))),
                Wire::Forgotten | Wire::Kept => None,
            };
            (tape.number, place, tape.fault(place), tape.delay, played)
        };
        if let Some(played) = played {
            let answer = played.map(|exchange| exchange.answer());
            return self.answered(number, place, answer);
        }
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
                self.upstream.send(&head, Some(&host), body.clone()).await
            }
        };
        if let Some((answer, answered)) = &answer {
            self.keep(number, || Exchange::new(&head, &body, answer, answered));
        }
        self.answered(number, place, answer)
    }

    /// Adds an exchange to the recording of this number, if they are kept there.
    fn keep(&self, number: u64, exchange: impl FnOnce() -> Option<Exchange>) {
        let mut tape = self.tape();
        if tape.number == number && matches!(tape.wire, Wire::Kept) {
            tape.recording.exchanges.extend(exchange());
        }
    }

    /// Notes the end of a call and passes its answer on.
    fn answered(&self, number: u64, place: usize, answer: Option<(Response<()>, Bytes)>) -> Answer {
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

/// How TLS begins.
const HANDSHAKE: u8 = 22;

/// What comes through a tunnel is TLS, with the recorder as the other end, or plain HTTP. Nothing
/// else is let through: it would leave the machine unseen.
async fn tunnelled<S>(stream: S, authority: &str, shared: &Arc<Shared>)
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let (mut reader, writer) = tokio::io::split(stream);
    let Ok(first) = reader.read_u8().await else {
        return;
    };
    let stream = tokio::io::join(Cursor::new([first]).chain(reader), writer);
    if first != HANDSHAKE {
        return requests(stream, ("http", authority), shared).await;
    }
    let host = authority
        .rsplit_once(':')
        .map_or(authority, |(host, _)| host);
    let Ok(acceptor) = shared.authority.acceptor(host) else {
        return;
    };
    if let Ok(stream) = acceptor.accept(stream).await {
        requests(stream, ("https", authority), shared).await;
    }
}

/// Answers what comes through a tunnel.
async fn requests<S>(stream: S, tunnel: (&str, &str), shared: &Arc<Shared>)
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
