"""Functions loaded as Lambda loads them, against moto's AWS."""

import importlib.util
import json
import pathlib
import sys
from types import SimpleNamespace

import boto3
import pytest
from moto import mock_aws

ROOT = pathlib.Path(__file__).parents[1]
ACCOUNT = "123456789012"


@pytest.fixture(autouse=True)
def aws(monkeypatch):
    """An account with the template's resources."""
    for name, value in {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "POWERTOOLS_TRACE_DISABLED": "true",
        "POWERTOOLS_SERVICE_NAME": "orders",
        "ORDERS_TABLE": "orders",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.syspath_prepend(str(ROOT / "layers" / "common"))
    with mock_aws():
        boto3.DEFAULT_SESSION = None
        yield SimpleNamespace(
            orders=table("orders", "pk", "sk"),
            idempotency=table("idempotency", "id"),
            topic=boto3.client("sns").create_topic(Name="orders")["TopicArn"],
        )
    for name in [name for name in sys.modules if name.startswith("orders_common")]:
        del sys.modules[name]


def table(name, *keys):
    return boto3.resource("dynamodb").create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in keys],
        KeySchema=[{"AttributeName": k, "KeyType": t} for k, t in zip(keys, ["HASH", "RANGE"])],
    )


@pytest.fixture
def load(monkeypatch):
    """Imports a function's module anew with its environment set."""

    def load(path, **environment):
        for key, value in environment.items():
            monkeypatch.setenv(key, value)
        file = ROOT / path
        name = "orders_" + "_".join(file.relative_to(ROOT).with_suffix("").parts)
        spec = importlib.util.spec_from_file_location(name, file)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return load


@pytest.fixture
def event():
    """A sample event by name; those of the nested stack lie beside its template."""

    def event(name):
        [file] = ROOT.glob(f"**/events/{name}.json")
        return json.loads(file.read_text())

    return event


@pytest.fixture
def context():
    return SimpleNamespace(
        function_name="test",
        function_version="$LATEST",
        memory_limit_in_mb=256,
        invoked_function_arn=f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:test",
        aws_request_id="52fdfc07-2182-154f-163f-5f0f9a621d72",
        get_remaining_time_in_millis=lambda: 10_000,
    )


@pytest.fixture
def topic_messages(aws):
    """What was published to the topic, read from a queue that subscribes to it."""
    sqs = boto3.client("sqs")
    url = sqs.create_queue(QueueName="listener")["QueueUrl"]
    arn = f"arn:aws:sqs:eu-west-1:{ACCOUNT}:listener"
    boto3.client("sns").subscribe(TopicArn=aws.topic, Protocol="sqs", Endpoint=arn)

    def messages():
        answer = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)
        bodies = [json.loads(message["Body"]) for message in answer.get("Messages", [])]
        return [json.loads(body["Message"]) for body in bodies]

    return messages
