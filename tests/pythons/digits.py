"""Writes which decimal digits this CPython knows: the zeros of all scripts.

Each zero is followed by the other nine digits, which is checked. Run it with the interpreter to be
captured, and put what it prints into tests/pythons/digits.json:

    python3.13 tests/pythons/digits.py
"""

import json
import platform
import sys
import unicodedata


def digits():
    for code in range(sys.maxunicode + 1):
        try:
            yield code, int(chr(code))
        except ValueError:
            pass


def main():
    known = dict(digits())
    zeros = [code for code, value in known.items() if value == 0]
    assert known == {zero + value: value for zero in zeros for value in range(10)}
    found = {
        "captured_from": f"{platform.python_implementation()} {platform.python_version()}",
        "unicode": unicodedata.unidata_version,
        "zeros": [f"{zero:x}" for zero in zeros],
    }
    print(json.dumps(found))


main()
