"""Writes wires.json: connections that end badly, and what the real client makes of them.

Run it with the Python of .cache/venv-newest, which `npm run test:python` makes, then run
`npm run format`. The outcomes are those of CPython 3.11 on Linux.
"""

import json
import logging
import pathlib
import platform
import sys
from importlib.metadata import version

from support.client import modal_at, outcome_or_hang
from support.raw_server import RawServer

PROMPT = "Why?"
GOOD = '{"prompt": "Why? B"}'
CHUNK = f"14\r\n{GOOD}\r\n"
LENGTH = "Content-Length: 20"
LONG = "Content-Length: 40"
CHUNKED = "Transfer-Encoding: chunked"
JSON = "Content-Type: application/json"


def head(*headers, first="HTTP/1.1 200 OK"):
    return "\r\n".join([first, *headers]) + "\r\n\r\n"


def wire(*texts, end="close"):
    """Each text in a packet of its own; time to read them before the end."""
    steps = [["send", {"text": text}] for text in texts]
    if end == "close":
        return steps
    return [*steps, ["sleep", 0.05], ["rst"]] if end == "rst" else [*steps, ["hang"]]


WIRES = {
    "nothing, closed": wire(),
    "nothing, reset": wire(end="rst"),
    "nothing, hangs": wire(end="hang"),
    "half a status line, closed": wire("HTTP/1.1 20"),
    "half a status line that is whole enough, closed": wire("HTTP/1.1 200"),
    "half a status line, reset": wire("HTTP/1.1 20", end="rst"),
    "half a status line, hangs": wire("HTTP/1.1 20", end="hang"),
    "a status line alone, closed": wire("HTTP/1.1 200 OK\r\n"),
    "half a head, closed": wire("HTTP/1.1 200 OK\r\nContent-Le"),
    "half a head with a length, closed": wire(f"HTTP/1.1 200 OK\r\n{LENGTH}"),
    "half a head, reset": wire("HTTP/1.1 200 OK\r\nContent-Le", end="rst"),
    "half a head, hangs": wire("HTTP/1.1 200 OK\r\nContent-Le", end="hang"),
    "a head, closed": wire(head(JSON, LONG)),
    "a head, reset": wire(head(JSON, LONG), end="rst"),
    "a head, hangs": wire(head(JSON, LONG), end="hang"),
    "a head with an announced end, reset": wire(head("Connection: close", LONG), end="rst"),
    "a head without a length, closed": wire(head(JSON)),
    "a head without a length, reset": wire(head(JSON), end="rst"),
    "a head without a length, hangs": wire(head(JSON), end="hang"),
    "a short body, closed": wire(head(JSON, LONG), GOOD[:15]),
    "a short body that is JSON, closed": wire(head(JSON, LONG), GOOD),
    "a short body, reset": wire(head(JSON, LONG), GOOD[:15], end="rst"),
    "a short body, hangs": wire(head(JSON, LONG), GOOD[:15], end="hang"),
    "a short body of 500, closed": wire(head(LONG, first="HTTP/1.1 500 Oops"), "Oops"),
    "a whole body, closed": wire(head(JSON, LENGTH), GOOD),
    "a whole body, reset": wire(head(JSON, LENGTH), GOOD, end="rst"),
    "a whole body, hangs": wire(head(JSON, LENGTH), GOOD, end="hang"),
    "a body that is too long, closed": wire(head("Content-Length: 10"), GOOD),
    "a body behind a length of 0": wire(head("Content-Length: 0"), GOOD),
    "a body without a length, closed": wire(head(JSON), GOOD),
    "a body without a length, cut, closed": wire(head(JSON), GOOD[:15]),
    "a body without a length, reset": wire(head(JSON), GOOD, end="rst"),
    "a body without a length, hangs": wire(head(JSON), GOOD, end="hang"),
    "a length that is no number": wire(head("Content-Length: abc"), GOOD),
    "a length below zero": wire(head("Content-Length: -5"), GOOD),
    "a length twice": wire(head(LENGTH, LENGTH), GOOD),
    "two lengths": wire(head(LENGTH, LONG), GOOD),
    "two lengths in one": wire(head("Content-Length: 20, 40"), GOOD),
    "chunks, whole": wire(head(CHUNKED), CHUNK, "0\r\n\r\n"),
    "chunks, whole, reset": wire(head(CHUNKED), CHUNK, "0\r\n\r\n", end="rst"),
    "chunks, whole, hangs": wire(head(CHUNKED), CHUNK, "0\r\n\r\n", end="hang"),
    "chunks beside a length": wire(head(CHUNKED, LONG), CHUNK, "0\r\n\r\n"),
    "chunks in capitals": wire(head("Transfer-Encoding: Chunked"), CHUNK, "0\r\n\r\n"),
    "chunks and gzip": wire(head("Transfer-Encoding: gzip, chunked"), CHUNK, "0\r\n\r\n"),
    "another encoding": wire(head("Transfer-Encoding: identity"), GOOD),
    "no chunk, closed": wire(head(CHUNKED)),
    "no chunk, reset": wire(head(CHUNKED), end="rst"),
    "no chunk, hangs": wire(head(CHUNKED), end="hang"),
    "chunks without the last, closed": wire(head(CHUNKED), CHUNK),
    "chunks without the last, reset": wire(head(CHUNKED), CHUNK, end="rst"),
    "chunks without the last, hangs": wire(head(CHUNKED), CHUNK, end="hang"),
    "half a last chunk, closed": wire(head(CHUNKED), CHUNK, "0\r\n"),
    "half a last chunk, reset": wire(head(CHUNKED), CHUNK, "0\r\n", end="rst"),
    "half a last chunk, hangs": wire(head(CHUNKED), CHUNK, "0\r\n", end="hang"),
    "the size of the last chunk, closed": wire(head(CHUNKED), CHUNK, "0"),
    "a trailer without an end, closed": wire(head(CHUNKED), CHUNK, "0\r\nX-A: b\r\n"),
    "half a chunk, closed": wire(head(CHUNKED), "14\r\n" + GOOD[:8]),
    "half a chunk, reset": wire(head(CHUNKED), "14\r\n" + GOOD[:8], end="rst"),
    "half a chunk, hangs": wire(head(CHUNKED), "14\r\n" + GOOD[:8], end="hang"),
    "a chunk without its line break, closed": wire(head(CHUNKED), "14\r\n" + GOOD),
    "a chunk with half a line break, closed": wire(head(CHUNKED), "14\r\n" + GOOD + "\r"),
    "half a size, closed": wire(head(CHUNKED), "1"),
    "half a size, hangs": wire(head(CHUNKED), "1", end="hang"),
    "a bad size": wire(head(CHUNKED), f"zz\r\n{GOOD}\r\n0\r\n\r\n"),
    "an empty size": wire(head(CHUNKED), f"\r\n{GOOD}\r\n0\r\n\r\n"),
    "a bad size later": wire(head(CHUNKED), CHUNK, f"zz\r\n{GOOD}\r\n0\r\n\r\n"),
    "a bad size without a line break, closed": wire(head(CHUNKED), "zz"),
    "a size that is too small": wire(head(CHUNKED), f"5\r\n{GOOD}\r\n0\r\n\r\n"),
    "a size that is too large": wire(head(CHUNKED), f"ff\r\n{GOOD}\r\n0\r\n\r\n"),
    "a large chunk, cut": wire(head(CHUNKED), "7530\r\n" + "x" * 15000),
    "a large chunk, whole": wire(head(CHUNKED), f"7530\r\n{GOOD}{' ' * 29980}\r\n0\r\n\r\n"),
    "a size with an extension": wire(head(CHUNKED), f"14;a=b\r\n{GOOD}\r\n0\r\n\r\n"),
    "a size with spaces": wire(head(CHUNKED), f" 14 \r\n{GOOD}\r\n0\r\n\r\n"),
    "a size with 0x": wire(head(CHUNKED), f"0x14\r\n{GOOD}\r\n0\r\n\r\n"),
    "chunks without returns": wire(head(CHUNKED), f"14\n{GOOD}\r\n0\n\n"),
    "garbage": wire("garbage\r\n\r\n"),
    "garbage without a line break": wire("garbage"),
    "garbage that hangs": wire("garbage", end="hang"),
    "garbage of one line that hangs": wire("garbage\r\n", end="hang"),
    "an empty line": wire("\r\n"),
    "line breaks before it": wire("\r\n" + head(LENGTH) + GOOD),
    "a status that is no number": wire(head(first="HTTP/1.1 abc OK")),
    "a status of two digits": wire(head(LENGTH, first="HTTP/1.1 20 OK"), GOOD),
    "a status of four digits": wire(head(LENGTH, first="HTTP/1.1 2000 OK"), GOOD),
    "an odd status": wire(head(LENGTH, first="HTTP/1.1 999 Odd"), GOOD),
    "no reason": wire(head(LENGTH, first="HTTP/1.1 200"), GOOD),
    "another version": wire(head(LENGTH, first="HTTP/3.0 200 OK"), GOOD),
    "another version of 1": wire(head(LENGTH, first="HTTP/1.7 200 OK"), GOOD),
    "no version": wire(head(LENGTH, first="HTTP/ 200 OK"), GOOD),
    "HTTP/1.0": wire(head(LENGTH, first="HTTP/1.0 200 OK"), GOOD),
    "line feeds alone": wire(f"HTTP/1.1 200 OK\n{LENGTH}\n\n{GOOD}"),
    "a header without a colon": wire(head(JSON, "nothing", LONG), GOOD),
    "a header without a colon, first": wire(head("nothing", LONG), GOOD),
    "a header that begins with a space": wire(head(JSON, " folded", LENGTH), GOOD),
    "a first header that begins with a space": wire(head(" folded", LENGTH), GOOD),
    "a space before the colon": wire(head("X-A : b", LENGTH), GOOD),
    "no name": wire(head(": b", LENGTH), GOOD),
    "a control character in a header": wire(head("X-A: a\u0001b", LENGTH), GOOD),
    "a Continue before it": wire(head(first="HTTP/1.1 100 Continue"), head(LENGTH), GOOD),
    "a Continue alone, closed": wire(head(first="HTTP/1.1 100 Continue")),
    "an early hint before it": wire(head(first="HTTP/1.1 103 Early Hints"), head(LENGTH), GOOD),
    "an upgrade": wire(head(first="HTTP/1.1 101 Switching Protocols"), GOOD),
    "204 with a body": wire(head(LENGTH, first="HTTP/1.1 204 No Content"), GOOD),
    "303 that breaks off": wire(
        head("Location: ftp://a/", LONG, first="HTTP/1.1 303 See Other"), "short"
    ),
    "303 that hangs": wire(
        head("Location: ftp://a/", LONG, first="HTTP/1.1 303 See Other"), "short", end="hang"
    ),
    "gzip that is short, closed": wire(head("Content-Encoding: gzip", LONG), "\u001f"),
    "gzip that is none, short, closed": wire(head("Content-Encoding: gzip", LONG), GOOD),
}


def record(server):
    modal = modal_at(server.url)
    for name, steps in WIRES.items():
        server.answer_with(steps)
        outcome = outcome_or_hang(lambda: modal.invoke(PROMPT), server.release, 2.0)
        yield {"name": name, "outcome": outcome, "requests": server.requests, "wire": steps}


def main():
    logging.getLogger("urllib3").setLevel(logging.CRITICAL)
    packages = ("langchain-community", "langchain-core", "requests", "urllib3", "pydantic")
    versions = ", ".join(f"{package} {version(package)}" for package in packages)
    with RawServer() as server:
        answers = ",\n".join("  " + json.dumps(answer) for answer in record(server))
    client = f"{versions}, CPython {platform.python_version()}"
    top = json.dumps({"client": client, "prompt": PROMPT})
    target = pathlib.Path(__file__).with_name("wires.json")
    target.write_text(f'{top[:-1]}, "answers": [\n{answers}\n]}}\n', encoding="utf-8")
    print(f"{len(WIRES)} wires recorded", file=sys.stderr)


if __name__ == "__main__":
    main()
