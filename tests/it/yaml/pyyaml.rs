//! PyYAML as the yardstick: it is what SAM reads templates with.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use gammaray_migrate::source::SourceFile;
use gammaray_migrate::yaml::parse;
use serde_json::{Value as Json, json};
use serde_yaml::Value;

use crate::common::tool;

/// A Python that has PyYAML: the pinned tool environment's, or any.
pub(crate) fn python() -> Option<PathBuf> {
    let has_yaml = |python: &PathBuf| {
        let mut import = Command::new(python);
        import.args(["-c", "import yaml"]).stderr(Stdio::null());
        import.status().is_ok_and(|status| status.success())
    };
    ["python", "python3"]
        .into_iter()
        .filter_map(tool)
        .find(has_yaml)
}

/// What PyYAML makes of each file: its value or its complaint.
pub(crate) fn read(python: &Path, files: &[PathBuf]) -> Vec<Result<Json, String>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/yaml/pyyaml.py");
    let mut child = Command::new(python)
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let names: String = files
        .iter()
        .map(|file| format!("{}\n", file.display()))
        .collect();
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || input.write_all(names.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    let answers: Vec<_> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(
            |line| match serde_json::from_str::<Vec<Json>>(line).unwrap().as_slice() {
                [_, value] => Ok(value.clone()),
                [.., error] => Err(error.to_string()),
                [] => panic!("an empty answer"),
            },
        )
        .collect();
    assert_eq!(answers.len(), files.len(), "an answer for each file");
    answers
}

/// Our value of a text, in the script's form.
pub(crate) fn ours(text: &str) -> Result<Json, String> {
    let document =
        parse(&SourceFile::from_text("template.yaml", text)).map_err(|error| error.to_string())?;
    let value = document
        .root
        .to_value()
        .map_err(|error| error.to_string())?;
    Ok(as_json(&value))
}

fn as_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => json!(value),
        Value::String(text) => json!(text),
        Value::Number(number) if number.is_f64() => match number.as_f64().unwrap() {
            float if float.is_nan() => json!({"\0float": "nan"}),
            float if float.is_infinite() => json!({"\0float": float.to_string()}),
            float => json!(float),
        },
        Value::Number(number) => number
            .as_i64()
            .map_or_else(|| json!(number.as_u64()), |integer| json!(integer)),
        Value::Sequence(items) => items.iter().map(as_json).collect(),
        Value::Mapping(mapping) => mapping
            .iter()
            .map(|(key, value)| {
                let key = match as_json(key) {
                    Json::String(text) => text,
                    other => format!("\0{other}"),
                };
                (key, as_json(value))
            })
            .collect::<serde_json::Map<_, _>>()
            .into(),
        Value::Tagged(tagged) => json!({ tagged.tag.to_string(): as_json(&tagged.value) }),
    }
}

/// Where the two differ; `None` where they agree.
pub(crate) fn difference(
    theirs: &Result<Json, String>,
    ours: &Result<Json, String>,
) -> Option<String> {
    match (theirs, ours) {
        (Ok(theirs), Ok(ours)) => first_difference(theirs, ours, "."),
        (Err(_), Err(_)) => None,
        (Ok(_), Err(error)) => Some(format!("only we refuse: {error}")),
        (Err(error), Ok(_)) => Some(format!("only PyYAML refuses: {error}")),
    }
}

/// Equal up to the last digit, in which the reader of the script's JSON may err.
fn nearly(left: Option<f64>, right: Option<f64>) -> bool {
    matches!((left, right), (Some(l), Some(r)) if (l - r).abs() <= f64::EPSILON * l.abs())
}

fn first_difference(theirs: &Json, ours: &Json, at: &str) -> Option<String> {
    match (theirs, ours) {
        (Json::Object(left), Json::Object(right)) if left.keys().eq(right.keys()) => left
            .iter()
            .find_map(|(key, value)| first_difference(value, &right[key], &format!("{at}/{key}"))),
        (Json::Array(left), Json::Array(right)) if left.len() == right.len() => left
            .iter()
            .zip(right)
            .enumerate()
            .find_map(|(index, (l, r))| first_difference(l, r, &format!("{at}/{index}"))),
        (Json::Number(left), Json::Number(right)) => {
            let same = left == right
                || (left.is_f64() && right.is_f64() && nearly(left.as_f64(), right.as_f64()));
            (!same).then(|| format!("at {at}: {left} and {right}"))
        }
        _ => (theirs != ours).then(|| format!("at {at}: PyYAML has {theirs}, we have {ours}")),
    }
}
