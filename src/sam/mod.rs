//! SAM projects.
