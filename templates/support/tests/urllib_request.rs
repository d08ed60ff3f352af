//! What `urllib.request` sends, gives and raises, as CPython 3.11 does.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};

use gammaray_support::python::dict::dict;
use gammaray_support::python::error::{Error, Result};
use gammaray_support::python::http_response::{self, HttpResponse};
use gammaray_support::python::urllib_request::{
    UrlRequest, get_method, request, request_headers, urlopen, urlopen_request, urlopen_value,
};
use gammaray_support::python::value::Value;
use gammaray_support::python::{http_exceptions, urllib_error};

/// Gives each connection the next answer, and what was asked.
fn server(answers: &'static [&'static [u8]]) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (sender, asked) = channel();
    std::thread::spawn(move || {
        for answer in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let mut bytes = vec![0; 4096];
            let length = stream.read(&mut bytes).unwrap();
            bytes.truncate(length);
            sender.send(String::from_utf8(bytes).unwrap()).unwrap();
            stream.write_all(answer).unwrap();
        }
    });
    (url, asked)
}

fn run<T>(asked: impl Future<Output = Result<T>>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(asked)
}

fn opened(url: &str, data: &Value) -> Result<HttpResponse> {
    run(urlopen(url, data, Some(3.0)))
}

fn sent(request: Result<UrlRequest>) -> Result<HttpResponse> {
    run(urlopen_request(&request?, &Value::None, None))
}

/// The class, `str` and `repr` of what is raised.
fn raised<T>(result: Result<T>) -> (&'static str, String, String) {
    let error: Error = result.err().unwrap();
    (
        error.class().name,
        error.to_string(),
        error.representation(),
    )
}

const AGENT: &str = "User-Agent: Python-urllib/3.11";

#[test]
fn a_request_is_sent_and_its_answer_read() -> Result<()> {
    let (url, asked) = server(&[
        b"HTTP/1.1 201 Made\r\nContent-Type: text/plain\r\nX-A: 1\r\nX-A: 2\r\nContent-Length: 5\r\n\r\nab\ncd",
    ]);
    let url = format!("{url}/a?b#c");
    let headers = dict! {"idempotency-key": "1", "X-n": 5};
    let data = Value::Bytes(b"x".to_vec());
    let made = request_headers(&(&url).into(), &data, &headers.into(), &Value::None)?;
    assert_eq!(get_method(&made), "POST");
    let answer = sent(Ok(made))?;
    assert_eq!(http_response::status(&answer), 201);
    assert_eq!(http_response::reason(&answer), "Made");
    assert_eq!(http_response::url(&answer), url);
    let none = Value::None;
    assert_eq!(
        http_response::getheader(&answer, "x-a", none.clone()),
        "1, 2"
    );
    let headers = http_response::headers(&answer);
    assert_eq!(http_response::item(&headers, "X-a"), "1");
    assert_eq!(http_response::get(&headers, "nope", none.clone()), none);
    assert_eq!(http_response::read(&answer, Some(1)), b"a");
    assert_eq!(http_response::readline(&answer), b"b\n");
    assert_eq!(http_response::read(&answer, None), b"cd");
    assert_eq!(http_response::read(&answer, None), b"");
    let asked = asked.recv().unwrap();
    assert!(asked.starts_with("POST /a?b HTTP/1.1\r\n"), "{asked}");
    let lines = [
        "Content-Type: application/x-www-form-urlencoded",
        "Content-Length: 1",
        "Accept-Encoding: identity",
        AGENT,
        "Idempotency-Key: 1",
        "X-N: 5",
        "Connection: close",
    ];
    for line in lines {
        assert!(
            asked.contains(&format!("\r\n{line}\r\n")),
            "{line}: {asked}"
        );
    }
    Ok(())
}

#[test]
fn another_status_is_raised_and_is_the_answer() -> Result<()> {
    let (url, _asked) = server(&[b"HTTP/1.1 404 Not Here\r\nContent-Length: 2\r\n\r\nno"]);
    let error = opened(&url, &Value::None).err().unwrap();
    assert_eq!(error.to_string(), "HTTP Error 404: Not Here");
    assert_eq!(error.representation(), "<HTTPError 404: 'Not Here'>");
    for (name, expected) in [("code", Value::from(404)), ("reason", "Not Here".into())] {
        assert_eq!(error.attribute(name), Some(expected));
    }
    let answer = urllib_error::answer(&error, "read")?;
    assert_eq!(http_response::read(&answer, None), b"no");
    assert_eq!(http_response::read(&answer, None), b"");
    let other = Error::new(&http_exceptions::HTTP_EXCEPTION, "x");
    let (_, text, _) = raised(urllib_error::answer(&other, "read"));
    assert_eq!(text, "'HTTPException' object has no attribute 'read'");
    Ok(())
}

#[test]
fn redirects_are_followed_as_python_follows_them() -> Result<()> {
    let (url, asked) = server(&[
        b"HTTP/1.1 302 Found\r\nLocation: /b c\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
    ]);
    let headers = dict! {"X-K": "1", "Content-Type": "a/b"};
    let place = format!("{url}/x").into();
    let data = Value::Bytes(b"d".to_vec());
    let answer = sent(request_headers(
        &place,
        &data,
        &headers.into(),
        &Value::None,
    ))?;
    assert_eq!(http_response::url(&answer), format!("{url}/b%20c"));
    assert!(asked.recv().unwrap().starts_with("POST /x "));
    let second = asked.recv().unwrap();
    assert!(second.starts_with("GET /b%20c ") && second.contains("X-K: 1"));
    assert!(!second.to_lowercase().contains("content-"), "{second}");
    let again: &[u8] = b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n";
    let (url, asked) = server(Box::leak(Box::new([again; 9])));
    let (_, text, _) = raised(opened(&format!("{url}/x"), &Value::None));
    let expected = "HTTP Error 302: The HTTP server returned a redirect error that would lead to \
                    an infinite loop.\nThe last 30x error message was:\nFound";
    assert_eq!(text, expected);
    assert_eq!(asked.try_iter().count(), 5);
    Ok(())
}

#[test]
fn redirects_that_python_does_not_follow_are_raised() {
    let (url, _asked) =
        server(&[b"HTTP/1.1 307 Temporary Redirect\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"]);
    let (_, text, _) = raised(opened(&url, &Value::Bytes(Vec::new())));
    assert_eq!(text, "HTTP Error 307: Temporary Redirect");
    let (url, _asked) =
        server(&[b"HTTP/1.1 302 Found\r\nLocation: gopher://x/\r\nContent-Length: 0\r\n\r\n"]);
    let (_, text, _) = raised(opened(&url, &Value::None));
    let expected = "HTTP Error 302: Found - Redirection to url 'gopher://x/' is not allowed";
    assert_eq!(text, expected);
}

#[test]
fn what_cannot_be_reached_is_raised() {
    let (class, text, shown) = raised(opened("http://127.0.0.1:1/", &Value::None));
    assert_eq!(class, "URLError");
    assert_eq!(text, "<urlopen error [Errno 111] Connection refused>");
    let expected = "URLError(ConnectionRefusedError(111, 'Connection refused'))";
    assert_eq!(shown, expected);
    let (url, _asked) = server(&[b""]);
    let (class, text, _) = raised(opened(&url, &Value::None));
    assert_eq!(class, "RemoteDisconnected");
    assert_eq!(text, "Remote end closed connection without response");
}

#[test]
fn what_cannot_be_sent_is_raised() {
    let none = Value::None;
    let texts = |url: &str, data: &Value| {
        let (class, text, _) = raised(opened(url, data));
        format!("{class}: {text}")
    };
    assert_eq!(texts("/x", &none), "ValueError: unknown url type: '/x'");
    let expected = "URLError: <urlopen error unknown url type: abc>";
    assert_eq!(texts("abc://x", &none), expected);
    let expected = "URLError: <urlopen error no host given>";
    assert_eq!(texts("http:///x", &"x".into()), expected);
    let expected = "TypeError: POST data should be bytes, an iterable of bytes, or a file object. \
                    It cannot be of type str.";
    assert_eq!(texts("http://127.0.0.1:1/", &"x".into()), expected);
    assert_eq!(
        texts("http://é/", &none),
        "Untranslated: a URL that is not plain ASCII"
    );
    assert_eq!(
        texts("ftp://x/", &none),
        "Untranslated: a URL of the type ftp"
    );
    let (_, text, _) = raised(run(urlopen_value(&5.into(), &none, None)));
    assert_eq!(text, "'int' object has no attribute 'timeout'");
    assert_eq!(
        raised(request(&none, &none, &none)).1,
        "unknown url type: 'None'"
    );
}

#[test]
fn headers_are_checked() {
    let none = Value::None;
    let with = |headers: Value| {
        let url = "http://127.0.0.1:1/".into();
        raised(sent(request_headers(&url, &none, &headers, &none))).1
    };
    let expected =
        "'latin-1' codec can't encode character '\\u0101' in position 0: ordinal not in range(256)";
    assert_eq!(with(dict! {"X": "\u{101}b"}.into()), expected);
    assert_eq!(
        with(dict! {"X": "a\nb"}.into()),
        "Invalid header value b'a\\nb'"
    );
    assert_eq!(
        with(dict! {5: "a"}.into()),
        "'int' object has no attribute 'capitalize'"
    );
    assert_eq!(
        with(Value::None),
        "'NoneType' object has no attribute 'items'"
    );
    let expected = "expected string or bytes-like object, got 'float'";
    assert_eq!(with(dict! {"X": 1.5}.into()), expected);
}
