//! `bench`: a function's cold start, latency, memory, size and cost, before and after.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};
use gammaray_migrate::bench::stage::{self, Setting};
use gammaray_migrate::bench::{Plan, Prices, Results, client};
use gammaray_migrate::diagnostic::{Code, Diagnostic};
use gammaray_migrate::report::bench::{self as report, Format};
use gammaray_migrate::verify::{Prepared, Request};

use super::sides::Sides;
use super::{DONE, REFUSED, USAGE, output, runtime};

const EXAMPLES: &str = "\
Examples:
  gammaray-migrate bench authorizer
  gammaray-migrate bench authorizer --replacement rust/authorizer --memory 128,512 --html bench.html
  gammaray-migrate bench authorizer list-buckets --format json > bench.json

Exit codes: 0 measured; 1 a variant failed; 2 wrong usage, or nothing could be measured.";

/// Measure functions before and after: cold start, latency, memory, package size, cost
///
/// Runs each function's original and its replacements side by side in a local Lambda, with moto
/// for AWS. The figures are this machine's: ratios carry over to Lambda, milliseconds do not.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Bench {
    /// The functions: logical ids, those in kebab-case, or names of code folders
    #[arg(required = true)]
    functions: Vec<String>,

    #[command(flatten)]
    sides: Sides,

    /// A replacement: a program, a crate's folder, or a folder of Python code; by default what
    /// the template names
    #[arg(long, value_name = "PATH")]
    replacement: Vec<PathBuf>,

    /// Measure every variant also with this external extension
    #[arg(long, value_name = "PROGRAM")]
    extension: Vec<PathBuf>,

    /// An event to invoke with, in the place of the project's own
    #[arg(long, value_name = "FILE")]
    event: Vec<PathBuf>,

    #[command(flatten)]
    measurement: Measurement,
}

impl Bench {
    pub(crate) fn run(&self) -> anyhow::Result<u8> {
        let page = self.measurement.html.as_deref().map(create).transpose()?;
        let plan = self.measurement.plan()?;
        let progress = output::Progress::start("preparing");
        let measured = runtime::run(self.measured(&plan, &progress))?;
        drop(progress);
        match measured {
            None => Ok(runtime::INTERRUPTED),
            Some(Err(diagnostic)) => {
                output::diagnostic(&diagnostic);
                Ok(USAGE)
            }
            Some(Ok(results)) => self.measurement.show(&results, page),
        }
    }

    async fn measured(
        &self,
        plan: &Plan,
        progress: &output::Progress,
    ) -> Result<Results, Diagnostic> {
        let requests: Vec<Vec<Request>> = self.functions.iter().map(|it| self.of(it)).collect();
        let setting = Setting {
            events: self.event.clone(),
            extensions: self.extension.clone(),
        };
        let prepare = move || {
            let prepared = |of_one: &Vec<Request>| of_one.iter().map(Prepared::new).collect();
            requests.iter().map(prepared).collect()
        };
        let prepared: Result<Vec<Vec<Prepared>>, Diagnostic> = tokio::task::spawn_blocking(prepare)
            .await
            .map_err(|error| Diagnostic::error(Code::NotComparable, error.to_string()))?;
        stage::run(&prepared?, &setting, plan, |step| {
            let done = step.done * 100 / step.total.max(1);
            progress.say(format!("{done} %: {}, {}", step.function, step.part));
        })
        .await
    }

    fn of(&self, function: &str) -> Vec<Request> {
        let request = |replacement| self.sides.request(function, replacement);
        match self.replacement.as_slice() {
            [] => vec![request(None)],
            several => several.iter().map(|it| request(Some(it.clone()))).collect(),
        }
    }
}

/// What to measure and how to show it.
#[derive(Args)]
struct Measurement {
    /// Memory sizes in MB
    #[arg(long, value_name = "MB", value_delimiter = ',', default_value = "128,256,512,1024",
          value_parser = clap::value_parser!(u32).range(128..=10_240))]
    memory: Vec<u32>,

    /// Rounds, each with a cold start of every variant with every memory size
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=1000))]
    rounds: u16,

    /// Warm invocations of every variant with every memory size
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    warm: u32,

    /// The share of invocations that meet a cold start, for the cost
    #[arg(long, value_name = "PERCENT", default_value = "1%", value_parser = share)]
    cold_share: f64,

    /// Also call each variant from so many clients at the same time
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=64))]
    clients: Option<u16>,

    /// Give every memory size the whole machine's CPU time
    #[arg(long)]
    no_cpu_limit: bool,

    /// The form of the report
    #[arg(long, value_enum, default_value_t = BenchFormat::Text)]
    format: BenchFormat,

    /// Also write the page with charts into this file, which must not be there yet
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum BenchFormat {
    /// For a terminal
    Text,
    /// For programs; the field `schema` is its version
    Json,
    /// For a browser, with charts; one file that needs no other
    Html,
}

impl From<BenchFormat> for Format {
    fn from(format: BenchFormat) -> Self {
        match format {
            BenchFormat::Text => Self::Text,
            BenchFormat::Json => Self::Json,
            BenchFormat::Html => Self::Html,
        }
    }
}

/// `1%` or `0.01`.
fn share(text: &str) -> Result<f64, String> {
    let number = |text: &str| {
        text.trim()
            .parse::<f64>()
            .map_err(|error| error.to_string())
    };
    let share = match text.strip_suffix('%') {
        Some(percent) => number(percent)? / 100.0,
        None => number(text)?,
    };
    match (0.0..=1.0).contains(&share) {
        true => Ok(share),
        false => Err("a share is between 0% and 100%".to_owned()),
    }
}

impl Measurement {
    fn show(&self, results: &Results, page: Option<BufWriter<File>>) -> anyhow::Result<u8> {
        if let Some(mut page) = page {
            report::write(results, Format::Html, output::canvas(), &mut page)
                .and_then(|()| page.flush())
                .context("the page cannot be written")?;
        }
        let format = self.format.into();
        output::stream(|out| report::write(results, format, output::canvas(), out))?;
        Ok(if results.is_complete() { DONE } else { REFUSED })
    }

    fn plan(&self) -> anyhow::Result<Plan> {
        let mut plan = Plan::new(Prices::published().context("the prices cannot be read")?);
        plan.memory.clone_from(&self.memory);
        plan.memory.sort_unstable();
        plan.memory.dedup();
        plan.rounds = self.rounds.into();
        plan.warm = usize::try_from(self.warm)?;
        plan.limit_cpu = !self.no_cpu_limit;
        plan.cold_share = self.cold_share;
        plan.client = self.clients.map(|clients| client::Plan {
            clients: clients.into(),
            sandboxes: 4 * usize::from(clients),
            ..client::Plan::default()
        });
        Ok(plan)
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a report where the user wants it, never over a file of theirs"
)]
fn create(path: &Path) -> anyhow::Result<BufWriter<File>> {
    let file = File::create_new(path);
    let file = file.with_context(|| format!("`{}` cannot be made", path.display()))?;
    Ok(BufWriter::new(file))
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn shares_in_both_ways() {
        assert_eq!(share("1%"), Ok(0.01));
        assert_eq!(share("0.25"), Ok(0.25));
        assert!(share("101%").is_err() && share("-1").is_err() && share("x").is_err());
    }
}
