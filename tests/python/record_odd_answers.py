"""Writes odd-answers.json: answers that are rare, and what the real client makes of them.

Run it with the Python of .cache/venv-newest, which `npm run test:python` makes, then run
`npm run format`. The outcomes are those of CPython 3.11.
"""

import codecs
import gzip
import json
import logging
import pathlib
import platform
import sys
import zlib
from base64 import b64encode
from importlib.metadata import version

from support.client import modal_at, outcome_of
from support.raw_server import RawServer

PROMPT = "Why?"
GOOD = '{"prompt": "Why? B"}'
JSON = "application/json"


def http(body, content_type=JSON, status="200 OK", headers=(), length=None):
    """One complete answer."""
    body = body if isinstance(body, bytes) else body.encode()
    lines = [f"HTTP/1.1 {status}"]
    if content_type is not None:
        lines.append(f"Content-Type: {content_type}")
    lines += [f"{name}: {value}" for name, value in headers]
    lines.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def encoded(body, *encodings):
    """An answer with a Content-Encoding."""
    return http(body, headers=[("Content-Encoding", ", ".join(encodings))])


def raw_deflate(data):
    compressor = zlib.compressobj(wbits=-15)
    return compressor.compress(data) + compressor.flush()


def nested(opening, inside, closing, depth):
    return '{"prompt": "Why?", "a": ' + opening * depth + inside + closing * depth + "}"


def as_wire(data):
    try:
        return {"text": data.decode("utf-8")}
    except UnicodeDecodeError:
        return {"base64": b64encode(data).decode()}


def record():
    answers = []
    with RawServer() as server:
        modal = modal_at(server.url)
        for name, data in ANSWERS.items():
            wire = [["send", as_wire(data)]]
            server.answer_with(wire)
            outcome = outcome_of(lambda: modal.invoke(PROMPT))
            answers.append(
                {"name": name, "outcome": outcome, "requests": server.requests, "wire": wire}
            )
    return answers


def main():
    logging.getLogger("urllib3").setLevel(logging.ERROR)
    packages = ("langchain-community", "langchain-core", "requests", "urllib3", "pydantic")
    versions = ", ".join(f"{package} {version(package)}" for package in packages)
    answers = ",\n".join("  " + json.dumps(answer) for answer in record())
    client = f"{versions}, CPython {platform.python_version()}"
    head = json.dumps({"client": client, "prompt": PROMPT})
    target = pathlib.Path(__file__).with_name("odd-answers.json")
    target.write_text(f'{head[:-1]}, "answers": [\n{answers}\n]}}\n', encoding="utf-8")
    print(f"{len(ANSWERS)} answers recorded", file=sys.stderr)


if __name__ == "__main__":
    main()
