"""Writes what this CPython's json module makes of some odd documents.

The documents follow from a fixed seed; run it with the interpreter to be captured:

    python3.13 tests/python-json/capture.py > tests/python-json/cpython-3.13.json
"""

import json
import platform
import random
import sys

SEED = 20261123
DOCUMENTS = 520

NUMBERS = (
    "0 -0 1 -12 1.0 1e3 1E-7 -0.0 0.1 1e16 1e15 123456789012345678901 1e400 1e-400 5e-324 "
    "9007199254740993 1e22 123456789.123 0.0001 0.00001 01 1. .5 -"
).split()
WORDS = "null true false NaN Infinity -Infinity".split()
PIECES = [
    *"aé🌍 \x7f\u2028\u0001",
    *r"\n \u00e9 \ud83d\ude00 \ud83d \ude00 \/ \" \\ \u0000 \b \x \u12".split(),
]
KEYS = ["a", "b", "prompt", "1", "__proto__", "é"]
INSERTED = [*'{}[]",:\\0129-+.eE tfnNI\n\t🌍é\'x\x00']
ENCODINGS = "utf-8-sig utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be".split()


def space(dice):
    return dice.choice(["", "", "", " ", "\n", "\t\r"])


def value(dice, depth=0):
    kind = dice.randrange(9 if depth < 3 else 6)
    if kind == 0:
        return dice.choice(WORDS)
    if kind in (1, 2):
        return dice.choice(NUMBERS)
    if kind < 6:
        return '"' + "".join(dice.choice(PIECES) for _ in range(dice.randrange(4))) + '"'
    items = [value(dice, depth + 1) for _ in range(dice.randrange(4))]
    if kind == 6:
        return "[" + space(dice) + ("," + space(dice)).join(items) + "]"
    members = [f'"{dice.choice(KEYS)}"{space(dice)}:{space(dice)}{item}' for item in items]
    return "{" + space(dice) + ("," + space(dice)).join(members) + space(dice) + "}"


def spoil(dice, text):
    for _ in range(dice.choice([0, 1, 1, 1, 2])):
        at = dice.randrange(len(text) + 1)
        kind = dice.randrange(5)
        if kind == 0:
            text = text[:at]
        elif kind == 1:
            text = text[:at] + text[at + 1 :]
        elif kind == 2:
            # The one message that changed between the captured versions.
            text = text.replace("]", ",]", 1) if dice.random() < 0.5 else text.replace("}", ", }", 1)
        else:
            text = text[:at] + dice.choice(INSERTED) + text[at:]
    return text


def encode(dice, text):
    encoding = dice.choice(ENCODINGS) if dice.random() < 0.3 else "utf-8"
    data = text.encode(encoding, "surrogatepass")
    roll = dice.random()
    at = dice.randrange(len(data) + 1)
    if roll < 0.04:
        data = data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :]
    elif roll < 0.07:
        data = data[:at]
    elif roll < 0.1:
        data = data[:at] + dice.choice([b"\xed\xa0\x80", b"\xed\xa0\xbd\xed\xb8\x80"]) + data[at:]
    return data


def read(data):
    try:
        parsed = json.loads(data)
    except json.JSONDecodeError as error:
        return ["error", error.msg, error.pos, error.lineno, error.colno]
    except ValueError:
        return ["undecodable"]
    try:
        text = json.dumps(parsed, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        return ["value", text.encode().decode()]
    except ValueError:
        return ["unwritable"]


def main():
    dice = random.Random(SEED)
    documents = {encode(dice, spoil(dice, value(dice))): None for _ in range(DOCUMENTS)}
    # Bytes as characters of the same number: most documents can then be read.
    cases = [[data.decode("latin-1"), read(data)] for data in documents]
    captured_from = f"{platform.python_implementation()} {platform.python_version()}"
    json.dump({"captured_from": captured_from, "cases": cases}, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
