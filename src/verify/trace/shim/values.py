"""Values that remember where in an event they were, and note what is read of them.

They are dicts, lists, texts and bytes, and go by these names, so that error messages stay as they
are. Numbers, booleans and None cannot be told from others; they are noted as they are handed out.
"""

import dis
import sys

from .place import compared, note

_ABSENT = object()
_PLACE = "__gammaray_place__"
_UNPACKING = dis.opmap["UNPACK_SEQUENCE"]
# Elements whose kinds are looked at.
_SAMPLE = 20


def place_of(value):
    """Where a value was; None for one that does not remember."""
    return getattr(value, _PLACE, None) if isinstance(value, RECORDED) else None


def kind(value):
    """A value's kind, as the report names it."""
    if value is None:
        return "Null"
    if isinstance(value, bool):
        return "Bool"
    if isinstance(value, (str, bytes, bytearray)):
        return "Text"
    if isinstance(value, dict):
        return "Object"
    if isinstance(value, (list, tuple, set, frozenset)):
        return "List"
    return "Number" if hasattr(value, "__float__") else "Other"


def wrap(value, place):
    """The value, remembering its place; itself where that cannot be."""
    try:
        return _wrap(value, place)
    except Exception:
        return value


def _wrap(value, place):
    exact = type(value)
    if exact is str:
        return text(value, place)
    if exact is dict:
        wrapped = Object()
        for name, item in value.items():
            inner = _wrap(item, place.child("Key", name)) if type(name) is str else item
            dict.__setitem__(wrapped, name, inner)
    elif exact is list:
        wrapped = List()
        for index, item in enumerate(value):
            list.append(wrapped, _wrap(item, place.child("Index", index)))
    elif exact is bytes:
        wrapped = Bytes(value)
    else:
        return value
    setattr(wrapped, _PLACE, place)
    return wrapped


def text(value, place):
    """A text that remembers its place."""
    wrapped = Text(value)
    setattr(wrapped, _PLACE, place)
    return wrapped


def plain(value):
    """The value without its memory, through and through."""
    if isinstance(value, Text):
        return str.__str__(value)
    if isinstance(value, Bytes):
        return bytes.__getitem__(value, slice(None)) if len(value) else b""
    if isinstance(value, Object) or type(value) is dict:
        return {plain(name): plain(item) for name, item in dict.items(value)}
    if isinstance(value, List) or type(value) is list:
        return [plain(item) for item in list.__iter__(value)]
    if type(value) is tuple:
        return tuple(plain(item) for item in value)
    return value


def used(value, whole=True, depth=20):
    """Notes the values that were put into a new structure: they were read, to be there. Each as a
    whole, or with all that is in it."""
    place = place_of(value)
    if place is not None:
        note(place, kind(value))
        if whole:
            return
    if depth and isinstance(value, dict):
        for name, item in dict.items(value):
            if place is not None and place_of(item) is None:
                note(place.leaf("Key", name), kind(item))
            used(item, whole, depth - 1)
    elif depth and type(value) in (list, List, tuple):
        for item in list.__iter__(value) if type(value) is not tuple else value:
            used(item, whole, depth - 1)


def _elements(place, values):
    """Notes that all elements were gone through."""
    place.iterated = True
    kinds = {kind(value) for value, _ in zip(values, range(_SAMPLE))}
    for seen in sorted(kinds) or ["Absent"]:
        note(place.leaf("Element"), seen)


def _length(self):
    note(getattr(self, _PLACE).leaf("Length"), "Number")


class Object(dict):
    """A dict. Keys that were written are the function's own, and no longer of the event."""

    __slots__ = (_PLACE, "__gammaray_written__")

    def __getitem__(self, key):
        _key(self, key)
        return dict.__getitem__(self, key)

    def get(self, *arguments):
        _key(self, *arguments[:1])
        return dict.get(self, *arguments)

    def __contains__(self, key):
        _key(self, key)
        return dict.__contains__(self, key)

    def __iter__(self):
        _elements(getattr(self, _PLACE), dict.values(self))
        return dict.__iter__(self)

    def __reversed__(self):
        _elements(getattr(self, _PLACE), dict.values(self))
        return dict.__reversed__(self)

    # `**event` and `dict(event)` ask for the keys, then for each value.
    def keys(self):
        _elements(getattr(self, _PLACE), dict.values(self))
        return dict.keys(self)

    def values(self):
        _elements(getattr(self, _PLACE), dict.values(self))
        return dict.values(self)

    def items(self):
        _elements(getattr(self, _PLACE), dict.values(self))
        return dict.items(self)

    def __len__(self):
        _length(self)
        return dict.__len__(self)

    def __bool__(self):
        return dict.__len__(self) > 0

    def __setitem__(self, key, value):
        dict.__setitem__(self, key, value)
        _written(self, key)

    def __delitem__(self, key):
        dict.__delitem__(self, key)
        _written(self, key)

    def pop(self, *arguments):
        _key(self, *arguments[:1])
        value = dict.pop(self, *arguments)
        _written(self, arguments[0])
        return value

    def setdefault(self, *arguments):
        _key(self, *arguments[:1])
        before = dict.__len__(self)
        value = dict.setdefault(self, *arguments)
        if dict.__len__(self) > before:
            _written(self, arguments[0])
        return value

    def update(self, *others, **more):
        new = dict(*others, **more)
        dict.update(self, new)
        _written(self, *new)

    def __ior__(self, other):
        self.update(other)
        return self

    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        return {**self, **other}

    def copy(self):
        copied = Object()
        dict.update(copied, dict.items(self))
        setattr(copied, _PLACE, getattr(self, _PLACE))
        _written(copied, *getattr(self, "__gammaray_written__", ()))
        return copied

    __copy__ = copy

    def __deepcopy__(self, memo):
        from copy import deepcopy

        copied = Object()
        memo[id(self)] = copied
        for name, value in dict.items(self):
            dict.__setitem__(copied, name, deepcopy(value, memo))
        setattr(copied, _PLACE, getattr(self, _PLACE))
        _written(copied, *getattr(self, "__gammaray_written__", ()))
        return copied

    def __reduce_ex__(self, _):
        return dict, (plain(self),)


def _key(self, key=None):
    """Notes that a key was asked for, there or not."""
    if not isinstance(key, str):
        return
    key = str.__str__(key)
    value = dict.get(self, key, _ABSENT)
    place = place_of(value)
    if place is None:
        if key in getattr(self, "__gammaray_written__", ()):
            return
        place = getattr(self, _PLACE).leaf("Key", key)
    note(place, "Absent" if value is _ABSENT else kind(value))


def _written(self, *keys):
    written = getattr(self, "__gammaray_written__", None)
    if written is None:
        written = self.__gammaray_written__ = set()
    written.update(keys)


class List(list):
    """A list."""

    __slots__ = (_PLACE,)

    def __getitem__(self, index):
        value = list.__getitem__(self, index)
        place = getattr(self, _PLACE)
        if isinstance(index, slice):
            return _list(value, place)
        position = index.__index__()
        _position(self, place, position + (list.__len__(self) if position < 0 else 0), value)
        return value

    def __iter__(self):
        place = getattr(self, _PLACE)
        caller = sys._getframe(1)
        if caller.f_code.co_code[caller.f_lasti] == _UNPACKING:
            for position, value in enumerate(list.__iter__(self)):
                _position(self, place, position, value)
        else:
            _elements(place, list.__iter__(self))
        return list.__iter__(self)

    def __reversed__(self):
        _elements(getattr(self, _PLACE), list.__iter__(self))
        return list.__reversed__(self)

    def __contains__(self, value):
        place = getattr(self, _PLACE)
        _elements(place, list.__iter__(self))
        if isinstance(value, str):
            compared(place.leaf("Element"), str.__str__(value))
        return list.__contains__(self, value)

    def __len__(self):
        _length(self)
        return list.__len__(self)

    def __bool__(self):
        return list.__len__(self) > 0

    def pop(self, *index):
        if list.__len__(self):
            _elements(getattr(self, _PLACE), list.__iter__(self))
        return list.pop(self, *index)

    def copy(self):
        return _list(list.copy(self), getattr(self, _PLACE))

    __copy__ = copy

    def __deepcopy__(self, memo):
        from copy import deepcopy

        copied = List()
        memo[id(self)] = copied
        list.extend(copied, [deepcopy(value, memo) for value in list.__iter__(self)])
        setattr(copied, _PLACE, getattr(self, _PLACE))
        return copied

    def __reduce_ex__(self, _):
        return list, (plain(self),)


def _list(values, place):
    wrapped = List(values)
    setattr(wrapped, _PLACE, place)
    return wrapped


def _position(self, place, position, value):
    place.asked(position)
    note(place_of(value) or place.leaf("Index", position), kind(value))


class Bytes(bytes):
    """Bytes on the way from one text to another."""

    def decode(self, *arguments, **named):
        return text(bytes.decode(self, *arguments, **named), getattr(self, _PLACE))

    def strip(self, *arguments):
        return wrap(bytes.strip(self, *arguments), getattr(self, _PLACE))

    def __reduce_ex__(self, _):
        return bytes, (plain(self),)


from .texts import Text  # The two kinds hold each other.

RECORDED = (Object, List, Bytes, Text)
for _class, _name in ((Object, "dict"), (List, "list"), (Bytes, "bytes"), (Text, "str")):
    _class.__name__ = _class.__qualname__ = _name
    _class.__module__ = "builtins"
