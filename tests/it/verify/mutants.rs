//! Small changes of the examples' functions, such as a wrong translation makes: what `verify` must
//! see, and refactorings that it must not take for changes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use gammaray_migrate::sam::Project;
use ruff_python_parser::parse_module;
use toml_edit::DocumentMut;
use walkdir::WalkDir;

/// What a mutant is to `verify`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Some case shows a difference.
    Different,
    /// None does.
    Equal,
}

/// A function with one change in one of its files.
pub(super) struct Mutant {
    /// `gammaray/authorizer/log-level`.
    pub(super) name: String,
    /// The example.
    pub(super) project: String,
    /// The function's logical id.
    pub(super) function: String,
    /// The file, from the project's root.
    pub(super) file: PathBuf,
    pub(super) kind: Kind,
    find: String,
    replace: String,
}

impl Mutant {
    /// All of them, by name.
    pub(super) fn all() -> Vec<Self> {
        let root = root().join("tests/mutants");
        let files = WalkDir::new(&root).sort_by_file_name().into_iter();
        let files = files.map(|entry| entry.expect("an entry"));
        let files = files.filter(|entry| entry.file_type().is_file());
        files.map(|entry| Self::read(&root, entry.path())).collect()
    }

    fn read(root: &Path, path: &Path) -> Self {
        let name = path.strip_prefix(root).expect("below").with_extension("");
        let name = name.display().to_string();
        let text = fs::read_to_string(path).expect("a file");
        let document: DocumentMut = text
            .parse()
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let field = |key: &str| {
            let value = document.get(key).and_then(|value| value.as_str());
            let value = value.unwrap_or_else(|| panic!("{name}: {key} is missing"));
            value.to_owned()
        };
        assert_eq!(document.len(), 7, "{name}: a key too many");
        assert!(field("why").ends_with('.'), "{name}");
        Self {
            project: field("project"),
            function: field("function"),
            file: field("file").into(),
            kind: match field("kind").as_str() {
                "different" => Kind::Different,
                "equal" => Kind::Equal,
                other => panic!("{name}: {other}"),
            },
            find: field("find"),
            replace: field("replace"),
            name,
        }
    }

    /// The text of its file with the change.
    pub(super) fn text(&self) -> String {
        let file = root().join("examples").join(&self.project).join(&self.file);
        let original = fs::read_to_string(&file).expect("the original");
        let found = original.matches(&self.find).count();
        assert_eq!(found, 1, "{}: occurrences of what is replaced", self.name);
        original.replace(&self.find, &self.replace)
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn each_applies_once_and_is_python() {
    let mut texts = BTreeMap::new();
    for mutant in Mutant::all() {
        assert_ne!(mutant.find, mutant.replace, "{}", mutant.name);
        let text = mutant.text();
        let parsed = parse_module(&text).map(drop);
        assert!(parsed.is_ok(), "{}: {parsed:?}", mutant.name);
        let key = (mutant.project.clone(), mutant.file.clone(), text);
        if let Some(other) = texts.insert(key, mutant.name.clone()) {
            panic!("{} is {other}", mutant.name);
        }
    }
}

#[test]
fn they_are_of_the_functions_that_they_name() {
    let mut counts: BTreeMap<(String, Kind), usize> = BTreeMap::new();
    let names = ["gammaray", "orders"];
    let read = |name: &&str| Project::read(&root().join("examples").join(name), None);
    let projects = names.map(|name| (name, read(&name).expect("a project")));
    for mutant in Mutant::all() {
        let (_, project) = projects
            .iter()
            .find(|(name, _)| *name == mutant.project)
            .unwrap_or_else(|| panic!("{}: there is no such example", mutant.name));
        let found = project.functions().find(|it| it.1.id == mutant.function);
        let (_, function) = found.unwrap_or_else(|| panic!("{}: no function", mutant.name));
        let folder = Path::new(&mutant.name).parent().and_then(Path::file_name);
        assert_eq!(folder.expect("a folder"), &*function.short_name());
        *counts.entry((mutant.function, mutant.kind)).or_default() += 1;
    }
    println!("{counts:#?}");
    let of = |wanted: Kind| -> usize {
        let fitting = counts.iter().filter(|((_, kind), _)| *kind == wanted);
        fitting.map(|(_, count)| count).sum()
    };
    assert!(of(Kind::Different) >= 48 && of(Kind::Equal) >= 6);
}
