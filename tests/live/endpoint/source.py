"""Python source of a function, made from its definition as the emulator's configuration has it.

It is source, and not objects put together, so that annotations and defaults mean what they mean
in a user's file. What it reads is written by describe-for-python.ts.
"""

PRELUDE = r"""
import re
from typing import Any, Optional
from fastapi import HTTPException
from fastapi.responses import StreamingResponse
from pydantic import BaseModel


def reflection(value):
    # As `repr`, without what a release of Unicode decides: which characters print. Which half of
    # a pair stands alone no answer can show, since it cannot be encoded; the emulator forgets it.
    return re.sub(r"\\ud[89a-f]..", r"\\ud800", ascii(with_text_keys(value, 3)))


def with_text_keys(value, depth):
    # Pydantic 1 makes {1: 2} of [[1, 2]], which cannot be answered as JSON either. A value that is
    # no field's own is as it was sent.
    if depth and isinstance(value, dict):
        return {str(key): with_text_keys(item, depth - 1) for key, item in value.items()}
    if depth and isinstance(value, list):
        return [with_text_keys(item, depth - 1) for item in value]
    return value
"""

INDENT = "    "


def source_of(definition):
    """A module with the function under its own name."""
    model, parameters, values = signature_of(definition)
    head = f"def {definition['name']}({parameters}):"
    return "\n".join([PRELUDE, *model, head, INDENT + statement_of(definition, values)])


def signature_of(definition):
    """The model's lines, the parameters, and each value's expression by its name.

    A dict has no known names, so its values are the expression of the whole.
    """
    body = definition.get("body")
    if body is None:
        query = definition["query"]
        # The star: Python wants defaults last otherwise, FastAPI and Modal's config do not.
        listed = ", ".join(["*", *written(query)]) if query else ""
        return [], listed, {name: name for name in query}
    if "dict" in body:
        return [], f"{body['dict']}: dict", body["dict"]
    fields = [INDENT + line for line in written(body["fields"])] or [INDENT + "pass"]
    model = [f"class {body['model']}(BaseModel):", *fields]
    return model, f"request: {body['model']}", {name: f"request.{name}" for name in body["fields"]}


def written(fields):
    return [f"{name}: {annotation}" for name, annotation in fields.items()]


def statement_of(definition, values):
    """What the function does."""
    handler = definition["handler"]
    kind = handler["kind"]
    if kind == "answer":
        text = text_of(definition, values)
        return f"return {text}" if handler["key"] is None else f"return {{{handler['key']!r}: {text}}}"
    if kind == "stream":
        events, media_type = handler["events"], handler["mediaType"]
        return f"return StreamingResponse(iter({events!r}), media_type={media_type!r})"
    if kind == "http-exception":
        status, detail, headers = handler["status"], handler["detail"], handler["headers"]
        return f"raise HTTPException({status}, detail={detail!r}, headers={headers!r})"
    if kind == "crash":
        return f"raise {handler['exception']}"
    raise ValueError(f"unknown handler {kind}")


def text_of(definition, values):
    """The expression of the answer's text."""
    if definition["reflects"]:
        if isinstance(values, str):
            return f"reflection({values})"
        members = ", ".join(f"{name!r}: {value}" for name, value in values.items())
        return f"reflection({{{members}}})"
    answer = definition["answer"]
    if answer["source"] == "hello":
        return repr("hello world")
    field = definition["promptField"]
    prompt = f"{values}[{field!r}]" if isinstance(values, str) else values[field]
    return f"{prompt} + {answer['completion']!r}"
