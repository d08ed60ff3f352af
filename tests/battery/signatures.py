"""The mapped Python names, read from the first lines of the support modules' documentation."""

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path

SUPPORT = Path(__file__).parents[2] / "templates/support/src/python"
ITEM = re.compile(r"^\s*(?:pub )?(?P<kind>(?:async )?fn|const|static|struct|enum|trait|type)\s+(?P<name>\w+)")
NO_MODULE = {"value", "error"}


@dataclass
class Signature:
    """A mapped name: its parameters as pairs of what Python declares and Rust's type."""

    python: str
    kind: str
    place: str
    parameters: list = field(default_factory=list)
    receiver: str = ""


def parts(text):
    """The parts of a list of Rust parameters."""
    found, depth, part = [], 0, ""
    for before, sign in zip(" " + text, text):
        depth += sign in "(<[{"
        depth -= sign in ")]}" or sign == ">" and before != "-"
        if sign == "," and not depth:
            found.append(part)
            part = ""
        else:
            part += sign
    return [it.strip() for it in [*found, part] if it.strip()]


def inside(text, at):
    """What stands between brackets that open at a place, and where they close."""
    depth = 0
    for end in range(at, len(text)):
        depth += text[end] in "(<["
        depth -= text[end] in ")]" or text[end] == ">" and text[end - 1] != "-"
        if not depth:
            return text[at + 1:end], end
    return "", at


def of_function(python, text, place):
    """A function's or attribute's signature, from the Rust text that begins with its name."""
    start = text.index("(") if "<" not in text.split("(")[0] else text.index("(", text.index(">"))
    inner, _ = inside(text, start)
    rust = [it for it in parts(re.sub(r"//.*", "", inner)) if not re.match(r"location\b|handled\b", it) and "AsyncFn" not in it]
    name, _, declared = python.partition("(")
    declared = declared.removesuffix(")")
    try:
        arguments = ast.parse(f"def _({declared}): pass").body[0].args
    except SyntaxError:
        return None
    listed = [(it.arg, "positional") for it in arguments.posonlyargs] + [(it.arg, "either") for it in arguments.args]
    defaults = len(arguments.defaults)
    required = {name for name, _ in listed[:len(listed) - defaults]}
    if arguments.vararg:
        listed.append((arguments.vararg.arg, "rest"))
    for it, default in zip(arguments.kwonlyargs, arguments.kw_defaults):
        listed.append((it.arg, "keyword"))
        required |= set() if default else {it.arg}
    if arguments.kwarg:
        listed.append((arguments.kwarg.arg, "keywords"))
    extra = len(rust) - len(listed)
    if extra not in (0, 1):
        return None
    receiver = rust[0] if extra else ""
    types = [it.partition(":")[2].strip() for it in rust[extra:]]
    kind = "function" if "(" in python else "attribute"
    found = Signature(name, kind, place, receiver=receiver)
    found.parameters = [(one, kind, one in required, rust) for (one, kind), rust in zip(listed, types)]
    return found


def of_file(path):
    lines = path.read_text().splitlines()
    python = None
    for at, line in enumerate(lines):
        line = line.strip()
        if line.startswith("#[cfg(test)]"):
            return
        if line.startswith("///"):
            if not lines[at - 1].strip().startswith("///"):
                quoted = re.match(r"///\s*`([A-Za-z_][\w.]*(?:\([^`]*\))?)`", line)
                python = quoted and quoted[1]
            continue
        if line.startswith("#["):
            continue
        item = ITEM.match(lines[at])
        if python and item:
            place = f"{path.stem}::{item['name']}"
            if item["kind"].endswith("fn"):
                if line.startswith("pub "):
                    text = "\n".join(lines[at:at + 30])
                    text = text[text.index(item["name"], text.index("fn ") + 3):]
                    signature = of_function(python, text, place)
                    if signature:
                        yield signature
            elif "(" not in python:
                kind = {"const": "constant", "static": "static"}.get(item["kind"], "type")
                yield Signature(python, kind, place)
        if line:
            python = None


def signatures():
    return [it for path in sorted(SUPPORT.glob("*.rs")) for it in of_file(path) if path.stem != "mod"]


if __name__ == "__main__":
    for it in signatures():
        print(it)
