"""Recorded answers: the newest client still does what was recorded, and so what is diagnosed.

tests/diagnosis-captured.test.ts compares the diagnosis with the same records.
"""

import json
import logging
import pathlib
import sys
import unittest

from support.client import modal_at, outcome_of
from support.raw_server import RawServer
from support.wording import assert_same

TESTS = pathlib.Path(__file__).resolve().parents[2]


def recorded(path):
    return json.loads((TESTS / path).read_text(encoding="utf-8"))


class AnswersTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # urllib3 warns of headers that are broken on purpose.
        logging.getLogger("urllib3").setLevel(logging.ERROR)
        cls.server = RawServer()
        cls.client = modal_at(cls.server.url)

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def check(self, prompt, answer):
        self.server.answer_with(answer["wire"])
        outcome = outcome_of(lambda: self.client.invoke(prompt))
        if "ok" in answer["outcome"]:
            self.assertEqual(outcome, answer["outcome"])
        assert_same(self, answer["outcome"], outcome)
        self.assertEqual(self.server.requests, answer["requests"])


def is_replayed(answer):
    # Redirects name the address of the server that recorded them.
    if answer["wire"] is None:
        return False
    # CPython 3.12 has another limit on the depth of JSON.
    return answer["outcome"].get("exception") != "RecursionError" or sys.version_info < (3, 12)


def add_tests():
    for path in ("langchain-answers.json", "python/odd-answers.json"):
        answers = recorded(path)
        for answer in filter(is_replayed, answers["answers"]):
            test = lambda self, p=answers["prompt"], a=answer: self.check(p, a)  # noqa: E731
            setattr(AnswersTest, f"test {answer['name']}", test)


add_tests()
