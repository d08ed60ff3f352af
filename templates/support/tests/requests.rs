//! Python's `requests` against a server of the test; expectations are those of requests 2.34.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread::JoinHandle;

use gammaray_support::python::dict::Dict;
use gammaray_support::python::error::{Error, Result};
use gammaray_support::python::requests;
use gammaray_support::python::requests_auth;
use gammaray_support::python::requests_response::{self as response, Response};
use gammaray_support::python::tuple::Tuple;
use gammaray_support::python::value::Value;
use gammaray_support::{dict, list};

/// Gives an answer to each connection, and tells what was asked.
fn server(answers: Vec<String>) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let place = listener.local_addr().unwrap().to_string();
    let served = std::thread::spawn(move || {
        let mut all = Vec::new();
        for answer in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let mut asked = vec![0; 8192];
            let length = stream.read(&mut asked).unwrap();
            asked.truncate(length);
            stream.write_all(answer.as_bytes()).unwrap();
            all.push(String::from_utf8(asked).unwrap());
        }
        all
    });
    (place, served)
}

fn answer(head: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {head}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn run<T>(done: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(done)
}

fn get(url: &str, kwargs: &Dict) -> Result<Response> {
    run(requests::get(&url.into(), &Value::None, kwargs))
}

async fn post(url: &Value, kwargs: &Dict) -> Result<Response> {
    let part = |name: &str| kwargs.find(name).unwrap_or_default();
    requests::post(url, &part("data"), &part("json"), kwargs).await
}

fn raised(error: &Error) -> (&'static str, String) {
    (error.class().name, error.to_string())
}

#[test]
fn an_answer_is_read_in_all_ways() {
    let (place, served) = server(vec![answer(
        "200 OK\r\nContent-Type: application/json\r\nX-Two: a\r\nx-two: b",
        r#"{"name": "é"}"#,
    )]);
    let url = format!("http://{place}/a b");
    let found = get(
        &url,
        &dict! {"headers": dict! {"accept": "text/plain", "User-Agent": Value::None}},
    )
    .unwrap();
    assert_eq!(response::status_code(&found), 200);
    assert!(response::ok(&found));
    assert_eq!(response::url(&found), format!("http://{place}/a%20b"));
    assert_eq!(response::text(&found).unwrap(), r#"{"name": "é"}"#);
    assert_eq!(
        response::json(&found).unwrap(),
        Value::from(dict! {"name": "é"})
    );
    let headers = response::headers(&found);
    assert_eq!(
        headers.find("CONTENT-TYPE"),
        Some("application/json".into())
    );
    assert_eq!(
        Value::from(headers).to_string(),
        "{'Content-Type': 'application/json', 'X-Two': 'a, b', 'Content-Length': '14'}"
    );
    let asked = served.join().unwrap().remove(0);
    let expected = format!(
        "GET /a%20b HTTP/1.1\r\nAccept-Encoding: gzip, deflate\r\nAccept: text/plain\r\n\
         Connection: keep-alive\r\nHost: {place}\r\n\r\n"
    );
    assert_eq!(asked, expected);
}

#[test]
fn bodies_are_sent_with_their_types() {
    for (kwargs, kind, body) in [
        (
            dict! {"json": dict! {"a": list![1, "é"]}},
            Some("application/json"),
            "{\"a\": [1, \"\\u00e9\"]}",
        ),
        (
            dict! {"data": dict! {"a": list![1, 2], "b c": "d&"}},
            Some("application/x-www-form-urlencoded"),
            "a=1&a=2&b+c=d%26",
        ),
        (dict! {"data": "é"}, None, "é"),
        (dict! {"data": "", "json": Value::None}, None, ""),
        (dict! {"json": Dict::new()}, Some("application/json"), "{}"),
    ] {
        let (place, served) = server(vec![answer("201 Created", "")]);
        let url = format!("http://{place}/").into();
        let found = run(post(&url, &kwargs)).unwrap();
        assert_eq!(response::reason(&found), "Created");
        let asked = served.join().unwrap().remove(0);
        assert!(asked.ends_with(&format!("\r\n\r\n{body}")), "{asked}");
        let length = format!("Content-Length: {}\r\n", body.len());
        assert!(asked.contains(&length), "{asked}");
        let told = asked
            .lines()
            .find_map(|line| line.strip_prefix("Content-Type: "));
        assert_eq!(told, kind, "{asked}");
    }
}

#[test]
fn redirects_are_followed() {
    let (place, served) = server(vec![
        answer("302 Found\r\nLocation: /next?a=1", ""),
        answer("307 Temporary Redirect\r\nLocation: ../last#part", ""),
        answer("404 Not Found", "no"),
    ]);
    let url = format!("http://{place}/a/b").into();
    let auth = Tuple::from(vec!["user".into(), "pass".into()]);
    let kwargs = dict! {"data": "body", "auth": auth};
    let found = run(post(&url, &kwargs)).unwrap();
    let last = format!("http://{place}/last#part");
    assert_eq!(response::url(&found), last);
    let raise = response::raise_for_status(&found).unwrap_err();
    let text = format!("404 Client Error: Not Found for url: {last}");
    assert_eq!(raised(&raise), ("HTTPError", text));
    let kept = raise.attribute("response").unwrap();
    assert_eq!(kept.attribute("status_code").unwrap(), Value::Int(404));
    assert_eq!(kept.attribute("text").unwrap(), Value::from("no"));
    let asked = served.join().unwrap();
    let firsts: Vec<_> = asked.iter().map(|it| it.lines().next().unwrap()).collect();
    assert_eq!(
        firsts,
        [
            "POST /a/b HTTP/1.1",
            "GET /next?a=1 HTTP/1.1",
            "GET /last HTTP/1.1"
        ]
    );
    assert!(
        asked[2].contains("Authorization: Basic dXNlcjpwYXNz\r\n"),
        "{asked:?}"
    );
}

#[test]
fn failures_are_raised_as_by_requests() {
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let refused = get(&format!("http://127.0.0.1:{port}/x?a=1"), &Dict::new()).unwrap_err();
    let expected = format!(
        "HTTPConnectionPool(host='127.0.0.1', port={port}): Max retries exceeded with url: /x?a=1 \
         (Caused by NewConnectionError(\"HTTPConnection(host='127.0.0.1', port={port}): Failed to \
         establish a new connection: [Errno 111] Connection refused\"))"
    );
    assert_eq!(raised(&refused), ("ConnectionError", expected));
    assert!(
        refused
            .representation()
            .starts_with("ConnectionError(MaxRetryError('HTTPC")
    );

    let (place, _served) = server(vec![String::new()]);
    let closed = get(&format!("http://{place}/"), &Dict::new()).unwrap_err();
    let text = "('Connection aborted.', RemoteDisconnected('Remote end closed connection without \
                response'))";
    assert_eq!(raised(&closed), ("ConnectionError", text.to_owned()));

    for (kwargs, class, text) in [
        (
            dict! {"timeout": 0},
            "ValueError",
            "Attempted to set connect timeout to 0, but the timeout cannot be set to a value less than or equal to 0.",
        ),
        (
            dict! {"headers": dict! {"a": 1}},
            "InvalidHeader",
            "Header part (1) from ('a', 1) must be of type str or bytes, not <class 'int'>",
        ),
        (
            dict! {"headers": dict! {"a": " b"}},
            "InvalidHeader",
            "Invalid leading whitespace, reserved character(s), or return character(s) in header value: ' b'",
        ),
        (
            dict! {"json": f64::NAN},
            "InvalidJSONError",
            "Out of range float values are not JSON compliant",
        ),
        (
            dict! {"verify": false},
            "Untranslated",
            "`verify` other than True",
        ),
    ] {
        let error = get("http://127.0.0.1:1/", &kwargs).unwrap_err();
        assert_eq!(raised(&error), (class, text.to_owned()));
    }
}

#[test]
fn text_that_is_no_json_is_told_apart() {
    let (place, _served) = server(vec![answer("200 OK", "no json")]);
    let found = get(&format!("http://{place}/"), &Dict::new()).unwrap();
    let error = response::json(&found).unwrap_err();
    let text = "Expecting value: line 1 column 1 (char 0)";
    assert_eq!(raised(&error), ("JSONDecodeError", text.to_owned()));
    let line: Vec<_> = error.class().line().iter().map(|it| it.name).collect();
    assert_eq!(
        line[..6],
        [
            "JSONDecodeError",
            "InvalidJSONError",
            "RequestException",
            "OSError",
            "JSONDecodeError",
            "ValueError"
        ]
    );
}

#[test]
fn signatures_are_added() {
    let (place, served) = server(vec![answer("200 OK", "")]);
    let part = |it: &str| Value::from(it);
    let auth = requests_auth::aws_auth(
        &part("AKID"),
        &part("SECRET"),
        &part("api.test"),
        &part("eu-west-1"),
        &part("execute-api"),
        &part("TOKEN"),
    );
    let kwargs = dict! {"auth": auth.unwrap()};
    run(requests::put(
        &format!("http://{place}/p?b=2&a").into(),
        &part("x"),
        &kwargs,
    ))
    .unwrap();
    let asked = served.join().unwrap().remove(0);
    let told = |name: &str| {
        asked
            .lines()
            .find_map(|line| line.strip_prefix(name))
            .unwrap()
    };
    assert_eq!(told("X-Amz-Security-Token: "), "TOKEN");
    assert_eq!(
        told("X-Amz-Content-Sha256: "),
        "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    );
    let authorization = told("Authorization: ");
    assert!(authorization.starts_with("AWS4-HMAC-SHA256 Credential=AKID/20"));
    let names = "/eu-west-1/execute-api/aws4_request, SignedHeaders=host;x-amz-date;x-amz-security-token, Signature=";
    assert!(authorization.contains(names), "{authorization}");
}
