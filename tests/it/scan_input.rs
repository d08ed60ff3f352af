//! `scan` as a user runs it, on what it may meet: each piece of bad input is named with a code
//! and a place, and the rest of the scan goes on.

mod contract;
mod folders;
mod python;
mod templates;
mod usage;

use std::fs;
use std::path::Path;
use std::process::Output;
use std::time::{Duration, Instant};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// A template with one function, whose handler is `src/app.py`.
const TEMPLATE: &str = "\
Transform: AWS::Serverless-2016-10-31
Resources:
  Good:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.12
      Handler: app.handler
      CodeUri: src
";

/// A handler with two AWS calls, the second in a loop.
const APP: &str = "\
import boto3

s3 = boto3.client('s3')


def handler(event, context):
    for bucket in s3.list_buckets()['Buckets']:
        s3.get_bucket_location(Bucket=bucket['Name'])
    return {}
";

/// No input may keep a scan busy for longer, in a debug build on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// No input may take more address space.
const MEMORY_KIB: usize = 2 * 1024 * 1024;

/// A tree with a good application in `good/` and another, to be spoilt, in `bad/`.
struct Tree(TempDir);

impl Tree {
    fn new() -> Self {
        let tree = Self(TempDir::new().unwrap());
        for application in ["good", "bad"] {
            tree.write(&format!("{application}/template.yaml"), TEMPLATE);
            tree.write(&format!("{application}/src/app.py"), APP);
        }
        tree
    }

    fn with_template(bytes: impl AsRef<[u8]>) -> Self {
        let tree = Self::new();
        tree.write("bad/template.yaml", bytes);
        tree
    }

    fn with_module(bytes: impl AsRef<[u8]>) -> Self {
        let tree = Self::new();
        tree.write("bad/src/app.py", bytes);
        tree
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, relative: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path().join(relative);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn remove(&self, relative: &str) {
        fs::remove_file(self.path().join(relative)).unwrap();
    }

    /// Scans the tree as JSON under the limits of time and memory, and checks that the good
    /// application was read whole.
    fn scan(&self) -> Scanned {
        let started = Instant::now();
        let limited = format!("ulimit -v {MEMORY_KIB}; exec \"$0\" scan --format json .");
        let output = Command::new("sh")
            .args(["-c", &limited, env!("CARGO_BIN_EXE_gammaray-migrate")])
            .current_dir(self.path())
            .timeout(PATIENCE)
            .output()
            .unwrap();
        assert!(started.elapsed() < PATIENCE);
        let scanned = Scanned::new(&output);
        let good = scanned.function("good/template.yaml");
        assert_eq!(good["aws_calls"].as_array().unwrap().len(), 2, "{good}");
        scanned
    }
}

/// A scan's outcome.
struct Scanned {
    exit: i32,
    json: Value,
}

impl Scanned {
    fn new(output: &Output) -> Self {
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(!errors.contains("panicked"), "{errors}");
        let exit = output.status.code();
        let exit = exit.unwrap_or_else(|| panic!("ended by {}: {errors}", output.status));
        let json = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("exit {exit}: {error}: {errors}"));
        Self { exit, json }
    }

    fn list(&self, key: &str) -> &[Value] {
        self.json[key].as_array().unwrap()
    }

    /// The only function of a template.
    fn function(&self, template: &str) -> &Value {
        let mut own = self
            .list("functions")
            .iter()
            .filter(|function| function["template"] == template);
        let function = own.next().unwrap_or_else(|| panic!("{:#}", self.json));
        assert!(own.next().is_none());
        function
    }

    /// All diagnostics as `file:line:column code message`, those of functions included.
    fn diagnostics(&self) -> Vec<String> {
        let of_functions = self
            .list("functions")
            .iter()
            .flat_map(|function| function["diagnostics"].as_array().unwrap());
        self.list("diagnostics")
            .iter()
            .chain(of_functions)
            .map(|found| {
                assert!(found["help"].is_string(), "no help: {found}");
                format!(
                    "{}:{}:{} {} {}",
                    found["file"].as_str().unwrap_or("-"),
                    found["line"],
                    found["column"],
                    found["code"].as_str().unwrap(),
                    found["message"].as_str().unwrap()
                )
            })
            .collect()
    }

    /// Asserts the exit code and that some diagnostic begins so.
    #[track_caller]
    fn says(&self, exit: i32, start: &str) -> &Self {
        let found = self.diagnostics();
        assert!(found.iter().any(|it| it.starts_with(start)), "{found:#?}");
        assert_eq!(self.exit, exit, "{found:#?}");
        self
    }

    /// Asserts that every template was read and there is nothing to say.
    #[track_caller]
    fn is_clean(&self) -> &Self {
        assert_eq!(self.diagnostics(), Vec::<String>::new());
        assert_eq!(self.exit, 0);
        self
    }
}
