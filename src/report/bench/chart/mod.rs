//! Charts as SVG that stands inside a page of HTML, whose style sheet gives the colours.
//!
//! Drawn for a width of 400 units, at which the text is legible from a phone to a column of a wide
//! window. Every chart has a title and a description for those who do not see it.

mod bars;
mod lines;

use std::fmt::Write;

pub(super) use bars::{Bar, Group, bars};
pub(super) use lines::{Line, Lines, Point, lines};

/// Units across.
const WIDTH: f64 = 400.0;

/// About what a letter of the charts' text takes.
const LETTER: f64 = 7.2;

/// What every chart has.
pub(super) struct Caption<'a> {
    /// Unique in the page, of letters, digits and hyphens.
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    /// What is seen, in a sentence.
    pub(super) description: &'a str,
}

fn svg(caption: &Caption<'_>, height: f64, content: &str) -> String {
    let Caption {
        id,
        title,
        description,
    } = caption;
    format!(
        "<svg viewBox=\"0 0 {WIDTH} {height:.0}\" role=\"img\" \
         aria-labelledby=\"{id}-title {id}-description\">\
         <title id=\"{id}-title\">{}</title><desc id=\"{id}-description\">{}</desc>\
         {content}</svg>",
        escape(title),
        escape(description)
    )
}

/// Text of SVG or HTML, and of attributes in quotes. Characters that may stand in neither are left
/// out.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' | '\t' => escaped.push(character),
            '\u{fffe}' | '\u{ffff}' => {}
            _ if character.is_control() => {}
            _ => escaped.push(character),
        }
    }
    escaped
}

/// Appends a piece. Writing to a string does not fail.
fn push(content: &mut String, piece: std::fmt::Arguments<'_>) {
    let _never = content.write_fmt(piece);
}

/// The marker of a line, of another shape for each, so that colour is not all that tells.
pub(super) fn marker(series: usize, x: f64, y: f64) -> String {
    let class = format!("mark s{}", series % SERIES);
    match series % 4 {
        0 => format!("<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\"/>"),
        1 => format!(
            "<rect class=\"{class}\" x=\"{:.1}\" y=\"{:.1}\" width=\"7.4\" height=\"7.4\"/>",
            x - 3.7,
            y - 3.7
        ),
        2 => format!(
            "<path class=\"{class}\" d=\"M{x:.1} {:.1}l4.8 8.6h-9.6z\"/>",
            y - 5.4
        ),
        _ => format!(
            "<path class=\"{class}\" d=\"M{x:.1} {:.1}l5 5l-5 5l-5 -5z\"/>",
            y - 5.0
        ),
    }
}

/// Colours that the style sheet has.
pub(super) const SERIES: usize = 6;

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn nothing_leaves_its_text() {
        assert_eq!(
            escape("<b>'\"&\u{1b}[0m\u{0}</b>\n"),
            "&lt;b&gt;&#39;&quot;&amp;[0m&lt;/b&gt;\n"
        );
    }
}
