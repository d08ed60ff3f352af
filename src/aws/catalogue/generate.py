"""Makes catalogue.bin from the published botocore and boto3 packages.

    python3 src/aws/catalogue/generate.py [--check]

Wants the two packages at the versions below in the Python that runs it. Writes one file: a line of
JSON with the versions and each service's place, then each service's JSON, compressed with zlib.
Documentation and examples are left out. The same packages give the same bytes.
"""

import argparse
import gzip
import json
import pathlib
import sys
import zlib

import boto3
import botocore
from botocore import xform_name

BOTOCORE = "1.44.5"
BOTO3 = "1.44.5"
OUTPUT = pathlib.Path(__file__).with_name("catalogue.bin")

SHAPE_FLAGS = [
    "document", "eventstream", "exception", "fault", "flattened", "retryable", "sensitive",
    "streaming", "synthetic", "union", "wrapper",
]


def read(folder, name):
    """A JSON file of botocore, compressed or not; None where there is none."""
    plain, packed = folder / f"{name}.json", folder / f"{name}.json.gz"
    if plain.exists():
        return json.loads(plain.read_text("utf-8"))
    if packed.exists():
        return json.loads(gzip.decompress(packed.read_bytes()))
    return None


def without_empty(value):
    """A mapping without its null, false and empty values."""
    return {key: item for key, item in value.items() if item not in (None, False, "", [], {})}


def member(name, reference):
    return without_empty({
        "name": name,
        "shape": reference["shape"],
        "location": reference.get("location"),
        "location_name": reference.get("locationName"),
        "query_name": reference.get("queryName"),
        "flattened": reference.get("flattened"),
        "streaming": reference.get("streaming"),
        "idempotency_token": reference.get("idempotencyToken"),
        "host_label": reference.get("hostLabel"),
        "json_value": reference.get("jsonvalue"),
        "timestamp_format": reference.get("timestampFormat"),
        "xml_attribute": reference.get("xmlAttribute"),
    })


def element(reference):
    return reference and without_empty(
        {"shape": reference["shape"], "location_name": reference.get("locationName")}
    )


def shape(described):
    error = described.get("error", {})
    return without_empty({
        "type": described["type"],
        "members": [member(name, ref) for name, ref in described.get("members", {}).items()],
        "required": described.get("required"),
        "payload": described.get("payload"),
        "member": element(described.get("member")),
        "key": element(described.get("key")),
        "value": element(described.get("value")),
        "values": described.get("enum"),
        "timestamp_format": described.get("timestampFormat"),
        "min": described.get("min"),
        "max": described.get("max"),
        "error_code": error.get("code"),
        "http_status": error.get("httpStatusCode"),
        "sender_fault": error.get("senderFault"),
        "xml_namespace": (described.get("xmlNamespace") or {}).get("uri")
        if isinstance(described.get("xmlNamespace"), dict) else described.get("xmlNamespace"),
        **{flag: described.get(flag) for flag in SHAPE_FLAGS},
    })


def operation(name, described):
    reference = lambda key: (described.get(key) or {}).get("shape")
    return without_empty({
        "name": name,
        "method": xform_name(name),
        "http_method": described["http"]["method"],
        "uri": described["http"]["requestUri"],
        "input": reference("input"),
        "output": reference("output"),
        "output_wrapper": (described.get("output") or {}).get("resultWrapper"),
        "errors": [error["shape"] for error in described.get("errors", [])],
        "idempotent": described.get("idempotent"),
        "deprecated": described.get("deprecated"),
        "auth_type": described.get("authtype"),
        "host_prefix": (described.get("endpoint") or {}).get("hostPrefix"),
    })


def listed(value):
    return value if isinstance(value, list) else [value] if value else []


def paginator(name, described):
    return without_empty({
        "operation": name,
        "input_tokens": listed(described.get("input_token")),
        "output_tokens": listed(described.get("output_token")),
        "result_keys": listed(described.get("result_key")),
        "limit_key": described.get("limit_key"),
        "more_results": described.get("more_results"),
    })


def resource(described):
    reference = lambda item: (item.get("resource") or {}).get("type")
    actions = {
        xform_name(name): without_empty(
            {"operation": action["request"]["operation"], "returns": reference(action)}
        )
        for name, action in described.get("actions", {}).items()
    }
    batch = {
        xform_name(name): {"operation": action["request"]["operation"]}
        for name, action in described.get("batchActions", {}).items()
    }
    has = {}
    for name, item in described.get("has", {}).items():
        identifiers = item["resource"].get("identifiers", [])
        asks = any(identifier["source"] == "input" for identifier in identifiers)
        has[name if asks else xform_name(name)] = item["resource"]["type"]
    return without_empty({
        "identifiers": [
            {"name": xform_name(i["name"]), "member": i.get("memberName") or i["name"]}
            for i in described.get("identifiers", [])
        ],
        "shape": described.get("shape"),
        "load": (described.get("load") or {}).get("request", {}).get("operation"),
        "actions": actions,
        "batch_actions": batch,
        "has": has,
        "collections": {
            xform_name(name): without_empty(
                {"operation": item["request"]["operation"], "item": reference(item)}
            )
            for name, item in described.get("hasMany", {}).items()
        },
        "waiters": {
            xform_name(f"WaitUntil{name}"): item["waiterName"]
            for name, item in described.get("waiters", {}).items()
        },
    })


def resources(name):
    root = pathlib.Path(boto3.__file__).parent / "data" / name
    if not root.exists():
        return None
    described = read(sorted(root.iterdir())[-1], "resources-1")
    return {
        "service": resource(described["service"]),
        "types": {name: resource(item) for name, item in described["resources"].items()},
    }


def service(name, folder):
    model = read(folder, "service-2")
    metadata = model["metadata"]
    waiters = (read(folder, "waiters-2") or {}).get("waiters", {})
    paginators = (read(folder, "paginators-1") or {}).get("pagination", {})
    return without_empty({
        "name": name,
        "service_id": metadata["serviceId"],
        "api_version": metadata["apiVersion"],
        "endpoint_prefix": metadata["endpointPrefix"],
        "signing_name": metadata.get("signingName"),
        "protocols": metadata.get("protocols") or [metadata["protocol"]],
        "json_version": metadata.get("jsonVersion"),
        "target_prefix": metadata.get("targetPrefix"),
        "xml_namespace": metadata.get("xmlNamespace"),
        "global_endpoint": metadata.get("globalEndpoint"),
        "operations": [operation(*item) for item in sorted(model["operations"].items())],
        "shapes": {key: shape(item) for key, item in sorted(model["shapes"].items())},
        "paginators": [paginator(*item) for item in sorted(paginators.items())],
        "waiters": [
            {"name": key, "method": xform_name(key), "operation": item["operation"],
             "delay": item["delay"], "max_attempts": item["maxAttempts"]}
            for key, item in sorted(waiters.items())
        ],
        "resources": resources(name),
    })


def catalogue():
    root = pathlib.Path(botocore.__file__).parent / "data"
    index, blobs, at = [], [], 0
    for folder in sorted(path for path in root.iterdir() if path.is_dir()):
        newest = sorted(path for path in folder.iterdir() if path.is_dir())[-1]
        text = json.dumps(service(folder.name, newest), separators=(",", ":"), sort_keys=True)
        blob = zlib.compress(text.encode(), 9)
        index.append([folder.name, at, len(blob)])
        blobs.append(blob)
        at += len(blob)
    header = {"botocore": botocore.__version__, "boto3": boto3.__version__, "services": index}
    return json.dumps(header, separators=(",", ":")).encode() + b"\n" + b"".join(blobs)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--check", action="store_true", help="compare with the file, write nothing")
    arguments = parser.parse_args()
    if (botocore.__version__, boto3.__version__) != (BOTOCORE, BOTO3):
        sys.exit(f"wants botocore {BOTOCORE} and boto3 {BOTO3}")
    made = catalogue()
    if not arguments.check:
        OUTPUT.write_bytes(made)
    elif OUTPUT.read_bytes() != made:
        sys.exit(f"{OUTPUT.name} differs from what the packages give; run generate.py")


if __name__ == "__main__":
    main()
