//! Work that runs other processes: ended in order when the user interrupts it.

use std::io;

use tokio::signal::unix::{SignalKind, signal};

/// Exit code after an interrupt, as shells have it: 128 and the signal's number.
pub(crate) const INTERRUPTED: u8 = 130;

/// Runs a future to its end; nothing where the user interrupts it. It is dropped then, and what it
/// started is gone when this returns.
pub(crate) fn run<T>(work: impl Future<Output = T>) -> io::Result<Option<T>> {
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        let mut hangup = signal(SignalKind::hangup())?;
        tokio::select! {
            done = work => Ok(Some(done)),
            _ = interrupt.recv() => Ok(None),
            _ = terminate.recv() => Ok(None),
            _ = hangup.recv() => Ok(None),
        }
    })
}
