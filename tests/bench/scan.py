"""How long `scan` takes on a large tree, against `ruff check` on the same tree and `cfn-lint` on
one template of it, in one run.

    python3 tests/bench/scan.py [--templates 500] [--modules 1400] [--megabytes 9] [--runs 5]

The tree is made from examples/: its templates and modules are repeated under new names, and
modules are filled with plain functions until the tree has the size asked for. Wall time is the
median of the runs, the programs taking turns; memory is the largest resident set of any run.
"""

import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOOLS = pathlib.Path(
    os.environ.get("GAMMARAY_TOOLS")
    or pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
    / "gammaray-migrate" / "tools"
)

FILLER = '''

def padding_{n}(order, lines=None, *, currency="EUR"):
    """Adds up the lines of an order."""
    total = 0
    for line in lines or order.get("lines", []):
        if line.get("kind") == "discount" and line["amount"] > 0:
            total -= line["amount"]
        elif isinstance(line.get("amount"), int):
            total += line["amount"] * line.get("count", 1)
    return {{"id": order["id"], "total": total, "currency": currency, "label": f"{{total:>10}}"}}
'''


def sources():
    """The example applications: folders that hold a template and Python."""
    return [path.parent for path in sorted(ROOT.glob("examples/*/template.yaml"))]


def make_tree(tree, templates, modules, megabytes):
    """Copies of the examples until there are enough templates, then filler to reach the size."""
    examples = sources()
    made_templates = made_modules = copies = 0
    python = []
    while made_templates < templates:
        target = tree / f"app{copies:04}"
        shutil.copytree(
            examples[copies % len(examples)],
            target,
            ignore=shutil.ignore_patterns(".aws-sam", "__pycache__", ".pytest_cache", "tests"),
        )
        copies += 1
        for template in target.rglob("template.yaml"):
            made_templates += 1
            if made_templates > templates:
                template.unlink()
        for module in target.rglob("*.py"):
            made_modules += 1
            if made_modules > modules:
                module.unlink()
            else:
                python.append(module)
    while made_modules < modules:
        module = python[made_modules % len(examples)].parent / f"extra_{made_modules:04}.py"
        module.write_text("import json\n")
        python.append(module)
        made_modules += 1
    size = sum(module.stat().st_size for module in python)
    missing = int(megabytes * 1e6) - size
    each = len(FILLER.format(n=0))
    number = 0
    while missing > 0:
        module = python[number % len(python)]
        with module.open("a") as file:
            file.write(FILLER.format(n=number))
        number += 1
        missing -= each
    return min(made_templates, templates), len(python), sum(m.stat().st_size for m in python)


def measure(command):
    """Wall seconds and peak resident bytes of one run."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    return time.perf_counter() - started, usage.ru_maxrss * 1024


def tool(name):
    """A program of the tool environment, or of PATH."""
    own = TOOLS / "bin" / name
    return str(own) if own.exists() else shutil.which(name)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--templates", type=int, default=500)
    parser.add_argument("--modules", type=int, default=1400)
    parser.add_argument("--megabytes", type=float, default=9.0)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    subprocess.run(["cargo", "build", "--release", "--locked", "--quiet"], cwd=ROOT, check=True)
    binary = ROOT / os.environ.get("CARGO_TARGET_DIR", "target") / "release" / "gammaray-migrate"
    with tempfile.TemporaryDirectory() as folder:
        tree = pathlib.Path(folder) / "tree"
        made = make_tree(tree, arguments.templates, arguments.modules, arguments.megabytes)
        print(f"tree: {made[0]} templates, {made[1]} Python files, {made[2] / 1e6:.1f} MB of Python")
        template = next(iter(sorted(tree.rglob("template.yaml"))))
        commands = {"scan": [str(binary), "scan", "--format", "json", str(tree)]}
        if tool("ruff"):
            commands["ruff check"] = [tool("ruff"), "check", "--no-cache", "--quiet", str(tree)]
        if tool("cfn-lint"):
            commands["cfn-lint, one template"] = [tool("cfn-lint"), str(template)]
        times = {name: [] for name in commands}
        memory = {name: 0 for name in commands}
        for run in range(arguments.runs + 1):
            for name, command in commands.items():
                seconds, peak = measure(command)
                if run > 0:
                    times[name].append(seconds)
                    memory[name] = max(memory[name], peak)
    scan = statistics.median(times["scan"])
    for name, values in times.items():
        median = statistics.median(values)
        print(
            f"{name:24} {median * 1000:8.0f} ms  (min {min(values) * 1000:.0f}, "
            f"max {max(values) * 1000:.0f})  {memory[name] / 1e6:6.0f} MB  "
            f"scan takes {scan / median:.2f} of it"
        )
    for name in ("ruff", "cfn-lint"):
        if not tool(name):
            print(f"SKIPPED: {name} is missing; run .ci/setup", file=sys.stderr)


if __name__ == "__main__":
    main()
