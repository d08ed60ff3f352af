//! Python's `io.StringIO` and `io.BytesIO`.

use std::cell::RefCell;
use std::rc::Rc;

use super::error::{self, Result};
use super::list::List;
use super::value::Value;

/// Characters or bytes, and the place where they are read and written.
#[derive(Debug, Default)]
struct Buffer<T> {
    items: Vec<T>,
    at: usize,
}

impl<T: Copy + PartialEq + Default> Buffer<T> {
    fn write(&mut self, items: &[T]) -> i64 {
        if items.is_empty() {
            return 0;
        }
        let end = self.at + items.len();
        if self.items.len() < end {
            self.items.resize(end, T::default());
        }
        self.items[self.at..end].copy_from_slice(items);
        self.at = end;
        items.len() as i64
    }

    /// The items up to so many, or all that follow.
    fn read(&mut self, size: Option<i64>) -> &[T] {
        let start = self.at.min(self.items.len());
        let rest = self.items.len() - start;
        let size = size.and_then(|size| usize::try_from(size).ok());
        let end = start + size.unwrap_or(rest).min(rest);
        self.at = self.at.max(end);
        &self.items[start..end]
    }

    fn read_line(&mut self, end: T) -> &[T] {
        let rest = self.items.get(self.at..).unwrap_or_default();
        let line = rest.iter().position(|item| *item == end);
        let size = line.map_or(rest.len(), |at| at + 1);
        self.read(Some(size as i64))
    }

    fn seek(&mut self, place: i64) -> Result<i64> {
        match usize::try_from(place) {
            Ok(at) => self.at = at,
            Err(_) => return Err(error::untranslated("a place before the beginning")),
        }
        Ok(place)
    }
}

/// `io.StringIO`
#[derive(Debug, Clone, Default)]
pub struct StringIo(Rc<RefCell<Buffer<char>>>);

/// `io.StringIO(initial_value='')`.
pub fn string_io(initial_value: &str) -> StringIo {
    let items = initial_value.chars().collect();
    StringIo(Rc::new(RefCell::new(Buffer { items, at: 0 })))
}

/// `io.StringIO(initial_value='')`.
pub fn string_io_value(initial_value: &Value) -> Result<StringIo> {
    match initial_value {
        Value::None => Ok(string_io("")),
        Value::Str(text) => Ok(string_io(text)),
        other => {
            let name = other.type_name();
            let text = format!("initial_value must be str or None, not {name}");
            Err(error::type_error(text))
        }
    }
}

/// `io.StringIO.write(s, /)`.
pub fn write(file: &StringIo, s: &str) -> i64 {
    let characters: Vec<char> = s.chars().collect();
    file.0.borrow_mut().write(&characters)
}

/// `io.StringIO.write(s, /)`.
pub fn write_value(file: &StringIo, s: &Value) -> Result<i64> {
    match s {
        Value::Str(text) => Ok(write(file, text)),
        other => {
            let name = other.type_name();
            let text = format!("string argument expected, got '{name}'");
            Err(error::type_error(text))
        }
    }
}

/// `io.StringIO.getvalue()`.
pub fn getvalue(file: &StringIo) -> String {
    file.0.borrow().items.iter().collect()
}

/// `io.StringIO.read(size=None, /)`.
pub fn read(file: &StringIo, size: Option<i64>) -> String {
    file.0.borrow_mut().read(size).iter().collect()
}

/// `io.StringIO.readline()`.
pub fn readline(file: &StringIo) -> String {
    file.0.borrow_mut().read_line('\n').iter().collect()
}

/// `io.StringIO.readlines()`.
pub fn readlines(file: &StringIo) -> List {
    let lines = std::iter::from_fn(|| Some(readline(file)).filter(|line| !line.is_empty()));
    lines.collect()
}

/// `io.StringIO.__next__()`.
pub fn next_line(file: &StringIo) -> Result<String> {
    Some(readline(file))
        .filter(|line| !line.is_empty())
        .ok_or_else(error::stop_iteration)
}

/// `io.StringIO.seek(place, /)`.
pub fn seek(file: &StringIo, place: i64) -> Result<i64> {
    file.0.borrow_mut().seek(place)
}

/// `io.StringIO.tell()`.
pub fn tell(file: &StringIo) -> i64 {
    file.0.borrow().at as i64
}

/// `io.BytesIO`
#[derive(Debug, Clone, Default)]
pub struct BytesIo(Rc<RefCell<Buffer<u8>>>);

/// `io.BytesIO(initial_bytes=b'')`.
pub fn bytes_io(initial_bytes: &[u8]) -> BytesIo {
    let items = initial_bytes.to_vec();
    BytesIo(Rc::new(RefCell::new(Buffer { items, at: 0 })))
}

/// `io.BytesIO(initial_bytes=b'')`.
pub fn bytes_io_value(initial_bytes: &Value) -> Result<BytesIo> {
    match initial_bytes {
        Value::None => Ok(bytes_io(b"")),
        other => super::binascii::bytes_like(other).map(bytes_io),
    }
}

/// `io.BytesIO.write(b, /)`.
pub fn write_bytes(file: &BytesIo, b: &[u8]) -> i64 {
    file.0.borrow_mut().write(b)
}

/// `io.BytesIO.write(b, /)`.
pub fn write_bytes_value(file: &BytesIo, b: &Value) -> Result<i64> {
    Ok(write_bytes(file, super::binascii::bytes_like(b)?))
}

/// `io.BytesIO.getvalue()`.
pub fn getvalue_bytes(file: &BytesIo) -> Vec<u8> {
    file.0.borrow().items.clone()
}

/// `io.BytesIO.read(size=None, /)`.
pub fn read_bytes(file: &BytesIo, size: Option<i64>) -> Vec<u8> {
    file.0.borrow_mut().read(size).to_vec()
}

/// `io.BytesIO.readline()`.
pub fn readline_bytes(file: &BytesIo) -> Vec<u8> {
    file.0.borrow_mut().read_line(b'\n').to_vec()
}

/// `io.BytesIO.seek(place, /)`.
pub fn seek_bytes(file: &BytesIo, place: i64) -> Result<i64> {
    file.0.borrow_mut().seek(place)
}

/// `io.BytesIO.tell()`.
pub fn tell_bytes(file: &BytesIo) -> i64 {
    file.0.borrow().at as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::list::list;

    #[test]
    fn texts_are_written_over_and_read() -> Result<()> {
        let file = string_io("héllo\nx");
        assert_eq!(write(&file, "ab"), 2);
        assert_eq!(getvalue(&file), "abllo\nx");
        assert_eq!((read(&file, Some(2)), tell(&file)), ("ll".to_owned(), 4));
        assert_eq!(readline(&file), "o\n");
        assert_eq!(read(&file, None), "x");
        assert_eq!(read(&file, Some(-1)), "");
        assert_eq!(seek(&file, 9)?, 9);
        assert_eq!(read(&file, None), "");
        assert_eq!(write(&file, "é"), 1);
        assert_eq!(getvalue(&file), "abllo\nx\0\0é");
        seek(&file, 0)?;
        assert!(readlines(&file).equals(&list!["abllo\n", "x\0\0é"]));
        Ok(())
    }

    #[test]
    fn bytes_are_written_and_read() -> Result<()> {
        let file = bytes_io(b"");
        assert_eq!(write_bytes(&file, b"a\nb"), 3);
        assert_eq!(read_bytes(&file, None), b"");
        seek_bytes(&file, 0)?;
        assert_eq!(readline_bytes(&file), b"a\n");
        assert_eq!(read_bytes(&file, Some(9)), b"b");
        assert_eq!(getvalue_bytes(&file), b"a\nb");
        assert_eq!(tell_bytes(&file), 3);
        Ok(())
    }

    #[test]
    fn other_types_raise() {
        let text = |result: Result<i64>| result.map_err(|error| error.to_string());
        let written = write_value(&string_io(""), &5.into());
        let expected = "string argument expected, got 'int'".to_owned();
        assert_eq!(text(written), Err(expected));
        let made = string_io_value(&5.into()).map(|_| 0);
        let expected = "initial_value must be str or None, not int".to_owned();
        assert_eq!(text(made), Err(expected));
    }
}
