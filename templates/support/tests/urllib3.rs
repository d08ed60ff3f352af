//! Python's `urllib3` against a server of the test; expectations are those of urllib3 2.7.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread::JoinHandle;

use gammaray_support::dict;
use gammaray_support::python::dict::Dict;
use gammaray_support::python::urllib3::{self, HttpResponse};
use gammaray_support::python::value::Value;

const REDIRECT: &str = "HTTP/1.1 303 See Other\r\nLocation: /n?a=%7e\r\nContent-Length: 0\r\n\r\n";

/// Gives an answer to each connection, and tells what was asked.
fn server(answers: Vec<&'static str>) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let place = listener.local_addr().unwrap().to_string();
    let served = std::thread::spawn(move || {
        let answered = answers.into_iter().map(|answer| {
            let (mut stream, _) = listener.accept().unwrap();
            let mut asked = vec![0; 8192];
            let length = stream.read(&mut asked).unwrap();
            asked.truncate(length);
            stream.write_all(answer.as_bytes()).unwrap();
            String::from_utf8(asked).unwrap()
        });
        answered.collect()
    });
    (place, served)
}

fn request(method: &str, url: &str, kwargs: &Dict) -> Result<HttpResponse, String> {
    let option = |name: &str| kwargs.find(name).unwrap_or_default();
    let pool = urllib3::pool_manager(10, &Value::None);
    let url = Value::from(url);
    let (fields, headers, body) = (option("fields"), option("headers"), option("body"));
    let (json, timeout) = (option("json"), option("timeout"));
    let sent = urllib3::request(
        &pool, method, &url, &fields, &headers, &body, &json, &timeout,
    );
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let answer = runtime.unwrap().block_on(sent);
    answer.map_err(|error| format!("{}: {error}", error.class().name))
}

#[test]
fn redirects_are_followed() {
    let answer = "HTTP/1.1 200 OK\r\nX-A: 1\r\nContent-Length: 2\r\n\r\nok";
    let (place, served) = server(vec![REDIRECT, answer]);
    let kwargs = dict! {"json": dict! {"a": "é"}, "headers": dict! {"X": "y"}};
    let found = request("post", &format!("http://{place}/%7e é["), &kwargs).unwrap();
    assert_eq!(urllib3::status(&found), 200);
    assert_eq!(urllib3::data(&found), b"ok");
    let headers = Value::from(urllib3::headers(&found)).to_string();
    assert_eq!(
        headers,
        "HTTPHeaderDict({'X-A': '1', 'Content-Length': '2'})"
    );
    let asked = served.join().unwrap();
    let common = "Accept-Encoding: identity\r\nUser-Agent: python-urllib3/2.7.0\r\n";
    assert_eq!(
        asked,
        [
            format!(
                "POST /%7E%20%C3%A9%5B HTTP/1.1\r\nX: y\r\nContent-Type: application/json\r\n\
                 {common}Host: {place}\r\nContent-Length: 10\r\n\r\n{{\"a\":\"é\"}}"
            ),
            format!("GET /n?a=%7E HTTP/1.1\r\nX: y\r\n{common}Host: {place}\r\n\r\n"),
        ]
    );
}

#[test]
fn requests_are_sent_again() {
    let (place, served) = server(vec![""; 4]);
    let port = place.split_once(':').unwrap().1.to_owned();
    let closed = "ProtocolError('Connection aborted.', RemoteDisconnected('Remote end closed \
                  connection without response'))";
    let expected = format!(
        "MaxRetryError: HTTPConnectionPool(host='127.0.0.1', port={port}): Max retries exceeded \
         with url: /x (Caused by {closed})"
    );
    let raised = request("GET", &format!("http://{place}/x"), &Dict::new());
    assert_eq!(raised.err(), Some(expected));
    served.join().unwrap();

    let (place, served) = server(vec![""]);
    let raised = request("POST", &format!("http://{place}/x"), &dict! {"body": "a"});
    let expected = "ProtocolError: ('Connection aborted.', RemoteDisconnected('Remote end closed \
                    connection without response'))";
    assert_eq!(raised.err().as_deref(), Some(expected));
    served.join().unwrap();

    let (place, served) = server(vec![REDIRECT; 4]);
    let raised = request("GET", &format!("http://{place}/r"), &Dict::new());
    let port = place.split_once(':').unwrap().1;
    let expected = format!(
        "MaxRetryError: HTTPConnectionPool(host='127.0.0.1', port={port}): Max retries exceeded \
         with url: http://{place}/n?a=%7E (Caused by ResponseError('too many redirects'))"
    );
    assert_eq!(raised.err(), Some(expected));
    served.join().unwrap();
}

#[test]
fn what_is_not_known_is_refused() {
    for (method, url, kwargs, expected) in [
        (
            "GET",
            "ftp://x",
            Dict::new(),
            "Untranslated: the URL ftp://x",
        ),
        ("GET", "x.com", Dict::new(), "Untranslated: the URL x.com"),
        (
            "POST",
            "http://127.0.0.1:1/",
            dict! {"fields": dict! {"a": "b"}},
            "Untranslated: the fields of a form",
        ),
        (
            "GET",
            "http://127.0.0.1:1/",
            dict! {"timeout": 0},
            "ValueError: Attempted to set connect timeout to 0, but the timeout cannot be set to a \
             value less than or equal to 0.",
        ),
    ] {
        assert_eq!(
            request(method, url, &kwargs).err().as_deref(),
            Some(expected)
        );
    }
}
