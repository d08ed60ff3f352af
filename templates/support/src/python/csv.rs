//! Python's `csv`: reading. Writing is in `csv_writer`.

use std::cell::RefCell;
use std::rc::Rc;

use super::dict::Dict;
use super::error::{self, Class, EXCEPTION, Error, Result};
use super::io::{self, StringIo};
use super::iterate::Iter;
use super::list::List;
use super::value::Value;

/// `csv.Error`
pub static ERROR: Class = Class::new("Error", &[&EXCEPTION]);
/// `csv.QUOTE_MINIMAL`
pub const QUOTE_MINIMAL: i64 = 0;
/// `csv.QUOTE_ALL`
pub const QUOTE_ALL: i64 = 1;
/// `csv.QUOTE_NONNUMERIC`
pub const QUOTE_NONNUMERIC: i64 = 2;

/// The longest field, in characters.
const LIMIT: usize = 131_072;

/// As `csv.Error(text)`.
pub fn failure(text: impl Into<String>) -> Error {
    Error::new(&ERROR, text)
}

/// The one character of a parameter.
pub fn character(name: &str, text: &str) -> Result<char> {
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (Some('\n' | '\r' | ' '), None) => {
            Err(error::untranslated(format!("{name} that is white space")))
        }
        (Some(c), None) => Ok(c),
        _ => {
            let text = format!("\"{name}\" must be a 1-character string");
            Err(error::type_error(text))
        }
    }
}

/// Where lines come from.
#[derive(Debug)]
enum Lines {
    File(StringIo),
    Values(Iter),
}

impl Lines {
    fn of(value: &Value) -> Result<Self> {
        value.iterate().map(Self::Values)
    }

    fn next(&mut self) -> Result<Option<String>> {
        match self {
            Self::File(file) => Ok(Some(io::readline(file)).filter(|line| !line.is_empty())),
            Self::Values(values) => match values.step()? {
                None => Ok(None),
                Some(Value::Str(line)) => Ok(Some(line)),
                Some(other) => {
                    let name = other.type_name();
                    Err(failure(format!(
                        "iterator should return strings, not {name} (the file should be opened \
                         in text mode)"
                    )))
                }
            },
        }
    }
}

/// Where in a row the reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    RowStart,
    FieldStart,
    Field,
    Quoted,
    /// Behind a quote within quotes.
    Quote,
    LineEnd,
}

#[derive(Debug)]
struct Source {
    lines: Lines,
    delimiter: char,
    quote: char,
    skips_space: bool,
    line: i64,
}

/// `csv.reader`
#[derive(Debug, Clone)]
pub struct Reader(Rc<RefCell<Source>>);

/// A row as it is read.
struct Row {
    place: Place,
    field: String,
    length: usize,
    fields: Vec<Value>,
}

impl Row {
    fn add(&mut self, c: char, place: Place) -> Result<()> {
        if self.length >= LIMIT {
            return Err(failure(format!("field larger than field limit ({LIMIT})")));
        }
        self.length += 1;
        self.field.push(c);
        self.place = place;
        Ok(())
    }

    fn end_field(&mut self, place: Place) {
        self.length = 0;
        self.fields.push(std::mem::take(&mut self.field).into());
        self.place = place;
    }
}

impl Source {
    /// Takes a character, or the end of a line.
    fn take(&self, row: &mut Row, c: Option<char>) -> Result<()> {
        let ends = |c: char| matches!(c, '\n' | '\r');
        let after_line = match c {
            None => Place::RowStart,
            Some(_) => Place::LineEnd,
        };
        match (row.place, c) {
            (Place::RowStart | Place::LineEnd, None) => row.place = Place::RowStart,
            (Place::RowStart | Place::LineEnd, Some(c)) if ends(c) => row.place = Place::LineEnd,
            (Place::LineEnd, Some(_)) => {
                return Err(failure(
                    "new-line character seen in unquoted field - do you need to open the file in \
                     universal-newline mode?",
                ));
            }
            (Place::Quoted, None) => {}
            (Place::Quoted, Some(c)) if c == self.quote => row.place = Place::Quote,
            (Place::Quoted, Some(c)) => row.add(c, Place::Quoted)?,
            (Place::Quote, Some(c)) if c == self.quote => row.add(c, Place::Quoted)?,
            (_, None) => row.end_field(after_line),
            (_, Some(c)) if ends(c) => row.end_field(after_line),
            (_, Some(c)) if c == self.delimiter => row.end_field(Place::FieldStart),
            (Place::RowStart | Place::FieldStart, Some(c)) if c == self.quote => {
                row.place = Place::Quoted;
            }
            (Place::RowStart | Place::FieldStart, Some(' ')) if self.skips_space => {
                row.place = Place::FieldStart;
            }
            (_, Some(c)) => row.add(c, Place::Field)?,
        }
        Ok(())
    }

    fn row(&mut self) -> Result<Option<List>> {
        let mut row = Row {
            place: Place::RowStart,
            field: String::new(),
            length: 0,
            fields: Vec::new(),
        };
        loop {
            let Some(line) = self.lines.next()? else {
                if row.length == 0 && row.place != Place::Quoted {
                    return Ok(None);
                }
                row.end_field(Place::RowStart);
                break;
            };
            self.line += 1;
            for c in line.chars() {
                self.take(&mut row, Some(c))?;
            }
            self.take(&mut row, None)?;
            if row.place == Place::RowStart {
                break;
            }
        }
        Ok(Some(List::from(row.fields)))
    }
}

fn started(lines: Lines, delimiter: &str, quotechar: &str, skips_space: bool) -> Result<Reader> {
    Ok(Reader(Rc::new(RefCell::new(Source {
        lines,
        delimiter: character("delimiter", delimiter)?,
        quote: character("quotechar", quotechar)?,
        skips_space,
        line: 0,
    }))))
}

/// `csv.reader(csvfile, *, delimiter=',', quotechar='"', skipinitialspace=False)`.
pub fn reader(
    csvfile: &StringIo,
    delimiter: &str,
    quotechar: &str,
    skipinitialspace: bool,
) -> Result<Reader> {
    let lines = Lines::File(csvfile.clone());
    started(lines, delimiter, quotechar, skipinitialspace)
}

/// `csv.reader(csvfile, *, delimiter=',', quotechar='"', skipinitialspace=False)`.
pub fn reader_value(
    csvfile: &Value,
    delimiter: &str,
    quotechar: &str,
    skipinitialspace: bool,
) -> Result<Reader> {
    started(Lines::of(csvfile)?, delimiter, quotechar, skipinitialspace)
}

fn no_more() -> Error {
    Error::with_args(&error::STOP_ITERATION, Vec::new())
}

/// `csv.reader.__next__()`.
pub fn next(reader: &Reader) -> Result<List> {
    reader.0.borrow_mut().row()?.ok_or_else(no_more)
}

/// `csv.reader.line_num`
pub fn line_num(reader: &Reader) -> i64 {
    reader.0.borrow().line
}

/// `csv.DictReader`
#[derive(Debug, Clone)]
pub struct DictReader {
    reader: Reader,
    names: Rc<RefCell<Option<List>>>,
    rest_key: Value,
    rest_value: Value,
}

/// `csv.DictReader(f, fieldnames=None, restkey=None, restval=None, *, delimiter=',', quotechar='"', skipinitialspace=False)`.
pub fn dict_reader(
    f: &StringIo,
    fieldnames: &Value,
    restkey: &Value,
    restval: &Value,
    delimiter: &str,
    quotechar: &str,
    skipinitialspace: bool,
) -> Result<DictReader> {
    let reader = reader(f, delimiter, quotechar, skipinitialspace)?;
    with_names(reader, fieldnames, restkey, restval)
}

/// `csv.DictReader(f, fieldnames=None, restkey=None, restval=None, *, delimiter=',', quotechar='"', skipinitialspace=False)`.
pub fn dict_reader_value(
    f: &Value,
    fieldnames: &Value,
    restkey: &Value,
    restval: &Value,
    delimiter: &str,
    quotechar: &str,
    skipinitialspace: bool,
) -> Result<DictReader> {
    let reader = reader_value(f, delimiter, quotechar, skipinitialspace)?;
    with_names(reader, fieldnames, restkey, restval)
}

fn with_names(
    reader: Reader,
    fieldnames: &Value,
    restkey: &Value,
    restval: &Value,
) -> Result<DictReader> {
    let names = match fieldnames {
        Value::None => None,
        Value::List(names) => Some(names.clone()),
        other => Some(other.iterate()?.collect()),
    };
    Ok(DictReader {
        reader,
        names: Rc::new(RefCell::new(names)),
        rest_key: restkey.clone(),
        rest_value: restval.clone(),
    })
}

/// `csv.DictReader.fieldnames`
pub fn fieldnames(reader: &DictReader) -> Result<Option<List>> {
    let mut names = reader.names.borrow_mut();
    if names.is_none() {
        *names = reader.reader.0.borrow_mut().row()?;
    }
    Ok(names.clone())
}

/// `csv.DictReader.__next__()`.
pub fn next_dict(reader: &DictReader) -> Result<Dict> {
    let names = fieldnames(reader)?;
    let row = loop {
        let row = next(&reader.reader)?;
        if !row.is_empty() {
            break row.to_vec();
        }
    };
    let names = names.unwrap_or_default().to_vec();
    let members = Dict::new();
    for (name, value) in names.iter().zip(&row) {
        members.set_item(name, value)?;
    }
    if let Some(rest) = row.get(names.len()..).filter(|rest| !rest.is_empty()) {
        members.set_item(&reader.rest_key, List::from(rest.to_vec()))?;
    }
    for name in names.iter().skip(row.len()) {
        members.set_item(name, &reader.rest_value)?;
    }
    Ok(members)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::ops::repr;

    /// All items, until there are no more.
    fn all<R: Into<Value>>(mut next: impl FnMut() -> Result<R>) -> Result<Iter> {
        let mut items = Vec::new();
        loop {
            match next() {
                Ok(item) => items.push(item.into()),
                Err(error) if error.is(&error::STOP_ITERATION) => return Ok(Iter::of_items(items)),
                Err(error) => return Err(error),
            }
        }
    }

    fn rows(reader: &Reader) -> Result<Iter> {
        all(|| next(reader))
    }

    fn dicts(reader: &DictReader) -> Result<Iter> {
        all(|| next_dict(reader))
    }

    fn shown(result: Result<Iter>) -> String {
        match result {
            Ok(items) => repr(&items.collect::<List>().into()),
            Err(error) => format!("{}: {error}", error.class().name),
        }
    }

    const NEW_LINE: &str = "Error: new-line character seen in unquoted field - do you need to open \
        the file in universal-newline mode?";

    #[test]
    fn rows_are_those_of_python() {
        for (text, expected) in [
            ("", "[]"),
            ("a,b\r\nc,d\r\n", "[['a', 'b'], ['c', 'd']]"),
            ("a\rb", NEW_LINE),
            ("\"a\nb\",c\n", "[['a\\nb', 'c']]"),
            ("\"a\"\"b\",c", "[['a\"b', 'c']]"),
            ("a\"b,c\n", "[['a\"b', 'c']]"),
            ("\"a\"b,c\n", "[['ab', 'c']]"),
            (" \"a\",b\n", "[[' \"a\"', 'b']]"),
            ("\n\na\n", "[[], [], ['a']]"),
            ("a,\n", "[['a', '']]"),
            (",\n", "[['', '']]"),
            ("\"", "[['']]"),
            ("\"a", "[['a']]"),
            ("\"\"\n", "[['']]"),
            ("a,\"b\"x\"c\"\n", "[['a', 'bx\"c\"']]"),
            ("\"a\"\r\"b\"", NEW_LINE),
            ("a\r\n\r\nb", "[['a'], [], ['b']]"),
            (
                &"x".repeat(131_073),
                "Error: field larger than field limit (131072)",
            ),
        ] {
            let read = reader(&io::string_io(text), ",", "\"", false);
            assert_eq!(shown(read.and_then(|read| rows(&read))), expected);
        }
    }

    #[test]
    fn parameters_and_other_sources() {
        let text = io::string_io("a; \"b\",\t'c', \"d\"x\n");
        let read = |delimiter, quote, skips| {
            io::seek(&text, 0)?;
            rows(&reader(&text, delimiter, quote, skips)?)
        };
        assert_eq!(
            shown(read(";", "\"", false)),
            r#"[['a', ' "b",\t\'c\', "d"x']]"#
        );
        assert_eq!(
            shown(read(",", "\"", true)),
            r#"[['a; "b"', "\t'c'", 'dx']]"#
        );
        let one = "TypeError: \"delimiter\" must be a 1-character string";
        assert_eq!(shown(read(";;", "\"", true)), one);
        let of =
            |value: Value| shown(reader_value(&value, ",", "\"", false).and_then(|it| rows(&it)));
        let lines: Vec<Value> = vec!["a".into(), "\"b".into(), "c\"".into()];
        assert_eq!(of(List::from(lines).into()), "[['a'], ['bc']]");
        let numbers: Vec<Value> = vec![1.into()];
        assert_eq!(
            of(List::from(numbers).into()),
            "Error: iterator should return strings, not int (the file should be opened in text mode)"
        );
        let none = "TypeError: 'NoneType' object is not iterable";
        assert_eq!(of(Value::None), none);
    }

    #[test]
    fn rows_have_names() -> Result<()> {
        let read = |text: &str, names: &Value, key: &Value, rest: &Value| {
            let file = io::string_io(text);
            let reader = dict_reader(&file, names, key, rest, ",", "\"", false);
            shown(reader.and_then(|reader| dicts(&reader)))
        };
        let none = Value::None;
        assert_eq!(
            read("a,b\n1,2\n\n3\n4,5,6\n", &none, &none, &none),
            "[{'a': '1', 'b': '2'}, {'a': '3', 'b': None}, {'a': '4', 'b': '5', None: ['6']}]"
        );
        assert_eq!(read("", &none, &none, &none), "[]");
        assert_eq!(read("a,a\n1,2\n", &none, &none, &none), "[{'a': '2'}]");
        assert_eq!(
            read("\na,b\n1,2\n", &none, &none, &none),
            "[{None: ['a', 'b']}, {None: ['1', '2']}]"
        );
        let names: Vec<Value> = vec!["x".into(), "y".into()];
        assert_eq!(
            read(
                "1,2,3\n4\n",
                &List::from(names).into(),
                &"r".into(),
                &"v".into()
            ),
            "[{'x': '1', 'y': '2', 'r': ['3']}, {'x': '4', 'y': 'v'}]"
        );
        let plain = reader(&io::string_io("a\n1"), ",", "\"", false)?;
        assert_eq!(
            (next(&plain)?.len(), next(&plain)?.len(), line_num(&plain)),
            (1, 1, 2)
        );
        assert!(next(&plain).is_err_and(|error| error.is(&error::STOP_ITERATION)));
        Ok(())
    }
}
