//! The recorder between real clients and moto.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};

use gammaray_migrate::lambda::record::{
    Authority, Fault, FaultRule, HttpRule, Recorder, Recording, Rules,
};
use gammaray_migrate::lambda::standin::Server;
use serde_json::{Value, json};

use crate::common::{skipped, tool};

const REGION: &str = "eu-west-1";

struct Bench {
    recorder: Recorder,
    _server: Server,
}

async fn bench(test: &str) -> Option<Bench> {
    let Some(moto) = tool("moto_server") else {
        skipped(test, "moto_server is missing; run .ci/setup");
        return None;
    };
    let server = Server::start(&moto).await.expect("moto");
    let authority = Arc::new(Authority::new().expect("an authority"));
    let base = format!("http://{}", server.address());
    let recorder = Recorder::start(base, REGION, authority)
        .await
        .expect("a recorder");
    Some(Bench {
        recorder,
        _server: server,
    })
}

impl Bench {
    /// Runs Python with the recorder around it; what it printed.
    async fn python(&self, arguments: &[&str], rules: Rules) -> (String, Recording) {
        self.recorder.begin(rules);
        let mut environment = BTreeMap::new();
        self.recorder.surround(&mut environment);
        let output = tokio::process::Command::new(tool("python3").expect("Python"))
            .args(arguments)
            .env_clear()
            .envs(environment)
            .env("AWS_DEFAULT_REGION", REGION)
            .env("AWS_ACCESS_KEY_ID", "dummy")
            .env("AWS_SECRET_ACCESS_KEY", "dummy")
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .stdin(Stdio::null())
            .output()
            .await
            .expect("started");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let printed = String::from_utf8(output.stdout).expect("text");
        (printed, self.recorder.take())
    }
}

#[tokio::test]
async fn calls_in_all_protocols_are_read_as_they_were_meant() {
    let Some(bench) = bench("calls in all protocols").await else {
        return;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/recorder/calls.py");
    let script = script.display().to_string();
    let (printed, recording) = bench.python(&[&script], Rules::default()).await;
    let meant: Vec<Value> = printed
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let recorded: Vec<Value> = recording
        .calls
        .iter()
        .map(|call| json!([call.service, call.operation, call.parameters]))
        .collect();
    let other = |one: &[Value], two: &[Value]| -> Vec<String> {
        let missing = one.iter().filter(|call| !two.contains(call));
        missing.map(ToString::to_string).collect()
    };
    assert_eq!(other(&meant, &recorded), other(&recorded, &meant));
    assert_eq!(meant, recorded, "the order");
    assert!(recording.calls.iter().all(|call| call.recognised));
    assert!(recording.requests.is_empty(), "{:?}", recording.requests);
}

fn fault(service: &str, operation: &str, call: Option<u32>, fault: Fault) -> Rules {
    let rule = FaultRule {
        service: service.into(),
        operation: operation.into(),
        call,
        parameters: Default::default(),
        fault,
    };
    Rules {
        faults: vec![rule],
        http: Vec::new(),
    }
}

/// Prints the code of the error that a call meets.
const CODE: &str = r#"
import sys, boto3
from botocore.config import Config
from botocore.exceptions import ClientError
service, method, arguments = sys.argv[1:4]
client = boto3.client(service, config=Config(retries={"total_max_attempts": int(sys.argv[4])}))
for _ in range(2):
    try:
        getattr(client, method)(**eval(arguments))
        print("done")
    except ClientError as error:
        print(error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"])
"#;

#[tokio::test]
async fn faults_reach_clients_as_the_services_own_errors() {
    let Some(bench) = bench("faults").await else {
        return;
    };
    let cases = [
        (
            "dynamodb",
            "ListTables",
            "list_tables",
            [
                "ProvisionedThroughputExceededException 400",
                "AccessDeniedException 400",
                "InternalServerError 500",
            ],
        ),
        (
            "sqs",
            "ListQueues",
            "list_queues",
            [
                "ThrottlingException 400",
                "AccessDeniedException 400",
                "InternalServerError 500",
            ],
        ),
        (
            "sns",
            "ListTopics",
            "list_topics",
            ["Throttling 400", "AccessDenied 403", "InternalFailure 500"],
        ),
        (
            "s3",
            "ListBuckets",
            "list_buckets",
            ["SlowDown 503", "AccessDenied 403", "InternalError 500"],
        ),
        (
            "ec2",
            "DescribeInstances",
            "describe_instances",
            [
                "RequestLimitExceeded 503",
                "AccessDenied 403",
                "InternalFailure 500",
            ],
        ),
        (
            "scheduler",
            "ListSchedules",
            "list_schedules",
            [
                "ThrottlingException 400",
                "AccessDeniedException 400",
                "InternalServerError 500",
            ],
        ),
    ];
    for (service, operation, method, codes) in cases {
        for (kind, code) in [Fault::Throttle, Fault::Denied, Fault::Error]
            .iter()
            .zip(codes)
        {
            let rules = fault(service, operation, Some(1), *kind);
            let (printed, recording) = bench
                .python(&["-c", CODE, service, method, "{}", "1"], rules)
                .await;
            assert_eq!(printed, format!("{code}\ndone\n"), "{service} {kind:?}");
            assert_eq!(recording.calls.len(), 2);
        }
    }
}

#[tokio::test]
async fn a_call_with_its_retries_is_one_call_and_fails_as_one() {
    let Some(bench) = bench("retries").await else {
        return;
    };
    let rules = fault("sqs", "ListQueues", Some(1), Fault::Throttle);
    let (printed, recording) = bench
        .python(&["-c", CODE, "sqs", "list_queues", "{}", "3"], rules)
        .await;
    assert_eq!(printed, "ThrottlingException 400\ndone\n");
    let attempts: Vec<_> = recording
        .calls
        .iter()
        .map(|call| (call.attempts, call.status))
        .collect();
    assert_eq!(attempts, [(3, Some(400)), (1, Some(200))]);
}

#[tokio::test]
async fn a_truncated_page_is_followed_by_the_next() {
    let Some(bench) = bench("truncated pages").await else {
        return;
    };
    let script = r#"
import boto3
client = boto3.client("dynamodb")
for name in ["first", "other", "third"]:
    client.create_table(TableName=name, BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}])
for page in client.get_paginator("list_tables").paginate():
    print(page["TableNames"])
s3 = boto3.client("s3", region_name="us-east-1")
s3.create_bucket(Bucket="pages")
for key in "ab":
    s3.put_object(Bucket="pages", Key=key, Body=b"")
for page in s3.get_paginator("list_objects_v2").paginate(Bucket="pages"):
    print([item["Key"] for item in page["Contents"]])
"#;
    let mut rules = fault("dynamodb", "ListTables", Some(1), Fault::Truncated);
    rules
        .faults
        .extend(fault("s3", "ListObjectsV2", None, Fault::Truncated).faults);
    let (printed, recording) = bench.python(&["-c", script], rules).await;
    assert_eq!(printed, "['first']\n['other', 'third']\n['a']\n['b']\n");
    let lists = recording
        .calls
        .iter()
        .filter(|call| call.operation == "ListObjectsV2");
    let sizes: Vec<_> = lists
        .map(|call| call.parameters.get("MaxKeys").cloned())
        .collect();
    assert_eq!(
        sizes,
        [None, None],
        "what the recorder asked for is not the code's"
    );
}

#[tokio::test]
async fn other_requests_are_recorded_and_answered_by_rule() {
    let Some(bench) = bench("other requests").await else {
        return;
    };
    let script = r#"
import asyncio, json, urllib.request, urllib.error, requests, aiohttp
print(requests.post("https://pay.example.com/v1/charges?a=1", json={"total": 5}, headers={"X-Key": "k"}).json())
try:
    urllib.request.urlopen(urllib.request.Request("https://pay.example.com/refused", data=b"\xff\xfe"))
except urllib.error.HTTPError as error:
    print(error.code, error.headers["X-Why"], error.read())
print(urllib.request.urlopen("http://plain.example.com:8080/a").read())
async def ask():
    async with aiohttp.ClientSession(trust_env=True) as session:
        async with session.get("https://async.example.com/") as answer:
            return await answer.text()
print(asyncio.run(ask()))
"#;
    let rules = Rules {
        faults: Vec::new(),
        http: serde_json::from_value(json!([
            {"method": "POST", "url": "https://pay.example.com/*/charges*", "body": {"id": "ch"}},
            {"url": "https://pay.example.com/refused", "status": 402, "headers": {"X-Why": "no"}, "body": "text"},
        ]))
        .expect("rules"),
    };
    let _type: &[HttpRule] = &rules.http;
    let (printed, recording) = bench.python(&["-c", script], rules).await;
    assert_eq!(printed, "{'id': 'ch'}\n402 no b'text'\nb'{}'\n{}\n");
    let requests: Vec<_> = recording
        .requests
        .iter()
        .map(|it| json!([it.method, it.url, it.body, it.headers]))
        .collect();
    assert_eq!(
        requests,
        [
            json!([
                "POST",
                "https://pay.example.com/v1/charges?a=1",
                "{\"total\": 5}",
                [["content-type", "application/json"], ["x-key", "k"]]
            ]),
            json!([
                "POST",
                "https://pay.example.com/refused",
                "base64://4=",
                [["content-type", "application/x-www-form-urlencoded"]]
            ]),
            json!(["GET", "http://plain.example.com:8080/a", "", []]),
            json!(["GET", "https://async.example.com/", "", []]),
        ]
    );
    assert!(recording.calls.is_empty());
}

#[tokio::test]
async fn calls_to_awss_own_hosts_are_calls_too() {
    let Some(bench) = bench("calls to AWS's own hosts").await else {
        return;
    };
    // An endpoint in the code wins over the environment, and comes through the proxy; a stream's
    // body goes in chunks with a checksum behind it.
    let script = r#"
import io, boto3, requests
s3 = boto3.client("s3", endpoint_url="https://s3.eu-west-1.amazonaws.com")
s3.create_bucket(Bucket="virtual", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
s3.upload_fileobj(io.BytesIO(b"in chunks"), "virtual", "a/b")
print(s3.get_object(Bucket="virtual", Key="a/b")["Body"].read())
url = s3.generate_presigned_url("get_object", Params={"Bucket": "virtual", "Key": "a/b"})
print(requests.get(url).content)
print(boto3.client("sqs").create_queue(QueueName="q")["QueueUrl"])
"#;
    let (printed, recording) = bench.python(&["-c", script], Rules::default()).await;
    assert_eq!(
        printed,
        "b'in chunks'\nb'in chunks'\nhttp://sqs.eu-west-1.amazonaws.com/123456789012/q\n"
    );
    let calls: Vec<_> = recording
        .calls
        .iter()
        .map(|call| json!([call.operation, call.parameters]))
        .collect();
    let place = json!({"Bucket": "virtual", "Key": "a/b"});
    assert_eq!(
        calls[1..],
        [
            json!(["PutObject", {"Bucket": "virtual", "Key": "a/b", "Body": "in chunks"}]),
            json!(["GetObject", place]),
            json!(["GetObject", place]),
            json!(["CreateQueue", {"QueueName": "q"}]),
        ]
    );
    assert!(recording.requests.is_empty(), "{:?}", recording.requests);
}

#[tokio::test]
async fn what_runs_at_once_overlaps_and_a_call_without_an_answer_stays_one() {
    let Some(bench) = bench("overlaps").await else {
        return;
    };
    let script = r#"
import asyncio
from aiobotocore.session import get_session
async def main():
    async with get_session().create_client("sqs") as sqs:
        await asyncio.gather(sqs.list_queues(), sqs.list_queues(QueueNamePrefix="a"))
        await sqs.list_queues(QueueNamePrefix="b")
        try:
            await asyncio.wait_for(sqs.get_queue_url(QueueName="none"), 0.5)
        except asyncio.TimeoutError:
            print("gave up")
asyncio.run(main())
"#;
    let mut rules = fault("sqs", "ListQueues", None, Fault::Slow);
    rules
        .faults
        .extend(fault("sqs", "GetQueueUrl", None, Fault::Timeout).faults);
    let started = Instant::now();
    let (printed, recording) = bench.python(&["-c", script], rules).await;
    assert!(started.elapsed() > Duration::from_millis(1500));
    assert_eq!(printed, "gave up\n");
    let spans: Vec<_> = recording.calls.iter().map(|call| call.span).collect();
    assert!(spans[0].overlaps(spans[1]) && !spans[1].overlaps(spans[2]));
    assert_eq!(recording.calls[3].status, None);
}

#[tokio::test]
async fn a_tunnel_that_speaks_no_tls_leads_nowhere() {
    let Some(bench) = bench("tunnels").await else {
        return;
    };
    let script = r#"
import os, socket
listener = socket.create_server(("127.0.0.1", 0))
listener.settimeout(1)
host, port = os.environ["HTTPS_PROXY"].removeprefix("http://").split(":")
proxy = socket.create_connection((host, int(port)))
proxy.sendall(b"CONNECT 127.0.0.1:%d HTTP/1.1\r\nHost: x\r\n\r\n" % listener.getsockname()[1])
print(proxy.recv(100).split(b"\r\n")[0])
proxy.sendall(b"SSH-2.0-secret\r\n")
try:
    listener.accept()
    print("let through")
except TimeoutError:
    print("nothing came")
"#;
    let (printed, _) = bench.python(&["-c", script], Rules::default()).await;
    assert_eq!(printed, "b'HTTP/1.1 200 OK'\nnothing came\n");
}

#[tokio::test]
async fn clients_that_ask_for_no_proxy_come_to_the_recorder() {
    let Some(bench) = bench("clients without a proxy").await else {
        return;
    };
    let script = r#"
import asyncio, http.client, socket, urllib3
pool = urllib3.PoolManager()
print(pool.request("POST", "https://hooks.example.com/a", body=b"one").status)
print(pool.request("GET", "http://plain.example.com/b").data)
connection = http.client.HTTPSConnection("sqs.eu-west-1.amazonaws.com", timeout=5)
connection.request("GET", "/?Action=ListQueues&Version=2012-11-05")
print(connection.getresponse().status)
async def main():
    reader, writer = await asyncio.open_connection("async.example.com", 8080)
    writer.write(b"GET /c HTTP/1.1\r\nHost: async.example.com\r\nConnection: close\r\n\r\n")
    print((await reader.read()).splitlines()[0])
asyncio.run(main())
database = socket.create_connection(("db.example.com", 5432))
database.settimeout(5)
database.sendall(b"\x00\x00\x00\x08nothing of HTTP\r\n\r\n")
print(b"HTTP/1.1 4" in database.recv(100) or "closed")
near = socket.create_server(("127.0.0.1", 0))
socket.create_connection(("localhost", near.getsockname()[1]))
try:
    socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.1", 53))
except OSError as error:
    print(error.strerror)
"#;
    let (printed, recording) = bench.python(&["-c", script], Rules::default()).await;
    let lines: Vec<_> = printed.lines().collect();
    assert_eq!(lines[..4], ["200", "b'{}'", "200", "b'HTTP/1.1 200 OK'"]);
    assert_eq!(lines[5], "Network is unreachable", "{printed}");
    let urls: Vec<_> = recording
        .requests
        .iter()
        .map(|it| it.url.as_str())
        .collect();
    let sent = [
        "https://hooks.example.com/a",
        "http://plain.example.com/b",
        "http://async.example.com:8080/c",
    ];
    assert_eq!(urls, sent);
    assert_eq!(recording.requests[0].body, "one");
    assert_eq!(recording.calls.len(), 1, "{:?}", recording.calls);
}
