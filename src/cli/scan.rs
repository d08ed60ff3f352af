//! `scan`: what is here, what would gain from Rust, what stands in the way.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use gammaray_migrate::diagnostic::Diagnostic;
use gammaray_migrate::report::{self, Format};
use gammaray_migrate::{analysis, plan};

use super::{DONE, REFUSED, USAGE, output};

const EXAMPLES: &str = "\
Examples:
  gammaray-migrate scan
  gammaray-migrate scan services --format json > scan.json
  gammaray-migrate scan --template services/api/template.yaml

Exit codes: 0 every template was read; 1 some could not be; 2 wrong usage.";

/// Inspect a project: what is here, what would gain from Rust, what stands in the way
///
/// Reads every SAM and CloudFormation template below PATH and the Python of its functions.
/// Writes nothing and runs nothing of the project.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Scan {
    /// The folder to search; paths in the report are relative to it
    #[arg(default_value = ".")]
    path: PathBuf,

    /// Read only this template (and those that it nests), a path from PATH or from here
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,

    /// The form of the report
    #[arg(long, value_enum, default_value_t = ScanFormat::Text)]
    format: ScanFormat,
}

#[derive(Clone, Copy, ValueEnum)]
enum ScanFormat {
    /// For a terminal, a summary first
    Text,
    /// For programs; the field `schema` is its version
    Json,
    /// For a pull request
    Markdown,
}

impl From<ScanFormat> for Format {
    fn from(format: ScanFormat) -> Self {
        match format {
            ScanFormat::Text => Self::Text,
            ScanFormat::Json => Self::Json,
            ScanFormat::Markdown => Self::Markdown,
        }
    }
}

impl Scan {
    pub(crate) fn run(&self) -> anyhow::Result<u8> {
        if let Some(repair) = plan::recover(&self.path).map_err(Diagnostic::from)? {
            output::diagnostic(&Diagnostic::from(&repair));
        }
        let progress = output::Progress::start("reading templates and Python");
        let scanned = analysis::scan(&self.path, self.template.as_deref());
        drop(progress);
        let scan = match scanned {
            Ok(scan) => scan,
            Err(diagnostic) => {
                output::diagnostic(&diagnostic);
                return Ok(USAGE);
            }
        };
        let format = self.format.into();
        output::stream(|out| report::scan(&scan, format, output::canvas(), out))?;
        let all_read = scan.templates.iter().all(|template| template.read);
        Ok(if all_read { DONE } else { REFUSED })
    }
}
