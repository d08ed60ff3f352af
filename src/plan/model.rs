use serde::{Deserialize, Serialize};

use super::{Digest, PlanError};
use crate::edit::Edit;
use crate::source::{SourceFile, display_path};

/// The version of the plan's JSON that this program writes and reads.
pub const PLAN_SCHEMA: u32 = 1;

/// Largest plan, in bytes of JSON, that is read.
pub const MAX_PLAN_BYTES: usize = 64 * 1024 * 1024;

/// What a command would change in a project, in order and with reasons. A value like any other:
/// nothing happens before [`super::apply`].
///
/// As JSON: `{"schema": 1, "command": "…", "changes": [{"kind": "create"|"edit"|"delete", …}]}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    schema: u32,
    /// The command line that the plan carries out, as people know it: `rewrite authorizer`.
    pub command: String,
    /// The changes. No two name the same path.
    pub changes: Vec<Change>,
}

/// One change. Paths are relative to the project's root, with forward slashes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum Change {
    /// A new file; refused where one stands already.
    Create {
        /// Where.
        path: String,
        /// Its text.
        contents: String,
        /// Whether it may be executed.
        #[serde(default)]
        executable: bool,
        /// Why, as a short phrase.
        reason: String,
    },
    /// Edits of an existing text file.
    Edit {
        /// Which.
        path: String,
        /// Of the bytes that the edits were computed on.
        before: Digest,
        /// The edits, each with its own reason. Their files are `path`.
        edits: Vec<Edit>,
    },
    /// A file that goes.
    Delete {
        /// Which.
        path: String,
        /// Of its bytes when the plan was made.
        before: Digest,
        /// Why, as a short phrase.
        reason: String,
    },
}

impl Change {
    /// The path, relative to the project's root.
    pub fn path(&self) -> &str {
        match self {
            Self::Create { path, .. } | Self::Edit { path, .. } | Self::Delete { path, .. } => path,
        }
    }

    /// The reasons, in order.
    pub fn reasons(&self) -> Vec<&str> {
        match self {
            Self::Create { reason, .. } | Self::Delete { reason, .. } => vec![reason],
            Self::Edit { edits, .. } => edits.iter().map(|edit| edit.reason.as_str()).collect(),
        }
    }
}

#[derive(Deserialize)]
struct Version {
    schema: u32,
}

impl Plan {
    /// A plan that changes nothing yet.
    pub fn new(command: impl Into<String>) -> Self {
        Self {
            schema: PLAN_SCHEMA,
            command: command.into(),
            changes: Vec::new(),
        }
    }

    /// Adds a file.
    pub fn create(
        &mut self,
        path: impl Into<String>,
        contents: impl Into<String>,
        reason: impl Into<String>,
    ) {
        self.changes.push(Change::Create {
            path: path.into(),
            contents: contents.into(),
            executable: false,
            reason: reason.into(),
        });
    }

    /// Adds a file that may be executed.
    pub fn create_executable(
        &mut self,
        path: impl Into<String>,
        contents: impl Into<String>,
        reason: impl Into<String>,
    ) {
        self.changes.push(Change::Create {
            path: path.into(),
            contents: contents.into(),
            executable: true,
            reason: reason.into(),
        });
    }

    /// Adds the edits of a file as it was read; none where there are no edits.
    pub fn edit(&mut self, file: &SourceFile, edits: Vec<Edit>) {
        if edits.is_empty() {
            return;
        }
        self.changes.push(Change::Edit {
            path: display_path(file.path()),
            before: Digest::of(file.text().as_bytes()),
            edits,
        });
    }

    /// Removes a file whose bytes are `bytes`.
    pub fn delete(&mut self, path: impl Into<String>, bytes: &[u8], reason: impl Into<String>) {
        self.changes.push(Change::Delete {
            path: path.into(),
            before: Digest::of(bytes),
            reason: reason.into(),
        });
    }

    /// Reads a plan's JSON. The paths are judged when the plan is previewed or applied.
    ///
    /// # Errors
    /// [`PlanError::Unreadable`] where it is too large, of another version, or no plan.
    pub fn from_json(json: &[u8]) -> Result<Self, PlanError> {
        let unreadable = |why: String| PlanError::Unreadable { why };
        if json.len() > MAX_PLAN_BYTES {
            return Err(unreadable(format!(
                "it is larger than {} MiB",
                MAX_PLAN_BYTES / (1024 * 1024)
            )));
        }
        let version: Version =
            serde_json::from_slice(json).map_err(|error| unreadable(error.to_string()))?;
        if version.schema != PLAN_SCHEMA {
            return Err(unreadable(format!(
                "its schema is {}, and this program knows {PLAN_SCHEMA}",
                version.schema
            )));
        }
        serde_json::from_slice(json).map_err(|error| unreadable(error.to_string()))
    }

    /// The plan as JSON, indented, with a final newline.
    ///
    /// # Errors
    /// [`PlanError::Path`] where an edit's file has a name that is not UTF-8.
    pub fn to_json(&self) -> Result<String, PlanError> {
        let mut json = serde_json::to_string_pretty(self).map_err(|error| PlanError::Path {
            path: self.command.clone(),
            why: error.to_string(),
        })?;
        json.push('\n');
        Ok(json)
    }
}
