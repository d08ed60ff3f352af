"""Functions loaded as Lambda loads them, against moto's AWS."""

import importlib.util
import json
import os
import pathlib
from types import SimpleNamespace

import boto3
import pytest
from moto.server import ThreadedMotoServer

ROOT = pathlib.Path(__file__).parents[1]


@pytest.fixture(scope="session")
def server():
    """moto as a server, since aiobotocore talks HTTP of its own."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def aws(server, monkeypatch):
    """An empty account in Ireland."""
    for name, value in {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_REGION": "eu-west-1",
        "AWS_ENDPOINT_URL": server,
        "POWERTOOLS_TRACE_DISABLED": "true",
        "POWERTOOLS_SERVICE_NAME": "gammaray",
    }.items():
        monkeypatch.setenv(name, value)
    boto3.DEFAULT_SESSION = None
    import urllib.request

    urllib.request.urlopen(urllib.request.Request(f"{server}/moto-api/reset", method="POST"))


@pytest.fixture
def load(monkeypatch):
    """Imports a function's module anew with its environment set."""

    def load(name, **environment):
        for key, value in environment.items():
            monkeypatch.setenv(key, value)
        spec = importlib.util.spec_from_file_location(
            f"gammaray_{name}", ROOT / "functions" / name / "app.py"
        )
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return load


@pytest.fixture
def event():
    """A sample event by name."""
    return lambda name: json.loads((ROOT / "events" / f"{name}.json").read_text())


@pytest.fixture
def context():
    return SimpleNamespace(
        function_name="test",
        function_version="$LATEST",
        memory_limit_in_mb=256,
        invoked_function_arn="arn:aws:lambda:eu-west-1:123456789012:function:test",
        aws_request_id="52fdfc07-2182-154f-163f-5f0f9a621d72",
    )


@pytest.fixture
def make_table(aws):
    """Makes a table of string keys."""

    def make_table(name, *keys):
        kinds = ["HASH", "RANGE"]
        return boto3.resource("dynamodb").create_table(
            TableName=name,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in keys],
            KeySchema=[{"AttributeName": k, "KeyType": t} for k, t in zip(keys, kinds)],
        )

    return make_table


@pytest.fixture
def queue(aws):
    """The analytics queue: its address, and the bodies of what is in it."""
    sqs = boto3.client("sqs")
    url = sqs.create_queue(QueueName="analytics")["QueueUrl"]

    def bodies():
        answer = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)
        return [json.loads(message["Body"]) for message in answer.get("Messages", [])]

    return SimpleNamespace(url=url, bodies=bodies)
