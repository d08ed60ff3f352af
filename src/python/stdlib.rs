//! Which modules come with Python, and which with Lambda's Python runtime.

/// Top-level modules of the standard library of Python 3.8 to 3.14, sorted, one a line.
const STDLIB: &str = include_str!("stdlib.txt");

/// Whether any Python from 3.8 to 3.14 has this top-level module in its standard library.
pub(super) fn is_stdlib(package: &str) -> bool {
    use std::sync::OnceLock;
    static NAMES: OnceLock<Vec<&'static str>> = OnceLock::new();
    NAMES
        .get_or_init(|| STDLIB.lines().collect())
        .binary_search(&package)
        .is_ok()
}

/// Whether Lambda's Python runtimes bring this package, so that it works without being packaged.
/// As documented for the managed runtimes: the SDK, what it needs, and the runtime client.
pub(super) fn is_in_runtime(package: &str) -> bool {
    matches!(
        package,
        "boto3"
            | "botocore"
            | "s3transfer"
            | "jmespath"
            | "dateutil"
            | "six"
            | "urllib3"
            | "awslambdaric"
            | "snapshot_restore_py"
    )
}
