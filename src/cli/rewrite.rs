//! `rewrite`: a whole function becomes a Rust Lambda.

use std::io::IsTerminal;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use gammaray_migrate::compiler::Options;
use gammaray_migrate::diagnostic::Diagnostic;
use gammaray_migrate::generate::{Placement, Refusal, Rewrite as Planned};
use gammaray_migrate::plan::{self, Applied, Guard, Preview};
use gammaray_migrate::report::rewrite::{self as report, Outcome};
use gammaray_migrate::rewrite::{self, Request, Rewritten};

use super::{DONE, REFUSED, USAGE, output};

const EXAMPLES: &str = "\
Examples:
  gammaray-migrate rewrite authorizer --check
  gammaray-migrate rewrite authorizer --dry-run
  gammaray-migrate rewrite list-buckets --beside
  gammaray-migrate rewrite --all --format json > rewrite.json

Exit codes: 0 done; 1 refused or failed; 2 wrong usage.";

/// Translate a whole function to Rust and have the template run it
///
/// All of the function's Python is translated, or nothing is written and every reason why is
/// shown. The crate goes to `rust/` and the template's function builds it. What was generated is
/// compiled before it is written; `undo` takes everything back.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Rewrite {
    /// The function: its logical id, that in kebab-case, or its code folder's name
    #[arg(required_unless_present = "all")]
    function: Option<String>,

    /// Every Python function that can be translated; the exit code is 1 where some cannot, or a
    /// template cannot be read
    #[arg(long, conflicts_with = "function")]
    all: bool,

    /// The project's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    project: PathBuf,

    /// Only this template, a path from the project or from here
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,

    #[command(flatten)]
    mode: Mode,

    #[command(flatten)]
    placing: Placing,

    /// How many AWS reads of a loop may be on their way at once, where none needs another's
    /// answer; by default they follow one another, as in Python
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=100))]
    concurrent: Option<u16>,

    /// The form of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// What to do with the result.
#[derive(Args)]
struct Mode {
    /// Only say whether the function can be translated
    #[arg(long, conflicts_with_all = ["dry_run", "yes"])]
    check: bool,

    /// Show what would change, as a diff, and change nothing
    #[arg(long)]
    dry_run: bool,

    /// Do not ask before writing
    #[arg(long)]
    yes: bool,

    /// Also where the project has uncommitted changes
    #[arg(long)]
    allow_dirty: bool,

    /// Also where the project is under no version control
    #[arg(long)]
    allow_no_vcs: bool,

    /// Write without compiling first
    #[arg(long)]
    no_check: bool,
}

/// How the template runs it.
#[derive(Args)]
struct Placing {
    /// Add the Rust function next to the Python one, so that both can be called
    #[arg(long)]
    beside: bool,

    /// Shift traffic little by little, and back when errors come
    #[arg(long, conflicts_with = "beside")]
    canary: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs; the field `schema` is its version
    Json,
}

impl Rewrite {
    pub(crate) fn run(&self) -> anyhow::Result<u8> {
        if let Some(repair) = plan::recover(&self.project).map_err(Diagnostic::from)? {
            output::diagnostic(&Diagnostic::from(&repair));
        }
        let rewritten = match rewrite::rewrite(&self.request(), choose) {
            Ok(rewritten) => rewritten,
            Err(diagnostic) => {
                output::diagnostic(&diagnostic);
                return Ok(USAGE);
            }
        };
        self.show_refusals(&rewritten);
        if self.mode.check {
            self.report(&rewritten, Outcome::Checked)?;
        } else if let Some(code) = self.carry_out(&rewritten)? {
            return Ok(code);
        }
        Ok(if rewritten.is_complete() {
            DONE
        } else {
            REFUSED
        })
    }

    fn request(&self) -> Request {
        Request {
            project: self.project.clone(),
            template: self.template.clone(),
            function: self.function.clone(),
            placement: Placement {
                beside: self.placing.beside,
                canary: self.placing.canary,
            },
            options: Options {
                concurrent: self.concurrent,
            },
            is_check: self.mode.check,
        }
    }

    /// Previews or applies what was translated; an exit code where that ends it.
    fn carry_out(&self, rewritten: &Rewritten) -> anyhow::Result<Option<u8>> {
        let planned = match &rewritten.planned {
            Some(Ok(planned)) => planned,
            Some(Err(refusal)) => {
                self.refused(rewritten, refusal)?;
                return Ok(Some(REFUSED));
            }
            None => {
                self.report(rewritten, Outcome::Refused)?;
                return Ok(Some(REFUSED));
            }
        };
        let root = &rewritten.root;
        let preview = Preview::of(root, &planned.plan).map_err(Diagnostic::from)?;
        if self.mode.dry_run {
            self.report(rewritten, Outcome::Planned(&preview, &planned.plan))?;
            return Ok(None);
        }
        let guard = Guard {
            allow_dirty: self.mode.allow_dirty,
            allow_no_vcs: self.mode.allow_no_vcs,
        };
        // A tree that may not be changed is refused before cargo takes its minutes.
        let existing = rewrite::touched(root, &planned.plan);
        let existing: Vec<&str> = existing.iter().map(String::as_str).collect();
        guard.check(root, &existing).map_err(Diagnostic::from)?;
        if !self.is_confirmed(&preview)? {
            return Ok(Some(REFUSED));
        }
        let mut planned = planned.clone();
        if !self.mode.no_check && !self.compiles(rewritten, &mut planned)? {
            return Ok(Some(REFUSED));
        }
        let applied = plan::apply(root, &planned.plan, &guard).map_err(Diagnostic::from)?;
        self.applied(rewritten, &applied)?;
        Ok(None)
    }

    fn compiles(&self, rewritten: &Rewritten, planned: &mut Planned) -> anyhow::Result<bool> {
        let progress = output::Progress::start("compiling what was generated");
        let failure = rewrite::check(&rewritten.root, planned, &|name| {
            progress.say(format!("compiled {name}"));
        });
        drop(progress);
        let Err(diagnostics) = failure else {
            return Ok(true);
        };
        self.refused(rewritten, &Refusal::from(diagnostics))?;
        Ok(false)
    }

    /// Asks on a terminal, unless told not to.
    fn is_confirmed(&self, preview: &Preview) -> anyhow::Result<bool> {
        let asks = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
        if self.mode.yes || !asks || preview.files.is_empty() {
            return Ok(true);
        }
        output::aside(&plan::summary(&preview.outline()));
        let prompt = dialoguer::Confirm::new().with_prompt("Write this?");
        let is_confirmed = prompt.default(true).interact()?;
        if !is_confirmed {
            output::aside("nothing was written\n");
        }
        Ok(is_confirmed)
    }

    fn applied(&self, rewritten: &Rewritten, applied: &Applied) -> anyhow::Result<()> {
        if let Some(repair) = &applied.repaired {
            output::diagnostic(&Diagnostic::from(repair));
        }
        self.report(rewritten, Outcome::Applied(applied))
    }

    /// Reasons stand on standard error with their source lines, unless the JSON holds them.
    fn show_refusals(&self, rewritten: &Rewritten) {
        let is_plan = self.mode.dry_run && rewritten.planned.is_some();
        if self.format == Format::Text || is_plan {
            for diagnostic in rewritten.unread.iter().chain(rewritten.refusals()) {
                output::diagnostic(diagnostic);
            }
        }
    }

    fn refused(&self, rewritten: &Rewritten, refusal: &Refusal) -> anyhow::Result<()> {
        if self.format == Format::Text {
            for diagnostic in &refusal.diagnostics {
                output::diagnostic(diagnostic);
            }
        }
        self.report(rewritten, Outcome::Failed(refusal))
    }

    fn report(&self, rewritten: &Rewritten, outcome: Outcome<'_>) -> anyhow::Result<()> {
        output::result(&match self.format {
            Format::Text => report::text(rewritten, &outcome),
            Format::Json => report::json(rewritten, &outcome)?,
        })
    }
}

/// Lets a person choose among several functions of one name; none without a terminal.
fn choose(names: &[String]) -> Option<usize> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return None;
    }
    let select = dialoguer::Select::new().with_prompt("Which function?");
    select.items(names).default(0).interact_opt().ok().flatten()
}
