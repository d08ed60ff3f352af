//! Words and numbers as sentences want them.

/// `1 call`, `2 calls`.
pub(super) fn count(number: usize, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {}", plural(noun))
    }
}

fn plural(noun: &str) -> String {
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{noun}s"),
    }
}

/// Bytes in the unit that reads best, in powers of ten as Lambda's limits are stated.
pub(super) fn bytes(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn list<T: AsRef<str>>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// A share in per cent, rounded down so that only the whole is called 100.
pub(super) fn percent(part: usize, whole: usize) -> String {
    match whole {
        0 => "100 %".to_owned(),
        _ => format!(
            "{:.1} %",
            (part as f64 * 1000.0 / whole as f64).floor() / 10.0
        )
        .replace("100.0", "100"),
    }
}

/// The name people know a runtime by.
pub(super) fn language(runtime: Option<&str>) -> &str {
    let Some(runtime) = runtime else {
        return "no runtime named";
    };
    let named = [
        ("python", "Python"),
        ("nodejs", "Node.js"),
        ("java", "Java"),
        ("dotnet", ".NET"),
        ("ruby", "Ruby"),
        ("go", "Go"),
        ("provided", "own runtime"),
    ];
    named
        .iter()
        .find(|(prefix, _)| runtime.starts_with(prefix))
        .map_or(runtime, |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_agree_with_numbers() {
        assert_eq!(count(1, "function"), "1 function");
        assert_eq!(count(0, "policy"), "0 policies");
        assert_eq!(count(2, "way"), "2 ways");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(percent(999, 1000), "99.9 %");
        assert_eq!(percent(9_999, 10_000), "99.9 %");
        assert_eq!(percent(3, 3), "100 %");
        assert_eq!(bytes(1_234), "1 kB");
        assert_eq!(bytes(65_500_000), "65.5 MB");
    }
}
