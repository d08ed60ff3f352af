"""Who may call."""

import functools


def authorized(*roles):
    def decorate(func):
        @functools.wraps(func)
        def wrapper(event, context):
            if event.get("role") not in roles:
                return {"denied": event.get("role")}
            return func(event, context)

        return wrapper

    return decorate
