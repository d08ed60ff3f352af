//! Random YAML and JSON documents, and random edits of them, from bytes: a property test shrinks
//! the bytes, a fuzzer steers them. No bytes left means the simplest choice.

use std::fmt::Write;

use gammaray_migrate::edit::yaml::Step;
use gammaray_migrate::yaml::{Document, Node, NodeKind};
use serde_yaml::value::{Tag, TaggedValue};
use serde_yaml::{Mapping, Value};

/// A stream of choices.
pub(crate) struct Choices<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Choices<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// A number below `limit`.
    fn below(&mut self, limit: usize) -> usize {
        let byte = self.bytes.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(byte) % limit
    }

    /// True once in `times`.
    fn rarely(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

const WORDS: &[&str] = &[
    "a",
    "b",
    "app.handler",
    "python3.12",
    "AWS::Region",
    "x y",
    "src/",
    "été",
    "日本",
    "$x",
    "-1",
    "true",
    "12",
    "1.5",
    "~",
    "0x1F",
    "a#b",
    "http://x/y",
    "it's",
];

const SINGLE: &[&str] = &["''", "'a'", "'it''s'", "'a: b'", "'# no'", "'é\"'", "'yes'"];
const DOUBLE: &[&str] = &[
    "\"\"",
    "\"a\"",
    "\"a\\nb\"",
    "\"\\u00e9\\t\"",
    "\"{x}, [y]\"",
    "\"\\\"\"",
];
const KEYS: &[&str] = &[
    "Key",
    "Layers",
    "\"quoted\"",
    "'single'",
    "Ärger",
    "Fn::If",
    "a.b",
    "with space",
    "k-1",
    "x",
    "Ref",
    "\"\"",
];

/// A document's text. Most parse; some, on purpose or not, do not.
pub(crate) fn document(choices: &mut Choices<'_>) -> String {
    let mut writer = Writer {
        choices,
        out: String::new(),
        anchors_begun: 0,
        anchors: Vec::new(),
        comments: 0,
        keys: 0,
    };
    if writer.choices.rarely(8) {
        writer.json_document();
    } else {
        writer.yaml_document();
    }
    let Writer {
        choices, mut out, ..
    } = writer;
    if choices.rarely(4) {
        out.truncate(out.trim_end_matches('\n').len());
    }
    if choices.rarely(4) {
        out = out.replace('\n', "\r\n");
    }
    if choices.rarely(8) {
        out.insert(0, '\u{feff}');
    }
    out
}

/// The text with a few characters put in or taken out.
pub(crate) fn mutated(choices: &mut Choices<'_>, text: &str) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..choices.below(3) {
        let at = (choices.below(256) * 256 + choices.below(256)) % (chars.len() + 1);
        let at = at.max(usize::from(text.starts_with('\u{feff}')));
        if choices.below(2) == 0 && at < chars.len() {
            chars.remove(at);
        } else {
            chars.insert(at, choices.of(MUTATIONS));
        }
    }
    chars.into_iter().collect()
}

const MUTATIONS: &[char] = &[
    ' ', '\n', ':', '-', '#', '\'', '"', '[', ']', '{', '}', ',', '|', '>', '%', '@', '\\', '\t',
    'a', '0', '\r', '=', '~',
];

struct Writer<'c, 'b> {
    choices: &'c mut Choices<'b>,
    out: String,
    /// Anchors begun, and those that are complete, which an alias may name.
    anchors_begun: usize,
    anchors: Vec<usize>,
    comments: usize,
    keys: usize,
}

impl Writer<'_, '_> {
    fn yaml_document(&mut self) {
        if self.choices.rarely(8) {
            self.comment_line(0);
        }
        if self.choices.rarely(8) {
            self.out.push_str("---\n");
        }
        if self.choices.rarely(8) {
            self.sequence(0, 0, false);
        } else {
            self.mapping(0, 0, false);
        }
        if self.choices.rarely(12) {
            self.out.push_str("...\n");
        }
    }

    fn comment(&mut self) -> String {
        self.comments += 1;
        format!("# c{}.", self.comments)
    }

    fn comment_line(&mut self, column: usize) {
        let comment = self.comment();
        let _ = writeln!(self.out, "{}{comment}", " ".repeat(column));
    }

    fn end_line(&mut self) {
        if self.choices.rarely(5) {
            let comment = self.comment();
            let gap = " ".repeat(1 + self.choices.below(3));
            self.out.push_str(&gap);
            self.out.push_str(&comment);
        }
        self.out.push('\n');
    }

    fn between(&mut self, column: usize) {
        if self.choices.rarely(6) {
            self.out.push('\n');
        }
        if self.choices.rarely(5) {
            let column = if self.choices.rarely(4) {
                self.choices.below(column + 4)
            } else {
                column
            };
            self.comment_line(column);
        }
    }

    fn key(&mut self) -> String {
        let key = self.choices.of(KEYS);
        self.keys += 1;
        let number = self.keys;
        match key.chars().last() {
            Some(quote @ ('"' | '\'')) => format!("{}{number}{quote}", &key[..key.len() - 1]),
            _ if self.choices.rarely(12) => key.to_owned(),
            _ => format!("{key}{number}"),
        }
    }

    /// Writes entries at a column; the first behind what is on the line, if `inline`.
    fn mapping(&mut self, column: usize, depth: usize, inline: bool) {
        for entry in 0..=self.choices.below(4) {
            if entry > 0 || !inline {
                if entry > 0 {
                    self.between(column);
                }
                self.out.push_str(&" ".repeat(column));
            }
            if !self.anchors.is_empty() && self.choices.rarely(16) {
                let anchor = self.choices.of(&self.anchors);
                let _ = write!(self.out, "<<: *a{anchor}");
                self.end_line();
                continue;
            }
            let key = self.key();
            if self.choices.rarely(24) {
                let _ = write!(self.out, "? {key}\n{}:", " ".repeat(column));
            } else {
                let gap = if self.choices.rarely(16) { " " } else { "" };
                let _ = write!(self.out, "{key}{gap}:");
            }
            self.block_value(column, depth, false);
        }
    }

    fn sequence(&mut self, column: usize, depth: usize, inline: bool) {
        let gap = if self.choices.rarely(6) { 3 } else { 1 };
        for item in 0..=self.choices.below(4) {
            if item > 0 || !inline {
                if item > 0 {
                    self.between(column);
                }
                self.out.push_str(&" ".repeat(column));
            }
            self.out.push('-');
            match self.choices.below(6) {
                0 if depth < 4 => {
                    self.out.push_str(&" ".repeat(gap));
                    self.mapping(column + 1 + gap, depth + 1, true);
                }
                1 if depth < 4 => {
                    self.out.push_str(&" ".repeat(gap));
                    self.sequence(column + 1 + gap, depth + 1, true);
                }
                _ => self.block_value(column, depth, true),
            }
        }
    }

    /// Writes a value behind a colon or dash at `column`, to the end of its last line.
    fn block_value(&mut self, column: usize, depth: usize, in_sequence: bool) {
        let mut properties = String::new();
        let anchored = self.choices.rarely(10).then_some(self.anchors_begun);
        if let Some(anchor) = anchored {
            self.anchors_begun += 1;
            let _ = write!(properties, " &a{anchor}");
        }
        if self.choices.rarely(8) {
            properties.push(' ');
            properties.push_str(self.choices.of(&["!Ref", "!Sub", "!If", "!GetAtt"]));
        }
        self.value_behind(&properties, column, depth, in_sequence);
        self.anchors.extend(anchored);
    }

    fn value_behind(&mut self, properties: &str, column: usize, depth: usize, in_sequence: bool) {
        match self.choices.below(if depth < 4 { 12 } else { 8 }) {
            0 | 1 => {
                let _ = write!(self.out, "{properties} {}", self.choices.of(WORDS));
                self.end_line();
            }
            2 => {
                let _ = write!(self.out, "{properties} {}", self.choices.of(SINGLE));
                self.end_line();
            }
            3 => {
                let _ = write!(self.out, "{properties} {}", self.choices.of(DOUBLE));
                self.end_line();
            }
            4 => {
                self.out.push_str(properties);
                self.out.push(' ');
                self.flow(column + 1, depth);
                self.end_line();
            }
            5 => self.block_scalar(properties, column),
            6 if !self.anchors.is_empty() && properties.is_empty() => {
                let anchor = self.choices.of(&self.anchors);
                let _ = write!(self.out, " *a{anchor}");
                self.end_line();
            }
            6 => {
                let quote = self.choices.of(&["'", "\"", ""]);
                let blank = self.choices.of(&["", "\n"]);
                let _ = write!(
                    self.out,
                    "{properties} {quote}one\n{blank}{}two{quote}",
                    " ".repeat(column + 1)
                );
                self.end_line();
            }
            7 => {
                self.out.push_str(properties);
                self.end_line();
            }
            8 | 9 => {
                self.out.push_str(properties);
                self.end_line();
                let step = self.choices.of(&[2, 2, 4, 1, 3]);
                self.leading_comment(column + step);
                self.mapping(column + step, depth + 1, false);
            }
            _ => {
                self.out.push_str(properties);
                self.end_line();
                let least = usize::from(in_sequence);
                let step = self.choices.of(&[2, 0, 4, 1]).max(least);
                self.leading_comment(column + step);
                self.sequence(column + step, depth + 1, false);
            }
        }
    }

    fn leading_comment(&mut self, column: usize) {
        if self.choices.rarely(6) {
            self.comment_line(column);
        }
    }

    fn block_scalar(&mut self, properties: &str, column: usize) {
        let header = self.choices.of(&["|", ">", "|-", ">-", "|+", ">+"]);
        let _ = write!(self.out, "{properties} {header}");
        self.end_line();
        let indent = " ".repeat(column + self.choices.of(&[2, 1, 4]));
        for line in 0..=self.choices.below(3) {
            if line > 0 && self.choices.rarely(4) {
                self.out.push('\n');
            }
            let more = if line > 0 && self.choices.rarely(4) {
                "  "
            } else {
                ""
            };
            let _ = writeln!(self.out, "{indent}{more}line: '{line}' # not");
        }
        for _ in 0..self.choices.below(3) {
            self.out.push('\n');
        }
    }

    /// Writes a collection in brackets, perhaps on several lines at least `column` deep.
    fn flow(&mut self, column: usize, depth: usize) {
        let spread = self.choices.rarely(3);
        let is_mapping = self.choices.below(2) == 1;
        self.out.push(if is_mapping { '{' } else { '[' });
        let count = self.choices.below(4);
        for child in 0..count {
            if spread {
                if self.choices.rarely(6) {
                    let comment = self.comment();
                    let _ = write!(self.out, " {comment}");
                }
                let _ = write!(self.out, "\n{}", " ".repeat(column + 2));
            } else if child > 0 && !self.choices.rarely(6) {
                self.out.push(' ');
            }
            if is_mapping {
                let key = self.key();
                let _ = write!(self.out, "{key}: ");
            }
            self.flow_value(column + 2, depth);
            if child + 1 < count || self.choices.rarely(8) {
                self.out.push(',');
            }
        }
        if spread && count > 0 {
            if self.choices.rarely(6) {
                let comment = self.comment();
                let _ = write!(self.out, " {comment}");
            }
            let _ = write!(self.out, "\n{}", " ".repeat(column));
        }
        self.out.push(if is_mapping { '}' } else { ']' });
    }

    fn flow_value(&mut self, column: usize, depth: usize) {
        match self.choices.below(if depth < 4 { 8 } else { 5 }) {
            0 | 1 => self.out.push_str(self.choices.of(WORDS)),
            2 => self.out.push_str(self.choices.of(SINGLE)),
            3 => self.out.push_str(self.choices.of(DOUBLE)),
            4 => self
                .out
                .push_str(self.choices.of(&["!Ref A", "!Sub 'b'", "a: b", "null"])),
            _ => self.flow(column, depth + 1),
        }
    }

    fn json_document(&mut self) {
        let indent = self.choices.of(&["  ", "\t", "", "    "]);
        self.json_collection(indent, 0, true);
        self.out.push('\n');
    }

    fn json_collection(&mut self, indent: &str, depth: usize, is_mapping: bool) {
        let newline = |depth: usize| match indent {
            "" => String::new(),
            indent => format!("\n{}", indent.repeat(depth)),
        };
        let count = self.choices.below(4);
        self.out.push(if is_mapping { '{' } else { '[' });
        for child in 0..count {
            self.out.push_str(&newline(depth + 1));
            if is_mapping {
                self.keys += 1;
                let colon = if indent.is_empty() { ":" } else { ": " };
                let _ = write!(self.out, "\"k{}\"{colon}", self.keys);
            }
            match self.choices.below(if depth < 4 { 6 } else { 3 }) {
                0 => self
                    .out
                    .push_str(self.choices.of(&["1", "-2.5", "1e3", "true", "null"])),
                1 | 2 => self.out.push_str(self.choices.of(&[
                    "\"\"",
                    "\"a\"",
                    "\"\\u00e9\\/\\n\"",
                    "\"\\ud83d\\ude00\"",
                    "\"{x: [\"",
                ])),
                3 | 4 => self.json_collection(indent, depth + 1, true),
                _ => self.json_collection(indent, depth + 1, false),
            }
            if child + 1 < count {
                self.out.push(',');
            }
        }
        if count > 0 {
            self.out.push_str(&newline(depth));
        }
        self.out.push(if is_mapping { '}' } else { ']' });
    }
}

/// What an edit does.
#[derive(Debug, Clone)]
pub(crate) enum Operation {
    Set(Value),
    Append(Value),
    AppendOrWrap(Value),
    Rename(String),
    Remove,
}

/// A random edit of a document: a place, most often one that is there, and what to do.
pub(crate) fn edit(choices: &mut Choices<'_>, document: &Document) -> (Vec<Step>, Operation) {
    let mut path = Vec::new();
    let mut node: &Node = &document.root;
    while let Some((step, next)) = child(choices, node) {
        path.push(step);
        node = next;
        if choices.rarely(3) {
            break;
        }
    }
    let operation = match choices.below(8) {
        0 | 1 => Operation::Set(value(choices, 0)),
        2 | 3 => {
            for _ in 0..=choices.below(2) {
                path.push(Step::from(
                    choices.of(&["New", "Metadata", "yes", "a: b", "Key"]),
                ));
            }
            Operation::Set(value(choices, 0))
        }
        4 => Operation::Append(value(choices, 0)),
        5 => Operation::AppendOrWrap(value(choices, 0)),
        6 => Operation::Rename(
            choices
                .of(&["New", "1.0", "", "x: y", "ü", "Key", "#a"])
                .to_owned(),
        ),
        _ => Operation::Remove,
    };
    (path, operation)
}

fn child<'d>(choices: &mut Choices<'_>, node: &'d Node) -> Option<(Step, &'d Node)> {
    match &node.kind {
        NodeKind::Mapping { entries, .. } if !entries.is_empty() => {
            let entry = &entries[choices.below(entries.len())];
            Some((Step::from(entry.key.as_text()?), &entry.value))
        }
        NodeKind::Sequence { items, .. } if !items.is_empty() => {
            let index = choices.below(items.len());
            Some((Step::from(index), &items[index]))
        }
        NodeKind::Alias { target, .. } => child(choices, target),
        _ => None,
    }
}

const TEXTS: &[&str] = &[
    "provided.al2023",
    "bootstrap",
    "",
    "yes",
    "3.10",
    "a: b",
    "# c",
    "two\nlines",
    "two\nlines\n",
    "\n",
    " lead",
    "trail ",
    "tab\t",
    "'",
    "\"",
    "été",
    "[x]",
    "{y}",
    "a,b",
    "*",
    "&a",
    "!x",
    "- a",
    "1:30",
    "2012-10-17",
    "\u{1f600}",
    "\u{85}",
    "x\r\ny",
    "---",
    "...",
    "key:",
    "a\n\n b\n",
    "~",
    "${AWS::Region}",
    "arn:aws:s3:::*",
    "%",
    "@x",
    "\u{7f}",
    "?",
    "-",
    "=",
    "<<",
];

fn value(choices: &mut Choices<'_>, depth: usize) -> Value {
    match choices.below(if depth < 3 { 10 } else { 6 }) {
        0..=2 => Value::from(choices.of(TEXTS)),
        3 => Value::from(choices.of(&[0_i64, -1, 512, i64::MAX, i64::MIN])),
        4 => Value::from(choices.of(&[true, false])),
        5 => match choices.below(3) {
            0 => Value::Null,
            1 => Value::from(choices.of(&[1.5_f64, -0.0, 1e300, 1e-7])),
            _ => tagged("!Ref", Value::from(choices.of(TEXTS))),
        },
        6 | 7 => {
            let mut mapping = Mapping::new();
            for _ in 0..choices.below(4) {
                mapping.insert(Value::from(choices.of(TEXTS)), value(choices, depth + 1));
            }
            Value::Mapping(mapping)
        }
        8 => (0..choices.below(4))
            .map(|_| value(choices, depth + 1))
            .collect::<Vec<_>>()
            .into(),
        _ => {
            let items: Vec<Value> = (0..3).map(|_| value(choices, depth + 1)).collect();
            tagged("!If", Value::Sequence(items))
        }
    }
}

fn tagged(tag: &str, value: Value) -> Value {
    Value::Tagged(Box::new(TaggedValue {
        tag: Tag::new(tag),
        value,
    }))
}
