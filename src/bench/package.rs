//! How large a deployment package is: zipped as it is uploaded, and unpacked.

use std::fs::File;
use std::io::{self, Write};
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use serde::Serialize;
use walkdir::WalkDir;

/// The largest zip file that is taken directly ("Lambda quotas", Lambda developer guide).
const ZIPPED: u64 = 50 * 1024 * 1024;

/// The most that a function and its layers may be, unpacked.
const UNZIPPED: u64 = 250 * 1024 * 1024;

/// Sizes in bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Size {
    /// As a zip file.
    pub zipped: u64,
    /// The files themselves.
    pub unzipped: u64,
}

/// A function's code and its layers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Package {
    /// The function's code.
    pub code: Size,
    /// All layers.
    pub layers: Size,
    /// Limits of Lambda's that are exceeded, in words.
    pub exceeds: Vec<String>,
}

impl Package {
    /// Of what is zipped together as the code, folders or files, and of layers, each a zip file of
    /// its own.
    ///
    /// # Errors
    /// When one cannot be read; says which.
    pub fn of(code: &[PathBuf], layers: &[PathBuf]) -> io::Result<Self> {
        let code = size(code)?;
        let mut exceeds = Vec::new();
        let mut all = Size::default();
        let too_large = |zipped| zipped > ZIPPED;
        if too_large(code.zipped) {
            exceeds
                .push("the code is over 50 MB zipped and must be uploaded through S3".to_owned());
        }
        for layer in layers {
            let layer = size(std::slice::from_ref(layer))?;
            if too_large(layer.zipped) {
                exceeds.push(
                    "a layer is over 50 MB zipped and must be uploaded through S3".to_owned(),
                );
            }
            all.zipped += layer.zipped;
            all.unzipped += layer.unzipped;
        }
        if code.unzipped + all.unzipped > UNZIPPED {
            exceeds
                .push("code and layers are over 250 MB unpacked, which Lambda refuses".to_owned());
        }
        Ok(Self {
            code,
            layers: all,
            exceeds,
        })
    }

    /// Code and layers zipped.
    #[must_use]
    pub fn zipped(&self) -> u64 {
        self.code.zipped + self.layers.zipped
    }

    /// Code and layers unpacked.
    #[must_use]
    pub fn unzipped(&self) -> u64 {
        self.code.unzipped + self.layers.unzipped
    }
}

/// Headers of a zip file: of an entry, of its place in the directory (both and its name), of the
/// end (APPNOTE.TXT 6.3, sections 4.3.7, 4.3.12 and 4.3.16).
const HEADERS: [u64; 3] = [30, 46, 22];

/// What folders take as a zip file of deflated entries. Links are followed, as SAM does.
fn size(folders: &[PathBuf]) -> io::Result<Size> {
    let [entry_header, directory_header, end] = HEADERS;
    let mut size = Size {
        zipped: end,
        unzipped: 0,
    };
    let entries = folders.iter().flat_map(|folder| {
        let entries = WalkDir::new(folder).follow_links(true).into_iter();
        entries.map(move |entry| (folder, entry))
    });
    for (folder, entry) in entries {
        let entry = entry.map_err(io::Error::other)?;
        if !entry.file_type().is_file() {
            continue;
        }
        let named = |error: io::Error| {
            io::Error::new(error.kind(), format!("{}: {error}", entry.path().display()))
        };
        let mut file = File::open(entry.path()).map_err(named)?;
        let mut encoder = DeflateEncoder::new(Counter(0), Compression::default());
        let unzipped = io::copy(&mut file, &mut encoder).map_err(named)?;
        let deflated = encoder.finish().map_err(named)?.0;
        let name = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let name = name.as_os_str().len() as u64;
        size.zipped += entry_header + directory_header + 2 * name + deflated.min(unzipped);
        size.unzipped += unzipped;
    }
    Ok(size)
}

/// Counts what is written to it.
struct Counter(u64);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
