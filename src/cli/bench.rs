//! `bench`: a function's cold start, latency, memory, size and cost, before and after.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use gammaray_migrate::bench::{Plan, Prices, Results, Subject, client};
use gammaray_migrate::report::bench::{self, Format};

use super::{DONE, REFUSED, output};

/// What to measure and how to show it.
#[derive(Args)]
pub(crate) struct Measurement {
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
    /// Measures and shows. Interrupted, it ends the functions' processes.
    pub(crate) async fn run(&self, subjects: &[Subject]) -> anyhow::Result<u8> {
        let page = self.html.as_deref().map(create).transpose()?;
        let plan = self.plan()?;
        let progress = output::Progress::start("measuring");
        let measured = gammaray_migrate::bench::run(subjects, &plan, SystemTime::now(), |step| {
            let done = step.done * 100 / step.total.max(1);
            progress.say(format!("{done} %: {}, {}", step.function, step.part));
        });
        let results = tokio::select! {
            results = measured => results,
            _ = tokio::signal::ctrl_c() => bail!("interrupted; nothing runs on"),
        };
        drop(progress);
        if let Some(mut page) = page {
            bench::write(&results, Format::Html, output::canvas(), &mut page)
                .and_then(|()| page.flush())
                .context("the page cannot be written")?;
        }
        self.show(&results)
    }

    fn show(&self, results: &Results) -> anyhow::Result<u8> {
        let format = self.format.into();
        output::stream(|out| bench::write(results, format, output::canvas(), out))?;
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
