//! The local Lambda: processes, invocations, the AWS stand-in and the calls that are made to it.

pub mod record;
