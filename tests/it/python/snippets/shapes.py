# === setdefault on a dict of tables
import boto3
from boto3.dynamodb.types import TypeDeserializer
from typing import Dict, List
TABLES: Dict[str, object] = {}
def table(name):
    return TABLES.setdefault(name, boto3.resource("dynamodb").Table(name))
def handler(event, context):
    table("x").get_item(Key={})  # aws: dynamodb.GetItem
    TypeDeserializer().deserialize({})
# === metaclass singleton
import boto3
class Meta(type):
    _i = {}
    def __call__(cls, *a, **k):
        if cls not in cls._i:
            cls._i[cls] = super().__call__(*a, **k)
        return cls._i[cls]
class A(metaclass=Meta):
    def __init__(self):
        self.c = boto3.client("s3")
    def go(self):
        self.c.list_buckets()  # aws: s3.ListBuckets
def handler(event, context):
    A().go()
# === dict by keywords, joined lists, comprehension over a tuple
import boto3
def handler(event, context):
    clients = dict(s3=boto3.client("s3"))
    clients["s3"].list_buckets()  # aws: s3.ListBuckets
    for c in [boto3.client("sqs")] + []:
        c.list_queues()  # aws: sqs.ListQueues loop
    [c2.list_users() for c2 in (boto3.client("iam"),)]  # aws: iam.ListUsers loop
# === client made in __enter__
import boto3
class Ctx:
    def __enter__(self):
        self.c = boto3.client("s3")
        return self
    def __exit__(self, *a):
        self.c.list_buckets()  # aws: s3.ListBuckets
def handler(event, context):
    with Ctx() as x:
        x.c.head_bucket(Bucket="b")  # aws: s3.HeadBucket
# === bound methods kept
import boto3
ops = {"a": boto3.client("s3").list_buckets}
def handler(event, context):
    f = boto3.client("sqs").list_queues
    f()  # aws: sqs.ListQueues
    ops["a"]()  # aws: s3.ListBuckets
# === bound methods passed
import boto3
def retry(fn, *args, **kwargs):
    return fn(*args, **kwargs)  # aws: s3.GetObject; sqs.ListQueues
def handler(event, context):
    retry(boto3.client("s3").get_object, Bucket="b", Key="k")
    retry(boto3.client("sqs").list_queues)
# === methods chosen by a key
import boto3, json
s3 = boto3.client("s3")
def handler(event, context):
    method = {"get": s3.get_object, "put": s3.put_object}[event["m"]]
    method(Bucket="b", Key="k")  # aws: s3.GetObject; s3.PutObject
# === service in a class attribute
import boto3
class Base:
    service = None
    def __init__(self):
        self.client = boto3.client(self.service)
class S3(Base):
    service = "s3"
    def go(self):
        self.client.list_buckets()  # aws: s3.ListBuckets
class Q(Base):
    service = "sqs"
    def go(self):
        self.client.list_queues()  # aws: sqs.ListQueues
def handler(event, context):
    S3().go()
    Q().go()
# === several services, one has the method
import boto3
def handler(event, context):
    for service in ["s3", "sqs"]:
        boto3.client(service).list_buckets()  # aws: s3.ListBuckets loop
# === nonlocal
import boto3
def outer():
    client = None
    def get():
        nonlocal client
        client = client or boto3.client("s3")
        return client
    return get
def handler(event, context):
    outer()().list_buckets()  # aws: s3.ListBuckets
# === lists of resource objects
import boto3
import sys
from boto3.dynamodb.table import BatchWriter
try:
    import utils
except ImportError:
    utils = None
def handler(event, context):
    boto3.resource("dynamodb").tables.all()  # aws: dynamodb.ListTables
    q = boto3.resource("sqs").Queue("u")
    for m in q.receive_messages(MaxNumberOfMessages=1):  # aws: sqs.ReceiveMessage
        m.delete()  # aws: sqs.DeleteMessage loop
