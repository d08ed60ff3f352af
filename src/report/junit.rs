//! A comparison as JUnit's XML, which CI systems show.
//!
//! Source: the schema that Jenkins's xUnit plugin publishes, in the parts that all readers take.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::verify::compare::Difference;
use crate::verify::outcome::{CaseOutcome, Verdict, Verification};

pub(super) fn verification(verification: &Verification, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = Writer::new_with_indent(out, b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let counts = &verification.counts;
    let attributes = [
        ("name", verification.function.clone()),
        ("tests", counts.cases.to_string()),
        ("failures", counts.different.to_string()),
        ("errors", "0".to_owned()),
        ("skipped", counts.unsettled.to_string()),
        ("time", format!("{:.3}", verification.seconds)),
    ];
    writer
        .create_element("testsuite")
        .with_attributes(
            attributes
                .iter()
                .map(|(name, value)| (*name, value.as_str())),
        )
        .write_inner_content(|writer| {
            for case in &verification.cases {
                write_case(writer, &verification.function, case)?;
            }
            Ok(())
        })?;
    writer.into_inner().write_all(b"\n")
}

fn write_case(
    writer: &mut Writer<&mut dyn Write>,
    function: &str,
    case: &CaseOutcome,
) -> io::Result<()> {
    let name = legal(&case.name);
    let element = writer
        .create_element("testcase")
        .with_attributes([("classname", function), ("name", name.as_str())]);
    match case.verdict {
        Verdict::Equal => return element.write_empty().map(drop),
        Verdict::Unsettled => {
            let skipped = |writer: &mut Writer<&mut dyn Write>| {
                writer.create_element("skipped").write_empty().map(drop)
            };
            return element.write_inner_content(skipped).map(drop);
        }
        Verdict::Different => {}
    }
    element.write_inner_content(|writer| {
        let first = case.differences.first().map(sentence).unwrap_or_default();
        let all: Vec<String> = case.differences.iter().map(explained).collect();
        writer
            .create_element("failure")
            .with_attribute(("message", first.as_str()))
            .write_text_content(BytesText::new(&legal(&all.join("\n"))))?;
        Ok(())
    })?;
    Ok(())
}

fn sentence(difference: &Difference) -> String {
    legal(&format!("{} {}", difference.place, difference.what))
}

fn explained(difference: &Difference) -> String {
    let value = |value: &Option<serde_json::Value>| {
        value
            .as_ref()
            .map_or("nothing".to_owned(), ToString::to_string)
    };
    format!(
        "{}\n  original:    {}\n  replacement: {}",
        sentence(difference),
        value(&difference.original),
        value(&difference.replacement)
    )
}

/// Without the characters that XML 1.0 has no way to write.
fn legal(text: &str) -> String {
    let legal = |letter: char| {
        matches!(letter, '\t' | '\n' | '\r')
            || (letter >= ' ' && !matches!(letter, '\u{fffe}' | '\u{ffff}'))
    };
    text.chars()
        .map(|letter| if legal(letter) { letter } else { '\u{fffd}' })
        .collect()
}
