"""What Lambda puts beside a template's inline code: the answer of a custom resource.

Written after the behaviour that CloudFormation's user guide describes for this module.
"""

import json

import urllib3

SUCCESS = "SUCCESS"
FAILED = "FAILED"

http = urllib3.PoolManager()


def send(
    event,
    context,
    responseStatus,
    responseData,
    physicalResourceId=None,
    noEcho=False,
    reason=None,
):
    url = event["ResponseURL"]
    print(url)
    stream = context.log_stream_name
    body = json.dumps(
        {
            "Status": responseStatus,
            "Reason": reason or f"See the details in CloudWatch Log Stream: {stream}",
            "PhysicalResourceId": physicalResourceId or stream,
            "StackId": event["StackId"],
            "RequestId": event["RequestId"],
            "LogicalResourceId": event["LogicalResourceId"],
            "NoEcho": noEcho,
            "Data": responseData,
        }
    )
    print("Response body:")
    print(body)
    headers = {"content-type": "", "content-length": str(len(body))}
    try:
        answer = http.request("PUT", url, headers=headers, body=body)
        print("Status code:", answer.status)
    except Exception as error:
        print("send(..) failed executing http.request(..):", error)
