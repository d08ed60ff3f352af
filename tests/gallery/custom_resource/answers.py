"""Tells CloudFormation what became of a custom resource."""

import json

import urllib3

SUCCESS = "SUCCESS"
FAILED = "FAILED"

http = urllib3.PoolManager()


def send(event, context, status, data, physical_id=None, no_echo=False, reason=None):
    body = json.dumps(
        {
            "Status": status,
            "Reason": reason or "See the log",
            "PhysicalResourceId": physical_id or event["LogicalResourceId"],
            "StackId": event["StackId"],
            "RequestId": event["RequestId"],
            "LogicalResourceId": event["LogicalResourceId"],
            "NoEcho": no_echo,
            "Data": data,
        }
    )
    headers = {"content-type": "", "content-length": str(len(body))}
    try:
        response = http.request("PUT", event["ResponseURL"], headers=headers, body=body)
        print("Status code:", response.status)
    except Exception as error:
        print("not sent:", type(error).__name__)
