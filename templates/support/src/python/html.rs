//! Python's `html`.

/// `html.escape(s, quote=True)`
pub fn escape(s: &str, quote: bool) -> String {
    let escaped = s.replace('&', "&amp;").replace('<', "&lt;");
    let escaped = escaped.replace('>', "&gt;");
    if quote {
        escaped.replace('"', "&quot;").replace('\'', "&#x27;")
    } else {
        escaped
    }
}
