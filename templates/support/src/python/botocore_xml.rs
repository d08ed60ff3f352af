//! XML as the answers of AWS services need it.

use xmlparser::{ElementEnd, Token, Tokenizer};

use super::botocore::RESPONSE_PARSER_ERROR;
use super::error::{Error, Result};

/// An element. Names are without namespaces.
#[derive(Debug, Default, Clone)]
pub struct Element {
    pub name: String,
    /// With their prefixes.
    pub attributes: Vec<(String, String)>,
    /// The text before the first child.
    pub text: String,
    pub children: Vec<Element>,
}

impl Element {
    /// The children of a name.
    pub fn named<'a>(&'a self, name: &str) -> Vec<&'a Element> {
        let children = self.children.iter();
        children.filter(|child| child.name == name).collect()
    }
}

/// The root of a document; an element without a name where there is none.
pub fn document(body: &[u8]) -> Result<Element> {
    if body.is_empty() {
        return Ok(Element::default());
    }
    let text = str::from_utf8(body).map_err(|error| invalid(&error.to_string(), body))?;
    let mut open: Vec<Element> = vec![Element::default()];
    for token in Tokenizer::from(text) {
        let token = token.map_err(|error| invalid(&error.to_string(), body))?;
        take(&mut open, token);
    }
    let top = open.into_iter().next().unwrap_or_default();
    let root = top.children.into_iter().next();
    root.ok_or_else(|| invalid("no element found: line 1, column 0", body))
}

fn take(open: &mut Vec<Element>, token: Token<'_>) {
    match token {
        Token::ElementStart { local, .. } => open.push(Element {
            name: local.as_str().to_owned(),
            ..Element::default()
        }),
        Token::Attribute {
            prefix,
            local,
            value,
            ..
        } => {
            if let Some(element) = open.last_mut() {
                let name = match prefix.as_str() {
                    "" => local.as_str().to_owned(),
                    prefix => format!("{prefix}:{local}"),
                };
                element.attributes.push((name, unescaped(value.as_str())));
            }
        }
        Token::ElementEnd { end, .. } if end != ElementEnd::Open => {
            if let Some(element) = open.pop()
                && let Some(parent) = open.last_mut()
            {
                parent.children.push(element);
            }
        }
        Token::Text { text } => write(open, &unescaped(text.as_str())),
        Token::Cdata { text, .. } => write(open, text.as_str()),
        _ => (),
    }
}

fn write(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut()
        && element.children.is_empty()
    {
        element.text.push_str(text);
    }
}

/// Text with its references replaced, and its line ends as XML has them.
fn unescaped(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut parts = text.split('&');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(';').unwrap_or((part, ""));
        let number = name.strip_prefix('#').and_then(|number| {
            let hex = number.strip_prefix(['x', 'X']);
            hex.map_or_else(
                || number.parse().ok(),
                |hex| u32::from_str_radix(hex, 16).ok(),
            )
        });
        match (name, number.and_then(char::from_u32)) {
            (_, Some(found)) => plain.push(found),
            ("lt", _) => plain.push('<'),
            ("gt", _) => plain.push('>'),
            ("amp", _) => plain.push('&'),
            ("quot", _) => plain.push('"'),
            ("apos", _) => plain.push('\''),
            _ => plain.push_str(name),
        }
        plain.push_str(rest);
    }
    plain
}

fn invalid(error: &str, body: &[u8]) -> Error {
    let body = String::from_utf8_lossy(body);
    // What is wrong is said in other words than expat's.
    let text = format!(
        "Unable to parse response ({error}), invalid XML received. Further retries may succeed:\n\
         b{body:?}"
    );
    Error::new(&RESPONSE_PARSER_ERROR, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_elements_texts_and_attributes() {
        let text = "<?xml version=\"1.0\"?><a:R xmlns:a=\"u\"><G x:type=\"T&amp;\"/>\
                    <K>&lt;&#228;&#x62;&quot;</K><K><![CDATA[<c>]]></K></a:R>";
        let root = document(text.as_bytes()).unwrap();
        assert_eq!(root.name, "R");
        let texts: Vec<&str> = root.named("K").iter().map(|it| it.text.as_str()).collect();
        assert_eq!(texts, ["<äb\"", "<c>"]);
        let attributes = &root.children[0].attributes;
        assert_eq!(attributes, &[("x:type".to_owned(), "T&".to_owned())]);
    }
}
