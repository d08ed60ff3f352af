//! AWS Lambda Powertools: what is decided while compiling.

use super::Mapping;

/// The mapping.
pub(super) struct Powertools;

impl Mapping for Powertools {
    fn knows(&self, module: &str) -> bool {
        module == "aws_lambda_powertools"
    }
}
