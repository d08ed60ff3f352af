"""Runs a battery: `run.py syntax TOOL FOLDER TARGET [SAMPLE] [OFFSET]`."""

import importlib
import json
import sys
import time
from collections import Counter

from harness import Battery, compared


def main():
    which, tool, folder, target, *rest = sys.argv[1:]
    sample, offset = [int(it) for it in rest] + [1, 0][len(rest):]
    module = importlib.import_module(which)
    cases = module.cases(sample, offset)
    began = time.monotonic()
    battery = Battery(tool, folder, f"Battery{which.title()}Function", module.HEAD, cases)
    accepted, calls, untranslated, differences = compared(battery, target)
    known = getattr(module, "KNOWN", None)
    differences = [it for it in differences if not (known and known.match(it[0].name))]
    for case, event, one, other in differences:
        print("DIFFERENT", case.name)
        print("    python", json.dumps(one, ensure_ascii=False)[:300])
        print("    rust  ", json.dumps(other, ensure_ascii=False)[:300])
    broken = [case for case in cases if case.broken]
    for case in broken:
        print("DOES NOT COMPILE", case.name)
        print("    " + "\n    ".join(case.broken.splitlines()[:9]))
    print(f"{which}: {len(cases)} cases, {len(accepted)} translated, {calls} calls, {untranslated} Untranslated, "
          f"{len(broken)} do not compile, {len(differences)} different, {time.monotonic() - began:.0f} s")
    with open(f"{folder}/refused.txt", "w") as file:
        for case in cases:
            if case.refused:
                file.write(f"{case.name}: {case.refused}\n")
    for reason, number in Counter(case.refused[:70] for case in cases if case.refused).most_common(12):
        print(f"    {number} {reason}")
    unreached = module.unreached(cases)
    print(f"    reached by no case: {unreached}")
    return 1 if differences or broken or unreached else 0


if __name__ == "__main__":
    sys.exit(main())
