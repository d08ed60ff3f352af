//! The report in its three forms.

use gammaray_migrate::report::Canvas;
use gammaray_migrate::report::bench::{Format, write};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use super::{plan, run, subject, variant};

fn written(results: &gammaray_migrate::bench::Results, format: Format) -> String {
    let canvas = Canvas {
        width: 120,
        colour: false,
    };
    let mut out = Vec::new();
    write(results, format, canvas, &mut out).expect("written");
    String::from_utf8(out).expect("text")
}

/// Fails where it is not well formed; the number of elements of each kind that is asked for.
fn count(html: &str, names: &[&str]) -> Vec<usize> {
    let mut reader = Reader::from_str(html);
    let mut open: Vec<String> = Vec::new();
    let mut counts = vec![0; names.len()];
    loop {
        match reader.read_event().expect("well formed") {
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                for (index, wanted) in names.iter().enumerate() {
                    counts[index] += usize::from(*wanted == name);
                }
                for attribute in start.attributes() {
                    attribute.expect("an attribute");
                }
                open.push(name);
            }
            Event::End(end) => {
                assert_eq!(open.pop().as_deref(), Some(end.name().as_ref()));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open, Vec::<String>::new());
    counts
}

#[tokio::test(flavor = "multi_thread")]
async fn all_forms_show_the_same_figures() {
    let (Some(slow), Some(fast), Some(fails)) = (
        variant("python", "app.slow"),
        variant("rust <\"new\"> & bold", "app.fast"),
        variant("broken", "app.fails_later"),
    ) else {
        return;
    };
    let mut plan = plan();
    plan.rounds = 2;
    plan.warm = 6;
    let mut subject = subject(vec![slow, fast, fails]);
    subject.name = "<script>alert(1)</script>".into();
    let results = run(subject, &plan).await;

    let json: Value = serde_json::from_str(&written(&results, Format::Json)).expect("JSON");
    assert_eq!(json["schema"], 1);
    let function = &json["functions"][0];
    assert_eq!(function["architecture"], "arm64");
    let fast = &function["variants"][1];
    assert_eq!(fast["at"][0]["memory"], 512);
    for figure in ["cold_ms", "init_ms", "warm_ms", "peak_memory_bytes"] {
        for part in [
            "count", "min", "p25", "median", "p75", "p95", "p99", "max", "mean",
        ] {
            assert!(fast["at"][0][figure][part].is_number(), "{figure}.{part}");
        }
    }
    assert!(fast["at"][0]["original_to_this"]["warm"]["median"].as_f64() > Some(2.0));
    assert!(fast["at"][0]["million"]["total"].as_f64() > Some(0.2));
    assert_eq!(function["variants"][2]["failure"]["kind"], "ValueError");
    assert_eq!(json["prices"]["gb_second"]["arm64"], 0.000_013_333_4);
    assert!(json["plan"].get("prices").is_none());

    let text = written(&results, Format::Text);
    assert!(
        text.contains("broken failed with 512 MB and has no figures: ValueError"),
        "{text}"
    );
    assert!(text.contains("faster"), "{text}");
    assert!(
        text.contains("Taken on this machine and not on AWS, 2026-09-21"),
        "{text}"
    );

    let html = written(&results, Format::Html);
    assert!(!html.contains("<script>") && html.contains("&lt;script&gt;"));
    assert!(html.contains("no &lt;more&gt; than two"));
    // Nothing is fetched: no address at all is in it, and nothing that names a file.
    for outside in ["http:", "https:", "src=", "href=", "url(", "@import"] {
        assert!(!html.contains(outside), "{outside}");
    }
    assert!(html.contains("prefers-color-scheme: dark"));
    let counts = count(&html, &["figure", "table", "title", "desc", "h1", "h2"]);
    // Warm, cost, cold start, memory, size: each with a table, a title and a description; the
    // page has a title too.
    assert_eq!(counts, [5, 5, 6, 5, 1, 3]);
}
