//! The command line: parses the arguments, runs one command, turns its outcome into an exit code.

use std::process::ExitCode;

mod cli;

fn main() -> ExitCode {
    cli::run()
}
