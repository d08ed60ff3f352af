//! The commands. A file here turns arguments into a call of the library and its result into
//! output and an exit code; it holds no other logic.

mod apply;
mod bench;
mod doctor;
mod output;
mod rewrite;
mod runtime;
mod scan;
mod sides;
mod undo;
mod verify;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Moves a Python AWS SAM application to Rust, one function at a time, and proves each step.
#[derive(Parser)]
#[command(name = "gammaray-migrate", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Scan(scan::Scan),
    Rewrite(rewrite::Rewrite),
    Verify(verify::Verify),
    Bench(bench::Bench),
    Apply(apply::Apply),
    Undo(undo::Undo),
    Doctor(doctor::Doctor),
}

/// Exit code of a command that did all that was asked.
const DONE: u8 = 0;

/// Exit code of a command that did its work but found something that could not be done.
const REFUSED: u8 = 1;

/// Exit code of wrong usage; the same that clap uses.
const USAGE: u8 = 2;

/// Runs the command named by the process's arguments.
pub(crate) fn run() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Scan(command) => command.run(),
        Command::Rewrite(command) => command.run(),
        Command::Verify(command) => command.run(),
        Command::Bench(command) => command.run(),
        Command::Apply(command) => command.run(),
        Command::Undo(command) => command.run(),
        Command::Doctor(command) => command.run(),
    };
    match outcome {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            output::failure(&error);
            ExitCode::from(REFUSED)
        }
    }
}
