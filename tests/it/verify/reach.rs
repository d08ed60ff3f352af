//! The examples' own cases reach all of their code.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;

use gammaray_migrate::lambda::record::{Authority, Recorder, Rules};
use gammaray_migrate::lambda::standin::{Server, Stack};
use gammaray_migrate::sam::{Code, Function, Project, Template};
use gammaray_migrate::verify::case::Case;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

use super::cases::{FUNCTIONS, cases, events, root, state, verify};
use crate::common::{skipped, tool};

const REGION: &str = "eu-west-1";

/// Lines that no case can reach: what they begin with, and why.
const UNREACHED: &[(&str, &str)] = &[
    (
        "raise TypeError(f\"{type(value).__name__} is not JSON\")",
        "a state has no sets and no bytes",
    ),
    (
        "raise RuntimeError(f\"{failed} of {len(entries)} events",
        "the stand-in takes all events of the right form",
    ),
];

/// A process of `reach.py`.
struct Worker {
    _process: Child,
    input: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Worker {
    fn start(folders: &[PathBuf], handler: &str, variables: &BTreeMap<String, String>) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/verify/reach.py");
        let mut process = Command::new(tool("python3").expect("Python"))
            .arg(script)
            .arg(handler)
            .args(folders)
            .env_clear()
            .envs(variables)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("started");
        Self {
            input: process.stdin.take().expect("a pipe"),
            answers: BufReader::new(process.stdout.take().expect("a pipe")).lines(),
            _process: process,
        }
    }

    async fn ask(&mut self, question: &str) -> Value {
        let line = format!("{question}\n");
        self.input
            .write_all(line.as_bytes())
            .await
            .expect("written");
        let answer = self.answers.next_line().await.expect("read");
        let answer = answer.unwrap_or_else(|| panic!("no answer to {question}"));
        serde_json::from_str(&answer).expect("JSON")
    }
}

/// Where a function's modules are, its own folder first. `inline` holds those of a template.
fn folders(project: &str, function: &Function, inline: &Path) -> Vec<PathBuf> {
    let own = match &function.code {
        Code::Local { path, .. } => root(project).join(path),
        Code::Inline { text, .. } => {
            let mut file = fs::File::create(inline.join("index.py")).expect("a file");
            file.write_all(text.as_bytes()).expect("written");
            inline.to_owned()
        }
        other => panic!("{}: {other:?}", function.id),
    };
    let layer = root(project).join("layers/common");
    [own, layer]
        .into_iter()
        .filter(|path| path.is_dir())
        .collect()
}

struct Bench {
    server: Server,
    recorder: Recorder,
}

impl Bench {
    /// Runs all cases of a function; by file, the lines that none of them reached.
    async fn unreached(
        &self,
        project: &str,
        (template, function): (&Template, &Function),
        cases: &BTreeMap<String, Case>,
    ) -> BTreeMap<String, BTreeSet<(u64, String)>> {
        let inline = tempfile::tempdir().expect("a folder");
        let folders = folders(project, function, inline.path());
        let handler = function.handler.as_ref().and_then(|it| it.value.as_text());
        let stack = Stack::of(template);
        let mut worker = None;
        for (name, case) in cases {
            self.server.reset().await.expect("reset");
            let made = stack
                .provision(&self.server, REGION, function)
                .await
                .expect("provisioned");
            let worker = worker.get_or_insert_with(|| {
                let mut variables = made.variables.clone();
                variables.extend(self.recorder.environment());
                let own = [
                    ("STANDIN", format!("http://{}", self.server.address())),
                    ("AWS_REGION", REGION.to_owned()),
                    ("AWS_DEFAULT_REGION", REGION.to_owned()),
                    ("AWS_ACCESS_KEY_ID", "dummy".to_owned()),
                    ("AWS_SECRET_ACCESS_KEY", "dummy".to_owned()),
                    ("AWS_EC2_METADATA_DISABLED", "true".to_owned()),
                    ("PYTHONDONTWRITEBYTECODE", "1".to_owned()),
                    ("LOG_LEVEL", "INFO".to_owned()),
                ];
                variables.extend(own.map(|(name, value)| (name.to_owned(), value)));
                Worker::start(&folders, handler.expect("a handler"), &variables)
            });
            self.recorder.begin(case.rules());
            let history = case.history.iter().map(|before| &before.event);
            let events: Vec<_> = history.chain([&case.event]).collect();
            let question = json!({"events": events, "state": case.state}).to_string();
            println!("{}/{name}: {}", function.id, worker.ask(&question).await);
        }
        let missed = worker.expect("cases").ask("").await;
        let files = missed.as_object().expect("files").iter();
        let lines = files.map(|(file, lines)| {
            let numbers = lines.as_array().expect("lines").iter();
            let numbers: BTreeSet<_> = numbers.filter_map(Value::as_u64).collect();
            let text = fs::read_to_string(file).expect("its text");
            let numbered = (1..).zip(text.lines().map(str::trim));
            let missed = numbered.filter(|(number, _)| numbers.contains(number));
            let missed = missed.map(|(number, line)| (number, line.to_owned()));
            (file.clone(), missed.collect())
        });
        lines.collect()
    }
}

#[tokio::test]
async fn cases_reach_every_line() {
    let test = "cases_reach_every_line";
    let (Some(moto), Some(_)) = (tool("moto_server"), tool("python3")) else {
        return skipped(test, "moto_server is missing; run .ci/setup");
    };
    let server = Server::start(&moto).await.expect("a server");
    let authority = Arc::new(Authority::new().expect("an authority"));
    let base = format!("http://{}", server.address());
    let recorder = Recorder::start(base, REGION, authority)
        .await
        .expect("a recorder");
    recorder.begin(Rules::default());
    let bench = Bench { server, recorder };
    let mut missed: BTreeMap<String, BTreeSet<(u64, String)>> = BTreeMap::new();
    for (name, folder, id, prefix) in FUNCTIONS {
        let project = Project::read(&root(name), None).expect("a project");
        let found = project.functions().find(|(_, function)| function.id == *id);
        let found = found.expect("the function");
        let verify = verify(name, folder);
        let base = state(&verify.join(folder)).over(&state(&verify));
        let mut cases = cases(name, folder);
        cases.extend(events(name, prefix, &base));
        for (file, lines) in bench.unreached(name, found, &cases).await {
            // What one function leaves out of a shared module, another may reach.
            missed
                .entry(file)
                .and_modify(|missed| missed.retain(|line| lines.contains(line)))
                .or_insert(lines);
        }
    }
    let missed = missed.into_iter().flat_map(|(file, lines)| {
        let line = move |(number, text)| (format!("{file}:{number}"), text);
        lines.into_iter().map(line)
    });
    let known = |text: &str| UNREACHED.iter().any(|(start, _)| text.starts_with(start));
    let missed: Vec<_> = missed.filter(|(_, text)| !known(text)).collect();
    assert_eq!(missed, Vec::new());
}
