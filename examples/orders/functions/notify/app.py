"""Tells customers and a webhook that an order was shipped."""

import json
import os

import boto3
import requests

session = boto3.session.Session()
ssm = session.client("ssm")
sns = session.client(service_name="sns")

TIMEOUT_SECONDS = 3


class Notifier:
    """The ways in which people are told."""

    def __init__(self, publisher, parameters):
        self.publisher = publisher
        self.parameters = parameters
        self.url = None

    def webhook(self):
        """The webhook's address, asked for once."""
        if self.url is None:
            answer = self.parameters.get_parameter(Name=os.environ["WEBHOOK_PARAMETER"])
            self.url = answer["Parameter"]["Value"]
        return self.url

    def tell(self, detail):
        self.publisher.publish(TopicArn=os.environ["TOPIC_ARN"], Message=json.dumps(detail))
        response = requests.post(self.webhook(), json=detail, timeout=TIMEOUT_SECONDS)
        response.raise_for_status()


notifier = Notifier(sns, ssm)


def handler(event, context):
    notifier.tell(event["detail"])
    return {"told": event["detail"]["id"]}
