"""Writes odd-answers.json: answers that are rare, and what the real client makes of them.

Run it with the Python of .cache/venv-newest, from the project's folder.
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


def broken_gzip(at):
    data = bytearray(gzip.compress(GOOD.encode(), mtime=0))
    data[at] ^= 0xFF
    return bytes(data)


LONG = ("Why? " + "lorem ipsum dolor sit amet " * 400).encode()
DYNAMIC = json.dumps({"prompt": "Why? " + " ".join(str(n * n) for n in range(600))}).encode()
GOOD_BYTES = GOOD.encode()

ANSWERS = {
    "bare JSON string": http('"Why? B"'),
    "JSON array": http('["Why?"]'),
    "JSON float": http("1.5"),
    "JSON NaN": http("NaN"),
    "prompt is an int": http('{"prompt": 5}'),
    "prompt is a float": http('{"prompt": 5.0}'),
    "prompt is an empty list": http('{"prompt": []}'),
    "prompt is a list with the prompt inside a string": http('{"prompt": ["Why? B"]}'),
    "prompt is a dict without the prompt": http('{"prompt": {"text": "Why?"}}'),
    "prompt is a long list": http(json.dumps({"prompt": ["Why?", "x" * 80]})),
    "prompt is a long list of wide characters": http(
        json.dumps({"prompt": ["Why?", "\u00e9" * 40 + "\U0001f600" * 10]})
    ),
    "prompt is a list of everything": http(
        '{"prompt": [1.0, 1e22, -0.0, NaN, -Infinity, true, null, {}, "Why?"]}'
    ),
    "prompt is a list with quotes": http(json.dumps({"prompt": ["Why?", "a'b\"c\\\n\t\r"]})),
    "prompt is a list with one quote": http(json.dumps({"prompt": ["Why?", "it's"]})),
    "prompt is a list with unprintable characters": http(
        json.dumps({"prompt": ["Why?", "\u00ad\u2028\ud83d\u3000\x7f\x01"]})
    ),
    "prompt in another case": http('{"prompt": "why? B"}'),
    "trailing comma": http('{"prompt": "Why? B",}'),
    "trailing comma in a list": http('{"prompt": "Why? B", "a": [1,]}'),
    "two objects": http(GOOD + "\n" + GOOD),
    "truncated string": http('{"prompt": "Why? B'),
    "truncated object": http('{"prompt": "Why? B"'),
    "truncated escape": http('{"prompt": "Why? \\u12'),
    "wrong escape": http('{"prompt": "Why? \\x"}'),
    "raw newline in a string": http('{"prompt": "Why?\nB"}'),
    "error in a later line behind wide characters": http('{\n "a": "\U0001f600\u00e9", x}'),
    "leading zeros": http('{"prompt": "Why?", "n": 007}'),
    "integer of 4300 digits": http('{"prompt": "Why?", "n": ' + "1" * 4300 + "}"),
    "integer of 4301 digits": http('{"prompt": "Why?", "n": -' + "1" * 4301 + "}"),
    "nested 900 deep": http(nested("[", "", "]", 900)),
    "arrays nested 2000 deep": http(nested("[", "", "]", 2_000)),
    "objects nested 2000 deep": http(nested('{"a":', "1", "}", 2_000)),
    "UTF-8 with BOM as application/json": http(codecs.BOM_UTF8 + GOOD_BYTES),
    "UTF-8 with BOM without Content-Type": http(codecs.BOM_UTF8 + GOOD_BYTES, None),
    "UTF-16 with BOM without Content-Type": http(GOOD.encode("utf-16"), None),
    "UTF-16-LE without Content-Type": http(GOOD.encode("utf-16-le"), None),
    "UTF-16-BE without Content-Type": http(GOOD.encode("utf-16-be"), None),
    "UTF-32-LE without Content-Type": http(GOOD.encode("utf-32-le"), None),
    "UTF-32-BE as application/octet-stream": http(
        GOOD.encode("utf-32-be"), "application/octet-stream"
    ),
    "UTF-16-BE with its charset": http(GOOD.encode("utf-16-be"), JSON + "; charset=utf-16-be"),
    "UTF-16 with its charset in quotes": http(GOOD.encode("utf-16"), JSON + '; Charset="UTF-16"'),
    "accents as text/html": http('{"prompt": "Why? caf\u00e9"}', "text/html"),
    "accents as text/plain with charset": http(
        '{"prompt": "Why? caf\u00e9"}', "text/plain; charset=utf-8"
    ),
    "latin-1 with its charset": http(
        '{"prompt": "Why? caf\u00e9"}'.encode("latin-1"), JSON + ";charset=ISO-8859-1"
    ),
    "unknown charset": http('{"prompt": "Why? caf\u00e9"}', JSON + "; charset=martian"),
    "charset ascii with accents": http('{"prompt": "Why? caf\u00e9"}', JSON + "; charset=ascii"),
    "encoded surrogate in UTF-8": http(b'{"prompt": "Why? \xed\xa0\xbd"}'),
    "cut character in UTF-8": http(b'{"prompt": "Why? \xf0\x9f\x98"}'),
    "three bytes without Content-Type": http("{} ", None),
    "204 with a body": http(GOOD, status="204 No Content"),
    "304 with a body": http(GOOD, status="304 Not Modified"),
    "418 with a good body": http(GOOD, status="418 I'm a teapot"),
    "303 with an empty Location": http(GOOD, status="303 See Other", headers=[("Location", "")]),
    "302 to ftp:": http("", status="302 Found", headers=[("Location", "ftp://127.0.0.1/x")]),
    "303 to mailto:": http("", status="303 See Other", headers=[("Location", "mailto:a@b.c")]),
    "200 with Location": http(GOOD, headers=[("Location", "/elsewhere")]),
    "gzip of plain text": encoded(GOOD_BYTES, "gzip"),
    "gzip with trailing garbage": encoded(gzip.compress(GOOD_BYTES, mtime=0) + b"junk", "gzip"),
    "gzip in two members": encoded(
        gzip.compress(GOOD_BYTES[:9], mtime=0) + gzip.compress(GOOD_BYTES[9:], mtime=0), "gzip"
    ),
    "gzip cut short": encoded(gzip.compress(LONG, mtime=0)[:-20], "gzip"),
    "gzip with a wrong checksum": encoded(broken_gzip(-6), "gzip"),
    "gzip with a wrong length": encoded(broken_gzip(-2), "gzip"),
    "gzip with a wrong method": encoded(broken_gzip(2), "gzip"),
    "gzip with dynamic codes": encoded(gzip.compress(DYNAMIC, mtime=0), "x-gzip"),
    "empty body with gzip": encoded(b"", "gzip"),
    "deflate": encoded(zlib.compress(GOOD_BYTES), "deflate"),
    "deflate stored": encoded(zlib.compress(GOOD_BYTES, 0), "deflate"),
    "deflate without zlib's header": encoded(raw_deflate(GOOD_BYTES), "DEFLATE"),
    "deflate of plain text": encoded(GOOD_BYTES, "deflate"),
    "deflate, then gzip": encoded(
        gzip.compress(zlib.compress(GOOD_BYTES), mtime=0), "deflate", "gzip"
    ),
    "identity, then gzip": encoded(gzip.compress(GOOD_BYTES, mtime=0), "identity", "gzip"),
    "identity": encoded(GOOD_BYTES, "identity"),
    "six encodings": encoded(GOOD_BYTES, *["gzip"] * 6),
    "98 headers": http(GOOD, headers=[(f"X-{n}", "1") for n in range(96)]),
    "99 headers": http(GOOD, headers=[(f"X-{n}", "1") for n in range(97)]),
    "100 headers": http(GOOD, headers=[(f"X-{n}", "1") for n in range(98)]),
    "101 headers": http(GOOD, headers=[(f"X-{n}", "1") for n in range(99)]),
    "two Content-Types": http(GOOD, headers=[("Content-Type", "text/html; charset=utf-16")]),
    "FastAPI 404": http('{"detail":"Not Found"}', status="404 Not Found"),
    "FastAPI 405": http('{"detail":"Method Not Allowed"}', status="405 Method Not Allowed"),
    "detail beside prompt": http('{"detail":"x","prompt":"Why? B"}', status="500 Oops"),
    "modal-http text as application/json": http("modal-http: app is stopped", status="404 Not Found"),
}


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
    head = json.dumps({"client": f"{versions}, CPython {platform.python_version()}", "prompt": PROMPT})
    target = pathlib.Path(__file__).with_name("odd-answers.json")
    target.write_text(f'{head[:-1]}, "answers": [\n{answers}\n]}}\n', encoding="utf-8")
    print(f"{len(ANSWERS)} answers recorded", file=sys.stderr)


if __name__ == "__main__":
    main()
