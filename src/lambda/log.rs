//! What a function prints, read as it comes and kept up to a bound.

use std::io;

use tokio::net::unix::pipe::Receiver;

/// The bytes of a log that are kept; the rest is counted. As much as one invocation can print in
/// reason, and far below what would hurt this process.
const KEPT: usize = 4 << 20;

/// Standard output and standard error, in the order written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Log {
    /// The beginning of it, at most 4 MiB.
    pub bytes: Vec<u8>,
    /// The number of bytes that came after and were not kept.
    pub dropped: u64,
}

impl Log {
    /// As text; bytes that are not UTF-8 become replacement characters.
    #[must_use]
    pub fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.bytes)
    }

    fn add(&mut self, bytes: &[u8]) {
        let room = KEPT.saturating_sub(self.bytes.len()).min(bytes.len());
        let (kept, dropped) = bytes.split_at(room);
        self.bytes.extend_from_slice(kept);
        self.dropped += dropped.len() as u64;
    }
}

/// The reading end of the pipe that a sandbox's processes print to.
#[derive(Debug)]
pub(super) struct Reader {
    pipe: Receiver,
    buffer: Box<[u8]>,
    log: Log,
    ended: bool,
}

impl Reader {
    pub(super) fn new(pipe: io::PipeReader) -> io::Result<Self> {
        Ok(Self {
            pipe: Receiver::from_owned_fd(pipe.into())?,
            buffer: vec![0; 64 << 10].into_boxed_slice(),
            log: Log::default(),
            ended: false,
        })
    }

    /// Reads until cancelled. Never returns, so that it can stand beside what is waited for.
    pub(super) async fn read_on(&mut self) -> std::convert::Infallible {
        loop {
            if self.ended || self.pipe.readable().await.is_err() {
                std::future::pending::<()>().await;
            }
            self.drain();
        }
    }

    /// Reads what is in the pipe, and does not wait for more.
    pub(super) fn drain(&mut self) {
        // A process that prints without end must not keep us here.
        for _ in 0..1024 {
            match self.pipe.try_read(&mut self.buffer) {
                Ok(0) => return self.ended = true,
                Ok(length) => self.log.add(&self.buffer[..length]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return,
            }
        }
    }

    /// What was read since this was last asked.
    pub(super) fn take(&mut self) -> Log {
        self.drain();
        std::mem::take(&mut self.log)
    }
}
