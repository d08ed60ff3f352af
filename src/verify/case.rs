//! A case: an event, the state of AWS before it, and what goes wrong.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::lambda::record::{FaultRule, HttpRule, Rules};

/// One thing to try a function with. As JSON, everything but the event may be left out.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What it is; a file's name where it comes from one.
    #[serde(default)]
    pub name: String,
    /// Why it is worth a try.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// The event.
    pub event: Value,
    /// What AWS holds before.
    #[serde(default, skip_serializing_if = "State::is_empty")]
    pub state: State,
    /// AWS calls that fail.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<FaultRule>,
    /// Answers to requests to what is not AWS.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub http: Vec<HttpRule>,
    /// What the same sandbox was invoked with before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<Case>,
}

impl Case {
    /// How the recorder is to answer.
    #[must_use]
    pub fn rules(&self) -> Rules {
        Rules {
            faults: self.faults.clone(),
            http: self.http.clone(),
        }
    }
}

/// What AWS holds before an invocation. Keys are logical ids of the template or names.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// Items of DynamoDB tables, as plain JSON: numbers are numbers, not `{"N": …}`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tables: BTreeMap<String, Vec<Map<String, Value>>>,
    /// Objects of buckets by key. Buckets that the template does not have are made, in the region
    /// of `$region` if that is given.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub buckets: BTreeMap<String, BTreeMap<String, String>>,
    /// Values of SSM parameters.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: BTreeMap<String, String>,
    /// Values of secrets.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub secrets: BTreeMap<String, String>,
}

impl State {
    /// Whether it holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// This state over another: what both name is taken from this one.
    #[must_use]
    pub fn over(&self, other: &Self) -> Self {
        let mut all = other.clone();
        all.tables.extend(self.tables.clone());
        all.buckets.extend(self.buckets.clone());
        all.parameters.extend(self.parameters.clone());
        all.secrets.extend(self.secrets.clone());
        all
    }
}
