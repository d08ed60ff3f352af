//! The rules of routes in the event handler of Powertools for AWS Lambda: text, names in angle
//! brackets, and the dots of regular expressions. What else these have is refused.

use super::dict::Dict;
use super::error::{self, Result};
use super::string_kind;

/// A rule.
#[derive(Debug, Clone)]
pub struct Rule {
    parts: Vec<Part>,
    /// Whether a path may have slashes behind.
    has_slashes_behind: bool,
}

/// What a part of a path must be.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Letter(char),
    Any,
    /// Any letters, at least so many.
    Many(usize),
    /// The value of an argument.
    Name(String),
}

impl Rule {
    /// A rule as the program writes it.
    pub fn new(text: &str, has_slashes_behind: bool) -> Result<Self> {
        let refused = || error::untranslated(format!("the rule {text} of a route"));
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(letter) = rest.chars().next() {
            if let Some((name, after)) = name(rest) {
                let part = Part::Name(name.to_owned());
                if parts.contains(&part) || !name.starts_with(|it: char| !it.is_ascii_digit()) {
                    return Err(refused());
                }
                parts.push(part);
                rest = after;
                continue;
            }
            rest = &rest[letter.len_utf8()..];
            parts.push(match letter {
                '.' => match rest.chars().next() {
                    Some(many @ ('+' | '*')) => {
                        rest = &rest[1..];
                        Part::Many(usize::from(many == '+'))
                    }
                    _ => Part::Any,
                },
                _ if "^$*+?{}[]\\|()".contains(letter) => return Err(refused()),
                letter => Part::Letter(letter),
            });
            if rest.starts_with(['*', '+', '?', '{']) {
                return Err(refused());
            }
        }
        Ok(Self {
            parts,
            has_slashes_behind,
        })
    }

    /// Whether it has names.
    pub fn is_dynamic(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Name(_)))
    }

    /// The values of its names in a path, where the path follows it.
    pub fn find(&self, path: &str) -> Option<Dict> {
        let letters: Vec<char> = path.chars().collect();
        let mut found = Vec::new();
        if !self.follows(&self.parts, &letters, &mut found) {
            return None;
        }
        let found = found.into_iter().rev();
        Some(
            found
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }

    /// Whether letters follow parts. Adds the values of names, the last first.
    fn follows(&self, parts: &[Part], letters: &[char], found: &mut Vec<(String, String)>) -> bool {
        let Some((part, parts)) = parts.split_first() else {
            return self.is_end(letters);
        };
        let (least, most) = match part {
            Part::Letter(letter) if letters.first() != Some(letter) => return false,
            Part::Letter(_) => (1, 1),
            Part::Any => (1, count(letters, |letter| letter != '\n').min(1)),
            Part::Many(least) => (*least, count(letters, |letter| letter != '\n')),
            Part::Name(_) => (1, count(letters, is_of_name)),
        };
        for length in (least..=most).rev() {
            let (value, after) = letters.split_at(length);
            if self.follows(parts, after, found) {
                if let Part::Name(name) = part {
                    found.push((name.clone(), value.iter().collect()));
                }
                return true;
            }
        }
        false
    }

    /// Whether letters are what may stand behind all parts.
    fn is_end(&self, letters: &[char]) -> bool {
        let rest = match self.has_slashes_behind {
            true => &letters[count(letters, |letter| letter == '/')..],
            false => letters,
        };
        matches!(rest, [] | ['\n'])
    }
}

/// How many letters at the start are of a kind.
fn count(letters: &[char], is_of_kind: impl Fn(char) -> bool) -> usize {
    letters
        .iter()
        .take_while(|letter| is_of_kind(**letter))
        .count()
}

/// Whether the value of a name may have a letter.
fn is_of_name(letter: char) -> bool {
    "-._~()'!*:@,;=+&$%<> []{}|^".contains(letter) || is_of_word(letter)
}

/// Whether a letter is one of a word in Python's regular expressions.
fn is_of_word(letter: char) -> bool {
    letter == '_' || string_kind::isalnum(letter.encode_utf8(&mut [0; 4]))
}

/// The name in angle brackets at the start, and what follows it.
fn name(text: &str) -> Option<(&str, &str)> {
    let (name, after) = text.strip_prefix('<')?.split_once('>')?;
    (!name.is_empty() && name.chars().all(is_of_word)).then_some((name, after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::value::Value;

    fn found(rule: &str, path: &str, has_slashes_behind: bool) -> String {
        match Rule::new(rule, has_slashes_behind) {
            Ok(rule) => rule
                .find(path)
                .map_or("None".to_owned(), |it| Value::from(it).to_string()),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn paths_follow_rules_as_in_python() {
        for (rule, path, expected) in [
            ("/a", "/a", "{}"),
            ("/a", "/a/", "None"),
            ("/a", "/A", "None"),
            ("/a", "/a\n", "{}"),
            ("/o/<id>", "/o/x-1", "{'id': 'x-1'}"),
            ("/o/<id>", "/o/", "None"),
            ("/o/<id>", "/o/a/b", "None"),
            ("/o/<id>", "/o/é%20 @:<>", "{'id': 'é%20 @:<>'}"),
            ("/o/<id>", "/o/a\"", "None"),
            ("/<a>-<b>/c", "/1-2-3/c", "{'a': '1-2', 'b': '3'}"),
            ("/v1.0", "/v1x0", "{}"),
            ("/f/.+", "/f/a/b", "{}"),
            ("/f/.+", "/f/", "None"),
            (".*", "", "{}"),
            ("/<a b>", "/x", "None"),
            ("/a+", "/a", "the rule /a+ of a route"),
            ("/<a>/<a>", "/a", "the rule /<a>/<a> of a route"),
        ] {
            assert_eq!(found(rule, path, false), expected, "{rule} {path}");
        }
        assert_eq!(found("/a/<id>", "/a/1//", true), "{'id': '1'}");
        assert_eq!(found("", "/", true), "{}");
        assert_eq!(found("", "", true), "{}");
    }
}
