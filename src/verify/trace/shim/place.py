"""Where in an event a value was, and what was seen there.

A place is a step from another place, up to a root. What was seen is kept for one invocation, in
the order seen, and given out as paths in the words of `crate::python::Step`.
"""

import threading

# What one invocation may note; a function that reads more reads it in loops.
MOST_NOTES = 5000
# Texts that a value was compared with, for each place, and their length.
MOST_TEXTS = 8
LONGEST_TEXT = 200
# What `json.loads` itself looks for.
BYTE_ORDER_MARK = "\ufeff"
# Positions of a list that are told apart; with more of them, any is meant.
MOST_POSITIONS = 8

_seen = {}
_texts = {}
_quiet = threading.local()


class Place:
    """A step from a parent; the root has none, and its step is its name."""

    __slots__ = ("iterated", "leaves", "parent", "positions", "step")

    def __init__(self, step, parent=None):
        self.parent = parent
        self.step = step
        self.iterated = False
        self.positions = None
        self.leaves = None

    def child(self, *step):
        """A place below, for a value that remembers it."""
        return Place(step, self)

    def leaf(self, *step):
        """A place below, for a value that cannot remember where it was: the same each time."""
        if self.leaves is None:
            self.leaves = {}
        return self.leaves.setdefault(step, Place(step, self))

    def asked(self, position):
        """Notes that a position of a list was asked for by its number."""
        if self.positions is None:
            self.positions = set()
        self.positions.add(position)


class quiet:
    """Nothing is noted within."""

    def __enter__(self):
        _quiet.depth = getattr(_quiet, "depth", 0) + 1

    def __exit__(self, *_):
        _quiet.depth -= 1


def note(place, kind):
    """A value of this kind was read at this place."""
    if not getattr(_quiet, "depth", 0) and len(_seen) < MOST_NOTES:
        _seen[place, kind] = None


def compared(place, text):
    """The value at this place was compared with a text."""
    if getattr(_quiet, "depth", 0) or len(text) > LONGEST_TEXT or text == BYTE_ORDER_MARK:
        return
    texts = _texts.setdefault(place, {})
    if len(texts) < MOST_TEXTS:
        texts[text] = None


def take():
    """What was seen since this was last asked: paths with their kinds and texts."""
    global _seen, _texts
    seen, texts = _seen, _texts
    _seen, _texts = {}, {}
    reads = {}
    for (place, kind), _ in list(seen.items()):
        root, path = _path(place)
        read = reads.setdefault(
            repr((root, path)), {"root": root, "path": path, "kinds": [], "compared": []}
        )
        if kind not in read["kinds"]:
            read["kinds"].append(kind)
        for text in texts.get(place, ()):
            if text not in read["compared"]:
                read["compared"].append(text)
    return list(reads.values())


def _path(place):
    steps = []
    while place.parent is not None:
        steps.append(_step(place))
        place = place.parent
    return place.step, steps[::-1]


def _step(place):
    name, *value = place.step
    if not value:
        return name
    if name == "Index" and _any(place.parent, value[0]):
        return "Element"
    return {name: value[0]}


def _any(parent, position):
    """Whether a position of a list was reached as any of its elements."""
    if parent.step[0] == "Partition":
        return False
    positions = parent.positions or ()
    return parent.iterated or position not in positions or len(positions) > MOST_POSITIONS
