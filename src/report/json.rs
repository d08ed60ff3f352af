use std::io::{self, Write};

use serde::Serialize;

/// Written piece by piece: the report of a large tree is tens of megabytes.
pub(super) fn write(report: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, report)?;
    out.write_all(b"\n")
}
