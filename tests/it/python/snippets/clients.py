# === client at module level
import boto3
s3 = boto3.client("s3")
def handler(event, context):
    return s3.list_buckets()  # aws: s3.ListBuckets
# === client from an imported name
from boto3 import client
sqs = client("sqs")
def handler(event, context):
    sqs.send_message(QueueUrl="q", MessageBody="m")  # aws: sqs.SendMessage
# === aliased module
import boto3 as aws
def handler(event, context):
    aws.client("sts").get_caller_identity()  # aws: sts.GetCallerIdentity
# === service by keyword
import boto3
c = boto3.client(service_name="lambda", region_name="eu-west-1")
def handler(event, context):
    c.invoke(FunctionName="f")  # aws: lambda.Invoke
# === session of boto3
import boto3
session = boto3.Session(region_name="x")
def handler(event, context):
    session.client("sns").publish(TopicArn="t")  # aws: sns.Publish
# === session of boto3.session
import boto3.session
def handler(event, context):
    s = boto3.session.Session()
    s.resource("dynamodb").Table("t").scan()  # aws: dynamodb.Scan
# === from boto3.session
from boto3.session import Session
c = Session().client("events")
def handler(event, context):
    c.put_events(Entries=[])  # aws: events.PutEvents
# === default session
import boto3
def handler(event, context):
    boto3.setup_default_session(region_name="x")
    boto3.DEFAULT_SESSION.client("s3").get_object(Bucket="b", Key="k")  # aws: s3.GetObject
# === botocore session
import botocore.session
session = botocore.session.get_session()
c = session.create_client("kms")
def handler(event, context):
    c.decrypt(CiphertextBlob=b"")  # aws: kms.Decrypt
# === method on its own line
import boto3
def handler(event, context):
    return (
        boto3.resource("dynamodb")
        .Table("t")
        .get_item(  # aws: dynamodb.GetItem
            Key={}
        )
    )
# === factory with service argument
import boto3
def get_client(name):
    return boto3.client(name)
a = get_client("s3")
b = get_client("sqs")
def handler(event, context):
    a.list_buckets()  # aws: s3.ListBuckets
    b.list_queues()  # aws: sqs.ListQueues
    a.get_paginator("list_objects_v2").paginate(Bucket="b")  # aws: s3.ListObjectsV2
# === factory does not mix services
import boto3
def get_client(name):
    return boto3.client(name)
def handler(event, context):
    get_client("sqs").tag_queue(QueueUrl="q", Tags={})  # aws: sqs.TagQueue
    get_client("lambda").tag_resource(Resource="r", Tags={})  # aws: lambda.TagResource
    get_client("kms").tag_resource(KeyId="k", Tags=[])  # aws: kms.TagResource
# === factory with cache
import boto3
from functools import lru_cache
@lru_cache(maxsize=None)
def table(name):
    return boto3.resource("dynamodb").Table(name)
def handler(event, context):
    table("a").put_item(Item={})  # aws: dynamodb.PutItem
# === global set in a function
import boto3
client = None
def get():
    global client
    if client is None:
        client = boto3.client("ssm")
    return client
def handler(event, context):
    get().get_parameter(Name="p")  # aws: ssm.GetParameter
# === cache in a dict
import boto3
_clients = {}
def get(name):
    if name not in _clients:
        _clients[name] = boto3.client(name)
    return _clients[name]
def handler(event, context):
    get("s3").list_buckets()  # aws: s3.ListBuckets
    get("sqs").list_queues()  # aws: sqs.ListQueues
# === dict of clients
import boto3
clients = {"queue": boto3.client("sqs"), "topic": boto3.client("sns")}
def handler(event, context):
    clients["queue"].send_message(QueueUrl="q", MessageBody="b")  # aws: sqs.SendMessage
    clients.get("topic").publish(Message="m")  # aws: sns.Publish
# === tuple of clients
import boto3
s3, sqs = boto3.client("s3"), boto3.client("sqs")
def handler(event, context):
    s3.delete_object(Bucket="b", Key="k")  # aws: s3.DeleteObject
    sqs.purge_queue(QueueUrl="q")  # aws: sqs.PurgeQueue
# === as an argument
import boto3
def save(store, item):
    store.put_item(TableName="t", Item=item)  # aws: dynamodb.PutItem
def handler(event, context):
    save(boto3.client("dynamodb"), {})
# === as a keyword argument
import boto3
def save(*, store):
    store.put_item(Item={})  # aws: dynamodb.PutItem
def handler(event, context):
    save(store=boto3.resource("dynamodb").Table("t"))
# === through *args and **kwargs
import boto3
def inner(client, bucket=None):
    client.head_bucket(Bucket=bucket)  # aws: s3.HeadBucket
def outer(*args, **kwargs):
    return inner(*args, **kwargs)
def handler(event, context):
    outer(boto3.client("s3"), bucket="b")
# === default argument
import boto3
def handler(event, context, client=boto3.client("s3")):
    client.list_buckets()  # aws: s3.ListBuckets
# === self attribute
import boto3
class Store:
    def __init__(self):
        self.table = boto3.resource("dynamodb").Table("t")
    def get(self, key):
        return self.table.get_item(Key=key)  # aws: dynamodb.GetItem
store = Store()
def handler(event, context):
    store.get({})
# === class attribute
import boto3
class Store:
    client = boto3.client("s3")
    @classmethod
    def buckets(cls):
        return cls.client.list_buckets()  # aws: s3.ListBuckets
def handler(event, context):
    Store.buckets()
# === property
import boto3
class Store:
    @property
    def client(self):
        return boto3.client("s3")
    def get(self):
        return self.client.list_buckets()  # aws: s3.ListBuckets
def handler(event, context):
    Store().get()
# === inheritance and super
import boto3
class Base:
    def __init__(self, service):
        self.client = boto3.client(service)
class Queue(Base):
    def __init__(self):
        super().__init__("sqs")
    def send(self):
        self.client.send_message(QueueUrl="q", MessageBody="m")  # aws: sqs.SendMessage
def handler(event, context):
    Queue().send()
# === wrapper class with a service
import boto3
class Wrapper:
    def __init__(self, service):
        self._client = boto3.client(service)
    def client(self):
        return self._client
def handler(event, context):
    Wrapper("s3").client().list_buckets()  # aws: s3.ListBuckets
    Wrapper("iam").client().list_users()  # aws: iam.ListUsers
# === class that nobody makes
import boto3
class Store:
    def __init__(self, name):
        self.table = boto3.resource("dynamodb").Table(name)
    def get(self):
        return self.table.query()  # aws: dynamodb.Query
def handler(event, context):
    pass
# === dataclass
import boto3
from dataclasses import dataclass
@dataclass
class Deps:
    s3: object
    sqs: object
def handler(event, context):
    deps = Deps(boto3.client("s3"), sqs=boto3.client("sqs"))
    deps.s3.list_buckets()  # aws: s3.ListBuckets
    deps.sqs.list_queues()  # aws: sqs.ListQueues
# === closure
import boto3
def make():
    c = boto3.client("s3")
    def call():
        return c.list_buckets()  # aws: s3.ListBuckets
    return call
def handler(event, context):
    make()()
# === lambda
import boto3
get = lambda: boto3.client("s3")
def handler(event, context):
    get().list_buckets()  # aws: s3.ListBuckets
# === partial
import boto3
from functools import partial
make = partial(boto3.client, "s3")
def put(client, key):
    client.put_object(Bucket="b", Key=key)  # aws: s3.PutObject
bound = partial(put, make())
def handler(event, context):
    bound("k")
# === getattr with a constant
import boto3
def handler(event, context):
    getattr(boto3.client("s3"), "list_buckets")()  # aws: s3.ListBuckets
# === meta.client
import boto3
s3 = boto3.resource("s3")
def handler(event, context):
    s3.meta.client.head_object(Bucket="b", Key="k")  # aws: s3.HeadObject
# === annotation
from __future__ import annotations
from mypy_boto3_dynamodb import DynamoDBClient
from mypy_boto3_dynamodb.service_resource import Table
def put(client: DynamoDBClient, table: "Table"):
    client.put_item(TableName="t", Item={})  # aws: dynamodb.PutItem
    table.query()  # aws: dynamodb.Query
def handler(event, context):
    pass
# === annotation under TYPE_CHECKING
from typing import TYPE_CHECKING, Optional
if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client
class Store:
    client: Optional["S3Client"]
    def __init__(self, client: "S3Client | None" = None):
        self.c = client
    def go(self, other: "S3Client"):
        other.list_buckets()  # aws: s3.ListBuckets
def handler(event, context):
    pass
# === reassigned in straight-line code
import boto3
def handler(event, context):
    client = boto3.client("sqs")
    client.tag_queue(QueueUrl="q", Tags={})  # aws: sqs.TagQueue
    client = boto3.client("kms")
    client.tag_resource(KeyId="k", Tags=[])  # aws: kms.TagResource
    client = boto3.client("lambda")
    client.tag_resource(Resource="r", Tags={})  # aws: lambda.TagResource
# === either of two
import boto3
def handler(event, context):
    if event:
        c = boto3.client("s3")
    else:
        c = boto3.Session().client("s3")
    c.list_buckets()  # aws: s3.ListBuckets
# === with and walrus
import boto3, contextlib
@contextlib.contextmanager
def opened():
    yield boto3.client("s3")
def handler(event, context):
    with opened() as c:
        c.list_buckets()  # aws: s3.ListBuckets
    if (q := boto3.client("sqs")):
        q.list_queues()  # aws: sqs.ListQueues
# === decorator that wraps
import boto3, functools
def logged(f):
    @functools.wraps(f)
    def inner(*args, **kwargs):
        return f(*args, **kwargs)
    return inner
@logged
def client():
    return boto3.client("s3")
@logged
def other():
    return boto3.client("kms")
@logged
def handler(event, context):
    client().list_buckets()  # aws: s3.ListBuckets
    other().list_keys()  # aws: kms.ListKeys
# === Powertools and X-Ray are transparent
import boto3
from aws_lambda_powertools import Logger, Tracer
from aws_xray_sdk.core import patch_all, xray_recorder
patch_all()
logger, tracer = Logger(), Tracer()
@tracer.capture_method
def get():
    return boto3.client("s3")
@xray_recorder.capture("x")
def more():
    return get()
@logger.inject_lambda_context
@tracer.capture_lambda_handler
def handler(event, context):
    more().list_buckets()  # aws: s3.ListBuckets
# === other modules
from shared.clients import s3, make as m
import shared.clients as clients
from shared import *
def handler(event, context):
    s3.list_buckets()  # aws: s3.ListBuckets
    m("sqs").list_queues()  # aws: sqs.ListQueues
    clients.table.scan()  # aws: dynamodb.Scan
    exported.list_users()  # aws: iam.ListUsers
# --- shared/__init__.py
from .more import exported
# --- shared/more.py
import boto3
exported = boto3.client("iam")
# --- shared/clients.py
import boto3
s3 = boto3.client("s3")
table = boto3.resource("dynamodb").Table("t")
def make(name):
    return boto3.client(name)
# === in a function of another module
import dao
def handler(event, context):
    dao.Dao("orders").load(1)
# --- dao.py
import boto3
class Dao:
    def __init__(self, name):
        self._t = boto3.resource("dynamodb").Table(name)
    def load(self, key):
        return self._t.get_item(Key={"id": key})  # aws: dynamodb.GetItem
