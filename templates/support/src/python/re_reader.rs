//! Reading a regular expression of Python's.

use super::error::{self, Error, Result};

/// A pattern, how far it is read, and what was found in it.
pub struct Parser {
    /// The pattern.
    pub pattern: Vec<char>,
    /// The place that is read next.
    pub at: usize,
    /// The flags of this place.
    pub flags: i64,
    /// How many groups were opened.
    pub groups: usize,
    /// The groups that are not closed yet.
    pub open: Vec<usize>,
    /// The groups that have names.
    pub names: Vec<(String, usize)>,
}

impl Parser {
    /// The character that comes next.
    pub fn peek(&self) -> Option<char> {
        self.pattern.get(self.at).copied()
    }

    /// Takes the character that comes next.
    pub fn read(&mut self) -> Result<char> {
        let c = self.peek();
        self.at += 1;
        c.ok_or_else(|| self.refused("that ends too early"))
    }

    /// Takes a text, if it comes next.
    pub fn take(&mut self, text: &str) -> bool {
        let comes = text
            .chars()
            .enumerate()
            .all(|(at, c)| self.pattern.get(self.at + at) == Some(&c));
        if comes {
            self.at += text.chars().count();
        }
        comes
    }

    /// Takes what comes before a character, and the character.
    pub fn until(&mut self, end: char) -> Result<String> {
        let mut text = String::new();
        loop {
            match self.read()? {
                c if c == end => return Ok(text),
                c => text.push(c),
            }
        }
    }

    /// Takes the digits that come next.
    pub fn digits(&mut self) -> String {
        let mut digits = String::new();
        while let Some(c) = self.peek().filter(char::is_ascii_digit) {
            digits.push(c);
            self.at += 1;
        }
        digits
    }

    /// Why the pattern is refused.
    pub fn refused(&self, what: &str) -> Error {
        let pattern: String = self.pattern.iter().collect();
        error::untranslated(format!("the pattern {pattern:?}: {what}"))
    }

    /// Whether a flag is set.
    pub fn has(&self, flag: i64) -> bool {
        self.flags & flag != 0
    }

    /// The character that an escape means, within and outside of sets.
    pub fn escaped(&mut self, c: char) -> Result<char> {
        let code = match c {
            'a' => 7,
            'f' => 12,
            'n' => 10,
            'r' => 13,
            't' => 9,
            'v' => 11,
            'x' => self.code(2)?,
            'u' => self.code(4)?,
            'U' => self.code(8)?,
            '0' => {
                let mut code = 0;
                for _ in 0..2 {
                    let Some(digit) = self.peek().and_then(|c| c.to_digit(8)) else {
                        break;
                    };
                    self.at += 1;
                    code = code * 8 + digit;
                }
                code
            }
            c if c.is_ascii_alphanumeric() => return Err(self.refused("bad escape")),
            c => return Ok(c),
        };
        char::from_u32(code).ok_or_else(|| self.refused("bad escape"))
    }

    /// Takes a code of so many hexadecimal digits.
    pub fn code(&mut self, count: usize) -> Result<u32> {
        let mut code = 0;
        for _ in 0..count {
            let digit = self.read()?.to_digit(16);
            code = code << 4 | digit.ok_or_else(|| self.refused("incomplete escape"))?;
        }
        Ok(code)
    }
}
