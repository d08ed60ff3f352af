//! `re.Match`: what a regular expression has found. Places are counted in code points.

use std::rc::Rc;

use super::dict::Dict;
use super::equal::check_hashable;
use super::error::{self, Result};
use super::re_pattern::Pattern;
use super::re_template::Template;
use super::value::Value;

/// `re.Match`
#[derive(Debug, Clone)]
pub struct Match {
    pattern: Pattern,
    string: Rc<str>,
    /// Where the whole and the groups are, in bytes.
    spans: Vec<Option<(usize, usize)>>,
}

impl Match {
    /// What was found, and where the whole and the groups are in bytes.
    pub fn new(pattern: &Pattern, string: &Rc<str>, spans: Vec<Option<(usize, usize)>>) -> Self {
        Self {
            pattern: pattern.clone(),
            string: Rc::clone(string),
            spans,
        }
    }

    /// Where the whole is, in bytes.
    pub fn whole(&self) -> (usize, usize) {
        self.spans.first().copied().flatten().unwrap_or_default()
    }

    /// The texts of its groups.
    pub fn captures(&self) -> impl Iterator<Item = Option<&str>> {
        let spans = self.spans.iter().skip(1);
        spans.map(|span| span.and_then(|(start, end)| self.string.get(start..end)))
    }

    fn text(&self, place: usize) -> Option<&str> {
        let (start, end) = self.spans.get(place).copied().flatten()?;
        self.string.get(start..end)
    }

    fn place(&self, group: i64) -> Result<usize> {
        let place = usize::try_from(group).ok();
        let place = place.filter(|place| *place < self.spans.len());
        place.ok_or_else(|| error::index_error("no such group"))
    }

    fn named(&self, name: &str) -> Result<usize> {
        let place = self.pattern.group_named(name);
        place.ok_or_else(|| error::index_error("no such group"))
    }

    fn place_of(&self, group: &Value) -> Result<usize> {
        match (group, group.as_int()) {
            (_, Some(group)) => self.place(group),
            (Value::Str(name), _) => self.named(name),
            _ => {
                check_hashable(group)?;
                Err(error::index_error("no such group"))
            }
        }
    }
}

/// `re.Match.group()`.
pub fn group(found: &Match) -> String {
    found.text(0).unwrap_or_default().to_owned()
}

/// `re.Match.group(group, /)`.
pub fn group_at(found: &Match, group: i64) -> Result<Option<String>> {
    let place = found.place(group)?;
    Ok(found.text(place).map(str::to_owned))
}

/// `re.Match.group(group, /)`.
pub fn group_named(found: &Match, group: &str) -> Result<Option<String>> {
    let place = found.named(group)?;
    Ok(found.text(place).map(str::to_owned))
}

/// `re.Match.group(group, /)`.
pub fn group_value(found: &Match, group: &Value) -> Result<Option<String>> {
    let place = found.place_of(group)?;
    Ok(found.text(place).map(str::to_owned))
}

/// `re.Match.group(first, second, /, *others)`.
#[cfg(feature = "tuple")]
pub fn group_all(
    found: &Match,
    first: &Value,
    second: &Value,
    others: &[Value],
) -> Result<super::tuple::Tuple> {
    let groups = [first, second].into_iter().chain(others);
    groups
        .map(|group| group_value(found, group).map(Value::from))
        .collect::<Result<Vec<_>>>()
        .map(Into::into)
}

/// `re.Match.__getitem__(group)`.
pub fn item(found: &Match, group: i64) -> Result<Option<String>> {
    group_at(found, group)
}

/// `re.Match.__getitem__(group)`.
pub fn item_named(found: &Match, group: &str) -> Result<Option<String>> {
    group_named(found, group)
}

/// `re.Match.__getitem__(group)`.
pub fn item_value(found: &Match, group: &Value) -> Result<Option<String>> {
    group_value(found, group)
}

/// `re.Match.groups(default=None)`.
#[cfg(feature = "tuple")]
pub fn groups(found: &Match, default: &Value) -> super::tuple::Tuple {
    let texts = found.captures();
    texts
        .map(|text| text.map_or_else(|| default.clone(), Value::from))
        .collect()
}

/// `re.Match.groupdict(default=None)`.
pub fn groupdict(found: &Match, default: &Value) -> Dict {
    let groups = Dict::new();
    for (name, place) in found.pattern.group_names() {
        let text = found.text(*place);
        groups.insert(name, text.map_or_else(|| default.clone(), Value::from));
    }
    groups
}

/// `re.Match.span(group=0, /)`.
pub fn span(found: &Match, group: i64) -> Result<(i64, i64)> {
    Ok(span_at(found, found.place(group)?))
}

/// `re.Match.span(group, /)`.
pub fn span_value(found: &Match, group: &Value) -> Result<(i64, i64)> {
    Ok(span_at(found, found.place_of(group)?))
}

fn span_at(found: &Match, place: usize) -> (i64, i64) {
    let Some((start, end)) = found.spans.get(place).copied().flatten() else {
        return (-1, -1);
    };
    let count = |text: Option<&str>| text.unwrap_or_default().chars().count() as i64;
    let before = count(found.string.get(..start));
    (before, before + count(found.string.get(start..end)))
}

/// `re.Match.start(group=0, /)`.
pub fn start(found: &Match, group: i64) -> Result<i64> {
    Ok(span(found, group)?.0)
}

/// `re.Match.start(group, /)`.
pub fn start_value(found: &Match, group: &Value) -> Result<i64> {
    Ok(span_value(found, group)?.0)
}

/// `re.Match.end(group=0, /)`.
pub fn end(found: &Match, group: i64) -> Result<i64> {
    Ok(span(found, group)?.1)
}

/// `re.Match.end(group, /)`.
pub fn end_value(found: &Match, group: &Value) -> Result<i64> {
    Ok(span_value(found, group)?.1)
}

/// `re.Match.expand(template)`.
/// Templates that are wrong are refused.
pub fn expand(found: &Match, template: &str) -> Result<String> {
    Ok(Template::parse(template, &found.pattern)?.fill(found))
}

/// `re.Match.string`
pub fn string(found: &Match) -> String {
    found.string.to_string()
}

/// `re.Match.re`
pub fn pattern(found: &Match) -> Pattern {
    found.pattern.clone()
}

#[cfg(feature = "object")]
impl super::object::Object for Match {
    fn type_name(&self) -> &'static str {
        "Match"
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        (name == "string").then(|| string(self).into())
    }

    fn read_attribute(&self, name: &str) -> Result<Value> {
        let unknown = || error::untranslated(format!("the attribute {name} of a match"));
        self.attribute(name).ok_or_else(unknown)
    }

    fn is_true(&self) -> bool {
        true
    }

    fn item(&self, key: &Value) -> Result<Value> {
        item_value(self, key).map(Value::from)
    }

    fn representation(&self) -> String {
        let (start, end) = span_at(self, 0);
        let shown: String = group(self).chars().take(50).collect();
        let shown = super::text::str_repr(&shown);
        format!("<re.Match object; span=({start}, {end}), match={shown}>")
    }
}

#[cfg(feature = "object")]
impl From<Match> for Value {
    fn from(found: Match) -> Self {
        Self::Object(Rc::new(found))
    }
}
