//! Python's syntax of regular expressions, translated into that of Rust. What means something
//! else there, or cannot be said, is refused; so are patterns that are wrong.

use super::error::{self, Result};
use super::re_class::{boundary, category, character, literal};
use super::re_reader::Parser;

/// `re.IGNORECASE`
pub const IGNORECASE: i64 = 2;
/// `re.MULTILINE`
pub const MULTILINE: i64 = 8;
/// `re.DOTALL`
pub const DOTALL: i64 = 16;
/// `re.UNICODE`
pub const UNICODE: i64 = 32;
/// `re.VERBOSE`
pub const VERBOSE: i64 = 64;
/// `re.ASCII`
pub const ASCII: i64 = 256;

/// A translated pattern.
#[derive(Debug)]
pub struct Translation {
    /// The pattern in Rust's syntax.
    pub text: String,
    /// How many groups it has.
    pub groups: usize,
    /// The names of groups.
    pub names: Vec<(String, usize)>,
    /// Whether nothing else can match at a place where it matches nothing.
    pub prefers_text: bool,
}

/// A translated part of a pattern.
#[derive(Debug, Default)]
struct Part {
    text: String,
    /// Whether it can match nothing.
    is_nullable: bool,
    /// Whether it then does so only where it matches nothing else.
    prefers_text: bool,
    /// How many characters it matches, where that is always the same.
    width: Option<usize>,
}

impl Part {
    /// What matches so many characters.
    fn of_width(text: impl Into<String>, width: usize) -> Self {
        Self {
            text: text.into(),
            is_nullable: width == 0,
            prefers_text: true,
            width: Some(width),
        }
    }
}

/// Translates a pattern.
pub fn translate(pattern: &str, flags: i64) -> Result<Translation> {
    let known = IGNORECASE | MULTILINE | DOTALL | UNICODE | VERBOSE | ASCII;
    if flags & !known != 0 || flags & (UNICODE | ASCII) == UNICODE | ASCII {
        return Err(error::untranslated(format!(
            "a pattern with the flags {flags}"
        )));
    }
    let mut parser = Parser {
        pattern: pattern.chars().collect(),
        at: 0,
        flags,
        groups: 0,
        open: Vec::new(),
        names: Vec::new(),
    };
    let whole = parser.alternation()?;
    match parser.peek() {
        None => Ok(Translation {
            text: whole.text,
            groups: parser.groups,
            names: parser.names,
            prefers_text: whole.prefers_text,
        }),
        Some(_) => Err(parser.refused("unbalanced parenthesis")),
    }
}

impl Parser {
    fn alternation(&mut self) -> Result<Part> {
        let mut branches = vec![self.sequence()?];
        while self.take("|") {
            branches.push(self.sequence()?);
        }
        let Some(last) = branches.pop() else {
            return Ok(Part::default());
        };
        if branches.is_empty() {
            return Ok(last);
        }
        let others_match_text = branches.iter().all(|branch| !branch.is_nullable);
        let is_same = branches.iter().all(|branch| branch.width == last.width);
        let mut texts: Vec<String> = branches.into_iter().map(|branch| branch.text).collect();
        texts.push(last.text);
        Ok(Part {
            text: texts.join("|"),
            is_nullable: !others_match_text || last.is_nullable,
            prefers_text: others_match_text && last.prefers_text,
            width: last.width.filter(|_| is_same),
        })
    }

    fn sequence(&mut self) -> Result<Part> {
        let mut whole = Part::of_width("", 0);
        loop {
            if self.has(VERBOSE) && self.skip_space() {
                continue;
            }
            if matches!(self.peek(), None | Some('|' | ')')) {
                whole.prefers_text |= !whole.is_nullable;
                return Ok(whole);
            }
            let start = self.at;
            let Some(item) = self.item()? else {
                continue;
            };
            let is_anchor = matches!(self.pattern[start], '^' | '$')
                || (self.pattern[start] == '\\' && "AZbB".contains(self.pattern[start + 1]));
            let item = self.repeated(item, is_anchor)?;
            whole.text.push_str(&item.text);
            whole.is_nullable &= item.is_nullable;
            whole.prefers_text &= item.prefers_text;
            whole.width = whole.width.zip(item.width).map(|(one, other)| one + other);
        }
    }

    /// Skips what a verbose pattern may have between its parts.
    fn skip_space(&mut self) -> bool {
        match self.peek() {
            Some(' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}') => self.at += 1,
            Some('#') => {
                while !matches!(self.peek(), None | Some('\n')) {
                    self.at += 1;
                }
            }
            _ => return false,
        }
        true
    }

    /// A part, with what says how often it comes.
    fn repeated(&mut self, item: Part, is_anchor: bool) -> Result<Part> {
        let Some((least, most)) = self.bounds()? else {
            return Ok(item);
        };
        if is_anchor {
            return Err(self.refused("nothing to repeat"));
        }
        if item.is_nullable && most != Some(0) && most != Some(1) {
            return Err(self.refused("a repeated part that may match nothing"));
        }
        let is_lazy = self.take("?");
        let is_possessive = !is_lazy && self.take("+");
        let after = self.at;
        if self.bounds()?.is_some() {
            return Err(self.refused("multiple repeat"));
        }
        self.at = after;
        let bounds = match most {
            Some(most) => format!("{{{least},{most}}}"),
            None => format!("{{{least},}}"),
        };
        let lazy = if is_lazy { "?" } else { "" };
        // Rust writes out what is repeated so often, and large sets many times take long. What looks
        // ahead is counted instead.
        let is_large = least.max(most.unwrap_or_default()) > 20 && item.text.contains("\\p");
        let look = if is_large { "(?=)" } else { "" };
        let mut text = format!("(?:{look}{}){bounds}{lazy}", item.text);
        if is_possessive {
            text = format!("(?>{text})");
        }
        let is_nullable = least == 0 || item.is_nullable;
        Ok(Part {
            text,
            is_nullable,
            prefers_text: item.prefers_text && !(is_lazy && is_nullable),
            width: item
                .width
                .filter(|_| most == Some(least))
                .map(|width| width * least),
        })
    }

    /// How often something comes, where that is said.
    fn bounds(&mut self) -> Result<Option<(usize, Option<usize>)>> {
        let bounds = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => return self.braces(),
            _ => return Ok(None),
        };
        self.at += 1;
        Ok(Some(bounds))
    }

    fn braces(&mut self) -> Result<Option<(usize, Option<usize>)>> {
        let start = self.at;
        self.at += 1;
        let least = self.digits();
        let (has_comma, most) = match self.take(",") {
            true => (true, self.digits()),
            false => (false, least.clone()),
        };
        if !self.take("}") || (!has_comma && least.is_empty()) {
            self.at = start;
            return Ok(None);
        }
        let number = |digits: &str| digits.parse::<usize>();
        let bounds = (number(&least).unwrap_or_default(), number(&most).ok());
        match bounds {
            (least, Some(most)) if most < least => Err(self.refused("repeats out of order")),
            (least, most) if least.max(most.unwrap_or_default()) > 1000 => {
                Err(self.refused("more than a thousand repeats"))
            }
            bounds => Ok(Some(bounds)),
        }
    }

    /// A part that may be repeated; none of a comment.
    fn item(&mut self) -> Result<Option<Part>> {
        let c = self.read()?;
        let part = match c {
            '.' if self.has(DOTALL) => Part::of_width("(?s:.)", 1),
            '.' => Part::of_width("[^\\n]", 1),
            '^' if self.has(MULTILINE) => Part::of_width("(?m:^)", 0),
            '^' => Part::of_width("\\A", 0),
            '$' if self.has(MULTILINE) => Part::of_width("(?m:$)", 0),
            '$' => Part::of_width("(?=\\n?\\z)", 0),
            '*' | '+' | '?' => return Err(self.refused("nothing to repeat")),
            '{' => {
                self.at -= 1;
                if self.braces()?.is_some() {
                    return Err(self.refused("nothing to repeat"));
                }
                self.at += 1;
                Part::of_width(literal('{'), 1)
            }
            '(' => return self.group(),
            '[' => Part::of_width(self.set()?, 1),
            '\\' => self.escape()?,
            c => Part::of_width(character(c, self.flags)?, 1),
        };
        Ok(Some(part))
    }

    fn escape(&mut self) -> Result<Part> {
        let c = self.read()?;
        Ok(match c {
            'A' => Part::of_width("\\A", 0),
            'Z' => Part::of_width("\\z", 0),
            'b' | 'B' => Part::of_width(boundary(c, self.flags), 0),
            '1'..='9' => self.reference(c)?,
            c => match category(c, self.flags) {
                Some(inside) => Part::of_width(format!("[{inside}]"), 1),
                None => {
                    let c = self.escaped(c)?;
                    Part::of_width(character(c, self.flags)?, 1)
                }
            },
        })
    }

    /// A number after a backslash: a group, or a character in octal digits.
    fn reference(&mut self, first: char) -> Result<Part> {
        let mut digits = first.to_string();
        if let Some(c) = self.peek().filter(char::is_ascii_digit) {
            self.at += 1;
            digits.push(c);
            if let Some(third) = self.peek()
                && (digits.clone() + &third.to_string())
                    .chars()
                    .all(|c| c.is_digit(8))
            {
                return Err(self.refused("a character in octal digits"));
            }
        }
        self.group_again(digits.parse().unwrap_or_default())
    }

    /// What a group has matched, once more.
    fn group_again(&mut self, group: usize) -> Result<Part> {
        if group > self.groups || self.open.contains(&group) {
            return Err(self.refused("invalid group reference"));
        }
        if self.has(IGNORECASE) {
            return Err(self.refused("a group again, whatever its case"));
        }
        Ok(Part {
            text: format!("(?:\\{group})"),
            is_nullable: true,
            prefers_text: true,
            width: None,
        })
    }

    /// What stands in parentheses; none of a comment or of flags.
    fn group(&mut self) -> Result<Option<Part>> {
        if !self.take("?") {
            return self.capture(None).map(Some);
        }
        let part = match self.read()? {
            ':' => self.closed("(?:")?,
            '>' => self.closed("(?>")?,
            '=' => self.look("(?=")?,
            '!' => self.look("(?!")?,
            '<' if self.take("=") => self.look_behind("(?<=")?,
            '<' if self.take("!") => self.look_behind("(?<!")?,
            'P' if self.take("<") => {
                let name = self.until('>')?;
                self.capture(Some(name))?
            }
            'P' if self.take("=") => {
                let name = self.until(')')?;
                let found = self.names.iter().find(|(known, _)| *known == name);
                let group = found.map_or(usize::MAX, |(_, group)| *group);
                self.group_again(group)?
            }
            '#' => {
                self.until(')')?;
                return Ok(None);
            }
            _ => {
                self.at -= 1;
                return self.flagged();
            }
        };
        Ok(Some(part))
    }

    fn capture(&mut self, name: Option<String>) -> Result<Part> {
        self.groups += 1;
        let group = self.groups;
        if let Some(name) = name {
            let is_word = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            if !is_word || name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
                return Err(self.refused("a group name that is not an ASCII identifier"));
            }
            if self.names.iter().any(|(known, _)| *known == name) {
                return Err(self.refused("redefinition of a group name"));
            }
            self.names.push((name, group));
        }
        self.open.push(group);
        let part = self.closed("(");
        self.open.pop();
        part
    }

    /// What comes before the closing parenthesis, behind what opens it in Rust. Flags that are set
    /// within end with it.
    fn closed(&mut self, open: &str) -> Result<Part> {
        let inside = self.alternation()?;
        if !self.take(")") {
            return Err(self.refused("missing ), unterminated subpattern"));
        }
        Ok(Part {
            text: format!("{open}{})", inside.text),
            ..inside
        })
    }

    fn look(&mut self, open: &str) -> Result<Part> {
        let part = self.closed(open)?;
        Ok(Part::of_width(part.text, 0))
    }

    fn look_behind(&mut self, open: &str) -> Result<Part> {
        let part = self.closed(open)?;
        match part.width {
            Some(_) => Ok(Part::of_width(part.text, 0)),
            None => Err(self.refused("look-behind requires fixed-width pattern")),
        }
    }

    /// Flags of the whole pattern, or of what follows them in parentheses.
    fn flagged(&mut self) -> Result<Option<Part>> {
        let is_at_start = self.at == 2;
        let (mut set, mut cleared, mut is_clearing) = (0, 0, false);
        loop {
            let flag = match self.read()? {
                'i' => IGNORECASE,
                'm' => MULTILINE,
                's' => DOTALL,
                'x' => VERBOSE,
                'a' if !is_clearing => ASCII,
                'u' if !is_clearing => UNICODE,
                '-' if !is_clearing => {
                    is_clearing = true;
                    continue;
                }
                ')' if is_at_start && !is_clearing => {
                    self.flags |= set;
                    return Ok(None);
                }
                ':' => break,
                _ => return Err(self.refused("unknown extension")),
            };
            if is_clearing {
                cleared |= flag;
            } else {
                set |= flag;
            }
        }
        let outside = self.flags;
        if set & UNICODE != 0 {
            cleared |= ASCII;
        }
        self.flags = (self.flags | set) & !cleared;
        let part = self.closed("(?:");
        self.flags = outside;
        part.map(Some)
    }
}
