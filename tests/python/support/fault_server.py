"""The emulator with a fault at every URL: tests/fault-outcomes/main.ts as a process of its own."""

import json
import queue
import shutil
import subprocess
import threading

from support.client import modal_at, outcome_of
from support.emulator import PROJECT

# What it is asked: two lines and an accent, so that every change of an echo shows.
PROMPT = "Why so na\u00efve?\nTell me."

# Asked before, for the faults that remember.
EARLIER_PROMPT = "Who are you?"

WAIT_SECONDS = 30


class FaultServer:
    """`with FaultServer() as server`, then `server.rows`: faults with their URLs."""

    def __init__(self):
        self.rows = []
        self._process = None
        self._events = queue.Queue()

    def __enter__(self):
        node = shutil.which("node", path=str(PROJECT / "node_modules" / ".bin"))
        self._process = subprocess.Popen(
            [node, str(PROJECT / "tests" / "fault-outcomes" / "main.ts")],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        line = self._process.stdout.readline()
        if line == "":
            self.__exit__()
            raise RuntimeError("the server of the faults did not start")
        self.rows = json.loads(line)["rows"]
        threading.Thread(target=self._read, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._process.stdin.close()
        self._process.wait(WAIT_SECONDS)
        self._process.stdout.close()

    def _read(self):
        for line in self._process.stdout:
            self._events.put(json.loads(line))

    def invoke(self, url, prompt):
        """What became of a call; {"silent": true} when nothing more will come and it still waits."""

        def call():
            self._events.put({"done": outcome_of(lambda: modal_at(url).invoke(prompt))})

        threading.Thread(target=call, daemon=True).start()
        event = self._events.get(timeout=WAIT_SECONDS)
        return event["done"] if "done" in event else {"silent": True}


def outcome_of_row(server, row):
    """The second of two calls: some faults answer what was answered before."""
    server.invoke(row["url"], EARLIER_PROMPT)
    return server.invoke(row["url"], PROMPT)
