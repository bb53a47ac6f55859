"""Recorded faults: the newest client still does what docs/faults/ says, which is made of the records."""

import json
import logging
import pathlib
import unittest

from support.fault_server import FaultServer, outcome_of_row
from support.wording import assert_same

RECORDS = pathlib.Path(__file__).resolve().parents[1] / "fault-outcomes.json"


class FaultOutcomesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        logging.getLogger("urllib3").setLevel(logging.ERROR)
        cls.server = FaultServer()
        cls.server.__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def check(self, record):
        row = next((row for row in self.server.rows if row["fault"] == record["fault"]), None)
        self.assertIsNotNone(row, "no fault is written so: run record_fault_outcomes.py")
        outcome = outcome_of_row(self.server, row)
        if "exception" not in record["outcome"]:
            self.assertEqual(outcome, record["outcome"])
        else:
            assert_same(self, record["outcome"], outcome)


def add_tests():
    for record in json.loads(RECORDS.read_text(encoding="utf-8"))["rows"]:
        test = lambda self, record=record: self.check(record)  # noqa: E731
        setattr(FaultOutcomesTest, f"test {record['fault']}", test)


add_tests()
