# === factory by keyword and default service
import boto3
def make(service="s3", region=None):
    return boto3.client(service, region_name=region)
def handler(event, context):
    make().list_buckets()  # aws: s3.ListBuckets
    make(service="sqs").list_queues()  # aws: sqs.ListQueues
# === two factories deep
import boto3
def session():
    return boto3.Session()
def client(name, *, s=None):
    return (s or session()).client(name)
def kms():
    return client("kms")
def handler(event, context):
    kms().list_keys()  # aws: kms.ListKeys
    client("iam").list_users()  # aws: iam.ListUsers
# === service from a dict of settings
import boto3
SETTINGS = {"store": {"service": "s3"}}
def handler(event, context):
    boto3.client(SETTINGS["store"]["service"]).list_buckets()  # aws: s3.ListBuckets
# === kwargs to boto3.client
import boto3
def make(name, **kwargs):
    options = {"region_name": "x", **kwargs}
    return boto3.client(name, **options)
options = {"service_name": "sqs", "region_name": "x"}
def handler(event, context):
    make("s3", verify=False).list_buckets()  # aws: s3.ListBuckets
    boto3.client(**options).list_queues()  # aws: sqs.ListQueues
# === pages in a generator function
import boto3
def pages(c, operation, **kwargs):
    yield from c.get_paginator(operation).paginate(**kwargs)  # aws: s3.ListObjectsV2; sqs.ListQueues
def handler(event, context):
    for p in pages(boto3.client("s3"), "list_objects_v2", Bucket="b"):
        p
    for p in pages(boto3.client("sqs"), "list_queues"):
        p
# === default and else in a conditional import
try:
    import aioboto3 as boto
except ImportError:
    import boto3 as boto
def handler(event, context):
    boto.client("s3").list_buckets()  # aws: s3.ListBuckets
# === mocked objects are no AWS
from unittest.mock import MagicMock
def handler(event, context):
    client = MagicMock()
    client.list_buckets()
    client.get_paginator("x").paginate()
# === a class of one's own with AWS names
class Table:
    def get_item(self, Key):
        return {}
class DynamoDB:
    def Table(self, name):
        return Table()
dynamodb = DynamoDB()
def handler(event, context):
    return dynamodb.Table("t").get_item(Key={})
# === sorted by a key that calls
import boto3
s3 = boto3.client("s3")
def size(k):
    return s3.head_object(Bucket="b", Key=k)["ContentLength"]  # aws: s3.HeadObject
def handler(event, context):
    return sorted(event, key=size)
# === map and filter
import boto3
s3 = boto3.client("s3")
def there(k):
    return s3.head_object(Bucket="b", Key=k)  # aws: s3.HeadObject
def handler(event, context):
    return list(filter(there, event)) + list(map(lambda k: s3.get_object(Bucket="b", Key=k), event))  # aws: s3.GetObject
