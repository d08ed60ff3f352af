//! `doctor`: whether all is here that the other commands run, and its installation.

use clap::Args;
use gammaray_migrate::diagnostic::Diagnostic;
use gammaray_migrate::report;
use gammaray_migrate::tools::{Tools, Version};

use super::apply::Format;
use super::{DONE, REFUSED, output};

const EXAMPLES: &str = "\
Examples:
  gammaray-migrate doctor
  gammaray-migrate doctor --install
  gammaray-migrate doctor --install --python 3.12 --python 3.13

Exit codes: 0 all is here that verify and bench need; 1 something is missing or could not be
installed; 2 wrong usage.";

/// Check the programs that the other commands run, and install those that are missing
///
/// They go into a folder of this tool's own, by default in your cache folder, or where the
/// environment variable GAMMARAY_TOOLS says. `scan` needs none of them.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Doctor {
    /// Install what is missing, in pinned versions
    #[arg(long)]
    install: bool,

    /// A Python version to run functions with, besides those installed; again for another
    #[arg(long, value_name = "X.Y", requires = "install")]
    python: Vec<Version>,

    /// The form of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

impl Doctor {
    pub(crate) fn run(&self) -> anyhow::Result<u8> {
        let tools = Tools::of_user();
        if self.install {
            let progress = output::Progress::start("looking for what is missing");
            let installed = tools.install(&self.python, &mut |step| {
                progress.say(format!(
                    "{} of {}: installing {}",
                    step.number, step.of, step.what
                ));
            });
            drop(progress);
            installed.map_err(Diagnostic::from)?;
        }
        let check = tools.check();
        match self.format {
            Format::Text => output::result(&report::tools(&check, output::canvas()))?,
            Format::Json => {
                output::result(&format!("{}\n", serde_json::to_string_pretty(&check)?))?;
            }
        }
        Ok(if check.ready { DONE } else { REFUSED })
    }
}
