//! Python's `os` and `os.path` on Linux. The variables are in `environ`.

use super::error::{self, Error, Result};
use super::value::Value;

/// `os.linesep`
pub const LINESEP: &str = "\n";
/// `os.sep`
pub const SEP: &str = "/";

/// `os.urandom(size, /)`.
#[cfg(feature = "bytes")]
pub fn urandom(size: i64) -> Result<Vec<u8>> {
    let Ok(size) = usize::try_from(size) else {
        return Err(error::value_error("negative argument not allowed"));
    };
    let mut bytes = vec![0; size];
    fill(&mut bytes)?;
    Ok(bytes)
}

/// Random bytes of the operating system.
pub fn fill(bytes: &mut [u8]) -> Result<()> {
    getrandom::fill(bytes).map_err(|error| Error::new(&error::OS_ERROR, error.to_string()))
}

/// `os.getcwd()`.
pub fn getcwd() -> Result<String> {
    let found = std::env::current_dir().ok();
    let text = found.and_then(|path| path.into_os_string().into_string().ok());
    text.ok_or_else(|| error::untranslated("a current folder without a name in UTF-8"))
}

/// `os.getpid()`.
pub fn getpid() -> i64 {
    i64::from(std::process::id())
}

/// `os.path.join(a, *p)`.
pub fn join(a: &str, p: &[Value]) -> Result<String> {
    let mut path = a.to_owned();
    for part in p {
        let part = match part {
            Value::Str(part) => part,
            #[cfg(feature = "bytes")]
            Value::Bytes(_) => {
                let text = "Can't mix strings and bytes in path components";
                return Err(error::type_error(text));
            }
            other => {
                let name = other.type_name();
                return Err(error::type_error(format!(
                    "join() argument must be str, bytes, or os.PathLike object, not '{name}'"
                )));
            }
        };
        if part.starts_with('/') {
            path.clear();
        } else if !path.is_empty() && !path.ends_with('/') {
            path.push('/');
        }
        path.push_str(part);
    }
    Ok(path)
}

/// `os.path.join(a, *p)`.
pub fn join_value(a: &Value, p: &[Value]) -> Result<String> {
    join(path_text(a)?, p)
}

/// The path that a value is.
fn path_text(path: &Value) -> Result<&str> {
    path.as_str().ok_or_else(|| match path.type_name() {
        "bytes" => error::untranslated("a path that is bytes"),
        name => {
            let text = format!("expected str, bytes or os.PathLike object, not {name}");
            error::type_error(text)
        }
    })
}

/// `os.path.split(p)`.
pub fn split(p: &str) -> (String, String) {
    let (head, tail) = p.split_at(p.rfind('/').map_or(0, |at| at + 1));
    let stripped = head.trim_end_matches('/');
    let head = if stripped.is_empty() { head } else { stripped };
    (head.to_owned(), tail.to_owned())
}

/// `os.path.basename(p)`.
pub fn basename(p: &str) -> String {
    split(p).1
}

/// `os.path.basename(p)`.
pub fn basename_value(p: &Value) -> Result<String> {
    path_text(p).map(basename)
}

/// `os.path.dirname(p)`.
pub fn dirname(p: &str) -> String {
    split(p).0
}

/// `os.path.dirname(p)`.
pub fn dirname_value(p: &Value) -> Result<String> {
    path_text(p).map(dirname)
}

/// `os.path.splitext(p)`.
pub fn splitext(p: &str) -> (String, String) {
    let name = p.rfind('/').map_or(0, |at| at + 1);
    let dots = p[name..].len() - p[name..].trim_start_matches('.').len();
    let first = name + dots;
    let at = p[first..].rfind('.').map_or(p.len(), |at| first + at);
    (p[..at].to_owned(), p[at..].to_owned())
}

/// `os.path.splitext(p)`.
pub fn splitext_value(p: &Value) -> Result<(String, String)> {
    path_text(p).map(splitext)
}

/// `os.path.exists(path)`.
pub fn exists(path: &str) -> bool {
    std::path::Path::new(path).exists()
}

/// `os.path.isfile(path)`.
pub fn isfile(path: &str) -> bool {
    std::path::Path::new(path).is_file()
}

/// `os.path.isdir(s)`.
pub fn isdir(s: &str) -> bool {
    std::path::Path::new(s).is_dir()
}

/// `os.path.isabs(s)`.
pub fn isabs(s: &str) -> bool {
    s.starts_with('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_put_together_and_taken_apart() -> Result<()> {
        let texts = |parts: &[&str]| parts.iter().map(|it| Value::from(*it)).collect::<Vec<_>>();
        assert_eq!(join("a", &texts(&["/b", "c"]))?, "/b/c");
        assert_eq!(join("a", &texts(&[""]))?, "a/");
        assert_eq!(join("", &texts(&["a"]))?, "a");
        assert_eq!(join("a/", &texts(&["b"]))?, "a/b");
        for (path, directory, name, root, extension) in [
            ("/a/b.txt", "/a", "b.txt", "/a/b", ".txt"),
            ("//a", "//", "a", "//a", ""),
            ("a//b", "a", "b", "a//b", ""),
            ("..a.b.c", "", "..a.b.c", "..a.b", ".c"),
            (".a", "", ".a", ".a", ""),
            ("a/.b", "a", ".b", "a/.b", ""),
            ("a.b/c", "a.b", "c", "a.b/c", ""),
            ("a.", "", "a.", "a", "."),
            ("", "", "", "", ""),
        ] {
            assert_eq!(dirname(path), directory, "{path}");
            assert_eq!(basename(path), name, "{path}");
            assert_eq!(splitext(path), (root.to_owned(), extension.to_owned()));
        }
        assert!(exists("/") && isdir("/") && !isfile("/"));
        assert!(!exists("a\0b"));
        Ok(())
    }

    #[test]
    fn other_types_are_no_paths() {
        let text = |result: Result<String>| result.map_err(|error| error.to_string());
        let raised = |text: &str| Err(text.to_owned());
        assert_eq!(
            text(join("a", &[1.into()])),
            raised("join() argument must be str, bytes, or os.PathLike object, not 'int'")
        );
        let expected = "expected str, bytes or os.PathLike object, not NoneType";
        assert_eq!(text(join_value(&Value::None, &[])), raised(expected));
        assert_eq!(text(basename_value(&Value::None)), raised(expected));
    }

    #[cfg(feature = "bytes")]
    #[test]
    fn random_bytes_have_a_length() -> Result<()> {
        assert_eq!(urandom(16)?.len(), 16);
        assert_ne!(urandom(16)?, urandom(16)?);
        let negative = urandom(-1).map_err(|error| error.to_string());
        assert_eq!(negative, Err("negative argument not allowed".to_owned()));
        Ok(())
    }
}
