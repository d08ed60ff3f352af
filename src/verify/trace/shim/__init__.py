"""A Lambda handler around the one to trace: what it reads of its event, which of its lines run.

Started as `python -m awslambdaric gammaray_trace.handler`, with these environment variables, which
the function does not get to see:

GAMMARAY_TRACE_HANDLER     the handler to trace
GAMMARAY_TRACE_REPORT      the file to which a line of JSON is added for the import and for each
                           invocation, before its answer is sent
GAMMARAY_TRACE_CODE        the folders of the function's own code
GAMMARAY_TRACE_PYTHONPATH  the function's own PYTHONPATH, if it has one

The function gets an event that is equal to the one sent. Whatever fails here is left out of the
report; the function runs on.
"""

import os
import sys

from . import decoders, place
from .covering import Covering
from .values import kind, plain, used, wrap

_HERE = os.path.dirname(os.path.abspath(__file__))


class _Tracing:
    def __init__(self):
        take = os.environ.pop
        self.name = take("GAMMARAY_TRACE_HANDLER")
        self.report = take("GAMMARAY_TRACE_REPORT")
        folders = take("GAMMARAY_TRACE_CODE").split(os.pathsep)
        self.covering = Covering(folders, f"{self.report}.{os.getpid()}")
        sys.path[:] = [entry for entry in sys.path if entry != os.path.dirname(_HERE)]
        own_path = take("GAMMARAY_TRACE_PYTHONPATH", None)
        if own_path is None:
            take("PYTHONPATH", None)
        else:
            os.environ["PYTHONPATH"] = own_path

    def load(self):
        """The handler, imported as the runtime client does it, with the errors that it gives."""
        from awslambdaric import bootstrap

        try:
            return bootstrap._get_handler(self.name)
        finally:
            self.write(
                {
                    "python": ".".join(map(str, sys.version_info[:3])),
                    "coverage": self.covering.version,
                }
            )

    def write(self, line):
        """Adds a line to the report; it is there even if this process is killed after it."""
        try:
            with place.quiet():
                import json

                files = self.covering.take()
                line = {**line, "files": files, "trouble": self.covering.trouble}
                text = json.dumps(line) + "\n"
            # One call, so that lines of two processes stay apart.
            report = os.open(self.report, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                os.write(report, text.encode())
            finally:
                os.close(report)
        except Exception:
            pass

    def around(self, original):
        """The handler that the runtime client calls."""

        def handler(event, context):
            decoders.replace_methods()
            place.take()
            root = place.Place("event")
            place.note(root, kind(event))
            try:
                return _plain(original(wrap(event, root), context))
            finally:
                self.write({"reads": place.take()})

        return handler


def _plain(answer):
    try:
        used(answer)
        return plain(answer)
    except Exception:
        return answer


_tracing = _Tracing()
decoders.replace_functions()
handler = _tracing.around(_tracing.load())
