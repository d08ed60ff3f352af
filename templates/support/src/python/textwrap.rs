//! Python's `textwrap`, as far as it leaves lines as they are.

use super::string_kind::is_space;

/// `textwrap.dedent(text)`
pub fn dedent(text: &str) -> String {
    let is_blank = |c| matches!(c, ' ' | '\t');
    let emptied = |line| {
        if str::trim_matches(line, is_blank).is_empty() {
            ""
        } else {
            line
        }
    };
    let lines: Vec<&str> = text.split('\n').map(emptied).collect();
    let filled = lines.iter().filter(|line| !line.is_empty());
    let margin = filled
        .map(|line| &line[..line.len() - line.trim_start_matches(is_blank).len()])
        .reduce(common_start)
        .unwrap_or_default();
    let cut = lines
        .iter()
        .map(|line| line.strip_prefix(margin).unwrap_or(line));
    cut.collect::<Vec<_>>().join("\n")
}

/// What two indents begin with.
fn common_start<'a>(a: &'a str, b: &str) -> &'a str {
    let same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b);
    &a[..same.count()]
}

/// `textwrap.indent(text, prefix)`
pub fn indent(text: &str, prefix: &str) -> String {
    let mut indented = String::with_capacity(text.len());
    for line in super::string_split::lines(text, true) {
        if !line.trim_matches(is_space).is_empty() {
            indented.push_str(prefix);
        }
        indented.push_str(line);
    }
    indented
}
