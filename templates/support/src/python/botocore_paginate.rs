//! How the pages of an answer follow one another.

use super::botocore::PAGINATION_ERROR;
use super::dict::Dict;
use super::error::{Error, Result, untranslated};
use super::list::List;
use super::numbers::int_of;
use super::ops::repr;
use super::value::Value;

/// What an operation's pages are like. Outputs are paths of names with `||` between alternatives.
#[derive(Debug, Clone, Copy)]
pub struct Paginator {
    pub input_tokens: &'static [&'static str],
    pub output_tokens: &'static [&'static str],
    pub result_keys: &'static [&'static str],
    pub limit_key: Option<&'static str>,
    /// Whether the size of a page is given as text.
    pub limit_is_text: bool,
    pub more_results: Option<&'static str>,
}

/// The state between two pages. A copy of it begins where it began.
#[derive(Debug, Clone)]
pub struct Pages {
    paginator: Paginator,
    input: Dict,
    max_items: Option<usize>,
    total: usize,
    previous: Option<Vec<Option<Value>>>,
    done: bool,
}

impl Pages {
    /// Before the first page. `StartingToken` is refused.
    pub fn new(paginator: Paginator, parameters: &Dict) -> Result<Self> {
        let input = Dict::new();
        for (name, value) in parameters.pairs() {
            input.insert(name, value);
        }
        let mut max_items = None;
        let config = input.find("PaginationConfig");
        if config
            .as_ref()
            .is_some_and(|it| !matches!(it, Value::Dict(_)))
        {
            return Err(untranslated("a `PaginationConfig` that is no dict"));
        }
        if let Some(Value::Dict(config)) = config {
            if config.find("StartingToken").is_some_and(|it| !it.is_none()) {
                return Err(untranslated("`StartingToken`"));
            }
            let max = config.find("MaxItems").filter(|it| !it.is_none());
            max_items = max.as_ref().map(count).transpose()?;
            let size = config.find("PageSize").filter(|it| !it.is_none());
            if let Some(size) = size {
                let Some(limit) = paginator.limit_key else {
                    return Err(pagination_error(
                        "PageSize parameter is not supported for the pagination interface for \
                         this operation.",
                    ));
                };
                let size = match (&size, paginator.limit_is_text) {
                    (Value::Str(_), true) => size,
                    (_, true) => Value::from(size.to_string()),
                    (_, false) => Value::Int(int_of(&size)?),
                };
                input.insert(limit, size);
            }
        }
        input.remove("PaginationConfig");
        Ok(Self {
            paginator,
            input,
            max_items,
            total: 0,
            previous: None,
            done: false,
        })
    }

    /// The parameters for the next page, where there may be one.
    pub fn request(&self) -> Option<Dict> {
        (!self.done).then(|| self.input.clone())
    }

    /// Takes an answer; gives the page.
    pub fn receive(&mut self, answer: Dict) -> Result<Option<Dict>> {
        let primary = self
            .paginator
            .result_keys
            .first()
            .copied()
            .unwrap_or_default();
        let items = search(&answer, primary);
        let count = match &items {
            Some(Value::List(items)) => items.len(),
            Some(Value::Dict(items)) => items.len(),
            Some(Value::Str(text)) => text.chars().count(),
            None | Some(Value::None) => 0,
            Some(_) => return Err(untranslated("pages of something that has no length")),
        };
        if let Some(max) = self.max_items.filter(|max| self.total + count > *max) {
            let keep = max.saturating_sub(self.total);
            truncate(&answer, primary, items, keep)?;
            self.done = true;
            return Ok(Some(answer));
        }
        self.total += count;
        self.turn(&answer)?;
        Ok(Some(answer))
    }

    /// Finds the next page's tokens.
    fn turn(&mut self, answer: &Dict) -> Result<()> {
        let more = self.paginator.more_results;
        let ends = more.is_some_and(|path| !search(answer, path).is_some_and(|it| it.is_true()));
        let tokens = self.paginator.output_tokens.iter();
        let tokens = tokens.map(|path| search(answer, path).filter(Value::is_true));
        let tokens: Vec<Option<Value>> = tokens.take(self.paginator.input_tokens.len()).collect();
        if ends || tokens.iter().all(Option::is_none) || self.max_items == Some(self.total) {
            self.done = true;
            return Ok(());
        }
        if self.previous.as_ref() == Some(&tokens) {
            let shown = Dict::new();
            for (name, token) in self.paginator.input_tokens.iter().zip(&tokens) {
                shown.insert(*name, token.clone());
            }
            let shown = repr(&Value::from(shown));
            return Err(pagination_error(&format!(
                "The same next token was received twice: {shown}"
            )));
        }
        for (name, token) in self.paginator.input_tokens.iter().zip(&tokens) {
            match token {
                Some(token) => {
                    self.input.insert(*name, token.clone());
                }
                None => {
                    self.input.remove(name);
                }
            }
        }
        self.previous = Some(tokens);
        Ok(())
    }
}

/// What a path leads to.
fn search(answer: &Dict, path: &str) -> Option<Value> {
    let mut alternatives = path.split("||").map(str::trim);
    alternatives.find_map(|path| walk(answer, path))
}

fn walk(answer: &Dict, path: &str) -> Option<Value> {
    let mut value = Value::from(answer.clone());
    for part in path.split('.') {
        let (name, last) = match part.strip_suffix("[-1]") {
            Some(name) => (name, true),
            None => (part, false),
        };
        let Value::Dict(dict) = &value else {
            return None;
        };
        let found = dict.find(name)?;
        value = match found {
            Value::List(items) if last => items.iter().last()?,
            _ if last => return None,
            found => found,
        };
    }
    Some(value).filter(|it| !it.is_none())
}

/// Keeps the first items only.
fn truncate(answer: &Dict, path: &str, items: Option<Value>, keep: usize) -> Result<()> {
    let Some(Value::List(items)) = items else {
        return Err(untranslated(
            "a page of no list that holds more than `MaxItems`",
        ));
    };
    let kept = List::new();
    for item in items.iter().take(keep) {
        kept.push(item);
    }
    match path.rsplit_once('.') {
        None => {
            answer.insert(path, kept);
        }
        Some((above, name)) => {
            if let Some(Value::Dict(above)) = walk(answer, above) {
                above.insert(name, kept);
            }
        }
    }
    Ok(())
}

/// `int(value)` of a number of items.
fn count(value: &Value) -> Result<usize> {
    let number = int_of(value)?;
    usize::try_from(number).map_err(|_| untranslated("a negative number of items"))
}

fn pagination_error(message: &str) -> Error {
    Error::new(
        &PAGINATION_ERROR,
        format!("Error during pagination: {message}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGINATOR: Paginator = Paginator {
        input_tokens: &["Marker"],
        output_tokens: &["NextMarker || Contents[-1].Key"],
        result_keys: &["Contents"],
        limit_key: Some("MaxKeys"),
        limit_is_text: false,
        more_results: Some("IsTruncated"),
    };

    fn page(keys: &[&str], more: bool) -> Dict {
        let contents = List::new();
        for key in keys {
            let item = Dict::new();
            item.insert("Key", *key);
            contents.push(item);
        }
        let page = Dict::new();
        page.insert("IsTruncated", more);
        page.insert("Contents", contents);
        page
    }

    #[test]
    fn pages_end_where_there_is_no_more() {
        let (config, input) = (Dict::new(), Dict::new());
        config.insert("PageSize", 2_i64);
        config.insert("MaxItems", 3_i64);
        input.insert("PaginationConfig", config);
        let mut pages = Pages::new(PAGINATOR, &input).unwrap();
        let first = pages.request().unwrap();
        assert_eq!(repr(&Value::from(first)), "{'MaxKeys': 2}");
        pages.receive(page(&["a", "b"], true)).unwrap().unwrap();
        let second = pages.request().unwrap();
        assert_eq!(repr(&Value::from(second)), "{'MaxKeys': 2, 'Marker': 'b'}");
        let last = pages.receive(page(&["c", "d"], true)).unwrap().unwrap();
        let last = repr(&Value::from(last));
        assert_eq!(last, "{'IsTruncated': True, 'Contents': [{'Key': 'c'}]}");
        assert!(pages.request().is_none());
    }

    #[test]
    fn the_same_token_twice_is_an_error() {
        let mut pages = Pages::new(PAGINATOR, &Dict::new()).unwrap();
        pages.receive(page(&["a"], true)).unwrap();
        let error = pages.receive(page(&["a"], true)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "Error during pagination: The same next token was received twice: {'Marker': 'a'}"
        );
    }
}
