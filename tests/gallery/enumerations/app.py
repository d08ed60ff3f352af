"""Enumerations of all kinds, asked in all ways."""

import json
from http import HTTPStatus

from kinds import Color, Level, Mixed, StatusCodes, Tier


def status_of(code):
    found = StatusCodes.NOT_FOUND
    try:
        found = StatusCodes(code)
    except ValueError as error:
        print(error)
    return found


def described(status):
    if status == StatusCodes.SUCCESS:
        return "fine"
    if status in (StatusCodes.UN_AUTHORIZED, StatusCodes.NOT_FOUND):
        return f"bad: {status}"
    return "unknown"


def tier_of(event):
    name = event.get("tier")
    for tier in Tier:
        if tier == name:
            return tier
    return Tier.default()


def handler(event, context):
    status = status_of(event.get("code", 200))
    tier = tier_of(event)
    seen = {status: "status", Color.RED: "red"}
    members = [Color.GREEN, status, Mixed.HALF]
    print(members, seen, str(status), repr(Color.GREEN), f"{Color.RED:>12}|")
    print("%s is %s" % (tier.name, tier.value), str(tier), f"{tier}")
    print(str(Level.HIGH), f"{Level.LOW:03d}", Level.LOW < Level.HIGH, Level.HIGH + 1)
    level = Level[event.get("level", "LOW")]
    if tier.is_paid and level > 5:
        print(tier.label("t"), tier.upper(), tier.startswith("pre"))
    first = members[1]
    answer = {
        "statusCode": status.value,
        "text": described(status),
        "names": [it.name for it in StatusCodes],
        "values": [it.value for it in Mixed],
        "count": len(Color),
        "is": first is StatusCodes.SUCCESS,
        "first": first.name,
        "value": first.value,
        "known": isinstance(first, StatusCodes),
        "other": isinstance(first, Color),
        "in": Color.RED in members,
        "equal": StatusCodes.OK == StatusCodes.SUCCESS,
        "number": StatusCodes.OK == 200,
        "found": seen[StatusCodes.NOT_FOUND] if status == StatusCodes.NOT_FOUND else seen.get(Color.RED),
        "level": level.value,
        "tier": tier.value,
    }
    if event.get("code") in {200, "x", None}:
        answer["hashed"] = True
    if event.get("bad"):
        answer["member"] = Color.RED
    codes = json.dumps([Level.HIGH, {"tier": tier, "nested": [HTTPStatus.NOT_FOUND]}])
    print(codes, HTTPStatus.OK.phrase, HTTPStatus.OK == status.value)
    return {"statusCode": HTTPStatus.CREATED, "body": json.dumps(answer), "tier": tier}
