"""The README's Python code works as it stands."""

import unittest

from support.readme import check


class ReadmeTest(unittest.TestCase):
    def test_the_blocks_for_this_suite(self):
        check(self, "before-0.3")
