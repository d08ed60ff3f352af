//! What scan knows of a function.
