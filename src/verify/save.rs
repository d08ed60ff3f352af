//! Cases that differ, each in a file that can be replayed.

use std::path::Path;

use super::error::VerifyError;
use super::outcome::CaseOutcome;

/// Saves each case that differs as `0001.json` and so on, after those of the run before are gone.
#[expect(
    clippy::disallowed_methods,
    reason = "a folder of the tool's own, which git ignores"
)]
pub(super) fn save(folder: &Path, outcomes: &mut [CaseOutcome]) -> Result<(), VerifyError> {
    let failed = |source| VerifyError::Io {
        what: format!("cases cannot be saved to `{}`", folder.display()),
        source,
    };
    if folder.is_dir() {
        for entry in std::fs::read_dir(folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if is_saved_case(&path) {
                std::fs::remove_file(&path).map_err(failed)?;
            }
        }
    }
    let mut number = 0;
    for outcome in outcomes {
        let Some(evidence) = &outcome.evidence else {
            continue;
        };
        number += 1;
        std::fs::create_dir_all(folder).map_err(failed)?;
        let path = folder.join(format!("{number:04}.json"));
        let text = serde_json::to_vec_pretty(&evidence.case)
            .map_err(|error| failed(std::io::Error::other(error)))?;
        std::fs::write(&path, text).map_err(failed)?;
        outcome.saved = Some(path);
    }
    Ok(())
}

/// `0001.json`: no file of anybody else's is removed.
fn is_saved_case(path: &Path) -> bool {
    let stem = path.file_stem().and_then(|stem| stem.to_str());
    path.extension().is_some_and(|it| it == "json")
        && stem.is_some_and(|stem| stem.len() == 4 && stem.bytes().all(|it| it.is_ascii_digit()))
}
