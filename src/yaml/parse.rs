use std::collections::HashMap;
use std::sync::Arc;

use saphyr_parser::{Event, Marker, Parser, ScanError, StrInput};

use super::expansion::Expansion;
use super::node::is_merge;
use super::{
    Collection, Document, Entry, MAX_EXPANDED_NODES, Node, NodeKind, Scalar, ScalarStyle, Tag,
};
use super::{fold, shadow};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SourceFile, Span};

/// How deep collections may nest.
pub const MAX_DEPTH: usize = 200;

/// The longest key without `?` that PyYAML finds.
const MAX_KEY_CHARS: usize = 1024;

/// How many bytes may be scanned again, in all, for the sake of lines that stand left of their
/// place.
const MAX_RESCANNED_BYTES: usize = 256 * 1024 * 1024;

/// Reads the only document of a YAML or JSON file.
///
/// # Errors
/// One diagnostic at the place where the text stops being YAML, nests deeper than [`MAX_DEPTH`],
/// has an alias that holds itself or makes the document too large, or begins a second document.
pub fn parse(file: &Arc<SourceFile>) -> Result<Document, Box<Diagnostic>> {
    let text = file.text().get(file.bom_len()..).unwrap_or_default();
    let is_json = text.trim_start().starts_with('{')
        && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    let mut shadow = is_json.then(|| shadow::of_json(text));
    for _ in 0..=MAX_RESCANNED_BYTES / text.len().max(1) {
        let source = shadow.as_deref().unwrap_or(text);
        match Builder::new(file, source, text, is_json).document() {
            Ok((root, warnings)) => {
                return Ok(Document {
                    file: Arc::clone(file),
                    root,
                    is_json,
                    warnings,
                });
            }
            Err(Failure::Syntax { at, info }) if is_mendable(&info) => {
                match shadow::mend(source, at, &info) {
                    Some(joined) => shadow = Some(joined),
                    None => return Err(Box::new(syntax(file, at + file.bom_len(), &info))),
                }
            }
            Err(Failure::Syntax { at, info }) => {
                return Err(Box::new(syntax(file, at + file.bom_len(), &info)));
            }
            Err(Failure::Other(diagnostic)) => return Err(diagnostic),
        }
    }
    Err(Box::new(syntax(
        file,
        0,
        "too many lines with wrong indentation",
    )))
}

/// Whether PyYAML may accept what the scanner refuses with `info`.
fn is_mendable(info: &str) -> bool {
    info.contains("invalid indentation") || info.contains(shadow::TIGHT_COMMENT)
}

fn syntax(file: &Arc<SourceFile>, at: usize, info: &str) -> Diagnostic {
    if info.contains("recursion limit") {
        return too_deep(file, Span::at(at));
    }
    let line = file.line_text(file.location(at).line);
    let diagnostic = Diagnostic::error(Code::InvalidYaml, format!("not valid YAML: {info}"))
        .at(file, Span::at(at));
    if line.trim_start_matches(' ').starts_with('\t') {
        return diagnostic.with_help("YAML does not allow tabs as indentation: use spaces");
    }
    diagnostic.with_help("`sam validate --lint` reads the same file; mend the line shown")
}

fn too_deep(file: &Arc<SourceFile>, span: Span) -> Diagnostic {
    let message = format!("nested more than {MAX_DEPTH} levels deep");
    Diagnostic::error(Code::NestedTooDeep, message)
        .at(file, span)
        .with_help("no template needs that; is this a generated file?")
}

enum Failure {
    Syntax { at: usize, info: String },
    Other(Box<Diagnostic>),
}

/// Byte offsets of characters; the parser counts characters.
enum Offsets {
    Ascii,
    Table(Vec<usize>),
}

impl Offsets {
    fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self::Ascii;
        }
        let ends = std::iter::once(text.len());
        Self::Table(
            text.char_indices()
                .map(|(offset, _)| offset)
                .chain(ends)
                .collect(),
        )
    }

    fn of(&self, marker: Marker) -> usize {
        match self {
            Self::Ascii => marker.index(),
            Self::Table(table) => table
                .get(marker.index())
                .or(table.last())
                .copied()
                .unwrap_or_default(),
        }
    }
}

struct Builder<'a> {
    file: &'a Arc<SourceFile>,
    /// What the scanner reads: as long as the original, masked where they differ.
    text: &'a str,
    original: &'a str,
    is_json: bool,
    bom: usize,
    offsets: Offsets,
    parser: Parser<'a, StrInput<'a>>,
    anchors: HashMap<usize, (String, Option<Arc<Node>>)>,
    expansion: Expansion,
    warnings: Vec<Diagnostic>,
    /// Offset in `text` behind the last token.
    last_end: usize,
}

/// A node's tag and anchor as written, and where the first of them begins.
struct Properties {
    start: Option<usize>,
    tag: Option<Tag>,
    anchor: Option<String>,
}

/// What may stand between the last token and a node.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Indicator {
    None,
    Key,
    Comma,
    Colon,
    Dash,
}

impl<'a> Builder<'a> {
    fn new(file: &'a Arc<SourceFile>, text: &'a str, original: &'a str, is_json: bool) -> Self {
        Self {
            file,
            text,
            original,
            is_json,
            bom: file.bom_len(),
            offsets: Offsets::new(text),
            parser: Parser::new_from_str(text),
            anchors: HashMap::new(),
            expansion: Expansion::default(),
            warnings: Vec::new(),
            last_end: 0,
        }
    }

    fn document(mut self) -> Result<(Arc<Node>, Vec<Diagnostic>), Failure> {
        let mut root = None;
        loop {
            let (event, start, end) = self.next()?;
            match event {
                Event::StreamEnd => break,
                Event::Nothing | Event::StreamStart | Event::DocumentEnd => self.last_end = end,
                Event::DocumentStart(_) if root.is_some() => {
                    let span = self.span(start, end.max(start));
                    let message = "a template is one YAML document; a second one begins here";
                    let diagnostic =
                        Diagnostic::error(Code::SeveralDocuments, message).at(self.file, span);
                    let help = "remove the `---`, or put the second document into its own file";
                    return Err(Failure::Other(Box::new(diagnostic.with_help(help))));
                }
                Event::DocumentStart(true) => self.last_end = end,
                Event::DocumentStart(false) => {}
                event => root = Some(self.node((event, start, end), Indicator::None, 0)?),
            }
        }
        let root = root.unwrap_or_else(|| Arc::new(self.empty_root()));
        Ok((root, self.warnings))
    }

    fn empty_root(&self) -> Node {
        let span = self.span(self.text.len(), self.text.len());
        let scalar = Scalar {
            text: String::new(),
            style: ScalarStyle::Plain,
        };
        Node {
            span,
            outer: span,
            tag: None,
            anchor: None,
            kind: NodeKind::Scalar(scalar),
        }
    }

    fn next(&mut self) -> Result<(Event<'a>, usize, usize), Failure> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => Ok((
                event,
                self.offsets.of(span.start),
                self.offsets.of(span.end),
            )),
            Some(Err(error)) => Err(self.syntax(&error)),
            None => Ok((Event::StreamEnd, self.text.len(), self.text.len())),
        }
    }

    fn syntax(&self, error: &ScanError) -> Failure {
        let at = self.offsets.of(*error.marker()).min(self.text.len());
        Failure::Syntax {
            at,
            info: error.info().to_owned(),
        }
    }

    fn fail(&self, code: Code, message: &str, span: Span) -> Failure {
        Failure::Other(Box::new(
            Diagnostic::error(code, message).at(self.file, span),
        ))
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(start + self.bom, end + self.bom)
    }

    fn node(
        &mut self,
        (event, start, end): (Event<'a>, usize, usize),
        indicator: Indicator,
        depth: usize,
    ) -> Result<Arc<Node>, Failure> {
        if depth > MAX_DEPTH {
            let span = self.span(start, start);
            return Err(Failure::Other(Box::new(too_deep(self.file, span))));
        }
        self.skip_indicator(indicator);
        let (properties, anchor_id, (kind, span)) = match event {
            Event::Alias(id) => return self.alias(id, end, depth),
            Event::Scalar(text, style, anchor_id, _) => {
                let properties = self.properties(anchor_id)?;
                (
                    properties,
                    anchor_id,
                    self.scalar(text.into_owned(), style, end)?,
                )
            }
            Event::SequenceStart(anchor_id, _) => {
                let properties = self.properties(anchor_id)?;
                (properties, anchor_id, self.sequence(depth)?)
            }
            Event::MappingStart(anchor_id, _) => {
                let properties = self.properties(anchor_id)?;
                (properties, anchor_id, self.mapping(depth)?)
            }
            _ => {
                let span = self.span(start, end);
                return Err(self.fail(Code::InvalidYaml, "not valid YAML here", span));
            }
        };
        let Properties { start, tag, anchor } = properties;
        let outer = Span::new(start.map_or(span.start, |start| start + self.bom), span.end);
        let node = Arc::new(Node {
            span,
            outer,
            tag,
            anchor,
            kind,
        });
        if let Some((_, target)) = self.anchors.get_mut(&anchor_id) {
            *target = Some(Arc::clone(&node));
            self.expansion.anchor(&node);
        }
        Ok(node)
    }

    fn alias(&mut self, id: usize, end: usize, depth: usize) -> Result<Arc<Node>, Failure> {
        let start = self.content_start();
        self.last_end = end;
        let span = self.span(start, end);
        let Some((name, Some(target))) = self.anchors.get(&id) else {
            let message = "this alias contains itself";
            let diagnostic = Diagnostic::error(Code::RecursiveAlias, message).at(self.file, span);
            let help = "an alias can only name what is complete before it";
            return Err(Failure::Other(Box::new(diagnostic.with_help(help))));
        };
        if !self.expansion.alias(target, depth) {
            let message = format!(
                "with this alias the document expands to more than {MAX_EXPANDED_NODES} values or \
                 {MAX_DEPTH} levels"
            );
            let diagnostic = Diagnostic::error(Code::AliasBomb, message).at(self.file, span);
            let help = "CloudFormation takes templates up to 1 MB after expansion; write out what \
                        is needed";
            return Err(Failure::Other(Box::new(diagnostic.with_help(help))));
        }
        let kind = NodeKind::Alias {
            name: name.clone(),
            target: Arc::clone(target),
        };
        Ok(Arc::new(Node {
            span,
            outer: span,
            tag: None,
            anchor: None,
            kind,
        }))
    }

    /// Moves behind the indicator that introduces a node, if it is there.
    fn skip_indicator(&mut self, indicator: Indicator) {
        let at = self.content_start();
        let rest = self.text.get(at..).unwrap_or_default();
        let spaced = |c| {
            rest.strip_prefix(c)
                .is_some_and(|r: &str| r.is_empty() || r.starts_with(char::is_whitespace))
        };
        let found = match indicator {
            Indicator::None => false,
            Indicator::Key => spaced('?'),
            Indicator::Comma => rest.starts_with(','),
            Indicator::Colon => rest.starts_with(':'),
            Indicator::Dash => spaced('-'),
        };
        if found {
            self.last_end = at + 1;
            if indicator == Indicator::Comma {
                self.skip_indicator(Indicator::Key);
            }
        }
    }

    /// The first byte behind the last token that is neither white space nor comment.
    fn content_start(&self) -> usize {
        let mut at = self.last_end;
        loop {
            let rest = self.text.get(at..).unwrap_or_default();
            let trimmed = rest.trim_start();
            at += rest.len() - trimmed.len();
            if !trimmed.starts_with('#') {
                return at;
            }
            at += trimmed.find('\n').unwrap_or(trimmed.len());
        }
    }

    fn properties(&mut self, anchor_id: usize) -> Result<Properties, Failure> {
        let mut found = Properties {
            start: None,
            tag: None,
            anchor: None,
        };
        loop {
            let at = self.content_start();
            let rest = self.text.get(at..).unwrap_or_default();
            let stop = |c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '{' | '}');
            let word = rest
                .get(..rest.find(stop).unwrap_or(rest.len()))
                .unwrap_or_default();
            if word == "!" && found.tag.is_none() {
                // PyYAML takes the value as if it had no tag.
            } else if word.starts_with('!') && found.tag.is_none() {
                found.tag = Some(Tag {
                    name: word.to_owned(),
                });
            } else if anchor_id != 0 && word.starts_with('&') && found.anchor.is_none() {
                let name = word.get(1..).unwrap_or_default().to_owned();
                if self.anchors.values().any(|(other, _)| *other == name) {
                    let message = format!("the anchor `&{name}` stands twice");
                    let span = self.span(at, at + word.len());
                    return Err(self.fail(Code::InvalidYaml, &message, span));
                }
                self.anchors.insert(anchor_id, (name.clone(), None));
                found.anchor = Some(name);
            } else {
                return Ok(found);
            }
            found.start.get_or_insert(at);
            self.last_end = at + word.len();
        }
    }

    fn scalar(
        &mut self,
        mut text: String,
        style: saphyr_parser::ScalarStyle,
        end: usize,
    ) -> Result<(NodeKind, Span), Failure> {
        let style = scalar_style(style);
        let start = self.content_start();
        let end = end.min(self.text.len());
        let (start, end) = match style {
            ScalarStyle::Plain if text.is_empty() => (self.last_end, self.last_end),
            ScalarStyle::Literal | ScalarStyle::Folded => {
                // PyYAML gives the last line the line break that it has in the file: none.
                if end == self.text.len() && !self.text.ends_with(['\n', '\r']) {
                    text.truncate(text.trim_end_matches('\n').len());
                }
                (start, self.last_break_end(start, end))
            }
            ScalarStyle::Plain => (start, self.trimmed_end(start, end)),
            ScalarStyle::SingleQuoted => (start, self.closing_quote(start, '\'')),
            ScalarStyle::DoubleQuoted => (start, self.closing_quote(start, '"')),
        };
        self.last_end = end;
        let span = self.span(start, end);
        if let Some(read) = self.read_original(style, start, end, span)? {
            text = read;
        }
        Ok((NodeKind::Scalar(Scalar { text, style }), span))
    }

    /// The text of a scalar that the scanner may have seen masked, or reads in another way.
    fn read_original(
        &self,
        style: ScalarStyle,
        start: usize,
        end: usize,
        span: Span,
    ) -> Result<Option<String>, Failure> {
        let source = self.original.get(start..end).unwrap_or_default();
        let read = match style {
            ScalarStyle::DoubleQuoted if self.is_json => serde_json::from_str(source).ok(),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => fold::quoted(source),
            ScalarStyle::Plain if self.is_json => return Ok(json_number(source)),
            ScalarStyle::Plain if source.contains(['\n', '\r']) => fold::plain(source),
            _ => return Ok(None),
        };
        match read {
            Some(text) => Ok(Some(text)),
            None => Err(self.fail(
                Code::InvalidYaml,
                "not valid YAML: an unknown escape or a comment within a text",
                span,
            )),
        }
    }

    fn closing_quote(&self, start: usize, quote: char) -> usize {
        shadow::closing_quote(self.text, start, quote).unwrap_or(self.text.len())
    }

    /// The end of a block scalar: the scanner has read the next line's indentation as well.
    fn last_break_end(&self, start: usize, end: usize) -> usize {
        let inside = self.text.get(start..end).unwrap_or_default();
        let trimmed = inside.trim_end_matches([' ', '\t']);
        if trimmed.ends_with(['\n', '\r']) {
            start + trimmed.len()
        } else {
            end.max(start)
        }
    }

    fn trimmed_end(&self, start: usize, end: usize) -> usize {
        start
            + self
                .text
                .get(start..end)
                .unwrap_or_default()
                .trim_end()
                .len()
    }

    fn sequence(&mut self, depth: usize) -> Result<(NodeKind, Span), Failure> {
        let (start, style) = self.open('[');
        let mut items = Vec::new();
        loop {
            let next = self.next()?;
            if matches!(next.0, Event::SequenceEnd) {
                let span = self.close(start, style);
                return Ok((NodeKind::Sequence { items, style }, span));
            }
            let indicator = match style {
                Collection::Block => Indicator::Dash,
                Collection::Flow if items.is_empty() => Indicator::Key,
                Collection::Flow => Indicator::Comma,
            };
            items.push(self.node(next, indicator, depth + 1)?);
        }
    }

    fn mapping(&mut self, depth: usize) -> Result<(NodeKind, Span), Failure> {
        let (start, style) = self.open('{');
        let mut entries: Vec<Entry> = Vec::new();
        let mut seen = HashMap::new();
        loop {
            let next = self.next()?;
            if matches!(next.0, Event::MappingEnd) {
                let span = self.close(start, style);
                return Ok((NodeKind::Mapping { entries, style }, span));
            }
            let indicator = match style {
                Collection::Flow if !entries.is_empty() => Indicator::Comma,
                _ => Indicator::Key,
            };
            let before = self.last_end;
            let key = self.node(next, indicator, depth + 1)?;
            self.refuse_unhashable(&key)?;
            self.refuse_long_key(&key, before)?;
            let next = self.next()?;
            let value = self.node(next, Indicator::Colon, depth + 1)?;
            self.refuse_merge_of_text(&key, &value)?;
            self.warn_duplicate(&mut seen, &key);
            entries.push(Entry { key, value });
        }
    }

    /// A key must be a scalar: SAM's reader makes dictionaries, also of what has a short tag.
    fn refuse_unhashable(&self, key: &Node) -> Result<(), Failure> {
        let target = key.target();
        let what = match (&target.kind, &target.tag) {
            (NodeKind::Scalar(_), Some(tag)) if !tag.name.starts_with("!!") => "a tagged value",
            (NodeKind::Scalar(_), _) => return Ok(()),
            (NodeKind::Sequence { .. }, _) => "a list",
            _ => "a mapping",
        };
        let message = format!("{what} stands as a key; only text can be one");
        let source = self.file.text().get(key.span.start..).unwrap_or_default();
        let is_placeholder = source.starts_with("{{")
            || (source.starts_with('{') && self.text[..key.span.start - self.bom].ends_with('{'));
        let help = if is_placeholder {
            "this looks like a template placeholder (`{{ … }}`) that was never rendered: fill it in, or put the value in quotes"
        } else {
            "write the key as text, or put it in quotes"
        };
        let diagnostic = Diagnostic::error(Code::InvalidYaml, message).at(self.file, key.span);
        Err(Failure::Other(Box::new(diagnostic.with_help(help))))
    }

    /// PyYAML wants a key without `?` on one line and no longer than [`MAX_KEY_CHARS`].
    fn refuse_long_key(&self, key: &Node, before: usize) -> Result<(), Failure> {
        let start = key.outer.start - self.bom;
        let lead = self.text.get(before..start).unwrap_or_default();
        if self.is_json || lead.trim_end().ends_with('?') {
            return Ok(());
        }
        let text = self
            .original
            .get(start..key.outer.end - self.bom)
            .unwrap_or_default();
        if text.contains(['\n', '\r']) || text.chars().count() > MAX_KEY_CHARS {
            let message =
                format!("a key must stand on one line and have at most {MAX_KEY_CHARS} characters");
            return Err(self.fail(Code::InvalidYaml, &message, key.span));
        }
        Ok(())
    }

    fn refuse_merge_of_text(&self, key: &Node, value: &Node) -> Result<(), Failure> {
        let merges = match &value.target().kind {
            NodeKind::Mapping { .. } => true,
            NodeKind::Sequence { items, .. } => items.iter().all(|item| item.is_mapping()),
            _ => false,
        };
        if merges || !is_merge(key) {
            return Ok(());
        }
        let message = "a merge key (`<<`) takes a mapping or a list of mappings";
        Err(self.fail(Code::InvalidYaml, message, value.span))
    }

    fn warn_duplicate(&mut self, seen: &mut HashMap<String, usize>, key: &Node) {
        let Some(text) = key.as_text().filter(|_| !is_merge(key)) else {
            return;
        };
        let line = self.file.location(key.span.start).line;
        if let Some(first) = seen.insert(text.to_owned(), line) {
            let warning = Diagnostic::warning(
                Code::DuplicateKey,
                format!("the key `{text}` stands twice, first on line {first}; SAM takes the last"),
            )
            .at(self.file, key.span)
            .with_help("remove one of the two");
            self.warnings.push(warning);
        }
    }

    /// Where a collection begins; moves behind the bracket of a flow collection.
    fn open(&mut self, bracket: char) -> (usize, Collection) {
        let start = self.content_start();
        if self
            .text
            .get(start..)
            .is_some_and(|rest| rest.starts_with(bracket))
        {
            self.last_end = start + 1;
            return (start, Collection::Flow);
        }
        (start, Collection::Block)
    }

    fn close(&mut self, start: usize, style: Collection) -> Span {
        if style == Collection::Flow {
            self.skip_indicator(Indicator::Comma);
            self.last_end = (self.content_start() + 1).min(self.text.len());
        }
        self.span(start, self.last_end.max(start))
    }
}

/// A JSON number that YAML 1.1 reads as text, such as `1e3`, in a form that it reads as a number.
fn json_number(source: &str) -> Option<String> {
    let needs_other_form = source.contains(['e', 'E']) || source.starts_with("-0");
    let float: f64 = needs_other_form.then(|| source.parse().ok())??;
    if !source.contains(['e', 'E', '.']) {
        return None;
    }
    let text = format!("{float:?}");
    Some(match text.split_once('e') {
        None => text,
        Some((mantissa, exponent)) => {
            let dot = if mantissa.contains('.') { "" } else { ".0" };
            let sign = if exponent.starts_with('-') { "" } else { "+" };
            format!("{mantissa}{dot}e{sign}{exponent}")
        }
    })
}

fn scalar_style(style: saphyr_parser::ScalarStyle) -> ScalarStyle {
    match style {
        saphyr_parser::ScalarStyle::Plain => ScalarStyle::Plain,
        saphyr_parser::ScalarStyle::SingleQuoted => ScalarStyle::SingleQuoted,
        saphyr_parser::ScalarStyle::DoubleQuoted => ScalarStyle::DoubleQuoted,
        saphyr_parser::ScalarStyle::Literal => ScalarStyle::Literal,
        saphyr_parser::ScalarStyle::Folded => ScalarStyle::Folded,
    }
}
