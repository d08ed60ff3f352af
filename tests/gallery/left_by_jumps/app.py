import json


def quiet(items):
    log = []
    for item in items:
        try:
            if item == 2:
                continue
            if item == 4:
                break
            log.append(f"body {item}")
        finally:
            log.append(f"finally {item}")
        log.append(f"after {item}")
    return log


def deep(items, log):
    for item in items:
        try:
            for inner in range(3):
                try:
                    if inner == item:
                        break
                    if inner == 1:
                        continue
                    if item == 5:
                        return "left"
                    log.append(int(item) + inner)
                except ValueError as error:
                    log.append(str(error))
                    continue
                finally:
                    log.append(["inner", inner])
            else:
                log.append("whole")
            if item == "x":
                break
        finally:
            log.append(["outer", item])
    return log


def simple(x):
    try:
        if x:
            return 1
    finally:
        print("done")
    return 2


def handler(event, context):
    log = []
    got = deep(event.get("items", []), log)
    return {"a": quiet(event.get("items", [])), "b": got, "log": log, "c": simple(event.get("x"))}
