//! Values against what several runs of the original gave.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::Found;
use super::noise::{fits_number, fits_text, has_ends, has_marks, has_pieces};

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
        // `1764000000` is no reading of a clock that gives `1764000000.25`.
        let alike = originals.iter().any(|it| it.is_f64() == candidate.is_f64());
        let number = candidate.as_f64().filter(|_| alike);
        number.is_some_and(|number| fits_number(&numbers, number))
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
    } else if agree(&varying) {
        if extra.len() != varying[0] {
            let what = format!("has {} varying keys, not {}", extra.len(), varying[0]);
            return found.add(place, what, None, None);
        }
        let entries = |map: &&Map<String, Value>| -> Vec<(String, Value)> {
            let entries = map.iter().filter(|(name, _)| !everywhere(name));
            entries
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect()
        };
        let entries: Vec<_> = originals.iter().map(entries).collect();
        for (name, value) in extra {
            if !(0..varying[0]).any(|index| fits_entry(&entries, index, name, value)) {
                let what = "has neither name nor value of the keys that vary";
                found.add(&below(place, name), what, None, Some(value));
            }
        }
    }
}

/// Whether an entry has the shape that those at one place of the originals share, name and value.
fn fits_entry(originals: &[Vec<(String, Value)>], index: usize, name: &str, value: &Value) -> bool {
    let names: Vec<&str> = originals.iter().map(|it| it[index].0.as_str()).collect();
    let values: Vec<&Value> = originals.iter().map(|it| &it[index].1).collect();
    let mut inside = Found::default();
    fits("", &values, value, &mut inside);
    inside.differences.is_empty() && (names.contains(&name) || fits_texts(&names, name))
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
        return fits_pool(place, originals, items, (first, candidate), found);
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

/// Lists of varying length: each item must have the shape that all items share, and a list that is
/// never empty must not be.
fn fits_pool(
    place: &str,
    originals: &[&Vec<Value>],
    items: &[Value],
    (first, candidate): (&Value, &Value),
    found: &mut Found,
) {
    if items.is_empty() && originals.iter().all(|it| !it.is_empty()) {
        return found.add(place, "has no items", Some(first), Some(candidate));
    }
    let pool: Vec<&Value> = originals.iter().flat_map(|it| it.iter()).collect();
    // A single item says nothing of what the others may be.
    if pool.len() < 2 {
        return;
    }
    for (index, item) in items.iter().enumerate() {
        fits(&format!("{place}[{index}]"), &pool, item, found);
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
    if let Some(same) = has_pieces(originals, candidate) {
        return same;
    }
    match fits_text(originals, candidate) {
        Some(true) => true,
        // Orders may have lined up by chance.
        Some(false) => {
            has_marks(originals, candidate) && fits_inside(originals, candidate) == Some(true)
        }
        None if !has_marks(originals, candidate) => false,
        None => match fits_inside(originals, candidate) {
            Some(inside) => inside && style(candidate).is_subset(&styles(originals)),
            None => has_ends(originals, candidate),
        },
    }
}

/// How JSON is written: its blanks with the marks before them, and escapes of letters.
fn style(text: &str) -> BTreeSet<(char, &str)> {
    let mut found = BTreeSet::new();
    let (mut quoted, mut rest) = (false, text);
    while let Some(letter) = rest.chars().next() {
        let (_, after) = rest.split_at(letter.len_utf8());
        rest = after;
        match letter {
            '"' => quoted = !quoted,
            '\\' if quoted => {
                if rest.starts_with('u') {
                    found.insert(('u', ""));
                }
                rest = rest.get(1..).unwrap_or_default();
            }
            letter if quoted && !letter.is_ascii() => drop(found.insert(('é', ""))),
            ',' | ':' if !quoted => {
                let blanks = rest.len() - rest.trim_start().len();
                found.insert((letter, &rest[..blanks]));
            }
            _ => {}
        }
    }
    found
}

fn styles<'a>(texts: &[&'a str]) -> BTreeSet<(char, &'a str)> {
    texts.iter().flat_map(|text| style(text)).collect()
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
    use serde_json::json;

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

    fn fit(originals: &[Value], candidate: &Value) -> bool {
        let mut found = Found::default();
        let originals: Vec<&Value> = originals.iter().collect();
        fits("", &originals, candidate, &mut found);
        found.differences.is_empty()
    }

    #[test]
    fn what_varies_in_number_or_name_keeps_its_shape() {
        let lists = [json!([{"n": 1}]), json!([{"n": 7}, {"n": 2}])];
        assert!(fit(&lists, &json!([{"n": 3}, {"n": 4}, {"n": 5}])));
        for other in [json!([]), json!([{"m": 3}]), json!(["n"])] {
            assert!(!fit(&lists, &other), "{other}");
        }
        let keyed = |id: &str, name: &str| json!({id: {"name": name}, "all": 1});
        let maps = [
            keyed("3f2b8c1e-0000-4000-8000-000000000001", "ada"),
            keyed("3f2b8c1e-0000-4000-8000-00000000000f", "ada"),
        ];
        let id = "9f2b8c1e-0000-4000-8000-00000000000a";
        assert!(fit(&maps, &keyed(id, "ada")));
        assert!(!fit(&maps, &keyed(id, "bob")));
        assert!(!fit(&maps, &keyed("id", "ada")));
        let times = [json!(1_764_000_000.25), json!(1_764_000_001.5)];
        assert!(fit(&times, &json!(1_764_000_002.0)));
        assert!(!fit(&times, &json!(1_764_000_002)));
    }

    #[test]
    fn a_text_that_varies_much_keeps_what_does_not_vary() {
        let sets = ["{'red', 'tan'}", "{'tan', 'red'}"];
        assert!(fits_texts(&sets, "{'red', 'tan'}"));
        assert!(!fits_texts(&sets, "{'foo', 'bar'}"));
        let spaced = ["{'a b', 'c', 'd'}", "{'c', 'a b', 'd'}"];
        assert!(fits_texts(&spaced, "{'d', 'c', 'a b'}"));
        assert!(!fits_texts(&spaced, "{'d', 'c', 'x y'}"));
        let took = ["took 0.5 s", "took 1e-05 s"];
        assert!(fits_texts(&took, "took 2 s"));
        for other in ["", "took 0.5", "spent 2 s"] {
            assert!(!fits_texts(&took, other), "{other}");
        }
        assert!(!fits_texts(&["after 1234", "after 4321"], "after None"));
        let json = [
            r#"{"a": 0.5, "b": "\u00e9"}"#,
            r#"{"a": 1e-05, "b": "\u00e9"}"#,
        ];
        assert!(fits_texts(&json, r#"{"a": 2.5, "b": "\u00e9"}"#));
        for other in [r#"{"a":2.5,"b":"\u00e9"}"#, r#"{"a": 2.5, "b": "é"}"#] {
            assert!(!fits_texts(&json, other), "{other}");
        }
    }
}
