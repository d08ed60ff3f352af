//! The templates of `re.sub`.

use super::error::{self, Error, Result};
use super::re_match::Match;
use super::re_pattern::Pattern;

/// A template that is read.
#[derive(Debug)]
pub struct Template(Vec<Part>);

#[derive(Debug)]
enum Part {
    Text(String),
    Group(usize),
}

impl Template {
    /// Reads a template. One that is wrong is refused.
    pub fn parse(template: &str, pattern: &Pattern) -> Result<Self> {
        let characters: Vec<char> = template.chars().collect();
        let mut reader = Reader {
            template,
            rest: &characters,
        };
        let (mut parts, mut text) = (Vec::new(), String::new());
        while let Some(c) = reader.next() {
            if c != '\\' {
                text.push(c);
                continue;
            }
            let group = match reader.escape()? {
                Escape::Text(escaped) => {
                    text.push_str(&escaped);
                    continue;
                }
                Escape::Group(group) => Some(group).filter(|group| *group <= pattern.count()),
                Escape::Named(name) => pattern.group_named(&name),
            };
            parts.push(Part::Text(std::mem::take(&mut text)));
            parts.push(Part::Group(group.ok_or_else(|| reader.refused())?));
        }
        parts.push(Part::Text(text));
        Ok(Self(parts))
    }

    /// The template with what was found.
    pub fn fill(&self, found: &Match) -> String {
        let whole = super::re_match::group(found);
        let groups: Vec<Option<&str>> = std::iter::once(Some(whole.as_str()))
            .chain(found.captures())
            .collect();
        let parts = self.0.iter().map(|part| match part {
            Part::Text(text) => text,
            Part::Group(group) => groups.get(*group).copied().flatten().unwrap_or_default(),
        });
        parts.collect()
    }
}

enum Escape {
    Text(String),
    Group(usize),
    Named(String),
}

struct Reader<'a> {
    template: &'a str,
    rest: &'a [char],
}

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    /// The digit that comes next, in a base.
    fn digit(&self, base: u32) -> Option<u32> {
        self.rest.first().and_then(|c| c.to_digit(base))
    }

    fn refused(&self) -> Error {
        error::untranslated(format!("the template {:?}", self.template))
    }

    /// What follows a backslash.
    fn escape(&mut self) -> Result<Escape> {
        let c = self.next().ok_or_else(|| self.refused())?;
        let text = match c {
            'g' => return self.group(),
            '0' => {
                let mut code = 0;
                for _ in 0..2 {
                    if let Some(digit) = self.digit(8) {
                        code = code * 8 + digit;
                        self.next();
                    }
                }
                return Ok(Escape::Text(self.character(code)?));
            }
            '1'..='9' => return self.number(c),
            'a' => "\u{7}".to_owned(),
            'b' => "\u{8}".to_owned(),
            'f' => "\u{c}".to_owned(),
            'n' => "\n".to_owned(),
            'r' => "\r".to_owned(),
            't' => "\t".to_owned(),
            'v' => "\u{b}".to_owned(),
            '\\' => "\\".to_owned(),
            c if c.is_ascii_alphabetic() => return Err(self.refused()),
            c => format!("\\{c}"),
        };
        Ok(Escape::Text(text))
    }

    fn character(&self, code: u32) -> Result<String> {
        let c = char::from_u32(code & 0xff);
        c.map(|c| c.to_string()).ok_or_else(|| self.refused())
    }

    /// A number of one or two digits is a group, one of three octal digits a character.
    fn number(&mut self, first: char) -> Result<Escape> {
        let mut digits = first.to_string();
        if self.digit(10).is_some() {
            digits.extend(self.next());
            if digits.chars().all(|c| c.is_digit(8)) && self.digit(8).is_some() {
                digits.extend(self.next());
                let code = u32::from_str_radix(&digits, 8).unwrap_or(u32::MAX);
                if code > 0xff {
                    return Err(self.refused());
                }
                return Ok(Escape::Text(self.character(code)?));
            }
        }
        digits
            .parse()
            .map(Escape::Group)
            .map_err(|_| self.refused())
    }

    fn group(&mut self) -> Result<Escape> {
        if self.next() != Some('<') {
            return Err(self.refused());
        }
        let mut name = String::new();
        loop {
            match self.next() {
                Some('>') => break,
                Some(c) => name.push(c),
                None => return Err(self.refused()),
            }
        }
        if name.starts_with(|c: char| c.is_ascii_digit()) {
            return name.parse().map(Escape::Group).map_err(|_| self.refused());
        }
        Ok(Escape::Named(name))
    }
}
