"""The emulator as a process of its own, and its journal."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import threading
import urllib.request
from urllib.parse import urljoin

PROJECT = pathlib.Path(__file__).resolve().parents[3]
STACKS = ("fastapi-0.143", "fastapi-0.115", "fastapi-0.92")

START_SECONDS = 30
STOP_SECONDS = 15

_without_proxy = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def command():
    """The program and its first arguments: MODAL_EMULATOR_COMMAND, or this project's sources."""
    given = os.environ.get("MODAL_EMULATOR_COMMAND")
    if given is not None:
        return json.loads(given)
    node = shutil.which("node", path=str(PROJECT / "node_modules" / ".bin"))
    if node is None:
        raise FileNotFoundError("no node in node_modules/.bin: run npm ci first")
    return [node, str(PROJECT / "src" / "cli" / "main.ts")]


class Emulator:
    """A running emulator: `with Emulator("--answer", "echo") as emulator`."""

    def __init__(self, *flags, config=None):
        self._flags = list(flags)
        self._config = config
        self._folder = tempfile.TemporaryDirectory(prefix="modal-emulator-")
        self._stderr = tempfile.TemporaryFile("w+")
        self._process = None
        self.ready = {}

    @property
    def url(self):
        return self.ready["url"]

    def __enter__(self):
        self._process = subprocess.Popen(
            [*command(), "serve", "--port", "0", "--json", *self._flags, *self._config_flags()],
            cwd=PROJECT,
            env={k: v for k, v in os.environ.items() if not k.startswith("MODAL_EMULATOR_")},
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            encoding="utf-8",
        )
        patience = threading.Timer(START_SECONDS, self._process.kill)
        patience.start()
        line = self._process.stdout.readline()
        patience.cancel()
        if line == "":
            self.__exit__()
            raise RuntimeError(f"the emulator did not start: {self._log}")
        self.ready = json.loads(line)
        return self

    def __exit__(self, *_):
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()
        self._stderr.seek(0)
        self._log = self._stderr.read()
        self._stderr.close()
        self._folder.cleanup()

    def _config_flags(self):
        if self._config is None:
            return []
        path = pathlib.Path(self._folder.name, "emulator.yaml")
        path.write_text(self._config, encoding="utf-8")
        return ["--config", str(path)]

    def journal(self, arrived=0):
        """The journal, once so many exchanges are in it."""
        if arrived > 0:
            self._get(f"/__admin/requests/wait?count={arrived}&timeout=10s")
        return self._get("/__admin/requests")

    def only_exchange(self):
        """The exchange, when there was exactly one."""
        journal = self.journal(arrived=1)
        if journal["total"] != 1:
            raise AssertionError(f"{journal['total']} exchanges arrived instead of one")
        return journal["requests"][0]

    def _get(self, path):
        with _without_proxy.open(urljoin(self.url, path), timeout=30) as response:
            return json.load(response)
