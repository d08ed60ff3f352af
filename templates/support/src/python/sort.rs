//! Python's order of sorted items.

use super::error::{self, Result};
use super::ops::lt;
use super::value::Value;

/// So many items are sorted with exactly the comparisons that Python makes.
const EXACT: usize = 63;

/// As `sorted(items, reverse=reverse)`.
pub fn sorted(items: Vec<Value>, reverse: bool) -> Result<Vec<Value>> {
    let keyed = items.into_iter().map(|item| (item, ())).collect();
    Ok(sort(keyed, reverse)?
        .into_iter()
        .map(|(item, ())| item)
        .collect())
}

/// As `sorted(items, key=key, reverse=reverse)`.
pub fn sorted_by(
    items: Vec<Value>,
    mut key: impl FnMut(Value) -> Result<Value>,
    reverse: bool,
) -> Result<Vec<Value>> {
    let mut keyed = Vec::with_capacity(items.len());
    for item in items {
        keyed.push((key(item.clone())?, item));
    }
    Ok(sort(keyed, reverse)?
        .into_iter()
        .map(|(_, item)| item)
        .collect())
}

/// The members of a dict, sorted by their keys.
pub fn sorted_pairs(pairs: Vec<(Value, Value)>) -> Result<Vec<(Value, Value)>> {
    sort(pairs, false)
}

/// Sorts by the keys; equal ones keep their order.
fn sort<T>(mut items: Vec<(Value, T)>, reverse: bool) -> Result<Vec<(Value, T)>> {
    if reverse {
        items.reverse();
    }
    let mut sorted = merge_sort(items)?;
    if reverse {
        sorted.reverse();
    }
    Ok(sorted)
}

fn merge_sort<T>(mut items: Vec<(Value, T)>) -> Result<Vec<(Value, T)>> {
    if items.len() <= EXACT {
        insertion_sort(&mut items)?;
        return Ok(items);
    }
    let is_nan = |key: &Value| matches!(key, Value::Float(number) if number.is_nan());
    if items.iter().any(|(key, _)| is_nan(key)) {
        return Err(error::untranslated("sorting many items with NaN"));
    }
    let second = items.split_off(items.len() / 2);
    let (first, second) = (merge_sort(items)?, merge_sort(second)?);
    let mut merged = Vec::with_capacity(first.len() + second.len());
    let mut first = first.into_iter().peekable();
    let mut second = second.into_iter().peekable();
    while let (Some((low, _)), Some((high, _))) = (first.peek(), second.peek()) {
        merged.extend(if lt(high, low)? {
            second.next()
        } else {
            first.next()
        });
    }
    merged.extend(first);
    merged.extend(second);
    Ok(merged)
}

/// Finds the run that the items begin with and puts the others into it by bisection.
fn insertion_sort<T>(items: &mut [(Value, T)]) -> Result<()> {
    let mut run = 1;
    if items.len() > 1 {
        let falls = lt(&items[1].0, &items[0].0)?;
        run = 2;
        while run < items.len() && lt(&items[run].0, &items[run - 1].0)? == falls {
            run += 1;
        }
        if falls {
            items[..run].reverse();
        }
    }
    for next in run..items.len() {
        let (mut low, mut high) = (0, next);
        while low < high {
            let middle = low + (high - low) / 2;
            if lt(&items[next].0, &items[middle].0)? {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        items[low..=next].rotate_right(1);
    }
    Ok(())
}
