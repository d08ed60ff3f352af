//! Horizontal bars in groups, each with its name before it and its figure behind it. A bar can
//! have several parts, the first of them the darkest.

use super::{Caption, LETTER, SERIES, WIDTH, escape, push, svg};

/// Bars that belong together.
pub(in crate::report::bench) struct Group {
    /// What they share; empty for the only group.
    pub(in crate::report::bench) name: String,
    pub(in crate::report::bench) bars: Vec<Bar>,
}

/// One bar.
pub(in crate::report::bench) struct Bar {
    pub(in crate::report::bench) name: String,
    /// The number of its colour.
    pub(in crate::report::bench) series: usize,
    /// Lengths, one behind the other.
    pub(in crate::report::bench) parts: Vec<f64>,
    /// The middle half of the figures.
    pub(in crate::report::bench) spread: Option<(f64, f64)>,
    /// The figure with its unit.
    pub(in crate::report::bench) value: String,
}

impl Bar {
    fn end(&self) -> f64 {
        let whole: f64 = self.parts.iter().sum();
        self.spread.map_or(whole, |(_, high)| whole.max(high))
    }
}

const ROW: f64 = 22.0;
const THICK: f64 = 13.0;
const HEADING: f64 = 22.0;
const GAP: f64 = 8.0;

/// The longest name that stands before a bar, in letters.
const NAME: usize = 18;

pub(in crate::report::bench) fn bars(caption: &Caption<'_>, groups: &[Group]) -> String {
    let all = || groups.iter().flat_map(|group| &group.bars);
    let most = all().map(Bar::end).fold(0.0, f64::max);
    if most <= 0.0 {
        return String::new();
    }
    let letters = |text: &str, limit: usize| text.chars().count().min(limit) as f64 * LETTER;
    let names = all().map(|bar| letters(&bar.name, NAME));
    let left = names.fold(0.0, f64::max) + 10.0;
    // Figures are bold.
    let values = all().map(|bar| letters(&bar.value, 30) * 1.25);
    let right = values.fold(0.0, f64::max) + 8.0;
    let unit = (WIDTH - left - right) / most;
    let mut content = String::new();
    let mut y = 4.0;
    for group in groups {
        if !group.name.is_empty() {
            let name = escape(&group.name);
            let baseline = y + 15.0;
            push(
                &mut content,
                format_args!("<text class=\"group\" x=\"0\" y=\"{baseline:.1}\">{name}</text>"),
            );
            y += HEADING;
        }
        let top = y;
        for bar in &group.bars {
            draw(&mut content, bar, left, y, unit);
            y += ROW;
        }
        push(
            &mut content,
            format_args!(
                "<line class=\"ground\" x1=\"{left:.1}\" x2=\"{left:.1}\" y1=\"{top:.1}\" \
                 y2=\"{y:.1}\"/>"
            ),
        );
        y += GAP;
    }
    svg(caption, y, &content)
}

fn draw(content: &mut String, bar: &Bar, left: f64, y: f64, unit: f64) {
    let class = format!("s{}", bar.series % SERIES);
    let (middle, baseline) = (y + ROW / 2.0, y + ROW / 2.0 + 4.0);
    push(
        content,
        format_args!(
            "<text class=\"end\" x=\"{:.1}\" y=\"{baseline:.1}\">{}</text>",
            left - 8.0,
            escape(&shortened(&bar.name))
        ),
    );
    let mut x = left;
    for (number, part) in bar.parts.iter().enumerate() {
        let width = (part * unit).max(if number == 0 { 1.0 } else { 0.0 });
        push(
            content,
            format_args!(
                "<rect class=\"bar {class} part{}\" x=\"{x:.1}\" y=\"{:.1}\" width=\"{width:.1}\" \
                 height=\"{THICK}\"/>",
                number.min(2),
                middle - THICK / 2.0
            ),
        );
        x += width;
    }
    if let Some((low, high)) = bar.spread.filter(|(low, high)| (high - low) * unit >= 2.0) {
        push(
            content,
            format_args!(
                "<line class=\"whisker\" x1=\"{:.1}\" x2=\"{:.1}\" y1=\"{middle:.1}\" \
                 y2=\"{middle:.1}\"/>",
                left + low * unit,
                left + high * unit
            ),
        );
    }
    let end = (left + bar.end() * unit).max(x);
    push(
        content,
        format_args!(
            "<text class=\"value {class}\" x=\"{:.1}\" y=\"{baseline:.1}\">{}</text>",
            end + 7.0,
            escape(&bar.value)
        ),
    );
}

fn shortened(name: &str) -> String {
    match name.char_indices().nth(NAME) {
        None => name.to_owned(),
        Some(_) => name.chars().take(NAME - 1).chain(['…']).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn long_names_end_in_an_ellipsis() {
        assert_eq!(shortened("python"), "python");
        assert_eq!(shortened("python with the extension"), "python with the e…");
    }
}
