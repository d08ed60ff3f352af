//! Python's `sys`.

/// `sys.maxsize`
pub const MAXSIZE: i64 = i64::MAX;
/// `sys.byteorder`
pub const BYTEORDER: &str = "little";
/// `sys.platform`
pub const PLATFORM: &str = "linux";
