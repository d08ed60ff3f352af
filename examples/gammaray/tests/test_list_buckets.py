import json

import boto3
import pytest


@pytest.fixture
def list_buckets(queue, load):
    for name, region in [("german", "eu-central-1"), ("irish", "eu-west-1")]:
        boto3.client("s3", region_name=region).create_bucket(
            Bucket=name, CreateBucketConfiguration={"LocationConstraint": region}
        )
    boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="american")
    return load("list_buckets", ANALYTICS_QUEUE_URL=queue.url)


def test_lists_buckets_with_their_regions(list_buckets, event, context, queue):
    answer = list_buckets.lambda_handler(event("list-buckets"), context)
    assert answer["statusCode"] == 200
    body = json.loads(answer["body"])
    assert body["count"] == 3
    assert {bucket["name"]: bucket["region"] for bucket in body["buckets"]} == {
        "american": "us-east-1",
        "german": "eu-central-1",
        "irish": "eu-west-1",
    }
    [sent] = queue.bodies()
    assert (sent["action"], sent["user"], sent["count"]) == ("list-buckets", "ada", 3)


def test_keeps_the_region_asked_for(list_buckets, event, context):
    answer = list_buckets.lambda_handler(event("list-buckets-region"), context)
    assert [bucket["name"] for bucket in json.loads(answer["body"])["buckets"]] == ["irish"]


def test_works_without_a_user(list_buckets, event, context, queue):
    list_buckets.lambda_handler(event("list-buckets-no-user"), context)
    assert queue.bodies()[0]["user"] is None
