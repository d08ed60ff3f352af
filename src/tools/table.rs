//! The table of what the tool runs: for what, where it comes from, how it is installed.

use serde::Serialize;

/// What installs all that belongs into the tool folder.
pub(super) const INSTALL: &str = "gammaray-migrate doctor --install";

/// What installs Python.
pub(super) const INSTALL_PYTHON: &str = if cfg!(target_os = "macos") {
    "brew install python3"
} else {
    "apt-get install python3 python3-venv"
};

/// What installs cargo.
pub(super) const INSTALL_CARGO: &str =
    "curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh";

/// What a tool is needed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Need {
    /// Comparing the Rust with the Python.
    #[serde(rename = "verify")]
    Verify,
    /// Measuring both.
    #[serde(rename = "bench")]
    Bench,
    /// Building the application.
    #[serde(rename = "sam build")]
    Build,
    /// Rust modules in Python functions.
    #[serde(rename = "bind")]
    Bind,
}

impl Need {
    /// The command.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Verify => "verify",
            Self::Bench => "bench",
            Self::Build => "sam build",
            Self::Bind => "bind",
        }
    }
}

/// Where a tool comes from, and how it is found.
pub(super) enum Source {
    /// The machine's Python.
    Python,
    /// A program of the machine.
    Machine(Program),
    /// A package with a program, in the environment at this path of the tool folder.
    Tools(&'static str, Program),
    /// A package beside functions.
    Runtime,
    /// coverage.py, apart from what functions see.
    Coverage,
}

/// The names that a program can have, and with what it is asked for its version, or whether it
/// runs at all.
pub(super) struct Program {
    pub(super) names: &'static [&'static str],
    pub(super) asked: &'static [&'static str],
}

pub(super) struct Entry {
    pub(super) name: &'static str,
    /// The package that is pinned.
    pub(super) package: &'static str,
    pub(super) purpose: &'static str,
    pub(super) needed_for: &'static [Need],
    pub(super) source: Source,
}

/// What runs functions.
pub(super) const RUN: &[Need] = &[Need::Verify, Need::Bench];

const ALL: &[Need] = &[Need::Verify, Need::Bench, Need::Build, Need::Bind];
const BUILD: &[Need] = &[Need::Build];
const BIND: &[Need] = &[Need::Bind];

const fn program(names: &'static [&'static str], asked: &'static [&'static str]) -> Program {
    Program { names, asked }
}

/// Every tool, the ones that run functions first.
pub(super) const TABLE: [Entry; 10] = [
    Entry {
        name: "Python",
        package: "",
        purpose: "runs functions and the tools below",
        needed_for: RUN,
        source: Source::Python,
    },
    Entry {
        name: "cargo",
        package: "",
        purpose: "builds the Rust",
        needed_for: ALL,
        source: Source::Machine(program(&["cargo"], &["--version"])),
    },
    Entry {
        name: "moto",
        package: "moto",
        purpose: "stands in for AWS",
        needed_for: RUN,
        source: Source::Tools("", program(&["moto_server"], &["--help"])),
    },
    Entry {
        name: "awslambdaric",
        package: "awslambdaric",
        purpose: "runs Python functions as Lambda does",
        needed_for: RUN,
        source: Source::Runtime,
    },
    Entry {
        name: "boto3",
        package: "boto3",
        purpose: "is there for Python functions as on Lambda",
        needed_for: RUN,
        source: Source::Runtime,
    },
    Entry {
        name: "coverage.py",
        package: "coverage",
        purpose: "tells which lines an event reaches",
        needed_for: RUN,
        source: Source::Coverage,
    },
    Entry {
        name: "SAM CLI",
        package: "aws-sam-cli",
        purpose: "builds the application",
        needed_for: BUILD,
        source: Source::Tools("sam", program(&["sam"], &["--version"])),
    },
    Entry {
        name: "cargo-lambda",
        package: "cargo-lambda",
        purpose: "builds Rust functions and extensions",
        needed_for: BUILD,
        source: Source::Tools("", program(&["cargo-lambda"], &["lambda", "--version"])),
    },
    Entry {
        name: "maturin",
        package: "maturin",
        purpose: "builds Rust modules for Python",
        needed_for: BIND,
        source: Source::Tools("", program(&["maturin"], &["--version"])),
    },
    Entry {
        name: "zig",
        package: "ziglang",
        purpose: "links for Lambda's glibc and processors",
        needed_for: BIND,
        source: Source::Tools("", program(&["python-zig", "zig"], &["version"])),
    },
];
