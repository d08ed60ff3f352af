//! The recorder: what a function sends over HTTP, noted and answered.
