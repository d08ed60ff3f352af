"""Reads files as SAM does and prints one JSON line a file: [name, value] or [name, null, error].

File names come on standard input, one a line. A short tag becomes {"!Tag": value}; an explicit
core tag such as !!str stays {"!!str": text}. Timestamps stay text, as CloudFormation reads them.
"""

import json
import sys

import yaml


class Loader(yaml.SafeLoader):
    """SafeLoader that keeps short tags and leaves timestamps alone."""


def tagged(loader, suffix, node, mark="!"):
    if isinstance(node, yaml.ScalarNode):
        value = node.value
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    return {mark + suffix: value}


Loader.add_multi_constructor("!", tagged)
Loader.yaml_implicit_resolvers = {
    first: [item for item in resolvers if item[0] != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def key(value):
    """A mapping's key as text with its type, so that 1 and "1" stay apart."""
    return value if isinstance(value, str) else f"\0{json.dumps(value)}"


def plain(value):
    if isinstance(value, dict):
        return {key(name): plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    if isinstance(value, str):
        value.encode()  # half a surrogate pair is no text
    if isinstance(value, float) and value != value:
        return {"\0float": "nan"}
    if value in (float("inf"), float("-inf")):
        return {"\0float": str(value)}
    return value


def read(name):
    with open(name, encoding="utf-8-sig", newline="") as file:
        text = file.read()
    try:
        return json.loads(text)
    except ValueError:
        return yaml.load(text, Loader)


for name in sys.stdin.read().splitlines():
    try:
        print(json.dumps([name, plain(read(name))]))
    except Exception as error:  # noqa: BLE001 - whatever PyYAML raises is its answer
        print(json.dumps([name, None, " ".join(str(error).split())]))
