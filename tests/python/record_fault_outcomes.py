"""Writes fault-outcomes.json: every fault of the emulator, and what the real client makes of it.

Run it with the Python of .cache/venv-newest, which `npm run test:python` makes, then run
`npm run format`. docs/faults/ is generated from it.
"""

import json
import logging
import pathlib
import platform
import sys
from importlib.metadata import version

from support.fault_server import PROMPT, FaultServer, outcome_of_row

PACKAGES = ("langchain-community", "langchain-core", "requests", "urllib3", "pydantic")


def main():
    logging.getLogger("urllib3").setLevel(logging.ERROR)
    with FaultServer() as server:
        rows = [
            {"fault": row["fault"], "outcome": outcome_of_row(server, row)} for row in server.rows
        ]
    versions = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    client = f"{versions}, CPython {platform.python_version()}"
    head = json.dumps({"client": client, "prompt": PROMPT})
    lines = ",\n".join("  " + json.dumps(row) for row in rows)
    target = pathlib.Path(__file__).with_name("fault-outcomes.json")
    target.write_text(f'{head[:-1]}, "rows": [\n{lines}\n]}}\n', encoding="utf-8")
    print(f"{len(rows)} outcomes recorded", file=sys.stderr)


if __name__ == "__main__":
    main()
