//! The plan, its diff, apply and undo.
