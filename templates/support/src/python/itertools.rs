//! Python's `itertools`, in lists: right where what they are made of does not change before the
//! last use, and where they are run through once.

use super::error::{self, Error, Result};
use super::list::List;
use super::value::Value;

/// `itertools.chain(*iterables)`
pub fn chain(iterables: &[Value]) -> Result<List> {
    let mut items = Vec::new();
    for iterable in iterables {
        items.extend(iterable.iterate()?);
    }
    Ok(List::from(items))
}

/// `itertools.chain.from_iterable(iterable, /)`
pub fn from_iterable(iterable: impl IntoIterator<Item = Value>) -> Result<List> {
    let iterables: Vec<Value> = iterable.into_iter().collect();
    chain(&iterables)
}

/// `itertools.islice(iterable, stop, /)`
pub fn islice(iterable: impl IntoIterator<Item = Value>, stop: i64) -> Result<List> {
    let stop = usize::try_from(stop).map_err(|_| no_index(stop))?;
    Ok(iterable.into_iter().take(stop).collect())
}

/// `itertools.islice(iterable, start, stop, step=1, /)`
pub fn islice_from(
    iterable: impl IntoIterator<Item = Value>,
    start: i64,
    stop: Option<i64>,
    step: i64,
) -> Result<List> {
    let limit = stop.map_or(Ok(usize::MAX), usize::try_from);
    let (Ok(start), Ok(stop)) = (usize::try_from(start), limit) else {
        return Err(no_index(stop.unwrap_or_default()));
    };
    let step = usize::try_from(step).ok().filter(|step| *step > 0);
    let text = "Step for islice() must be a positive integer or None.";
    let step = step.ok_or_else(|| error::value_error(text))?;
    let items = iterable.into_iter().take(stop).skip(start);
    Ok(items.step_by(step).collect())
}

/// What `islice` raises where it is given a negative number; -1 as the stop is told from others.
fn no_index(stop: i64) -> Error {
    let which = if stop == -1 {
        "Stop argument"
    } else {
        "Indices"
    };
    let rest = "must be None or an integer: 0 <= x <= sys.maxsize.";
    error::value_error(format!("{which} for islice() {rest}"))
}

/// `itertools.repeat(object, times)`
pub fn repeat(object: &Value, times: i64) -> List {
    let times = usize::try_from(times).unwrap_or(0);
    std::iter::repeat_n(object, times).collect()
}

/// `itertools.zip_longest(a, b, /, *, fillvalue=None)`
#[cfg(feature = "tuple")]
pub fn zip_longest(
    a: impl IntoIterator<Item = Value>,
    b: impl IntoIterator<Item = Value>,
    fillvalue: &Value,
) -> List {
    let (mut a, mut b) = (a.into_iter(), b.into_iter());
    let or_fill = |item: Option<Value>| item.unwrap_or_else(|| fillvalue.clone());
    let pairs = std::iter::from_fn(|| match (a.next(), b.next()) {
        (None, None) => None,
        (a, b) => Some((or_fill(a), or_fill(b))),
    });
    pairs.collect()
}

/// `itertools.product(a, b, /)`
#[cfg(feature = "tuple")]
pub fn product(a: impl IntoIterator<Item = Value>, b: impl IntoIterator<Item = Value>) -> List {
    let b: Vec<Value> = b.into_iter().collect();
    let pairs = a
        .into_iter()
        .flat_map(|a| b.iter().map(move |b| (a.clone(), b)));
    pairs.collect()
}

/// `itertools.combinations(iterable, r)`
#[cfg(feature = "tuple")]
pub fn combinations(iterable: impl IntoIterator<Item = Value>, r: i64) -> Result<List> {
    let items: Vec<Value> = iterable.into_iter().collect();
    let r = usize::try_from(r).map_err(|_| error::value_error("r must be non-negative"))?;
    let mut chosen = Vec::new();
    let mut found = Vec::new();
    choose(&items, r, &mut chosen, &mut found);
    Ok(List::from(found))
}

/// Adds every choice of so many of the items, after what is chosen already.
#[cfg(feature = "tuple")]
fn choose(items: &[Value], count: usize, chosen: &mut Vec<Value>, found: &mut Vec<Value>) {
    if count == 0 {
        found.push(Value::Tuple(chosen.clone().into()));
        return;
    }
    let mut rest = items;
    while let Some((first, after)) = rest.split_first() {
        if rest.len() < count {
            return;
        }
        chosen.push(first.clone());
        choose(after, count - 1, chosen, found);
        chosen.pop();
        rest = after;
    }
}

/// `itertools.accumulate(iterable)`
pub fn accumulate(iterable: impl IntoIterator<Item = Value>) -> Result<List> {
    let mut totals: Vec<Value> = Vec::new();
    for item in iterable {
        let total = match totals.last() {
            Some(total) => super::ops::add(total, &item)?,
            None => item,
        };
        totals.push(total);
    }
    Ok(List::from(totals))
}

/// `itertools.takewhile(predicate, iterable, /)`
pub fn takewhile(
    mut predicate: impl FnMut(Value) -> Result<Value>,
    iterable: impl IntoIterator<Item = Value>,
) -> Result<List> {
    let mut items = Vec::new();
    for item in iterable {
        if !predicate(item.clone())?.is_true() {
            break;
        }
        items.push(item);
    }
    Ok(List::from(items))
}

/// `itertools.dropwhile(predicate, iterable, /)`
pub fn dropwhile(
    mut predicate: impl FnMut(Value) -> Result<Value>,
    iterable: impl IntoIterator<Item = Value>,
) -> Result<List> {
    let mut items = Vec::new();
    for item in iterable {
        if !items.is_empty() || !predicate(item.clone())?.is_true() {
            items.push(item);
        }
    }
    Ok(List::from(items))
}

/// `itertools.filterfalse(predicate, iterable, /)`
pub fn filterfalse(
    mut predicate: impl FnMut(Value) -> Result<Value>,
    iterable: impl IntoIterator<Item = Value>,
) -> Result<List> {
    let mut items = Vec::new();
    for item in iterable {
        if !predicate(item.clone())?.is_true() {
            items.push(item);
        }
    }
    Ok(List::from(items))
}

/// `itertools.groupby(iterable)`
#[cfg(feature = "tuple")]
pub fn groupby(iterable: impl IntoIterator<Item = Value>) -> Result<List> {
    groupby_key(iterable, Ok)
}

/// `itertools.groupby(iterable, key)`
#[cfg(feature = "tuple")]
pub fn groupby_key(
    iterable: impl IntoIterator<Item = Value>,
    mut key: impl FnMut(Value) -> Result<Value>,
) -> Result<List> {
    let mut groups: Vec<(Value, List)> = Vec::new();
    for item in iterable {
        let rank = key(item.clone())?;
        match groups.last() {
            Some((last, items)) if *last == rank => items.push(item),
            _ => groups.push((rank, List::from(vec![item]))),
        }
    }
    Ok(groups.into_iter().collect())
}
