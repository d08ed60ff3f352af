//! The sets of characters in Python's regular expressions.

use super::error::Result;
use super::re_class::{category, literal, range, variants};
use super::re_reader::Parser;

impl Parser {
    /// A set whose bracket is read.
    pub fn set(&mut self) -> Result<String> {
        let is_negated = self.take("^");
        let mut inside = String::new();
        let mut is_first = true;
        loop {
            let c = self.read()?;
            if c == ']' && !is_first {
                break;
            }
            is_first = false;
            let Ok(first) = self.member(c)? else {
                let letter = self.pattern[self.at - 1];
                inside.push_str(&category(letter, self.flags).unwrap_or_default());
                if self.peek() == Some('-') && self.pattern.get(self.at + 1) != Some(&']') {
                    return Err(self.refused("bad character range"));
                }
                continue;
            };
            if self.peek() == Some('-') && self.pattern.get(self.at + 1).is_some_and(|c| *c != ']')
            {
                self.at += 1;
                let c = self.read()?;
                match self.member(c)? {
                    Ok(last) if first <= last => inside.push_str(&range(first, last, self.flags)?),
                    _ => return Err(self.refused("bad character range")),
                }
                continue;
            }
            for variant in variants(first, self.flags)? {
                inside.push_str(&literal(variant));
            }
        }
        let not = if is_negated { "^" } else { "" };
        Ok(format!("[{not}{inside}]"))
    }

    /// A character of a set; an error where it is a category.
    fn member(&mut self, c: char) -> Result<std::result::Result<char, ()>> {
        if c != '\\' {
            return Ok(Ok(c));
        }
        match self.read()? {
            'd' | 'D' | 's' | 'S' | 'w' | 'W' => Ok(Err(())),
            'b' => Ok(Ok('\u{8}')),
            c => self.escaped(c).map(Ok),
        }
    }
}
