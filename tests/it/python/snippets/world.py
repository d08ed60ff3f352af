# === environment
import os
from os import environ, getenv
NAME = "TABLE"
A = os.environ["REQUIRED"]  # env: REQUIRED required
B = os.environ.get("OPTIONAL")  # env: OPTIONAL
C = os.getenv("WITH_DEFAULT", "x")  # env: WITH_DEFAULT=x
D = environ[NAME]  # env: TABLE required
E = getenv(NAME)  # env: TABLE
F = "FLAG" in os.environ  # env: FLAG
def handler(event, context):
    os.environ["SET"] = "1"
    return os.environ[event["x"]]  # env: ? required
# === environment through a function
import os
def need(name):
    return os.environ[name]  # env: ONE required; TWO required
ONE = need("ONE")
TWO = need("TWO")
def handler(event, context):
    pass
# === http
import requests, urllib.request, urllib3, http.client
import httpx as h
pool = urllib3.PoolManager()
session = requests.Session()
URL = "https://e.com"
def handler(event, context):
    requests.get(URL)  # http: GET https://e.com
    requests.post(url=event["u"], json={})  # http: POST ?
    requests.request("put", URL)  # http: PUT https://e.com
    session.delete(URL)  # http: DELETE https://e.com
    urllib.request.urlopen(URL)  # http: ? https://e.com
    pool.request("GET", URL)  # http: GET https://e.com
    h.get(URL)  # http: GET https://e.com
    c = http.client.HTTPSConnection("e.com")
    c.request("POST", "/p")  # http: POST /p
    raise requests.exceptions.HTTPError("x")
# === aiohttp
import aiohttp, asyncio
async def main():
    async with aiohttp.ClientSession() as session:
        async with session.get("https://e.com") as response:  # http: GET https://e.com
            return await response.text()
def handler(event, context):
    return asyncio.run(main())
# === custom resources
import cfnresponse
from crhelper import CfnResource
helper = CfnResource()
@helper.create
def create(event, context):
    cfnresponse.send(event, context, "SUCCESS", {})  # http: PUT ?
def handler(event, context):
    helper(event, context)  # http: PUT ?
