//! Requests to a server of the test, and what comes of servers that misbehave.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread::JoinHandle;
use std::time::Duration;

use gammaray_support::python::http_client::{HttpAnswer, HttpFailure, HttpRequest, header, send};

/// Answers one connection with some bytes, and gives what was asked.
fn server(answer: &'static [u8]) -> (u16, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let served = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut asked = vec![0; 4096];
        let length = stream.read(&mut asked).unwrap();
        asked.truncate(length);
        stream.write_all(answer).unwrap();
        if answer.is_empty() {
            std::thread::sleep(Duration::from_millis(300));
        }
        String::from_utf8(asked).unwrap()
    });
    (port, served)
}

fn sent(request: &HttpRequest) -> Result<HttpAnswer, HttpFailure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(send(request))
}

fn get(port: u16) -> HttpRequest {
    HttpRequest {
        method: "GET".to_owned(),
        url: format!("http://127.0.0.1:{port}/a%20b?q=1#part"),
        headers: vec![("X-Key".to_owned(), "é".to_owned())],
        ..HttpRequest::default()
    }
}

#[test]
fn an_answer_is_received_whole() {
    let (port, served) = server(
        b"HTTP/1.1 404 Nothing Here\r\nContent-Type: text/plain\r\nX-A: 1\r\nX-A: 2\r\n\
          Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
    );
    let request = HttpRequest {
        method: "POST".to_owned(),
        body: Some(b"body".to_vec()),
        headers: Vec::new(),
        ..get(port)
    };
    let answer = sent(&request).unwrap();
    assert_eq!((answer.status, &*answer.reason), (404, "Nothing Here"));
    assert_eq!(answer.body, b"abcde");
    assert_eq!(header(&answer.headers, "CONTENT-type"), Some("text/plain"));
    let repeated = answer.headers.iter().filter(|(name, _)| name == "X-A");
    assert_eq!(repeated.count(), 2);
    let asked = served.join().unwrap();
    let expected = format!(
        "POST /a%20b?q=1 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 4\r\n\r\nbody"
    );
    assert_eq!(asked, expected);
}

#[test]
fn headers_are_sent_as_latin_letters() {
    let (port, served) = server(b"HTTP/1.1 204 No Content\r\n\r\n");
    let request = HttpRequest {
        headers: vec![("Accept".to_owned(), "*/*".to_owned())],
        ..get(port)
    };
    assert_eq!(sent(&request).unwrap().status, 204);
    assert!(served.join().unwrap().contains("Accept: */*\r\n"));
    let beyond = HttpRequest {
        headers: vec![("X-Key".to_owned(), "€".to_owned())],
        ..get(port)
    };
    let failure = sent(&beyond).unwrap_err();
    assert!(matches!(failure, HttpFailure::Unsendable(name) if name == "X-Key"));
}

#[test]
fn failures_are_told_apart() {
    let (port, served) = server(b"");
    let hasty = HttpRequest {
        headers: Vec::new(),
        read_timeout: Some(Duration::from_millis(50)),
        ..get(port)
    };
    let failure = sent(&hasty).unwrap_err();
    assert!(matches!(failure, HttpFailure::ReadTimeout), "{failure:?}");
    served.join().unwrap();

    let (port, served) = server(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
    let failure = sent(&get(port)).unwrap_err();
    assert!(matches!(failure, HttpFailure::Incomplete), "{failure:?}");
    drop(served);

    let (port, served) = server(b"HTTP/1.1 ");
    let failure = sent(&get(port)).unwrap_err();
    assert!(matches!(failure, HttpFailure::Closed), "{failure:?}");
    drop(served);

    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let failure = sent(&get(port)).unwrap_err();
    assert!(matches!(failure, HttpFailure::Connect(_)), "{failure:?}");

    let nowhere = HttpRequest {
        url: "http://nowhere.invalid/".to_owned(),
        ..get(port)
    };
    let failure = sent(&nowhere).unwrap_err();
    assert!(matches!(failure, HttpFailure::Unknown(_)), "{failure:?}");

    let other = HttpRequest {
        url: "ftp://127.0.0.1/".to_owned(),
        ..get(port)
    };
    let failure = sent(&other).unwrap_err();
    assert!(matches!(failure, HttpFailure::Unsendable(_)), "{failure:?}");
}
