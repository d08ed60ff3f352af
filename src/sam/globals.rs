//! A resource's properties merged with the template's Globals: maps merge, lists add up with the
//! global items first, anything else the resource overrides. After SAM's specification and
//! `samtranslator.plugins.globals`, which merges only values without intrinsics.

use std::sync::Arc;

use super::scope::intrinsic;
use crate::yaml::{Entry, Node};

/// Properties that Globals may set for functions, from samtranslator 1.110.
const FUNCTION: &[&str] = &[
    "Architectures",
    "AssumeRolePolicyDocument",
    "AutoPublishAlias",
    "AutoPublishAliasAllProperties",
    "CapacityProviderConfig",
    "CodeSigningConfigArn",
    "CodeUri",
    "DeadLetterQueue",
    "DeploymentPreference",
    "Description",
    "DurableConfig",
    "Environment",
    "EphemeralStorage",
    "EventInvokeConfig",
    "FileSystemConfigs",
    "FunctionScalingConfig",
    "FunctionUrlConfig",
    "Handler",
    "KmsKeyArn",
    "Layers",
    "LoggingConfig",
    "MemorySize",
    "PermissionsBoundary",
    "PropagateTags",
    "ProvisionedConcurrencyConfig",
    "PublishToLatestPublished",
    "RecursiveLoop",
    "ReservedConcurrentExecutions",
    "RolePath",
    "Runtime",
    "RuntimeManagementConfig",
    "SnapStart",
    "SourceKMSKeyArn",
    "Tags",
    "TenancyConfig",
    "Timeout",
    "Tracing",
    "VersionDeletionPolicy",
    "VpcConfig",
];

/// A resource's own properties over the global ones.
#[derive(Clone, Copy)]
pub(super) struct Properties<'a> {
    own: Option<&'a Node>,
    global: Option<&'a Node>,
}

impl<'a> Properties<'a> {
    /// The properties of an `AWS::Serverless::Function`.
    pub(super) fn of_function(root: &'a Node, own: Option<&'a Node>) -> Self {
        Self::with_section(root, "Function", own)
    }

    /// The properties of a resource whose Globals stand under `section`.
    pub(super) fn with_section(root: &'a Node, section: &str, own: Option<&'a Node>) -> Self {
        let global = root.get_path(&["Globals", section]).map(Node::target);
        Self {
            own: own.map(Node::target),
            global,
        }
    }

    /// Properties that no Globals touch.
    pub(super) const fn own(own: Option<&'a Node>) -> Self {
        Self { own, global: None }
    }

    /// The value that wins where own and global values do not merge.
    pub(super) fn get(&self, name: &str) -> Option<&'a Node> {
        let own = self
            .own
            .and_then(|node| node.get(name))
            .map(|node| node.target());
        own.or_else(|| self.global(name))
    }

    fn global(&self, name: &str) -> Option<&'a Node> {
        let global = self.global?.get(name).filter(|_| FUNCTION.contains(&name));
        global.map(|node| node.target())
    }

    /// The properties below a property that is a mapping.
    pub(super) fn below(&self, name: &str) -> Self {
        let own = self
            .own
            .and_then(|node| node.get(name))
            .map(|node| node.target());
        let global = self.global(name);
        Self::merged(own, global)
    }

    fn merged(own: Option<&'a Node>, global: Option<&'a Node>) -> Self {
        let plain = |node: &&Node| node.is_mapping() && intrinsic(node).is_none();
        match (own, global) {
            (Some(own), Some(global)) if plain(&own) && plain(&global) => Self {
                own: Some(own),
                global: Some(global),
            },
            (Some(own), _) => Self {
                own: Some(own),
                global: None,
            },
            (None, global) => Self { own: None, global },
        }
    }

    /// One more step down, where names are no longer properties of a function.
    pub(super) fn child(&self, name: &str) -> Self {
        let step =
            |node: Option<&'a Node>| node.and_then(|node| node.get(name)).map(|n| n.target());
        Self::merged(step(self.own), step(self.global))
    }

    /// The entries of a merged mapping, global ones first, an own value at a global one's place.
    pub(super) fn entries(&self) -> Vec<(&'a Entry, bool)> {
        let own = self.own.map(Node::entries).unwrap_or_default();
        let global = self.global.map(Node::entries).unwrap_or_default();
        let overriding = |entry: &Entry| {
            own.iter()
                .copied()
                .find(|other| other.key.as_text() == entry.key.as_text())
        };
        let mut merged: Vec<(&Entry, bool)> = global
            .iter()
            .copied()
            .map(|entry| overriding(entry).map_or((entry, true), |own| (own, false)))
            .collect();
        for entry in own.iter().copied() {
            let known = global
                .iter()
                .any(|other| other.key.as_text() == entry.key.as_text());
            if !known {
                merged.push((entry, false));
            }
        }
        merged
    }

    /// The items of a merged list; `None` where the value that wins is not a plain list.
    pub(super) fn items(&self, name: &str) -> Option<Vec<&'a Arc<Node>>> {
        let list = |node: Option<&'a Node>| {
            let node = node?.get(name)?;
            node.as_sequence().filter(|_| intrinsic(node).is_none())
        };
        let has_own = self.own.is_some_and(|node| node.get(name).is_some());
        let (own, global) = (list(self.own), list(self.global));
        match (own, global) {
            (Some(own), Some(global)) => Some(global.iter().chain(own).collect()),
            (Some(own), None) => Some(own.iter().collect()),
            (None, Some(global)) if !has_own => Some(global.iter().collect()),
            _ => None,
        }
    }
}
