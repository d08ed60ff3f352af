//! Cases that are made from the template and the code.

use std::path::{Path, PathBuf};

use gammaray_migrate::sam::{Function, Project, Template};
use gammaray_migrate::verify::generate::{Generated, Subject, Surroundings, cases};

mod families;

/// A project of the tests or of the examples.
struct World {
    project: Project,
    surroundings: Surroundings,
}

impl World {
    fn read(folder: impl AsRef<Path>) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        Self {
            project: Project::read(&root, None).unwrap(),
            surroundings: Surroundings::default(),
        }
    }

    fn every() -> Self {
        Self::read("tests/it/verify/generate/every")
    }

    fn function(&self, id: &str) -> (&Template, &Function) {
        let mut functions = self.project.functions();
        functions.find(|(_, it)| it.id == id).unwrap()
    }

    fn cases(&self, id: &str, limit: usize) -> Vec<Generated> {
        let (template, function) = self.function(id);
        let subject = Subject {
            template,
            function,
            surroundings: &self.surroundings,
        };
        cases(&subject, limit)
    }
}

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/verify/generate")
}
