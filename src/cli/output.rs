//! Where text leaves the program: standard output for results, standard error for what is said
//! about them. Colour follows the terminal, `NO_COLOR` and `CLICOLOR_FORCE`.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::time::Duration;

use anstream::ColorChoice;
use gammaray_migrate::diagnostic::{Diagnostic, render};
use gammaray_migrate::report::Canvas;
use gammaray_migrate::verify;
use indicatif::{ProgressBar, ProgressStyle};

/// Columns of text where there is no terminal to ask.
const WIDTH_WITHOUT_TERMINAL: usize = 100;

/// Columns beyond which lines are no easier to read.
const WIDEST: usize = 160;

/// Bytes that are written to standard output at once.
const BUFFER: usize = 64 * 1024;

/// What standard output can show.
pub(crate) fn canvas() -> Canvas {
    let width = terminal_size::terminal_size()
        .map_or(WIDTH_WITHOUT_TERMINAL, |(width, _)| usize::from(width.0));
    let colour = anstream::AutoStream::choice(&io::stdout()) != ColorChoice::Never;
    Canvas {
        width: width.min(WIDEST),
        colour,
    }
}

/// Writes a result to standard output as it is, the bytes of a diff included. A reader that went
/// away ends the program's interest in it, as in any pipe.
pub(crate) fn result(text: &str) -> anyhow::Result<()> {
    stream(|out| out.write_all(text.as_bytes()))
}

/// As [`result`], for what is written piece by piece.
pub(crate) fn stream(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
    let mut stdout = BufWriter::with_capacity(BUFFER, io::stdout().lock());
    match write(&mut stdout).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}

/// Shows a diagnostic on standard error, with its source line.
pub(crate) fn diagnostic(diagnostic: &Diagnostic) {
    let colour = anstream::AutoStream::choice(&io::stderr()) != ColorChoice::Never;
    say(&render(diagnostic, canvas().width, colour));
}

/// Shows an error that has no diagnostic of its own.
pub(crate) fn failure(error: &anyhow::Error) {
    match error.downcast_ref::<Diagnostic>() {
        Some(known) => diagnostic(known),
        None => say(&format!("error: {error:#}\n")),
    }
}

/// Says something about the work on standard error.
pub(crate) fn aside(text: &str) {
    say(text);
}

fn say(text: &str) {
    // Nobody is left to tell when standard error is closed.
    let _closed = anstream::stderr().lock().write_all(text.as_bytes());
}

/// A spinner on a terminal, nothing in a pipe; gone when dropped.
pub(crate) struct Progress(Option<ProgressBar>);

impl Progress {
    pub(crate) fn start(message: &'static str) -> Self {
        if !io::stderr().is_terminal() {
            return Self(None);
        }
        let bar = ProgressBar::new_spinner().with_message(message);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(100));
        Self(Some(bar))
    }

    /// Shows what is being done now.
    pub(crate) fn say(&self, message: String) {
        if let Some(bar) = &self.0 {
            bar.set_message(message);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

/// A bar on a terminal for work in several parts, nothing in a pipe; gone when dropped.
pub(crate) struct Bar(Option<ProgressBar>);

impl Bar {
    pub(crate) fn start(message: &'static str) -> Self {
        let bar = Self(io::stderr().is_terminal().then(ProgressBar::new_spinner));
        if let Some(bar) = &bar.0 {
            bar.enable_steady_tick(Duration::from_millis(100));
        }
        verify::Progress::begin(&bar, message, 0);
        bar
    }
}

impl verify::Progress for Bar {
    fn begin(&self, what: &'static str, steps: usize) {
        let Some(bar) = &self.0 else {
            return;
        };
        let template = match steps {
            0 => "{spinner} {msg} {elapsed}",
            _ => "{spinner} {msg} {bar:30} {pos}/{len} {elapsed}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_length(steps as u64);
        bar.set_position(0);
        bar.set_message(what);
    }

    fn step(&self) {
        if let Some(bar) = &self.0 {
            bar.inc(1);
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
