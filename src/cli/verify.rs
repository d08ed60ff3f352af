//! `verify`: the replacement does what the original did, or what it does otherwise.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use gammaray_migrate::diagnostic::{Code, Diagnostic};
use gammaray_migrate::plan::{self, Guard};
use gammaray_migrate::report::{self, VerificationFormat};
use gammaray_migrate::rewrite;
use gammaray_migrate::verify::outcome::{Verdict, Verification};
use gammaray_migrate::verify::{self, Answers, Leniency, Options, Prepared, Request};

use super::sides::Sides;
use super::{DONE, REFUSED, USAGE, output, runtime};

const EXAMPLES: &str = "\
Examples:
  gammaray-migrate verify authorizer
  gammaray-migrate verify authorizer --replacement rust/authorizer --generate 500
  gammaray-migrate verify authorizer --original HEAD~1 --format junit > verify.xml
  gammaray-migrate verify authorizer --replay .gammaray-migrate/verify/authorizer/0001.json

Exit codes: 0 equal in every case; 1 different; 2 could not be run, or nothing was proven.";

/// Run a function and its replacement over the same cases and compare what they do
///
/// Compared are results, errors, AWS calls, other HTTP and log lines. Cases are the project's
/// `events/*.json` and `verify/` folder, and events made from the template: what AWS sends, varied,
/// and AWS calls that fail. Nothing reaches AWS: moto stands in for it.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Verify {
    /// The function: its logical id, that in kebab-case, or its code folder's name
    function: String,

    #[command(flatten)]
    sides: Sides,

    /// The replacement: a program, a crate's folder, or a folder of Python code; by default what
    /// the template names
    #[arg(long, value_name = "PATH")]
    replacement: Option<PathBuf>,

    /// An event to try, besides the project's own
    #[arg(long, value_name = "FILE")]
    event: Vec<PathBuf>,

    /// A folder of cases to try: events with state and faults
    #[arg(long, value_name = "DIR")]
    cases: Vec<PathBuf>,

    /// How many cases to make at most
    #[arg(long, value_name = "N", default_value_t = 200)]
    generate: usize,

    /// Make no AWS call fail
    #[arg(long)]
    no_faults: bool,

    /// Try only a case that was saved
    #[arg(long, value_name = "FILE", conflicts_with_all = ["event", "cases"])]
    replay: Option<PathBuf>,

    /// Let calls run at once that the original made one after the other, and reads be made that it
    /// did not come to since it raised
    #[arg(long)]
    allow_concurrent: bool,

    /// Stop after so many cases that differ
    #[arg(long, value_name = "N", default_value_t = 20)]
    enough: usize,

    /// Write what the function answers to the project's own events into its crate, as tests that
    /// `cargo test` runs without AWS
    #[arg(long, conflicts_with = "replay")]
    write_tests: bool,

    /// Send AWS calls to this server as it is, instead of starting moto
    #[arg(long, value_name = "URL")]
    aws_endpoint: Option<String>,

    /// The form of the report
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For a terminal
    Text,
    /// For programs; the field `schema` is its version
    Json,
    /// JUnit's XML, for CI systems
    Junit,
}

impl From<Format> for VerificationFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Text => Self::Text,
            Format::Json => Self::Json,
            Format::Junit => Self::Junit,
        }
    }
}

impl Verify {
    pub(crate) fn run(&self) -> anyhow::Result<u8> {
        match self.verification() {
            Ok(Some(verification)) => {
                let format = self.format.into();
                output::stream(|out| {
                    report::verification(&verification, format, output::canvas(), out)
                })?;
                if let Some(answers) = &verification.answers
                    && !self.write_tests(answers)?
                {
                    return Ok(USAGE);
                }
                Ok(match verification.verdict {
                    Verdict::Equal => DONE,
                    Verdict::Different => REFUSED,
                    Verdict::Unsettled => USAGE,
                })
            }
            Ok(None) => Ok(runtime::INTERRUPTED),
            Err(diagnostic) => {
                output::diagnostic(&diagnostic);
                Ok(USAGE)
            }
        }
    }

    fn verification(&self) -> Result<Option<Verification>, Diagnostic> {
        let bar = output::Bar::start("preparing both sides");
        let (request, options) = (self.request(), self.options());
        let work = async {
            let prepared = tokio::task::spawn_blocking(move || Prepared::new(&request));
            let prepared = prepared.await.map_err(|error| lost(&error))??;
            verify::verify(prepared.pair()?, &options, &bar)
                .await
                .map_err(Diagnostic::from)
        };
        runtime::run(work)
            .map_err(|error| lost(&error))?
            .transpose()
    }

    fn request(&self) -> Request {
        let request = self.sides.request(&self.function, self.replacement.clone());
        Request {
            endpoint: self.aws_endpoint.clone(),
            ..request
        }
    }

    fn options(&self) -> Options {
        Options {
            replay: self.replay.clone(),
            events: self.event.clone(),
            folders: self.cases.clone(),
            generated: self.generate,
            faults: !self.no_faults,
            leniency: Leniency {
                concurrency: self.allow_concurrent,
            },
            enough: self.enough.max(1),
            save: true,
            answers: self.write_tests,
        }
    }

    /// Writes answers into the replacement's crate; whether that could be done.
    fn write_tests(&self, answers: &Answers) -> anyhow::Result<bool> {
        let root = &self.sides.project;
        let plan = match rewrite::tests(root, &self.function, answers) {
            Ok(plan) => plan,
            Err(refusal) => {
                for diagnostic in &refusal.diagnostics {
                    output::diagnostic(diagnostic);
                }
                return Ok(false);
            }
        };
        // Only what this tool wrote is changed, and it tells what people changed in that.
        let guard = Guard {
            allow_dirty: true,
            allow_no_vcs: true,
        };
        plan::apply(root, &plan, &guard).map_err(Diagnostic::from)?;
        output::aside(&report::answers(answers));
        Ok(true)
    }
}

fn lost(error: &dyn std::error::Error) -> Diagnostic {
    Diagnostic::error(Code::NotComparable, error.to_string())
}
