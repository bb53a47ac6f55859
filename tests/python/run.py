"""Runs one suite: run.py newest | before_0_3. The last line counts, as JSON."""

import json
import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent


def main(suite_name):
    suite = unittest.defaultTestLoader.discover(str(HERE / suite_name), top_level_dir=str(HERE))
    result = unittest.TextTestRunner(stream=sys.stderr, verbosity=1).run(suite)
    broken = {test.id() for test, _ in [*result.failures, *result.errors]}
    broken |= {test.id() for test in result.unexpectedSuccesses}
    # A file that cannot be imported, or a class that cannot be set up, never counted as run.
    ran = max(result.testsRun - len(result.skipped), len(broken))
    counts = {"passed": ran - len(broken), "failed": len(broken), "skipped": len(result.skipped)}
    if ran == 0:
        counts["failed"] = 1
    print(json.dumps(counts))
    return 0 if counts["failed"] == 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
