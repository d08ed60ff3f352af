//! The gallery as one SAM project of many templates, before and after `rewrite --all`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use heck::ToUpperCamelCase;
use serde_json::Value;
use walkdir::WalkDir;

use super::super::command::{run, stderr};
use crate::common::copy;
use crate::plan::project::Project;

/// Files by their paths.
pub(super) type Texts = BTreeMap<PathBuf, String>;

/// The folder of a handler.
pub(super) fn source(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/gallery")
        .join(name)
}

/// All files of a folder; none where it is not there.
pub(super) fn texts(folder: &Path) -> Texts {
    let entries = WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = entries.filter(|it| it.file_type().is_file());
    let text = |path: &Path| String::from_utf8(fs::read(path).unwrap()).unwrap();
    files
        .map(|it| {
            let path = it.path().strip_prefix(folder).unwrap().to_owned();
            (path, text(it.path()))
        })
        .collect()
}

/// Makes a folder hold these files and no others; what is the same already keeps its time.
pub(super) fn sync(files: &Texts, folder: &Path) {
    let there = texts(folder);
    for path in there.keys().filter(|path| !files.contains_key(*path)) {
        fs::remove_file(folder.join(path)).unwrap();
    }
    for (path, text) in files {
        if there.get(path) != Some(text) {
            let place = folder.join(path);
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(place, text).unwrap();
        }
    }
}

pub(super) struct Gallery {
    pub(super) names: Vec<String>,
    /// The handlers in Python.
    pub(super) python: Project,
}

impl Gallery {
    pub(super) fn new() -> Self {
        let only = std::env::var("GALLERY").ok();
        let is_wanted = |name: &String| {
            let only = only.as_deref();
            only.is_none_or(|only| only.split(',').any(|it| it == name))
        };
        let entries = fs::read_dir(source("")).unwrap();
        let names = entries.map(|it| it.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(is_wanted).collect();
        names.sort();
        let python = Project::empty();
        for name in &names {
            copy(&source(name), &python.path(name));
            let template = python.path(name).join("template.yaml");
            if !template.exists() {
                fs::write(template, plain(name)).unwrap();
            }
        }
        Self { names, python }
    }

    pub(super) fn id(name: &str) -> String {
        format!("{}Function", name.to_upper_camel_case())
    }

    /// All handlers as `rewrite --all` leaves them.
    pub(super) fn rewrite(&self) -> Rewritten {
        let project = Project::empty();
        copy(self.python.root(), project.root());
        let arguments = "rewrite --all --yes --no-check --allow-no-vcs --format json";
        let arguments: Vec<&str> = arguments.split(' ').collect();
        let done = run(&project, &arguments);
        let report: Value =
            serde_json::from_slice(&done.stdout).unwrap_or_else(|_| panic!("{}", stderr(&done)));
        let verdicts = report["functions"].as_array().unwrap();
        assert_eq!(verdicts.len(), self.names.len(), "{report:#}");
        let refused = verdicts.iter().filter(|it| it["status"] != "complete");
        let refused = refused
            .map(|it| {
                let reasons = it["diagnostics"].as_array().into_iter().flatten();
                let reasons =
                    reasons.map(|it| format!("  {}:{} {}", it["file"], it["line"], it["message"]));
                let reasons: Vec<String> = reasons.collect();
                format!("{} is refused\n{}", it["function"], reasons.join("\n"))
            })
            .collect();
        Rewritten { project, refused }
    }
}

/// The template of a function that nothing but its users invokes.
fn plain(name: &str) -> String {
    let id = Gallery::id(name);
    format!(
        "\
Transform: AWS::Serverless-2016-10-31
Resources:
  {id}:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: .
      Handler: app.handler
      Runtime: python3.11
"
    )
}

pub(super) struct Rewritten {
    pub(super) project: Project,
    /// The handlers that were refused, with the reasons.
    pub(super) refused: Vec<String>,
}

impl Rewritten {
    /// The crate of a handler, if it has one.
    pub(super) fn krate(&self, name: &str) -> Option<PathBuf> {
        let folder = PathBuf::from("rust").join(name.replace('_', "-"));
        self.project
            .path("")
            .join(&folder)
            .is_dir()
            .then_some(folder)
    }

    /// The Rust of a handler's own modules.
    pub(super) fn modules(&self, name: &str) -> Texts {
        let Some(folder) = self.krate(name) else {
            return Texts::new();
        };
        let mut modules = texts(&self.project.path("").join(folder).join("src"));
        let others = ["main.rs", "state.rs", "python", "aws"];
        modules.retain(|path, _| !others.iter().any(|it| path.starts_with(it)));
        modules
    }
}
