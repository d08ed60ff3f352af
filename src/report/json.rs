use std::io::{self, Write};

use crate::analysis::Scan;

/// Written piece by piece: the report of a large tree is tens of megabytes.
pub(super) fn scan(scan: &Scan, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, scan)?;
    out.write_all(b"\n")
}
