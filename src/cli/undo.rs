//! `undo`: the tree as it was before the last change.

use clap::Args;
use gammaray_migrate::diagnostic::Diagnostic;
use gammaray_migrate::plan;

use super::apply::Target;

const EXAMPLES: &str = "\
Examples:
  gammaray-migrate undo --dry-run
  gammaray-migrate undo

Exit codes: 0 done; 1 refused or failed, and nothing changed; 2 wrong usage.";

/// Bring the tree back to what it was before the last change; again for the one before
///
/// Refused where a file has been edited since, so that no work of yours is lost.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Undo {
    #[command(flatten)]
    target: Target,
}

impl Undo {
    pub(crate) fn run(&self) -> anyhow::Result<u8> {
        self.target.recover()?;
        let project = &self.target.project;
        if self.target.dry_run {
            let preview = plan::preview_undo(project).map_err(Diagnostic::from)?;
            return self.target.show(&preview);
        }
        let undone = plan::undo(project).map_err(Diagnostic::from)?;
        self.target.report(&undone)
    }
}
