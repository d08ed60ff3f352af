import json

import urllib3

import answers

http = urllib3.PoolManager(headers={"X-Caller": "resource"})
CONFIG = "https://config.example.com/settings"


def fetch(name):
    response = http.request("GET", CONFIG, fields={"name": name, "all": "a b"}, timeout=4.0)
    if response.status != 200:
        kind = response.headers.get("Content-Type", "none")
        raise RuntimeError(f"{response.status} {response.reason} {kind}")
    return json.loads(response.data.decode("utf-8"))


def handler(event, context):
    properties = event.get("ResourceProperties", {})
    try:
        if event["RequestType"] == "Delete":
            answers.send(event, context, answers.SUCCESS, {}, event.get("PhysicalResourceId"))
            return
        found = fetch(properties["Name"])
        told = http.request("POST", CONFIG, json={"name": properties["Name"], "ä": [1, None]})
        data = {"Value": found["value"], "Told": told.json(), "Length": len(told.data)}
        answers.send(event, context, answers.SUCCESS, data)
    except KeyError as error:
        answers.send(event, context, answers.FAILED, {}, reason=f"missing {error}")
    except Exception as error:
        answers.send(event, context, answers.FAILED, {}, reason=str(error), no_echo=True)
