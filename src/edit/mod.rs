//! Format-preserving edits.
