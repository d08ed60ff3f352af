//! Which project, and which original: what `verify` and `bench` ask alike.

use std::path::PathBuf;

use clap::Args;
use gammaray_migrate::verify::Request;

/// Where a function and its original are.
#[derive(Args)]
pub(crate) struct Sides {
    /// The project's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) project: PathBuf,

    /// Only this template, a path from the project or from here
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,

    /// The original: a folder with the project as it was, or a git revision; by default the
    /// project as it is, or the last revision in which the function was Python
    #[arg(long, value_name = "DIR|REV")]
    original: Option<String>,
}

impl Sides {
    pub(crate) fn request(&self, function: &str, replacement: Option<PathBuf>) -> Request {
        Request {
            project: self.project.clone(),
            template: self.template.clone(),
            function: function.to_owned(),
            original: self.original.clone(),
            replacement,
            endpoint: None,
        }
    }
}
