"""Runs a function's cases in one process and says which of its lines none of them reached.

Arguments: the handler, and the folders to import from, the function's own first. A line of standard
input is `{"events": […], "state": {…}}`, answered with the outcome of the last event; an empty one
asks for the lines that were not reached, by file.
"""

import functools
import importlib
import json
import os
import sys
from decimal import Decimal
from types import SimpleNamespace

import boto3
import coverage
from boto3.dynamodb.types import TypeSerializer

handler, *folders = sys.argv[1:]
sys.path[:0] = folders
own = tuple(os.path.realpath(folder) + os.sep for folder in folders)
measured = coverage.Coverage(data_file=None, source=folders, config_file=False)


direct = boto3.session.Session()


@functools.cache
def client(service, region=None):
    """A client of the stand-in itself, past what records and fails calls."""
    return direct.client(service, region_name=region, endpoint_url=os.environ["STANDIN"])


def seed(state):
    """Puts a case's state into the stand-in."""
    # A template without resources has no stack.
    stacks = client("cloudformation").describe_stacks()["Stacks"]
    resources = client("cloudformation").list_stack_resources(StackName="gammaray") if stacks else {}
    resources = resources.get("StackResourceSummaries", [])
    names = {it["LogicalResourceId"]: it["PhysicalResourceId"] for it in resources}
    serialize = TypeSerializer().serialize
    for id, items in state.get("tables", {}).items():
        for item in json.loads(json.dumps(items), parse_float=Decimal):
            attributes = {name: serialize(value) for name, value in item.items()}
            client("dynamodb").put_item(TableName=names[id], Item=attributes)
    for id, objects in state.get("buckets", {}).items():
        region = objects.pop("$region", os.environ["AWS_REGION"])
        place = {"CreateBucketConfiguration": {"LocationConstraint": region}}
        if id not in names:
            s3 = client("s3", region)
            s3.create_bucket(Bucket=id, **({} if region == "us-east-1" else place))
        for key, text in objects.items():
            client("s3").put_object(Bucket=names.get(id, id), Key=key, Body=text.encode())
    for id, value in state.get("parameters", {}).items():
        client("ssm").put_parameter(Name=names[id], Value=value, Type="String", Overwrite=True)
    for id, value in state.get("secrets", {}).items():
        # moto's CloudFormation makes no secrets: the stack only names them.
        client("secretsmanager").create_secret(Name=f"gammaray-{id}", SecretString=value)


def forget():
    """The function's modules are imported anew for each case, and no secret is remembered."""
    if parameters := sys.modules.get("aws_lambda_powertools.utilities.parameters"):
        parameters.clear_caches()
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None) or next(iter(getattr(module, "__path__", [])), "")
        if os.path.realpath(file).startswith(own):
            del sys.modules[name]


def run(events):
    """What the last event comes to."""
    context = SimpleNamespace(
        function_name="test",
        memory_limit_in_mb="256",
        invoked_function_arn="arn:aws:lambda:eu-west-1:123456789012:function:test",
        aws_request_id="52fdfc07-2182-154f-163f-5f0f9a621d72",
        get_remaining_time_in_millis=lambda: 10_000,
    )
    module, _, name = handler.rpartition(".")
    function = getattr(importlib.import_module(module), name)
    for event in events:
        try:
            outcome = {"result": function(event, context)}
        except Exception as error:
            outcome = {"errorType": type(error).__name__, "errorMessage": str(error)}
    return outcome


answers, sys.stdout = sys.stdout, sys.stderr
for line in sys.stdin:
    if line.strip():
        case = json.loads(line)
        seed(case["state"])
        forget()
        measured.start()
        answer = run(case["events"])
        measured.stop()
    else:
        files = [file for file in measured.get_data().measured_files() if file.startswith(own)]
        answer = {file: measured.analysis2(file)[3] for file in files}
    print(json.dumps(answer, default=str), file=answers, flush=True)
