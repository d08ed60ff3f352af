//! Values against what several runs of the original gave.

use serde_json::{Map, Value};

use super::Found;
use super::noise::{fits_number, fits_text, has_marks};

/// Notes where `candidate` does not fit `originals`.
pub(super) fn fits(place: &str, originals: &[&Value], candidate: &Value, found: &mut Found) {
    let first = originals[0];
    if originals.contains(&candidate) && agree(originals) {
        return;
    }
    if let Some(objects) = all(originals, Value::as_object)
        && let Some(candidate) = candidate.as_object()
    {
        return fits_object(place, &objects, candidate, found);
    }
    if let Some(arrays) = all(originals, Value::as_array)
        && let Some(items) = candidate.as_array()
    {
        return fits_array(place, &arrays, items, (first, candidate), found);
    }
    if agree(originals) {
        return found.add(place, "differs", Some(first), Some(candidate));
    }
    let fitting = if let Some(texts) = all(originals, Value::as_str) {
        candidate
            .as_str()
            .is_some_and(|text| fits_texts(&texts, text))
    } else if let Some(numbers) = all(originals, Value::as_f64) {
        candidate
            .as_f64()
            .is_some_and(|number| fits_number(&numbers, number))
    } else {
        // Of several kinds: what varies so much cannot be told apart.
        originals.iter().any(|it| kind(it) == kind(candidate))
    };
    if !fitting {
        let what = "does not have the shape that the original's own runs share";
        found.add(place, what, Some(first), Some(candidate));
    }
}

/// The same of all values, where they all have it.
fn all<'a, T>(values: &[&'a Value], of: impl Fn(&'a Value) -> Option<T>) -> Option<Vec<T>> {
    values.iter().map(|value| of(value)).collect()
}

fn agree<T: PartialEq>(values: &[T]) -> bool {
    values.windows(2).all(|pair| pair[0] == pair[1])
}

fn kind(value: &Value) -> u8 {
    match value {
        Value::Null => 0,
        Value::Bool(_) => 1,
        Value::Number(_) => 2,
        Value::String(_) => 3,
        Value::Array(_) => 4,
        Value::Object(_) => 5,
    }
}

fn below(place: &str, name: &str) -> String {
    if place.is_empty() {
        name.to_owned()
    } else {
        format!("{place}.{name}")
    }
}

fn fits_object(
    place: &str,
    originals: &[&Map<String, Value>],
    candidate: &Map<String, Value>,
    found: &mut Found,
) {
    let everywhere = |name: &str| originals.iter().all(|it| it.contains_key(name));
    for (name, value) in originals[0].iter().filter(|(name, _)| everywhere(name)) {
        let place = below(place, name);
        let values: Vec<_> = originals.iter().map(|it| &it[name]).collect();
        match candidate.get(name) {
            Some(other) => fits(&place, &values, other, found),
            None => found.add(&place, "is missing", Some(value), None),
        }
    }
    // Keys that not all runs have are noise themselves, such as ids that name things.
    let loose = |map: &&Map<String, Value>| map.keys().filter(|name| !everywhere(name)).count();
    let varying: Vec<usize> = originals.iter().map(loose).collect();
    let extra: Vec<_> = candidate
        .iter()
        .filter(|(name, _)| !everywhere(name))
        .collect();
    if varying.iter().all(|&count| count == 0) {
        for (name, value) in extra {
            found.add(&below(place, name), "was not there", None, Some(value));
        }
    } else if agree(&varying) && extra.len() != varying[0] {
        let what = format!("has {} varying keys, not {}", extra.len(), varying[0]);
        found.add(place, what, None, None);
    }
}

fn fits_array(
    place: &str,
    originals: &[&Vec<Value>],
    items: &[Value],
    (first, candidate): (&Value, &Value),
    found: &mut Found,
) {
    let lengths: Vec<_> = originals.iter().map(|it| it.len()).collect();
    if !agree(&lengths) {
        return;
    }
    if items.len() != lengths[0] {
        let what = format!("has {} items, not {}", items.len(), lengths[0]);
        return found.add(place, what, Some(first), Some(candidate));
    }
    if !agree(originals) && is_shuffled(originals) {
        // The order is noise, as that of a set.
        if !same_items(originals[0], items) {
            found.add(place, "holds other items", Some(first), Some(candidate));
        }
        return;
    }
    for (index, item) in items.iter().enumerate() {
        let values: Vec<_> = originals.iter().map(|it| &it[index]).collect();
        fits(&format!("{place}[{index}]"), &values, item, found);
    }
}

/// Whether runs hold the same items in different orders.
fn is_shuffled(originals: &[&Vec<Value>]) -> bool {
    originals
        .iter()
        .skip(1)
        .all(|it| same_items(originals[0], it))
}

fn same_items(one: &[Value], two: &[Value]) -> bool {
    let sorted = |items: &[Value]| {
        let mut texts: Vec<_> = items.iter().map(ToString::to_string).collect();
        texts.sort_unstable();
        texts
    };
    one.len() == two.len() && sorted(one) == sorted(two)
}

/// Texts that differ: words of one kind in the places where they do, or the same items in another
/// order.
fn fits_texts(originals: &[&str], candidate: &str) -> bool {
    match fits_text(originals, candidate) {
        Some(true) => true,
        // Orders may have lined up by chance.
        Some(false) => {
            has_marks(originals, candidate) && fits_inside(originals, candidate) == Some(true)
        }
        None => has_marks(originals, candidate) && fits_inside(originals, candidate) != Some(false),
    }
}

/// Texts that hold JSON, by what they hold; `None` where one holds none.
fn fits_inside(originals: &[&str], candidate: &str) -> Option<bool> {
    let parse = |text: &str| {
        serde_json::from_str::<Value>(text)
            .ok()
            .filter(|it| kind(it) > 3)
    };
    let parsed: Option<Vec<_>> = originals.iter().map(|text| parse(text)).collect();
    let parsed = parsed?;
    let Some(candidate) = parse(candidate) else {
        return Some(false);
    };
    let mut inside = Found::default();
    fits(
        "",
        &parsed.iter().collect::<Vec<_>>(),
        &candidate,
        &mut inside,
    );
    let parsed: Vec<_> = parsed.iter().collect();
    Some(inside.differences.is_empty() && in_order(&parsed, &candidate))
}

/// Whether the keys of objects stand in the order that all originals have: a text is compared by
/// its letters, except that what varies may vary.
fn in_order(originals: &[&Value], candidate: &Value) -> bool {
    if let Some(objects) = all(originals, Value::as_object)
        && let Some(candidate) = candidate.as_object()
    {
        let orders: Vec<Vec<_>> = objects.iter().map(|it| it.keys().collect()).collect();
        let below = |(name, value): (&String, &Value)| {
            let values: Option<Vec<_>> = objects.iter().map(|it| it.get(name)).collect();
            values.is_none_or(|values| in_order(&values, value))
        };
        return (!agree(&orders) || candidate.keys().eq(orders[0].iter().copied()))
            && candidate.iter().all(below);
    }
    if let Some(arrays) = all(originals, Value::as_array)
        && let Some(items) = candidate.as_array()
        && (agree(&arrays) || !is_shuffled(&arrays))
    {
        return items.iter().enumerate().all(|(index, item)| {
            let values: Option<Vec<_>> = arrays.iter().map(|it| it.get(index)).collect();
            values.is_none_or(|values| in_order(&values, item))
        });
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_varies_keeps_the_order_of_its_keys() {
        let texts = |id: &str| format!(r#"{{"owner": "ada", "id": "{id}", "tags": ["a", "b"]}}"#);
        let (one, two) = (
            texts("3f2b8c1e-0000-4000-8000-000000000001"),
            texts("3f2b8c1e-0000-4000-8000-00000000000f"),
        );
        let originals = [one.as_str(), two.as_str()];
        assert!(fits_texts(
            &originals,
            &texts("9f2b8c1e-0000-4000-8000-00000000000a")
        ));
        let swapped =
            r#"{"id": "9f2b8c1e-0000-4000-8000-00000000000a", "owner": "ada", "tags": ["a", "b"]}"#;
        assert!(!fits_texts(&originals, swapped));
    }
}
