//! The lines that the Python side writes.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde::Deserialize;

use super::{Branch, Coverage, FileCoverage, Kind, Read, Trace};
use crate::python::Step;

#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    reads: Vec<ReadLine>,
    #[serde(default)]
    files: Vec<FileLine>,
    trouble: Option<String>,
}

#[derive(Deserialize)]
struct ReadLine {
    root: String,
    path: Vec<Step>,
    kinds: BTreeSet<Kind>,
    compared: BTreeSet<String>,
}

#[derive(Deserialize)]
struct FileLine {
    path: PathBuf,
    #[serde(default)]
    executed: BTreeSet<u32>,
    #[serde(default)]
    missing: BTreeSet<u32>,
    #[serde(default)]
    taken: BTreeSet<(u32, i64)>,
    #[serde(default)]
    not_taken: BTreeSet<(u32, i64)>,
}

/// What the lines say together. A line that is none of ours is a trouble.
pub(super) fn read(bytes: &[u8]) -> Trace {
    let mut trace = Trace::default();
    let lines = bytes.split(|byte| *byte == b'\n');
    for line in lines.filter(|line| !line.is_empty()) {
        match serde_json::from_slice::<Line>(line) {
            Ok(line) => trace.merge(line.into()),
            Err(error) => {
                let trouble = format!("a line of the report cannot be read: {error}");
                trace.troubles.insert(trouble);
            }
        }
    }
    trace
}

impl From<Line> for Trace {
    fn from(line: Line) -> Self {
        let event = line.reads.into_iter().filter(|read| read.root == "event");
        let reads = event.map(|read| Read {
            path: read.path,
            kinds: read.kinds,
            compared: read.compared,
        });
        let files = line.files.into_iter().map(|file| {
            let covered = FileCoverage {
                executed: file.executed,
                missing: file.missing,
                taken: file.taken.into_iter().map(branch).collect(),
                not_taken: file.not_taken.into_iter().map(branch).collect(),
            };
            (file.path, covered)
        });
        let trouble = line
            .trouble
            .map(|it| format!("coverage is not measured: {it}"));
        Self {
            reads: reads.collect(),
            coverage: Coverage {
                files: files.collect(),
            },
            troubles: trouble.into_iter().collect(),
        }
    }
}

/// coverage.py writes the end of a function as a negative line.
fn branch((from, to): (u32, i64)) -> Branch {
    Branch {
        from,
        to: u32::try_from(to).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_none_do_not_hide_the_others() {
        let text = concat!(
            r#"{"reads": [{"root": "event", "path": [{"Key": "a"}, "Json", {"Split": null}],"#,
            r#" "kinds": ["Text", "Complex"], "compared": ["x"]}, {"root": "s3", "path": [],"#,
            r#" "kinds": [], "compared": []}], "files": []}"#,
            "\n{\"reads\": [{\"root\n\u{0}\u{ff}\n[]\n{}\n",
            r#"{"files": [{"path": "/a.py", "executed": [1], "missing": [2], "taken": [],"#,
            r#" "not_taken": [[1, -1]]}], "trouble": "no"}"#,
        );
        let trace = read(text.as_bytes());
        assert_eq!(trace.reads.len(), 1);
        let kinds = BTreeSet::from([Kind::Text, Kind::Other]);
        assert_eq!(trace.reads[0].kinds, kinds);
        let exit = Branch { from: 1, to: None };
        let file = &trace.coverage.files[&PathBuf::from("/a.py")];
        assert_eq!(file.not_taken, BTreeSet::from([exit]));
        assert!(trace.troubles.contains("coverage is not measured: no"));
        assert!(trace.troubles.len() >= 3, "{:?}", trace.troubles);
    }
}
