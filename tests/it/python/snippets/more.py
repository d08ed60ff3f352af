# === aioboto3 resource
import asyncio, aioboto3
async def main():
    async with aioboto3.Session().resource("dynamodb") as dynamodb:
        table = await dynamodb.Table("t")
        await table.get_item(Key={})  # aws: dynamodb.GetItem awaited
def handler(event, context):
    asyncio.run(main())
# === exit stacks
import aiobotocore.session, contextlib
async def main():
    async with contextlib.AsyncExitStack() as stack:
        c = await stack.enter_async_context(aiobotocore.session.get_session().create_client("s3"))
        await c.list_buckets()  # aws: s3.ListBuckets awaited
def handler(event, context):
    pass
# === closing
import boto3
from contextlib import closing
def handler(event, context):
    with closing(boto3.client("s3")) as c:
        c.list_buckets()  # aws: s3.ListBuckets
# === executor with a lambda and a partial
import boto3, asyncio
from functools import partial
from concurrent.futures import ThreadPoolExecutor
s3 = boto3.client("s3")
async def main():
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, partial(s3.list_buckets))  # aws: s3.ListBuckets concurrent awaited
    await asyncio.to_thread(s3.get_object, Bucket="b", Key="k")  # aws: s3.GetObject concurrent awaited
def handler(event, context):
    pool = ThreadPoolExecutor()
    pool.submit(lambda: s3.head_bucket(Bucket="b"))  # aws: s3.HeadBucket concurrent
# === type of self and cls
import boto3
class A:
    client = None
    @classmethod
    def make(cls):
        if cls.client is None:
            cls.client = boto3.client("s3")
        return cls()
    def one(self):
        self.__class__.client.list_buckets()  # aws: s3.ListBuckets
    def two(self):
        type(self).client.head_bucket(Bucket="b")  # aws: s3.HeadBucket
def handler(event, context):
    A.make().one()
    A.make().two()
# === singleton by __new__
import boto3
class A:
    _it = None
    def __new__(cls):
        if cls._it is None:
            cls._it = super().__new__(cls)
            cls._it.client = boto3.client("s3")
        return cls._it
    def go(self):
        self.client.list_buckets()  # aws: s3.ListBuckets
def handler(event, context):
    A().go()
# === cached property and __call__
import boto3
from functools import cached_property
class A:
    @cached_property
    def table(self):
        return boto3.resource("dynamodb").Table("t")
    def __call__(self):
        return self.table.scan()  # aws: dynamodb.Scan
def handler(event, context):
    A()()
# === named tuple
import boto3
from typing import NamedTuple
class Deps(NamedTuple):
    s3: object
    name: str = "x"
def handler(event, context):
    d = Deps(s3=boto3.client("s3"))
    d.s3.list_buckets()  # aws: s3.ListBuckets
# === returned in a tuple and a dict
import boto3
def make():
    return boto3.client("s3"), {"q": boto3.client("sqs")}
def handler(event, context):
    s3, others = make()
    s3.list_buckets()  # aws: s3.ListBuckets
    others["q"].list_queues()  # aws: sqs.ListQueues
# === attribute of a module set elsewhere
import config
import boto3
config.client = boto3.client("s3")
def handler(event, context):
    config.client.list_buckets()  # aws: s3.ListBuckets
# --- config.py
client = None
# === dependency given to a class
import boto3
class Service:
    def __init__(self, repo):
        self.repo = repo
    def run(self):
        self.repo.save({})
class Repo:
    def __init__(self, table):
        self.table = table
    def save(self, item):
        self.table.put_item(Item=item)  # aws: dynamodb.PutItem
service = Service(Repo(boto3.resource("dynamodb").Table("t")))
def handler(event, context):
    service.run()
# === abstract base and registry
import boto3
class Base:
    def run(self):
        return self.work()
class One(Base):
    def work(self):
        boto3.client("s3").list_buckets()  # aws: s3.ListBuckets
class Two(Base):
    def work(self):
        boto3.client("sqs").list_queues()  # aws: sqs.ListQueues
REGISTRY = {"one": One, "two": Two}
def handler(event, context):
    return REGISTRY[event["kind"]]().run()
# === handler imported from another module
from impl import handler
# --- impl.py
import boto3
t = boto3.resource("dynamodb").Table("t")
def handler(event, context):
    t.get_item(Key=event["key"])  # aws: dynamodb.GetItem
# === assumed role's session
import boto3
def session(arn):
    creds = boto3.client("sts").assume_role(RoleArn=arn, RoleSessionName="s")["Credentials"]  # aws: sts.AssumeRole
    return boto3.Session(aws_access_key_id=creds["AccessKeyId"])
def handler(event, context):
    session("a").client("s3").list_buckets()  # aws: s3.ListBuckets
    ddb = session("b").resource("dynamodb")
    ddb.Table("t").query()  # aws: dynamodb.Query
# === service from a constant and a conditional
import boto3, os
SERVICE = "s3"
endpoint = os.environ.get("ENDPOINT")  # env: ENDPOINT
c = boto3.client(SERVICE, endpoint_url=endpoint) if endpoint else boto3.client(SERVICE)
def handler(event, context):
    c.list_buckets()  # aws: s3.ListBuckets
# === recursion and paging by hand
import boto3
t = boto3.resource("dynamodb").Table("t")
def page(key=None):
    r = t.scan(ExclusiveStartKey=key)  # aws: dynamodb.Scan
    if r.get("LastEvaluatedKey"):
        return page(r["LastEvaluatedKey"])
def handler(event, context):
    page()
# === client with config and events
import boto3
from botocore.config import Config
c = boto3.client("s3", config=Config(retries={"max_attempts": 3}))
def handler(event, context):
    c.meta.events.register("x", print)
    with c.get_object(Bucket="b", Key="k")["Body"] as body:  # aws: s3.GetObject
        return body.read()
# === Powertools resolver
import boto3
from aws_lambda_powertools.event_handler import APIGatewayRestResolver
app = APIGatewayRestResolver()
t = boto3.resource("dynamodb").Table("t")
@app.get("/x/<key>")
def one(key):
    return t.get_item(Key={"k": key})  # aws: dynamodb.GetItem
def handler(event, context):
    return app.resolve(event, context)
# === object summaries
import boto3
def handler(event, context):
    for s in boto3.resource("s3").Bucket("b").objects.all():  # aws: s3.ListObjects
        s.get()  # aws: s3.GetObject loop
        s.Object().delete()  # aws: s3.DeleteObject loop
# === retried by a decorator of a library
import boto3
from tenacity import retry
@retry
def make():
    return boto3.client("s3")
@retry(stop=3)
def other():
    return boto3.client("sqs")
def handler(event, context):
    make().list_buckets()  # aws: s3.ListBuckets
    other().list_queues()  # aws: sqs.ListQueues
# === folders without __init__.py
import common.clients
from common import tables
def handler(event, context):
    common.clients.s3.list_buckets()  # aws: s3.ListBuckets
    tables.t.scan()  # aws: dynamodb.Scan
# --- common/clients.py
import boto3
s3 = boto3.client("s3")
# --- common/tables.py
import boto3
t = boto3.resource("dynamodb").Table("t")
# === attributes load once, and not what a list brought
import boto3
t = boto3.resource("dynamodb").Table("t")
def handler(event, context):
    print(t.item_count)  # aws: dynamodb.DescribeTable
    print(t.table_status, t.table_name, t.name)
    for o in boto3.resource("s3").Bucket("b").objects.all():  # aws: s3.ListObjects
        print(o.key, o.size)
# === methods that boto3 adds by hand
import boto3
s3 = boto3.resource("s3")
def handler(event, context):
    s3.ObjectSummary("b", "k").load()  # aws: s3.HeadObject
    boto3.resource("ec2").create_tags(Resources=[], Tags=[])  # aws: ec2.CreateTags
    boto3.client("s3")._make_api_call("ListBuckets", {})  # unresolved
# === the main program does not run on Lambda
import boto3
s3 = boto3.client("s3")
def go():
    s3.list_buckets()  # aws: s3.ListBuckets
def handler(event, context):
    go()
if __name__ == "__main__":
    go()
    s3.head_bucket(Bucket="b")  # aws: s3.HeadBucket
