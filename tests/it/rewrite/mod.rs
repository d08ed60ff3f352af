//! Tests of `rewrite`: crates, templates, the command.

mod again;
mod build;
mod command;
mod examples;
mod gallery;
mod golden;
mod promise;
mod refusals;
mod refusals_of_classes;
mod refused_aws;
mod refused_functions;
mod refused_powertools;
