//! The cases that a project and the user bring.
//!
//! Beside the template: `events/*.json` are events; `verify/state.json` is a [`State`] that all
//! cases begin with, `verify/<name>/state.json` one that is laid over it for the function of that
//! name, and `verify/<name>/*.json` are [`Case`]s of that function. `<name>` is any of the
//! function's names, see [`Function::names`].

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::case::{Case, State};
use super::error::VerifyError;
use crate::sam::{Function, Template};
use crate::source::display_path;

/// The largest file that is read, in bytes: what Lambda takes as an event, with room for state.
const LARGEST: u64 = 32 << 20;

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    /// The state that every case begins with.
    pub(crate) state: State,
    /// Cases with that state under their own.
    pub(crate) cases: Vec<Case>,
    /// What was passed over, and why.
    pub(crate) notes: Vec<String>,
}

/// Cases that lie in the template's folder.
pub(crate) fn of_project(
    root: &Path,
    template: &Template,
    function: &Function,
) -> Result<Gathered, VerifyError> {
    let folder = root.join(template.folder());
    let mut gathered = Gathered::default();
    let verify = folder.join("verify");
    if let Some(state) = optional(&verify.join("state.json"))? {
        gathered.state = state;
    }
    let mut own = Vec::new();
    for name in function.names() {
        own.extend(of_folder(&verify.join(name), &mut gathered.state)?);
    }
    for (path, name) in files(&folder.join("events"))? {
        if !concerns(&name, function, template) {
            continue;
        }
        match json::<Value>(&path) {
            Ok(event) => gathered.cases.push(Case {
                name,
                event,
                ..Case::default()
            }),
            Err(error) => gathered.notes.push(error.to_string()),
        }
    }
    gathered.cases.extend(own);
    gathered.settle();
    Ok(gathered)
}

impl Gathered {
    /// Adds an event that the user names.
    pub(crate) fn add_event(&mut self, path: &Path) -> Result<(), VerifyError> {
        self.cases.push(Case {
            name: stem(path),
            event: json(path)?,
            state: self.state.clone(),
            ..Case::default()
        });
        Ok(())
    }

    /// Adds the cases of a folder that the user names; its `state.json` counts for all cases.
    pub(crate) fn add_folder(&mut self, folder: &Path) -> Result<(), VerifyError> {
        if !folder.is_dir() {
            return Err(unreadable(folder, "there is no such folder"));
        }
        let cases = of_folder(folder, &mut self.state)?;
        self.cases.extend(cases);
        self.settle();
        Ok(())
    }

    fn settle(&mut self) {
        for case in &mut self.cases {
            case.state = case.state.over(&self.state);
        }
    }
}

/// A saved or written case.
pub(crate) fn case(path: &Path) -> Result<Case, VerifyError> {
    let mut case: Case = json(path)?;
    if case.name.is_empty() {
        case.name = stem(path);
    }
    Ok(case)
}

fn of_folder(folder: &Path, state: &mut State) -> Result<Vec<Case>, VerifyError> {
    if let Some(own) = optional::<State>(&folder.join("state.json"))? {
        *state = own.over(state);
    }
    let cases = files(folder)?;
    let cases = cases.iter().filter(|(_, name)| name != "state");
    cases.map(|(path, _)| case(path)).collect()
}

/// Whether an event's file is for a function: by the name of a function that its own begins with,
/// the longest first. One that names no function is for each.
fn concerns(file: &str, function: &Function, template: &Template) -> bool {
    let longest = |function: &Function| {
        let names = function.names();
        let fitting = names.iter().filter(|name| {
            file.strip_prefix(name.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_', '.']))
        });
        fitting.map(String::len).max()
    };
    let best = template.functions.iter().filter_map(longest).max();
    best.is_none() || longest(function) == best
}

/// JSON files of a folder by their names without the ending, in the order of the names.
fn files(folder: &Path) -> Result<Vec<(PathBuf, String)>, VerifyError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(Vec::new());
        }
        Err(error) => return Err(unreadable(folder, error)),
    };
    let mut found: Vec<(PathBuf, String)> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|it| it == "json") && path.is_file())
        .map(|path| (path.clone(), stem(&path)))
        .collect();
    found.sort();
    Ok(found)
}

fn stem(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}

fn optional<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, VerifyError> {
    if path.exists() {
        json(path).map(Some)
    } else {
        Ok(None)
    }
}

fn json<T: DeserializeOwned>(path: &Path) -> Result<T, VerifyError> {
    let size = fs::metadata(path).map_err(|error| unreadable(path, error))?;
    if !size.is_file() || size.len() > LARGEST {
        return Err(unreadable(path, "it is no file of JSON, or too large"));
    }
    let text = fs::read(path).map_err(|error| unreadable(path, error))?;
    // Editors on Windows put a byte order mark there.
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text);
    serde_json::from_slice(text).map_err(|error| unreadable(path, error))
}

fn unreadable(path: &Path, reason: impl ToString) -> VerifyError {
    VerifyError::Case {
        file: display_path(path),
        reason: reason.to_string(),
    }
}
