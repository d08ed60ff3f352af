//! The Python functions of the examples, with the events that lie beside them.

use std::fs;

use gammaray_migrate::lambda::standin::{Server, Stack};
use gammaray_migrate::lambda::{Launch, Outcome};
use gammaray_migrate::sam::{Code, Project};
use gammaray_migrate::verify::generate::{Origin, Subject, Surroundings, cases, from_reads};
use gammaray_migrate::verify::trace::{Trace, Tracing};
use serde_json::Value;

use super::{assert_reads, coverage, launch, outcomes, root, unreached};
use crate::common::{skipped, tool};

/// An example and how its functions are started.
struct Example {
    server: Server,
    name: &'static str,
    project: Project,
}

impl Example {
    async fn new(test: &str, name: &'static str) -> Option<Self> {
        let Some(program) = tool("moto_server") else {
            skipped(test, "moto_server is missing; run .ci/setup");
            return None;
        };
        let root = root().join("examples").join(name);
        Some(Self {
            server: Server::start(&program).await.unwrap(),
            name,
            project: Project::read(&root, None).unwrap(),
        })
    }

    async fn launch(&self, id: &str) -> Option<Launch> {
        let mut functions = self.project.functions();
        let (template, function) = functions.find(|(_, it)| it.id == id).unwrap();
        let handler = function.handler.as_ref().unwrap().value.to_string();
        let Code::Local { path, .. } = &function.code else {
            panic!("{id} has no folder");
        };
        let mut launch = launch(id, "examples", &handler)?;
        launch.task_root = launch.task_root.join(self.name).join(path);
        self.server.reset().await.unwrap();
        let stack = Stack::of(template);
        let made = stack.provision(&self.server, "us-east-1", function).await;
        launch.environment.extend(made.unwrap().variables);
        let address = format!("http://{}", self.server.address());
        let layer = root().join("examples/orders/layers/common");
        let variables = [
            ("AWS_ENDPOINT_URL", address),
            ("POWERTOOLS_TRACE_DISABLED", "true".into()),
            ("PYTHONPATH", layer.display().to_string()),
        ];
        let variables = variables.map(|(name, value)| (name.to_owned(), value));
        launch.environment.extend(variables);
        Some(launch)
    }

    fn events(&self, beginning: &str) -> Vec<Value> {
        let example = root().join("examples").join(self.name);
        // Those of a nested stack lie beside its own template.
        let folders = ["events", "notifications/events"].map(|it| example.join(it));
        let entries = folders
            .iter()
            .filter_map(|it| fs::read_dir(it).ok())
            .flatten();
        let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        let named = |file: &&std::path::PathBuf| {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            name.starts_with(beginning)
        };
        let texts = files.iter().filter(named);
        let events = texts.map(|file| serde_json::from_slice(&fs::read(file).unwrap()).unwrap());
        events.collect()
    }

    /// Traces a function over its events; what it comes to is what it comes to without.
    async fn traced(&self, id: &str, beginning: &str) -> Option<Trace> {
        let events = self.events(beginning);
        assert!(!events.is_empty(), "{beginning}");
        self.compared(id, &events).await
    }

    /// The same for any events.
    async fn compared(&self, id: &str, events: &[Value]) -> Option<Trace> {
        let plain = outcomes(&self.launch(id).await?, events).await;
        let mut launch = self.launch(id).await?;
        let layer = root().join("examples/orders/layers/common");
        let code = [launch.task_root.clone(), layer];
        let mut tracing = Tracing::prepare(&mut launch, &code, coverage().as_deref()).unwrap();
        let traced = outcomes(&launch, events).await;
        for ((plain, traced), event) in plain.iter().zip(&traced).zip(events) {
            assert_eq!(settled(plain), settled(traced), "{id}: {event}");
        }
        let trace = tracing.take().unwrap();
        assert!(trace.troubles.is_empty(), "{:?}", trace.troubles);
        let code_only = |path: &std::path::PathBuf| path.starts_with(root().join("examples"));
        assert!(trace.coverage.files.keys().all(code_only));
        println!(
            "{id}: {:?} lines, {} reads",
            trace.coverage.lines(),
            trace.reads.len()
        );
        Some(trace)
    }
}

/// An outcome without what is new each time: ids and times, also within texts of JSON.
fn settled(outcome: &Outcome) -> String {
    fn without(value: &Value) -> Value {
        match value {
            Value::Object(fields) => {
                let fresh = |name: &str| matches!(name, "id" | "sk" | "created");
                let fields = fields.iter().map(|(name, value)| match fresh(name) {
                    true => (name.clone(), Value::Null),
                    false => (name.clone(), without(value)),
                });
                Value::Object(fields.collect())
            }
            Value::Array(items) => items.iter().map(without).collect(),
            Value::String(text) => match serde_json::from_str::<Value>(text) {
                Ok(inner @ Value::Object(_)) => without(&inner),
                _ => value.clone(),
            },
            other => other.clone(),
        }
    }
    match outcome {
        Outcome::Answer(answer) => without(answer).to_string(),
        // Some messages hold addresses of objects, or a stack, in which the tracing shows.
        Outcome::Error(error)
            if [" at 0x", "Traceback"]
                .iter()
                .any(|it| error.message.contains(it)) =>
        {
            error.kind.clone()
        }
        Outcome::Error(error) => format!("{error:?}"),
    }
}

#[tokio::test]
async fn gammaray() {
    let Some(example) = Example::new("gammaray", "gammaray").await else {
        return;
    };
    let Some(authorizer) = example.traced("AuthorizerFunction", "authorizer").await else {
        return;
    };
    assert_reads(
        &authorizer,
        &[
            "headers",
            "headers.Authorization",
            "headers.Authorization|split(\" \")[2]|base64|split(\":\")[2]",
            "methodArn",
            "methodArn|split(\":\")[3]",
        ],
    );
    // No user is in the table.
    let shown = unreached(&authorizer);
    assert!(shown.contains(&"line 52 never ran".to_owned()), "{shown:?}");

    let dashboards = example
        .traced("CreateDashboardFunction", "create-dashboard")
        .await
        .unwrap();
    assert_reads(
        &dashboards,
        &[
            "body",
            "body|json",
            "body|json.name",
            "body|json.widgets",
            "body|json.widgets|length",
            "body|json.widgets[].kind",
            "requestContext.authorizer",
            "requestContext.authorizer.username",
        ],
    );

    let analytics = example
        .traced("ConsumeAnalyticsFunction", "consume-analytics")
        .await
        .unwrap();
    assert_reads(
        &analytics,
        &[
            "Records",
            "Records[].messageId",
            "Records[].body|json.at",
            "Records[].body|json.id",
        ],
    );
    assert_eq!(unreached(&analytics), Vec::<String>::new());

    let buckets = example
        .traced("ListBucketsFunction", "list-buckets")
        .await
        .unwrap();
    assert_reads(
        &buckets,
        &[
            "requestContext.authorizer.username",
            "queryStringParameters.region",
        ],
    );
}

#[tokio::test]
async fn orders() {
    let Some(example) = Example::new("orders", "orders").await else {
        return;
    };
    let expected: [(&str, &str, &[&str]); 9] = [
        (
            "ApiFunction",
            "api",
            &[
                "rawPath",
                "requestContext.http.method",
                "requestContext.authorizer.jwt.claims.sub",
                "body|json.lines",
                "body|json.lines[].article",
                "body|json.lines[].quantity",
                "headers.idempotency-key",
            ],
        ),
        (
            "PartnerAuthorizerFunction",
            "partner",
            &["headers.x-partner-key"],
        ),
        (
            "FulfilFunction",
            "fulfil",
            &["Records[].body|json.customer", "Records[].messageId"],
        ),
        (
            "StreamFunction",
            "stream",
            &[
                "Records[].dynamodb.NewImage.sk|dynamodb",
                "Records[].dynamodb.NewImage.status|dynamodb",
                "Records[].dynamodb.NewImage.total|dynamodb",
                "Records[].dynamodb.OldImage.status|dynamodb",
                "Records[].dynamodb.ApproximateCreationDateTime",
            ],
        ),
        (
            "ImportPricesFunction",
            "import-prices",
            &[
                "Records[].s3.bucket.name",
                "Records[].s3.object.key|percent",
            ],
        ),
        ("NotifyFunction", "notify", &["detail"]),
        ("CleanupFunction", "cleanup", &[]),
        ("ReserveStockFunction", "reserve", &["customer", "id"]),
        (
            "SendEmailFunction",
            "send-email",
            &[
                "Records[].Sns.Message|json.email",
                "Records[].Sns.Message|json.lines",
                "Records[].Sns.Subject",
            ],
        ),
    ];
    for (id, beginning, reads) in expected {
        let Some(trace) = example.traced(id, beginning).await else {
            return;
        };
        assert_reads(&trace, reads);
    }
}

/// Knowing only the template, a few rounds find their way into the code.
#[tokio::test]
async fn cases_from_reads_reach_what_usual_events_do_not() {
    let test = "cases_from_reads_reach_what_usual_events_do_not";
    let Some(example) = Example::new(test, "gammaray").await else {
        return;
    };
    // No user is in the table, so the authorizer lets nobody in.
    let nobody: &[&str] = &[
        "line 43 never ran",
        "line 50 never went to line 52",
        "line 52 never ran",
        "line 71 never went to line 72",
        "line 72 never ran",
    ];
    let functions = [
        ("CreateDashboardFunction", 6, &[] as &[&str]),
        ("ConsumeAnalyticsFunction", 2, &[]),
        ("AuthorizerFunction", 2, nobody),
    ];
    for (id, rounds, expected) in functions {
        let (template, function) = example
            .project
            .functions()
            .find(|(_, it)| it.id == id)
            .unwrap();
        let surroundings = Surroundings::default();
        let subject = Subject {
            template,
            function,
            surroundings: &surroundings,
        };
        let mut usual = cases(&subject, 100);
        usual.retain(|case| case.origin == Origin::Usual);
        let mut events: Vec<Value> = usual.iter().map(|case| case.event.clone()).collect();
        let mut trace = Trace::default();
        for round in 0..rounds {
            let Some(more) = example.compared(id, &events).await else {
                return;
            };
            trace.merge(more);
            let (lines, branches) = (trace.coverage.lines(), trace.coverage.branches());
            println!("{id}, round {round}: lines {lines:?}, branches {branches:?}");
            let made = from_reads(&subject, &usual, &trace.reads, 80);
            events = made.into_iter().map(|case| case.event).collect();
        }
        assert_eq!(unreached(&trace), expected, "{id}");
    }
}
