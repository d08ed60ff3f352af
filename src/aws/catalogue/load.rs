use std::io::Read;
use std::sync::{LazyLock, OnceLock};

use flate2::read::ZlibDecoder;
use serde::Deserialize;

use super::Service;

/// A line of JSON that says where each service's compressed JSON lies behind it.
static DATA: &[u8] = include_bytes!("catalogue.bin");

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::read(DATA).unwrap_or_default());

/// The embedded catalogue.
pub fn catalogue() -> &'static Catalogue {
    &CATALOGUE
}

#[derive(Deserialize)]
struct Header {
    botocore: String,
    boto3: String,
    services: Vec<(String, usize, usize)>,
}

/// All services, each decompressed when it is first asked for.
#[derive(Default)]
pub struct Catalogue {
    botocore: String,
    boto3: String,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    packed: &'static [u8],
    service: OnceLock<Option<Service>>,
}

impl Catalogue {
    fn read(data: &'static [u8]) -> Option<Self> {
        let end = data.iter().position(|&byte| byte == b'\n')?;
        let header: Header = serde_json::from_slice(data.get(..end)?).ok()?;
        let blobs = data.get(end + 1..)?;
        let entries = header.services.into_iter().map(|(name, start, length)| {
            let packed = blobs.get(start..start + length)?;
            Some(Entry {
                name,
                packed,
                service: OnceLock::new(),
            })
        });
        let entries = entries.collect::<Option<_>>()?;
        Some(Self {
            botocore: header.botocore,
            boto3: header.boto3,
            entries,
        })
    }

    /// The service that `boto3.client(boto3_name)` gives.
    pub fn service(&self, boto3_name: &str) -> Option<&Service> {
        let found = self
            .entries
            .binary_search_by(|entry| entry.name.as_str().cmp(boto3_name));
        let entry = self.entries.get(found.ok()?)?;
        entry.service.get_or_init(|| unpack(entry.packed)).as_ref()
    }

    /// boto3's names of all services, in alphabetical order.
    pub fn service_names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.name.as_str())
    }

    /// The version of the botocore package that it was made from.
    pub fn botocore_version(&self) -> &str {
        &self.botocore
    }

    /// The version of the boto3 package that the resources were made from.
    pub fn boto3_version(&self) -> &str {
        &self.boto3
    }
}

fn unpack(packed: &[u8]) -> Option<Service> {
    let mut json = Vec::new();
    ZlibDecoder::new(packed).read_to_end(&mut json).ok()?;
    serde_json::from_slice(&json).ok()
}
