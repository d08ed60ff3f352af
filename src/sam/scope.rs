//! Intrinsic functions: resolved where parameters' defaults, mappings and conditions tell their
//! value, symbolic where they do not. After CloudFormation's "Intrinsic function reference".

use std::cell::Cell;
use std::collections::BTreeMap;

use super::value::Value;
use crate::yaml::{Entry, MAX_EXPANDED_NODES, Node, Resolved};

/// How deep conditions may refer to one another.
const MAX_CONDITION_DEPTH: usize = 50;

/// What a template's intrinsics can refer to.
pub(super) struct Scope<'a> {
    root: &'a Node,
    parameters: BTreeMap<String, Value>,
    variables: Vec<(String, String)>,
    budget: Cell<usize>,
}

/// An intrinsic function: its long name (`Ref`, `Fn::Sub`) and its argument.
pub(super) struct Intrinsic<'a> {
    pub(super) name: &'a str,
    pub(super) argument: Argument<'a>,
}

/// The argument of an intrinsic. With a short tag the argument is the tagged node itself, so that
/// its tag must not be read again.
#[derive(Clone, Copy)]
pub(super) enum Argument<'a> {
    Tagged(&'a Node),
    Plain(&'a Node),
}

impl<'a> Argument<'a> {
    pub(super) fn node(self) -> &'a Node {
        match self {
            Self::Tagged(node) | Self::Plain(node) => node.target(),
        }
    }

    /// The arguments of a function that takes a list.
    fn items(self) -> Option<&'a [std::sync::Arc<Node>]> {
        match self {
            Self::Plain(node) if intrinsic(node).is_some() => None,
            _ => self.node().as_sequence(),
        }
    }
}

/// The intrinsic function that a node calls, by tag or as a mapping of one key.
pub(super) fn intrinsic(node: &Node) -> Option<Intrinsic<'_>> {
    let node = node.target();
    if let Some(tag) = node.tag_name() {
        let name = tag.strip_prefix('!')?;
        let name = LONG_NAMES.iter().find(|(short, _)| *short == name)?.1;
        return Some(Intrinsic {
            name,
            argument: Argument::Tagged(node),
        });
    }
    let [Entry { key, value }] = node.raw_entries()? else {
        return None;
    };
    let name = key.as_text()?;
    let name = LONG_NAMES.iter().find(|(_, long)| *long == name)?.1;
    Some(Intrinsic {
        name,
        argument: Argument::Plain(value),
    })
}

const LONG_NAMES: &[(&str, &str)] = &[
    ("Ref", "Ref"),
    ("Condition", "Condition"),
    ("Sub", "Fn::Sub"),
    ("GetAtt", "Fn::GetAtt"),
    ("If", "Fn::If"),
    ("Join", "Fn::Join"),
    ("Select", "Fn::Select"),
    ("Split", "Fn::Split"),
    ("FindInMap", "Fn::FindInMap"),
    ("Base64", "Fn::Base64"),
    ("ImportValue", "Fn::ImportValue"),
    ("GetAZs", "Fn::GetAZs"),
    ("Cidr", "Fn::Cidr"),
    ("Transform", "Fn::Transform"),
    ("Length", "Fn::Length"),
    ("ToJsonString", "Fn::ToJsonString"),
    ("Equals", "Fn::Equals"),
    ("And", "Fn::And"),
    ("Or", "Fn::Or"),
    ("Not", "Fn::Not"),
];

impl<'a> Scope<'a> {
    /// The scope of a template; `given` are parameters that a parent stack passes.
    pub(super) fn new(root: &'a Node, given: &[(String, Value)]) -> Self {
        let mut scope = Self {
            root,
            parameters: BTreeMap::new(),
            variables: Vec::new(),
            budget: Cell::new(MAX_EXPANDED_NODES),
        };
        let declared = root
            .get("Parameters")
            .map(|node| node.entries())
            .unwrap_or_default();
        for entry in declared {
            let Some(name) = entry.key.as_text() else {
                continue;
            };
            let passed = given
                .iter()
                .find(|(given, _)| given == name)
                .map(|(_, value)| value.clone());
            let value = passed.or_else(|| default_of(&entry.value));
            if let Some(value) = value {
                scope.parameters.insert(name.to_owned(), value);
            }
        }
        scope
    }

    /// The same with a variable of `Fn::ForEach`.
    pub(super) fn with_variable(&self, name: &str, value: &str) -> Self {
        let mut variables = self.variables.clone();
        variables.push((name.to_owned(), value.to_owned()));
        Self {
            root: self.root,
            parameters: self.parameters.clone(),
            variables,
            budget: Cell::new(self.budget.get()),
        }
    }

    /// A key with the variables of `Fn::ForEach` filled in: `${X}` and `&{X}`.
    pub(super) fn expand_key(&self, key: &str) -> String {
        let mut key = key.to_owned();
        for (name, value) in &self.variables {
            key = key.replace(&format!("${{{name}}}"), value);
            key = key.replace(&format!("&{{{name}}}"), &alphanumeric(value));
        }
        key
    }

    /// The value of a node.
    pub(super) fn resolve(&self, node: &Node) -> Value {
        let node = node.target();
        if !self.spend() {
            return Value::open("(too many values)", &[]);
        }
        if let Some(call) = intrinsic(node) {
            return self.call(&call);
        }
        if let Some(items) = node.as_sequence() {
            let items = items.iter().map(|item| self.resolve(item));
            return Value::List(items.filter(|item| !item.is_null()).collect());
        }
        if node.is_mapping() {
            let entries = node.entries().into_iter().filter_map(|entry| {
                let key = self.expand_key(entry.key.as_text()?);
                Some((key, self.resolve(&entry.value)))
            });
            return Value::Map(entries.collect());
        }
        match node.resolved() {
            None | Some(Resolved::Null) => Value::Null,
            Some(Resolved::Bool(value)) => Value::Bool(value),
            Some(Resolved::Int(value)) => Value::Int(value),
            Some(Resolved::UInt(value)) => Value::Text(value.to_string()),
            Some(Resolved::Float(value)) => Value::Float(value),
            Some(Resolved::Str(text)) => self.text(text),
        }
    }

    /// Dynamic references stay symbolic: they are filled in at deployment.
    fn text(&self, text: String) -> Value {
        if text.contains("{{resolve:") {
            Value::open(text, &[])
        } else {
            Value::Text(text)
        }
    }

    fn spend(&self) -> bool {
        let left = self.budget.get();
        self.budget.set(left.saturating_sub(1));
        left > 0
    }

    fn call(&self, call: &Intrinsic<'_>) -> Value {
        let found = match call.name {
            "Ref" => self.reference(call.argument),
            "Fn::GetAtt" => self.attribute(call.argument),
            "Fn::Sub" => self.substitute(call.argument),
            "Fn::If" => return self.choose(call.argument),
            "Fn::Join" => self.join(call.argument),
            "Fn::Select" => self.select(call.argument),
            "Fn::Split" => self.split(call.argument),
            "Fn::FindInMap" => self.find_in_map(call.argument),
            "Fn::Equals" | "Fn::And" | "Fn::Or" | "Fn::Not" | "Condition" => {
                self.condition_call(call, 0).map(Value::Bool)
            }
            _ => None,
        };
        found.unwrap_or_else(|| {
            let argument = self.plain(call.argument);
            Value::open(
                format!("{}({argument})", call.name.trim_start_matches("Fn::")),
                &[&argument],
            )
        })
    }

    /// The argument's value without the tag that made it an argument.
    fn plain(&self, argument: Argument<'_>) -> Value {
        match argument {
            Argument::Plain(node) => self.resolve(node),
            Argument::Tagged(node) => match (node.as_sequence(), node.as_text()) {
                (Some(items), _) => {
                    Value::List(items.iter().map(|item| self.resolve(item)).collect())
                }
                (None, Some(text)) => Value::Text(text.to_owned()),
                (None, None) => Value::Map(
                    node.entries()
                        .into_iter()
                        .filter_map(|entry| {
                            Some((entry.key.as_text()?.to_owned(), self.resolve(&entry.value)))
                        })
                        .collect(),
                ),
            },
        }
    }

    fn reference(&self, argument: Argument<'_>) -> Option<Value> {
        let id = argument.node().as_text()?;
        Some(self.named(&self.expand_key(id)))
    }

    /// What a name stands for: a variable, a parameter, `AWS::NoValue`, or a resource.
    fn named(&self, id: &str) -> Value {
        if id == "AWS::NoValue" {
            return Value::Null;
        }
        if let Some((_, value)) = self.variables.iter().rev().find(|(name, _)| name == id) {
            return Value::Text(value.clone());
        }
        self.parameters
            .get(id)
            .cloned()
            .unwrap_or_else(|| Value::symbol(id, None))
    }

    fn attribute(&self, argument: Argument<'_>) -> Option<Value> {
        let node = argument.node();
        if let Some([id, attribute]) = node.as_sequence() {
            let attribute = self.resolve(attribute);
            return Some(Value::symbol(
                &self.expand_key(id.as_text()?),
                attribute.as_text(),
            ));
        }
        let (id, attribute) = node.as_text()?.split_once('.')?;
        Some(Value::symbol(&self.expand_key(id), Some(attribute)))
    }

    fn substitute(&self, argument: Argument<'_>) -> Option<Value> {
        let (template, own) = match argument.items() {
            Some([template, variables]) => (template.as_text()?, Some(variables)),
            Some([template]) => (template.as_text()?, None),
            Some(_) => return None,
            None => (argument.node().as_text()?, None),
        };
        let lookup = |name: &str| -> Value {
            let own = own.and_then(|variables| variables.get(name));
            match (own, name.split_once('.')) {
                (Some(value), _) => self.resolve(value),
                (None, Some((id, attribute))) => Value::symbol(id, Some(attribute)),
                (None, None) => self.named(name),
            }
        };
        let mut text = String::new();
        let mut open = Vec::new();
        let mut rest = template;
        while let Some(start) = rest.find("${") {
            text.push_str(rest.get(..start)?);
            let after = rest.get(start + 2..)?;
            let Some(end) = after.find('}') else {
                text.push_str("${");
                rest = after;
                continue;
            };
            let name = after.get(..end)?.trim();
            rest = after.get(end + 1..)?;
            if let Some(literal) = name.strip_prefix('!') {
                text.push_str(&format!("${{{literal}}}"));
                continue;
            }
            let value = lookup(name);
            text.push_str(&value.to_string());
            if !value.is_known() {
                open.push(value);
            }
        }
        text.push_str(rest);
        if open.is_empty() {
            return Some(self.text(text));
        }
        Some(Value::open(text, &open.iter().collect::<Vec<_>>()))
    }

    fn choose(&self, argument: Argument<'_>) -> Value {
        let Some([condition, yes, no]) = argument.items() else {
            return Value::open("If(…)", &[]);
        };
        let name = condition.as_text().unwrap_or_default();
        match self.condition(name, 0) {
            Some(true) => self.resolve(yes),
            Some(false) => self.resolve(no),
            None => {
                let (yes, no) = (self.resolve(yes), self.resolve(no));
                Value::open(format!("If({name}, {yes}, {no})"), &[&yes, &no])
            }
        }
    }

    fn join(&self, argument: Argument<'_>) -> Option<Value> {
        let [delimiter, items] = argument.items()? else {
            return None;
        };
        let delimiter = delimiter.as_text()?;
        let items = self.resolve(items);
        let parts = items.as_list()?;
        let text: Vec<String> = parts.iter().map(ToString::to_string).collect();
        let text = text.join(delimiter);
        if items.is_known() {
            return Some(self.text(text));
        }
        Some(Value::open(text, &[&items]))
    }

    fn select(&self, argument: Argument<'_>) -> Option<Value> {
        let [index, items] = argument.items()? else {
            return None;
        };
        let index = usize::try_from(self.resolve(index).as_int()?).ok()?;
        self.resolve(items).as_list()?.get(index).cloned()
    }

    fn split(&self, argument: Argument<'_>) -> Option<Value> {
        let [delimiter, text] = argument.items()? else {
            return None;
        };
        let text = self.resolve(text);
        let parts = text.as_text()?.split(delimiter.as_text()?);
        Some(Value::List(
            parts.map(|part| Value::Text(part.to_owned())).collect(),
        ))
    }

    fn find_in_map(&self, argument: Argument<'_>) -> Option<Value> {
        let (Some([map, first, second]) | Some([map, first, second, _])) = argument.items() else {
            return None;
        };
        let key = |node: &Node| self.resolve(node).as_text().map(str::to_owned);
        let path = [key(map)?, key(first)?, key(second)?];
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        Some(self.resolve(self.root.get("Mappings")?.get_path(&path)?))
    }

    /// Whether a condition holds; `None` where it cannot be told.
    pub(super) fn condition(&self, name: &str, depth: usize) -> Option<bool> {
        let node = self.root.get("Conditions")?.get(name)?;
        self.condition_node(node, depth + 1)
    }

    fn condition_node(&self, node: &Node, depth: usize) -> Option<bool> {
        if depth > MAX_CONDITION_DEPTH {
            return None;
        }
        self.condition_call(&intrinsic(node)?, depth)
    }

    fn condition_call(&self, call: &Intrinsic<'_>, depth: usize) -> Option<bool> {
        let each = || {
            let items = call.argument.items()?.iter();
            Some(
                items
                    .map(|item| self.condition_node(item, depth + 1))
                    .collect::<Vec<_>>(),
            )
        };
        match call.name {
            "Condition" => self.condition(call.argument.node().as_text()?, depth),
            "Fn::Equals" => {
                let [left, right] = call.argument.items()? else {
                    return None;
                };
                let (left, right) = (self.resolve(left), self.resolve(right));
                let known = left.is_known() && right.is_known();
                known.then(|| left.to_string() == right.to_string())
            }
            "Fn::Not" => each()?.first().copied().flatten().map(|holds| !holds),
            "Fn::And" => all(&each()?, true),
            "Fn::Or" => all(&each()?, false),
            _ => None,
        }
    }
}

/// `And` (`neutral` true) or `Or` (`neutral` false) over answers of which some are unknown.
fn all(answers: &[Option<bool>], neutral: bool) -> Option<bool> {
    if answers.contains(&Some(!neutral)) {
        return Some(!neutral);
    }
    answers.iter().all(Option::is_some).then_some(neutral)
}

/// The default of a parameter; lists are split at commas as CloudFormation does. Parameters of
/// the SSM types name a parameter store entry, whose value is not known.
fn default_of(parameter: &Node) -> Option<Value> {
    let kind = parameter
        .get("Type")
        .and_then(|node| node.as_text())
        .unwrap_or("String");
    let default = parameter.get("Default")?;
    if kind.starts_with("AWS::SSM::") {
        return None;
    }
    let text = default.as_text()?;
    if kind == "CommaDelimitedList" || kind.starts_with("List<") {
        let items = text
            .split(',')
            .map(|item| Value::Text(item.trim().to_owned()));
        return Some(Value::List(items.collect()));
    }
    Some(Value::Text(text.to_owned()))
}

fn alphanumeric(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect()
}
