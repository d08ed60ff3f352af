"""The gallery's handlers changed at random: the compiler never breaks off, and what it takes compiles.

`mutants.py TOOL FOLDER TARGET [COUNT] [COMPILED] [SEED]`
"""

import ast
import json
import os
import random
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

GALLERY = Path(__file__).parents[1] / "gallery"
TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  {id}Function:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: .
      Handler: app.handler
      Runtime: python3.11
"""
LITERALS = [None, True, 0, -1, 3, 2.5, "", "text", b"ab"]
WRAPPERS = ["if event:\n    pass", "try:\n    pass\nexcept KeyError as caught:\n    print(caught)", "for turn in range(2):\n    pass",
            "while True:\n    pass\n    break", "if not event:\n    pass\nelse:\n    pass", "try:\n    pass\nfinally:\n    print('done')",
            "with open('/tmp/x') as file:\n    pass", "def inner():\n    pass", "try:\n    print(1)\nexcept Exception:\n    pass"]


def blocks(tree):
    """All lists of statements."""
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list) and block and isinstance(block[0], ast.stmt) and not isinstance(node, ast.Module):
                yield block


def some(tree, kinds, chance):
    found = [node for node in ast.walk(tree) if isinstance(node, kinds)]
    return chance.choice(found) if found else None


def swap_operator(tree, chance):
    node = some(tree, (ast.BinOp, ast.Compare, ast.BoolOp, ast.AugAssign, ast.UnaryOp), chance)
    if isinstance(node, ast.Compare):
        node.ops[0] = chance.choice(ast.cmpop.__subclasses__())()
    elif isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.UnaryOp):
        node.op = chance.choice(ast.unaryop.__subclasses__())()
    elif node:
        node.op = chance.choice(ast.operator.__subclasses__())()


def change_block(change):
    def changed(tree, chance):
        block = chance.choice(list(blocks(tree)))
        change(block, chance.randrange(len(block)), chance)
    return changed


def delete(block, at, chance):
    block[at] = ast.Pass()


def double(block, at, chance):
    block.insert(at, block[at])


def swap(block, at, chance):
    other = chance.randrange(len(block))
    block[at], block[other] = block[other], block[at]


def wrap(block, at, chance):
    text = chance.choice(WRAPPERS)
    outer = ast.parse(text).body[0]
    place = chance.choice([it for it in blocks(ast.Module([outer], [])) if isinstance(it[0], ast.Pass)] or [outer.body])
    if isinstance(place[0], ast.Pass):
        place[0] = block[at]
    block[at] = outer


def literal(tree, chance):
    node = some(tree, ast.Constant, chance)
    if node:
        node.value = chance.choice(LITERALS)


def rename(tree, chance):
    node, other = some(tree, ast.Name, chance), some(tree, ast.Name, chance)
    if node:
        node.id = other.id


def rename_attribute(tree, chance):
    node, other = some(tree, ast.Attribute, chance), some(tree, ast.Attribute, chance)
    if node:
        node.attr = other.attr


def argument(tree, chance):
    node = some(tree, ast.Call, chance)
    if node and node.args:
        at, what = chance.randrange(len(node.args)), chance.randrange(4)
        if what == 0:
            del node.args[at]
        elif what == 1:
            node.args[at] = ast.Starred(node.args[at])
        elif what == 2:
            node.args.append(node.args[at])
        else:
            node.keywords.append(ast.keyword("key", node.args.pop(at)))


def value(tree, chance):
    """An expression in the place of another."""
    node, other = some(tree, (ast.Assign, ast.Return, ast.Expr, ast.Subscript, ast.Attribute), chance), some(tree, ast.expr, chance)
    if node and node.value and isinstance(getattr(other, "ctx", ast.Load()), ast.Load) and not isinstance(other, (ast.Starred, ast.Slice, ast.FormattedValue)):
        node.value = ast.parse(ast.unparse(other), mode="eval").body


CHANGES = [swap_operator, literal, rename, rename_attribute, argument, value, change_block(delete), change_block(double),
           change_block(swap), change_block(wrap)]


def mutant(text, chance):
    """A changed module that is still Python."""
    for _ in range(50):
        tree = ast.parse(text)
        for _ in range(chance.randint(1, 3)):
            chance.choice(CHANGES)(tree, chance)
        try:
            changed = ast.unparse(ast.fix_missing_locations(tree)) + "\n"
            compile(changed, "mutant", "exec")
        except Exception:  # noqa: BLE001
            continue
        if changed != text:
            return changed
    return None


class Mutant:
    def __init__(self, folder, number, seed):
        chance = random.Random(f"{seed} {number}")
        names = sorted(it.name for it in GALLERY.iterdir() if (it / "app.py").exists())
        self.name, self.folder, self.number = chance.choice(names), folder / f"m{number}", number
        shutil.copytree(GALLERY / self.name, self.folder, ignore=shutil.ignore_patterns("expected", "events", "verify"))
        self.text = mutant((GALLERY / self.name / "app.py").read_text(), chance)
        (self.folder / "app.py").write_text(self.text or "")
        template = self.folder / "template.yaml"
        if not template.exists():
            template.write_text(TEMPLATE.format(id=self.name.title().replace("_", "")))
        self.wrong, self.crates = "", []

    def translate(self, tool):
        done = subprocess.run([tool, *"rewrite --all --yes --no-check --allow-no-vcs --format json".split()], cwd=self.folder,
                              capture_output=True, text=True, check=False)
        if not done.stdout.startswith("{"):
            self.wrong = f"the tool said {done.returncode}: {done.stdout}{done.stderr}"
            return
        for function in json.loads(done.stdout)["functions"]:
            for it in function.get("diagnostics") or []:
                if re.search("broke off|mistake of the tool|is not Rust|could not be started", it["message"] + (it.get("help") or "")):
                    self.wrong = it["message"]
                if not re.fullmatch(r"GM\d{4}", it["code"]):
                    self.wrong = f"no code: {it}"
        if (self.folder / "rust").is_dir():
            self.crates = [it for it in (self.folder / "rust").iterdir() if it.is_dir()]


def check(mutants, folder, target):
    """Compiles crates together; marks those that do not."""
    workspace = folder / "workspace"
    for it in mutants:
        for crate in it.crates:
            to = workspace / "crates" / f"m{it.number}-{crate.name}"
            shutil.copytree(crate, to)
            manifest = to / "Cargo.toml"
            manifest.write_text(re.sub(r'^name = ".*"', f'name = "{to.name}"', manifest.read_text(), count=1, flags=re.M))
    roots = [it.folder / "Cargo.toml" for it in mutants if (it.folder / "Cargo.toml").exists()]
    text = roots[0].read_text() if roots else "[workspace]\n"
    (workspace / "Cargo.toml").write_text(re.sub(r"members = \[[^\]]*\]", 'members = ["crates/*"]', text))
    environment = dict(os.environ, CARGO_TARGET_DIR=str(target), CARGO_PROFILE_DEV_DEBUG="0", CARGO_INCREMENTAL="0")
    done = subprocess.run(["cargo", "check", "--offline", "--quiet", "--workspace", "--keep-going", "--message-format", "json"],
                          cwd=workspace, env=environment, capture_output=True, text=True, check=False)
    by_name = {f"m{it.number}": it for it in mutants}
    for line in map(json.loads, done.stdout.splitlines()):
        message = line.get("message")
        if isinstance(message, dict) and message.get("level") == "error" and message["spans"]:
            own = by_name[re.search(r"[/#](m\d+)-", line["package_id"])[1]]
            own.wrong = own.wrong or message["rendered"]
    if done.returncode and not any(it.wrong for it in mutants):
        raise SystemExit(done.stderr[-3000:])


def main():
    tool, folder, target, *rest = sys.argv[1:]
    count, compiled, seed = [int(it) for it in rest] + [60, 8, 0][len(rest):]
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    mutants = [Mutant(folder, number, seed) for number in range(count)]
    mutants = [it for it in mutants if it.text]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda it: it.translate(tool), mutants))
    taken = [it for it in mutants if it.crates]
    if taken[:compiled]:
        check(taken[:compiled], folder, target)
    wrong = [it for it in mutants if it.wrong]
    for it in wrong:
        print(f"WRONG {it.name} m{it.number}:\n{it.wrong[:1500]}")
    print(f"mutants: {len(mutants)}, {len(taken)} translated, {min(compiled, len(taken))} compiled, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
