//! `re.Pattern`: compiled regular expressions, and what is done with them.

use std::cell::OnceCell;
use std::rc::Rc;

use fancy_regex::{Regex, RegexBuilder};

use super::error::{self, Result};
use super::list::List;
use super::re_match::Match;
use super::re_syntax::{self, Translation};
use super::re_template::Template;
use super::value::Value;

/// `re.Pattern`
#[derive(Debug, Clone)]
pub struct Pattern(Rc<Compiled>);

#[derive(Debug)]
struct Compiled {
    pattern: String,
    translation: Translation,
    search: OnceCell<Regex>,
    start: OnceCell<Regex>,
    whole: OnceCell<Regex>,
}

/// Where a pattern is looked for.
#[derive(Debug, Clone, Copy)]
enum Place {
    Anywhere,
    Start,
    Whole,
}

impl Pattern {
    /// Compiles a pattern.
    pub fn new(pattern: &str, flags: i64) -> Result<Self> {
        Ok(Self(Rc::new(Compiled {
            pattern: pattern.to_owned(),
            translation: re_syntax::translate(pattern, flags)?,
            search: OnceCell::new(),
            start: OnceCell::new(),
            whole: OnceCell::new(),
        })))
    }

    /// How many groups it has.
    pub fn count(&self) -> usize {
        self.0.translation.groups
    }

    /// Its groups that have names.
    pub fn group_names(&self) -> &[(String, usize)] {
        &self.0.translation.names
    }

    /// The group of a name.
    pub fn group_named(&self, name: &str) -> Option<usize> {
        let mut names = self.group_names().iter();
        names.find(|(known, _)| known == name).map(|(_, at)| *at)
    }

    fn regex(&self, place: Place) -> Result<&Regex> {
        let text = &self.0.translation.text;
        let (cell, text) = match place {
            Place::Anywhere => (&self.0.search, text.clone()),
            Place::Start => (&self.0.start, format!("\\A(?:{text})")),
            Place::Whole => (&self.0.whole, format!("\\A(?:{text})\\z")),
        };
        if let Some(regex) = cell.get() {
            return Ok(regex);
        }
        // Python never gives up either.
        let compiled = RegexBuilder::new(&text).backtrack_limit(usize::MAX).build();
        let regex = compiled.map_err(|error| self.refused(&error.to_string()))?;
        Ok(cell.get_or_init(|| regex))
    }

    fn refused(&self, why: &str) -> error::Error {
        error::untranslated(format!("the pattern {:?}: {why}", self.0.pattern))
    }

    /// What is found from a place on, which is counted in bytes.
    fn find(&self, place: Place, string: &Rc<str>, from: usize) -> Result<Option<Match>> {
        let found = self.regex(place)?.captures_from_pos(&**string, from);
        let found = found.map_err(|error| self.refused(&error.to_string()))?;
        Ok(found.map(|found| {
            let groups = (0..=self.count()).map(|group| found.get(group));
            let spans = groups.map(|group| group.map(|group| (group.start(), group.end())));
            Match::new(self, string, spans.collect())
        }))
    }

    /// All that is found, one behind the other, at most so many where it is not 0.
    fn find_all(&self, string: &str, most: i64) -> Result<Vec<Match>> {
        if !self.0.translation.prefers_text {
            let why = "a part that may match nothing where it could match something";
            return Err(self.refused(why));
        }
        let string: Rc<str> = string.into();
        let mut all = Vec::new();
        let mut from = 0;
        while most <= 0 || (all.len() as i64) < most {
            let Some(found) = self.find(Place::Anywhere, &string, from)? else {
                break;
            };
            let (start, end) = found.whole();
            all.push(found);
            from = end;
            if start == end {
                match string[end..].chars().next() {
                    Some(c) => from += c.len_utf8(),
                    None => break,
                }
            }
        }
        Ok(all)
    }
}

/// The text of a value that is searched.
pub fn searched(string: &Value) -> Result<&str> {
    match string {
        Value::Str(text) => Ok(text),
        #[cfg(feature = "bytes")]
        Value::Bytes(_) => {
            let text = "cannot use a string pattern on a bytes-like object";
            Err(error::type_error(text))
        }
        other => {
            let name = other.type_name();
            let text = format!("expected string or bytes-like object, got '{name}'");
            Err(error::type_error(text))
        }
    }
}

/// `re.Pattern.match(string)`.
pub fn match_start(pattern: &Pattern, string: &str) -> Result<Option<Match>> {
    pattern.find(Place::Start, &string.into(), 0)
}

/// `re.Pattern.match(string)`.
pub fn match_start_value(pattern: &Pattern, string: &Value) -> Result<Option<Match>> {
    match_start(pattern, searched(string)?)
}

/// `re.Pattern.fullmatch(string)`.
pub fn fullmatch(pattern: &Pattern, string: &str) -> Result<Option<Match>> {
    pattern.find(Place::Whole, &string.into(), 0)
}

/// `re.Pattern.fullmatch(string)`.
pub fn fullmatch_value(pattern: &Pattern, string: &Value) -> Result<Option<Match>> {
    fullmatch(pattern, searched(string)?)
}

/// `re.Pattern.search(string)`.
pub fn search(pattern: &Pattern, string: &str) -> Result<Option<Match>> {
    pattern.find(Place::Anywhere, &string.into(), 0)
}

/// `re.Pattern.search(string)`.
pub fn search_value(pattern: &Pattern, string: &Value) -> Result<Option<Match>> {
    search(pattern, searched(string)?)
}

/// `re.Pattern.finditer(string)`.
pub fn finditer(pattern: &Pattern, string: &str) -> Result<Vec<Match>> {
    pattern.find_all(string, 0)
}

/// `re.Pattern.finditer(string)`.
pub fn finditer_value(pattern: &Pattern, string: &Value) -> Result<Vec<Match>> {
    finditer(pattern, searched(string)?)
}

/// `re.Pattern.findall(string)`.
#[cfg(feature = "tuple")]
pub fn findall(pattern: &Pattern, string: &str) -> Result<List> {
    let texts = |found: &Match| -> Vec<Value> {
        let captures = found.captures();
        captures
            .map(|text| text.unwrap_or_default().into())
            .collect()
    };
    let all = pattern.find_all(string, 0)?;
    let items = all.iter().map(|found| match pattern.count() {
        0 => super::re_match::group(found).into(),
        1 => texts(found).pop().unwrap_or_default(),
        _ => Value::Tuple(texts(found).into()),
    });
    Ok(items.collect())
}

/// `re.Pattern.findall(string)`.
#[cfg(feature = "tuple")]
pub fn findall_value(pattern: &Pattern, string: &Value) -> Result<List> {
    findall(pattern, searched(string)?)
}

/// `re.Pattern.split(string, maxsplit=0)`.
pub fn split(pattern: &Pattern, string: &str, maxsplit: i64) -> Result<List> {
    let parts = List::new();
    if maxsplit < 0 {
        parts.push(string);
        return Ok(parts);
    }
    let mut last = 0;
    for found in pattern.find_all(string, maxsplit)? {
        let (start, end) = found.whole();
        parts.push(string.get(last..start));
        found.captures().for_each(|text| parts.push(text));
        last = end;
    }
    parts.push(string.get(last..));
    Ok(parts)
}

/// `re.Pattern.split(string, maxsplit=0)`.
pub fn split_value(pattern: &Pattern, string: &Value, maxsplit: i64) -> Result<List> {
    split(pattern, searched(string)?, maxsplit)
}

/// A text with other texts for what is found, and how many they are.
fn replaced(
    pattern: &Pattern,
    string: &str,
    count: i64,
    mut replacement: impl FnMut(Match) -> Result<String>,
) -> Result<(String, i64)> {
    if count < 0 {
        return Ok((string.to_owned(), 0));
    }
    let mut text = String::with_capacity(string.len());
    let (mut last, mut times) = (0, 0);
    for found in pattern.find_all(string, count)? {
        let (start, end) = found.whole();
        text.push_str(string.get(last..start).unwrap_or_default());
        text.push_str(&replacement(found)?);
        last = end;
        times += 1;
    }
    text.push_str(string.get(last..).unwrap_or_default());
    Ok((text, times))
}

/// `re.Pattern.sub(repl, string, count=0)`.
/// Templates that are wrong are refused.
pub fn sub(pattern: &Pattern, repl: &str, string: &str, count: i64) -> Result<String> {
    Ok(subn(pattern, repl, string, count)?.0)
}

/// `re.Pattern.sub(repl, string, count=0)`.
/// Templates that are wrong are refused.
pub fn sub_value(pattern: &Pattern, repl: &str, string: &Value, count: i64) -> Result<String> {
    sub(pattern, repl, searched(string)?, count)
}

/// `re.Pattern.sub(repl, string, count=0)`.
/// Functions that return other than texts are refused.
pub fn sub_by(
    pattern: &Pattern,
    mut repl: impl FnMut(Match) -> Result<Value>,
    string: &str,
    count: i64,
) -> Result<String> {
    let by_function = |found| match repl(found)? {
        Value::Str(text) => Ok(text),
        Value::None => Ok(String::new()),
        other => {
            let name = other.type_name();
            let text = format!("a replacement that is a {name}");
            Err(error::untranslated(text))
        }
    };
    Ok(replaced(pattern, string, count, by_function)?.0)
}

/// `re.Pattern.sub(repl, string, count=0)`.
/// Functions that return other than texts are refused.
pub fn sub_by_value(
    pattern: &Pattern,
    repl: impl FnMut(Match) -> Result<Value>,
    string: &Value,
    count: i64,
) -> Result<String> {
    sub_by(pattern, repl, searched(string)?, count)
}

/// `re.Pattern.subn(repl, string, count=0)`.
/// Templates that are wrong are refused.
pub fn subn(pattern: &Pattern, repl: &str, string: &str, count: i64) -> Result<(String, i64)> {
    let template = Template::parse(repl, pattern)?;
    replaced(pattern, string, count, |found| Ok(template.fill(&found)))
}

/// `re.Pattern.subn(repl, string, count=0)`.
/// Templates that are wrong are refused.
pub fn subn_value(
    pattern: &Pattern,
    repl: &str,
    string: &Value,
    count: i64,
) -> Result<(String, i64)> {
    subn(pattern, repl, searched(string)?, count)
}

/// `re.Pattern.pattern`
pub fn pattern(pattern: &Pattern) -> String {
    pattern.0.pattern.clone()
}

/// `re.Pattern.groups`
pub fn groups(pattern: &Pattern) -> i64 {
    pattern.count() as i64
}
