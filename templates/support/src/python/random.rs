//! Python's `random`, whose numbers cannot be told beforehand: there is no `seed`.

use super::error::{self, Result};
use super::list::List;
use super::os;
use super::value::Value;

/// Random bits.
fn bits() -> Result<u64> {
    let mut bytes = [0; 8];
    os::fill(&mut bytes)?;
    Ok(u64::from_le_bytes(bytes))
}

/// A number from 0 on and below another one, which is not 0.
pub fn below(end: u64) -> Result<u64> {
    let unused = end.leading_zeros();
    loop {
        let number = bits()?.checked_shr(unused).unwrap_or_default();
        if number < end {
            return Ok(number);
        }
    }
}

/// `random.random()`.
pub fn random() -> Result<f64> {
    Ok((bits()? >> 11) as f64 / 9_007_199_254_740_992.0)
}

/// `random.uniform(a, b)`.
pub fn uniform(a: f64, b: f64) -> Result<f64> {
    Ok(a + (b - a) * random()?)
}

/// `random.getrandbits(k, /)`.
/// Of at most 63 bits.
pub fn getrandbits(k: i64) -> Result<i64> {
    match k {
        ..0 => Err(error::value_error("number of bits must be non-negative")),
        0 => Ok(0),
        1..=63 => Ok((bits()? >> (64 - k)) as i64),
        _ => Err(super::ops::beyond_64_bits()),
    }
}

/// `random.randbytes(n)`.
#[cfg(feature = "bytes")]
pub fn randbytes(n: i64) -> Result<Vec<u8>> {
    match n {
        ..0 => Err(error::value_error("number of bits must be non-negative")),
        n => os::urandom(n),
    }
}

/// `random.randint(a, b)`.
pub fn randint(a: i64, b: i64) -> Result<i64> {
    within(a, i128::from(b) + 1)
}

/// `random.randint(a, b)`.
/// Other numbers than ints are refused.
pub fn randint_value(a: &Value, b: &Value) -> Result<i64> {
    match (a.as_int(), b.as_int()) {
        (Some(a), Some(b)) => randint(a, b),
        _ => Err(error::untranslated(
            "random numbers between other than ints",
        )),
    }
}

/// A number from a first one on and below another one.
fn within(start: i64, stop: i128) -> Result<i64> {
    let width = stop - i128::from(start);
    if width <= 0 {
        let text = format!("empty range for randrange() ({start}, {stop}, {width})");
        return Err(error::value_error(text));
    }
    let number = match u64::try_from(width) {
        Ok(width) => below(width)?,
        Err(_) => bits()?,
    };
    Ok(start.wrapping_add(number as i64))
}

/// `random.randrange(start)`.
pub fn randrange(start: i64) -> Result<i64> {
    if start <= 0 {
        return Err(error::value_error("empty range for randrange()"));
    }
    within(0, i128::from(start))
}

/// `random.randrange(start, stop)`.
pub fn randrange_from(start: i64, stop: i64) -> Result<i64> {
    within(start, i128::from(stop))
}

/// `random.randrange(start, stop, step)`.
pub fn randrange_step(start: i64, stop: i64, step: i64) -> Result<i64> {
    if step == 1 {
        return randrange_from(start, stop);
    }
    let width = i128::from(stop) - i128::from(start);
    let step = i128::from(step);
    let count = match step {
        0 => return Err(error::value_error("zero step for randrange()")),
        1.. => (width + step - 1).div_euclid(step),
        // Steps downwards divide what lies between downwards.
        _ => (-width - step - 1).div_euclid(-step),
    };
    match u64::try_from(count) {
        Ok(1..) => {}
        Ok(0) | Err(_) => return Err(error::value_error("empty range for randrange()")),
    }
    let number = i128::from(start) + step * i128::from(below(count as u64)?);
    i64::try_from(number).map_err(|_| super::ops::beyond_64_bits())
}

/// One of so many places.
fn place(count: usize) -> Result<usize> {
    if count == 0 {
        let text = "Cannot choose from an empty sequence";
        return Err(error::index_error(text));
    }
    Ok(below(count as u64)? as usize)
}

/// `random.choice(seq)`.
pub fn choice(seq: &str) -> Result<String> {
    let characters: Vec<char> = seq.chars().collect();
    let chosen = place(characters.len())?;
    Ok(characters[chosen].to_string())
}

/// `random.choice(seq)`.
pub fn choice_list(seq: &List) -> Result<Value> {
    let chosen = place(seq.len())?;
    Ok(seq.at(chosen).unwrap_or_default())
}

/// `random.choice(seq)`.
pub fn choice_value(seq: &Value) -> Result<Value> {
    let items = items(seq)?;
    match (place(items.len())?, seq) {
        #[cfg(feature = "set")]
        (_, Value::Set(_)) => Err(error::type_error("'set' object is not subscriptable")),
        (_, Value::Dict(_)) => Err(error::untranslated("a random choice from a dict")),
        (chosen, _) => Ok(items[chosen].clone()),
    }
}

/// The items of a value that has a length.
fn items(value: &Value) -> Result<Vec<Value>> {
    match value.iterate() {
        Ok(items) => Ok(items.collect()),
        Err(_) => {
            let name = value.type_name();
            let text = format!("object of type '{name}' has no len()");
            Err(error::type_error(text))
        }
    }
}

/// `random.choices(population, *, k=1)`.
pub fn choices(population: &Value, k: i64) -> Result<List> {
    let population = sequence(population)?;
    let chosen = (0..k).map(|_| {
        // As Python makes a place of a fraction.
        let at = (random()? * population.len() as f64).floor() as usize;
        population.item(at)
    });
    chosen.collect::<Result<Vec<_>>>().map(List::from)
}

/// Items of a list, or the characters of a text.
struct Population {
    items: Vec<Value>,
    kind: &'static str,
}

impl Population {
    fn len(&self) -> usize {
        self.items.len()
    }

    fn item(&self, at: usize) -> Result<Value> {
        let kind = self.kind;
        let text = || match kind {
            "str" => "string index out of range".to_owned(),
            "bytes" => "index out of range".to_owned(),
            kind => format!("{kind} index out of range"),
        };
        self.items
            .get(at)
            .cloned()
            .ok_or_else(|| error::index_error(text()))
    }
}

fn sequence(value: &Value) -> Result<Population> {
    let kind = value.type_name();
    if matches!(kind, "dict" | "set") {
        return Err(error::untranslated(format!(
            "a random choice from a {kind}"
        )));
    }
    let items = items(value)?;
    Ok(Population { items, kind })
}

/// `random.choices(population, weights, *, k=1)`.
/// Weights that are other than ints and floats are refused.
pub fn choices_weighted(population: &Value, weights: &Value, k: i64) -> Result<List> {
    if weights.is_none() {
        return choices(population, k);
    }
    let population = sequence(population)?;
    if let (Some(k), false) = (weights.as_int(), matches!(weights, Value::Bool(_))) {
        let text = format!("The number of choices must be a keyword argument: k={k}");
        return Err(error::type_error(text));
    }
    let mut total = 0.0;
    let mut bounds = Vec::new();
    for weight in weights.iterate()? {
        total += match weight {
            Value::Float(weight) => weight,
            other => match other.as_int() {
                Some(weight) => weight as f64,
                None => return Err(error::untranslated("weights that are not numbers")),
            },
        };
        bounds.push(total);
    }
    if bounds.len() != population.len() {
        let text = "The number of weights does not match the population";
        return Err(error::value_error(text));
    }
    if bounds.is_empty() {
        return Err(error::index_error("list index out of range"));
    }
    if total <= 0.0 {
        let text = "Total of weights must be greater than zero";
        return Err(error::value_error(text));
    }
    if !total.is_finite() {
        return Err(error::value_error("Total of weights must be finite"));
    }
    let chosen = (0..k).map(|_| {
        let point = random()? * total;
        let at = bounds.partition_point(|bound| *bound <= point);
        population.item(at.min(bounds.len() - 1))
    });
    chosen.collect::<Result<Vec<_>>>().map(List::from)
}

/// `random.sample(population, k)`.
pub fn sample(population: &Value, k: i64) -> Result<List> {
    let mut items = match population {
        Value::Str(_) | Value::List(_) => items(population)?,
        #[cfg(feature = "tuple")]
        Value::Tuple(_) => items(population)?,
        #[cfg(feature = "bytes")]
        Value::Bytes(_) => items(population)?,
        #[cfg(feature = "object")]
        Value::Object(_) => return Err(error::untranslated("a sample of an object")),
        _ => {
            let text = "Population must be a sequence.  For dicts or sets, use sorted(d).";
            return Err(error::type_error(text));
        }
    };
    let size = match usize::try_from(k) {
        Ok(size) if size <= items.len() => size,
        _ => {
            let text = "Sample larger than population or is negative";
            return Err(error::value_error(text));
        }
    };
    let mut chosen = Vec::with_capacity(size);
    for _ in 0..size {
        let at = place(items.len())?;
        chosen.push(items.swap_remove(at));
    }
    Ok(List::from(chosen))
}

/// `random.shuffle(x)`.
pub fn shuffle(x: &List) -> Result<()> {
    let mut items = x.to_vec();
    for last in (1..items.len()).rev() {
        items.swap(last, place(last + 1)?);
    }
    x.replace(items);
    Ok(())
}

/// `random.shuffle(x)`.
/// Dicts are refused.
pub fn shuffle_value(x: &Value) -> Result<()> {
    if let Value::List(list) = x {
        return shuffle(list);
    }
    let name = x.type_name();
    match (name, items(x)?.len()) {
        ("dict", _) => Err(error::untranslated("a dict that is shuffled")),
        (_, 0 | 1) => Ok(()),
        _ => Err(error::type_error(format!(
            "'{name}' object does not support item assignment"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::list::list;

    fn text<T: std::fmt::Debug>(result: Result<T>) -> String {
        match result {
            Ok(value) => format!("{value:?}"),
            Err(error) => format!("{}: {error}", error.class().name),
        }
    }

    #[test]
    fn numbers_lie_where_they_should() -> Result<()> {
        let mut seen = [false; 6];
        for _ in 0..500 {
            let number = randint(-1, 4)?;
            seen[(number + 1) as usize] = true;
            assert!((0.0..1.0).contains(&random()?));
            assert!((2.0..=3.0).contains(&uniform(2.0, 3.0)?));
            assert!([5, 3].contains(&randrange_step(5, 1, -2)?));
            assert!([0, 5, 10].contains(&randrange_step(0, 11, 5)?));
            assert!((0..8).contains(&getrandbits(3)?));
        }
        assert_eq!(seen, [true; 6]);
        randint(i64::MIN, i64::MAX)?;
        assert_eq!(randrange(1)?, 0);
        Ok(())
    }

    #[test]
    fn items_are_chosen() -> Result<()> {
        let list = list![1, 2, 3];
        assert!(list.to_vec().contains(&choice_list(&list)?));
        assert!("abc".contains(&choice("abc")?));
        let value = Value::from(&list);
        assert_eq!(sample(&value, 3)?.len(), 3);
        assert_eq!(choices(&"ab".into(), 8)?.len(), 8);
        assert_eq!(choices(&value, -1)?.len(), 0);
        let weights = list![0, 1.5, 0].into();
        assert!(choices_weighted(&value, &weights, 5)?.equals(&list![2, 2, 2, 2, 2]));
        shuffle(&list)?;
        let mut items: Vec<_> = list.iter().filter_map(|item| item.as_int()).collect();
        items.sort_unstable();
        assert_eq!(items, [1, 2, 3]);
        Ok(())
    }

    #[test]
    fn raises_what_python_raises() {
        let (empty, one) = (Value::from(list![]), Value::from(list![1]));
        let two = Value::from(list![1, 2]);
        let shuffled = shuffle_value(&"ab".into());
        let expected = [
            (
                text(randint(5, 1)),
                "ValueError: empty range for randrange() (5, 2, -3)",
            ),
            (
                text(randrange(0)),
                "ValueError: empty range for randrange()",
            ),
            (
                text(randrange_from(5, 1)),
                "ValueError: empty range for randrange() (5, 1, -4)",
            ),
            (
                text(randrange_step(1, 5, 0)),
                "ValueError: zero step for randrange()",
            ),
            (
                text(randrange_step(1, 5, -1)),
                "ValueError: empty range for randrange()",
            ),
            (
                text(choice("")),
                "IndexError: Cannot choose from an empty sequence",
            ),
            (
                text(choice_value(&empty)),
                "IndexError: Cannot choose from an empty sequence",
            ),
            (
                text(choice_value(&5.into())),
                "TypeError: object of type 'int' has no len()",
            ),
            (
                text(choices(&empty, 2)),
                "IndexError: list index out of range",
            ),
            (
                text(choices(&"".into(), 2)),
                "IndexError: string index out of range",
            ),
            (
                text(choices_weighted(&one, &two, 1)),
                "ValueError: The number of weights does not match the population",
            ),
            (
                text(choices_weighted(&one, &list![0].into(), 1)),
                "ValueError: Total of weights must be greater than zero",
            ),
            (
                text(choices_weighted(&one, &list![f64::INFINITY].into(), 1)),
                "ValueError: Total of weights must be finite",
            ),
            (
                text(sample(&one, 2)),
                "ValueError: Sample larger than population or is negative",
            ),
            (
                text(sample(&5.into(), 1)),
                "TypeError: Population must be a sequence.  For dicts or sets, use sorted(d).",
            ),
            (
                text(shuffled),
                "TypeError: 'str' object does not support item assignment",
            ),
            (
                text(getrandbits(-1)),
                "ValueError: number of bits must be non-negative",
            ),
        ];
        for (actual, expected) in expected {
            assert_eq!(actual, expected);
        }
    }
}
