"""Transfers between accounts, undone in part when they fail."""


class TransferError(Exception):
    """A transfer that cannot be."""


class Overdrawn(TransferError):
    def __init__(self, account, missing):
        super().__init__(f"{account} lacks {missing}")
        self.account = account
        self.missing = missing


def withdraw(accounts, name, amount):
    if accounts[name] < amount:
        raise Overdrawn(name, amount - accounts[name])
    accounts[name] -= amount


def transfer(accounts, source, target, amount, log):
    log.append(f"{source}->{target}")
    try:
        withdraw(accounts, source, amount)
        accounts[target] += amount
    except KeyError as error:
        log.append(f"unknown {error}")
        raise TransferError("no such account") from error
    except Overdrawn:
        log.append("overdrawn")
        raise
    else:
        log.append("done")
        return True
    finally:
        log.append("closed")


seen = []


def outcome(value):
    try:
        return 10 // value
    except ZeroDivisionError:
        return "zero"
    finally:
        seen.append(value)


def loop(values):
    passed = []
    for value in values:
        try:
            if value == 2:
                continue
            if value == 4:
                break
            passed.append(value)
        finally:
            passed.append(f"f{value}")
    else:
        passed.append("else")
    return passed


def nested(value):
    trail = []
    try:
        try:
            trail.append(1 / value)
        except ZeroDivisionError as error:
            trail.append("inner")
            raise ValueError("outer") from error
        finally:
            trail.append("inner finally")
    except ValueError as error:
        trail.append(f"{error} from {error.__cause__!r}")
    return trail


def handler(event, context):
    accounts = dict(event.get("accounts", {"ada": 10, "bob": 5}))
    log = []
    failed = []
    for order in event.get("orders", []):
        try:
            transfer(accounts, order["from"], order["to"], order["amount"], log)
        except Overdrawn as error:
            failed.append({"account": error.account, "missing": error.missing, "text": str(error)})
        except TransferError as error:
            failed.append({"text": str(error), "cause": repr(error.__cause__)})
    if event.get("fatal"):
        withdraw(accounts, "ada", 1000)
    return {
        "accounts": accounts,
        "log": log,
        "failed": failed,
        "outcomes": [outcome(value) for value in (0, 3, 5)],
        "loops": [loop([1, 2, 3]), loop([1, 4, 3]), loop([])],
        "nested": [nested(0), nested(2)],
        "seen": len(seen),
    }
