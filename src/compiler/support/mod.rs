//! The support modules: what generated crates take from Python, as Rust sources.
//!
//! In: the sources under `templates/support`, embedded. Out: the [`Signature`]s of the Python
//! functions that they stand for, and copies of the modules with all removed that a crate does not
//! use ([`prune`]). A Python module is mapped by one file there; nothing here names one.

mod hierarchy;
mod prune;
mod rust_type;
mod signature;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use include_dir::{Dir, include_dir};

use hierarchy::Hierarchy;

pub use prune::prune;
pub use signature::{Default, Kind, Parameter, ParameterKind, Passing, Signature};

/// Tuples with names, which as a value of unknown type would have to be tuples in all they do.
const TUPLES: [&str; 2] = ["struct_time::StructTime", "urllib_split::ParseResult"];

static SOURCES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates/support/src/python");

/// The support modules, parsed.
pub struct Support {
    /// Their files by module name.
    pub modules: BTreeMap<String, Module>,
    /// Modules that add methods to types of other modules.
    pub extenders: BTreeSet<String>,
    /// Opaque types that Rust shows as `str()` does.
    pub displays: BTreeSet<String>,
    /// Opaque types that a `Value` may hold, with the features that this needs.
    pub values: BTreeMap<String, BTreeSet<String>>,
    /// The features that each module stands under.
    pub gates: BTreeMap<String, BTreeSet<String>>,
    /// Signatures by qualified Python name, overloads in the order of their files.
    signatures: BTreeMap<String, Vec<Signature>>,
    /// The features that single functions stand under, by module and name.
    gated: BTreeMap<(String, String), BTreeSet<String>>,
    /// What the opaque types are called and what they inherit from.
    hierarchy: Hierarchy,
}

/// One module.
pub struct Module {
    /// Its text.
    pub text: &'static str,
}

impl std::fmt::Debug for Support {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Support")
            .field("modules", &self.modules.len())
            .finish_non_exhaustive()
    }
}

impl Support {
    fn load() -> Self {
        let mut modules = BTreeMap::new();
        let mut signatures: BTreeMap<String, Vec<Signature>> = BTreeMap::new();
        let mut gates = BTreeMap::new();
        let (mut extenders, mut displays) = (BTreeSet::new(), BTreeSet::new());
        let mut hierarchy = Hierarchy::default();
        let mut gated = BTreeMap::new();
        let mut values = BTreeMap::new();
        for file in SOURCES.files() {
            let name = file.path().file_stem().and_then(|stem| stem.to_str());
            let (Some(name), Some(text)) = (name, file.contents_utf8()) else {
                continue;
            };
            // The tests parse every module; one that is not Rust does not get into the binary.
            let Ok(syntax) = syn::parse_file(text) else {
                continue;
            };
            if name == "mod" {
                gates = prune::gates(&syntax);
                continue;
            }
            if prune::extends(&syntax) {
                extenders.insert(name.to_owned());
            }
            displays.extend(signature::displayed(name, &syntax));
            hierarchy.add(name, &syntax);
            let functions = prune::gated(&syntax).into_iter();
            gated.extend(functions.map(|(item, features)| ((name.to_owned(), item), features)));
            let converted = signature::converted(name, &syntax).into_iter();
            values.extend(converted.filter(|(path, _)| !TUPLES.contains(&&**path)));
            for signature in signature::of_module(name, &syntax) {
                let overloads = signatures.entry(signature.python.clone()).or_default();
                overloads.push(signature);
            }
            modules.insert(name.to_owned(), Module { text });
        }
        Self {
            modules,
            extenders,
            displays,
            values,
            gates,
            signatures,
            gated,
            hierarchy,
        }
    }

    /// The overloads of a qualified Python name, such as `json.dumps`, `str.partition`, `len`.
    pub fn overloads(&self, python: &str) -> &[Signature] {
        self.signatures.get(python).map_or(&[], Vec::as_slice)
    }

    /// Whether some mapped name begins with this one and a dot.
    pub fn knows_module(&self, python: &str) -> bool {
        let start = format!("{python}.");
        self.signatures
            .range(start.clone()..)
            .next()
            .is_some_and(|(name, _)| name.starts_with(&start))
    }

    /// Every mapped name with its overloads.
    pub fn signatures(&self) -> impl Iterator<Item = (&String, &Vec<Signature>)> {
        self.signatures.iter()
    }

    /// Whether a qualified Python name is that of an opaque type.
    pub fn has_type(&self, python: &str) -> bool {
        self.overloads(python)
            .iter()
            .any(|it| it.kind == Kind::Type)
    }

    /// The Python name of an opaque type, by its Rust path.
    pub fn python_name(&self, path: &str) -> Option<&str> {
        self.hierarchy.python_name(path)
    }

    /// The overloads of a member of a type, which it may have from a class that it inherits from:
    /// the qualified name and the overloads.
    pub fn member(&self, owner: &str, name: &str) -> (String, &[Signature]) {
        for class in self.hierarchy.line(owner) {
            let qualified = format!("{class}.{name}");
            let overloads = self.overloads(&qualified);
            if !overloads.is_empty() {
                return (qualified, overloads);
            }
        }
        (format!("{owner}.{name}"), &[])
    }

    /// Whether instances of one opaque type are of another too, by their Rust paths.
    pub fn inherits(&self, path: &str, from: &str) -> bool {
        match (self.python_name(path), self.python_name(from)) {
            (Some(owner), Some(from)) => self.hierarchy.line(owner).any(|class| class == from),
            _ => false,
        }
    }
}

/// The support modules of this tool.
pub fn support() -> &'static Support {
    static SUPPORT: OnceLock<Support> = OnceLock::new();
    SUPPORT.get_or_init(Support::load)
}
