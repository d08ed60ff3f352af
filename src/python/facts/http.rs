//! Which calls of libraries send an HTTP request, by the dotted name of what is called.

/// What a request's call tells by its name alone.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) library: &'static str,
    /// The method, where the name tells it.
    pub(super) method: Option<&'static str>,
    /// Position and name of the argument that holds the method.
    pub(super) method_argument: Option<usize>,
    /// Position of the argument that holds the URL.
    pub(super) url_argument: Option<usize>,
}

const VERBS: &[(&str, &str)] = &[
    ("get", "GET"),
    ("post", "POST"),
    ("put", "PUT"),
    ("patch", "PATCH"),
    ("delete", "DELETE"),
    ("head", "HEAD"),
    ("options", "OPTIONS"),
];

/// Reads a dotted name such as `requests.Session().get`.
pub(super) fn request(path: &str) -> Option<Request> {
    let fixed = |library, method, url_argument| {
        Some(Request {
            library,
            method,
            method_argument: None,
            url_argument,
        })
    };
    match path {
        "urllib.request.urlopen" | "urllib.request.urlretrieve" => {
            return fixed("urllib", None, Some(0));
        }
        "cfnresponse.send" => return fixed("cfnresponse", Some("PUT"), None),
        "crhelper.CfnResource()" => {
            return fixed("crhelper", Some("PUT"), None);
        }
        _ => {}
    }
    let (owner, method) = path.rsplit_once('.')?;
    let library = library(owner)?;
    if method == "request" || (library == "urllib3" && method == "urlopen") {
        return Some(Request {
            library,
            method: None,
            method_argument: Some(0),
            url_argument: Some(1),
        });
    }
    if matches!(library, "urllib3" | "http.client") {
        return None;
    }
    let verb = VERBS.iter().find(|(name, _)| *name == method)?;
    fixed(library, Some(verb.1), Some(0))
}

fn library(owner: &str) -> Option<&'static str> {
    Some(match owner {
        "requests"
        | "requests.Session()"
        | "requests.session()"
        | "requests.sessions.Session()"
        | "requests.api" => "requests",
        "httpx" | "httpx.Client()" | "httpx.AsyncClient()" => "httpx",
        "aiohttp.ClientSession()" | "aiohttp" => "aiohttp",
        "urllib3.PoolManager()"
        | "urllib3"
        | "urllib3.poolmanager.PoolManager()"
        | "urllib3.HTTPSConnectionPool()"
        | "urllib3.HTTPConnectionPool()" => "urllib3",
        "http.client.HTTPSConnection()" | "http.client.HTTPConnection()" => "http.client",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::request;

    #[test]
    fn tells_requests_from_other_calls() {
        let get = request("requests.get").map(|it| (it.library, it.method, it.url_argument));
        assert_eq!(get, Some(("requests", Some("GET"), Some(0))));
        let pool = request("urllib3.PoolManager().request").map(|it| it.method_argument);
        assert_eq!(pool, Some(Some(0)));
        assert_eq!(request("requests.exceptions.HTTPError"), None);
        assert_eq!(request("urllib.request.Request"), None);
        assert_eq!(request("json.get"), None);
    }
}
