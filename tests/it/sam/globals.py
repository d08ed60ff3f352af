"""What aws-sam-translator makes of the Globals of templates: for each file named on standard input
a line of JSON with the merged properties of its functions that the test compares."""

import json
import sys

import yaml
from samtranslator.plugins.globals.globals import Globals

FUNCTION = "AWS::Serverless::Function"


class Loader(yaml.SafeLoader):
    """Reads short tags as the mappings that they stand for."""


def tagged(loader, suffix, node):
    name = suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}"
    if isinstance(node, yaml.ScalarNode):
        value = node.value.split(".", 1) if suffix == "GetAtt" else node.value
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    return {name: value}


Loader.add_multi_constructor("!", tagged)


def described(properties):
    variables = (properties.get("Environment") or {}).get("Variables") or {}
    layers = properties.get("Layers")
    return {
        "runtime": isinstance(properties.get("Runtime"), str) and properties["Runtime"],
        "handler": isinstance(properties.get("Handler"), str) and properties["Handler"],
        "variables": sorted(variables) if "Fn::If" not in variables else None,
        "layers": len(layers) if isinstance(layers, list) else None,
        "timeout": isinstance(properties.get("Timeout"), int) and properties["Timeout"],
        "memory": isinstance(properties.get("MemorySize"), int) and properties["MemorySize"],
        "tracing": properties.get("Tracing") == "Active",
    }


for path in sys.stdin.read().split("\n"):
    if not path:
        continue
    with open(path, encoding="utf-8") as file:
        template = yaml.load(file, Loader)
    merger = Globals(template)
    functions = {
        name: described(merger.merge(FUNCTION, resource.get("Properties", {}), name))
        for name, resource in template["Resources"].items()
        if isinstance(resource, dict) and resource.get("Type") == FUNCTION
    }
    print(json.dumps(functions))
