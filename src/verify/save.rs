//! Cases that differ, each in a file that can be replayed.

use std::path::Path;

use super::error::VerifyError;
use super::outcome::CaseOutcome;
use crate::plan;

/// Keeps each case that differs as `0001.json` and so on, in the place of those of the run before.
pub(super) fn save(
    root: &Path,
    function: &str,
    outcomes: &mut [CaseOutcome],
) -> Result<(), VerifyError> {
    let mut files = Vec::new();
    let mut kept = Vec::new();
    for outcome in outcomes {
        let Some(evidence) = &outcome.evidence else {
            continue;
        };
        let text = serde_json::to_vec_pretty(&evidence.case).map_err(|error| VerifyError::Io {
            what: "a case cannot be written".to_owned(),
            source: error.into(),
        })?;
        let name = format!("{:04}.json", files.len() + 1);
        files.push((name.clone(), text));
        kept.push((outcome, name));
    }
    let folder = plan::keep(root, &format!("verify/{function}"), &files)?;
    for (outcome, name) in kept {
        outcome.saved = Some(folder.join(name));
    }
    Ok(())
}
