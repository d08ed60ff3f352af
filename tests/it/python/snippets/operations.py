# === paginator
import boto3
p = boto3.client("s3").get_paginator("list_objects_v2")
def handler(event, context):
    for page in p.paginate(Bucket="b"):  # aws: s3.ListObjectsV2
        print(page)
# === waiter
import boto3
def handler(event, context):
    c = boto3.client("s3")
    c.get_waiter("bucket_exists").wait(Bucket="b")  # aws: s3.HeadBucket
    w = boto3.client("cloudformation").get_waiter("stack_create_complete")
    w.wait(StackName="s")  # aws: cloudformation.DescribeStacks
# === resource collections
import boto3
s3 = boto3.resource("s3")
bucket = s3.Bucket("b")
def handler(event, context):
    for b in s3.buckets.all():  # aws: s3.ListBuckets
        print(b.name)
    for o in bucket.objects.filter(Prefix="p").limit(5):  # aws: s3.ListObjects
        o.delete()  # aws: s3.DeleteObject loop
    bucket.objects.all().delete()  # aws: s3.ListObjects; s3.DeleteObjects
# === sub-resources and attributes
import boto3
s3 = boto3.resource("s3")
def handler(event, context):
    obj = s3.Object("b", "k")
    obj.put(Body=b"")  # aws: s3.PutObject
    print(obj.content_length, obj.key)  # aws: s3.HeadObject
    s3.Bucket("b").Object("k").get()  # aws: s3.GetObject
    obj.Acl().load()  # aws: s3.GetObjectAcl
    obj.wait_until_exists()  # aws: s3.HeadObject
# === queue by name
import boto3
def handler(event, context):
    q = boto3.resource("sqs").get_queue_by_name(QueueName="q")  # aws: sqs.GetQueueUrl
    q.send_message(MessageBody="m")  # aws: sqs.SendMessage
    for m in q.receive_messages():  # aws: sqs.ReceiveMessage
        m
# === batch writer
import boto3
t = boto3.resource("dynamodb").Table("t")
def handler(event, context):
    with t.batch_writer() as batch:  # aws: dynamodb.BatchWriteItem
        for item in event:
            batch.put_item(Item=item)
# === resource's own action
import boto3
d = boto3.resource("dynamodb")
def handler(event, context):
    d.batch_get_item(RequestItems={})  # aws: dynamodb.BatchGetItem
# === transfer
import boto3
s3 = boto3.client("s3")
r = boto3.resource("s3")
def handler(event, context):
    s3.upload_file("f", "b", "k")  # aws: s3.PutObject
    s3.download_fileobj("b", "k", None)  # aws: s3.GetObject
    r.Bucket("b").upload_file("f", "k")  # aws: s3.PutObject
    s3.copy({}, "b", "k")  # aws: s3.CopyObject
# === loops
import boto3
s3 = boto3.client("s3")
def one(k):
    s3.get_object(Bucket="b", Key=k)  # aws: s3.GetObject loop
def handler(event, context):
    for k in event:
        s3.put_object(Bucket="b", Key=k)  # aws: s3.PutObject loop
    while s3.list_buckets():  # aws: s3.ListBuckets loop
        pass
    return [one(k) for k in event]
# === loop through several functions
import boto3
s3 = boto3.client("s3")
def deep(k):
    s3.get_object(Bucket="b", Key=k)  # aws: s3.GetObject loop
def middle(k):
    deep(k)
def handler(event, context):
    for k in event:
        middle(k)
    s3.list_buckets()  # aws: s3.ListBuckets
# === at import
import boto3
s3 = boto3.client("s3")
def warm():
    return s3.list_buckets()  # aws: s3.ListBuckets import
BUCKETS = warm()
KEYS = boto3.client("kms").list_keys()  # aws: kms.ListKeys import
class Settings:
    value = boto3.client("ssm").get_parameter(Name="n")  # aws: ssm.GetParameter import
def handler(event, context):
    pass
# === executor
import boto3
from concurrent.futures import ThreadPoolExecutor
s3 = boto3.client("s3")
def region(name):
    return s3.get_bucket_location(Bucket=name)  # aws: s3.GetBucketLocation concurrent
def handler(event, context):
    with ThreadPoolExecutor() as executor:
        return list(executor.map(region, event))
# === executor given a method
import boto3
import concurrent.futures
s3 = boto3.client("s3")
def handler(event, context):
    with concurrent.futures.ThreadPoolExecutor(max_workers=5) as pool:
        fs = [
            pool.submit(
                s3.get_bucket_location,  # aws: s3.GetBucketLocation loop concurrent
                Bucket=name,
            )
            for name in event
        ]
# === thread
import boto3, threading
s3 = boto3.client("s3")
def work(c, k):
    c.get_object(Bucket="b", Key=k)  # aws: s3.GetObject concurrent
def handler(event, context):
    threading.Thread(target=work, args=(s3, "k")).start()
# === aioboto3 and gather
import aioboto3, asyncio
session = aioboto3.Session()
async def one(s3, name):
    return await s3.get_bucket_location(Bucket=name)  # aws: s3.GetBucketLocation loop concurrent awaited
async def main(event):
    async with session.client("s3") as s3:
        await s3.list_buckets()  # aws: s3.ListBuckets awaited
        await asyncio.gather(*[one(s3, name) for name in event])
def handler(event, context):
    asyncio.run(main(event))
# === aiobotocore
import asyncio
from aiobotocore.session import get_session
async def main():
    session = get_session()
    async with session.create_client("dynamodb", region_name="x") as client:
        a = client.get_item(TableName="t", Key={})  # aws: dynamodb.GetItem concurrent
        b = client.put_item(TableName="t", Item={})  # aws: dynamodb.PutItem concurrent
        await asyncio.gather(a, b)
        await client.query(TableName="t")  # aws: dynamodb.Query awaited
def handler(event, context):
    return asyncio.get_event_loop().run_until_complete(main())
# === create_task
import asyncio, aioboto3
async def one(c):
    await c.list_queues()  # aws: sqs.ListQueues concurrent awaited
async def main():
    async with aioboto3.Session().client("sqs") as c:
        tasks = []
        tasks.append(asyncio.create_task(one(c)))
        await asyncio.wait(tasks)
def handler(event, context):
    asyncio.run(main())
# === Powertools parameters
from aws_lambda_powertools.utilities import parameters
from aws_lambda_powertools.utilities.parameters import get_secret, SSMProvider
ssm = SSMProvider()
def handler(event, context):
    parameters.get_parameter("/a")  # aws: ssm.GetParameter
    parameters.get_parameters("/a")  # aws: ssm.GetParametersByPath
    get_secret("s")  # aws: secretsmanager.GetSecretValue
    ssm.get("/b")  # aws: ssm.GetParameter
    parameters.DynamoDBProvider(table_name="t").get("k")  # aws: dynamodb.GetItem
# === Powertools idempotency
from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer, idempotent
layer = DynamoDBPersistenceLayer(table_name="t")  # aws: dynamodb.DeleteItem; dynamodb.GetItem; dynamodb.PutItem; dynamodb.UpdateItem
@idempotent(persistence_store=layer)
def handler(event, context):
    pass
# === Powertools feature flags and batch
from aws_lambda_powertools.utilities.feature_flags import AppConfigStore, FeatureFlags
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
flags = FeatureFlags(store=AppConfigStore(environment="e", application="a", name="n"))
processor = BatchProcessor(event_type=EventType.SQS)
def record(r):
    flags.evaluate(name="f", default=False)  # aws: appconfigdata.GetLatestConfiguration; appconfigdata.StartConfigurationSession
def handler(event, context):
    return process_partial_response(event=event, record_handler=record, processor=processor, context=context)
# === client kept by a comprehension
import boto3
clients = [boto3.client(s) for s in ("s3", "s3")]
def handler(event, context):
    for c in clients:
        c.list_buckets()  # aws: s3.ListBuckets loop
# === services in a loop stay possible
import boto3
def handler(event, context):
    for name, c in {"a": boto3.client("s3")}.items():
        c.list_buckets()  # aws: s3.ListBuckets loop
    for i, c in enumerate([boto3.client("sqs")]):
        c.list_queues()  # aws: sqs.ListQueues loop
# === kwargs in a dict
import boto3
t = boto3.resource("dynamodb").Table("t")
def handler(event, context):
    kwargs = {"Limit": 5}
    t.scan(**kwargs)  # aws: dynamodb.Scan
# === in try, match and nested blocks
import boto3
s3 = boto3.client("s3")
def handler(event, context):
    try:
        s3.head_bucket(Bucket="b")  # aws: s3.HeadBucket
    except s3.exceptions.ClientError:
        s3.create_bucket(Bucket="b")  # aws: s3.CreateBucket
    finally:
        s3.list_buckets()  # aws: s3.ListBuckets
    match event:
        case {"k": key}:
            s3.delete_bucket(Bucket=key)  # aws: s3.DeleteBucket
# === generator
import boto3
s3 = boto3.client("s3")
def pages():
    yield s3.list_objects_v2(Bucket="b")  # aws: s3.ListObjectsV2 loop
def handler(event, context):
    for p in map(str, [1]):
        list(pages())
