//! Sends the function the events in `answers`, in which the Python's answers stand beside them.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command};
use std::{env, fs, io};

use serde_json::Value;

const ID: &str = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";

/// A request's path and body.
fn request(stream: &TcpStream) -> io::Result<(String, Vec<u8>)> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let (mut length, mut chunked) = (0, false);
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        let header = line.trim().to_ascii_lowercase();
        if header.is_empty() {
            break;
        }
        chunked |= header == "transfer-encoding: chunked";
        if let Some(value) = header.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    while chunked {
        line.clear();
        reader.read_line(&mut line)?;
        let size = usize::from_str_radix(line.trim(), 16).unwrap_or(0);
        let mut chunk = vec![0; size + 2];
        reader.read_exact(&mut chunk)?;
        chunk.truncate(size);
        body.append(&mut chunk);
        chunked = size > 0;
    }
    Ok((path, body))
}

fn respond(mut stream: &TcpStream, status: &str, body: &str) -> io::Result<()> {
    write!(
        stream,
        "HTTP/1.1 {status}\r\nLambda-Runtime-Aws-Request-Id: {ID}\r\n\
         Lambda-Runtime-Deadline-Ms: 9999999999999\r\n\
         Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:us-east-1:123456789012:function:f\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

fn start(api: &TcpListener, environment: &Value) -> io::Result<Child> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_{{ name }}"));
    command
        .env("AWS_LAMBDA_RUNTIME_API", api.local_addr()?.to_string())
        .env("AWS_LAMBDA_FUNCTION_NAME", "f")
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
        .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
        .env("AWS_REGION", "us-east-1");
    for (name, value) in environment.as_object().into_iter().flatten() {
        command.env(name, value.as_str().unwrap_or_default());
    }
    command.spawn()
}

/// What the function says to an event: its answer or its error.
fn answer(case: &Value) -> io::Result<Value> {
    let api = TcpListener::bind("127.0.0.1:0")?;
    let mut function = start(&api, &case["environment"])?;
    let said = loop {
        let (stream, _) = api.accept()?;
        let (path, body) = request(&stream)?;
        if path.ends_with("/next") {
            respond(&stream, "200 OK", &case["event"].to_string())?;
        } else {
            respond(&stream, "202 Accepted", "")?;
            break serde_json::from_slice(&body)?;
        }
    };
    function.kill()?;
    function.wait()?;
    Ok(said)
}

#[test]
fn it_answers_as_the_python_did() -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/answers");
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let case: Value = serde_json::from_slice(&fs::read(&path)?)?;
        let said = answer(&case)?;
        match case.get("answer") {
            Some(expected) => assert_eq!(&said, expected, "{}", path.display()),
            None => {
                for name in ["errorType", "errorMessage"] {
                    assert_eq!(said[name], case["error"][name], "{}", path.display());
                }
            }
        }
    }
    Ok(())
}
