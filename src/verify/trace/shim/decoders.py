"""Functions that turn one value into another, made to keep the path.

Those that programs import by name are replaced before the function's own code is imported; methods
of classes can be replaced at any time, and are as soon as their module is there.
"""

import base64
import binascii
import functools
import gzip
import json
import sys
import urllib.parse
import zlib

from .place import note, quiet
from .values import RECORDED, kind, place_of, plain, text, used, wrap

_replaced = set()


def replace_functions():
    """Before the function's code is imported."""
    _decoder(binascii, "a2b_base64", "Base64")
    for name in ("b64decode", "standard_b64decode", "urlsafe_b64decode", "decodebytes"):
        _decoder(base64, name, "Base64")
    for module in (gzip, zlib):
        _decoder(module, "decompress", "Gzip")
    for name in ("unquote", "unquote_plus"):
        _decoder(urllib.parse, name, "Percent")
    _decoder(urllib.parse, "parse_qs", "Form")
    _replace(urllib.parse, "parse_qsl", _pairs)
    for name in ("orjson", "ujson"):
        try:
            _decoder(__import__(name), "loads", "Json")
        except ImportError:
            continue
    replace_methods()


def replace_methods():
    """Again before each invocation, for what was imported since."""
    classes = (
        ("boto3.dynamodb.types", "TypeDeserializer"),
        ("aws_lambda_powertools.shared.dynamodb_deserializer", "TypeDeserializer"),
    )
    for module, name in classes:
        found = getattr(sys.modules.get(module), name, None)
        _replace(found, "deserialize", lambda original: _decoding(original, "DynamoDb", 1))
    for module in (json, sys.modules.get("simplejson")):
        decoder, encoder = (getattr(module, f"JSON{it}", None) for it in ("Decoder", "Encoder"))
        _replace(decoder, "decode", lambda original: _decoding(original, "Json", 1))
        _replace(encoder, "encode", _encoding)
        _replace(encoder, "iterencode", _encoding)
    for module, name in (
        ("botocore.client", "BaseClient"),
        ("aiobotocore.client", "AioBaseClient"),
    ):
        # What AWS answers could be followed too, from a root of its own.
        _replace(getattr(sys.modules.get(module), name, None), "_make_api_call", _calling)
    found = sys.modules.get("aws_lambda_powertools.utilities.data_classes.common")
    found = getattr(found, "CaseInsensitiveDict", None)
    _replace(found, "__init__", _remembering)
    for name in ("get", "__getitem__", "__contains__"):
        _replace(found, name, _insensitive)
    found = getattr(sys.modules.get("yaml.representer"), "BaseRepresenter", None)
    _replace(found, "represent_data", _representing)


def _replace(owner, name, make):
    """A function or method of an owner's own, once."""
    original = vars(owner).get(name) if owner is not None else None
    if original is None or (owner, name) in _replaced:
        return
    _replaced.add((owner, name))
    made = make(original)
    functools.update_wrapper(made, original)
    setattr(owner, name, made)


def _decoder(module, name, step):
    _replace(module, name, lambda original: _decoding(original, step, 0))


def _decoding(original, step, position):
    """Decodes the argument at a position; what comes out is below a step of its own."""

    def decode(*arguments, **named):
        value = arguments[position] if len(arguments) > position else None
        place = place_of(value)
        if place is None or (step == "Gzip" and bytes(value[:2]) != b"\x1f\x8b"):
            return original(*arguments, **named)
        below = place.leaf(step)
        arguments = (*arguments[:position], plain(value), *arguments[position + 1 :])
        try:
            result = original(*arguments, **named)
        except Exception:
            note(below, "Absent")
            raise
        result = wrap(result, below)
        # All of an item's values are typed, and few of them looked at.
        if step != "DynamoDb" or place_of(result) is None:
            note(below, kind(result))
        return result

    return decode


def _pairs(original):
    """`parse_qsl`: the values of each name in turn."""

    def parse_qsl(*arguments, **named):
        place = place_of(arguments[0]) if arguments else None
        if place is None:
            return original(*arguments, **named)
        below = place.leaf("Form")
        note(below, "Object")
        pairs = original(plain(arguments[0]), *arguments[1:], **named)
        counts, found = {}, []
        for name, value in pairs:
            index = counts[name] = counts.get(name, -1) + 1
            if type(value) is str:
                values = below.leaf("Key", name)
                values.asked(index)
                value = text(value, values.child("Index", index))
            found.append((name, value))
        return found

    return parse_qsl


def _encoding(original):
    """Writing a value as JSON reads the whole of it, not each part."""

    def encode(self, value, *arguments, **named):
        used(value)
        with quiet():
            encoded = original(self, value, *arguments, **named)
            return encoded if isinstance(encoded, str) else iter(list(encoded))

    return encode


def _calling(original):
    """What is sent to AWS was read."""

    def _make_api_call(self, operation, parameters, *arguments, **named):
        used(parameters, whole=False)
        # X-Ray's SDK may have put a wrapper here that must be told whose method it is.
        bound = original.__get__(self, type(self))
        with quiet():
            return bound(operation, parameters, *arguments, **named)

    return _make_api_call


def _remembering(original):
    """A dict of Powertools' that is made from a recorded one."""

    def __init__(self, data=None, **named):
        with quiet():
            original(self, data, **named)
        place = place_of(data)
        if place is not None:
            self.__dict__["__gammaray_place__"] = place

    return __init__


def _insensitive(original):
    """A look-up without regard to case: what was found, or what was asked for."""

    def look_up(self, key, *arguments):
        place = getattr(self, "__dict__", {}).get("__gammaray_place__")
        if place is not None and isinstance(key, str):
            found = dict.get(self, key.lower())
            if place_of(found) is not None:
                note(place_of(found), kind(found))
            elif found is None:
                note(place.leaf("Key", plain(key)), "Absent")
        return original(self, key, *arguments)

    return look_up


def _representing(original):
    """PyYAML tells kinds by their exact classes."""

    def represent_data(self, data):
        return original(self, plain(data) if isinstance(data, RECORDED) else data)

    return represent_data
