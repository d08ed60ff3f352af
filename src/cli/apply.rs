//! `apply`: carries out a plan that a command printed with `--dry-run --format json`.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};
use gammaray_migrate::diagnostic::Diagnostic;
use gammaray_migrate::plan::{self, Applied, Guard, MAX_PLAN_BYTES, Plan, Preview, Repair};

use super::{DONE, output};

const EXAMPLES: &str = "\
Examples:
  gammaray-migrate apply plan.json --dry-run
  gammaray-migrate apply plan.json
  gammaray-migrate apply - --project services < plan.json

Exit codes: 0 done; 1 refused or failed, and nothing changed; 2 wrong usage.";

/// Carry out a plan that a command printed with `--dry-run --format json`
///
/// All of it happens or nothing. `undo` takes it back.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Apply {
    /// The plan's JSON file, or `-` for standard input
    plan: PathBuf,
    #[command(flatten)]
    target: Target,
    /// Also where the project has uncommitted changes
    #[arg(long)]
    allow_dirty: bool,
    /// Also where the project is under no version control
    #[arg(long)]
    allow_no_vcs: bool,
}

/// What `apply` and `undo` share.
#[derive(Args)]
pub(crate) struct Target {
    /// The project's root folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(crate) project: PathBuf,
    /// Show what would change, as a diff, and change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// The form of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

impl Apply {
    pub(crate) fn run(&self) -> anyhow::Result<u8> {
        let plan = Plan::from_json(&self.read()?).map_err(Diagnostic::from)?;
        self.target.recover()?;
        if self.target.dry_run {
            let preview = Preview::of(&self.target.project, &plan).map_err(Diagnostic::from)?;
            return match self.target.format {
                Format::Text => self.target.show(&preview),
                // The plan itself, which `apply` takes again.
                Format::Json => output::result(&plan.to_json()?).map(|()| DONE),
            };
        }
        let guard = Guard {
            allow_dirty: self.allow_dirty,
            allow_no_vcs: self.allow_no_vcs,
        };
        let applied = plan::apply(&self.target.project, &plan, &guard).map_err(Diagnostic::from)?;
        self.target.report(&applied)
    }

    fn read(&self) -> anyhow::Result<Vec<u8>> {
        // One byte more than is taken, so that the library sees that it is too much.
        let limit = MAX_PLAN_BYTES as u64 + 1;
        let mut json = Vec::new();
        let read = if self.plan == Path::new("-") {
            io::stdin().lock().take(limit).read_to_end(&mut json)
        } else {
            File::open(&self.plan).and_then(|file| file.take(limit).read_to_end(&mut json))
        };
        read.with_context(|| format!("the plan `{}` cannot be read", self.plan.display()))?;
        Ok(json)
    }
}

impl Target {
    /// Takes an interrupted change back, and says so.
    pub(crate) fn recover(&self) -> Result<(), Diagnostic> {
        say(plan::recover(&self.project)?.as_ref());
        Ok(())
    }

    pub(crate) fn show(&self, preview: &Preview) -> anyhow::Result<u8> {
        output::result(&match self.format {
            Format::Text => preview.diff(),
            Format::Json => json(&serde_json::json!({
                "schema": 1,
                "dry_run": true,
                "command": preview.command,
                "files": preview.outline(),
                "diff": preview.diff(),
            })),
        })?;
        Ok(DONE)
    }

    pub(crate) fn report(&self, applied: &Applied) -> anyhow::Result<u8> {
        say(applied.repaired.as_ref());
        output::result(&match self.format {
            Format::Text if applied.files.is_empty() => "nothing to change\n".to_owned(),
            Format::Text => plan::summary(&applied.files),
            Format::Json => json(&serde_json::json!({
                "schema": 1,
                "dry_run": false,
                "command": applied.command,
                "files": applied.files,
            })),
        })?;
        Ok(DONE)
    }
}

fn say(repair: Option<&Repair>) {
    if let Some(repair) = repair {
        output::diagnostic(&Diagnostic::from(repair));
    }
}

fn json(value: &serde_json::Value) -> String {
    format!("{value:#}\n")
}
