//! Python's `csv`: writing into a `StringIO`.

use super::csv::{self, QUOTE_ALL, QUOTE_MINIMAL, QUOTE_NONNUMERIC};
use super::dict::Dict;
use super::error::{self, Result};
use super::io::{self, StringIo};
use super::value::Value;

/// `csv.writer`
#[derive(Debug, Clone)]
pub struct Writer {
    file: StringIo,
    delimiter: char,
    quote: char,
    quoting: i64,
    line_end: String,
}

/// `csv.writer(csvfile, *, delimiter=',', quotechar='"', quoting=0, lineterminator='\r\n')`.
/// `QUOTE_NONE` is refused.
pub fn writer(
    csvfile: &StringIo,
    delimiter: &str,
    quotechar: &str,
    quoting: i64,
    lineterminator: &str,
) -> Result<Writer> {
    if ![QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC].contains(&quoting) {
        return Err(error::untranslated(format!(
            "csv with the quoting {quoting}"
        )));
    }
    Ok(Writer {
        file: csvfile.clone(),
        delimiter: csv::character("delimiter", delimiter)?,
        quote: csv::character("quotechar", quotechar)?,
        quoting,
        line_end: lineterminator.to_owned(),
    })
}

impl Writer {
    fn field(&self, value: &Value, is_alone: bool) -> String {
        let text = match value {
            Value::None => String::new(),
            other => other.to_string(),
        };
        let is_number = matches!(value.type_name(), "int" | "float" | "bool" | "Decimal");
        let special = |c: char| c == self.delimiter || c == self.quote || self.line_end.contains(c);
        let is_quoted = self.quoting == QUOTE_ALL
            || (self.quoting == QUOTE_NONNUMERIC && !is_number)
            || (text.is_empty() && is_alone)
            || text.contains(special);
        if !is_quoted {
            return text;
        }
        let quote = self.quote.to_string();
        let doubled = text.replace(self.quote, &quote.repeat(2));
        format!("{quote}{doubled}{quote}")
    }

    fn write(&self, row: &[Value]) -> i64 {
        let fields: Vec<String> = row
            .iter()
            .map(|value| self.field(value, row.len() == 1))
            .collect();
        let line = fields.join(&self.delimiter.to_string()) + &self.line_end;
        io::write(&self.file, &line)
    }
}

/// `csv.writer.writerow(row, /)`.
pub fn writerow(writer: &Writer, row: &Value) -> Result<i64> {
    match row.iterate() {
        Ok(fields) => Ok(writer.write(&fields.collect::<Vec<_>>())),
        Err(_) => {
            let name = row.type_name();
            Err(csv::failure(format!("iterable expected, not {name}")))
        }
    }
}

/// `csv.writer.writerows(rows, /)`.
pub fn writerows(writer: &Writer, rows: &Value) -> Result<()> {
    for row in rows.iterate()? {
        writerow(writer, &row)?;
    }
    Ok(())
}

/// `csv.DictWriter`
#[derive(Debug, Clone)]
pub struct DictWriter {
    writer: Writer,
    names: Value,
    rest: Value,
    ignores: bool,
}

/// `csv.DictWriter(f, fieldnames, restval='', extrasaction='raise', *, delimiter=',', quotechar='"', quoting=0, lineterminator='\r\n')`.
/// `QUOTE_NONE` is refused.
#[expect(clippy::too_many_arguments, reason = "Python has as many")]
pub fn dict_writer(
    f: &StringIo,
    fieldnames: &Value,
    restval: &Value,
    extrasaction: &str,
    delimiter: &str,
    quotechar: &str,
    quoting: i64,
    lineterminator: &str,
) -> Result<DictWriter> {
    let ignores = match extrasaction.to_lowercase().as_str() {
        "raise" => false,
        "ignore" => true,
        _ => {
            return Err(error::value_error(format!(
                "extrasaction ({extrasaction}) must be 'raise' or 'ignore'"
            )));
        }
    };
    Ok(DictWriter {
        writer: writer(f, delimiter, quotechar, quoting, lineterminator)?,
        names: fieldnames.clone(),
        rest: restval.clone(),
        ignores,
    })
}

/// `csv.DictWriter.writeheader()`.
pub fn writeheader(writer: &DictWriter) -> Result<i64> {
    let names = writer.names.iterate()?;
    Ok(writer.writer.write(&names.collect::<Vec<_>>()))
}

/// `csv.DictWriter.writerow(rowdict)`.
pub fn writerow_dict(writer: &DictWriter, rowdict: &Dict) -> Result<i64> {
    let names: Vec<Value> = writer.names.iterate()?.collect();
    if !writer.ignores {
        let keys = rowdict.to_keys();
        let wrong: Vec<&Value> = keys.iter().filter(|key| !names.contains(key)).collect();
        match wrong[..] {
            [] => {}
            [key] => {
                let shown = super::ops::repr(key);
                let text = format!("dict contains fields not in fieldnames: {shown}");
                return Err(error::value_error(text));
            }
            _ => return Err(error::untranslated("several fields without a name")),
        }
    }
    let mut row = Vec::with_capacity(names.len());
    for name in &names {
        row.push(
            rowdict
                .look_up(name)?
                .unwrap_or_else(|| writer.rest.clone()),
        );
    }
    Ok(writer.writer.write(&row))
}

/// `csv.DictWriter.writerow(rowdict)`.
pub fn writerow_dict_value(writer: &DictWriter, rowdict: &Value) -> Result<i64> {
    let method = if writer.ignores { "get" } else { "keys" };
    writerow_dict(writer, rowdict.expect_dict(method)?)
}

/// `csv.DictWriter.writerows(rowdicts)`.
pub fn writerows_dict(writer: &DictWriter, rowdicts: &Value) -> Result<()> {
    for row in rowdicts.iterate()? {
        writerow_dict_value(writer, &row)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::dict::dict;
    use crate::python::list::list;

    fn written(row: &Value, delimiter: &str, quote: &str, quoting: i64, end: &str) -> String {
        let file = io::string_io("");
        let result =
            writer(&file, delimiter, quote, quoting, end).and_then(|writer| writerow(&writer, row));
        match result {
            Ok(count) => {
                let text = io::getvalue(&file);
                assert_eq!(count, text.chars().count() as i64);
                text
            }
            Err(error) => format!("{}: {error}", error.class().name),
        }
    }

    #[test]
    fn rows_are_written_as_python_writes_them() {
        for (row, expected) in [
            (list![1, 2.5, Value::None, true].into(), "1,2.5,,True\r\n"),
            (
                list!["a,b", "c\"d", "e\nf", "g\rh", "", "i j", "k'l"].into(),
                "\"a,b\",\"c\"\"d\",\"e\nf\",\"g\rh\",,i j,k'l\r\n",
            ),
            (list![].into(), "\r\n"),
            (list![""].into(), "\"\"\r\n"),
            (list![Value::None].into(), "\"\"\r\n"),
            (list!["", ""].into(), ",\r\n"),
            ("ab".into(), "a,b\r\n"),
            (dict! {"a": 1}.into(), "a\r\n"),
            (list![1e16, 1e-7].into(), "1e+16,1e-07\r\n"),
            (5.into(), "Error: iterable expected, not int"),
        ] {
            assert_eq!(written(&row, ",", "\"", QUOTE_MINIMAL, "\r\n"), expected);
        }
        let row = list!["a;b", "c,d", "e\"f", 1, 2.5, Value::None, "", "g'h", "i\nj"].into();
        for (delimiter, quote, quoting, end, expected) in [
            (
                ";",
                "\"",
                0,
                "\r\n",
                "\"a;b\";c,d;\"e\"\"f\";1;2.5;;;g'h;\"i\nj\"\r\n",
            ),
            (
                ",",
                "\"",
                1,
                "\r\n",
                "\"a;b\",\"c,d\",\"e\"\"f\",\"1\",\"2.5\",\"\",\"\",\"g'h\",\"i\nj\"\r\n",
            ),
            (
                ",",
                "\"",
                2,
                "\r\n",
                "\"a;b\",\"c,d\",\"e\"\"f\",1,2.5,\"\",\"\",\"g'h\",\"i\nj\"\r\n",
            ),
            (
                ",",
                "'",
                0,
                "\r\n",
                "a;b,'c,d',e\"f,1,2.5,,,'g''h','i\nj'\r\n",
            ),
            (
                ",",
                "\"",
                0,
                "\n",
                "a;b,\"c,d\",\"e\"\"f\",1,2.5,,,g'h,\"i\nj\"\n",
            ),
        ] {
            assert_eq!(written(&row, delimiter, quote, quoting, end), expected);
        }
    }

    #[test]
    fn rows_have_names() -> Result<()> {
        let file = io::string_io("");
        let make = |names: Value, rest: &str, action: &str| {
            dict_writer(&file, &names, &rest.into(), action, ",", "\"", 0, "\r\n")
        };
        let strict = make(list!["a", "b"].into(), "", "raise")?;
        assert_eq!(writeheader(&strict)?, 5);
        writerow_dict(&strict, &dict! {"a": 1})?;
        writerow_dict(&strict, &dict! {"b": 2, "a": Value::None})?;
        let lenient = make(list!["a", "b"].into(), "-", "ignore")?;
        writerows_dict(&lenient, &list![dict! {"c": 1}].into())?;
        assert_eq!(io::getvalue(&file), "a,b\r\n1,\r\n,2\r\n-,-\r\n");
        let text = |result: Result<i64>| result.map_err(|error| error.to_string());
        let wrong = "dict contains fields not in fieldnames: 'c'".to_owned();
        assert_eq!(text(writerow_dict(&strict, &dict! {"c": 1})), Err(wrong));
        let keys = "'int' object has no attribute 'keys'".to_owned();
        assert_eq!(text(writerow_dict_value(&strict, &5.into())), Err(keys));
        let action = make(list![].into(), "", "x").map(|_| 0);
        let expected = "extrasaction (x) must be 'raise' or 'ignore'".to_owned();
        assert_eq!(text(action), Err(expected));
        Ok(())
    }
}
