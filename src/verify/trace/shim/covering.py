"""Which lines and branches of the function's own code ran, as coverage.py measures it."""

import glob
import json
import os


class Covering:
    """Measures from its making on. Without the package coverage, or where that fails, nothing is
    measured, and `trouble` says why."""

    def __init__(self, folders, scratch):
        self.version = None
        self.trouble = None
        self._scratch = scratch
        self._arcs = {}
        try:
            import coverage

            folders = [os.path.realpath(folder) for folder in folders]
            self._coverage = coverage.Coverage(
                data_file=None,
                config_file=False,
                branch=True,
                include=[os.path.join(folder, "*") for folder in folders],
                omit=[path for folder in folders for path in _installed(folder)],
            )
            self._coverage._warn = lambda *_, **__: None
            # What its authors do not count, counts here.
            kept = [line for line in self._coverage.get_exclude_list() if "PRAGMA" not in line]
            self._coverage.clear_exclude()
            for line in kept:
                self._coverage.exclude(line)
            self._coverage.clear_exclude("partial")
            self._coverage.start()
            self.version = coverage.__version__
        except Exception as error:
            self.trouble = f"{type(error).__name__}: {error}"

    def take(self):
        """The files in which more ran than when this was last asked, each as a whole."""
        if self.version is None:
            return []
        try:
            data = self._coverage.get_data()
            changed = []
            for path in data.measured_files():
                arcs = len(data.arcs(path) or ())
                if arcs != self._arcs.get(path):
                    self._arcs[path] = arcs
                    changed.append(path)
            return [self._file(path) for path in changed]
        except Exception as error:
            self.trouble = f"{type(error).__name__}: {error}"
            return []

    def _file(self, path):
        # Some versions keep the last file's analysis, whatever has run since.
        getattr(self._coverage._analyze, "cache_clear", lambda: None)()
        self._coverage.json_report(morfs=[path], outfile=self._scratch, ignore_errors=True)
        with open(self._scratch, encoding="utf-8") as report:
            files = json.load(report)["files"].values()
        for file in files:
            return {
                "path": path,
                "executed": file["executed_lines"],
                "missing": file["missing_lines"],
                "taken": file["executed_branches"],
                "not_taken": file["missing_branches"],
            }
        return {"path": path}


def _installed(folder):
    """Patterns of the packages that were installed into a folder."""
    for record in glob.glob(os.path.join(glob.escape(folder), "*.dist-info", "RECORD")):
        with open(record, encoding="utf-8", errors="replace") as lines:
            tops = {line.split(",")[0].split("/")[0].strip('"') for line in lines}
        for top in tops - {"", ".."}:
            yield os.path.join(folder, top)
            yield os.path.join(folder, top, "*")
