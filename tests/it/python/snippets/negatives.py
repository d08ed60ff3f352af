# === an unknown object named table
def handler(event, context):
    table = event["table"]
    table.get_item(Key={})
    dynamodb = make()
    dynamodb.Table("t").put_item(Item={})
def make():
    return object()
# === a local module named as boto3's method
import client
def handler(event, context):
    client.client("s3").list_buckets()
# --- client.py
class Fake:
    def list_buckets(self):
        return []
def client(name):
    return Fake()
# === exceptions, presigned URLs and pagination questions
import boto3
s3 = boto3.client("s3")
def handler(event, context):
    url = s3.generate_presigned_url("get_object", Params={})
    s3.generate_presigned_post("b", "k")
    s3.can_paginate("list_buckets")
    s3.close()
    try:
        pass
    except s3.exceptions.NoSuchKey:
        raise s3.exceptions.ClientError({}, "x")
    s3.get_paginator("list_objects_v2")
    s3.get_waiter("bucket_exists")
    return s3.meta.region_name
# === making resource objects calls nothing
import boto3
from boto3.dynamodb.conditions import Key, Attr
t = boto3.resource("dynamodb").Table("t")
b = boto3.resource("s3").Bucket("b").Object("k")
def handler(event, context):
    return Key("a").eq(1) & Attr("b").exists(), t.name, b.key
# === a method that is only named
import boto3
s3 = boto3.client("s3")
def handler(event, context):
    f = s3.list_buckets
    return f
# === shadowed by a parameter
import boto3
s3 = boto3.client("s3")
def use(s3):
    return s3.list_buckets()
def handler(event, context):
    return use(event)
# === a dict's get and a queue's put
import queue
def handler(event, context):
    event.get("x")
    q = queue.Queue()
    q.put("x")
    q.get()
# === misspelt method
import boto3
s3 = boto3.client("s3")
def handler(event, context):
    s3.list_bukets()  # no method
# === unknown service
import boto3
def handler(event, context):
    c = boto3.client(event["service"])
    c.list_things()  # unresolved
# === unknown method
import boto3
def handler(event, context):
    c = boto3.client("s3")
    getattr(c, event["method"])()  # unresolved
# === unknown paginator
import boto3
def handler(event, context):
    boto3.client("s3").get_paginator(event["op"]).paginate()  # unresolved
# === unreachable module
import json
def handler(event, context):
    return json.dumps(event)
# --- other.py
import boto3
boto3.client("s3").list_buckets()
# === class scope is not seen by methods
import boto3
class A:
    s3 = boto3.client("s3")
    def f(self, s3):
        return s3.list_buckets()
def handler(event, context):
    return A().f(event)
