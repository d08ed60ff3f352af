//! Nothing yet.

use clap::Args;

/// Inspects a project: what is here, what would gain from Rust, what stands in the way.
#[derive(Args)]
pub(crate) struct Scan {}

impl Scan {
    pub(crate) fn run(&self) -> anyhow::Result<u8> {
        let _progress = super::output::Progress::start("reading");
        super::output::result("")?;
        Ok(super::USAGE)
    }
}
