"""Cases in Python, translated together into one crate, run on both sides and compared.

A case is a piece of a module with a function `case_N(event)`. What the compiler refuses is left out
by the line that it names, until all that is left is translated; that is built once, and each case
is called with each of its events in Python and in Rust.
"""

import importlib.util
import json
import os
import re
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  {function}:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: .
      Handler: app.handler
      Runtime: python3.11
"""


@dataclass
class Case:
    """A case; `{n}` in its code stands for its number."""

    name: str
    code: str
    events: list = field(default_factory=lambda: [{}])
    #: What it is a case of.
    items: tuple = ()
    number: int = 0
    refused: str = ""
    broken: str = ""

    def text(self):
        return self.code.replace("{n}", str(self.number)).rstrip() + "\n"


def sampled(cases, sample, offset):
    """The first case of each item and two more, and every so-manieth of the others."""
    places = {}
    for at, case in enumerate(cases):
        for item in case.items:
            places.setdefault(item, []).append(at)
    kept = {own[len(own) * part // 3] for own in places.values() for part in range(3 if len(own) < 400 else 1)}
    return [case for at, case in enumerate(cases) if at in kept or at % sample == offset % sample]


class Battery:
    """Cases that are proven in one crate."""

    def __init__(self, tool, folder, function, head, cases):
        self.tool, self.folder, self.function = tool, Path(folder), function
        self.head, self.cases = head, cases
        for number, case in enumerate(cases):
            case.number = number

    def source(self, cases):
        """The module, and the case of each line."""
        lines, owners = self.head.splitlines(), {}
        for case in cases:
            lines += ["", ""]
            for line in case.text().splitlines():
                lines.append(line)
                owners[len(lines)] = case
        lines += ["", "", "def handler(event, context):", '    case = event["case"]']
        for case in cases:
            lines.append(f"    if case == {case.number}:")
            owners[len(lines)] = case
            lines.append(f"        return case_{case.number}(event)")
            owners[len(lines)] = case
        lines += ['    return "no such case"', ""]
        return "\n".join(lines), owners

    def command(self, *arguments):
        done = subprocess.run(
            [self.tool, "rewrite", self.function, "--allow-no-vcs", "--format", "json", *arguments],
            cwd=self.folder, capture_output=True, text=True, check=False,
        )
        if not done.stdout.startswith("{"):
            raise SystemExit(f"the tool said {done.returncode}: {done.stdout}{done.stderr}")
        return json.loads(done.stdout)

    def write(self, cases):
        self.folder.mkdir(parents=True, exist_ok=True)
        text, owners = self.source(cases)
        (self.folder / "app.py").write_text(text)
        (self.folder / "template.yaml").write_text(TEMPLATE.format(function=self.function))
        return owners

    def accepted(self):
        """The cases that are translated, together."""
        cases = [case for case in self.cases if not (case.refused or case.broken)]
        while True:
            owners = self.write(cases)
            said = self.command("--check")
            found = said["functions"][0].get("diagnostics", [])
            if not found:
                return cases
            before = len(cases)
            for it in found:
                assert re.fullmatch(r"GM08\d\d|GM\d\d\d\d", it["code"]), it
                case = owners.get(it["line"])
                if case and not case.refused:
                    case.refused = f"{it['code']} {it['message']}"
            cases = [case for case in cases if not case.refused]
            if len(cases) == before:
                raise SystemExit(f"refused at no case: {found[:3]}")

    def build(self, target):
        """The program of what was accepted; nothing where some of it did not compile."""
        said = self.command("--yes", "--no-check")
        if said["functions"][0]["status"] != "complete":
            raise SystemExit(f"refused when emitted: {said}")
        environment = dict(os.environ, CARGO_TARGET_DIR=str(target), CARGO_PROFILE_DEV_DEBUG="0", CARGO_INCREMENTAL="0")
        done = subprocess.run(
            ["cargo", "build", "--offline", "--quiet", "--message-format", "json"],
            cwd=self.folder, env=environment, capture_output=True, text=True, check=False,
        )
        (name,) = [it.name for it in (self.folder / "rust").iterdir() if it.is_dir()]
        if done.returncode:
            self.fail(done, self.folder / "rust" / name)
            return None
        manifest = (self.folder / "rust" / name / "Cargo.toml").read_text()
        program = re.search(r'^name = "(.*)"', manifest, re.M)[1]
        return Path(target) / "debug" / program

    def fail(self, done, crate):
        """Marks the cases that do not compile."""
        lines = (crate / "src/app.rs").read_text().splitlines()
        found = 0
        for message in map(json.loads, done.stdout.splitlines()):
            message = message.get("message", {})
            if not isinstance(message, dict) or message.get("level") != "error" or not message["spans"]:
                continue
            span = next(it for it in message["spans"] if it["is_primary"])
            number = None
            if span["file_name"].endswith("app.rs"):
                number = owner(lines, span["line_start"])
            if number is None:
                raise SystemExit(f"{done.stderr}{message['rendered']}")
            found += 1
            case = self.cases[number]
            if not case.broken:
                case.broken = message["rendered"]
        if "offline" in done.stderr or "failed to select a version" in done.stderr:
            print(done.stderr, file=sys.stderr)
            sys.exit(75)
        if not found:
            raise SystemExit(f"does not compile: {done.stderr[-3000:]}")

    def program(self, target):
        """The program, and the cases that are in it."""
        while True:
            cases = self.accepted()
            program = self.build(target)
            if program:
                return cases, program


def owner(lines, number):
    """The case of a line of the generated module."""
    called = re.search(r"return .*\bcase_(\d+)\(", lines[number - 1])
    if called:
        return int(called[1])
    for line in reversed(lines[:number]):
        found = re.match(r"(?:pub(?:\(crate\))? )?(?:async )?(?:fn|struct|enum|impl|static|const)\b.*?(?:_|Class)(\d+)\b", line)
        if found:
            return int(found[1])
    return None


def shown(outcome):
    """An outcome without what differs from one run to another: addresses, the order of sets."""
    def sort(found):
        return "{" + ", ".join(sorted(found[1].split(", "))) + "}"

    text = re.sub(r"0x[0-9a-f]{6,}", "0x", json.dumps(outcome, sort_keys=True))
    return re.sub(r"\{([^{}:]+)\}", sort, text)


def in_python(folder, calls):
    """The outcomes of calls in real Python, in a process of its own."""
    script = Path(__file__).with_name("python_side.py")
    done = subprocess.run(
        [sys.executable, str(script)], cwd=folder, input=json.dumps(calls), text=True,
        capture_output=True, check=False, env=environment(),
    )
    if done.returncode:
        raise SystemExit(done.stderr[-4000:])
    return json.loads(done.stdout.rpartition("\n\x1e")[2])


def environment(**more):
    kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    return kept | {
        "AWS_REGION": "eu-central-1", "AWS_DEFAULT_REGION": "eu-central-1", "TZ": "UTC",
        "AWS_LAMBDA_FUNCTION_NAME": "battery", "AWS_LAMBDA_FUNCTION_VERSION": "1",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "128", "AWS_LAMBDA_LOG_GROUP_NAME": "group",
        "AWS_LAMBDA_LOG_STREAM_NAME": "stream", "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret", "PYTHONDONTWRITEBYTECODE": "1",
    } | more


class RuntimeApi:
    """The invocations of the Runtime API, from a list of events; a program that dies is started anew."""

    def __init__(self, program, calls):
        self.program, self.calls = program, calls
        self.outcomes, self.at = [None] * len(calls), 0
        self.done = threading.Event()

    def run(self):
        api = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def log_message(self, *_):
                pass

            def answer(self, status, body=b"", headers=()):
                self.send_response(status)
                for name, value in headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_GET(self):
                if api.at >= len(api.calls):
                    api.done.set()
                    threading.Event().wait(30)
                    return
                self.answer(200, json.dumps(api.calls[api.at]).encode(), [
                    ("Lambda-Runtime-Aws-Request-Id", str(api.at)),
                    ("Lambda-Runtime-Deadline-Ms", "99999999999999"),
                    ("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-central-1:123456789012:function:battery"),
                    ("Content-Type", "application/json"),
                ])

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)) if self.headers.get(
                    "Content-Length") else self.chunks()
                *_, number, what = self.path.split("/")
                if what == "response":
                    api.outcomes[api.at] = {"answer": json.loads(body)}
                elif number != "init":
                    said = json.loads(body)
                    api.outcomes[api.at] = {"error": [said["errorType"], said["errorMessage"]]}
                if number != "init":
                    api.at += 1
                self.answer(202)

            def chunks(self):
                body = b""
                while size := int(self.rfile.readline(), 16):
                    body += self.rfile.read(size)
                    self.rfile.readline()
                self.rfile.readline()
                return body

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"127.0.0.1:{server.server_address[1]}"
        while self.at < len(self.calls):
            began = self.at
            process = subprocess.Popen(
                [self.program], env=environment(AWS_LAMBDA_RUNTIME_API=address),
                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            )
            tail = []
            threading.Thread(target=lambda: tail.extend(process.stderr.readlines()[-5:]), daemon=True).start()
            while process.poll() is None and not self.done.wait(0.05):
                pass
            if self.done.is_set():
                process.kill()
                break
            if self.at == began and began == 0 and self.outcomes[0] is None and not self.calls:
                raise SystemExit("".join(tail))
            self.outcomes[self.at] = {"died": "".join(tail)[-400:]}
            self.at += 1
        server.shutdown()
        return self.outcomes


def compared(battery, target):
    """The differences of accepted cases, as (case, event, Python's outcome, Rust's)."""
    cases, program = battery.program(target)
    calls = [(case, dict(event, case=case.number)) for case in cases for event in case.events]
    events = [event for _, event in calls]
    python = in_python(battery.folder, events)
    rust = RuntimeApi(str(program), events).run()
    differences, untranslated = [], 0
    for (case, event), one, other in zip(calls, python, rust):
        if (other or {}).get("error", [""])[0] == "Untranslated":
            untranslated += 1
        elif shown(one) != shown(other):
            differences.append((case, event, one, other))
    return cases, len(calls), untranslated, differences
