//! The catalogue of AWS services.
