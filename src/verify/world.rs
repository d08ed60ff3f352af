//! The AWS that a side of a comparison has to itself, and the state that a case wants in it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::{Map, Value};

use super::case::State;
use super::error::VerifyError;
use super::generate::{self, Surroundings};
use crate::lambda::deployment::REGION;
use crate::lambda::standin::{Environment, Server, Stack, StandinError};
use crate::sam::{Function, Template};

/// Where AWS calls go.
#[derive(Debug, Clone)]
pub enum Endpoint {
    /// To moto's server, by the path of its program: started, filled and reset for each side.
    Standin(PathBuf),
    /// To a server that somebody else runs, as it is. Nothing is made or reset there.
    Given(String),
}

/// What all sides share of it.
#[derive(Debug, Clone)]
pub(crate) struct Ground<'a> {
    pub(crate) endpoint: &'a Endpoint,
    pub(crate) stack: &'a Stack,
    pub(crate) template: &'a Template,
    pub(crate) function: &'a Function,
}

/// One side's own.
pub(crate) struct World<'a> {
    ground: Ground<'a>,
    server: Option<Server>,
    /// The function's environment in it.
    pub(crate) environment: Environment,
    /// The state that it holds, as long as no call may have changed it.
    holds: Option<State>,
}

impl<'a> World<'a> {
    /// Starts the stand-in and makes the template's resources in it.
    pub(crate) async fn start(ground: Ground<'a>) -> Result<Self, VerifyError> {
        let server = match ground.endpoint {
            Endpoint::Standin(program) => Some(Server::start(program).await?),
            Endpoint::Given(_) => None,
        };
        let environment = match &server {
            Some(server) => {
                ground
                    .stack
                    .provision(server, REGION, ground.function)
                    .await?
            }
            None => Environment {
                variables: Surroundings::default().environment(ground.template, ground.function),
                ..Environment::default()
            },
        };
        Ok(Self {
            ground,
            server,
            environment,
            holds: Some(State::default()),
        })
    }

    /// The base URL of the endpoint.
    pub(crate) fn base(&self) -> String {
        match (&self.server, self.ground.endpoint) {
            (Some(server), _) => format!("http://{}", server.address()),
            (None, Endpoint::Given(url)) => url.trim_end_matches('/').to_owned(),
            (None, Endpoint::Standin(_)) => String::new(),
        }
    }

    /// Brings about a state; what is not in it is as the template makes it.
    pub(crate) async fn prepare(&mut self, state: &State) -> Result<(), VerifyError> {
        let Some(server) = &self.server else {
            return Ok(());
        };
        if self.holds.as_ref() == Some(state) {
            return Ok(());
        }
        self.holds = None;
        server.reset().await?;
        let Ground {
            stack, function, ..
        } = self.ground;
        let known = &self.environment.refused;
        self.environment = stack
            .provision_again(server, REGION, function, known)
            .await?;
        fill(server, &self.environment.physical, state).await?;
        self.holds = Some(state.clone());
        Ok(())
    }

    /// Says that the state may have been changed.
    pub(crate) fn touch(&mut self) {
        self.holds = None;
    }
}

async fn fill(
    server: &Server,
    physical: &BTreeMap<String, String>,
    state: &State,
) -> Result<(), StandinError> {
    let name = |id: &str| physical.get(id).map_or(id, String::as_str).to_owned();
    for (table, items) in &state.tables {
        for item in items {
            let item = typed(item).ok_or_else(|| StandinError::Refused {
                action: "PutItem".to_owned(),
                message: format!("an item of `{table}` holds what DynamoDB does not"),
            })?;
            server.put_item(REGION, &name(table), &item).await?;
        }
    }
    for (bucket, objects) in &state.buckets {
        let region = objects.get("$region").map_or(REGION, String::as_str);
        if !physical.contains_key(bucket) {
            server.create_bucket(region, &name(bucket)).await?;
        }
        for (key, content) in objects.iter().filter(|(key, _)| *key != "$region") {
            server
                .put_object(region, &name(bucket), key, content)
                .await?;
        }
    }
    for (parameter, value) in &state.parameters {
        server
            .put_parameter(REGION, &name(parameter), value)
            .await?;
    }
    for (secret, value) in &state.secrets {
        server.put_secret(REGION, &name(secret), value).await?;
    }
    Ok(())
}

fn typed(item: &Map<String, Value>) -> Option<Value> {
    generate::typed_item(item).map(Value::Object)
}
