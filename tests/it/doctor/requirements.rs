//! The packages of functions, installed by the real pip from files of the test.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::thread;

use gammaray_migrate::diagnostic::Diagnostic;
use gammaray_migrate::tools::{Packages, Runtime, Tools, ToolsError};
use tempfile::TempDir;

const BACKEND: &str = include_str!("../../fixtures/doctor/backend.py");

/// A project with a function in `function`, and a tool folder.
struct Project {
    folder: TempDir,
    runtime: Runtime,
}

impl Project {
    fn new(test: &str) -> Option<Self> {
        let Ok(runtime) = Tools::at(&crate::common::tools()).runtime(None) else {
            crate::common::skipped(test, "no runtime environment; run .ci/setup");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("function")).unwrap();
        Some(Self { folder, runtime })
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Writes a wheel `native` into the project's root.
    fn wheel(&self, module: &str) {
        self.write("backend.py", BACKEND);
        let code = format!("import backend; backend.write('.', {module:?})");
        let mut command = Command::new(&self.runtime.python);
        command.args(["-c", &code]).current_dir(&self.folder);
        assert!(command.status().unwrap().success());
    }

    fn install(&self) -> Result<Option<Packages>, ToolsError> {
        let tools = Tools::at(&self.path("tools"));
        let file = self.path("function/requirements.txt");
        tools.requirements(&self.runtime, &file, self.folder.path())
    }

    /// What lies in the tool folder's `requirements`, locks aside.
    fn kept(&self) -> usize {
        let Ok(entries) = self.path("tools/requirements").read_dir() else {
            return 0;
        };
        let names = entries.map(|it| it.unwrap().path());
        names
            .filter(|it| it.extension() != Some("lock".as_ref()))
            .count()
    }
}

const WHEEL: &str = "--no-index\n./native-1.0-py3-none-any.whl\n";

fn module(packages: &Packages) -> String {
    fs::read_to_string(packages.folder().join("native.py")).unwrap()
}

#[test]
fn nothing_is_installed_for_nothing() {
    let Some(project) = Project::new("requirements") else {
        return;
    };
    assert!(project.install().unwrap().is_none());
    for text in ["", "# boto3 is there\n\n", "--no-index\n"] {
        project.write("function/requirements.txt", text);
        assert!(project.install().unwrap().is_none(), "{text:?}");
    }
    assert_eq!(project.kept(), 0);
}

#[test]
fn the_same_text_is_installed_once() {
    let Some(mut project) = Project::new("requirements") else {
        return;
    };
    project.wheel("x = 1");
    project.write("function/requirements.txt", WHEEL);
    let first = project.install().unwrap().unwrap();
    assert_eq!(module(&first), "x = 1");
    assert!(!first.folder().join("__pycache__").exists());

    // Nothing is run the second time.
    let python = std::mem::replace(&mut project.runtime.python, "/nothing".into());
    let second = project.install().unwrap().unwrap();
    assert_eq!(second.folder(), first.folder());
    project.runtime.python = python;

    project.write("function/requirements.txt", &format!("# more\n{WHEEL}"));
    let other_text = project.install().unwrap().unwrap();
    assert_ne!(other_text.folder(), first.folder());

    project.wheel("x = 2");
    project.write("function/requirements.txt", WHEEL);
    let other_wheel = project.install().unwrap().unwrap();
    assert_ne!(other_wheel.folder(), first.folder());
    assert_eq!(module(&other_wheel), "x = 2");
    assert_eq!(project.kept(), 3);
}

#[test]
fn several_may_ask_at_once() {
    let Some(project) = Project::new("requirements") else {
        return;
    };
    project.wheel("x = 1");
    project.write("function/requirements.txt", WHEEL);
    let folders = thread::scope(|scope| {
        let ask = || project.install().unwrap().unwrap().folder().to_owned();
        let threads = [scope.spawn(ask), scope.spawn(ask), scope.spawn(ask)];
        threads.map(|thread| thread.join().unwrap())
    });
    assert!(folders.iter().all(|folder| folder == &folders[0]));
    assert!(folders[0].join("native.py").is_file());
    assert_eq!(project.kept(), 1);
}

#[test]
fn a_failure_is_told_in_pips_words_and_leaves_nothing() {
    let Some(project) = Project::new("requirements") else {
        return;
    };
    project.wheel("x = 1");
    let text = format!("{WHEEL}no-such-package-of-ours==1.0\n");
    project.write("function/requirements.txt", &text);
    let said = Diagnostic::from(project.install().unwrap_err());
    assert_eq!(said.code.as_str(), "GM0783");
    let expected = "No matching distribution found for no-such-package-of-ours==1.0";
    assert!(said.message.contains(expected), "{}", said.message);
    assert_eq!(project.kept(), 0);

    // What a killed installation left is not taken for packages.
    project.write("function/requirements.txt", WHEEL);
    let folder = project.install().unwrap().unwrap().folder().to_owned();
    fs::remove_dir_all(&folder).unwrap();
    fs::create_dir(folder.with_extension("part")).unwrap();
    fs::write(folder.with_extension("part").join("half.py"), "").unwrap();
    let again = project.install().unwrap().unwrap();
    assert!(again.folder().join("native.py").is_file());
    assert!(!again.folder().join("half.py").exists());
    assert_eq!(project.kept(), 1);
}

#[test]
fn a_folder_of_the_project_is_never_served_stale() {
    let Some(project) = Project::new("requirements") else {
        return;
    };
    project.write("rust/native/backend.py", BACKEND);
    project.write("rust/native/native.txt", "x = 1");
    let build = "[build-system]\nrequires = []\nbuild-backend = 'backend'\nbackend-path = ['.']\n";
    project.write("rust/native/pyproject.toml", build);
    // From the working folder, not from the file.
    project.write("function/requirements.txt", "./rust/native\n");
    let first = project.install().unwrap().unwrap();
    assert_eq!(module(&first), "x = 1");
    project.write("rust/native/native.txt", "x = 2");
    let second = project.install().unwrap().unwrap();
    assert_eq!(module(&second), "x = 2");
    assert_eq!(module(&first), "x = 1");
    let folder = first.folder().to_path_buf();
    drop(first);
    assert!(!folder.exists());
    assert_eq!(project.kept(), 0);
}
