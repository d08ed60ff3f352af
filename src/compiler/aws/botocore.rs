//! The version of botocore that a function has, which decides the classes of its exceptions.
//!
//! A client raises an error whose code its model does not know as `ClientError`. Models learn codes
//! with time: the catalogue's know more than the version that runs in Lambda or that a function pins.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::edit::requirements::requirements;

/// A version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Botocore([u32; 3]);

/// What Lambda's Python runtimes bring along.
const RUNTIME: Botocore = Botocore([1, 40, 4]);
/// Newer than all that is known.
const LATEST: Botocore = Botocore([u32::MAX; 3]);

impl Default for Botocore {
    fn default() -> Self {
        LATEST
    }
}

/// Since when there are exceptions that are not as old as all others, by service.
static NEWER: LazyLock<BTreeMap<(&str, &str), Botocore>> = LazyLock::new(|| {
    let lines = include_str!("newer.txt").lines();
    let rows = lines
        .filter(|line| !line.starts_with('#'))
        .flat_map(|line| {
            let mut words = line.split(' ');
            let since = words.next().and_then(version);
            let service = words.next().unwrap_or_default();
            words.filter_map(move |name| Some(((service, name), since?)))
        });
    rows.collect()
});

impl Botocore {
    /// That of a function with these requirements. Of packages that bring a botocore of their own
    /// only the older rule is known.
    pub fn of(manifest: Option<&str>) -> Self {
        let found = requirements(manifest.unwrap_or_default());
        let own = found
            .iter()
            .find(|it| matches!(it.name.as_deref(), Some("botocore" | "boto3")));
        match own.map(|it| it.text.split_once("==")) {
            Some(Some((_, pinned))) => version(pinned).unwrap_or(RUNTIME),
            Some(None) => LATEST,
            None => RUNTIME,
        }
    }

    /// Whether its client of a service has an exception.
    pub(super) fn has(self, service: &str, exception: &str) -> bool {
        let since = NEWER.get(&(service, exception));
        since.is_none_or(|since| self >= *since)
    }
}

fn version(text: &str) -> Option<Botocore> {
    let text = text.trim();
    let end = text.find(|it: char| !it.is_ascii_digit() && it != '.');
    let mut parts = text[..end.unwrap_or(text.len())].split('.');
    let mut part = || parts.next().and_then(|it| it.parse().ok());
    Some(Botocore([part()?, part()?, part().unwrap_or(0)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_required_decides_which_exceptions_there_are() {
        let denied = |manifest| Botocore::of(manifest).has("s3", "AccessDenied");
        assert!(!denied(None));
        assert!(!denied(Some("aiobotocore==2.24.0\n")));
        assert!(!denied(Some("boto3==1.40.61 # pinned\n")));
        assert!(denied(Some("boto3==1.44.5\n")));
        assert!(denied(Some("boto3\n")));
        assert!(Botocore::of(None).has("s3", "NoSuchKey"));
        assert!(!Botocore::of(Some("botocore==1.34.2")).has("sqs", "RequestThrottled"));
        assert!(Botocore::of(None).has("sqs", "RequestThrottled"));
    }
}
