//! One HTTP/1.1 request and its answer, under what Python's HTTP libraries add.
//!
//! Redirects, cookies and encodings of a body are theirs. Proxies are taken from `HTTP_PROXY`,
//! `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, authorities from the system or `SSL_CERT_FILE`.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, OnceLock};
use std::task::{Context, Poll};
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::ext::ReasonPhrase;
use hyper::header::{HOST, HeaderName, HeaderValue, PROXY_AUTHORIZATION};
use hyper::{Method, Uri};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// How long the head of an answer may be.
const MOST_OF_A_HEAD: usize = 64 * 1024;

/// What is sent.
#[derive(Debug, Clone, Default)]
pub struct HttpRequest {
    /// As it is sent: `GET`.
    pub method: String,
    /// The whole URL, in ASCII. A fragment is not sent.
    pub url: String,
    /// `Host` and `Content-Length` are added where they are not here.
    pub headers: Vec<(String, String)>,
    /// What is sent; where there is a body, even an empty one, its length is told.
    pub body: Option<Vec<u8>>,
    /// How long to wait for a connection.
    pub connect_timeout: Option<Duration>,
    /// How long to wait for each part of the answer.
    pub read_timeout: Option<Duration>,
}

/// What is answered.
#[derive(Debug, Clone, Default)]
pub struct HttpAnswer {
    /// As `404`.
    pub status: u16,
    /// As `Not Found`.
    pub reason: String,
    /// In their order, with names as they were sent.
    pub headers: Vec<(String, String)>,
    /// As it was sent, encoded or not.
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug)]
pub enum HttpFailure {
    /// The URL, the method or a header cannot be sent.
    Unsendable(String),
    /// The host's name is not known.
    Unknown(String),
    /// No connection to the host or to its proxy.
    Connect(io::Error),
    /// The proxy refused.
    Proxy(String),
    /// No connection in time.
    ConnectTimeout,
    /// No answer in time.
    ReadTimeout,
    /// The answer begins in time, and does not end.
    BodyTimeout,
    /// TLS failed.
    Tls(String),
    /// The connection ended before the head of an answer.
    Closed,
    /// The connection ended within an answer.
    Incomplete,
    /// The answer is no HTTP, or something else went wrong.
    Broken(String),
}

/// What a request is sent over.
trait Wire: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Wire for T {}

/// A wire that keeps the beginning of what is received: hyper does not tell the case of names.
struct Heard {
    wire: Box<dyn Wire>,
    head: Arc<Mutex<Vec<u8>>>,
}

impl AsyncRead for Heard {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.wire).poll_read(context, buffer);
        let received = buffer.filled().get(before..).unwrap_or_default();
        if let Ok(mut head) = self.head.lock()
            && head.len() < MOST_OF_A_HEAD
        {
            head.extend_from_slice(received);
        }
        read
    }
}

impl AsyncWrite for Heard {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.wire).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.wire).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.wire).poll_shutdown(context)
    }
}

/// Where a request goes.
struct Target<'a> {
    uri: &'a Uri,
    host: &'a str,
    port: u16,
    is_https: bool,
    proxy: Option<Intercept>,
}

/// Sends a request and receives all of its answer.
pub async fn send(request: &HttpRequest) -> Result<HttpAnswer, HttpFailure> {
    let sendable = |_| HttpFailure::Unsendable(request.url.clone());
    let uri: Uri = request.url.parse().map_err(sendable)?;
    let target = target(&uri).ok_or_else(|| HttpFailure::Unsendable(request.url.clone()))?;
    let message = message(request, &target)?;
    let late = || HttpFailure::ConnectTimeout;
    let wire = within(request.connect_timeout, late, connect(&target)).await?;
    let late = || HttpFailure::ReadTimeout;
    let head = Arc::<Mutex<Vec<u8>>>::default();
    let heard = head.clone();
    let (mut sender, connection) = http1::Builder::new()
        .title_case_headers(true)
        .handshake(TokioIo::new(Heard { wire, head }))
        .await
        .map_err(broken)?;
    // How it ends is told with the answer.
    tokio::spawn(async { drop(connection.await) });
    let answer = async { sender.send_request(message).await.map_err(broken) };
    let answer = within(request.read_timeout, late, answer).await?;
    let names = heard.lock().map(|head| names(&head)).unwrap_or_default();
    received(answer, &names, request.read_timeout).await
}

/// What is done, or why it was not done in time.
async fn within<T>(
    limit: Option<Duration>,
    late: impl FnOnce() -> HttpFailure,
    done: impl Future<Output = Result<T, HttpFailure>>,
) -> Result<T, HttpFailure> {
    match limit {
        None => done.await,
        Some(limit) => match tokio::time::timeout(limit, done).await {
            Ok(done) => done,
            Err(_) => Err(late()),
        },
    }
}

fn target(uri: &Uri) -> Option<Target<'_>> {
    let host = uri.host().filter(|host| !host.is_empty())?;
    let is_https = match uri.scheme_str()? {
        "https" => true,
        "http" => false,
        _ => return None,
    };
    Some(Target {
        uri,
        host: host.trim_start_matches('[').trim_end_matches(']'),
        port: uri.port_u16().unwrap_or(if is_https { 443 } else { 80 }),
        is_https,
        proxy: Matcher::from_env().intercept(uri),
    })
}

/// The request as it goes over the wire.
fn message(
    request: &HttpRequest,
    target: &Target<'_>,
) -> Result<hyper::Request<Full<Bytes>>, HttpFailure> {
    let unsendable = |what: &str| HttpFailure::Unsendable(what.to_owned());
    let method = Method::from_bytes(request.method.as_bytes());
    let body = request.body.clone().unwrap_or_default();
    let length = request.body.as_ref().map(Vec::len);
    let mut message = hyper::Request::new(Full::new(Bytes::from(body)));
    *message.method_mut() = method.map_err(|_| unsendable(&request.method))?;
    let by_proxy = target.proxy.as_ref().filter(|_| !target.is_https);
    let path = target.uri.path_and_query().map_or("/", |it| it.as_str());
    let address = match by_proxy {
        Some(_) => Ok(target.uri.clone()),
        None => path.parse(),
    };
    *message.uri_mut() = address.map_err(|_| unsendable(&request.url))?;
    let headers = message.headers_mut();
    for (name, value) in &request.headers {
        let known = HeaderName::from_bytes(name.as_bytes()).map_err(|_| unsendable(name))?;
        let bytes: Option<Vec<u8>> = value.chars().map(|it| u8::try_from(it).ok()).collect();
        let value = bytes.and_then(|bytes| HeaderValue::from_bytes(&bytes).ok());
        headers.append(known, value.ok_or_else(|| unsendable(name))?);
    }
    if !headers.contains_key(HOST) {
        let authority = target.uri.authority().map_or("", |it| it.as_str());
        let host = authority.rsplit_once('@').map_or(authority, |it| it.1);
        let usual = if target.is_https { ":443" } else { ":80" };
        let host = HeaderValue::from_str(host.strip_suffix(usual).unwrap_or(host));
        headers.insert(HOST, host.map_err(|_| unsendable(&request.url))?);
    }
    if let Some(length) = length {
        let name = hyper::header::CONTENT_LENGTH;
        headers.entry(name).or_insert_with(|| length.into());
    }
    if let Some(authorization) = by_proxy.and_then(Intercept::basic_auth) {
        headers.insert(PROXY_AUTHORIZATION, authorization.clone());
    }
    Ok(message)
}

/// A connection to the host, through its proxy where it has one.
async fn connect(target: &Target<'_>) -> Result<Box<dyn Wire>, HttpFailure> {
    let Some(proxy) = &target.proxy else {
        let stream = reach(target.host, target.port).await?;
        return wrapped(target, stream).await;
    };
    let (host, port) = (proxy.uri().host(), proxy.uri().port_u16());
    if proxy.uri().scheme_str() != Some("http") {
        let text = format!("a proxy at {}", proxy.uri());
        return Err(HttpFailure::Unsendable(text));
    }
    let mut stream = reach(host.unwrap_or_default(), port.unwrap_or(80)).await?;
    if target.is_https {
        tunnel(&mut stream, target, proxy).await?;
    }
    wrapped(target, stream).await
}

/// A TCP connection.
async fn reach(host: &str, port: u16) -> Result<TcpStream, HttpFailure> {
    let addresses = tokio::net::lookup_host((host, port)).await;
    let addresses = addresses.map_err(|error| HttpFailure::Unknown(error.to_string()))?;
    let mut failure = io::Error::from(io::ErrorKind::AddrNotAvailable);
    for address in addresses {
        match TcpStream::connect(address).await {
            Ok(stream) => {
                stream.set_nodelay(true).map_err(HttpFailure::Connect)?;
                return Ok(stream);
            }
            Err(error) => failure = error,
        }
    }
    Err(HttpFailure::Connect(failure))
}

/// Asks a proxy for a connection to the host.
async fn tunnel(
    stream: &mut TcpStream,
    target: &Target<'_>,
    proxy: &Intercept,
) -> Result<(), HttpFailure> {
    let host = target.uri.host().unwrap_or_default();
    let place = format!("{host}:{}", target.port);
    let authorization = proxy.basic_auth().and_then(|it| it.to_str().ok());
    let authorization = authorization.map(|it| format!("Proxy-Authorization: {it}\r\n"));
    let asked = format!(
        "CONNECT {place} HTTP/1.1\r\nHost: {place}\r\n{}\r\n",
        authorization.unwrap_or_default()
    );
    let written = stream.write_all(asked.as_bytes()).await;
    written.map_err(HttpFailure::Connect)?;
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let byte = stream.read_u8().await.map_err(HttpFailure::Connect)?;
        head.push(byte);
        if head.len() > MOST_OF_A_HEAD {
            return Err(HttpFailure::Proxy("its answer is too long".to_owned()));
        }
    }
    let head = String::from_utf8_lossy(&head);
    let first = head.lines().next().unwrap_or_default();
    let status = first.split_once(' ').map_or("", |(_, status)| status);
    match status.starts_with('2') {
        true => Ok(()),
        false => Err(HttpFailure::Proxy(status.to_owned())),
    }
}

/// A connection as it is used: with TLS for `https`.
async fn wrapped(target: &Target<'_>, stream: TcpStream) -> Result<Box<dyn Wire>, HttpFailure> {
    if !target.is_https {
        return Ok(Box::new(stream));
    }
    let name = ServerName::try_from(target.host.to_owned());
    let name = name.map_err(|error| HttpFailure::Tls(error.to_string()))?;
    let connector = TlsConnector::from(trust()?);
    let stream = connector.connect(name, stream).await;
    let stream = stream.map_err(|error| HttpFailure::Tls(error.to_string()))?;
    Ok(Box::new(stream))
}

/// What TLS trusts, read once.
fn trust() -> Result<Arc<ClientConfig>, HttpFailure> {
    static TRUST: OnceLock<Arc<ClientConfig>> = OnceLock::new();
    if let Some(known) = TRUST.get() {
        return Ok(known.clone());
    }
    let mut authorities = RootCertStore::empty();
    authorities.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let versions =
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = versions
        .map_err(|error| HttpFailure::Tls(error.to_string()))?
        .with_root_certificates(authorities)
        .with_no_client_auth();
    Ok(TRUST.get_or_init(|| Arc::new(config)).clone())
}

/// The names of headers as they were sent.
fn names(head: &[u8]) -> Vec<String> {
    let lines = head.split(|byte| *byte == b'\n');
    let names = lines.map(|line| line.split(|byte| *byte == b':').next().unwrap_or_default());
    names
        .map(|name| String::from_utf8_lossy(name).into_owned())
        .collect()
}

/// All of an answer.
async fn received(
    answer: hyper::Response<Incoming>,
    names: &[String],
    limit: Option<Duration>,
) -> Result<HttpAnswer, HttpFailure> {
    let (head, mut body) = answer.into_parts();
    let latin = |bytes: &[u8]| bytes.iter().copied().map(char::from).collect::<String>();
    let reason = match head.extensions.get::<ReasonPhrase>() {
        Some(reason) => latin(reason.as_bytes()),
        None => head
            .status
            .canonical_reason()
            .unwrap_or_default()
            .to_owned(),
    };
    let headers = head.headers.iter();
    let headers = headers.map(|(name, value)| {
        let sent = names
            .iter()
            .find(|sent| name.as_str().eq_ignore_ascii_case(sent));
        let name = sent.map_or(name.as_str(), |sent| sent);
        (name.to_owned(), latin(value.as_bytes()))
    });
    let mut whole = Vec::new();
    let late = || HttpFailure::BodyTimeout;
    while let Some(frame) = within(limit, late, async { Ok(body.frame().await) }).await? {
        let frame = frame.map_err(|_| HttpFailure::Incomplete)?;
        if let Ok(data) = frame.into_data() {
            whole.extend_from_slice(&data);
        }
    }
    Ok(HttpAnswer {
        status: head.status.as_u16(),
        reason,
        headers: headers.collect(),
        body: whole,
    })
}

fn broken(error: hyper::Error) -> HttpFailure {
    if error.is_incomplete_message() || error.is_canceled() || error.is_closed() {
        return HttpFailure::Closed;
    }
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        if let Some(cause) = cause.downcast_ref::<io::Error>() {
            return match cause.kind() {
                io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe => HttpFailure::Closed,
                _ => HttpFailure::Broken(cause.to_string()),
            };
        }
        source = cause.source();
    }
    HttpFailure::Broken(error.to_string())
}

/// The first header of a name, in any case.
pub fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let mut found = headers
        .iter()
        .filter(|(known, _)| known.eq_ignore_ascii_case(name));
    found.next().map(|(_, value)| value.as_str())
}
