"""Texts that remember where in an event they were: `str`, each use noted, and the path kept over
what only trims, cuts, encodes or splits."""

from . import values
from .place import compared, note

_PLACE = values._PLACE
# A text in front that is cut off, such as `Basic `, is taken for a marker up to this length.
_LONGEST_MARKER = 24


class Text(str):
    """A str."""

    __slots__ = (_PLACE,)
    __hash__ = str.__hash__

    def __str__(self):
        _used(self)
        return self

    def encode(self, *arguments, **named):
        return values.wrap(str.encode(self, *arguments, **named), _used(self))

    def __getitem__(self, key):
        found = str.__getitem__(self, key)
        place = _used(self)
        if isinstance(key, slice) and key.step is None and key.stop is None:
            front = str.__getitem__(self, slice(None, key.start))
            if key.start is None or not front:
                return values.text(found, place)
            if key.start > 0 and len(front) <= _LONGEST_MARKER and not front[-1].isalnum():
                return _behind(found, place, front)
        return found

    def removeprefix(self, prefix, /):
        rest = str.removeprefix(self, prefix)
        place = _used(self)
        compared(place, values.plain(prefix))
        changed = len(rest) < str.__len__(self)
        return _behind(rest, place, prefix) if changed else values.text(rest, place)

    def replace(self, old, new, *count):
        changed = str.replace(self, old, new, *count)
        place = _used(self)
        if not str.__contains__(self, old):
            return values.text(changed, place)
        if old and not new and str.startswith(self, old) and str.count(self, old) == 1:
            return _behind(changed, place, old)
        return changed

    def partition(self, separator, /):
        before, middle, behind = str.partition(self, separator)
        parts = _used(self).child("Partition", values.plain(separator))
        return (_part(before, parts, 0), middle, _part(behind, parts, 2))

    def split(self, sep=None, maxsplit=-1):
        found = str.split(self, sep, maxsplit)
        place = _used(self)
        if maxsplit == 1 and sep is not None:
            parts = place.child("Partition", values.plain(sep))
            return [_part(part, parts, 2 * index) for index, part in enumerate(found)]
        if maxsplit >= 0:
            return found
        return values.wrap(found, place.child("Split", values.plain(sep)))

    def rsplit(self, sep=None, maxsplit=-1):
        if maxsplit < 0:
            return self.split(sep)
        _used(self)
        return str.rsplit(self, sep, maxsplit)

    def splitlines(self, *arguments, **named):
        lines = str.splitlines(self, *arguments, **named)
        return values.wrap(lines, _used(self).child("Split", "\n"))

    def __add__(self, other):
        # Base64 in tokens goes without its padding.
        place = _used(self)
        added = str.__add__(self, other)
        padding = isinstance(other, str) and not other.strip("=")
        return values.text(added, place) if padding else added

    def __len__(self):
        values._length(self)
        return str.__len__(self)

    def __bool__(self):
        _used(self)
        return str.__len__(self) > 0

    def __contains__(self, part):
        _compared(self, part)
        return str.__contains__(self, part)

    def __copy__(self):
        return self

    def __deepcopy__(self, _):
        return self

    def __reduce_ex__(self, _):
        return str, (values.plain(self),)


def _used(self):
    place = getattr(self, _PLACE)
    note(place, "Text")
    return place


def _compared(self, *others):
    place = _used(self)
    for other in others:
        if values.place_of(other) is not None:
            values.used(other)
        elif isinstance(other, str):
            compared(place, other)
        elif type(other) is tuple:
            _compared(self, *other)


def _part(value, parts, index):
    """One part; that it was taken apart says that each is looked at."""
    place = parts.child("Index", index)
    note(place, "Text")
    return values.text(value, place)


def _behind(rest, place, marker):
    """What comes behind a marker in front, as the third part of a partition."""
    return _part(rest, place.child("Partition", values.plain(marker)), 2)


def _method(name, result):
    original = getattr(str, name)

    def method(self, *arguments, **named):
        return result(self, original(self, *arguments, **named), arguments)

    method.__name__ = method.__qualname__ = name
    setattr(Text, name, method)


def _same_place(self, found, _):
    return values.text(found, _used(self)) if isinstance(found, str) else found


def _as_found(self, found, _):
    _used(self)
    return found


def _as_compared(self, found, arguments):
    _compared(self, *arguments)
    return found


for _name in ("strip", "lstrip", "rstrip", "lower", "upper", "casefold", "title", "capitalize"):
    _method(_name, _same_place)
for _name in ("__eq__", "__ne__", "startswith", "endswith", "find", "index"):
    _method(_name, _as_compared)
for _name in dir(str):
    _kept = ("__class__", "__doc__", "__new__", "__init__", "__hash__", "__repr__", "__sizeof__")
    _kept += ("__getattribute__", "__setattr__", "__delattr__", "__dir__", "__reduce__")
    _kept += ("__init_subclass__", "__subclasshook__", "__getnewargs__", "maketrans")
    _kept += ("__getstate__", "__static_attributes__", "__firstlineno__")
    if _name not in vars(Text) and _name not in _kept and callable(getattr(str, _name)):
        _method(_name, _as_found)
