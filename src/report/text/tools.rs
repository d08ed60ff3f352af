//! The tools: which are here and where, what to do about those that are missing, and the Python
//! versions.

use std::path::Path;

use super::super::words::list;
use super::Canvas;
use super::layout::{Page, Tone};
use crate::tools::{Check, State, Tool};

pub(in crate::report) fn tools(check: &Check, canvas: Canvas) -> String {
    let mut page = Page::new(canvas);
    page.line(&format!("Tools in {}", check.folder.display()));
    page.blank();
    let rows = check.tools.iter().map(|tool| row(tool, &check.folder));
    page.table(&rows.collect::<Vec<_>>());
    write_missing(&mut page, &check.tools);
    write_pythons(&mut page, check);
    page.blank();
    let verdict = if check.ready {
        page.paint("verify and bench can run", Tone::Good)
    } else {
        page.paint("verify and bench cannot run", Tone::Bad)
    };
    page.line(&verdict);
    page.finish()
}

/// Where a tool is, from the tool folder on if it is there; what it is for, if it is missing.
fn row(tool: &Tool, folder: &Path) -> Vec<String> {
    let version = tool.version.as_deref();
    let version = match (tool.state, &tool.pinned) {
        (State::Missing, _) => "missing".into(),
        (State::Found, _) => version.unwrap_or("here").into(),
        (State::Differs, None) => version.unwrap_or("unknown").into(),
        (State::Differs, Some(pinned)) => {
            format!("{}, not {pinned}", version.unwrap_or("unknown"))
        }
    };
    let needs: Vec<&str> = tool.needed_for.iter().map(|need| need.as_str()).collect();
    let place = match &tool.path {
        Some(path) => shown(path, folder),
        None => tool.purpose.to_owned(),
    };
    vec![tool.name.into(), version, needs.join(", "), place]
}

fn shown(path: &Path, folder: &Path) -> String {
    let path = path.strip_prefix(folder).unwrap_or(path);
    path.display().to_string()
}

/// What installs the missing tools, each command once.
fn write_missing(page: &mut Page, tools: &[Tool]) {
    let mut commands: Vec<(&str, Vec<&str>)> = Vec::new();
    for tool in tools.iter().filter(|tool| tool.state == State::Missing) {
        match commands
            .iter_mut()
            .find(|(command, _)| *command == tool.install)
        {
            Some((_, names)) => names.push(tool.name),
            None => commands.push((tool.install, vec![tool.name])),
        }
    }
    if commands.is_empty() {
        return;
    }
    page.heading("To install what is missing");
    for (command, names) in commands {
        page.line(&format!("  {}:", list(&names)));
        let command = page.paint(command, Tone::Name);
        page.line(&format!("    {command}"));
    }
}

fn write_pythons(page: &mut Page, check: &Check) {
    if check.pythons.is_empty() {
        return;
    }
    page.heading("Python versions that functions can run with");
    let rows = check.pythons.iter().map(|python| {
        let how = match &python.runtime {
            Some(runtime) => shown(runtime, &check.folder),
            None => format!(
                "install: gammaray-migrate doctor --install --python {}",
                python.version
            ),
        };
        vec![python.version.to_string(), how]
    });
    page.table(&rows.collect::<Vec<_>>());
}
