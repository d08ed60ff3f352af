//! moto's server: started on a free port, asked, reset, and killed with its owner.

use std::io::{self, BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::request::Builder;
use axum::http::{Method, Request, header};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use nix::sys::signal::Signal;
use tokio::process::Command;
use tokio::time::timeout;

use super::StandinError;
use crate::lambda::process::{Group, Mark, Prepared};

/// The largest answer that is read: moto's lists of a stack's resources are far smaller.
const ANSWER: usize = 16 << 20;

/// How long it may take to start, or to answer: far longer than on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server. Dropping it kills it.
pub struct Server {
    address: SocketAddr,
    client: Client<HttpConnector, Body>,
    process: Group,
    /// Kills what the process started.
    _mark: Mark,
}

impl Server {
    /// Starts `moto_server` on a free port of the loopback interface and waits until it serves.
    ///
    /// # Errors
    /// When the program cannot be started, or ends before it serves.
    pub async fn start(program: &Path) -> Result<Self, StandinError> {
        let name = program.display().to_string();
        let failed = |source| StandinError::Start {
            program: name.clone(),
            source,
        };
        let (reader, writer) = io::pipe().map_err(failed)?;
        let mark = Mark::new();
        let mut command = Command::new(program);
        command
            .args(["-H", "127.0.0.1", "-p", "0"])
            .env("PYTHONUNBUFFERED", "1");
        let process = Prepared::new(command, &mark, &writer, None)
            .and_then(Prepared::start)
            .map_err(failed)?;
        // It holds the writing end of the pipe, whose reader waits for the last one to go.
        drop(writer);
        let mut served = tokio::task::spawn_blocking(move || port(reader));
        let Ok(served) = timeout(PATIENCE, &mut served).await else {
            let seconds = PATIENCE.as_secs();
            let output = format!("it printed no address within {seconds} seconds");
            return Err(StandinError::Ended {
                program: name,
                output,
            });
        };
        match served.map_err(io::Error::other).map_err(failed)? {
            Ok(address) => Ok(Self {
                address,
                client: Client::builder(TokioExecutor::new()).build_http(),
                process,
                _mark: mark,
            }),
            Err(output) => Err(StandinError::Ended {
                program: name,
                output,
            }),
        }
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Forgets all state.
    ///
    /// # Errors
    /// When the server does not answer.
    pub async fn reset(&self) -> Result<(), StandinError> {
        let request = Request::post(format!("http://{}/moto-api/reset", self.address));
        self.send("reset", request.body(Body::empty()))
            .await
            .map(drop)
    }

    /// An action of a query-protocol service, with its parameters; the answer's XML.
    pub(super) async fn query(
        &self,
        (service, region): (&str, &str),
        action: &str,
        parameters: &[(&str, &str)],
    ) -> Result<String, StandinError> {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("Action", action);
        form.extend_pairs(parameters);
        let request = self
            .request(Method::POST, (service, region), "/")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form.finish()));
        self.send(action, request).await
    }

    /// The beginning of a request to a service in a region.
    pub(super) fn request(
        &self,
        method: Method,
        (service, region): (&str, &str),
        path: &str,
    ) -> Builder {
        // moto tells services apart by the scope of the credentials, and checks no signature.
        let scope = format!("dummy/20260101/{region}/{service}/aws4_request");
        Request::builder()
            .method(method)
            .uri(format!("http://{}{path}", self.address))
            // The URLs in its answers are made from the host.
            .header(header::HOST, format!("{service}.{region}.amazonaws.com"))
            .header(
                header::AUTHORIZATION,
                format!("AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0"),
            )
    }

    pub(super) async fn send(
        &self,
        action: &str,
        request: Result<Request<Body>, axum::http::Error>,
    ) -> Result<String, StandinError> {
        let lost = |error: &dyn std::fmt::Display| StandinError::Request(error.to_string());
        let request = request.map_err(|error| lost(&error))?;
        let answered = async {
            let response = self.client.request(request).await;
            let response = response.map_err(|error| lost(&error))?;
            let status = response.status();
            let body = to_bytes(Body::new(response.into_body()), ANSWER).await;
            Ok((status, body.map_err(|error| lost(&error))?))
        };
        let answered = timeout(PATIENCE, answered).await;
        let (status, body) = answered.map_err(|error| lost(&error))??;
        let text = String::from_utf8_lossy(&body).into_owned();
        if status.is_success() {
            return Ok(text);
        }
        Err(StandinError::Refused {
            action: action.to_owned(),
            message: text,
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.signal(Signal::SIGKILL);
    }
}

/// The address that the server prints when it is ready, or all that it printed instead. What it
/// prints later is read and thrown away, or it would stand still at a full pipe.
fn port(output: io::PipeReader) -> Result<SocketAddr, String> {
    let mut output = BufReader::new(output);
    let mut printed = String::new();
    let mut line = Vec::new();
    while output
        .read_until(b'\n', &mut line)
        .is_ok_and(|length| length > 0)
    {
        let text = String::from_utf8_lossy(&line).into_owned();
        let address = text
            .split("http://")
            .nth(1)
            .and_then(|rest| rest.trim().parse().ok());
        if let Some(address) = address {
            std::thread::spawn(move || io::copy(&mut output.by_ref(), &mut io::sink()));
            return Ok(address);
        }
        printed.push_str(&text);
        line.clear();
    }
    Err(printed)
}
