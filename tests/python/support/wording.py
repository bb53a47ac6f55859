"""Compares what happened with what was expected, whatever the version of Python."""

import re

# What other versions say -> what CPython 3.11 says, the reference of the diagnosis.
_WORDINGS = (
    (r"errors\.pydantic\.dev/[0-9.]+/", "errors.pydantic.dev/*/"),
    # CPython 3.14
    (r"is not a container or iterable$", "is not iterable"),
    # CPython 3.10
    (
        r"^local variable 'response_json' referenced before assignment$",
        "cannot access local variable 'response_json' where it is not associated with a value",
    ),
    (r"^string indices must be integers$", "string indices must be integers, not 'str'"),
)


def predicted(diagnosis):
    """A diagnosis in the form of an outcome."""
    if diagnosis["verdict"] == "fine":
        return {"ok": True}
    return {"exception": diagnosis["exception"], "message": diagnosis["message"]}


def assert_same(case, expected, actual):
    """Fails unless both outcomes are fine, or the same exception with the same message."""
    case.assertEqual(_plain(expected, actual), _plain(actual, actual))


def _plain(outcome, actual):
    if "ok" in outcome:
        return "fine"
    exception, message = outcome["exception"], outcome["message"]
    # CPython 3.13 found better words for a trailing comma, and another place to point at.
    if "Illegal trailing comma" in actual.get("message", ""):
        return exception
    for pattern, replacement in _WORDINGS:
        message = re.sub(pattern, replacement, message)
    return f"{exception}: {message}"
