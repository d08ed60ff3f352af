//! Sends the function the events in `answers`, plays AWS to it, and compares what it says.
//!
//! `gammaray-migrate verify --write-tests` wrote them: what the Python answered, and what AWS said
//! meanwhile. A call that is not among those that were made then is answered with an error.

use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command};
use std::thread;
use std::time::Duration;

use serde_json::{Map, Value};

const ID: &str = "5e9a3f00-0000-4000-8000-000000000000";

const TESTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests");

/// A request, to the Runtime API or to AWS.
struct Request {
    method: String,
    path: String,
    target: Option<String>,
    body: String,
}

impl Request {
    fn read(mut stream: &TcpStream) -> io::Result<Self> {
        let mut reader = BufReader::new(stream.try_clone()?);
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let mut words = line.split(' ').map(str::to_owned);
        let method = words.next().unwrap_or_default();
        let path = words.next().unwrap_or_default();
        let (mut length, mut is_chunked, mut target) = (0, false, None);
        loop {
            let mut line = String::new();
            reader.read_line(&mut line)?;
            let Some((name, value)) = line.trim().split_once(": ") else {
                break;
            };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().unwrap_or(0),
                "transfer-encoding" => is_chunked = value == "chunked",
                "x-amz-target" => target = Some(value.to_owned()),
                "expect" => write!(stream, "HTTP/1.1 100 Continue\r\n\r\n")?,
                _ => {}
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        while is_chunked {
            let mut line = String::new();
            reader.read_line(&mut line)?;
            let size = usize::from_str_radix(line.trim(), 16).unwrap_or(0);
            let mut chunk = vec![0; size + 2];
            reader.read_exact(&mut chunk)?;
            body.extend_from_slice(&chunk[..size]);
            is_chunked = size > 0;
        }
        let body = String::from_utf8_lossy(&body).into_owned();
        Ok(Self { method, path, target, body })
    }

    /// Whether a call was begun with it.
    fn is_of(&self, call: &Value) -> bool {
        let body = match serde_json::from_str(&self.body) {
            Ok(value @ (Value::Object(_) | Value::Array(_))) => value,
            _ => Value::from(self.body.as_str()),
        };
        let expected = call.get("body").cloned();
        call["method"] == self.method.as_str()
            && call["path"] == self.path.as_str()
            && call.get("target").and_then(Value::as_str) == self.target.as_deref()
            && expected.unwrap_or_else(|| "".into()) == body
    }
}

fn respond(mut stream: &TcpStream, status: &Value, headers: &Value, body: &str) -> io::Result<()> {
    write!(stream, "HTTP/1.1 {status} -\r\n")?;
    for (name, value) in headers.as_object().into_iter().flatten() {
        write!(stream, "{name}: {}\r\n", value.as_str().unwrap_or_default())?;
    }
    let length = body.len();
    write!(stream, "Content-Length: {length}\r\nConnection: close\r\n\r\n{body}")
}

fn start(server: &TcpListener, environment: &Map<String, Value>) -> io::Result<Child> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_{{ name }}"));
    command.env_clear();
    for (name, value) in environment {
        command.env(name, value.as_str().unwrap_or_default());
    }
    let address = server.local_addr()?;
    command
        .env("AWS_LAMBDA_RUNTIME_API", address.to_string())
        .env("AWS_ENDPOINT_URL", format!("http://{address}"))
        .env("AWS_ACCESS_KEY_ID", "test")
        .env("AWS_SECRET_ACCESS_KEY", "test")
        .env("AWS_SESSION_TOKEN", "test")
        .spawn()
}

/// The next connection, unless the function has ended.
fn accept(server: &TcpListener, function: &mut Child) -> io::Result<TcpStream> {
    loop {
        match server.accept() {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                if let Some(status) = function.try_wait()? {
                    return Err(io::Error::other(format!("the function ended: {status}")));
                }
                thread::sleep(Duration::from_millis(2));
            }
            accepted => {
                let (stream, _) = accepted?;
                stream.set_nonblocking(false)?;
                return Ok(stream);
            }
        }
    }
}

/// What the function says to a case's event: its answer or its error.
fn said(case: &Value, environment: &Map<String, Value>) -> io::Result<Value> {
    let server = TcpListener::bind("127.0.0.1:0")?;
    server.set_nonblocking(true)?;
    let mut function = start(&server, environment)?;
    let function_name = &environment["AWS_LAMBDA_FUNCTION_NAME"];
    let region = &environment["AWS_REGION"];
    let [name, region] = [function_name, region].map(|it| it.as_str().unwrap_or_default());
    let invocation = serde_json::json!({
        "Lambda-Runtime-Aws-Request-Id": ID,
        "Lambda-Runtime-Deadline-Ms": "9999999999999",
        "Lambda-Runtime-Invoked-Function-Arn":
            format!("arn:aws:lambda:{region}:123456789012:function:{name}"),
    });
    let mut calls = case["aws"].as_array().cloned().unwrap_or_default();
    let said = loop {
        let stream = accept(&server, &mut function)?;
        let request = Request::read(&stream)?;
        if !request.path.starts_with("/2018-06-01/runtime/") {
            match calls.iter().position(|call| request.is_of(call)) {
                Some(place) => {
                    let call = calls.remove(place);
                    let answer = call["answer"].as_str().unwrap_or_default();
                    respond(&stream, &call["status"], &call["headers"], answer)?;
                }
                None => {
                    eprintln!("not expected: {} {} {}", request.method, request.path, request.body);
                    respond(&stream, &500.into(), &Value::Null, "")?;
                }
            }
        } else if request.path.ends_with("/next") {
            respond(&stream, &200.into(), &invocation, &case["event"].to_string())?;
        } else {
            respond(&stream, &202.into(), &Value::Null, "")?;
            break serde_json::from_str(&request.body)?;
        }
    };
    function.kill()?;
    function.wait()?;
    Ok(said)
}

#[test]
fn it_answers_as_the_python_did() -> io::Result<()> {
    let read = |path: &Path| io::Result::Ok(serde_json::from_slice(&fs::read(path)?)?);
    let environment: Map<String, Value> = read(&Path::new(TESTS).join("environment.json"))?;
    for entry in fs::read_dir(Path::new(TESTS).join("answers"))? {
        let path = entry?.path();
        let case: Value = serde_json::from_slice(&fs::read(&path)?)?;
        let said = said(&case, &environment)?;
        let path = path.display();
        match case.get("result") {
            Some(expected) => assert_eq!(&said, expected, "{path}"),
            None => {
                for name in ["errorType", "errorMessage"] {
                    assert_eq!(said[name], case["error"][name], "{path}");
                }
            }
        }
    }
    Ok(())
}
