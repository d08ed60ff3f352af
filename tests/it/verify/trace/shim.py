"""Recorded values behave like plain ones: whatever is done to both gives the same, errors too."""

import copy
import json
import pickle
import random
import sys
import types
from decimal import Decimal

package = types.ModuleType("gammaray_trace")
package.__path__ = [sys.argv[1]]
sys.modules["gammaray_trace"] = package

from gammaray_trace import decoders, place, values

decoders.replace_functions()

TEXTS = ["", "a", "Basic YQ==", "é\u2028\ud83d", "a:b:c", "  x\t", "42", '{"a": [1]}', "%41+b"]
ODD_TEXTS = TEXTS[:3] + TEXTS[4:]


def anything(random, depth):
    choices = [None, True, False, 0, -1, 1.5, 10**30, float("inf"), random.choice(TEXTS)]
    if depth and random.random() < 0.7:
        count = random.randrange(5)
        if random.random() < 0.5:
            return [anything(random, depth - 1) for _ in range(count)]
        return {random.choice(TEXTS) + str(i): anything(random, depth - 1) for i in range(count)}
    return random.choice(choices)


def outcome(action, value):
    try:
        result = action(value)
        return type(result).__name__, values.plain(result)
    except Exception as error:
        return type(error).__name__, str(error)


def unpack(value):
    first, second = value
    return [first, second]


def matched(value):
    return isinstance(value, (dict, list, str)), json.loads(json.dumps([value]))


ACTIONS = [
    json.dumps,
    lambda it: json.dumps(it, indent=1, sort_keys=True),
    lambda it: json.dumps({"a": [it, (it,)]}, ensure_ascii=False, separators=(",", ":")),
    repr,
    str,
    "{}".format,
    "%s".__mod__,
    bool,
    len,
    list,
    dict,
    sorted,
    set,
    int,
    float,
    hash,
    unpack,
    matched,
    copy.copy,
    copy.deepcopy,
    lambda it: pickle.loads(pickle.dumps(it)),
    lambda it: {**it, "x": 1},
    lambda it: [*it],
    lambda it: it | {"x": 1},
    lambda it: {"x": 1} | it,
    lambda it: list(it.items()),
    lambda it: list(it.keys() & {"a0"}),
    lambda it: [*it.values()],
    lambda it: it["a0"],
    lambda it: it[0],
    lambda it: it[-1],
    lambda it: it[1:],
    lambda it: it[6:],
    lambda it: it[::-1],
    lambda it: it.get("a0", 1),
    lambda it: it.get(None),
    lambda it: it.missing,
    lambda it: "a" in it,
    lambda it: 1 in it,
    lambda it: it == it and not it != it,
    lambda it: it == "a",
    lambda it: it < "b",
    lambda it: it + "x",
    lambda it: it + 1,
    lambda it: "x" + it,
    lambda it: it * 2,
    lambda it: [1] + it,
    lambda it: it % 3,
    lambda it: ",".join(it),
    lambda it: "-".join([it, it]),
    lambda it: it.split(":"),
    lambda it: it.split(":", 1),
    lambda it: it.split(),
    lambda it: it.rsplit(":", 1),
    lambda it: it.partition(" "),
    lambda it: it.splitlines(),
    lambda it: it.strip().lower().upper().title(),
    lambda it: it.replace("Basic ", ""),
    lambda it: it.replace("a", "b"),
    lambda it: it.removeprefix("Basic "),
    lambda it: it.startswith(("a", "B")),
    lambda it: it.encode(),
    lambda it: it.encode().decode(),
    lambda it: it.format(1),
    lambda it: it.center(9),
    lambda it: [character for character in it],
    lambda it: json.loads(it),
    lambda it: json.loads(it.encode(), parse_float=Decimal),
    lambda it: decoders.base64.b64decode(it, validate=True),
    lambda it: decoders.base64.urlsafe_b64decode(it),
    lambda it: decoders.urllib.parse.unquote_plus(it),
    lambda it: decoders.urllib.parse.parse_qs(it),
    lambda it: decoders.urllib.parse.parse_qsl(it),
    lambda it: decoders.zlib.decompress(it.encode()),
    lambda it: {it: 1}[it],
    lambda it: {"a": 1}.get(it),
    lambda it: getattr(types.SimpleNamespace(a=1), it),
    lambda it: dict.fromkeys([it]),
    lambda it: type(it).__name__,
    lambda it: type(it).__module__,
    lambda it: (it.pop(), it),
    lambda it: (it.pop("a0", 1), it),
    lambda it: (it.setdefault("a0", 2), it),
    lambda it: (it.update(b=1), it.update({"c": 2}), it),
    lambda it: (it.update(3), it),
    lambda it: (it.append(1), it.sort(key=repr), it),
    lambda it: (it.clear(), it),
    lambda it: it.copy(),
    lambda it: it.__setitem__("own", 1) or it["own"],
    lambda it: it.__delitem__("a0") or it,
    lambda it: list(reversed(it)),
    lambda it: setattr(it, "x", 1),
]


def main():
    chance = random.Random(7)
    events = [*TEXTS, [], {}, *[anything(chance, 4) for _ in range(400)]]
    compared = 0
    for event in events:
        for number, action in enumerate(ACTIONS):
            plain = outcome(action, copy.deepcopy(event))
            wrapped = values.wrap(copy.deepcopy(event), place.Place("event"))
            recorded = outcome(action, wrapped)
            # NaN is not equal to itself, but looks like itself.
            assert plain == recorded or repr(plain) == repr(recorded), (
                number,
                event,
                plain,
                recorded,
            )
            compared += 1
        place.take()
    print(compared)


main()
