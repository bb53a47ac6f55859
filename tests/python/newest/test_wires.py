"""Recorded connections: the newest client still does what was recorded, and so what is diagnosed.

tests/diagnosis-wires.test.ts compares the diagnosis with the same records.
"""

import json
import logging
import pathlib
import unittest

from support.client import modal_at, outcome_or_hang
from support.raw_server import RawServer
from support.wording import assert_same

WIRES = pathlib.Path(__file__).resolve().parents[1] / "wires.json"

# A silence is told from slowness by waiting; whatever raises does so at once.
SILENCE_SECONDS = 0.3
PATIENCE_SECONDS = 30


class WiresTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # urllib3 warns of headers that are broken on purpose.
        logging.getLogger("urllib3").setLevel(logging.CRITICAL)
        cls.server = RawServer()
        cls.client = modal_at(cls.server.url)

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def check(self, prompt, answer):
        self.server.answer_with(answer["wire"])
        expected = answer["outcome"]
        seconds = SILENCE_SECONDS if "hangs" in expected else PATIENCE_SECONDS
        actual = outcome_or_hang(
            lambda: self.client.invoke(prompt), self.server.release, seconds
        )
        if "exception" in expected and "exception" in actual:
            assert_same(self, expected, actual)
        else:
            self.assertEqual(actual, expected)
        self.assertEqual(self.server.requests, answer["requests"])


def add_tests():
    recorded = json.loads(WIRES.read_text(encoding="utf-8"))
    for answer in recorded["answers"]:
        test = lambda self, p=recorded["prompt"], a=answer: self.check(p, a)  # noqa: E731
        setattr(WiresTest, f"test {answer['name']}", test)


add_tests()
